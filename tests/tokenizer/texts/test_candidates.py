"""Cases read `text → term count×pieces`, best first."""

import pytest

from samovar.tokenizer.texts.box import added, removed, typed
from samovar.tokenizer.texts.candidates import LEAST, OFFERED, RARE, candidates, offered
from samovar.tokenizer.vocabulary.embeddings import embeddings


def found(text: str) -> str:
    return ", ".join(offered(one) for one in candidates([text], embeddings().tokenizer))


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Run kubectl, then kubectl and Kubectl.", "kubectl 2×4, Kubectl 1×3"),
        ("the kube-proxy and max_pods", "kube-proxy 1×4, max_pods 1×4"),
        ("of the word and its name 2024 12345", ""),
        ("x1 ü", ""),
        ("a" * 65, ""),
        ("", ""),
    ],
)
def test_words_cut_into_many_pieces_are_offered(text: str, case: str) -> None:
    assert found(text) == case


def test_rare_words_of_a_long_text_are_left_out() -> None:
    filler = "word " * RARE
    assert found(filler + "kubectl") == ""
    assert found(filler + "kubectl kubectl") == "kubectl 2×4"
    assert found(filler * 20 + "kubectl " * (LEAST - 1)) == ""
    assert found(filler * 20 + "kubectl " * LEAST) == f"kubectl {LEAST}×4"


def test_saved_is_what_one_token_would_save() -> None:
    (one,) = candidates(["kubectl", "kubectl now"], embeddings().tokenizer)
    assert (one.count, one.pieces, one.saved) == (2, 4, 6)


def test_no_more_are_offered_than_a_person_reads() -> None:
    text = " ".join(f"kubectl{letter}q" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert len(candidates([text], embeddings().tokenizer)) == OFFERED


def test_what_is_ticked_enters_the_box_and_leaves_it() -> None:
    box = added("kubectl\nsmart contract", ["kubelet", "kubectl"])
    assert typed(box) == ["kubectl", "smart contract", "kubelet"]
    assert typed(removed(box, ["smart contract"])) == ["kubectl", "kubelet"]
    assert added("", ["EVM"]) == "EVM" and removed("EVM", ["EVM"]) == ""
