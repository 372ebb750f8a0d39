"""Characters as models of the API: by the official client, over a scripted and over the shipped model."""

import json

import openai
import pytest
from service.serving import serving

from samovar.character.persona import CHARACTERS
from samovar.models.shelf import shelf
from samovar.server import characters
from samovar.server.requests import ChatBody

QUESTION = {"role": "user", "content": "5 words of tea"}
USER = {"role": "user", "content": "Who is Wilson?"}
ASSISTANT = {"role": "assistant", "content": "My friend."}


def asked(*messages, model="house", **more):
    return characters.asked(ChatBody(model=model, messages=list(messages), **more))


def words(text: str) -> int:
    return len(text.split())


def test_the_last_message_is_asked_and_the_earlier_ones_are_history():
    found = asked(USER, ASSISTANT, QUESTION, seed=7)
    assert found.message == "5 words of tea"
    assert [(turn.role, turn.text) for turn in found.history] == [
        ("user", "Who is Wilson?"),
        ("assistant", "My friend."),
    ]
    assert found.seeds == (7,) and found.ignored == () and found.most is None


def test_a_system_turn_and_sampling_have_no_effect_and_are_named():
    note = {"role": "system", "content": "You are a helpful assistant. Never be rude."}
    found = asked(note, USER, ASSISTANT, note, QUESTION, temperature=1.5, top_p=0.5, max_tokens=9)
    assert found.ignored == ("messages[0]", "messages[3]", "temperature", "top_p")
    assert all(turn.role != "system" for turn in found.history) and len(found.history) == 2
    assert found.most == 9


def test_of_a_very_long_talk_the_oldest_turns_are_left_out():
    found = asked(*[USER, ASSISTANT] * 300, QUESTION)
    assert len(found.history) == 200


@pytest.mark.parametrize(
    ("body", "en", "ru"),
    [
        ({"messages": [USER, ASSISTANT]}, "The last message is assistant's", "Последнее сообщение"),
        ({"messages": [{"role": "user", "content": "x" * 2001}]}, "2,001 characters", "2\u00a0001 зн"),
        ({"messages": [QUESTION], "n": 5}, "`n` is 5", "«n» стоит 5"),
        ({"messages": [QUESTION], "n": 2, "stream": True}, "n is 2", "n равно 2"),
        ({"messages": [QUESTION], "temperature": 7}, "between 0 and 2", "от 0 до 2"),
        ({"messages": [QUESTION], "response_format": {"type": "json_object"}}, "House is a char", "Хаус — пер"),
    ],
)  # fmt: skip
def test_what_no_character_answers(scripted, body, en, ru):
    with scripted() as (served, chat), served.http() as http:
        for language, said in (("en", en), ("ru", ru)):
            headers = {"Accept-Language": language}
            reply = http.post(
                "/v1/chat/completions", json={"model": "house", **body}, headers=headers
            )
            assert reply.status_code == 400
            assert said in reply.json()["error"]["message"]
        assert not chat.asked


@pytest.mark.parametrize(
    ("text", "limits", "kept", "finish"),
    [
        ("It is not lupus. It never is.", {}, "It is not lupus. It never is.", "stop"),
        ("It is not lupus. It never is.", {"max_tokens": 6}, "It is not lupus. It never", "length"),
        (
            "It is not lupus. It never is.",
            {"max_tokens": 7},
            "It is not lupus. It never is.",
            "stop",
        ),
        ("It is not lupus. It never is.", {"stop": [" It", "is"]}, "It ", "stop"),
        ("It is not lupus. It never is.", {"stop": "lupus", "max_tokens": 2}, "It is", "length"),
        ("", {"max_tokens": 1}, "", "stop"),
    ],
)
def test_a_reply_ends_where_the_caller_says(text, limits, kept, finish):
    assert characters._shortened(text, asked(QUESTION, **limits), words) == (kept, finish)


def test_the_official_client_lists_and_asks_characters(scripted):
    with scripted() as (served, _):
        client = served.openai()
        listed = {row.id: row for row in client.models.list()}
        assert set(CHARACTERS) <= set(listed)
        house = client.models.retrieve("house")
        assert house.samovar["kind"] == "character" and house.owned_by == "samovar"
        assert not hasattr(listed["smollm2-135m-instruct"], "samovar")
        with pytest.raises(openai.NotFoundError, match="no model 'lupus'"):
            client.models.retrieve("lupus")
        answer = client.chat.completions.create(model="house", messages=[QUESTION], n=2, seed=3)
        assert answer.model == "house" and answer.object == "chat.completion"
        assert len(answer.choices) == 2
        for choice in answer.choices:
            about = choice.message.samovar
            assert about["character"] == "house" and {"facts", "claims", "style"} <= set(about)
            assert choice.message.content
        assert answer.usage.completion_tokens == sum(
            words(c.message.content) for c in answer.choices
        )


@pytest.mark.parametrize("usage", [True, False])
def test_a_stream_says_only_what_stays(scripted, usage):
    """Drafts come when they are asked for and never as content; the last event says what is known."""
    with scripted() as (served, _):
        client = served.openai()
        options = {"include_usage": usage, "include_drafts": True}
        asked = {"model": "house", "messages": [QUESTION], "seed": 1}
        chunks = list(client.chat.completions.create(**asked, stream=True, stream_options=options))
        whole = client.chat.completions.create(**asked).choices[0].message.content
        told = [
            c.choices[0].delta.content for c in chunks if c.choices and c.choices[0].delta.content
        ]
        assert told == [whole]
        drafts = [
            chunk.samovar["draft"] for chunk in chunks if "draft" in getattr(chunk, "samovar", {})
        ]
        assert drafts and all(not chunk.choices[0].delta.content for chunk in chunks[: len(drafts)])
        assert {"facts", "claims", "style"} <= set(chunks[-1].samovar)
        assert bool(chunks[-1].usage) == usage
        assert len({chunk.id for chunk in chunks}) == 1
        ends = [
            c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason
        ]
        assert ends == ["stop"]
        plain = client.chat.completions.create(**asked, stream=True)
        assert not any("draft" in getattr(chunk, "samovar", {}) for chunk in plain)


def test_a_real_reply_has_its_facts_beside_it():
    """The shipped model and encoder, once."""
    with serving(shelf()) as served:
        question = {"role": "user", "content": "Do you take Vicodin?"}
        answer = served.openai().chat.completions.create(model="house", messages=[question], seed=1)
    message = answer.choices[0].message
    assert message.content
    assert any("Vicodin" in fact["text"] for fact in message.samovar["facts"])
    assert json.dumps(message.samovar)
    assert answer.usage.prompt_tokens > 3
