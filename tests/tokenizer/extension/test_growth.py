"""Cases read `terms: text → pieces`: pieces parted by |, a space as ·, a line end as ⏎; new ones in [ ]."""

import json
import random
import unicodedata
from functools import cache

import pytest
from tokenizers import Tokenizer

from samovar.catalog import PROFILES, model
from samovar.errors import InputError, ModelError
from samovar.models.files import dequantised
from samovar.settings import Settings
from samovar.tokenizer.extension import Extension, extend
from samovar.tokenizer.extension.byte_level import alphabet, spelled
from samovar.tokenizer.extension.stages import DIGIT, WORDS

QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
NUMBERS = r"\p{N}{1,3}"
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
PARTED = {**BYTES, "use_regex": True}


def split(rule: str, **how: object) -> dict[str, object]:
    return {
        "type": "Split",
        "pattern": {"Regex": rule},
        "behavior": "Isolated",
        "invert": False,
        **how,
    }


def sequence(*stages: dict[str, object]) -> dict[str, object]:
    return {"type": "Sequence", "pretokenizers": list(stages)}


CUTS: dict[str, dict[str, object]] = {
    "gpt-2": PARTED,
    "smollm2": sequence({"type": "Digits", "individual_digits": True}, PARTED),
    "starcoder": sequence({"type": "Digits", "individual_digits": False}, PARTED),
    "qwen": sequence(split(QWEN), BYTES),
    "deepseek": sequence(split(NUMBERS), split(r"[一-龥]+"), split(QWEN), BYTES),
}
"""How the families of byte-level vocabularies cut words; the entries are those of the shipped model."""
TERMS = (
    "kube",
    "kube api",
    "kubectl",
    "C++",
    "--dry-run",
    "keccak256",
    "юзэффект",
    "🍕 pie",
    "שלום",
)
BITS = (
    *("kube", "kubectl", "api", "C++", "--dry", "-run", "keccak", "256", "юзэффект", "🍕", "שלום"),
    *(
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u200d",
        "'s",
        "'T",
        "(",
        "_",
        "-",
        "+",
        "s",
        "S",
        "7",
        "٣",
    ),
    *(
        "日本",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ª",
        "\U00011de0",
        "\U00016ff4",
        "<|im_end|>",
        "ह",
        "ि",
        "\x1d",
        "ⅷ",
    ),
)


@cache
def source(cut: str) -> str:
    row = model(PROFILES["embedded"]["chat"])
    fields = json.loads((dequantised.tokenizer(row, Settings()) / "tokenizer.json").read_text())
    return json.dumps({**fields, "pre_tokenizer": CUTS[cut]})


@cache
def extended(cut: str, terms: tuple[str, ...], case: bool = False) -> Extension:
    return extend(source(cut), terms, case)


@cache
def loaded(text: str) -> Tokenizer:
    tokenizer = Tokenizer.from_str(text)
    tokenizer.encode_special_tokens = True
    return tokenizer


def written(extension: Extension, text: str) -> str:
    found = loaded(extension.source).encode(text)
    pieces = [text[start:end].replace(" ", "·").replace("\n", "⏎") for start, end in found.offsets]
    new = [id in extension.ids for id in found.ids]
    return "|".join(
        f"[{piece}]" if is_new else piece for piece, is_new in zip(pieces, new, strict=True)
    )


def texts(count: int) -> list[str]:
    dice = random.Random(27)

    def piece() -> str:
        if dice.random() < 0.7:
            return dice.choice(BITS)
        letter = chr(
            dice.randrange(0x20, 0x2FFF) if dice.random() < 0.8 else dice.randrange(0x110000)
        )
        return "" if unicodedata.category(letter) == "Cs" else letter

    return ["".join(piece() for _ in range(dice.randint(1, 14))) for _ in range(count)]


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


@pytest.mark.parametrize("cut", CUTS)
def test_a_term_is_cut_out_where_the_base_would_hide_it(cut: str) -> None:
    """Qwen's words take one sign before them along."""
    extension = extended(cut, TERMS)
    for text in ("(kube)", "-kube", "\tkube", "x(--dry-run", "«kubectl»", "kube C++", "3 🍕 pie"):
        found = loaded(extension.source).encode(text)
        assert set(found.ids) & set(extension.ids), text


