"""The card of a visitor's own file: every tagger's score on it, as a table and a chart."""

from __future__ import annotations

from collections.abc import Sequence

from samovar import html
from samovar.ner.annotated.gold import Annotated
from samovar.ner.score import Score, as_json, used
from samovar.ner.scoring import chart
from samovar.ner.scoring.chart import Point
from samovar.ner.scoring.counts import RULES
from samovar.ner.scoring.figures import DISK, MILLISECONDS, TAGGER
from samovar.ner.tagging.taggers import TAGGERS
from samovar.phrases import Language, Phrase
from samovar.records import Cost
from samovar.tool import Download, Shown

READY = Phrase(
    "{texts} texts with {names} names are read: the button now scores the taggers on them. Remove "
    "the file to tag the text above again.",
    "Прочитано текстов: {texts}, имён: {names}. Теперь кнопка оценивает модели на них. Уберите файл, "
    "чтобы снова размечать текст.",
)
TITLE = Phrase("Your file: {texts} texts, {names} names", "Ваш файл: текстов {texts}, имён {names}")
TITLES = {
    "strict": Phrase("F1 strict (95 %)", "F1 строгая (95 %)"),
    "exact": Phrase("borders", "границы"),
    "partial": Phrase("partial", "частично"),
    "type": Phrase("type", "тип"),
}
INVENTED = Phrase("invented", "выдумано")
UNREAD = Phrase("unread", "не разобрано")
WAITING = Phrase("being scored…", "считается…")
RULE = Phrase(
    "F1: how many names are found and how few are made up, in one number up to 1. Strict: borders and label "
    "are right. Borders: the label does not matter. Partial: overlapping "
    "borders count half. Type: any overlap with the right label. Labels that the file does not use "
    "are not scored.",
    "F1: сколько имён найдено и сколь мало лишних, одним числом до 1. Строгая: верны границы и метка. "
    "Границы: метка не важна. Частично: пересечение считается за "
    "половину. Тип: любое пересечение с верной меткой. Метки, которых в файле нет, не оцениваются.",
)


def ready(texts: Sequence[Annotated], language: Language) -> str:
    """Return the notice that a file was read."""
    names = sum(len(one.spans) for one in texts)
    return html.notice(READY.say(language, texts=len(texts), names=names), "hint")


def card(
    scores: Sequence[Score], asked: Sequence[str], texts: Sequence[Annotated], language: Language
) -> Shown:
    """Return the card; taggers of `asked` that have not finished are shown as waiting."""
    names = sum(len(annotated.spans) for annotated in texts)
    title = html.tag("h2", TITLE.say(language, texts=len(texts), names=names))
    done = {score.tagger: score for score in scores}
    rows = [_row(name, done.get(name), used(texts), language) for name in asked]
    headers = [
        TAGGER.say(language),
        *(TITLES[rule].say(language) for rule in RULES),
        *used(texts),
    ]
    table = html.table(headers, rows, numeric=range(1, len(headers)))
    costs = html.table(
        [part.say(language) for part in (TAGGER, MILLISECONDS, DISK, INVENTED, UNREAD)],
        [_costs(score, language) for score in scores],
        numeric=range(1, 5),
    )
    points = [
        Point(TAGGERS[score.tagger].title.say(language), score.milliseconds, score.f1)
        for score in scores
    ]
    graph = html.tag("div", chart.drawn(points, language), class_="figures") if points else None
    rule = html.tag("p", RULE.say(language), class_="note")
    body = html.tag("div", title, table, rule, graph, costs if scores else None)
    if len(scores) < len(asked):
        return Shown(body)
    return Shown(body, _cost(scores, texts), _files(scores, texts))


def _row(name: str, score: Score | None, labels: Sequence[str], language: Language) -> list[object]:
    title = TAGGERS[name].title.say(language)
    if score is None:
        return [title, WAITING.say(language), *[""] * (len(RULES) + len(labels) - 1)]
    strict = score.rules["strict"]
    return [
        title,
        f"{strict.f1:.3f} ({strict.low:.2f}–{strict.high:.2f})",
        *(f"{score.rules[rule].f1:.3f}" for rule in RULES[1:]),
        *(f"{score.labels[label].f1:.3f}" for label in labels),
    ]


def _costs(score: Score, language: Language) -> list[object]:
    return [
        TAGGERS[score.tagger].title.say(language),
        f"{score.milliseconds:.1f}",
        f"{score.disk_mb:.0f}",
        f"{score.invented:.0%}",
        f"{score.unparsed:.0%}",
    ]


def _cost(scores: Sequence[Score], texts: Sequence[Annotated]) -> Cost:
    rows = [TAGGERS[score.tagger] for score in scores]
    return Cost(
        sum(score.milliseconds for score in scores) * len(texts),
        " + ".join(dict.fromkeys(row.model(texts[0].language).title for row in rows)),
        " + ".join(dict.fromkeys(row.engine() for row in rows)),
    )


def _files(scores: Sequence[Score], texts: Sequence[Annotated]) -> tuple[Download, ...]:
    rows = [
        {
            "tagger": score.tagger,
            "rule_or_label": name,
            "precision": own.precision,
            "recall": own.recall,
            "f1": own.f1,
            "low": own.low,
            "high": own.high,
            "found": own.found,
            "known": own.known,
        }
        for score in scores
        for name, own in [*score.rules.items(), *score.labels.items()]
    ]
    whole = html.json_lines("samovar-ner-scores", [as_json(scores, texts)])
    return whole, html.spreadsheet("samovar-ner-scores", rows)
