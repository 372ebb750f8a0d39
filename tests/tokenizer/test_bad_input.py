"""Terms and files that people bring by mistake, by every way in: rule, value and way out, in their language."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer

from samovar.command import cli
from samovar.errors import InputError
from samovar.tokenizer import tab
from samovar.tokenizer.endpoint import tokenizer
from samovar.tokenizer.export import __main__ as export
from samovar.tokenizer.result import cut
from samovar.tool import Visit

TEXT = "Run kubectl now"
MANY = [f"term{n}" for n in range(5000)]
LONG = "В термине «xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…» 200 знаков, а принимается не больше 64. Сократите его"
CONTROL = "В термине «<|im_end|>» есть управляющий токен «<|im_end|>», он принадлежит формату модели. Уберите"
REFUSED = {
    "empty": (["kubectl", ""], "Термин 2 пуст. Уберите его."),
    "spaces": (["kubectl", "   "], "Термин 2 пуст. Уберите его."),
    "long": (["x" * 200], LONG),
    "control token": (["<|im_end|>"], CONTROL),
    "many": (MANY, "Терминов 5000, а принимается не больше"),
}
"""Kind → terms, and what is said in Russian."""
NOT_TYPED = ("empty", "spaces")
"""What a box of terms leaves out by itself: nothing stands between two commas."""


@pytest.fixture(autouse=True)
def russian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMOVAR_LANGUAGE", "ru")


def asked(terms: list[str], **more: Any) -> list[Any]:
    """Return the inputs of the page: text, the box of terms, case and file."""
    return [more.get("text", TEXT), "\n".join(terms), False, more.get("file")]


ON_THE_PAGE: dict[str, Callable[[list[str]], object]] = {
    "answer": lambda terms: tab.answer(Visit("ru"), *asked(terms), None, False, []),
    "beside": lambda terms: tab.beside(Visit("ru"), *asked(terms), [], "a/b, c/d"),
    "beginnings": lambda terms: tab.begun(Visit("ru"), *asked(terms)),
    "folder": lambda terms: tab.take(Visit("ru"), *asked(terms), "mean"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_the_endpoint_refuses(kind: str) -> None:
    terms, said = REFUSED[kind]
    with pytest.raises(InputError) as caught:
        tokenizer(TEXT, terms)
    assert said in caught.value.say("ru")


@pytest.mark.parametrize("kind", REFUSED)
def test_the_command_line_refuses(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    terms, said = REFUSED[kind]
    assert cli.tool("tokenizer", [TEXT, "--terms", json.dumps(terms)]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.out == ""


@pytest.mark.parametrize("kind", [kind for kind in REFUSED if kind not in NOT_TYPED])
def test_the_export_refuses_and_writes_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms, said = REFUSED[kind]
    assert export.main(["--terms", ",".join(terms), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "out").exists()


@pytest.mark.parametrize("way", ON_THE_PAGE)
@pytest.mark.parametrize("kind", [kind for kind in REFUSED if kind not in NOT_TYPED])
def test_the_page_refuses(kind: str, way: str) -> None:
    terms, said = REFUSED[kind]
    with pytest.raises(InputError) as caught:
        ON_THE_PAGE[way](terms)
    assert said in caught.value.say("ru")


@pytest.mark.parametrize("typed", ["", "   ", " , \n ;"])
def test_where_no_term_is_typed_the_text_is_cut_and_nothing_is_exported(
    typed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Новые термины" not in ON_THE_PAGE["answer"]([typed]).body  # type: ignore[attr-defined]
    for way in ("beginnings", "folder"):
        with pytest.raises(InputError) as caught:
            ON_THE_PAGE[way]([typed])
        assert "Терминов пока нет. Впишите их" in caught.value.say("ru")
    assert export.main(["--terms", typed, "--out", str(tmp_path / "out")]) == 2
    assert "Не заданы ни термины, ни строки. Добавьте --terms" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "term", "text"),
    [
        (["smart contract", " smart \t contract "], "smart contract", "a smart contract."),
        (
            ["\u200f\u05e9\u05dc\u05d5\u05dd\u200f"],
            "\u05e9\u05dc\u05d5\u05dd",
            "> \u05e9\u05dc\u05d5\u05dd <",
        ),
        (["🍕🧀"], "🍕🧀", "eat 🍕🧀!"),
        (["a" + " " * 100 + "b"], "a b", "is a b."),
    ],
    ids=["twice", "right to left", "emoji", "wide"],
)
def test_what_only_looks_odd_is_one_term_by_every_way(
    given: list[str], term: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = tokenizer(text, given)
    assert [one["term"] for one in answer["terms"]] == [term]
    new = {one["id"] for one in answer["terms"][0]["spellings"]}
    assert len(new & {piece["id"] for piece in answer["after"]}) == 1
    assert cli.tool("tokenizer", [text, "--json", "--terms", json.dumps(given)]) == 0
    assert json.loads(capsys.readouterr().out) == answer
    body = tab.answer(Visit("ru"), *asked(given, text=text), None, False, []).body
    assert f"<bdi>{term}</bdi>" in body and "Новые термины (1)" in body


def test_the_folder_of_the_page_gives_the_ids_of_the_page(tmp_path: Path) -> None:
    terms = [
        "kubectl",
        "smart contract",
        "--dry-run",
        "\u05e9\u05dc\u05d5\u05dd",
        "🍕🧀",
        "ререндер",
        "k8s 12",
    ]
    text = "kubectl --dry-run  12\n\n3 smart contracts; a smart contract, ререндер \u05e9\u05dc\u05d5\u05dd 🍕🧀 k8s 12"
    shown = tab.take(Visit("ru"), *asked(terms, text=text), "mean")
    zipfile.ZipFile(io.BytesIO(shown.downloads[0].data)).extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    after = cut(text, terms).comparison.after
    assert AutoTokenizer.from_pretrained(folder)(text).input_ids == [piece.id for piece in after]
    assert "Укажите HuggingFaceTB/SmolLM2" in (folder / "apply.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "a.txt, строка 1: это не текст UTF-8. Сохраните"),
        (
            "a.txt",
            b"text \x00",
            "a.txt, строка 1: символ U+0000 выдаёт, что это не текстовый файл.",
        ),
        ("a.bin", b"text", "a.bin — файл неизвестного вида. Подойдут: .txt, .md, "),
    ],
)
def test_a_binary_file_is_no_corpus(
    name: str, data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    wish = ["--terms", "kubectl", "--initial", "similar", "--texts", str(path)]
    assert export.main([*wish, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_binary_file_of_lines_is_refused_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\x89PNG\x00\x01\n" + json.dumps({"text": TEXT}).encode())
    assert cli.tool("tokenizer", ["--input", str(tmp_path / "a.jsonl"), "--json"]) == 0
    bad, good = map(json.loads, capsys.readouterr().out.splitlines())
    assert bad["line"] == 1 and "UTF-8" in bad["error"]
    assert good["counts"]["before"] == 6


def test_rows_are_not_exported_onto_another_base(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made"
    assert export.main(["--terms", "kubectl", "--out", str(made)]) == 0
    rows = ["--rows", str(made / "rows.safetensors"), "--out", str(tmp_path / "out")]
    assert export.main([*rows, "--base", "qwen2.5-coder-1.5b-instruct"]) == 2
    said = capsys.readouterr().err
    assert "сделаны для smollm2-135m-instruct" in said
    assert "а не для qwen2.5-coder-1.5b-instruct" in said
    assert "Экспортируйте для smollm2-135m-instruct" in said
    assert not (tmp_path / "out").exists()
