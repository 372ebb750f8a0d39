"""What a reason says on a Russian page: no English word is left that is not the text's own."""

from __future__ import annotations

import ast
import re

import pytest

from samovar.paraphrase import form, form_ru, relations, relations_ru
from samovar.paraphrase.reason_words import said
from samovar.paraphrase.speech import Act
from samovar.records import Reason
from samovar.settings import ROOT

ENGLISH = re.compile(r"[A-Za-z]{2,}")


def wordings():
    """Return the strings that the rules write into reasons, with 1 for what is filled in."""
    for name in ("rules", "validation", "core", "addressee"):
        tree = ast.parse((ROOT / f"samovar/paraphrase/{name}.py").read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Reason":
                yield from map(filled, call.args[1:])
            if name == "addressee" and isinstance(call, ast.Return):
                yield filled(call.value)


def filled(part):
    """Return a literal as it may be said; what is not a literal is a number here."""
    if isinstance(part, ast.JoinedStr):
        return "".join(filled(one) for one in part.values)
    return str(part.value) if isinstance(part, ast.Constant) else "1"


def test_every_wording_of_a_rule_is_said_in_russian():
    listed = {text for text in wordings() if ENGLISH.search(text)} - {"1 me", "you have"}
    assert {"as in the original", "all kept", "nobody is told when", "lost: 1"} <= listed
    left = [one for one in listed if ENGLISH.search(said(Reason("x", one, 0), "ru")[0])]
    assert left == []


@pytest.mark.parametrize("name", [*relations.RELATIONS, *relations_ru.RELATIONS, "none"])
def test_relations(name):
    if name not in relations.FREE_RELATIONS | {"off", "up", "down"}:
        assert not ENGLISH.search("".join(said(Reason("relations", name, name), "ru")))


def test_speech_acts():
    for act in Act:
        value, threshold = said(Reason("speech act", act.value, "command or wish"), "ru")
        assert not ENGLISH.search(value)
        assert threshold == "просьба или желание"


@pytest.mark.parametrize("name", [name for _, name in (*form.ODD_FORMS, *form_ru.SIGNS)])
def test_forms(name):
    value, threshold = said(Reason("form", name.format("слово"), "a well-formed sentence"), "ru")
    quoted = name if "+" in name or name == "{} me" else ""
    assert not ENGLISH.search(re.sub(r"[a-z ]*\+ |\bme\b", "", value) if quoted else value)
    assert threshold == "правильное предложение"


@pytest.mark.parametrize(
    ("reason", "russian"),
    [
        (
            Reason("persons", "lost: my, her", "as in the original"),
            ("нет: my, her", "как в исходной"),
        ),
        (Reason("added words", "once", "none"), ("once", "нет")),
        (Reason("similarity", 0.432, "0.8 to 0.999"), ("0.432", "от 0.8 до 0.999")),
        (Reason("length", 9, "2 to 7 words"), ("9", "от 2 до 7 слов")),
        (
            Reason("word order", "six to seven", "as in the original"),
            ("six to seven", "как в исходной"),
        ),
        (Reason("negation", 1, 0), ("1", "0")),
    ],
)
def test_words_of_the_text_stay(reason, russian):
    assert said(reason, "ru") == russian
    assert said(reason, "en") == (str(reason.value), str(reason.threshold))