@pytest.mark.parametrize("cut", CUTS)
def test_texts_without_terms_keep_their_ids(cut: str) -> None:
    extension = extended(cut, TERMS)
    old, new = loaded(source(cut)), loaded(extension.source)
    listed = texts(3000)
    untouched = 0
    for text in listed:
        ids = new.encode(text).ids
        assert new.decode(ids) == old.decode(old.encode(text).ids)
        if not set(ids) & set(extension.ids):
            untouched += 1
            assert ids == old.encode(text).ids, repr(text)
    assert 1000 < untouched < len(listed)  # the others hold a term


@pytest.mark.parametrize("cut", CUTS)
def test_every_old_entry_keeps_its_ids(cut: str) -> None:
    """`ignore_merges` must not reach an entry that the base's merges do not."""
    old, new = loaded(source(cut)), loaded(extended(cut, TERMS).source)
    entries = [old.decode([id], skip_special_tokens=False) for id in range(old.get_vocab_size())]
    pairs = zip(old.encode_batch(entries), new.encode_batch(entries), strict=True)
    assert [one.tokens for one, two in pairs if one.ids != two.ids] == []


def test_digits_are_those_of_the_library() -> None:
    """The library's Digits stage and its patterns read different tables of Unicode."""
    listed = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    vocabulary = {"type": "BPE", "vocab": {}, "merges": []}
    own, theirs = (
        Tokenizer.from_str(
            json.dumps({"version": "1.0", "model": vocabulary, "pre_tokenizer": stage})
        )
        for stage in (split(DIGIT), {"type": "Digits", "individual_digits": True})
    )
    for start in range(0, len(listed), 4096):
        text = "x".join(listed[start : start + 4096])
        cuts = [t.pre_tokenizer.pre_tokenize_str(text) for t in (own, theirs)]
        assert cuts[0] == cuts[1]


def test_words_are_those_of_the_library() -> None:
    vocabulary = {"type": "BPE", "vocab": {}, "merges": []}
    own, theirs = (
        Tokenizer.from_str(
            json.dumps({"version": "1.0", "model": vocabulary, "pre_tokenizer": stage})
        )
        for stage in (sequence(split(WORDS), BYTES), PARTED)
    )
    for text in texts(3000):
        cuts = [t.pre_tokenizer.pre_tokenize_str(text) for t in (own, theirs)]
        assert cuts[0] == cuts[1]


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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0.0]]}}, "Unigram"),
        (
            {
                "pre_tokenizer": {
                    "type": "Metaspace",
                    "replacement": "▁",
                    "prepend_scheme": "always",
                }
            },
            "Metaspace",
        ),
        ({"pre_tokenizer": {**PARTED, "add_prefix_space": True}}, "add_prefix_space"),
        ({"pre_tokenizer": sequence({"type": "Whitespace"}, BYTES)}, "Whitespace"),
        (
            {"pre_tokenizer": sequence(split(QWEN, behavior="Removed", invert=True), BYTES)},
            "Removed",
        ),
        ({"pre_tokenizer": None}, "null"),
    ],
)
def test_other_families_are_refused_with_the_way_out(change: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        extend(json.dumps({**json.loads(source("gpt-2")), **change}), ["kubectl"])
    assert "Qwen" in str(caught.value) and "Qwen" in caught.value.say("ru")


def test_thousands_of_terms_are_found() -> None:
    terms = tuple(f"term{n}x of {n % 7}" for n in range(2000))
    extension = extended("gpt-2", terms)
    assert written(extension, "term7x of 0 term1999x of 4 term1999x") == (
        "[term7x·of·0]|[·term1999x·of·4]|·term|1|9|9|9|x"
    )


def test_a_spelling_is_one_character_a_byte() -> None:
    assert spelled(" ё") == "ĠÑĳ"
    assert bytes(alphabet()[char] for char in spelled("🍕\n")) == "🍕\n".encode()
