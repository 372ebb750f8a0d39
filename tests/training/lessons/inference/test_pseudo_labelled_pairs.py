"""The pairs a teacher labels: crossed and edited, without what validates or evaluates."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from captions import THINGS, captions, pair, scenes

from training.corpora import snli
from training.lessons.inference import pseudo_labelled_pairs, sets
from training.lessons.inference.crossed import beside, crossed, unlabelled
from training.lessons.inference.edited import drawn, replaced
from training.lessons.inference.natural_inference import parts


def test_sentences_of_a_group_are_crossed_and_no_others():
    training = [pair("a", "b"), pair("c", "b"), pair("x", "y"), pair("m", "n", origin="sick")]
    found = unlabelled(crossed(training), training, {"y"})
    assert sorted(found) == [("a", "c"), ("b", "a"), ("b", "c"), ("c", "a")]


def test_a_group_held_together_by_a_common_caption_is_left_out():
    assert not [*crossed([pair(f"caption {at}", "a man is here") for at in range(20)])]


def test_sentences_on_one_photograph_are_crossed():
    more = scenes(Path())
    every, half = [*beside(more, 100)], [*beside(more, 50)]
    assert len(every) == len({*every}) == 6 * len(THINGS)
    assert all(one.split()[-1].rstrip(".") in other or "home" in one for one, other in every)
    assert {*half} < {*every} and len(every) / 4 < len(half) < len(every) * 3 / 4
    many = [pair("A man is here.", f"He has {at} cups.", origin="snli") for at in range(40)]
    assert len([*beside(many, 100)]) == 5 * 4


def test_case_makes_no_other_pair():
    asked = [("A", "b"), ("a", "B"), ("c", "d"), ("C", "d")]
    assert unlabelled(asked, [pair("a", "b")], set()) == [("C", "d")]


class Tagger:
    """Call every word of three letters or more a noun."""

    def pipe(self, texts):
        for text in texts:
            words = [(match[0], match.start()) for match in re.finditer(r"\w+", text)]
            tags = [
                SimpleNamespace(text=w, idx=at, tag_="NN" if len(w) > 2 else "X") for w, at in words
            ]
            yield Tagged(text, tags)


class Tagged(list):
    def __init__(self, text, tokens):
        super().__init__(tokens)
        self.text = text


class Letters:
    """Words are near that have letters in common."""

    def encode(self, texts):
        rows = np.array(
            [[text.count(chr(97 + at)) for at in range(26)] for text in texts], np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_edit_replaces_one_word_by_a_near_one_of_its_tag():
    pairs = captions()
    edits = drawn(pairs, Tagger(), Letters(), seed=0)
    assert edits == drawn(pairs, Tagger(), Letters(), seed=0)
    assert edits != drawn(pairs, Tagger(), Letters(), seed=1)
    assert {edit.side for edit in edits} == {0, 1}
    for edit in edits:
        text = (pairs[edit.pair].premise, pairs[edit.pair].hypothesis)[edit.side]
        old, new = text.split(), replaced(text, edit).split()
        changed = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
        assert len(changed) == 1 and len(edit.by) > 2


def test_a_rare_word_neither_comes_nor_goes():
    pairs = [*captions(), pair("The zeppelin is old.", "The kettle is new.")]
    edits = drawn(pairs, Tagger(), Letters(), seed=0)
    assert all(edit.by != "zeppelin" for edit in edits)
    assert (len(captions()), 0, 1) not in {(edit.pair, edit.side, edit.word) for edit in edits}


def test_validation_and_evaluation_are_not_labelled(monkeypatch, tmp_path):
    monkeypatch.setattr(sets, "evaluation_sets", lambda data_dir: {"dev": captions()[:1]})
    training = parts(captions(), 30)[0]
    edits = drawn(training, Tagger(), Letters(), seed=0)
    more = [*scenes(tmp_path), pair("A cup.", captions()[0].hypothesis, origin="snli")]
    asked = pseudo_labelled_pairs.pairs_to_label(captions(), more, tmp_path, 30, edits)
    assert not {*asked} & {(one.premise, one.hypothesis) for one in (*captions(), *more)}
    found = {text.lower() for texts in asked for text in texts}
    _, held = parts(captions(), 30)
    barred = {
        text.lower() for one in (*held, captions()[0]) for text in (one.premise, one.hypothesis)
    }
    assert found and held and edits and not found & barred


def test_scenes_of_evaluation_and_validation_stay_unread(tmp_path, monkeypatch):
    every = scenes(tmp_path)
    evaluated = pair(every[0].premise, "It is new.")
    monkeypatch.setattr(sets, "evaluation_sets", lambda data_dir: {"dev": [evaluated]})
    monkeypatch.setattr(snli, "read", scenes)
    found = {one.premise for one in pseudo_labelled_pairs.scenes(tmp_path, tmp_path, 20)}
    _, held = parts(every, 20)
    assert held and found == {p.premise for p in every} - {p.premise for p in held} - {
        evaluated.premise
    }
