"""What a chat model learns from: ids as in serving, batches by seed, loss on the reply alone."""

import json
from dataclasses import replace

import pytest
import torch

from samovar.errors import InputError
from samovar.models.chat.vocabulary import Vocabulary
from samovar.records import ChatRequest, Turn
from training.chat import ChatRecipe, divided
from training.corpora.sources import attribution
from training.frame.batches import padded, plan
from training.lessons.character import prompts
from training.lessons.chat.conversations import (
    FORMATS,
    Lesson,
    batch,
    lessons,
    mean_loss,
    reply_loss,
)
from training.lessons.chat.examples import Pair, most, read, split


def pair(source, target="ok"):
    return Pair(source, target, "en", "samovar")


def encoded(tiny, *pairs, longest=400):
    vocabulary = Vocabulary(tiny)
    return lessons(pairs, FORMATS["plain"], vocabulary, vocabulary.dialogue(512), longest)


def test_the_prompt_is_that_of_serving_and_the_reply_ends(tiny):
    vocabulary = Vocabulary(tiny)
    [lesson] = encoded(tiny, pair("dim the lamp", "turn it down"))
    served = vocabulary.dialogue(512).ids(ChatRequest((Turn("user", "dim the lamp"),)))
    assert lesson.prompt == served
    assert vocabulary.tokenizer.decode(lesson.reply, skip_special_tokens=False) == (
        "turn it down<|im_end|>"
    )


def test_text_never_becomes_a_special_token(tiny):
    [lesson] = encoded(tiny, pair("a<|im_end|>b", "c<|im_start|>d"))
    [plain] = encoded(tiny, pair("ab", "cd"))
    special = {0, 1, 2}
    assert sum(i in special for i in lesson.prompt) == sum(i in special for i in plain.prompt)
    assert [i for i in lesson.reply if i in special] == [2]


def test_long_pairs_are_left_out(tiny):
    assert len(encoded(tiny, pair("a"), pair("a" * 200), longest=100)) == 1


def model_of(tiny):
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(tiny, dtype=torch.float32)


def by_hand(model, rows):
    """The mean cross-entropy of the reply's tokens, one conversation at a time, all logits."""
    losses = []
    for row in rows:
        ids = torch.tensor([row.prompt + row.reply])
        logits = model(ids).logits[0, len(row.prompt) - 1 : -1]
        losses += torch.nn.functional.cross_entropy(
            logits, torch.tensor(row.reply), reduction="none"
        ).tolist()
    return sum(losses) / len(losses)


ROWS = [Lesson([5, 6, 7], [8, 2]), Lesson([9], [10, 11, 12, 2]), Lesson([7] * 9, [2])]


def test_the_loss_is_that_of_the_reply_alone(tiny):
    model = model_of(tiny)
    with torch.no_grad():
        expected = by_hand(model, ROWS)
        assert reply_loss(model, batch(ROWS)).item() == pytest.approx(expected, rel=1e-4)
        assert mean_loss(model, ROWS, 2, torch.device("cpu")) == pytest.approx(expected, rel=1e-4)
    assert not model.get_output_embeddings()._forward_pre_hooks


def test_the_parts_of_a_batch_add_up(tiny):
    """As two processes see it: each takes every second row, and its share of the rows counts."""
    model, whole = model_of(tiny), batch(ROWS)
    with torch.no_grad():
        parts = [{name: value[at::2] for name, value in whole.items()} for at in (0, 1)]
        found = sum(reply_loss(model, part).item() * len(part["weight"]) / 3 for part in parts)
        assert found == pytest.approx(reply_loss(model, whole).item(), rel=1e-5)


def test_a_plan_takes_each_example_once_an_epoch():
    lengths = [(n * 37) % 90 for n in range(205)]
    batches = plan(lengths, 10, 2, seed=1)
    assert len(batches) == 42
    for epoch in (batches[:21], batches[21:]):
        assert sorted(n for numbers in epoch for n in numbers) == list(range(205))
    spread = [max(lengths[n] for n in b) - min(lengths[n] for n in b) for b in batches]
    assert max(spread) < 10
    assert batches == plan(lengths, 10, 2, seed=1) != plan(lengths, 10, 2, seed=2)
    assert batches[:21] != batches[21:]


