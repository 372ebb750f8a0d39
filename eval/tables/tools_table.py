"""The table of the tools in the README: which model answers, how well, how large, how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eval.tables import tools_words as words
from samovar import catalog
from samovar.catalog.tools import LARGER, Base
from samovar.phrases import Language
from samovar.settings import ROOT

SHIPPED = "kubernetes-smollm2"
"""The vocabulary in assets that the experiment has made."""
VOCABULARY, CHARACTER = "tokenizer-kubernetes", "character-smollm2-135m-instruct"
RESULTS = (
    "paraphrase-en",
    "paraphrase-ru",
    "validator",
    "search",
    "search-speed",
    "ner",
    CHARACTER,
    VOCABULARY,
)
"""The files that the rows read."""
Results = dict[str, dict[str, Any]]

CHAT = "smollm2-135m-instruct"
[LARGER_WRITER] = LARGER["paraphrase"]
WRITERS = {
    "en": Base(CHAT, "paraphrase-smollm2"),
    "ru": Base("gemma-3-270m", "paraphrase-gemma3"),
}
"""Language → the small chat model that paraphrases it."""
SETS = {"en": ("stackfaq", "StackFAQ"), "ru": ("xquad_ru", "XQuAD-ru")}
"""Language → set of the search and its title; neither its texts nor its questions are trained on."""


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row: what answers, and what was measured of it."""

    tool: str
    model: str
    megabytes: float
    place: str = ""
    """Section of docs/REPORT.md; empty where nothing was measured."""
    quality: str = words.NONE
    milliseconds: str = words.NONE

    def line(self) -> str:
        """Return the row as Markdown."""
        tool = f"[{self.tool}](docs/REPORT.md#{self.place})" if self.place else self.tool
        cells = (tool, self.model, self.quality, f"{self.megabytes:.0f}", self.milliseconds)
        return f"| {' | '.join(cells)} |"


def tools(language: Language) -> Callable[..., list[str]]:
    """Return what draws the table in `language` out of `RESULTS`, in their order."""

    def drawn(*results: dict[str, Any]) -> list[str]:
        measured = dict(zip(RESULTS, results, strict=True))
        rows = (
            *(_paraphrase(measured, language, spoken) for spoken in WRITERS),
            *(_check(measured["validator"], language, spoken) for spoken in WRITERS),
            *_searches(measured, language),
            *_names(measured["ner"]["corpora"], language),
            _character(measured[CHARACTER]["columns"], language),
            _vocabulary(measured[VOCABULARY], language),
            *_untuned(language),
        )
        return [words.HEAD.say(language), "|---|---|---|---:|---:|", *(r.line() for r in rows)]

    return drawn


def _paraphrase(measured: Results, language: Language, spoken: str) -> Row:
    counted = measured[f"paraphrase-{spoken}"]
    figures = counted["rows"]["tool"]["figures"]
    quality = words.ACCEPTED.say(
        language,
        accepted=f"{figures['accepted_per_command']:.2f}",
        wanted=counted["wanted"],
        core=f"{figures['new_core']:.0%}",
        size=counted["origin"]["size"],
    )
    writers = (WRITERS[spoken], LARGER_WRITER)
    return Row(
        words.PARAPHRASE.say(language, spoken=words.SPOKEN[spoken]),
        " + ".join(f"{catalog.title(one.model)} + LoRA" for one in writers),
        sum(map(_with_adapter, writers)),
        "paraphrases",
        quality,
        words.A_COMMAND.say(language, ms=f"{figures['seconds_median'] * 1000:,.0f}"),
    )


def _check(result: dict[str, Any], language: Language, spoken: str) -> Row:
    rows, small = result["sets"][f"test_{spoken}"], "verifier-e5"
    quality = words.ERRORS.say(
        language,
        wrong=_share(rows["both"]["wrong_accepted"], language),
        right=_share(rows["both"]["right_refused"], language),
        size=rows["both"]["pairs"],
        small_wrong=f"{rows['small']['wrong_accepted']['value']:.1%}",
        small_right=f"{rows['small']['right_refused']['value']:.1%}",
    )
    return Row(
        words.CHECK.say(language, spoken=words.SPOKEN[spoken]),
        f"{small} + {catalog.title(LARGER_WRITER.model)} + LoRA",
        _with_base(small) + _with_adapter(LARGER_WRITER),
        "the-validator-as-a-detector-of-paraphrases",
        quality,
    )


def _searches(results: Results, language: Language) -> list[Row]:
    measured, speed = results["search"], results["search-speed"]
    tuned, reranker = measured["tuned"], measured["reranker"]
    took = f"{speed['scripts']['query_ms']['hybrid']['p50']:.0f}"
    ms = words.A_QUESTION.say(language, ms=took, passages=f"{speed['passages']:,}")
    rows = []
    for spoken, (name, title) in SETS.items():
        tool = words.SEARCH.say(language, spoken=words.SPOKEN[spoken])
        figures = measured["sets"][name]
        beside = ("BM25", figures["rows"]["bm25"])
        quality = _gain(figures["rows"]["hybrid"], (title, figures["queries"]), beside, language)
        rows.append(Row(tool, f"{tuned} + BM25", _with_base(tuned), "search", quality, ms))
    name, title = SETS["en"]
    sampled, read = measured["sets"][name]["sampled"], measured["sets"][name]["rows"]["rerank"]
    quality = _gain(read, (title, sampled["queries"]), ("`hybrid`", sampled["hybrid"]), language)
    tool, place = words.RERANKED.say(language), "the-cross-encoder-of-search"
    ms = words.A_TEXT_READ.say(language, ms=f"{measured['reranker_ms']:.0f}")
    return [*rows, Row(tool, reranker, _with_base(reranker), place, quality, ms)]


