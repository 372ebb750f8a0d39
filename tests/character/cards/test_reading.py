"""Files of cards: what is read, and what is refused with a message in both languages."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

import pytest

from samovar.character.cards import file, png
from samovar.character.cards.sheet import sheet, written
from samovar.errors import InputError

ADA: dict[str, Any] = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "data": {
        "name": "Ada",
        "description": "{{char}} keeps a lighthouse.",
        "personality": "patient",
        "scenario": "",
        "first_mes": "Mind the stairs, {{user}}.",
        "mes_example": "<START>\n{{user}}: Hi.\n{{char}}: Good evening.",
        "alternate_greetings": ["The lamp is out."],
        "character_book": {
            "entries": [
                {"keys": ["lamp"], "content": "The lamp burns oil.", "enabled": True},
                {"keys": ["cat"], "content": "The cat drowned.", "enabled": False},
            ]
        },
        "tags": ["sea"],
        "creator": "somebody",
        "extensions": {"any": {"thing": 1}},
    },
}
FLAT = {"name": "Ada", "description": "Keeps a lighthouse.", "first_mes": "Mind the stairs."}


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    check = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def picture(*texts: bytes, end: bytes = chunk(b"IEND", b"")) -> bytes:
    """Return a PNG of one pixel, with text chunks behind the picture as programs put them."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return png.SIGNATURE + header + pixels + b"".join(texts) + end


def packed(card: Any) -> bytes:
    return base64.b64encode(json.dumps(card).encode())


@pytest.mark.parametrize(
    "text",
    [
        chunk(b"tEXt", b"chara\0" + packed(ADA)),
        chunk(b"tEXt", b"ccv3\0" + packed(ADA)),
        chunk(b"zTXt", b"chara\0\0" + zlib.compress(packed(ADA))),
        chunk(b"iTXt", b"chara\0\0\0\0\0" + packed(ADA)),
        chunk(b"iTXt", b"chara\0\1\0en\0Figur\0" + zlib.compress(packed(ADA))),
        chunk(b"tEXt", b"Comment\0x") + chunk(b"tEXt", b"Chara\0" + packed(ADA)),
    ],
)
def test_a_picture_carries_its_card(text):
    assert file.read(picture(text)) == ADA


def test_of_two_cards_in_a_picture_the_newer_format_is_read():
    old = chunk(b"tEXt", b"chara\0" + packed(FLAT))
    assert file.read(picture(chunk(b"tEXt", b"ccv3\0" + packed(ADA)), old)) == ADA


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_json_file_is_read(mark):
    assert file.read(mark + json.dumps(ADA).encode()) == ADA


BOMB = zlib.compress(b"A" * (png.TEXT_LIMIT + 2))
FILES = {
    "empty": (b"", "neither"),
    "words": (b"Ada keeps a lighthouse.", "neither"),
    "page": (b"<!doctype html><script>alert(1)</script>", "neither"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(50), "UTF-8"),
    "nested": (b"[" * 200_000, "JSON"),
    "large": (b" " * (png.TEXT_LIMIT + 1), "2 MB are read"),
    "large picture": (png.SIGNATURE + bytes(50 * 2**20), "20 MB are read"),
    "no text": (picture(), "no character card"),
    "another text": (picture(chunk(b"tEXt", b"Comment\0" + packed(ADA))), "no character card"),
    "cut off": (picture(chunk(b"tEXt", b"chara\0" + packed(ADA)))[:-40], "ends in the middle"),
    "signature": (png.SIGNATURE + b"\0\0", "ends in the middle"),
    "checksum": (picture(chunk(b"tEXt", b"chara\0" + packed(ADA), crc=7)), "checksum"),
    "endless": (png.SIGNATURE + b"\xff\xff\xff\xfftEXtchara", "ends in the middle"),
    "bomb": (picture(chunk(b"zTXt", b"chara\0\0" + BOMB)), "longer than 2 MB"),
    "not packed": (picture(chunk(b"zTXt", b"chara\0\0" + packed(ADA))), "unpacked"),
    "short": (picture(chunk(b"iTXt", b"chara\0\0\0")), "ends in the middle"),
    "not base64": (picture(chunk(b"tEXt", b"chara\0???")), "base64"),
    "not json": (picture(chunk(b"tEXt", b"chara\0" + base64.b64encode(b"Ada"))), "cannot be read"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_card_is_refused(name):
    data, said = FILES[name]
    with pytest.raises(InputError) as refused:
        file.read(data)
    assert said in refused.value.say("en")
    assert any("а" <= char <= "я" for char in refused.value.say("ru"))


def test_every_version_has_the_same_sheet():
    third = {"spec": "chara_card_v3", "spec_version": "3.0", "data": {**ADA["data"], "assets": []}}
    assert sheet(ADA) == sheet(third) == sheet(ADA["data"])
    assert sheet(FLAT).first_mes == "Mind the stairs."


def test_what_programs_write_as_null_is_absent():
    assert sheet({**FLAT, "personality": None, "character_book": None}) == sheet(FLAT)


def changed(**data: Any) -> dict[str, Any]:
    return {**ADA, "data": {**ADA["data"], **data}}


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ([ADA], "a JSON object"),
        ("Ada", "a JSON object"),
        (None, "a JSON object"),
        ({}, "no `name`"),
        ({"answer": 42}, "no `name`"),
        ({"spec": "chara_card_v9", "data": {}}, "chara_card_v9"),
        ({"spec": 2, "data": {}}, "`spec` is 2"),
        ({"spec": "chara_card_v2"}, "no `data`"),
        ({"spec": "chara_card_v2", "data": "Ada"}, "no `data`"),
        (changed(name=["Ada"]), "`name` must be a text"),
        (changed(description=7), "`description` must be a text"),
        (changed(alternate_greetings="Hi"), "`alternate_greetings` must be a list"),
        (changed(character_book=[]), "`character_book` must be a section"),
        (changed(character_book={"entries": [{"keys": "lamp"}]}), "entries[0].keys"),
        (changed(character_book={"entries": [{"enabled": "yes"}]}), "entries[0].enabled"),
    ],
)
def test_a_value_that_is_no_card_is_refused(card, said):
    with pytest.raises(InputError) as refused:
        sheet(card)
    assert said in refused.value.say("en")


def test_a_sheet_that_is_written_is_read_again():
    again = sheet(json.loads(json.dumps(written(sheet(ADA)))))
    assert again == sheet(ADA)
    data = written(sheet(ADA))["data"]
    assert data["extensions"] == {} and data["creator_notes"] == ""
    assert data["character_book"]["entries"][0]["insertion_order"] == 0
