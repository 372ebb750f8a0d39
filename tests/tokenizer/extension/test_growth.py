"""Cases read `terms: text → pieces`: pieces parted by |, a space as ·, a line end as ⏎; new ones in [ ]."""

import json

import pytest
from byte_level.families import extended, loaded, source
from tokenizers import Tokenizer

from samovar.errors import InputError
from samovar.tokenizer.extension import Extension, extend
from samovar.tokenizer.extension.byte_level import alphabet, spelled


def written(extension: Extension, text: str) -> str:
    found = loaded(extension.source).encode(text)
    pieces = [text[start:end].replace(" ", "·").replace("\n", "⏎") for start, end in found.offsets]
    new = [id in extension.ids for id in found.ids]
    return "|".join(
        f"[{piece}]" if is_new else piece for piece, is_new in zip(pieces, new, strict=True)
    )


@pytest.mark.parametrize(
    "case",
    [
        "kube, kube api: kube apis → [kube]|·ap|is",
        "kube, kube api: the kube api → the|[·kube·api]",
        "kube, kube api: kube  api → [kube]|·|·api",
        "kube: kubes xkube → k|ubes|·x|k|ube",
        "kube: kube_proxy kube2 → [kube]|_|proxy|[·kube]|2",
        "kubectl: (kubectl) → (|[kubectl]|)",
        "kubectl: ok.⏎⏎kubectl → ok|.|⏎⏎|[kubectl]",
        "kubectl: x  kubectl → x|·|[·kubectl]",
        "kubectl: Kubectl KUBECTL → K|ub|ect|l|·K|UB|ECT|L",
        "C++: C++11 and C+++ → [C++]|1|1|·and|[·C++]|+",
        "--dry-run: get --dry-run=client → get|[·--dry-run]|=|client",
        "--dry-run: x---dry-runs → x|---|dry|-|runs",
        "@Entry: x@Entry, @Entryx → x|[@Entry]|,|·@|Entry|x",
        "keccak256: keccak256 keccak2567 → [keccak256]|·ke|cc|ak|2|5|6|7",
        "k8s: k8s.io mk8s → [k8s]|.|io|·mk|8|s",
        "2024: in 2024, 20245 → in|[·2024]|,|·|2|0|2|4|5",
        "ререндер: да, ререндер → д|а|,|[·ререндер]",
        "🍕 pie: a 🍕 pie → a|[·🍕·pie]",
        "שלום עולם: שלום עולם! → [שלום·עולם]|!",
        "<script>: x<script> → x|[<script>]",
        "the, token: the token → the|·token",
        r"a.*b: axxb a.*b → ax|xb|[·a.*b]",
    ],
)
def test_a_term_is_a_word(case: str) -> None:
    terms, _, expected = case.partition(": ")
    text = expected.partition(" → ")[0].replace("⏎", "\n")
    found = written(extended("gpt-2", tuple(terms.split(", "))), text)
    assert f"{terms}: {text.replace(chr(10), '⏎')} → {found}" == case


def test_ids_follow_the_base_in_order_and_known_forms_are_not_added() -> None:
    extension = extended("gpt-2", ("kubectl", "token", "kubelet", "kubectl"))
    assert [form.text for form in extension.added] == [" kubectl", "kubectl", " kubelet", "kubelet"]
    assert extension.ids == (49152, 49153, 49154, 49155)
    assert {form.text: form.pieces for form in extension.known} == {
        " token": (9624,),
        "token": (8087,),
    }
    assert extension.terms == ("kubectl", "token", "kubelet")
    old = loaded(source("gpt-2"))
    assert [old.decode(form.pieces) for form in extension.added] == [
        f.text for f in extension.added
    ]


def test_case_variants_are_forms_of_the_term() -> None:
    extension = extended("gpt-2", ("kubectl",), True)
    assert written(extension, "kubectl Kubectl KUBECTL kUbectl").count("[") == 3
    assert {form.term for form in extension.added} == {"kubectl"}
    assert len(extension.forms("kubectl")) == 6


def test_unused_rows_of_a_padded_matrix_come_first() -> None:
    """Converters to GGUF name such rows [PAD…]; ids of added tokens outside the model's entries stay."""
    fields = json.loads(source("gpt-2"))
    for id in range(49152, 49160):
        fields["model"]["vocab"][f"[PAD{id}]"] = id
    assert extend(json.dumps(fields), ["kubectl"]).ids == (49152, 49153)


def test_added_tokens_behind_the_vocabulary_keep_their_ids() -> None:
    fields = json.loads(source("qwen"))
    token = {"special": True, "normalized": False, "single_word": False, "lstrip": False}
    fields["added_tokens"].append({"id": 49152, "content": "<|end|>", "rstrip": False, **token})
    extension = extend(json.dumps(fields), ["kubectl"])
    assert extension.ids == (49153, 49154)
    assert Tokenizer.from_str(extension.source).encode("kubectl<|end|>").ids == [49154, 49152]


def test_terms_pass_through_the_normalizer() -> None:
    fields = json.loads(source("qwen"))
    extension = extend(json.dumps({**fields, "normalizer": {"type": "NFC"}}), ["cafe\u0301x"])
    assert extension.terms == ("caféx",)
    tokenizer = Tokenizer.from_str(extension.source)
    assert (
        tokenizer.encode("cafe\u0301x").ids == tokenizer.encode("caféx").ids == [extension.ids[1]]
    )


def test_no_terms_no_change() -> None:
    assert extend(source("gpt-2"), []).source == source("gpt-2")
    assert extend(source("gpt-2"), ["the"]).source == source("gpt-2")


def test_the_name_of_a_control_token_is_refused() -> None:
    with pytest.raises(InputError, match=r"<\|im_end\|>"):
        extend(source("gpt-2"), ["<|im_end|>"])


def test_thousands_of_terms_are_found() -> None:
    terms = tuple(f"term{n}x of {n % 7}" for n in range(2000))
    extension = extended("gpt-2", terms)
    assert written(extension, "term7x of 0 term1999x of 4 term1999x") == (
        "[term7x·of·0]|[·term1999x·of·4]|·term|1|9|9|9|x"
    )


def test_a_spelling_is_one_character_a_byte() -> None:
    assert spelled(" ё") == "ĠÑĳ"
    assert bytes(alphabet()[char] for char in spelled("🍕\n")) == "🍕\n".encode()
