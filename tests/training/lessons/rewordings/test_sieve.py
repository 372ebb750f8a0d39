"""Each filter on pairs it must keep and pairs it must remove."""

import numpy as np
import pytest

from samovar.paraphrase.measurement import ValidationModels
from samovar.records import Entailment, Markup
from training.lessons.rewordings import choice, sieve
from training.lessons.rewordings.candidates import Candidate
from training.lessons.rewordings.pointing import pointing
from training.lessons.rewordings.styling import careful, styled
from training.lessons.rewordings.usage import Usage
from training.lessons.rewordings.vectors import Vectors


def pair(source, target, *, language="en", origin="clinc150", intent="x", similarity=0.95):
    return Candidate(source, target, language, origin, "command", intent, similarity)


KEPT = [
    (sieve.sized, "pay my water bill", "settle the bill for water"),
    (sieve.new_words, "add milk to my shopping list", "put some milk on the list of shopping"),
    (sieve.numbered, "wake me at seven", "set an alarm for 7"),
    (sieve.named, "play jazz by Bill Evans", "I want Bill Evans jazz"),
    (sieve.turned, "don't forget to call mom after lunch", "remember to call mom after lunch"),
    (sieve.acting, "turn the fan on", "could you switch on the fan"),
    (pointing, "can you check if my card works", "does my card work"),
    (pointing, "how can i pay the bill", "how do i go about paying the bill"),
    (sieve.formed, "where is my phone", "tell me where my phone is"),
]
REMOVED = [
    (sieve.sized, "pay my bill", "pay"),
    (sieve.new_words, "cancel the meeting on monday please", "cancel a meeting on monday please"),
    (sieve.numbered, "wake me at seven", "wake me at 8"),
    (sieve.named, "play jazz by Bill Evans", "play jazz by Bill Frisell"),
    (sieve.turned, "call mom after lunch", "call mom before lunch"),
    (sieve.turned, "do not call mom", "call mom"),
    (sieve.acting, "turn the fan on", "is the fan on"),
    (pointing, "what reminders did i have", "what reminders do i have"),
    (pointing, "restore my settings", "restore your settings"),
    (pointing, "delete the list", "remove a list"),
    (pointing, "my card was taken, what now", "what now if my card was taken"),
    (pointing, "is my card active", "can my card be active"),
    (pointing, "what does overbearing mean", "what an overbearing means"),
    (pointing, "please decrease the volume", "turn up the volume"),
    (sieve.formed, "where is my phone", "tell me where my phone"),
    (sieve.formed, "where is is my phone", "tell me where my phone is"),
    (sieve.formed, 'say "hello', "say hello"),
]


@pytest.mark.parametrize(("test", "source", "target"), KEPT)
def test_a_good_pair_passes(test, source, target):
    assert test(pair(source, target))


@pytest.mark.parametrize(("test", "source", "target"), REMOVED)
def test_a_bad_pair_does_not(test, source, target):
    assert not test(pair(source, target))


def test_the_band_of_similarity_has_two_ends():
    found = [sieve.similar(pair("a", "b", similarity=value)) for value in (0.85, 0.95, 0.999)]
    assert found == [False, True, False]


class Letters:
    """Encode by the letters of a text: anagrams are the same, nothing else is close."""

    name, engine, revision, dimensions = "letters", "test", "1", 26

    def __init__(self):
        self.calls = []

    def encode(self, texts, kind="symmetric", progress=None):
        self.calls.append(list(texts))
        rows = np.zeros((len(texts), 26), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text.lower():
                if "a" <= char <= "z":
                    row[ord(char) - 97] += 1
            row /= np.linalg.norm(row) or 1
        return rows


def test_every_content_word_needs_a_partner(tmp_path):
    groups = {"cab": frozenset({1}), "taxi": frozenset({1})}
    good = pair("order a cab to the airport", "order a taxi to the airport")
    other = pair("order a cab to the airport", "order a cab to the museum")
    opposite = pair("mute the silence", "unmute the silence")
    found = [good, other, opposite]
    test = sieve.aligned(Vectors(Letters(), tmp_path / "v.npz"), groups, found)
    assert [test(one) for one in found] == [True, False, False]


def test_vectors_are_kept_for_the_same_encoder_only(tmp_path):
    path, first = tmp_path / "v.npz", Letters()
    Vectors(first, path).add(["one", "two"])
    second = Letters()
    kept = Vectors(second, path)
    kept.add(["two", "three"])
    assert second.calls == [["three"]]
    assert kept.matrix(["one"]) == pytest.approx(first.encode(["one"]), abs=1e-3)
    third = Letters()
    third.revision = "2"
    Vectors(third, path).add(["one"])
    assert third.calls == [["one"]]


class Strict:
    """Find all texts close to each other, and let a longer one entail a shorter one only."""

    def encode(self, texts, kind="symmetric", progress=None):
        rows = np.array([(1, 0.3 * text.startswith("b")) for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def tag(self, texts, language):
        return [Markup((), 0.0) for _ in texts]

    def classify(self, pairs):
        return [
            Entailment(0.9, 0.1, 0.0) if len(first) >= len(second) else Entailment(0.1, 0.9, 0.0)
            for first, second in pairs
        ]


def test_the_checks_of_the_tool_are_asked_with_entailment_in_both_directions():
    models = ValidationModels(Strict(), {}, Strict(), Strict())
    even = pair("start the show now", "begin the show now")
    numbers = pair("start the show at 7", "begin the show at 8")
    longer = pair("start the show now", "begin the big show now")
    assert sieve.checked(models, [even, numbers, longer]) == [even]


def test_a_sieve_counts_what_it_removes(capsys):
    steps = sieve.Sieve()
    left = steps.run("size", [pair("a b c d", "d c b a"), pair("a b c", "a")], sieve.sized)
    assert len(left) == 1
    assert steps.steps == [{"filter": "size", "removed": 1, "left": {"clinc150": 1}}]
    assert "size" in capsys.readouterr().out


def test_choice_limits_texts_intents_and_sets():
    found = [pair("same source text", f"target number {n}") for n in range(5)]
    assert len(choice.few_each(found, 2)) == 2
    found = [pair(f"words {n}", f"text {n}", intent=str(n % 2)) for n in range(20)]
    assert len(choice.balanced(found, 3, 100)) == 6
    assert len(choice.balanced(found, 10, 5)) == 5


def test_pairs_that_change_only_the_opening_come_last():
    opening = [pair(f"play song {n}", f"could you play song {n}") for n in range(8)]
    new = pair("turn the fan on", "switch on the fan")
    assert choice.balanced([*opening, new], 1, 1) == [new]


def test_a_text_that_nobody_else_would_write_is_unusual():
    usage = Usage(f"please turn the light {n} off" for n in range(60))
    assert usage.usual("please turn the light 7 off")
    assert not usage.usual("off the turn please")
    assert not usage.spelled("turn it", "plaese turn the light")


def test_both_texts_of_a_pair_get_one_style():
    assert careful("whats on my list for monday") == "What's on my list for Monday?"
    assert careful("id like a table, i think") == "I'd like a table, I think."
    assert careful("my id card is lost") == "My id card is lost."
    styles = [styled(f"dim light {n}", f"make light {n} darker") for n in range(80)]
    carefully = [one.endswith(".") and one[0].isupper() for pair in styles for one in pair]
    assert carefully[::2] == carefully[1::2]
    assert 40 < sum(carefully[::2]) < 75
