"""Words written beforehand: which message gets its line, and where a saying replaces a draft."""

import json
from dataclasses import replace

import pytest

from samovar.character.core import exchange
from samovar.character.drafts import Ensemble
from samovar.character.endpoint import ensemble
from samovar.character.exchange import ABLATION, WHOLE
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.matcher import load
from samovar.character.grounding.repertoire import Repertoire, read_words
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import HOUSE
from samovar.errors import ModelError, StoreError
from samovar.models.shelf import shelf
from samovar.records import Fact, Turn
from samovar.settings import Settings
from training.matcher import recipe as matcher

FACTS = (
    Fact("1", "House takes Vicodin for the pain in his leg.", "vicodin"),
    Fact("2", "James Wilson is the head of oncology.", "wilson", ru="Уилсон заведует онкологией."),
)
SAYINGS = [
    {"fact": "1", "en": "Vicodin keeps my leg quiet.", "ru": "Викодин затыкает мою ногу."},
    {"fact": "2", "en": "Wilson runs oncology.", "ru": "Уилсон заправляет онкологией."},
]
ASKED = [{"fact": "2", "en": ["who is your buddy?"], "ru": ["кто ваш приятель?"]}]
LINES = [
    {
        "id": "bye",
        "topic": "farewell",
        "messages": {"en": ["Goodbye!", "I have to go now"], "ru": ["До свидания!", "Мне пора"]},
        "replies": {
            "en": ["Finally.", "Close the door."],
            "ru": ["Наконец-то.", "Дверь закройте."],
        },
    },
    {
        "id": "bored",
        "topic": "boredom",
        "messages": {"en": ["I am so bored", "nothing to do here"], "ru": ["Мне скучно"]},
        "replies": {"en": ["Get a rash."], "ru": ["Заведите сыпь."]},
    },
]


class Mumbling:
    """A chat model that speaks English only, and never says anything of use."""

    name, languages, engine = "smollm2-135m-instruct", ("en",), "llamacpp"

    def __init__(self):
        self.asked = 0

    def stream(self, request, stop=None):
        self.asked += 1
        yield "Wilson bakes bread in the cellar."


def write(folder, **files):
    for name, rows in files.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return read_words(
        write(
            tmp_path_factory.mktemp("words"),
            sayings=SAYINGS,
            asked=ASKED,
            lines=LINES,
        )
    )


@pytest.fixture(scope="module")
def matched(words):
    pairs = [(fact.text, fact.id) for fact in FACTS]
    pairs += [(text, id) for id, texts in words.asked.items() for text in texts]
    pairs += [
        (text, line.id) for line in words.lines for one in line.messages.values() for text in one
    ]
    return matcher.fit(shelf().encoder(), *zip(*pairs, strict=True))


@pytest.fixture(scope="module")
def house(words, matched):
    encoder, cache = shelf().encoder(), shelf().settings.cache
    base = fact_base(encoder, FACTS, cache, words.asked, matched)
    judge = Judge(base, encoder, shelf().entailment(), HOUSE.name)
    return Ensemble(Mumbling(), None, encoder, base, judge, None, Repertoire(words, matched))


def told(house, message, history=(), steps=WHOLE, seed=0):
    *_, last = exchange(house, HOUSE, message, history, steps, seed)
    return last.told


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("goodbye then!", "Finally."),
        ("Ну, до свидания", "Наконец-то."),
        ("im soo bored...", "Get a rash."),
    ],
)
def test_small_talk_gets_its_line_in_the_visitors_language_without_a_draft(house, message, reply):
    before = house.chat.asked
    said = told(house, message)
    assert (said.text, said.written, said.claims) == (reply, True, ())
    assert house.chat.asked == before


def test_another_seed_gives_the_next_line_and_no_line_is_said_twice(house):
    assert told(house, "Goodbye!", seed=1).text == "Close the door."
    assert not told(house, "Goodbye!", seed=2).written
    bored = (Turn("user", "Hm"), Turn("assistant", "Get a rash and call it a hobby."))
    assert told(house, "I am so bored", bored).text == "Get a rash."


def test_without_the_words_a_model_answers(house):
    assert not told(house, "Goodbye!", steps=ABLATION["base"]).written
    assert house.chat.asked


