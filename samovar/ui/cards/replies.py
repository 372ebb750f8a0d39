"""Two replies to one prompt as HTML: side by side, judged by checks, and what a visitor preferred."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from samovar import html
from samovar.figures import statistics
from samovar.figures.basket import ALL, Basket, Case, Reply, Row
from samovar.phrases import Language, Phrase
from samovar.tool import Shown
from samovar.ui.cards.ballot import SAME, SIDES, Ballot, Side, Vote

LEAD = Phrase(
    "{title} as it comes and with the adapter {adapter}, asked the same {size} prompts in two languages. "
    "The prompts were written before either was asked; shown are the replies of the measurement.",
    "{title} без адаптера и с адаптером {adapter}: одни и те же запросы на двух языках, всего {size}. "
    "Запросы написаны до измерения, показаны ответы из него.",
)
NAMES: Mapping[Side, Phrase] = {
    "base": Phrase("as it comes", "без адаптера"),
    "adapter": Phrase("with the adapter", "с адаптером"),
}
PASSED = Phrase("pass the checks {side}", "проходят проверки {side}")
MOVED = Phrase(
    "points of difference, 95 % interval {low} to {high}",
    "пунктов разницы, интервал 95 %: от {low} до {high}",
)
BY_TASK = Phrase(
    "Replies that pass the checks, by task, in English",
    "Ответы, которые проходят проверки, по задачам, на русском",
)
TASK = Phrase("Task (prompts)", "Задача (запросов)")
HABITS = {
    "wrong_language": Phrase("Reply in another language", "Ответ на другом языке"),
    "endless": Phrase("Reply going round in circles", "Ответ ходит по кругу"),
}
TASKS = {
    "all": Phrase("All", "Все"),
    "answer": Phrase("Answer from a passage", "Ответ по тексту"),
    "absent": Phrase("The passage does not tell", "В тексте ответа нет"),
    "reword": Phrase("Reword", "Другими словами"),
    "simplify": Phrase("Simplify", "Проще"),
    "facts": Phrase("Text from facts", "Текст по фактам"),
    "open": Phrase("Everyday question", "Бытовой вопрос"),
    "persona": Phrase("Persona", "Персонаж"),
    "format": Phrase("Form", "Форма"),
}
ASKED = Phrase("Prompt", "Запрос")
GOOD = Phrase("passes the checks", "проходит проверки")
POOR = Phrase("fails a check", "не проходит проверки")
CUT = Phrase("cut off at the limit of tokens", "обрезан по пределу токенов")
NOTHING_SAID = Phrase("(no reply)", "(ответа нет)")
FAULTS = {
    "missing": Phrase("not said: {what}", "не сказано: {what}"),
    "invented": Phrase("should not be there: {what}", "лишнее: {what}"),
    "form": Phrase("not in the form asked for", "не в той форме"),
    "not said": Phrase(
        "does not say that the passage is silent", "не говорит, что в тексте этого нет"
    ),
    "copied": Phrase("repeats the prompt", "повторяет запрос"),
    "in circles": Phrase("goes round in circles", "ходит по кругу"),
    "language": Phrase("in another language", "на другом языке"),
}
JUDGED = Phrase("Judged: {n} of {total}.", "Сравнили: {n} из {total}.")
RESULT = Phrase(
    "Judged: {n} of {total}. Better with the adapter: {adapter}; better as it comes: {base}; "
    "the same: {same}.",
    "Сравнили: {n} из {total}. Лучше с адаптером: {adapter}; лучше без него: {base}; одинаково: {same}.",
)
SIGN = Phrase("Sign test: p = {p}.", "Критерий знаков: p = {p}.")
ANEW = Phrase(
    "To begin anew, switch the hiding off and on.",
    "Чтобы начать заново, выключите и снова включите скрытие.",
)
LABEL = 64
"""Characters of a prompt that stands whole in the list; of a longer one only its task is said."""


def label(case: Case, number: int, language: Language) -> str:
    """Return a line for the list of prompts: number, task, and what is asked last where it is short."""
    last = case.prompt.rsplit("\n\n", 1)[-1]
    asked = (last.partition(":")[2] or last).strip(" -\n").split("\n")[0]
    named = f"{number}. {_task(case.task, language)}"
    return f"{named}: {asked}" if 0 < len(asked) <= LABEL else named


def summary(basket: Basket, language: Language) -> Markup:
    """Return what was compared, the share of passed checks, and the figures by task."""
    said = {"title": basket.title, "adapter": basket.adapter, "size": len(basket.cases)}
    parts = [html.tag("p", LEAD.say(language, **said))]
    every = basket.row(ALL, ALL)
    if every:
        moved = every.passed.compared.difference
        low, high = (_points(value) for value in (moved.low, moved.high))
        shares = zip(SIDES, (every.passed.base, every.passed.adapter), strict=True)
        pairs = [(_percent(v), PASSED.say(language, side=NAMES[side])) for side, v in shares]
        told = MOVED.say(language, low=low, high=high)
        parts.append(html.stats([*pairs, (_points(moved.value), told)]))
        parts.append(html.details(BY_TASK.say(language), _by_task(basket, language)))
    return html.tag("div", html.join(parts), class_="answer")


def pair(basket: Basket, case: Case, ballot: Ballot | None, language: Language) -> Markup:
    """Return the prompt and both replies; as A and B where a ballot is going on."""
    hidden = ballot is not None and not ballot.revealed
    order = ballot.order(case.id) if ballot else SIDES
    columns = [
        _column(
            letter if hidden else NAMES[side].say(language),
            getattr(case, side),
            hidden,
            language,
        )
        for letter, side in zip("AB", order, strict=True)
    ]
    asked = html.tag(
        "div",
        html.plain(case.prompt),
        class_="asked",
        role="region",
        aria_label=ASKED.say(language),
    )
    return html.tag(
        "div", asked, html.tag("div", html.join(columns), class_="pair"), class_="answer"
    )


def tally(basket: Basket, total: int, ballot: Ballot, language: Language) -> Markup:
    """Return how many prompts are judged; once revealed, how the sides did, with a CSV of the votes."""
    count = {"n": len(ballot.votes), "total": total}
    if not ballot.revealed or not ballot.votes:
        return html.notice(JUDGED.say(language, **count), "empty")
    votes = ballot.tally()
    base, adapter = votes["base"], votes["adapter"]
    said = RESULT.say(language, **count, base=base, adapter=adapter, same=votes[SAME])
    test = SIGN.say(language, p=f"{statistics.sign(base, adapter):.3f}")
    body = html.notice(f"{said} {test} {ANEW.say(language)}", "hint")
    file = html.spreadsheet(f"votes-{basket.model}-{language}", map(_line, ballot.votes))
    return html.card(Shown(body, downloads=(file,)), language)


def _line(vote: Vote) -> dict[str, str]:
    return {"id": vote.id, "a": vote.a, "b": vote.b, "choice": vote.choice, "better": vote.better}


def _column(name: str, reply: Reply, hidden: bool, language: Language) -> Markup:
    parts = [html.tag("h3", name), html.plain(reply.text or NOTHING_SAID.say(language))]
    badges = [] if hidden else [_verdict(reply, language)]
    badges += [html.badge(CUT.say(language))] if reply.cut else []
    faults = [] if hidden else [html.tag("li", _fault(one, language)) for one in reply.failed]
    parts.append(html.tag("p", html.join(badges, " ")) if badges else Markup(""))
    parts.append(html.tag("ul", html.join(faults), class_="faults") if faults else Markup(""))
    return html.tag("section", html.join(parts), class_="reply")


def _verdict(reply: Reply, language: Language) -> Markup:
    said, kind = (POOR, "bad") if reply.failed else (GOOD, "good")
    return html.badge(said.say(language), kind)


def _fault(failed: str, language: Language) -> str:
    """Return "missing: ink|pen*" as a visitor reads it, "not said: ink / pen-"."""
    name, _, what = failed.partition(": ")
    said = what.replace("|", " / ").replace("*", "-")
    return FAULTS[name].say(language, what=said) if name in FAULTS else failed


def _by_task(basket: Basket, language: Language) -> Markup:
    headers = [said.say(language) for said in (TASK, *NAMES.values())]
    rows = [_figures(row, language) for row in basket.rows if row.language == language]
    sides = {one.side: one for one in basket.sides if one.language == language}
    if len(sides) == len(SIDES):
        base, adapter = (sides[side] for side in SIDES)
        rows += [
            (said.say(language), _percent(getattr(base, name)), _percent(getattr(adapter, name)))
            for name, said in HABITS.items()
        ]
    return html.table(headers, rows, numeric=(1, 2))


def _figures(row: Row, language: Language) -> tuple[str, str, str]:
    passed = row.passed
    name = f"{_task(row.task, language)} ({passed.size})"
    return name, _percent(passed.base), _percent(passed.adapter)


def _task(name: str, language: Language) -> str:
    return TASKS[name].say(language) if name in TASKS else name


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "−")
