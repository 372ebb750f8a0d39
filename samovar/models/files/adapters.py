"""PEFT LoRA adapters: find them by name, refuse those of another base or role, read their matrices."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files.safetensors_file import float32_tensors
from samovar.phrases import Phrase
from samovar.settings import Settings

PROTOCOL = 1
"""Of `samovar.json`; raised when the prompt formats of the slices change."""
CHAT = "chat"
FILES = ("adapter_config.json", "adapter_model.safetensors", "samovar.json")
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]|[._](?=[a-z0-9])){0,63}")
TENSOR = re.compile(
    r"base_model\.model\.(?:model\.)?layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])(?:\.default)?\.weight"
)
PLACES = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
"""PEFT's name of a linear layer → its name in a GGUF."""
PLAIN_LORA: dict[str, tuple[object, ...]] = {
    "peft_type": ("LORA",),
    "bias": ("none", None),
    "use_dora": (False, None),
    "modules_to_save": (None, []),
    "rank_pattern": ({}, None),
    "alpha_pattern": ({}, None),
    "trainable_token_indices": (None, {}),
}
"""Only weights that can be merged as W + scale · B A; DoRA, embeddings and the like are refused."""

BAD_NAME = Phrase("{name} is no name of an adapter.", "{name} — не имя адаптера.")
UNKNOWN = Phrase("There is no adapter `{name}`.", "Адаптера «{name}» нет.")
KNOWN = Phrase("Known adapters: {names}.", "Известные адаптеры: {names}.")
OTHER_BASE = Phrase(
    "The adapter `{name}` belongs to {base}, not to {model}.",
    "Адаптер «{name}» сделан для модели {base}, а не {model}.",
)
OTHER_ROLE = Phrase(
    "The adapter `{name}` has the role {found}, not {expected}.",
    "У адаптера «{name}» роль {found}, а не {expected}.",
)
USE_BASE = Phrase("Choose the model {base}.", "Выберите модель {base}.")
OTHER_PROTOCOL = Phrase(
    "The adapter `{name}` has protocol {found}; this version reads protocol {expected}.",
    "У адаптера «{name}» протокол {found}, а эта версия читает протокол {expected}.",
)
TRAIN_AGAIN = Phrase(
    "Train it again or update the program.", "Обучите его заново или обновите программу."
)
BROKEN = Phrase(
    "The adapter `{name}` cannot be used: {why}.", "Адаптер «{name}» не годится: {why}."
)
NO_FILE = Phrase("{file} is missing", "нет файла {file}")
UNREADABLE = Phrase("{file} is damaged", "файл {file} повреждён")
NOT_PLAIN = Phrase("{key} is {value} in {file}", "в {file} стоит {key} = {value}")
STRANGE = Phrase("unexpected tensor {tensor}", "лишний тензор {tensor}")
SHAPE = Phrase("{tensor} has the shape {shape}", "у {tensor} размеры {shape}")


@dataclass(frozen=True, slots=True)
class Adapter:
    """Describe one adapter on disk; the update of a weight is alpha / rank · B A."""

    name: str
    path: Path
    """Folder with FILES."""
    base: str
    """Id of the base model in the catalog."""
    rank: int
    alpha: float
    """Of rank-stabilised adapters (use_rslora) already multiplied by √rank."""
    digest: str
    """sha256 over FILES: names what is cached for this adapter."""
    role: str = CHAT
    """Of the model that it makes: chat or entailment."""

    @property
    def scale(self) -> float:
        """Return the factor of B A."""
        return self.alpha / self.rank


@dataclass(frozen=True, slots=True)
class Update:
    """Hold the two matrices of one linear layer, float32: `a` [rank, in], `b` [out, rank]."""

    a: NDArray[np.float32]
    b: NDArray[np.float32]


Tensors = dict[str, NDArray[np.float32]]
Naming = Callable[[str], tuple[str, str] | None]
"""A tensor's name → the linear layer it changes and which half it is, A or B; None: no such layer."""


def names(settings: Settings, role: str = CHAT) -> list[str]:
    """Return the names of the adapters of `role`: those in `assets/adapters`.

    A damaged one is listed, too: who asks for it learns what is wrong with it.
    """
    folder = settings.assets / "adapters"
    local = [p.parent for p in folder.glob("*/samovar.json") if NAME.fullmatch(p.parent.name)]
    return sorted(path.name for path in local if _role(path) in (role, ""))


