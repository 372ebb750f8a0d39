"""Readers of paraphrase sets on small files of the same formats."""

import gzip
import json

import pytest

from samovar.errors import InputError
from training.corpora import paraphrases


def test_mrpc_skips_header_and_byte_order_mark(tmp_path):
    text = '\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\tHe said "no.\tShe left.\n'
    (tmp_path / "msr-para-train.tsv").write_text(text, encoding="utf-8")
    (pair,) = paraphrases.read_mrpc(tmp_path)
    assert (pair.source, pair.target, pair.label) == ('He said "no.', "She left.", False)


def test_pawsx_loses_the_spaces_of_its_tokeniser(tmp_path):
    (tmp_path / "dev-en.tsv").write_text("Ann 's cat , ( old ) .\t`` Old '' is the cat .\t1\n")
    (pair,) = paraphrases.read_pawsx_en(tmp_path)
    assert (pair.source, pair.target, pair.label) == (
        "Ann's cat, (old).",
        '"Old" is the cat.',
        True,
    )


def test_asset_joins_the_lines_of_its_files(tmp_path):
    (tmp_path / "asset.valid.orig").write_text("One .\nTwo .\n")
    for number in range(10):
        (tmp_path / f"asset.valid.simp.{number}").write_text(f"one {number}\ntwo {number}\n")
    found = list(paraphrases.read_asset(tmp_path))
    assert len(found) == 20
    assert (found[3].source, found[3].target) == ("Two.", "two 1")
    (tmp_path / "asset.valid.simp.4").write_text("one\n")
    with pytest.raises(ValueError, match="shorter"):
        list(paraphrases.read_asset(tmp_path))


def test_stackfaq_pairs_what_is_a_question(tmp_path):
    thread = {"rephr": ["How to fly?", "*", None, "How do I fly?", "How to fly?", "Can I fly?"]}
    data = {"root": {"qapair": [thread]}}
    (tmp_path / "stackExchange-FAQ.json").write_text(json.dumps(data))
    found = [(pair.source, pair.target) for pair in paraphrases.read_stackfaq(tmp_path)]
    assert len(found) == 3
    assert ("How to fly?", "Can I fly?") in found


def test_paraphraser_takes_only_the_strict_class(tmp_path):
    def pair(number, kind):
        values = {"text_1": f"Снег {number}.", "text_2": f"Идёт снег {number}.", "class": kind}
        inside = "".join(f'<value name="{k}">{v}</value>' for k, v in values.items())
        return f"<paraphrase>{inside}</paraphrase>"

    text = f"<data><corpus>{pair(1, '1')}{pair(2, '0')}{pair(3, '-1')}</corpus></data>"
    (tmp_path / "paraphrases_train.xml.gz").write_bytes(gzip.compress(text.encode()))
    found = list(paraphrases.read_paraphraser_ru(tmp_path))
    assert [pair.label for pair in found] == [True, False, False]
    assert found[0].source == "Снег 1."


def test_rusimplesenteval(tmp_path):
    text = ',INPUT:source,OUTPUT:output\n3," Дом, старый.",Старый дом\n'
    (tmp_path / "dev_sents.csv.gz").write_bytes(gzip.compress(text.encode()))
    (pair,) = paraphrases.read_rusimplesenteval(tmp_path)
    assert (pair.source, pair.target, pair.language) == ("Дом, старый.", "Старый дом", "ru")


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(InputError, match=r"paraphrases_train\.xml\.gz"):
        next(paraphrases.read_paraphraser_ru(tmp_path))
