"""Questions that lean on the talk, with a matcher fitted on a handful of facts."""

import json
from dataclasses import replace

import pytest

from samovar.character.grounding.dependence import context
from samovar.character.grounding.following import ABOUT, MEASURES, chances, measures
from samovar.character.grounding.repertoire import read_words
from samovar.character.grounding.retrieval import SMALL_TALK, fact_base
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.records import Fact, Turn
from training.matcher import following, recipe

FACTS = (
    Fact("lal", "Data built an android daughter named Lal.", "family"),
    Fact("death", "Lal died when her positronic brain failed.", "family"),
    Fact("cat", "Data keeps a cat named Spot.", "pets"),
    Fact("poem", "Data wrote a poem about Spot.", "pets"),
    Fact("violin", "Data plays the violin.", "music"),
    Fact("poker", "Data plays poker with the officers.", "games"),
)
ASKED = {
    "lal": ("Did you ever have a child?", "Who was your daughter?"),
    "death": ("How did Lal die?", "What killed your daughter?"),
    "cat": ("Do you keep an animal?", "Tell me about your pet."),
    "poem": ("Have you written any verse?", "For whom was your poem?"),
    "violin": ("Which instrument do you play?", "Are you a musician?"),
    "poker": ("What do you play in the evening?", "Do you gamble?"),
}
FOLLOWED = [
    ("lal", "death", ["And how did it end?", "What became of her?"]),
    ("cat", "poem", ["Did you write her anything?", "Is there a verse about it?"]),
    ("poker", "violin", ["And music, do you make any?", "So which instrument is yours?"]),
    ("death", "lal", ["Who was she?", "Why did she matter?"]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    asked = [{"fact": id, "en": list(texts), "ru": ["Да?"]} for id, texts in ASKED.items()]
    rows = [
        {"before": before, "fact": fact, "en": texts, "ru": ["А потом?"]}
        for before, fact, texts in FOLLOWED
    ]
    said = [{"fact": fact.id, "en": fact.text, "ru": f"{fact.text} Да."} for fact in FACTS]
    talk = [{"message": text, "line": None} for text in SMALL_TALK]
    (folder / "lines-development.jsonl").write_text("\n".join(map(json.dumps, talk)))
    for name, some in (("asked", asked), ("followed", rows), ("sayings", said)):
        text = "\n".join(map(json.dumps, some))
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(folder):
    encoder, words = shelf().encoder(), read_words(folder)
    pairs = [(text, id) for id, texts in ASKED.items() for text in texts]
    pairs += [(fact.text, fact.id) for fact in FACTS]
    pairs += [(text, "line") for text in ("Hello!", "Good morning", "Thanks a lot", "See you")]
    matcher = recipe.fit(encoder, *zip(*pairs, strict=True))
    return fact_base(encoder, FACTS, shelf().settings.cache, words.asked, matcher)


def test_the_fact_just_told_is_not_the_one_asked_for_next(base, folder):
    encoder, words = shelf().encoder(), read_words(folder)
    asked = list(following.followed(folder, Phrase("Data", "Дейта"), FACTS, words))
    asked += following.small_talk(folder, asked)
    known = following.fit(base, encoder, asked)
    facts, about = known["weights"]["facts"], known["weights"]["about"]
    assert (set(facts), set(about)) == (set(MEASURES), set(ABOUT)) and facts["told"] < 0
    spoken = {fact.text: fact.id for fact in FACTS}
    learned = replace(
        base, spoken=spoken, matcher=replace(base.matcher, following=known["weights"])
    )
    talk = (Turn("user", "Did you ever have a child?"), Turn("assistant", FACTS[0].text))
    leaning = context("What became of her?", talk)
    said = learned.nearest(encoder, "What became of her?", talk=leaning)
    assert [one.id for one in said[:1]] == ["death"] and 0 < said[0].likely <= 1
    found = measures(base, base.matcher, encoder, ["And so?"], ["And so?"], [leaning], ["lal"])
    assert chances(found, facts)[0, 0] < chances(found, {**facts, "told": 0.0})[0, 0]


def test_chances_of_all_facts_are_one(base):
    found = measures(
        base, base.matcher, shelf().encoder(), ["And then?"], ["And then?"], ["Spot?"], [""]
    )
    assert found.shape == (1, len(FACTS), len(MEASURES))
    assert chances(found, dict.fromkeys(MEASURES, 1.0)).sum() == pytest.approx(1, abs=1e-5)


def test_a_question_that_says_enough_needs_no_talk(base):
    encoder = shelf().encoder()
    talk = "Did you ever have a child? Lal."
    [alone, *_] = base.nearest(encoder, "Which instrument do you play?")
    [behind, *_] = base.nearest(encoder, "Which instrument do you play?", talk=talk)
    assert alone.id == behind.id == "violin"
