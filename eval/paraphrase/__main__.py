"""Run `python -m eval.paraphrase`: how many variants the tool and its rivals get accepted."""

from __future__ import annotations

from eval.paraphrase.generator import main

if __name__ == "__main__":
    main()
