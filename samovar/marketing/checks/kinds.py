"""The kinds of problems: their names on the page, and what is said of one."""

from __future__ import annotations

from dataclasses import replace

from samovar.marketing.checks.forms import PARTS
from samovar.phrases import Language, Phrase
from samovar.records import Problem

KINDS = {
    "number": Phrase("number not in the sheet", "числа нет в карточке"),
    "unit": Phrase("unit not in the sheet", "единицы нет в карточке"),
    "currency": Phrase("currency not in the sheet", "валюты нет в карточке"),
    "contradiction": Phrase("the sheet contradicts itself", "карточка противоречит себе"),
    "swapped": Phrase("value of another property", "значение другого свойства"),
    "lost_condition": Phrase("condition left out", "условие пропущено"),
    "discount": Phrase("discount not in the sheet", "скидки нет в карточке"),
    "guarantee": Phrase("guarantee not in the sheet", "гарантии нет в карточке"),
    "superlative": Phrase("superlative", "превосходная степень"),
    "medical": Phrase("claim about health", "обещание о здоровье"),
    "financial": Phrase("claim about money", "обещание о деньгах"),
    "delivery": Phrase("delivery not in the sheet", "доставки нет в карточке"),
    "forbidden": Phrase("forbidden by the sheet", "запрещено карточкой"),
    "invented_feature": Phrase("feature not in the sheet", "свойства нет в карточке"),
    "length": Phrase("length", "длина"),
    "unfinished": Phrase("unfinished", "не закончено"),
    "name": Phrase("product name", "название товара"),
    "other_product": Phrase("another product", "другой товар"),
    "repetition": Phrase("repetition", "повтор"),
    "copied": Phrase("copied from another ad", "списано с другой рекламы"),
}
"""Kind → its name on the page."""
REASONS = {
    "length": Phrase("Allowed: {fact}.", "Допустимо: {fact}."),
    "name": Phrase("The text does not name {fact}.", "В тексте не названо: {fact}."),
    "other_product": Phrase("The sheet is of {fact}.", "Карточка о другом: {fact}."),
    "contradiction": Phrase("The sheet says both: {fact}", "В карточке и то, и другое: {fact}"),
    "lost_condition": Phrase("The sheet says: {fact}", "В карточке: {fact}"),
    "forbidden": Phrase("The sheet forbids: {fact}.", "Карточка запрещает: {fact}."),
    "invented_feature": Phrase(
        "The sheet does not say so. Nearest to it: {fact}",
        "В карточке этого нет. Ближе всего: {fact}",
    ),
    "unfinished": Phrase("The text breaks off.", "Текст обрывается."),
    "repetition": Phrase("It was said before.", "Это уже сказано."),
    "copied": Phrase("The words are another product's ad.", "Это слова рекламы другого товара."),
}
SAYS = Phrase("The sheet says: {fact}", "В карточке: {fact}")
SILENT = Phrase("Nothing in the sheet says so.", "В карточке этого нет.")


def reason(kind: str, fact: str, language: Language) -> str:
    """Return what is said of a problem of `kind`; `fact` is what the sheet has instead."""
    if kind == "length":
        part, _, bounds = fact.partition(" ")
        fact = f"{PARTS[part].say(language)} {bounds}"
    if kind in REASONS:
        return REASONS[kind].say(language, fact=fact)
    return SAYS.say(language, fact=fact) if fact else SILENT.say(language)


def told(problem: Problem, language: Language) -> Problem:
    """Return `problem` with its reason in `language`, whatever the language of the text.

    One whose fact was not kept, as in older records, is returned as it is.
    """
    if not problem.fact and "{fact}" in REASONS.get(problem.kind, SILENT).en:
        return problem
    return replace(problem, reason=reason(problem.kind, problem.fact, language))
