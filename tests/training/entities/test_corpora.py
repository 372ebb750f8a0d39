"""Readers of the corpora on files in their formats, and what trains and what scores."""

import gzip
import json
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.ner.annotated.gold import Annotated
from samovar.records import Span
from training.corpora import sources
from training.entities import corpora, lessons, readers
from training.entities.corpora import SCORING, TRAINING
from training.entities.sentences import tagged
from training.frame import identity


def spans(text: tuple[str, tuple[Span, ...]]) -> list[tuple[str, str]]:
    return [(span.text, span.label) for span in text[1]]


def test_columns_with_and_without_a_number_in_front(tmp_path: Path) -> None:
    plain = tmp_path / "a.conll"
    plain.write_text("-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nsays VBZ O O\n\nAnn X X I-PER\n")
    assert [spans(one) for one in readers.columns(plain)] == [[("EU", "ORG")], [("Ann", "PER")]]
    packed = tmp_path / "b.conllu.gz"
    with gzip.open(packed, "wt") as out:
        out.write("0\tВ\tO\n1\tТвери\tB-LOC\n")
    (one,) = readers.numbered(packed)
    assert one[0] == "В Твери" and spans(one) == [("Твери", "LOC")]


def test_of_factrueval_objects_the_names_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "devset"
    folder.mkdir()
    text = "В мэрии Москвы ждут Юрия Лужкова и «Аэрофлот»."
    (folder / "book_1.txt").write_text(text)
    rows = [
        (1, "org_descr", "мэрии"),
        (2, "loc_name", "Москвы"),
        (3, "name", "Юрия"),
        (4, "surname", "Лужкова"),
        (5, "org_name", "Аэрофлот"),
    ]
    lines = [f"{n} {kind} {text.index(w)} {len(w)} 0 1  # 0 {w}" for n, kind, w in rows]
    (folder / "book_1.spans").write_text("\n".join(lines) + "\n")
    (folder / "book_1.objects").write_text(
        "10 Org 1 2 # мэрии Москвы\n11 LocOrg 2 # Москвы\n12 Person 3 4 # Юрия Лужкова\n13 Org 5 # А\n"
    )
    (found,) = readers.factrueval(folder)
    assert spans(found) == [("Москвы", "LocOrg"), ("Юрия Лужкова", "Person"), ("Аэрофлот", "Org")]


def test_a_corpus_has_the_labels_of_the_page_and_no_overlaps(tmp_path: Path) -> None:
    folder = tmp_path / "nerel_ru"
    folder.mkdir()
    text = "Мэрия Москвы, мэр Собянин"
    entities = [
        [0, 12, "ORGANIZATION"],
        [6, 12, "CITY"],
        [14, 17, "PROFESSION"],
        [18, 25, "PERSON"],
    ]
    (folder / "dev.jsonl").write_text(json.dumps({"text": text, "entities": entities}) + "\n")
    (one,) = corpora.texts(SCORING["nerel"], tmp_path)
    assert [(s.text, s.label) for s in one.spans] == [("Мэрия Москвы", "ORG"), ("Собянин", "PER")]


def test_what_scores_never_trains() -> None:
    for name, part in TRAINING.items():
        for other in SCORING.values():
            if part.origin == other.origin and set(part.files) & set(other.files):
                texts = [f"{name} {n}" for n in range(500)]
                assert not any(part.share(text) and other.share(text) for text in texts)
                assert 80 < sum(map(other.share, texts)) < 170


def test_a_folder_is_known_by_its_files_and_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    first = identity.described(tmp_path)
    assert first["size"] == 3
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert identity.described(tmp_path)["sha256"] != first["sha256"]


def test_every_training_corpus_has_a_licence() -> None:
    assert sources.attribution(part.origin for part in TRAINING.values())


@pytest.mark.parametrize("part", [TRAINING["conll"], TRAINING["factrueval"]])
def test_a_missing_corpus_is_named(part: corpora.Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=part.origin):
        corpora.texts(part, tmp_path)


def test_texts_become_sentences_or_stay_whole() -> None:
    text = "Ann left. Bob stayed."
    one = Annotated(text, (Span(0, 3, "PER", "Ann"), Span(10, 13, "PER", "Bob")), "en")
    assert [part.tags for part in tagged([one])] == [("B-PER", "O", "O")] * 2
    (whole,) = tagged([one], whole=True)
    assert whole.tags == ("B-PER", "O", "O") * 2


def test_pairs_are_texts_whose_reply_leads_back_to_the_names() -> None:
    from collections import Counter

    name = (Span(0, 3, "PER", "Ann"),)
    texts = [
        Annotated("Ann left in a hurry", name, "en"),
        Annotated("Ann told Ann to leave", name, "en"),  # the other Ann would be found, too
        Annotated("x" * 300, (), "en"),
    ]
    removed: Counter[str] = Counter()
    (pair,) = lessons.pairs(texts, "conll2003", removed)
    assert json.loads(pair["target"]) == {"entities": [{"name": "Ann", "type": "person"}]}
    assert pair["source"] == texts[0].text and sum(removed.values()) == 2