def _gain(
    row: dict[str, Any],
    over: tuple[str, int],
    beside: tuple[str, dict[str, Any]],
    language: Language,
) -> str:
    figure, plain = row["ndcg_10"], beside[1]["ndcg_10"]["value"]
    return words.GAIN.say(
        language,
        value=_interval(language, figure["value"], *figure["interval"]),
        title=over[0],
        asked=f"{over[1]:,}",
        base=f"{beside[0]}: {plain:.3f}",
    )


def _names(corpora: dict[str, Any], language: Language) -> list[Row]:
    english, russian = corpora["conll"], corpora["factrueval"]
    spacy = "spaCy en_core_web_sm", english["taggers"]["spacy"]
    natasha = "Natasha", russian["taggers"]["natasha"]
    own = "crf-ru", russian["taggers"]["crf"]
    return [
        _tagger(english, ("ner-e5", english["taggers"]["e5"]), spacy, language),
        _tagger(english, ("crf-en", english["taggers"]["crf"]), spacy, language),
        _tagger(russian, natasha, own, language),
        _tagger(russian, ("ner-e5", russian["taggers"]["e5"]), natasha, language),
    ]


def _tagger(
    corpus: dict[str, Any],
    shown: tuple[str, dict[str, Any]],
    beside: tuple[str, dict[str, Any]],
    language: Language,
) -> Row:
    (model, cell), (title, other) = shown, beside
    strict, plain = cell["rules"]["strict"], other["rules"]["strict"]["f1"]
    quality = words.F1.say(
        language,
        value=_interval(language, strict["f1"], strict["low"], strict["high"]),
        title=corpus["title"],
        base=f"{title}: {plain:.3f}",
    )
    tool = words.NAMES.say(language, spoken=words.SPOKEN[corpus["language"]])
    ms = words.A_TEXT.say(language, ms=f"{cell['milliseconds']:.1f}")
    return Row(tool, model, cell["disk_mb"], "named-entities", quality, ms)


def _character(columns: dict[str, Any], language: Language) -> Row:
    whole, plain = columns["words"], columns["lora"]["right"]["value"]
    answered = whole["right"]
    quality = words.ANSWERED.say(
        language,
        value=_interval(language, answered["value"], answered["low"], answered["high"]),
        size=whole["questions"],
        base=f"{plain:.3f}",
    )
    writer = Base(CHAT, "house-smollm2")
    model = words.OWN_WORDS.say(language, model=catalog.title(CHAT))
    ms = words.A_REPLY.say(language, ms=f"{whole['seconds'] * 1000:.0f}")
    place = "what-each-step-brings"
    return Row(words.CHARACTER.say(language), model, _with_adapter(writer), place, quality, ms)


def _vocabulary(measured: dict[str, Any], language: Language) -> Row:
    saved = {
        key: f"{value:.1f}" for key, value in measured["tokens"]["domain"]["saved_percent"].items()
    }
    [learned] = [
        row["domain_percent"]
        for row in measured["compared"]
        if (row["stage"], row["first"], row["second"]) == ("adapter", "mean", "unextended")
    ]
    quality = words.SHORTER.say(
        language, saved=words.INTERVAL.say(language, **saved), more=f"{learned['value']:+.1f}"
    )
    title, size = catalog.title(CHAT), float(catalog.model(CHAT).size_mb)
    files = (ROOT / "assets" / "vocabularies" / SHIPPED).rglob("*.safetensors")
    size += sum(path.stat().st_size for path in files) / 1e6
    model = words.TERMS.say(language, model=title, count=len(measured["terms"]))
    return Row(words.TOKENIZER.say(language), model, size, "terms-in-a-vocabulary", quality)


def _untuned(language: Language) -> list[Row]:
    rows = []
    for slug, tool in words.UNTUNED.items():
        chat = catalog.model(next((row.model for row in LARGER.get(slug, ())), CHAT))
        rows.append(Row(tool.say(language), chat.title, chat.size_mb))
    return rows


def _with_adapter(base: Base) -> float:
    folder = ROOT / "assets" / "adapters" / str(base.adapter)
    weights = folder / "adapter_model.safetensors"
    return catalog.model(base.model).size_mb + weights.stat().st_size / 1e6


def _with_base(id: str) -> float:
    row = catalog.model(id)
    return row.size_mb + catalog.model(row.base).size_mb


def _interval(language: Language, value: float, low: float, high: float) -> str:
    shown = {"value": f"{value:.3f}", "low": f"{low:.3f}", "high": f"{high:.3f}"}
    return words.INTERVAL.say(language, **shown)


def _share(rate: dict[str, float], language: Language) -> str:
    return words.INTERVAL.say(language, **{key: f"{rate[key]:.1%}" for key in rate})
