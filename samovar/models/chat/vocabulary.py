"""The tokenizer of a chat model: text to ids and back, without torch and transformers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from samovar.models.chat.dialogue import Dialogue


class Vocabulary:
    """Read `tokenizer.json` and its neighbours from a transformers folder."""

    def __init__(self, folder: Path) -> None:
        """Read the files; without a chat template `template` is empty (a base model)."""
        self.folder = folder
        path = str(folder / "tokenizer.json")
        self.tokenizer = Tokenizer.from_file(path)
        """Parses special tokens."""
        self._ordinary = Tokenizer.from_file(path)
        self._ordinary.encode_special_tokens = True  # here: "<|im_end|>" is split like any text
        config = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
        template = folder / "chat_template.jinja"
        self.template: str = (
            template.read_text("utf-8") if template.exists() else config.get("chat_template") or ""
        )
        self.bos = _token(config.get("bos_token"))
        self.eos = _token(config.get("eos_token"))

    @property
    def ends(self) -> tuple[int, ...]:
        """Return the ids that end a reply."""
        end = self.tokenizer.token_to_id(self.eos) if self.eos else None
        return () if end is None else (end,)

    def encode(self, text: str, special: bool) -> list[int]:
        """Return the ids of `text`, nothing added; `special` parses names of special tokens."""
        tokenizer = self.tokenizer if special else self._ordinary
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return len(self.encode(text, False))

    def dialogue(self, context: int) -> Dialogue:
        """Return the renderer of this model's conversations, `context` tokens long at most."""
        return Dialogue(self.encode, self.template, self.bos, self.eos, context)


def _token(value: Any) -> str:
    """Return the text of a special token, which is stored as a string or as {"content": …}."""
    return str(value["content"]) if isinstance(value, dict) else value or ""
