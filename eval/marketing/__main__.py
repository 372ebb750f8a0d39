"""Run `python -m eval.marketing`: how good the texts are, with and without adapter and checks."""

from __future__ import annotations

from eval.marketing.generation import main

if __name__ == "__main__":
    raise SystemExit(main())
