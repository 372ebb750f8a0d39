"""Run the experiment from the command line."""

from training.tokenizer.experiment import main

if __name__ == "__main__":
    raise SystemExit(main())
