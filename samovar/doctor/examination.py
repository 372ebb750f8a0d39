"""Look at this machine: what is installed, intact and chosen (`samovar doctor`)."""

from __future__ import annotations

import platform
from dataclasses import fields
from importlib import metadata
from typing import Any
from urllib.parse import urlsplit

import psutil

from samovar import __version__, catalog
from samovar.catalog import Model
from samovar.catalog.tools import LARGER
from samovar.doctor.diagnosis import Checked, Diagnosis, State
from samovar.errors import ModelError
from samovar.models import pick
from samovar.models.bases import Memory, base
from samovar.models.files import adapters, single, tagger_folder, weights
from samovar.models.hardware import Hardware
from samovar.models.pick import Choice
from samovar.phrases import Phrase
from samovar.settings import Settings

LIBRARIES = (
    "openvino-genai",
    "openvino",
    "xllamacpp",
    "torch",
    "transformers",
    "sentence-transformers",
    "spacy",
    "gradio",
)
SECRET = "***"


def examine(settings: Settings, hardware: Hardware | None = None) -> Diagnosis:
    """Verify every model of the catalog and pick for every role; reads the weights, loads nothing.

    Takes a second for each 500 MB of weights.
    """
    hardware = hardware or Hardware.here()
    models = tuple(_checked(model, settings) for model in catalog.MODELS)
    memory = Memory(failed={row.model.id: row.problem for row in models if row.state == "altered"})
    choices, unpicked = _choices(settings, hardware, memory)
    faults = [row.problem for row in models if row.state in ("missing", "altered")]
    return Diagnosis(
        version=__version__,
        python=platform.python_version(),
        memory_gb=round(psutil.virtual_memory().total / 2**30, 1),
        hardware=hardware,
        libraries={name: _version(name) for name in LIBRARIES},
        settings={field.name: _shown(settings, field.name) for field in fields(settings)},
        choices=choices,
        bases=_bases(settings, hardware, memory),
        models=models,
        problems=(*faults, *unpicked),
    )


def _checked(model: Model, settings: Settings) -> Checked:
    if model.source == "hub":
        return Checked(model, "cached" if pick.installed(model, settings) else "remote")
    if model.source == "assets":
        return _own(model, settings)
    if model.source == "file":
        return _single(model, settings)
    if model.base and model.id not in adapters.names(settings, model.role):
        return Checked(model, "absent")
    if model.pack and not weights.installed(model):
        return Checked(model, "optional")
    try:
        places = [str(path) for path in weights.find(model)]
        if model.base:
            base = catalog.model(model.base)
            places.append(str(adapters.find(model.id, base, settings, model.role).path))
        return Checked(model, "intact", tuple(places))
    except ModelError as error:
        state: State = "altered" if weights.installed(model) else "missing"
        return Checked(model, state, problem=_phrase(error))


def _own(model: Model, settings: Settings) -> Checked:
    """Check a tagger of `assets/taggers`."""
    if not tagger_folder.installed(model, settings):
        return Checked(model, "absent")
    try:
        path = tagger_folder.file(model, settings, tagger_folder.ABOUT)
        return Checked(model, "intact", (str(path.parent),))
    except ModelError as error:
        return Checked(model, "altered", problem=_phrase(error))


def _single(model: Model, settings: Settings) -> Checked:
    """Check a model that is one large file."""
    if single.located(model, settings) is None:
        return Checked(model, "optional")
    try:
        return Checked(model, "intact", (str(single.verified(model, settings)),))
    except ModelError as error:
        return Checked(model, "altered", problem=_phrase(error))


def _choices(
    settings: Settings, hardware: Hardware, memory: Memory
) -> tuple[tuple[Choice, ...], list[Phrase]]:
    choices, faults = [], []
    for role in catalog.PROFILES["embedded"]:
        try:
            choice = _choice(role, settings, hardware, memory)
            if not choice.model.base or pick.installed(choice.model, settings):
                choices.append(choice)
        except ModelError as error:
            faults.append(_phrase(error))
    return tuple(choices), faults


def _choice(role: str, settings: Settings, hardware: Hardware, memory: Memory) -> Choice:
    if role == "chat":
        return base("", settings, hardware, memory)
    return pick.pick(role, settings, hardware)


def _bases(settings: Settings, hardware: Hardware, memory: Memory) -> dict[str, Choice]:
    """Return the choices for tools that a larger chat model may answer; none where no chat model runs."""
    try:
        return {tool: base(tool, settings, hardware, memory) for tool in LARGER}
    except ModelError:  # said among the problems already
        return {}


def _phrase(error: ModelError) -> Phrase:
    return Phrase(error.say("en"), error.say("ru"))


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "-"


def _shown(settings: Settings, name: str) -> Any:
    """Return a setting as it may be shown: no key, no password inside an address."""
    value = getattr(settings, name)
    hidden = {field.name for field in fields(settings) if not field.repr}
    if name in hidden:
        return SECRET if value else ""
    if name in ("chat_url", "llama_url") and value:
        address = urlsplit(value)
        return f"{address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"
    return value if isinstance(value, bool | int) else str(value)
