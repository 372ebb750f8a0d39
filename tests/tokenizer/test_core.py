"""Cases read `before → after`: pieces parted by |, a space at the left edge as ·, a line end as ⏎."""

import numpy as np
import pytest

from samovar.records import Piece
from samovar.tokenizer.core import NEIGHBOURS, compare, counts
from samovar.tokenizer.vocabulary.embeddings import Embeddings, embeddings
from samovar.tokenizer.vocabulary.pieces import pieces


@pytest.fixture(scope="module")
def vocabulary() -> Embeddings:
    return embeddings()


def written(found: tuple[Piece, ...]) -> str:
    return "|".join(p.piece.replace(" ", "·").replace("\n", "⏎") for p in found)


@pytest.mark.parametrize(
    ("text", "terms", "case"),
    [
        ("kubectl", ["kubectl"], "k|ub|ect|l → kubectl"),
        ("Run kubectl now", ["kubectl"], "Run|·k|ub|ect|l|·now → Run|·kubectl|·now"),
        ("a smart contract.", ["smart contract"], "a|·smart|·contract|. → a|·smart·contract|."),
        ("use kubectls", ["kubectl"], "use|·k|ub|ect|ls → use|·k|ub|ect|ls"),
        ("use Kubectl", ["kubectl"], "use|·Kub|ect|l → use|·Kub|ect|l"),
        ("ok.\n\nkubectl", ["kubectl"], "ok|.|⏎|⏎|k|ub|ect|l → ok|.|⏎⏎|kubectl"),
        ("x  kubectl", ["kubectl"], "x|·|·k|ub|ect|l → x|·|·kubectl"),
        ("(kubectl)", ["kubectl"], "(|k|ub|ect|l|) → (|kubectl|)"),
        ("the token", ["token"], "the|·token → the|·token"),
        ("<|im_end|>", [], "<|||im|_|end|||> → <|||im|_|end|||>"),
    ],
)
def test_pieces_before_and_after(
    vocabulary: Embeddings, text: str, terms: list[str], case: str
) -> None:
    found = compare(text, terms, vocabulary)
    assert f"{written(found.before)} → {written(found.after)}" == case


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🍕", "⟨F09F⟩ 0:1, ⟨8D⟩ 0:1, ⟨95⟩ 0:1"),
        ("a 🍕", "a 0:1, ·⟨F09F⟩ 1:3, ⟨8D⟩ 2:3, ⟨95⟩ 2:3"),
        ("да", "д 0:1, а 1:2"),
        ("é", "é 0:1"),
    ],
)
def test_a_part_of_a_character_shows_its_bytes(
    vocabulary: Embeddings, text: str, shown: str
) -> None:
    found = pieces(vocabulary.tokenizer, text)
    assert ", ".join(f"{p.piece.replace(' ', '·')} {p.start}:{p.end}" for p in found) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Run kubectl now, 你好 🍕🍕 Привет,\n\n\n  kubectl\t!",
        "kubectl kubectl  kubectl\r\nkubectl",
        "שלום <|im_start|>user\n\u200fkubectl",
    ],
)
def test_no_character_is_lost_and_ids_are_right(vocabulary: Embeddings, text: str) -> None:
    found = compare(text, ["kubectl"], vocabulary)
    for side in (found.before, found.after):
        covered = 0
        for piece in side:
            assert piece.start <= covered
            covered = max(covered, piece.end)
        assert covered == len(text)
    plain = vocabulary.tokenizer.encode(text, add_special_tokens=False)
    assert [piece.id for piece in found.before] == plain.ids
    assert not {piece.id for piece in found.before} & set(range(17))  # control tokens


def test_counts_agree_with_the_pieces(vocabulary: Embeddings) -> None:
    found = compare("kubectl and kubelet", ["kubectl", "kubelet"], vocabulary)
    assert found.counts == counts(len(found.before), len(found.after))
    assert found.counts.saved > 0
    assert counts(0, 0).saved_percent == 0


def test_new_terms_get_ids_after_the_vocabulary(vocabulary: Embeddings) -> None:
    found = compare("kubectl", ["kubectl", "token", "kubelet"], vocabulary)
    size = len(vocabulary.rows)
    ids = {term.term: (term.id, term.status) for term in found.terms}
    assert ids["kubectl"] == (size, "added") and ids["kubelet"] == (size + 2, "added")
    assert ids["token"][0] < size and ids["token"][1] == "one token already"
    spelled = [(one.text, one.id, one.new) for term in found.terms for one in term.spellings]
    assert spelled[:2] == [(" kubectl", size, True), ("kubectl", size + 1, True)]
    assert not any(new for text, _, new in spelled if "token" in text)


@pytest.mark.parametrize(
    ("case", "written_after"),
    [(False, "kubectl|·Kub|ect|l|·K|UB|ECT|L"), (True, "kubectl|·Kubectl|·KUBECTL")],
)
def test_other_cases_count_when_it_is_asked(
    vocabulary: Embeddings, case: bool, written_after: str
) -> None:
    found = compare("kubectl Kubectl KUBECTL", ["kubectl"], vocabulary, case)
    assert written(found.after) == written_after


def test_neighbours_are_the_nearest_to_the_mean_of_the_pieces(vocabulary: Embeddings) -> None:
    (term,) = compare("tachycardia", ["tachycardia"], vocabulary).terms
    rows = np.asarray(vocabulary.rows, np.float64)
    mean = rows[[piece.id for piece in term.pieces]].mean(axis=0)
    cosines = rows @ mean / np.linalg.norm(rows, axis=1) / np.linalg.norm(mean)
    cosines[list(vocabulary.control)] = -2
    expected = np.argsort(-cosines)[:NEIGHBOURS]
    assert [near.id for near in term.neighbours] == list(expected)
    for near in term.neighbours:
        assert near.cosine == pytest.approx(cosines[near.id], abs=1e-3)
        assert near.own == (near.id in {piece.id for piece in term.pieces})


def test_the_visitors_terms_never_reach_another_request(vocabulary: Embeddings) -> None:
    compare("kubectl", ["kubectl"], vocabulary)
    assert len(compare("kubectl", [], vocabulary).after) == 4


def test_the_matrix_is_that_of_the_model(vocabulary: Embeddings) -> None:
    assert vocabulary.rows.shape == (49152, 576)
    assert len(vocabulary.rows) == vocabulary.tokenizer.get_vocab_size()
    assert np.isfinite(vocabulary.lengths).all()
    king, queen, pizza = (
        vocabulary.tokenizer.encode(f" {w}").ids[0] for w in ("king", "queen", "pizza")
    )
    unit = vocabulary.rows / vocabulary.lengths[:, None]
    assert unit[king] @ unit[queen] > unit[king] @ unit[pizza] + 0.1
