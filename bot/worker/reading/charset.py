"""Bytes into text: UTF-8, UTF-16 with or without its mark, else Windows-1251. It stays UTF-8 (`lines`)."""

import codecs
import io
import re
from typing import Final

from bot.worker.reading.verdict import Trouble, UnreadableError

_SAMPLE: Final = 65_536
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN: Final = re.compile(r"\s*(?:%PDF|\{\\rtf|<(?:!doctype|html|\?xml)\b)", re.IGNORECASE)
"""Text by its bytes, but neither a list nor a table."""


def decode(data: bytes) -> bytes:
    """
    Give the text with plain line breaks and spaces, each line ended by a newline.

    Raises UnreadableError (not_a_table) for what is no text at all.
    """
    text = _ended(_decode(data))
    if b"\0" in text or _FOREIGN.match(text[:_SAMPLE].decode(errors="ignore")):
        raise UnreadableError(Trouble.NOT_A_TABLE)
    return text


def tidy(text: str) -> bytes:
    """Do the same to a pasted text, where half a pair of surrogates may stand, too."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return _ended(text.encode(errors="replace"))


def _ended(text: bytes) -> bytes:
    return text if text.endswith(b"\n") or not text else text + b"\n"


def _decode(data: bytes) -> bytes:
    charset = next((charset for mark, charset in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        return _written(data, charset, "strict")
    except UnicodeDecodeError:
        return _written(data, charset if charset.startswith("utf-16") else "cp1251", "replace")


def _written(data: bytes, charset: str, errors: str) -> bytes:
    """Leave one kind of line break and of space, bit by bit: nothing here is part of a number."""
    decoder, text = codecs.getincrementaldecoder(charset)(errors), io.BytesIO()
    breaks = io.IncrementalNewlineDecoder(decoder, translate=True)
    for at in range(0, len(data), _SAMPLE):
        piece = breaks.decode(data[at : at + _SAMPLE], final=at + _SAMPLE >= len(data))
        text.write(piece.replace("\xa0", " ").encode())
    return text.getvalue()


def _unmarked(data: bytes) -> str:
    """Digits and line ends make every other byte of UTF-16 a zero, and none of any other charset."""
    sample = data[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if 10 * max(first, second) < len(sample) // 2 or not max(first, second):
        return "utf-8"
    return "utf-16-be" if first > second else "utf-16-le"
