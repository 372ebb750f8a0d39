"""Switch one transformers model between its PEFT adapters."""

from __future__ import annotations

from typing import Any

from samovar.models.files.adapters import Adapter


class PeftSwitch:
    """Load adapters on first use, by their content, and make one of them or the base active."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._names: dict[str, str] = {}
        """Digest → name inside peft, which allows no dots."""
        self._active: Adapter | None = None

    def to(self, adapter: Adapter | None) -> None:
        """Make `adapter` active, or with None the base. Not for several threads at once."""
        if adapter == self._active:
            return
        if adapter is None:
            self._model.disable_adapters()
        else:
            if adapter.digest not in self._names:
                name = f"a{len(self._names)}"
                self._model.load_adapter(str(adapter.path), adapter_name=name)
                self._names[adapter.digest] = name
            self._model.set_adapter(self._names[adapter.digest])
            self._model.enable_adapters()
        self._active = adapter
