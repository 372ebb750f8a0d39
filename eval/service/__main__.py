"""Run `python -m eval.service`: the service under the load of many clients."""

from __future__ import annotations

from eval.service.measurement import main

if __name__ == "__main__":
    raise SystemExit(main())