def find(name: str, model: Model, settings: Settings, role: str = CHAT) -> Adapter:
    """Return the adapter `name` of `model`, from `assets/adapters`.

    Only names of existing folders are looked up: a name that a visitor typed never becomes a path.

    Raises:
        ModelError: no such adapter, another base, role or protocol, files missing or damaged.
    """
    listed = ", ".join(names(settings, role)) or "—"
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ModelError(BAD_NAME, KNOWN, name=repr(name)[:60], names=listed)
    folder = settings.assets / "adapters" / name
    if not folder.is_dir():
        raise ModelError(UNKNOWN, KNOWN, name=name, names=listed)
    adapter = _read(name, folder, tuple(_stamp(name, folder / file) for file in FILES))
    if adapter.role != role:
        raise ModelError(
            OTHER_ROLE, KNOWN, name=name, found=adapter.role, expected=role, names=listed
        )
    if adapter.base != model.id:
        raise ModelError(OTHER_BASE, USE_BASE, name=name, base=adapter.base, model=model.id)
    return adapter


def updates(adapter: Adapter) -> dict[str, Update]:
    """Return the matrices by the layer's name in a GGUF, such as `blk.0.attn_q` (not permuted).

    Raises:
        ModelError: tensors that are no LoRA matrices of a linear layer, or of odd shapes.
    """
    return paired(adapter, tensors(adapter), _in_gguf)


def tensors(adapter: Adapter) -> Tensors:
    """Return every tensor of the adapter.

    Raises:
        ModelError: the file is damaged.
    """
    try:
        return float32_tensors(adapter.path / FILES[1])
    except (OSError, ValueError) as error:
        raise broken(adapter.name, UNREADABLE, file=FILES[1]) from error


def paired(adapter: Adapter, matrices: Tensors, naming: Naming) -> dict[str, Update]:
    """Return the LoRA pairs among `matrices` by layer; `naming` knows the layers.

    Raises:
        ModelError: tensors that are no LoRA matrices of such a layer, or of odd shapes.
    """
    halves: dict[str, Tensors] = {}
    for key, value in matrices.items():
        named = naming(key)
        if named is None:
            raise broken(adapter.name, STRANGE, tensor=key)
        place, half = named
        rank = value.shape[0 if half == "A" else -1] if value.ndim else 0
        if value.ndim != 2 or rank != adapter.rank:
            raise broken(adapter.name, SHAPE, tensor=key, shape=list(value.shape))
        halves.setdefault(place, {})[half] = value
    for place, pair in halves.items():
        if len(pair) != 2:
            raise broken(adapter.name, STRANGE, tensor=place)
    return {place: Update(pair["A"], pair["B"]) for place, pair in halves.items()}


def own(adapter: Adapter) -> Mapping[str, Any]:
    """Return the content of the adapter's `samovar.json`."""
    return _json(adapter.name, adapter.path / FILES[2])


def broken(name: str, why: Phrase, **values: object) -> ModelError:
    """Return the error that says why the adapter `name` cannot be used."""
    filled = Phrase(why.say("en", **values), why.say("ru", **values))
    return ModelError(BROKEN, TRAIN_AGAIN, name=name, why=filled)


def _in_gguf(key: str) -> tuple[str, str] | None:
    match = TENSOR.fullmatch(key)
    if match is None or match[2] not in PLACES:
        return None
    return f"blk.{match[1]}.{PLACES[match[2]]}", match[3]


@lru_cache(maxsize=64)
def _read(name: str, folder: Path, stamps: tuple[tuple[int, int], ...]) -> Adapter:
    """Read the two JSON files; `stamps` make an altered file be read again."""
    config, about = _json(name, folder / FILES[0]), _json(name, folder / FILES[2])
    if about.get("protocol") != PROTOCOL:
        protocol = repr(about.get("protocol"))
        raise ModelError(OTHER_PROTOCOL, TRAIN_AGAIN, name=name, found=protocol, expected=PROTOCOL)
    for key, allowed in PLAIN_LORA.items():
        if config.get(key, allowed[0]) not in allowed:
            raise broken(name, NOT_PLAIN, key=key, value=config[key], file=FILES[0])
    rank, alpha = (_positive(name, config, key) for key in ("r", "lora_alpha"))
    alpha *= math.sqrt(rank) if config.get("use_rslora") else 1
    digest = hashlib.sha256()
    for file in FILES:
        digest.update((folder / file).read_bytes())
    base, role = str(about.get("base")), str(about.get("role", CHAT))
    return Adapter(name, folder, base, int(rank), alpha, digest.hexdigest(), role)


def _role(folder: Path) -> str:
    """Return the role that `samovar.json` states, nothing when it cannot be read."""
    try:
        return str(_json(folder.name, folder / FILES[2]).get("role", CHAT))
    except (ModelError, OSError):
        return ""


def _stamp(name: str, path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise broken(name, NO_FILE, file=path.name) from error
    return status.st_mtime_ns, status.st_size


def _json(name: str, path: Path) -> dict[str, Any]:
    try:
        fields = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise broken(name, UNREADABLE, file=path.name) from error
    if not isinstance(fields, dict):
        raise broken(name, UNREADABLE, file=path.name)
    return fields


def _positive(name: str, config: dict[str, Any], key: str) -> float:
    value = config.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise broken(name, NOT_PLAIN, key=key, value=value, file=FILES[0])
    return value
