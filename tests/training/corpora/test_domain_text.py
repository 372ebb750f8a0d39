"""Sentences of a subject, and to which document each belongs."""

import gzip
import json

import pytest

from samovar.errors import InputError
from training.corpora import domain_text, wikitext

DOCUMENTS = [f"guide-{number:02d}.md" for number in range(50)]
EACH = 4
"""Sentences of a document; its second and third name the document."""


def written(folder, known=(1, 2), order=None):
    """Write fifty documents of four sentences in the files' form."""
    lines, rows = [], []
    for document in DOCUMENTS:
        for at in range(EACH):
            lines.append(f"Sentence {at} of {document} tells about tea.")
            if at in known:
                rows.append({"term": "tea", "text": lines[-1], "doc": document})
    lines = order(lines) if order else lines
    with gzip.open(folder / "sentences.txt.gz", "wt", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "term_sentences.jsonl").write_text(text)
    (folder / "terms.tsv").write_text("term\tpattern\tsentences\ntea\t\\bteas?\\b\t100\n")
    return folder


def document(sentence):
    return sentence.split()[3]


def test_no_document_stands_in_two_parts(tmp_path):
    text = domain_text.read(written(tmp_path))
    runs = text.stretches()
    where = {
        part: {document(sentence) for run in own for sentence in run} for part, own in runs.items()
    }
    assert set.union(*where.values()) == set(DOCUMENTS)
    assert sum(map(len, where.values())) == len(DOCUMENTS)
    assert {part: len(own) for part, own in where.items()} == {
        "training": 35,
        "validation": 5,
        "test": 10,
    }


def test_sentences_between_two_parts_are_left_out(tmp_path):
    """The last sentence of one document and the first of the next name none: they may be either's."""
    text = domain_text.read(written(tmp_path))
    kept = {sentence for own in text.stretches().values() for run in own for sentence in run}
    left = set(text.sentences) - kept
    assert "Sentence 3 of guide-09.md tells about tea." in left
    assert "Sentence 0 of guide-10.md tells about tea." in left
    assert "Sentence 3 of guide-08.md tells about tea." in kept  # both neighbours train
    assert len(left) == 12  # between seven stretches and the next: six changes of part


def test_neighbours_stay_in_order(tmp_path):
    text = domain_text.read(written(tmp_path))
    first = text.stretches()["training"][0]
    assert first == text.sentences[: len(first)]


@pytest.mark.parametrize(
    ("known", "order", "rule"),
    [
        ((), None, "No sentence"),
        ((0, 3), lambda lines: sorted(lines, key=lambda line: line.split()[1]), "overlap"),
    ],
)
def test_a_text_without_known_documents_is_refused(tmp_path, known, order, rule):
    with pytest.raises(InputError, match=rule):
        domain_text.read(written(tmp_path, known, order))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="sentences"):
        domain_text.read(tmp_path)


WIKITEXT = """
 = A heading =

 The town has 1 @,@ 200 houses ( in 1990 ) , most of them old . Nobody knows the <unk> of its founder . "
 The river @-@ side mill is the town 's oldest building , and it didn 't close until 1950 .
"""


def test_wikitext_becomes_running_text(tmp_path):
    with gzip.open(tmp_path / "valid.txt.gz", "wt", encoding="utf-8") as out:
        out.write(WIKITEXT)
    assert wikitext.read(tmp_path / "valid.txt.gz") == [
        "The town has 1,200 houses (in 1990), most of them old.",
        "The river-side mill is the town's oldest building, and it didn't close until 1950.",
    ]
