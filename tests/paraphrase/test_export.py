"""Slots marked in a text, read, and written back into it and its variants; files for Rasa."""

from __future__ import annotations

import re

import pytest
import yaml

from samovar.errors import InputError
from samovar.files.source import File
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.card import body
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.export import intent_name, rasa
from samovar.paraphrase.nlu import intent_file
from samovar.paraphrase.nlu.intents import NONE, SHIPPED, Guess, Guesses
from samovar.paraphrase.nlu.marking import marked
from samovar.paraphrase.nlu.marks import Slot, require_template, unmarked
from samovar.paraphrase.nlu.rasa import nlu
from samovar.records import Cost, Reason, Variant

ORIGINALS = (
    "Play the song [Song](title)",
    "Book 2 rooms for [2](nights) nights",
    "Set [7](time) as [time](kind)",
    "Set it to [ 5 ](n) now",
    "Go with [York](person) to [New York](city)",
    'Book [Amsterdam]{"entity": "city", "role": "from"} to [Oslo](city)',
    '[two]{"entity": "size", "group": "1", "value": "2"} pizzas',
    "a day in [NYC](city:New York)",
    "Send {amount} dollars to [Ann](name) at https://acme.example/a with --fast",
    "read [the manual](https://acme.example/a) today",
)


@pytest.mark.parametrize("text", ORIGINALS)
def test_an_original_comes_back_as_it_was_marked(text: str) -> None:
    plain, slots = unmarked(text)
    assert marked(plain, slots, plain) == marked(plain, slots) == text
    assert [plain[slot.start : slot.end] for slot in slots] == [slot.text for slot in slots]


VARIANTS = """
Play the song [Song](title)            | put on Song, the song           → put on [Song](title), the song
Book 2 rooms for [2](nights) nights    | for 2 nights I need 2 rooms     → for [2](nights) nights I need 2 rooms
Book 2 rooms for [2](nights) nights    | book 2 rooms for two nights     → book 2 rooms for two nights
Set [7](time) as [time](kind)          | As time, set 7                  → As [time](kind), set [7](time)
Set it to [ 5 ](n) now                 | now make it 5                   → now make it [5](n)
Go with [York](person) to [New York](city) | Go to New York with York    → Go to [New York](city) with [York](person)
from [A1](from) to [A1](to)            | to A1 from A1                   → to [A1](to) from [A1](from)
wait [5](n) minutes                    | wait 2.5 minutes, no, 5 minutes → wait 2.5 minutes, no, [5](n) minutes
Open {city} for [city](x)              | For city open {city}            → For [city](x) open {city}
mail [bob](who) at bob@acme.example    | at bob@acme.example, mail bob   → at bob@acme.example, mail [bob](who)
поезд в [Тверь](city)                  | поезд до Твери                  → поезд до [Твери](city)
""".strip().splitlines()


@pytest.mark.parametrize("case", VARIANTS)
def test_a_variant_gets_the_mark_where_it_was_meant(case: str) -> None:
    text, variant, expected = (part.strip() for part in re.split(r" \| | → ", case))
    plain, slots = unmarked(text)
    assert marked(variant, slots, plain) == expected


def test_role_group_and_value_are_read_and_written_into_variants() -> None:
    _, [slot] = unmarked('[Oslo]{"entity": "city", "role": "from", "group": "1"}')
    assert (slot.label, slot.role, slot.group) == ("city", "from", "1")
    plain, slots = unmarked('fly [Oslo]{"entity": "city", "role": "from"} to [Rome](city)')
    said = marked("to Rome from Oslo", slots, plain)
    assert said == 'to [Rome](city) from [Oslo]{"entity": "city", "role": "from"}'
    made = Slot(4, 8, "city", "Oslo", role="from", value="OSL")
    said = marked("fly Oslo", [made], "fly Oslo now")
    assert said == 'fly [Oslo]{"entity": "city", "role": "from", "value": "OSL"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a [b [c](x) d](y)", "A slot stands inside another slot"),
        ("Set [7]([time](kind)) as time", "A slot stands inside another slot"),
        ('go to [A]{"entity" "c"}', "cannot be read"),
        ('go to [A]{"role": "c"}', "names no entity"),
        ('go to [A][{"entity": "c"}]', "cannot be read"),
        ("go to Porto](city)", "cannot be read"),
        ("set it to [ ](n)", "cannot be read"),
        ("Send {name a note", "The brace { at position 6 has no partner"),
        ("Send name} a note", "The brace } at position 10 has no partner"),
        ("{a} {{b}}!", "only placeholders"),
        ("[Porto](city)", "only placeholders"),
    ],
)
def test_a_template_that_does_not_fit_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        require_template(text)
    assert said in caught.value.say("en")
    assert re.search("[а-я]{4}", caught.value.say("ru"))