def test_a_saying_stands_for_a_draft_that_rests_on_nothing(house):
    said = told(house, "Who runs oncology, is it Wilson?")
    assert (said.text, said.written) == ("Wilson runs oncology.", True)
    [claim] = said.claims
    assert (claim.verdict, claim.fact.id) == ("supported", "2")


def test_another_reply_to_a_question_is_a_draft(house):
    before = house.chat.asked
    assert told(house, "Who runs oncology, is it Wilson?").text == "Wilson runs oncology."
    assert told(house, "Who runs oncology, is it Wilson?", seed=1).text != "Wilson runs oncology."
    assert house.chat.asked > before


def test_a_language_that_the_model_does_not_speak_gets_the_saying(house):
    before = house.chat.asked
    assert told(house, "Кто заведует онкологией?").text == "Уилсон заправляет онкологией."
    assert house.chat.asked == before


@pytest.mark.parametrize(
    ("message", "kind", "language"),
    [
        ("Line forty now stops behind our old mill", "remark", "en"),
        ("Вчера у нас во дворе перекрасили скамейку", "remark", "ru"),
        ("What do you think of submarines?", "opinion", "en"),
        ("Сколько километров до Луны?", "unknown", "ru"),
    ],
)
def test_what_nothing_fits_gets_words_of_its_kind(message, kind, language):
    whole = ensemble(shelf(), HOUSE, WHOLE, Mumbling())
    said = told(whole, message)
    own = whole.repertoire.words.deflections[kind]
    assert said.written and said.text in [one.say(language) for one in own]


def test_a_large_model_speaks_for_itself(house):
    class Large(Mumbling):
        name = "qwen2.5-7b-instruct-on-a-server"

    assert not told(replace(house, chat=Large()), "Goodbye!").written


def test_questions_written_for_a_fact_bring_it_forward(house):
    encoder, cache = shelf().encoder(), shelf().settings.cache
    [found, *_] = house.base.nearest(encoder, "who is ur buddy", asks=True)
    assert found.id == "2"
    assert not fact_base(encoder, FACTS, cache).nearest(encoder, "who is ur buddy")


def test_weights_are_written_and_read_back_for_their_encoder_only(matched, tmp_path):
    encoder = shelf().encoder()
    settings = Settings(assets=tmp_path)
    matcher.write(matched, encoder, {}, {}, tmp_path / "matchers" / "house.npz")
    again = load("house", encoder.name, settings)
    ids = ["1", "2", "bye", "never learned"]
    logs = again.logs(encoder, ["see you, bye"], ids)[0]
    assert logs.argmax() == 2 and logs[3] == logs.min()
    assert logs == pytest.approx(matched.logs(encoder, ["see you, bye"], ids)[0], abs=0.05)
    assert load("house", "another-encoder", settings) is None
    assert load("nobody", encoder.name, settings) is None
    (tmp_path / "matchers" / "house.npz").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"training\.matcher"):
        load("house", encoder.name, settings)


def test_a_folder_without_files_holds_nothing_and_a_damaged_one_is_named(tmp_path):
    empty = read_words(tmp_path)
    assert (empty.sayings, empty.lines) == ({}, ())
    assert Repertoire(empty, None).line(shelf().encoder(), "Hi", facts=False) is None
    write(tmp_path, sayings=[{"fact": "1", "en": "No."}])
    with pytest.raises(StoreError, match=r"words in .* cannot be read"):
        read_words(tmp_path)


def test_every_character_has_words_for_facts_that_there_are():
    from samovar.character.grounding.facts import read_facts
    from samovar.character.persona import CHARACTERS

    for character in CHARACTERS.values():
        data = shelf().settings.data
        facts = {fact.id for fact in read_facts(data / character.facts)}
        own = read_words(data / character.words)
        assert set(own.deflections) == {"remark", "opinion", "unknown", "unclear"}
        assert own.sayings and set(own.sayings) <= facts and set(own.asked) <= facts
        assert len(own.lines) >= 100
        for line in own.lines:
            assert all(line.messages[name] and line.replies[name] for name in ("en", "ru"))
