"""The measured stages in which a model learns new tokens, as one figure with its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from samovar import html
from samovar.figures import results
from samovar.figures.statistics import Interval
from samovar.phrases import Language, Phrase
from samovar.tokenizer.shown.lines import Series, figure, legend
from samovar.tokenizer.shown.numbers import rounded

RESULT = "tokenizer-kubernetes"
START = "start"

TITLE = Phrase("How a model learns new tokens", "Как модель учит новые токены")
ABSENT = Phrase(
    "No vocabulary is trained here yet: python -m training.tokenizer trains and measures one.",
    "Обученного словаря здесь ещё нет: его учит и измеряет python -m training.tokenizer.",
)
SAVED = Phrase(
    "{n} terms save {saved} % [{low}, {high}] of the tokens of held-out text.",
    "Терминов {n}, экономия на отложенном тексте {saved} % токенов [{low}, {high}].",
)
TOLD = Phrase(
    "A line is a way to begin the new vectors; bars are 95 % intervals over repeated trainings and texts. "
    "Loss: how much each next piece of text surprises the model, less is better. Anchors: words that a term "
    "should stand near to. Mean reciprocal rank: 1 when the model puts the right term first into the gap, "
    "1/2 when second. LoRA trains a small file of weights instead of the model.",
    "Линия — способ начать новые векторы, отрезки — 95-процентные интервалы по повторам обучения и текстам. "
    "Потери: насколько модель удивлена каждым следующим куском текста, меньше — лучше. Якоря — слова, рядом "
    "с которыми термину место. Средний обратный ранг: 1, если модель первым ставит на место пропуска верный "
    "термин, 1/2 — если вторым. LoRA учит небольшой файл весов вместо самой модели.",
)
UNEXTENDED = Phrase("not extended, same training", "без новых токенов, то же обучение")
STAGE = Phrase("Stage", "Этап")
WAY = Phrase("Vectors begin as", "Векторы начинаются как")
FIGURES = Phrase("All figures", "Все числа")
PANELS: Mapping[str, tuple[Phrase, int]] = {
    "domain": (
        Phrase(
            "Loss on held-out domain text, nats per character",
            "Потери на отложенном тексте области, нат на знак",
        ),
        4,
    ),
    "general_change_percent": (
        Phrase("Loss on general text, change in %", "Потери на обычном тексте, изменение в %"),
        2,
    ),
    "margin": (
        Phrase(
            "Nearer to its anchors than to others', cosine",
            "Насколько ближе к своим якорям, чем к чужим, косинус",
        ),
        3,
    ),
    "reciprocal_rank": (
        Phrase(
            "Term in a gap, mean reciprocal rank",
            "Термин на месте пропуска, средний обратный ранг",
        ),
        3,
    ),
}
"""Figure of a state → title of its panel, digits behind the point."""
NAMES: Mapping[str, Phrase] = {
    START: Phrase("before training", "до обучения"),
    "rows": Phrase("only the new rows", "только новые строки"),
    "matrix": Phrase("embedding matrix and output layer", "матрица эмбеддингов и выходной слой"),
    "attention": Phrase("LoRA on attention", "LoRA на внимании"),
    "layers": Phrase("LoRA on attention and MLP", "LoRA на внимании и MLP"),
    "adapter": Phrase("new rows, then LoRA at once", "новые строки, затем сразу LoRA"),
}


@dataclass(frozen=True, slots=True)
class State:
    """Hold what was measured of one start after one stage."""

    start: str
    stage: str
    domain: Interval
    general_change_percent: Interval
    margin: Interval
    reciprocal_rank: Interval


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold the name of a stage and from which one it goes on."""

    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Hold how many percent of the tokens of a text are saved."""

    saved_percent: Interval


@dataclass(frozen=True, slots=True)
class Trained:
    """Hold the result of an experiment."""

    terms: tuple[str, ...]
    tokens: Mapping[str, Saved]
    stages: tuple[Stage, ...]
    states: tuple[State, ...]


def trained(folder: Path = results.RESULTS) -> Trained | None:
    """Return the measured experiment; None: there is none here."""
    return results.read(RESULT, Trained, folder)


def stages(measured: Trained | None, starts: Mapping[str, Phrase], language: Language) -> Markup:
    """Return the figure; `starts` has the titles of the ways to begin."""
    if measured is None:
        return html.notice(ABSENT.say(language), "empty")
    names = list(dict.fromkeys(state.stage for state in measured.states))
    before = {stage.name: stage.after for stage in measured.stages}
    titles = {"unextended": UNEXTENDED, **starts}
    ways = list(dict.fromkeys(state.start for state in measured.states))
    said = {way: titles[way].say(language) if way in titles else way for way in ways}

    def series(measure: str) -> list[Series]:
        return [
            Series(
                said[way],
                {s.stage: getattr(s, measure) for s in measured.states if s.start == way},
                before,
            )
            for way in ways
        ]

    panels = [
        figure(title.say(language), names, series(name), digits - 1, language)
        for name, (title, digits) in PANELS.items()
    ]
    return html.join(
        [
            _saved(measured, language),
            html.tag("p", TOLD.say(language), class_="note"),
            legend(series("domain")),
            html.tag("div", html.join(panels), class_="lines"),
            _steps(names, language),
            html.details(FIGURES.say(language), _table(measured, said, language)),
        ]
    )


def _saved(measured: Trained, language: Language) -> Markup | None:
    if "domain" not in measured.tokens:
        return None
    saved = measured.tokens["domain"].saved_percent
    value, low, high = (rounded(v, 1, language) for v in (saved.value, saved.low, saved.high))
    n = len(measured.terms)
    return html.tag("p", SAVED.say(language, n=n, saved=value, low=low, high=high))


def _steps(names: list[str], language: Language) -> Markup:
    listed = (f"{at}: {_name(name, language)}" for at, name in enumerate(names))
    return html.tag("p", " · ".join(listed), class_="note")


def _name(stage: str, language: Language) -> str:
    return NAMES[stage].say(language) if stage in NAMES else stage


def _table(measured: Trained, said: Mapping[str, str], language: Language) -> Markup:
    headers = [
        STAGE.say(language),
        WAY.say(language),
        *(title.say(language) for title, _ in PANELS.values()),
    ]
    rows = [
        [
            _name(state.stage, language),
            said[state.start],
            *(
                _interval(getattr(state, name), digits, language)
                for name, (_, digits) in PANELS.items()
            ),
        ]
        for state in measured.states
    ]
    table = html.table(headers, rows, numeric=range(2, 2 + len(PANELS)))
    return html.tag("div", table, class_="sides")


def _interval(value: Interval, digits: int, language: Language) -> str:
    said, low, high = (rounded(v, digits, language) for v in (value.value, value.low, value.high))
    return f"{said} [{low}, {high}]"
