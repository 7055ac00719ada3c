"""Bytes into text: UTF-8, UTF-16 with or without its mark, else Windows-1251."""

import codecs
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


def decode(data: bytes) -> str:
    """
    Give the text with plain line breaks and spaces, each line ended by a newline.

    Raises UnreadableError (not_a_table) for what is no text at all.
    """
    text = _decode(data)
    if "\0" in text or _FOREIGN.match(text):
        raise UnreadableError(Trouble.NOT_A_TABLE)
    return tidy(text)


def tidy(text: str) -> str:
    """Leave one kind of line break and of space; nothing here is part of a number."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return text if text.endswith("\n") or not text else text + "\n"


def _decode(data: bytes) -> str:
    charset = next((charset for mark, charset in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return data.decode(charset if charset.startswith("utf-16") else "cp1251", errors="replace")


def _unmarked(data: bytes) -> str:
    """Digits and line ends make every other byte of UTF-16 a zero, and none of any other charset."""
    sample = data[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if 10 * max(first, second) < len(sample) // 2 or not max(first, second):
        return "utf-8"
    return "utf-16-be" if first > second else "utf-16-le"
