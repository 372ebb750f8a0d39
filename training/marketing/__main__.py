"""Run `python -m training.marketing`: filter the advertising texts and write the pairs that train."""

from __future__ import annotations

import sys

from training.marketing.corpus import main

if __name__ == "__main__":
    sys.exit(main())
