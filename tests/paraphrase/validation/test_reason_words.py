"""What a reason says on the page: no English word is left that is not the text's own."""

from __future__ import annotations

import ast
import re
from typing import get_args

import pytest

from samovar.paraphrase.analysis.analysis import GRAMMARS
from samovar.paraphrase.analysis.difference import Kind
from samovar.paraphrase.analysis.differences import EXCLUDING
from samovar.paraphrase.analysis.places import TURNED
from samovar.paraphrase.analysis.request import Act
from samovar.paraphrase.card import CHECKS
from samovar.paraphrase.core import SURPLUS
from samovar.paraphrase.validation import reason_words
from samovar.paraphrase.validation.reason_words import said
from samovar.records import Reason
from samovar.settings import ROOT

ENGLISH = re.compile(r"[A-Za-z]{2,}")
FILES = sorted((ROOT / "samovar" / "paraphrase").rglob("*.py"))


def made():
    """Yield (check, value, threshold) of the reasons that the code makes, 1 for what is filled in."""
    for path in FILES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Reason":
                check, *sides = call.args
                name = SURPLUS if getattr(check, "id", "") == "SURPLUS" else filled(check)
                yield name, *map(filled, sides)


def filled(part):
    """Return a literal as it may be said; what is no literal is a number here."""
    if isinstance(part, ast.JoinedStr):
        return "".join(filled(one) for one in part.values)
    return str(part.value) if isinstance(part, ast.Constant) else "1"


def test_every_wording_of_a_rule_is_said_in_russian():
    listed = [one for one in made() if one[0] != "1"]
    assert len(listed) > 10 and ("names and slots", "lost: 1", "1") in listed
    assert (SURPLUS, "passes, not needed", "n") in listed
    said_all = [part for one in listed for part in said(Reason(*one), "ru")]
    assert [part for part in said_all if ENGLISH.search(part)] == []


def test_every_check_has_its_name_on_the_page():
    checks = {check for check, _, _ in made()} - {"1"}
    assert len(checks) > 6 and checks | set(get_args(Kind)) <= set(CHECKS)
    assert {"lost words", "added words"} <= set(CHECKS)
    assert all(ENGLISH.search(name.ru) is None for name in CHECKS.values())


def test_every_label_of_the_analysis_is_said():
    """What the analysis writes before and behind the words that it quotes."""
    grammars = GRAMMARS.values()
    sides = [row for grammar in grammars for row in grammar.markers.values()]
    timed = {says for kind, says in sides if kind in ("condition", "time")} | set(TURNED.values())
    assert timed <= set(reason_words.CONJUNCTIONS)
    rows = [row for g in grammars for row in (*g.notation.before, *g.notation.after)]
    assert {bound for _, bound in rows} <= set(reason_words.BOUNDS)
    persons = {person for grammar in grammars for person in grammar.persons.values()}
    assert persons <= set(reason_words.OWNERS)
    roles = {role for g in grammars for role in (*g.roles.values(), *g.cases.values())}
    assert roles - {"в"} <= set(reason_words.ROLES)
    assert set(reason_words.QUANTIFIERS) == EXCLUDING
    assert set(reason_words.ACTS) == set(get_args(Act))


LABELLED = [
    ("bound", "less 6", "at least 6", "меньше 6", "не меньше 6"),
    ("number", "limit 5", "at most 6", "до 5", "не больше 6"),
    ("condition", "unless дождь", "if дождь", "если не дождь", "если дождь"),
    ("order", "before обед", "after обед", "до обед", "после обед"),
    ("owner", "you телефон", "me телефон", "твой телефон", "мой телефон"),
    ("polarity", "not звонить", "звонить", "не звонить", "звонить"),
    ("quantifier", "–", "only", "–", "только"),
    ("choice", "or", "and", "или", "и"),
    (
        "roles",
        "Ира: звонить",
        "Ира: звонить (subject)",
        "Ира: звонить",
        "Ира: звонить (кто делает)",
    ),
    ("clauses", "me: прислать to", "me: –", "я: прислать (кому, куда)", "я: –"),
    ("direction", "from склад", "to склад", "от склад", "к склад"),
    ("act", "promise", "command", "обещание", "просьба"),
    ("language", "cyrillic", "latin", "кириллица", "латиница"),
]


@pytest.mark.parametrize(("check", "value", "needed", "said_value", "said_needed"), LABELLED)
def test_labels_are_said_in_russian(check, value, needed, said_value, said_needed):
    assert said(Reason(check, value, needed), "ru") == (said_value, said_needed)


@pytest.mark.parametrize(
    ("reason", "english"),
    [
        (Reason("owner", "you phone", "me phone"), ("your phone", "my phone")),
        (Reason("bound", "less 6", "more 6"), ("less than 6", "more than 6")),
        (
            Reason("roles", "Ann: call", "Ann: call (subject)"),
            ("Ann: call", "Ann: call (who does it)"),
        ),
    ],
)
def test_labels_are_said_in_english_too(reason, english):
    assert said(reason, "en") == english


@pytest.mark.parametrize(
    ("reason", "russian"),
    [
        (Reason("added words", "once, none", "none"), ("once, none", "нет")),
        (Reason("lost words", "none", "none"), ("none", "нет")),
        (Reason("names and slots", "lost: to", "to"), ("нет: to", "to")),
        (Reason("literal", "5 to 7 words", "lost: a"), ("5 to 7 words", "lost: a")),
        (Reason("name", "only", "other words"), ("only", "other words")),
        (Reason("length", 9, "2 to 7 words"), ("9", "от 2 до 7 слов")),
        (Reason("meaning", 0.432, "≥ 0.6"), ("0.432", "≥ 0.6")),
    ],
)
def test_words_of_the_text_stay(reason, russian):
    assert said(reason, "ru") == russian
    assert said(reason, "en") == (str(reason.value), str(reason.threshold))
