import json

from samovar import schema
from samovar.files.source import File
from samovar.records import to_json
from samovar.tokenizer.card import card
from samovar.tokenizer.result import Cut, cut
from samovar.tokenizer.shown.coloured import visible
from samovar.tokenizer.texts.corpus import read


def test_the_card_shows_saving_pieces_ids_and_neighbours() -> None:
    shown = card(cut("Run kubectl now", ["kubectl", "token"]), "ru")
    assert "<dd>6</dd>" in shown.body and "<dd>3 · 50\u00a0%</dd>" in shown.body
    assert 'title="новый токен 49152"' in shown.body
    assert "уже один токен" in shown.body
    assert shown.cost is not None and shown.cost.model == "SmolLM2-135M-Instruct"


def test_a_price_shows_what_a_million_characters_cost() -> None:
    result = cut("Run kubectl now", ["kubectl"])  # 6 tokens, then 3, of 15 characters
    assert "million" not in card(result, "en").body
    body = card(result, "en", 2).body
    assert "<dd>0.800 → 0.400</dd><dt>a million characters cost" in body
    assert "<dd>0.400</dd><dt>of it saved" in body


def test_ids_stand_below_the_pieces_when_wished() -> None:
    result = cut("Run kubectl now", ["kubectl"])
    assert "<small>49152</small></span>" in card(result, "en", ids=True).body


def test_a_file_is_said_with_the_numbers() -> None:
    long = read(File("notes.md", b"Run kubectl now.\n" * 2000))
    shown = card(cut(long, ["kubectl"]), "en").body
    assert "the whole file notes.md" in shown
    assert "<dd>34\u2009000</dd>" in shown


def test_text_and_terms_never_become_markup() -> None:
    body = card(cut("<script>x</script> <b>", ["<script>", "<img src=x>"]), "en").body
    assert "<script" not in body and "<img" not in body
    assert "Not in the text as whole words" in body


def test_a_text_without_terms_shows_one_row_of_pieces() -> None:
    body = card(cut("Run kubectl now"), "en").body
    assert body.count('class="pieces"') == 1 and "Nearest" not in body


def test_white_space_is_visible() -> None:
    assert visible(" a\n") == "<i>·</i>a<i>⏎\n</i>"


def test_an_example_survives_its_file() -> None:
    result = cut("Run kubectl 🍕", ["kubectl"])
    raw = json.loads(json.dumps(to_json(result)))
    assert schema.record(raw, Cut) == result
