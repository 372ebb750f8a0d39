"""Which texts train and which measure."""

from dataclasses import replace

import pytest
from domain import tea_guides

from training.corpora.domain_text import Document, DomainText
from training.frame import recipe
from training.tokenizer import material, texts
from training.tokenizer.plan import TokenizerRecipe


@pytest.mark.parametrize(
    ("sentence", "repeated"),
    [
        ("Is the feature on by default? No.", True),
        ("Is the new feature on by default? Maybe not, it depends.", False),
        ("is THE feature on, by default", True),
        ("The answer is no.", False),
        ("No.", True),
    ],
)
def test_what_training_says_already_does_not_measure(sentence, repeated):
    seen = {g for text in ("Is the feature on by default? No.", "No!") for g in texts.grams(text)}
    assert texts.repeats(sentence, seen) == repeated


def test_repetitions_are_counted_and_left_out():
    """Documents of two sentences: the eleventh to fifteenth measure, and begin with a repetition."""
    sentences = [f"Sentence {at} speaks of thing number {at} only." for at in range(80)]
    sentences[20] = "Is the feature switched on by default here?"
    sentences[44] = "Is the feature switched on by default?"
    documents = tuple(Document(str(at), 2 * at, 2 * at + 1) for at in range(40))
    found = texts.parts(DomainText(tuple(sentences), documents, ()))
    assert sentences[44] in found.sentences
    assert found.repeated == 1
    assert " ".join(found.test).startswith(sentences[21])
    assert not set(" ".join(found.test).split(". ")) & {s.rstrip(".") for s in found.sentences}


def test_blocks_are_neighbours_and_no_longer_than_asked():
    sentences = ["a" * 30, "b" * 30, "c" * 90, "d" * 10]
    assert texts.blocks(sentences, 61) == ["a" * 30 + " " + "b" * 30, "c" * 90, "d" * 10]


def test_portions_follow_one_another_without_overlap_and_begin_again():
    some = [letter * 10 for letter in "abcde"]
    assert texts.portion(some, 0, 20) == ["a" * 10, "b" * 10]
    assert texts.portion(some, 20, 20) == ["c" * 10, "d" * 10]
    assert texts.portion(some, 40, 20) == ["e" * 10, "a" * 10]
    assert texts.portion([], 0, 20) == []


LINES = [f"Line {at} has nothing of note in it." for at in range(200)]
LINES += [f"Line {at} tells of a Kubelet." for at in range(200, 212)]


def test_each_term_stands_in_so_many_texts_and_the_seed_draws_the_rest():
    def having(seed):
        drawn = texts.lessons(LINES, ["kubelet"], 10, 1500, seed)
        assert sum(map(len, drawn)) == pytest.approx(1500, abs=40)
        assert len(drawn) == len(set(drawn))
        return drawn, sum("Kubelet" in text for text in drawn)

    (first, many), (other, as_many) = having(0), having(1)
    assert many >= 10 and as_many >= 10
    assert first != other and first == having(0)[0]


def test_where_room_is_short_every_term_has_its_share():
    """Not the first ones all and the last ones none; a text counts for each term that it holds."""
    terms = ["pod", "node", "etcd"]
    some = [f"The {term} of text {n} is here." for n in range(40) for term in terms]
    some += [f"A pod and a node, number {n}." for n in range(10)]
    drawn = texts.lessons(some, terms, 50, 900, 0)
    found = [sum(term in text for text in drawn) for term in terms]
    assert sum(found) >= len(drawn) and max(found) - min(found) <= 2
    rare = texts.lessons([*some, "One kubelet."], [*terms, "kubelet"], 50, 900, 0)
    assert "One kubelet." in rare


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the kubelets run", True),
        ("Kubelet!", True),
        ("a kubelety", False),
        ("my_kubelet", False),
    ],
)
def test_a_term_is_found_as_a_word_and_in_the_plural(text, found):
    assert bool(texts.patterns(["kubelet"])["kubelet"].search(text)) == found


@pytest.mark.parametrize("part", ["test", "validation"])
def test_what_measures_never_trains(part, tiny, tmp_path):
    """Neither of the domain nor of general text, on neither part; both parts train on the same."""
    (tmp_path / "tea.yaml").write_text(tea_guides.RECIPE)
    chosen = replace(recipe.load(tmp_path / "tea.yaml", TokenizerRecipe), measured=10**6, part=part)
    sets, own = tea_guides.data(tmp_path / "sets"), tea_guides.terms(tmp_path / "own") / "terms"
    read = material.read(chosen, sets, own, tiny)
    held = material.held_out(read, chosen)
    assert held and read.forgotten and read.general
    assert not set(held) & set(read.domain.blocks)
    assert not set(read.forgotten) & set(read.general)
    other = material.read(replace(chosen, part="test"), sets, own, tiny)
    assert other.general == read.general
