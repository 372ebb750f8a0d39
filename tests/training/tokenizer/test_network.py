"""What a stage trains and what it leaves alone, and the losses of two vocabularies side by side."""

from __future__ import annotations

import pytest
import torch

from samovar.models.vocabulary.merged import merge
from samovar.tokenizer.extension import extend
from samovar.tokenizer.vocabulary.initial import initial
from samovar.tokenizer.vocabulary.pieces import tokenizer_of
from training.frame.recipe import Lora, Training
from training.tokenizer import knowledge, network, passages
from training.tokenizer.knowledge import Gap

CPU = torch.device("cpu")
SHAPE = Lora(rank=2, alpha=4)
TEXTS = ["The kubelet waits.", "A kubelet and a kubelet, then a pod.", "Nothing new here."]


@pytest.fixture
def source(tiny):
    return (tiny / "tokenizer.json").read_text()


@pytest.fixture
def extension(source):
    return extend(source, ["kubelet", "pod"])


@pytest.fixture
def model(tiny, extension):
    """The tiny model whose vocabulary has two terms."""
    model = network.load(tiny, Training(precision="fp32"), CPU)
    rows = model.get_input_embeddings().weight.detach().numpy()
    merge(model, extension.first, initial("mean", extension, rows))
    return model


@pytest.fixture
def read(extension):
    return passages.passages(TEXTS, tokenizer_of(extension.source), 0)


def stepped(model, read, rate=0.1):
    """Make one step of Adam on the weights that learn."""
    learning = [weight for weight in model.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=rate, weight_decay=0)
    passages.loss(model, passages.batch(read)).backward()
    optimiser.step()
    return model


def changed(before, after):
    """Return the names of the weights that differ."""
    return {name for name, weight in after.items() if not torch.equal(weight, before[name])}


def copied(model):
    return {name: weight.detach().clone() for name, weight in model.named_parameters()}


def test_the_first_stage_changes_new_rows_and_not_one_bit_of_the_old(model, read, extension):
    before = copied(model)
    after = copied(stepped(network.prepared(model, "rows", extension.ids, SHAPE), read))
    assert changed(before, after) == {"model.embed_tokens.weight"}
    old, new = (held["model.embed_tokens.weight"] for held in (before, after))
    rows = (old != new).any(1).nonzero().flatten().tolist()
    assert rows == list(extension.ids)
    assert model.get_output_embeddings().weight is model.get_input_embeddings().weight


@pytest.mark.parametrize(
    ("trains", "names"),
    [
        ("matrix", {"embed_tokens"}),
        ("attention", {"q_proj", "k_proj", "v_proj", "o_proj"}),
        ("layers", {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}),
    ],
)
def test_each_stage_trains_its_own_weights(model, extension, trains, names):
    prepared = network.prepared(model, trains, extension.ids, SHAPE)
    learning = [name for name, one in prepared.named_parameters() if one.requires_grad]
    assert {next(n for n in names if n in name) for name in learning} == names
    assert all(".lora_" in name for name in learning) or trains == "matrix"


def test_a_later_stage_goes_on_with_what_was_written(model, read, extension, tiny, tmp_path):
    model = stepped(network.prepared(model, "matrix", extension.ids, SHAPE), read)
    for trains in ("attention", "attention", "layers"):  # B is nought at first, then A learns too
        model = stepped(network.prepared(model, trains, extension.ids, SHAPE), read, 0.01)
    network.save(tmp_path / "state.safetensors", model)
    again = network.load(tiny, Training(precision="fp32"), CPU)
    again.resize_token_embeddings(len(model.get_input_embeddings().weight), mean_resizing=False)
    again = network.restored(again, tmp_path / "state.safetensors", SHAPE)
    given = passages.batch(read)
    with torch.no_grad():
        own, other = passages.losses(model, given), passages.losses(again, given)
        assert torch.equal(own, other)
        joined = passages.losses(network.merged(again), given)
    assert torch.allclose(joined, own, rtol=1e-4)


def test_the_loss_counts_every_token_and_no_padding(model, read):
    together = passages.measured(model, read, 3, CPU)
    for text, loss in zip(read, together, strict=True):
        ids = torch.tensor([text.ids])
        mean = model(input_ids=ids, labels=ids).loss.item()
        assert loss == pytest.approx(mean * (len(text.ids) - 1), rel=1e-4)
    share = passages.loss(model, passages.batch(read)).item()
    assert share == pytest.approx(together.sum() / sum(map(len, TEXTS)), rel=1e-4)


def test_the_first_token_is_predicted_too_however_long(source, extension):
    """Else a vocabulary with a long first token would be spared more of the text."""
    plain = passages.passages(["kubelet"], tokenizer_of(source), 0)[0]
    grown = passages.passages(["kubelet"], tokenizer_of(extension.source), 0)[0]
    assert (len(plain.ids), len(grown.ids)) == (1 + 7, 1 + 1)
    assert plain.characters == grown.characters == 7


GAPS = [Gap("kubelet", "On each node runs a"), Gap("pod", "Start a"), Gap("etcd", "Stored in")]


def test_terms_of_many_pieces_are_ranked_by_all_of_them(model, source, extension):
    """As if each sentence were read whole with each term in the gap."""
    tokenizer = tokenizer_of(extension.source)
    found = knowledge.ranks(model, tokenizer, GAPS, 0, CPU)
    terms = [gap.term for gap in GAPS]
    for gap, place in zip(GAPS, found.terms.tolist(), strict=True):
        scores = {term: _whole(model, tokenizer, gap.before, term) for term in terms}
        assert place == 1 + sum(scores[term] > scores[gap.term] for term in terms)
    assert (found.vocabulary > 0).tolist() == [True, True, False]  # etcd is no token


def _whole(model, tokenizer, before, term):
    ids = [0, *tokenizer.encode(f"{before} {term}").ids]
    start = 1 + len(tokenizer.encode(before).ids)
    with torch.no_grad():
        logs = model(torch.tensor([ids])).logits[0].log_softmax(-1)
    return sum(logs[at - 1, ids[at]].item() for at in range(start, len(ids)))


def test_a_term_is_near_the_anchors_whose_mean_it_is(model, extension):
    tokenizer = tokenizer_of(extension.source)
    matrix = model.get_input_embeddings().weight
    with torch.no_grad():
        for term, letter in (("kubelet", "a"), ("pod", "z")):
            id, other = tokenizer.token_to_id(f"Ġ{term}"), tokenizer.token_to_id(letter)
            matrix[id] = matrix[tokenizer.token_to_id("Ġ")] + matrix[other]
    own, margin = knowledge.nearness(matrix, tokenizer, {"kubelet": ["a"], "pod": ["z"]})
    assert own == pytest.approx(1)
    assert (margin > 0.1).all()
