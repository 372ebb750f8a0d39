"""What `samovar doctor` found, as records, as JSON and as lines for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from samovar import records
from samovar.catalog import Model
from samovar.catalog.row import ROLES
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.pick import Choice
from samovar.phrases import NOTHING, Language, Phrase

State = Literal["intact", "altered", "missing", "optional", "absent", "cached", "remote"]

STATES: Mapping[State, Phrase] = {
    "intact": Phrase("installed, sha256 verified", "установлена, sha256 сверена"),
    "altered": Phrase("ALTERED", "ИЗМЕНЕНА"),
    "missing": Phrase("MISSING", "ОТСУТСТВУЕТ"),
    "optional": Phrase("optional, not installed", "по желанию, не установлена"),
    "absent": Phrase("its adapter is not here", "адаптера нет"),
    "cached": Phrase("in the local Hub cache", "в локальном кэше Hub"),
    "remote": Phrase("downloaded from the Hub on first use", "загрузится с Hub при первом запросе"),
}
MACHINE = Phrase("Machine", "Машина")
HARDWARE = Phrase(
    "{machine}, {cores} cores, {memory} GB of memory, {gpu}",
    "{machine}, ядер: {cores}, память: {memory} ГБ, {gpu}",
)
GPU = Phrase("a GPU", "видеокарта есть")
NO_GPU = Phrase("no GPU", "видеокарты нет")
RUNS = Phrase("What runs here", "Что здесь работает")
BECAUSE = Phrase("{role}: {model} on {engine}", "{role}: {model}, движок {engine}")
MODELS = Phrase("Models", "Модели")
SIZE = Phrase("{size} MB", "{size} МБ")
ADDS = Phrase(
    "`make {pack}` adds {title}, {size} MB, terms: {terms}",
    "`make {pack}` добавит {title}, {size} МБ, условия: {terms}",
)
FETCHES = Phrase(
    "`{line}` gets {title}, {size} MB",
    "`{line}` получит {title}, {size} МБ",
)
SETTINGS = Phrase("Settings", "Настройки")
HEALTHY = Phrase("Everything the default install needs is here.", "Всё нужное установлено.")
FAULTS = Phrase("Problems: {n}", "Проблем: {n}")


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold one model of the catalog and what is on this machine of it."""

    model: Model
    state: State
    places: tuple[str, ...] = ()
    problem: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Hold everything `samovar doctor` found; `choices` has no row for a role that cannot run."""

    version: str
    python: str
    memory_gb: float
    hardware: Hardware
    libraries: Mapping[str, str]
    settings: Mapping[str, Any]
    choices: tuple[Choice, ...]
    bases: Mapping[str, Choice]
    """Tool → the chat model that answers it, of tools that a larger one may answer."""
    models: tuple[Checked, ...]
    problems: tuple[Phrase, ...]

    @property
    def healthy(self) -> bool:
        """Tell whether nothing of the default install is missing or altered."""
        return not self.problems

    def to_json(self, language: Language) -> dict[str, Any]:
        """Return everything as JSON-ready values; sentences are in `language`."""
        return {
            "version": self.version,
            "python": self.python,
            "hardware": {**records.to_json(self.hardware), "memory_gb": self.memory_gb},
            "libraries": dict(self.libraries),
            "settings": dict(self.settings),
            "choices": [_choice(choice, language) for choice in self.choices],
            "tools": {tool: _choice(choice, language) for tool, choice in self.bases.items()},
            "models": [_model(checked, language) for checked in self.models],
            "problems": [problem.say(language) for problem in self.problems],
            "healthy": self.healthy,
        }

    def lines(self, language: Language) -> list[str]:
        """Return the text for a terminal in `language`."""
        gpu = GPU if self.hardware.gpu else NO_GPU
        machine = HARDWARE.say(
            language,
            machine=self.hardware.machine,
            cores=self.hardware.cores,
            memory=self.memory_gb,
            gpu=gpu,
        )
        versions = ", ".join(f"{name} {found}" for name, found in self.libraries.items())
        text = [f"Samovar {self.version}, Python {self.python}"]
        text += ["", MACHINE.say(language), f"  {machine}", f"  {versions}"]
        text += ["", RUNS.say(language)]
        for choice in self.choices:
            text += _running(choice, language)
        for tool, choice in self.bases.items():
            text += _running(choice, language, tool)
        text += ["", MODELS.say(language)]
        for checked in self.models:
            text += _model_lines(checked, language)
        text += ["", SETTINGS.say(language)]
        text += [f"  {name} = {value}" for name, value in self.settings.items()]
        verdict = (
            FAULTS.say(language, n=len(self.problems)) if self.problems else HEALTHY.say(language)
        )
        return [*text, "", verdict, *(f"  {problem.say(language)}" for problem in self.problems)]


def _running(choice: Choice, language: Language, tool: str = "") -> list[str]:
    role, model = tool or ROLES[choice.role], choice.model.title
    first = BECAUSE.say(language, role=role, model=model, engine=choice.engine)
    return [f"  {first}", f"    {choice.reason.say(language)}"]


def _model_lines(checked: Checked, language: Language) -> list[str]:
    model = checked.model
    size = SIZE.say(language, size=model.size_mb)
    state, role = STATES[checked.state].say(language), ROLES[model.role].say(language)
    text = [f"  {model.title}: {state}"]
    text.append(f"    {role} · {', '.join(model.engines)} · {size} · {model.licence}")
    text.append(f"    {model.revision}")
    text += [f"    {place}" for place in checked.places]
    if checked.state == "optional":
        text.append("    " + _offer(model, language))
    return text


def _offer(model: Model, language: Language) -> str:
    if model.source == "file":
        line = single.fetch_line(model)
        return FETCHES.say(language, line=line, title=model.title, size=model.size_mb)
    return ADDS.say(
        language, pack=model.pack, title=model.title, size=model.size_mb, terms=model.terms
    )


def _choice(choice: Choice, language: Language) -> dict[str, Any]:
    return {
        "role": choice.role,
        "model": choice.model.id,
        "engine": choice.engine,
        "profile": choice.profile,
        "reason": choice.reason.say(language),
    }


def _model(checked: Checked, language: Language) -> dict[str, Any]:
    model = checked.model
    return {
        "id": model.id,
        "role": model.role,
        "title": model.title,
        "source": model.source,
        "revision": model.revision,
        "licence": model.licence,
        "languages": list(model.languages),
        "size_mb": model.size_mb,
        "engines": list(model.engines),
        "state": checked.state,
        "default": model.source not in ("hub", "file") and not model.pack,
        "places": list(checked.places),
        "sha256": [file.sha256 for file in model.files],
        "pack": model.pack,
        "terms": model.terms,
        "problem": checked.problem.say(language),
    }
