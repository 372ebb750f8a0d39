"""Run the bench from the command line."""

from samovar.paraphrase.bench.command import main
from samovar.paraphrase.trial import accepted

if __name__ == "__main__":
    raise SystemExit(main(accepted))
