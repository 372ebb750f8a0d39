"""Readers of entailment sets on small files of the same formats, and the split."""

import gzip
import json

import pytest

from samovar.errors import InputError
from training.corpora import nli
from training.lessons.inference import sets

TERNARY = ("entailment", "neutral", "contradiction")
WANLI = ("Логическое следование", "Нейтральная взаимосвязь", "Противоречие")


def tsv(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Hold every set in its own format, big enough for both sides of each split."""
    head = ("sentence1", "sentence2", "gold_label")
    cad = [(f"A cook stirs pot {n}.", "Someone cooks.", TERNARY[n % 3]) for n in range(9)]
    quoted = ('"A sign says ""open"" loudly."', 'The word is "open".', "entailment")
    tsv(tmp_path / "snli_cad/train.tsv", [head, *cad, quoted])
    tsv(tmp_path / "snli_cad/dev.tsv", [head, cad[4]])
    sick = ("pair_ID", "sentence_A", "sentence_B", "relatedness_score", "entailment_judgment")
    tsv(tmp_path / "sick/SICK_train.txt", [sick, ("1", "A dog runs", "A dog sits", "3", "NEUTRAL")])
    tsv(
        tmp_path / "sick/SICK_trial.txt",
        [sick, ("2", "A cat eats", "A cat dines", "5", "ENTAILMENT")],
    )
    rte = ("index", "sentence1", "sentence2", "label")
    tsv(tmp_path / "rte/train.tsv", [rte, ("0", 'He said "no" twice', "He spoke", "entailment")])
    med = ("index", "genre", *head)
    pairs = [(str(n), "x", f"All of {n} birds sing", "Some birds", "neutral") for n in range(60)]
    swapped = [(row[0], "x", row[3] + row[0], row[2], "entailment") for row in pairs]
    tsv(tmp_path / "med/MED.tsv", [med, *pairs, *swapped])
    for language in ("en", "ru"):
        rows = [
            (f"{language} premise {n // 3}", f"{language} hypothesis {n}", TERNARY[n % 3])
            for n in range(120)
        ]
        tsv(tmp_path / f"xnli_dev/dev-{language}.tsv", rows)
    csv = ",text,label\n" + "".join(
        f'{n},"Предпосылка: Идёт {n} дождь, холодно. Гипотеза: На улице сыро.",{WANLI[n % 3]}\n'
        for n in range(90)
    )
    (tmp_path / "ru_wanli").mkdir()
    (tmp_path / "ru_wanli/test.csv.gz").write_bytes(gzip.compress(csv.encode()))
    terra = [
        {"premise": f"Пришло {n} писем.", "hypothesis": "Пришли письма.", "label": "not_entailment"}
        for n in range(90)
    ]
    lines(tmp_path / "terra_ru/train.jsonl.gz", terra)
    for part in ("train", "val"):
        row = {"premise": f"Он ушёл, {part}.", "hypothesis": "Его нет.", "label": "entailment"}
        lines(tmp_path / f"rcb_ru/{part}.jsonl", [row])
    for name, town in (("snips_train.jsonl.gz", "Riga"), ("snips_validate.jsonl", "Oslo")):
        snips = {"text": f"Will it rain in {town}", "intent": "Weather", "slots": []}
        lines(tmp_path / "snips" / name, [snips])
    csv = "scenario,intent,annotation,text\nlists,add,add {0},add {0}\n"
    (tmp_path / "hwu64").mkdir()
    (tmp_path / "hwu64/hwu64_train.csv.gz").write_bytes(gzip.compress(csv.format("oats").encode()))
    (tmp_path / "hwu64/hwu64_test.csv").write_text(csv.format("milk"))
    return tmp_path


def test_quotation_marks_of_a_field_are_not_part_of_it(folder):
    last = list(nli.read_snli_cad(folder / "snli_cad"))[-1]
    assert last.premise == 'A sign says "open" loudly.'
    assert last.hypothesis == 'The word is "open".'
    assert next(nli.read_rte(folder / "rte")).premise == 'He said "no" twice'


def test_labels_have_one_spelling(folder):
    assert next(nli.read_sick(folder / "sick")).label == "neutral"
    assert [pair.label for pair in nli.read_ru_wanli(folder / "ru_wanli")][:3] == list(TERNARY)
    first = next(nli.read_ru_wanli(folder / "ru_wanli"))
    assert (first.premise, first.hypothesis) == ("Идёт 0 дождь, холодно.", "На улице сыро.")
    assert next(nli.read_terra_ru(folder / "terra_ru")).label == "not_entailment"


def test_an_unknown_label_is_refused(tmp_path):
    lines(tmp_path / "train.jsonl", [{"premise": "a", "hypothesis": "b", "label": "maybe"}])
    with pytest.raises(KeyError):
        list(nli.read_rcb_ru(tmp_path))


def test_evaluation_never_meets_training(folder):
    held_out = sets.evaluation_sets(folder)
    training = sets.training_pairs(folder)
    assert set(held_out) == {
        "snli_cad_dev",
        "sick_trial",
        "med_heldout",
        "xnli_en_heldout",
        "xnli_ru_heldout",
        "ru_wanli_heldout",
        "terra_heldout",
        "rcb_val",
        "requests_heldout",
    }
    evaluated = {frozenset((p.premise, p.hypothesis)) for pairs in held_out.values() for p in pairs}
    assert not evaluated & {frozenset((p.premise, p.hypothesis)) for p in training}
    for origin, name in (("med", "med_heldout"), ("terra_ru", "terra_heldout")):
        kept = {p.premise for p in held_out[name]}
        trained = {p.premise for p in training if p.origin == origin}
        assert kept and trained and not kept & trained


def test_xnli_splits_the_same_lines_in_both_languages(folder):
    held_out = sets.evaluation_sets(folder)
    english = [p.hypothesis.split()[-1] for p in held_out["xnli_en_heldout"]]
    russian = [p.hypothesis.split()[-1] for p in held_out["xnli_ru_heldout"]]
    assert english == russian
    assert 0 < len(english) < 60 and len(english) % 3 == 0


def test_xnli_also_trains_across_languages(folder):
    across = [
        p for p in sets.training_pairs(folder) if p.premise.split()[0] != p.hypothesis.split()[0]
    ]
    across = [p for p in across if p.origin == "xnli_dev"]
    evaluated = {p.premise for p in sets.evaluation_sets(folder)["xnli_ru_heldout"]}
    assert {p.premise.split()[0] for p in across} == {"en", "ru"}
    assert all(p.premise.split()[-1] not in {j.split()[-1] for j in evaluated} for p in across)


def test_the_share_held_out_is_as_stated():
    chosen = [nli.held_out(f"text {n}", 20) for n in range(5000)]
    assert 0.18 < sum(chosen) / len(chosen) < 0.22
    assert nli.held_out("  Text   7 ") == nli.held_out("text 7")


def test_a_missing_set_is_named(tmp_path):
    with pytest.raises(InputError, match=r"train\.tsv does not exist.*--data-dir"):
        list(nli.read_rte(tmp_path / "rte"))
