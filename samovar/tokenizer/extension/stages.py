"""How a byte-level tokenizer cuts a text into words, with terms kept whole at every stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from samovar.errors import ModelError
from samovar.phrases import Phrase

WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
"""What the library's ByteLevel stage cuts by (Radford et al. 2019, GPT-2)."""
DIGIT = r"[\p{N}\x{11DE0}-\x{11DE9}\x{16FF4}-\x{16FF6}]"
"""What its Digits stage takes for a digit: newer tables of Unicode than its patterns have."""

FOREIGN = Phrase(
    "Terms can be added to byte-level BPE vocabularies only, but this tokenizer has {found}.",
    "Термины добавляются только в словари вида byte-level BPE, а у этого токенизатора {found}.",
)
TAKE_ANOTHER = Phrase(
    "Choose one of SmolLM2, Qwen, Llama 3 or GPT-2.",
    "Выберите SmolLM2, Qwen, Llama 3 или GPT-2.",
)

MODEL = Phrase("the model {value}", "модель {value}")
OPTION = Phrase("the option {name} = {value}", "настройка {name} = {value}")
STAGE = Phrase("the pre-tokenizer {value}", "предварительный разбор {value}")

Fields = Mapping[str, Any]


def stages(tokenizer: Fields, terms: str) -> dict[str, Any]:
    """Return the pre-tokenizer of `tokenizer` (fields of tokenizer.json) that keeps terms whole.

    `terms` is a pattern that finds them. First they are cut out of the text, then every stage of
    the base cuts what is between. A text without a term is cut as before: each stage is the base's.

    Raises:
        ModelError: the tokenizer is no byte-level BPE, or has stages that are not known here.
    """
    _require_byte_level(tokenizer)
    *cuts, last = _flat(tokenizer["pre_tokenizer"])
    if last["type"] != "ByteLevel" or last["add_prefix_space"]:
        raise _unknown(last)
    patterns = [_pattern(stage) for stage in cuts]
    if last.get("use_regex", True):
        patterns.append(WORDS)
    kept = [_split(f"{terms}|{pattern}") for pattern in patterns]
    end = {**last, "use_regex": False}
    return {"type": "Sequence", "pretokenizers": [_split(terms), *kept, end]}


def _require_byte_level(tokenizer: Fields) -> None:
    model = tokenizer["model"]
    if model.get("type") != "BPE":
        raise _foreign(MODEL, value=model.get("type"))
    for name in ("dropout", "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback"):
        if model.get(name):
            raise _foreign(OPTION, name=name, value=model[name])
    if tokenizer.get("pre_tokenizer") is None:
        raise _foreign(STAGE, value="null")


def _flat(stage: Fields) -> Iterator[Fields]:
    if stage["type"] != "Sequence":
        yield stage
        return
    for part in stage["pretokenizers"]:
        yield from _flat(part)


def _split(pattern: str) -> dict[str, Any]:
    rule = {"Regex": pattern}
    return {"type": "Split", "pattern": rule, "behavior": "Isolated", "invert": False}


def _pattern(stage: Fields) -> str:
    kind = str(stage["type"])
    pattern = PATTERNS[kind](stage) if kind in PATTERNS else None
    if pattern is None:
        raise _unknown(stage)
    return pattern


def _unknown(stage: Fields) -> ModelError:
    shown = {name: value for name, value in stage.items() if name != "pattern"}
    return _foreign(STAGE, value=shown)


def _foreign(found: Phrase, **values: object) -> ModelError:
    return ModelError(FOREIGN, TAKE_ANOTHER, found=found.filled(**values))


def _of_split(stage: Fields) -> str | None:
    if stage["behavior"] != "Isolated" or stage["invert"]:
        return None
    rule = stage["pattern"]
    return str(rule["Regex"]) if "Regex" in rule else re.escape(rule["String"])


def _of_digits(stage: Fields) -> str:
    return DIGIT if stage["individual_digits"] else f"{DIGIT}+"


PATTERNS: Mapping[str, Callable[[Fields], str | None]] = {
    "Split": _of_split,
    "Digits": _of_digits,
}
"""Stage of a pre-tokenizer → the pattern by which it cuts, None when it does more than cut."""
