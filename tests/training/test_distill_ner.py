"""Distillation: what the teacher labels, and students measured beside it."""

from __future__ import annotations

from argparse import Namespace
from types import SimpleNamespace

import pytest
from journeys import PLACES, texts

from samovar.records import Markup, Span
from samovar.settings import ROOT, Settings
from training import distill_ner
from training.distill_ner import DistillRecipe
from training.entities import corpora
from training.entities.sentences import tagged
from training.frame import recipe


def test_distillation_keeps_the_words_and_takes_the_teachers_tags() -> None:
    class Teacher:
        def sentences(self, many: list[object]) -> list[list[str]]:
            return [["B-LOC"] + ["O"] * (len(one) - 1) for one in many]  # type: ignore[arg-type]

    known = distill_ner.ranked(tagged(texts(), whole=True))
    again = distill_ner.ranked(tagged(texts()[::-1], whole=True))
    assert [one.text for one in known] == [one.text for one in again]
    found = distill_ner.relabelled(Teacher(), known)  # type: ignore[arg-type]
    assert {one.tags[0] for one in found} == {"B-LOC"}
    assert [one.words for one in found] == [one.words for one in known]


def test_the_shipped_recipe_of_the_distillation_is_read() -> None:
    path = ROOT / "training" / "configs" / "distill-en.yaml"
    chosen = recipe.load(path, DistillRecipe)
    assert chosen.corpus in corpora.TRAINING and chosen.scored in corpora.SCORING
    assert set(chosen.unlabelled) <= set(corpora.UNLABELLED)
    assert chosen.labelled[-1] == "all" and chosen.teacher == "ner-e5"


class Traveller:
    """A teacher that knows the places and takes people for nothing."""

    def tag(self, listed: list[str], language: str) -> list[Markup]:
        return [Markup(self._spans(text), 0.0) for text in listed]

    def sentences(self, many: list[object]) -> list[list[str]]:
        tags = {one.words: one.tags for one in tagged(texts(), whole=True)}
        return [[tag if "LOC" in tag else "O" for tag in tags[words]] for words in many]  # type: ignore[index]

    def _spans(self, text: str) -> tuple[Span, ...]:
        named = ((text.find(place), place) for place in PLACES)
        return tuple(Span(at, at + len(name), "LOC", name) for at, name in named if at >= 0)


def test_students_learn_what_the_teacher_says_and_are_measured_beside_it(
    options: Namespace, journeys_alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distill_ner, "shelf", lambda: SimpleNamespace(tagger=lambda _: Traveller()))
    chosen = DistillRecipe("small", "en", "conll", ("wikineural-en",), "conll", ("5", "all"))
    found = distill_ner.fit(chosen, options, Settings())
    few, every = found["points"]
    assert (few["labelled"], every["labelled"]) == (5, 100)
    assert few["alone"]["texts_learnt"] == 5 and few["distilled"]["texts_learnt"] == 200
    assert found["teacher"]["f1"] < 0.7 and few["distilled"]["f1"] < 0.7
    assert few["alone"]["f1"] > 0.9 and every["alone"]["f1"] == 1
    assert found["side_by_side"]["times"] > 0
