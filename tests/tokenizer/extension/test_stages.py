import json

import pytest
from byte_level.families import (
    BYTES,
    CUTS,
    PARTED,
    QWEN,
    TERMS,
    extended,
    loaded,
    sequence,
    source,
    split,
    texts,
)
from tokenizers import Tokenizer

from samovar.errors import ModelError
from samovar.tokenizer.extension import extend
from samovar.tokenizer.extension.stages import DIGIT, WORDS


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
