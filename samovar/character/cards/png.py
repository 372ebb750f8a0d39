"""Read the text chunks of a PNG without decoding its picture.

An imaging library would decode the whole picture first, because cards put their text behind it: a
small file can unfold into gigabytes of pixels. Here nothing is unfolded but text, up to a limit.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from samovar.errors import InputError
from samovar.phrases import Phrase

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXT_LIMIT = 2 * 2**20
"""Bytes of one text after it is unpacked; a browser keeps no larger card."""

BROKEN = Phrase(
    "The PNG file is damaged: {why}.",
    "Файл PNG повреждён: {why}.",
)
CUT_OFF = Phrase("it ends in the middle of a part", "он обрывается посреди части")
CHECKSUM = Phrase("the checksum of its text is wrong", "контрольная сумма текста не сходится")
PACKED = Phrase("its packed text cannot be unpacked", "сжатый текст не распаковывается")
TOO_LONG = Phrase(
    "its text is longer than {limit} MB", "текст внутри него длиннее {limit} МБ"
).filled(limit=TEXT_LIMIT // 2**20)
AGAIN = Phrase("Download or export the card again.", "Скачайте или выгрузите карточку ещё раз.")


def texts(data: bytes) -> dict[str, bytes]:
    """Return keyword → text of the tEXt, zTXt and iTXt chunks; of equal keywords the last one.

    Raises:
        InputError: the file is cut off, a checksum of a text is wrong, or a text is too long.
    """
    found: dict[str, bytes] = {}
    for kind, body in _chunks(data):
        keyword, _, rest = body.partition(b"\0")
        found[keyword.decode("latin-1").lower()] = READERS[kind](rest)
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each text chunk."""
    at = len(SIGNATURE)
    while at < len(data):
        if at + 8 > len(data):
            raise InputError(BROKEN, AGAIN, why=CUT_OFF)
        length, kind = struct.unpack_from(">I4s", data, at)
        body, crc = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(crc) < 4:
            raise InputError(BROKEN, AGAIN, why=CUT_OFF)
        if kind == b"IEND":
            return
        if kind in READERS:
            if zlib.crc32(kind + body) != int.from_bytes(crc, "big"):
                raise InputError(BROKEN, AGAIN, why=CHECKSUM)
            yield kind, body
        at += 12 + length


def _plain(rest: bytes) -> bytes:
    if len(rest) > TEXT_LIMIT:
        raise InputError(BROKEN, AGAIN, why=TOO_LONG)
    return rest


def _unpacked(rest: bytes) -> bytes:
    """Return the text behind the byte that names the method of packing."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(rest[1:], TEXT_LIMIT + 1)
    except zlib.error as error:
        raise InputError(BROKEN, AGAIN, why=PACKED) from error
    return _plain(text)


def _international(rest: bytes) -> bytes:
    """Return the text of an iTXt chunk, behind flag, method, language and translated keyword."""
    flag, tail = rest[:1], rest[2:].split(b"\0", 2)
    if len(tail) < 3:
        raise InputError(BROKEN, AGAIN, why=CUT_OFF)
    return _unpacked(b"\0" + tail[2]) if flag == b"\1" else _plain(tail[2])


READERS: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"tEXt": _plain,
    b"zTXt": _unpacked,
    b"iTXt": _international,
}
"""Kind of chunk → how the text behind its keyword is read."""