def test_rows_are_padded_on_the_right():
    assert padded([[1], [2, 3, 4]], 0).tolist() == [[1, 0, 0], [2, 3, 4]]


def test_no_held_out_source_is_trained_on():
    pairs = [pair(f"s{n // 3}", f"s{(n // 3 + 1) % 40}") for n in range(120)]
    train, held = split(pairs, 10, seed=0)
    sources = {p.source for p in held}
    assert len(held) == 10
    assert not sources & {text for p in train for text in (p.source, p.target)}
    assert split(pairs, 10, seed=0) == (train, held)
    with pytest.raises(InputError, match="120 pairs"):
        split(pairs, 120, seed=0)


def test_at_most_so_many_pairs_are_chosen():
    pairs = [pair(str(n)) for n in range(50)]
    chosen = most(pairs, 20, seed=0)
    assert len(chosen) == 20 and chosen == sorted(chosen, key=pairs.index)
    assert most(pairs, 0, seed=0) == pairs


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2"),
        ("[]", "Line 2"),
        ('{"source": "a", "language": "en"}', "`target`"),
        ('{"source": "a", "target": " ", "language": "en"}', "`target` is empty"),
        ('{"source": "a", "target": "b", "language": "de"}', '"de"'),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, said):
    path = tmp_path / "pairs.jsonl"
    good = json.dumps({"source": "a", "target": "b", "language": "ru", "origin": "samovar"})
    path.write_text(f"{good}\n{line}\n")
    with pytest.raises(InputError, match="Line 2") as caught:
        read(path)
    assert said in str(caught.value)


def test_an_unknown_origin_has_no_licence():
    assert attribution(["snips", "snips"]) == ["SNIPS 2017 (CC0-1.0; Coucke et al. 2018)"]
    with pytest.raises(InputError, match="'web'"):
        attribution(["samovar", "web"])


def test_earlier_replies_of_a_talk_are_learned_too(tiny):
    said = [["user", "who are you"], ["assistant", "a sailor"], ["user", "and then"]]
    source = prompts.written("house", said, ())
    vocabulary = Vocabulary(tiny)
    dialogue = vocabulary.dialogue(4096)
    talk = Pair(source, "a cook", "en", "samovar", ("a sailor", "never said"))
    [both] = lessons([talk], FORMATS["character"], vocabulary, dialogue, 4096)
    [last] = lessons([replace(talk, earlier=())], FORMATS["character"], vocabulary, dialogue, 4096)
    [places] = both.earlier
    told = vocabulary.tokenizer.decode(
        both.prompt[places.start : places.stop], skip_special_tokens=False
    )
    assert told == "a sailor<|im_end|>" and both.learned == last.learned + len(places)
    assert [token for token in both.targets if token != -100] == [
        *both.prompt[places.start : places.stop],
        *both.reply,
    ]
    model = model_of(tiny)
    with torch.no_grad():
        first = Lesson(both.prompt[: places.start], both.prompt[places.start : places.stop])
        assert mean_loss(model, [both], 1, torch.device("cpu")) == pytest.approx(
            by_hand(model, [first, last]), rel=1e-4
        )


def test_a_file_of_its_own_is_held_out(tmp_path):
    def put(name, count):
        rows = ({"source": f"{name}{n}", "target": "b", "language": "en"} for n in range(count))
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
        return tmp_path / name

    files = {"a.jsonl": put("a.jsonl", 20), "held.jsonl": put("held.jsonl", 9)}
    recipe = ChatRecipe(
        "x", "smollm2-135m-instruct", ("a.jsonl",), validation="held.jsonl", held_out=5
    )
    training, held = divided(recipe, files)
    assert len(training) == 20 and len(held) == 5
    assert all(one.source.startswith("held") for one in held)
    training, held = divided(replace(recipe, validation=""), files)
    assert (len(training), len(held)) == (15, 5)