@pytest.mark.parametrize("text", [*ORIGINALS, "Send {{amount}} to {name}", "42!", "a[0](b) [c]"])
def test_a_template_that_fits_passes(text: str) -> None:
    require_template(text)


ODD = (
    "order # 5: two 'teas'",
    "- 5 degrees",
    'say "stop": now',
    "{name}, run --dry-run -v",
    "open https://acme.example/a?b=1#c",
    "yes",
    "* & ! % @ ` | > ?",
    "snow ❄️ 👩‍👩‍👧 \ufeffhere",
    "a\u0085b",
)


def test_every_text_survives_the_file() -> None:
    text = nlu([(intent, odd) for intent in ("yes", "a: b") for odd in ODD])
    read = yaml.safe_load(text)
    assert read["version"] == "3.1"
    assert [group["intent"] for group in read["nlu"]] == ["yes", "a: b"]
    lines = [f"- {' '.join(odd.split())}" for odd in ODD]
    assert read["nlu"][0]["examples"].splitlines() == lines


def test_what_is_written_is_read_again_with_its_slots() -> None:
    text = nlu(("go", line) for line in (*ORIGINALS, "- 5 degrees"))
    found = intent_file.examples(File("nlu.yml", text.encode()))
    assert [marked(e.text, e.slots) for e in found] == [*ORIGINALS, "- 5 degrees"]


PLAIN, SLOTS = unmarked("a table in [Porto](city)")
RESULT = Paraphrases(
    PLAIN,
    8,
    SLOTS,
    (
        Variant("Get me a table in Porto", True, (), 0.9, 0.5, True, 0.9),
        Variant("a chair in Porto", False, (Reason("meaning", 0.1, "≥ 0.5"),), 0.1, 0.5, True, 0.1),
    ),
    2,
    Cost(1, "m", "e"),
)


def test_only_accepted_variants_are_exported_unless_all_are_asked() -> None:
    asked = yaml.safe_load(rasa(RESULT, "book"))["nlu"]
    assert asked == [
        {
            "intent": "book",
            "examples": "- a table in [Porto](city)\n- Get me a table in [Porto](city)\n",
        }
    ]
    everything = yaml.safe_load(rasa(RESULT, "book", rejected=True))["nlu"][0]["examples"]
    assert everything.splitlines()[2] == "- a chair in [Porto](city)"


@pytest.mark.parametrize(
    ("chosen", "source", "guess", "expected"),
    [
        ("book_table", "bot.csv", "reserve", "book_table"),
        ("", "bot.csv", "reserve", "reserve"),
        ("", SHIPPED, "restaurant_reservation", "unnamed_intent"),
        ("", "bot.csv", NONE, "unnamed_intent"),
    ],
)
def test_the_intent_is_the_chosen_one_or_that_of_the_loaded_file(
    chosen: str, source: str, guess: str, expected: str
) -> None:
    found = Guess(guess, 0.9)
    guesses = Guesses(found, (found, found), source, 3, None, 0)
    assert intent_name(Answer(RESULT, guesses, None, chosen)) == expected
    assert intent_name(Answer(RESULT, None, None, chosen)) == (chosen or "unnamed_intent")


def test_the_card_holds_both_files_to_be_copied() -> None:
    html = str(body(Answer(RESULT, None, None, "<b>"), "en"))
    assert html.count("data-copy-text") == html.count("<pre") == 2
    first, second = re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.S)
    assert "chair" not in first and "a chair in [Porto](city)" in second
    assert "intent: &lt;b&gt;" in first and "unnamed" not in html
    assert "unnamed_intent" in str(body(Answer(RESULT), "ru"))
