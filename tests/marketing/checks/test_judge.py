"""What the judge reads, what it adds to the rules, and what it takes back."""

from __future__ import annotations

import numpy as np
import pytest

from samovar.marketing.checks.checker import Checker
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.checks.judge import NEAREST, Judge, nearest, parts, premise
from samovar.marketing.checks.support import OVERRULED
from samovar.marketing.facts.brief import parsed
from samovar.models.shelf import shelf
from samovar.records import Entailment

FLASK = parsed(
    "Name: Tundra Flask\nHolds 1.5 litres. Weighs 350 grams. Keeps tea hot for 12 hours with the lid closed. "
    "Pours up to 6 cups.\nPrice: EUR 40\nForbidden: that it never breaks; that it cleans water"
)


class Letters:
    """Encode a text by its letters: enough to find the nearest fact."""

    def encode(self, texts, kind):
        counts = np.array(
            [[text.lower().count(chr(97 + at)) for at in range(26)] for text in texts]
        )
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1)


class Model:
    """Support what has the words it was made with."""

    name = "adverts-e5"

    def __init__(self, *words: str, sure: float = 0.99) -> None:
        self.words, self.sure = words, sure
        self.asked: list[tuple[str, str]] = []

    def classify(self, pairs):
        self.asked += pairs
        found = [any(word in said for word in self.words) for _, said in pairs]
        return [Entailment(self.sure if own else 0.01, 0.0, 0.0) for own in found]


def checker(model: Model) -> Checker:
    data = shelf().settings.data / "marketing"
    return Checker(shelf().parser("en"), "en", data, Judge(model, Letters(), 0.5))


def problems(model: Model, text: str) -> set[tuple[str, str]]:
    own = checker(model)
    found = own.check(text, own.sheet(FLASK), FORMS["banner"]).problems
    return {(one.kind, one.fact) for one in found if one.kind not in ("length", "name")}


def test_a_statement_stands_behind_the_facts_nearest_to_it():
    said = "It pours six cups."
    [near] = nearest(FLASK, [said], "en", Letters())
    assert len(near) == NEAREST and near[0] == "Pours up to 6 cups."
    assert set(near) < set(parts(FLASK, "en"))
    assert premise(FLASK, near).startswith("Tundra Flask. Pours up to 6 cups.")
    assert nearest(parsed(""), [said], "en", Letters()) == [[]]


def test_what_is_not_supported_is_read_again_with_its_neighbours():
    model = Model("EUR 40")
    judge = Judge(model, Letters(), 0.5)
    told = judge.read(FLASK, ["It costs little.", "EUR 40 is all.", "See it.", "Buy it."], "en")
    assert [one.support > 0.5 for one in told] == [True, True, True, False]
    assert ("It costs little. EUR 40 is all.") in [said for _, said in model.asked]
    assert judge.read(FLASK, [], "en") == []


def test_a_sentence_without_support_is_named_with_the_nearest_fact():
    model = Model("cups")
    assert problems(model, "It pours up to 6 cups.") == set()
    [(kind, fact)] = problems(model, "Its handle folds away.")
    assert kind in ("invented_feature", "forbidden") and fact in "".join(parts(FLASK, "en"))
    assert problems(model, "It holds up clean water all over it.") == {
        ("forbidden", "that it cleans water")
    }


def test_what_a_rule_names_is_not_named_twice():
    assert problems(Model("nothing"), "It weighs 350 ounces.") == {("unit", "Weighs 350 grams.")}


@pytest.mark.parametrize(("kind", "text"), [("number", "It pours up to 7 cups.")])
def test_the_judge_overrules_what_a_rule_only_suspects(kind: str, text: str):
    assert {one for one, _ in problems(Model("cups", sure=OVERRULED[kind] - 0.01), text)} & {kind}
    assert problems(Model("cups", sure=1.0), text) == set()


def test_without_a_judge_only_rules_check():
    own = Checker(shelf().parser("en"), "en", shelf().settings.data / "marketing", None)
    found = own.check("Its handle sings. It weighs 350 ounces.", own.sheet(FLASK), FORMS["ad"])
    assert "unit" in {one.kind for one in found.problems}
    assert "invented_feature" not in found.checked and "unit" in found.checked
