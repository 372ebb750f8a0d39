"""Names for pronouns, by whom the talk before them names."""

import json

import pytest

from samovar.character.grounding.people import FILE, read_people
from samovar.errors import StoreError
from samovar.records import Turn
from samovar.settings import ROOT


@pytest.fixture(scope="module")
def people():
    return read_people(ROOT / "data" / "characters" / "house" / FILE)


def talk(*texts):
    return tuple(Turn("user" if at % 2 == 0 else "assistant", t) for at, t in enumerate(texts))


@pytest.mark.parametrize(
    ("texts", "message", "language", "resolved"),
    [
        (("Who is Wilson?", "An oncologist."), "Why does he stay?", "en", "Why does Wilson stay?"),
        (
            ("Who is Wilson?", "He runs oncology."),
            "What is his job?",
            "en",
            "What is Wilson's job?",
        ),
        (("Is Cuddy in?", "Ask Wilson."), "Do you like her?", "en", "Do you like Cuddy?"),
        (("Do you know Wilson?", "Him and Chase."), "And he?", "en", "And Chase?"),
        (
            ("Кто такой Уилсон?", "Онколог."),
            "А что он там делает?",
            "ru",
            "А что Уилсон там делает?",
        ),
        (
            ("Вы спорили с Уилсоном?", "Да."),
            "И что вы ему сказали?",
            "ru",
            "И что вы Уилсону сказали?",
        ),
        (("Hello", "What is it?"), "Did he die?", "en", "Did he die?"),
        (("Who is Wilson?", "A friend."), "Did she die?", "en", "Did she die?"),
        (
            ("Who is Wilson?", "A friend."),
            "Did Wilson say he lied?",
            "en",
            "Did Wilson say he lied?",
        ),
    ],
)
def test_a_pronoun_gets_the_name_that_fits(people, texts, message, language, resolved):
    assert people.resolved(message, talk(*texts), language) == resolved


def test_names_far_back_are_left(people):
    old = talk("Who is Wilson?", "A friend.", "Hm", "What?", "Nothing", "So?")
    assert people.resolved("Did he die?", old, "en") == "Did he die?"


def test_nobody_is_known_without_a_file_and_a_damaged_one_is_named(tmp_path):
    assert (
        read_people(tmp_path / FILE).resolved("Did he?", talk("Wilson", "So?"), "en") == "Did he?"
    )
    (tmp_path / FILE).write_text(json.dumps({"id": "wilson"}), encoding="utf-8")
    with pytest.raises(StoreError, match="people"):
        read_people(tmp_path / FILE)


def test_every_follow_up_is_about_facts_that_are_there():
    for slug in ("house", "data"):
        folder = ROOT / "data" / "characters" / slug
        facts = {
            json.loads(line)["id"]
            for line in (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
        }
        rows = (folder / "followed.jsonl").read_text(encoding="utf-8").splitlines()
        for row in map(json.loads, rows):
            assert {row["before"], row["fact"]} <= facts and row["before"] != row["fact"]
            assert row["en"] and row["ru"]
