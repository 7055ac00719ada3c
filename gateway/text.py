"""
What an SMS is: its alphabet, its parts, and what the provider would refuse in it.

`analyse` looks and never changes; `repair` and `replace_costly` change and never cut. The rules come from
section 2 of the provider's description (Windows-1251, 268 characters, no word of two alphabets, the sender
name) and from 3GPP TS 23.038 and 23.040 (alphabets, sizes of parts).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.alphabets import (
    CP1251,
    CYRILLIC,
    GSM,
    GSM_EXTENSION,
    LATIN,
    PLAINER,
    TO_CYRILLIC,
    TO_LATIN,
    TO_RUSSIAN,
    WORD,
    losses,
)

__all__ = [
    "MAX_LENGTH",
    "Analysis",
    "Costly",
    "Encoding",
    "Letter",
    "MixedWord",
    "Repaired",
    "Script",
    "SenderProblem",
    "Unencodable",
    "analyse",
    "check_sender",
    "repair",
    "replace_costly",
]

MAX_LENGTH: Final = 268
"""Characters the provider takes in one SMS: four parts of 67."""


class Encoding(StrEnum):
    """How the operator will write the text; the names are what the cards show."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


class Script(StrEnum):
    """The two alphabets that must not meet within a word."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"


class SenderProblem(StrEnum):
    """Why a sender name breaks the provider's rule."""

    BAD_CHARACTERS = "bad_characters"
    NO_LETTER = "no_letter"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Unencodable:
    """A character (or an emoji of several code points) that Windows-1251 cannot carry; None removes it."""

    char: str
    replacement: str | None
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, its alphabet and its index in the text."""

    char: str
    script: Script
    position: int


@dataclass(frozen=True, slots=True)
class MixedWord:
    """
    A word of Latin and Cyrillic letters, which the provider refuses.

    `repair` looks the same in one alphabet, or is None where a letter has no look-alike. `foreign` are the
    letters that the repair swaps; without a repair, those of the alphabet with fewer letters in the word.
    """

    word: str
    start: int
    repair: str | None
    foreign: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Costly:
    """A sign that forces UCS-2 on a text otherwise GSM-7; `parts_if_replaced` holds once all of them are."""

    char: str
    replacement: str
    positions: tuple[int, ...]
    parts_if_replaced: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """
    What a text is as an SMS.

    `length` counts code points towards MAX_LENGTH: what can be sent is one Windows-1251 byte for each, and
    `text[MAX_LENGTH:]` are the `excess` characters. `units` are septets or UTF-16 units, `part_size` those
    that fit one part alone. An empty text has no part.
    """

    encoding: Encoding
    length: int
    units: int
    parts: int
    part_size: int
    excess: int
    unencodable: tuple[Unencodable, ...]
    mixed: tuple[MixedWord, ...]
    costly: tuple[Costly, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended text and how many words and characters were changed in it."""

    text: str
    words: int
    characters: int


def analyse(text: str) -> Analysis:
    """Say what `text` is as an SMS and what is wrong with it; takes any string."""
    encoding, units, parts = _measure(text)
    return Analysis(
        encoding=encoding,
        length=len(text),
        units=units,
        parts=parts,
        part_size=_SIZES[encoding][0],
        excess=max(0, len(text) - MAX_LENGTH),
        unencodable=_unencodable(text),
        mixed=tuple(_mixed(text)),
        costly=_costly(text, parts),
        is_empty=not text.strip(),
    )


def repair(text: str) -> Repaired:
    """
    Mend every mixed word that can be and every character that cannot be sent; never cut.

    What is left (a word without look-alikes, too long a text) the next `analyse` tells. A second repair finds
    nothing to do.
    """
    text, words = _mend_words(text)
    text, characters = _mend_characters(text)
    # Removing an emoji or writing out a sign may have joined two alphabets.
    text, joined = _mend_words(text)
    return Repaired(text, words + joined, characters)


def replace_costly(text: str) -> str:
    """Put GSM-7 signs in place of the costly ones; the same text where `analyse` names none."""
    return text.translate(PLAINER) if analyse(text).costly else text


def check_sender(sender: str) -> SenderProblem | None:
    """Check a sender name: 3 to 11 Latin letters and digits, at least one letter; None when it will do."""
    if not re.fullmatch("[A-Za-z0-9]*", sender):
        return SenderProblem.BAD_CHARACTERS
    if len(sender) < _SENDER_SIZE.start:
        return SenderProblem.TOO_SHORT
    if len(sender) >= _SENDER_SIZE.stop:
        return SenderProblem.TOO_LONG
    return SenderProblem.NO_LETTER if sender.isdecimal() else None


_SENDER_SIZE: Final = range(3, 12)
_SIZES: Final = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}
"""Units in a part that stands alone, and in each of several (which carry a header)."""
_LAST_OF_BMP: Final = "\uffff"


def _measure(text: str) -> tuple[Encoding, int, int]:
    """Count encoding, units and parts."""
    encoding = Encoding.GSM7 if GSM.issuperset(text) else Encoding.UCS2
    if encoding is Encoding.GSM7:
        weights = [2 if char in GSM_EXTENSION else 1 for char in text]
    else:
        weights = [2 if char > _LAST_OF_BMP else 1 for char in text]
    return encoding, sum(weights), _count_parts(weights, *_SIZES[encoding])


def _count_parts(weights: list[int], alone: int, joined: int) -> int:
    """Fill part after part: an escape pair or a surrogate pair that does not fit moves on whole."""
    if sum(weights) <= alone:
        return min(1, len(weights))
    parts, room = 1, joined
    for weight in weights:
        if weight > room:
            parts, room = parts + 1, joined
        room -= weight
    return parts


def _unencodable(text: str) -> tuple[Unencodable, ...]:
    found: dict[tuple[str, str | None], list[int]] = {}
    for at, cluster, replacement in losses(text):
        found.setdefault((cluster, replacement), []).append(at)
    return tuple(Unencodable(*key, tuple(positions)) for key, positions in found.items())


def _costly(text: str, parts: int) -> tuple[Costly, ...]:
    """Only for what can be sent as it stands: the rest is repaired first, then counted again."""
    plain = text.translate(PLAINER)
    if not (CP1251.issuperset(text) and GSM.issuperset(plain)):
        return ()
    plain_parts = _measure(plain)[2]
    if plain_parts >= parts or len(plain) > max(MAX_LENGTH, len(text)):
        return ()
    found: dict[str, list[int]] = {}
    for at, char in enumerate(text):
        if char not in GSM:
            found.setdefault(char, []).append(at)
    return tuple(
        Costly(char, char.translate(PLAINER), tuple(positions), plain_parts) for char, positions in found.items()
    )


def _mixed(text: str) -> Iterator[MixedWord]:
    if LATIN.search(text) and CYRILLIC.search(text):
        for match in WORD.finditer(text):
            if LATIN.search(match[0]) and CYRILLIC.search(match[0]):
                yield _mixed_word(match[0], match.start())


def _mixed_word(word: str, start: int) -> MixedWord:
    """Try the alphabet with more letters first; on a tie the Russian one."""
    latin, cyrillic = len(LATIN.findall(word)), len(CYRILLIC.findall(word))
    into_latin, into_cyrillic = (CYRILLIC, TO_LATIN), (LATIN, TO_CYRILLIC)
    if latin > cyrillic:
        ways = [into_latin, into_cyrillic]
    elif latin < cyrillic:
        ways = [into_cyrillic, into_latin]
    else:
        ways = [(LATIN, TO_RUSSIAN), into_latin, into_cyrillic]
    for foreign, twins in ways:
        repaired = _swap(word, foreign, twins)
        if repaired is not None:
            return MixedWord(word, start, repaired, _letters(word, start, foreign))
    return MixedWord(word, start, None, _letters(word, start, ways[0][0]))


def _swap(word: str, foreign: re.Pattern[str], twins: Mapping[str, str]) -> str | None:
    """Swap each foreign letter for its twin, as it stands or else as Windows-1251 would carry it."""
    for form in (word, _mend_characters(word)[0]):
        swapped = foreign.sub(lambda letter: twins.get(letter[0], letter[0]), form)
        if not foreign.search(swapped):
            return swapped
    return None


def _letters(word: str, start: int, foreign: re.Pattern[str]) -> tuple[Letter, ...]:
    script = Script.LATIN if foreign is LATIN else Script.CYRILLIC
    return tuple(Letter(letter[0], script, start + letter.start()) for letter in foreign.finditer(word))


def _mend_words(text: str) -> tuple[str, int]:
    pieces, end, count = [], 0, 0
    for mixed in _mixed(text):
        if mixed.repair is not None:
            pieces += [text[end : mixed.start], mixed.repair]
            end, count = mixed.start + len(mixed.word), count + 1
    return "".join([*pieces, text[end:]]), count


_GONE: Final = "\uffff"
"""Marks the place of a removed character; no character itself, so none is lost by it."""
_GONE_FIRST: Final = re.compile(f"^(?:{_GONE}+ *)+", re.MULTILINE)
_GONE_LAST: Final = re.compile(rf"(?: *{_GONE})+(?=[\s.,:;!?)…]|\Z)")


def _mend_characters(text: str) -> tuple[str, int]:
    """Write stand-ins; a removed character takes along the space that nothing needs any more."""
    pieces, end, count = [], 0, 0
    for at, cluster, replacement in losses(text):
        pieces += [text[end:at], _GONE if replacement is None else replacement]
        end, count = at + len(cluster), count + 1
    if not count:
        return text, 0
    marked = "".join([*pieces, text[end:]])
    return _GONE_LAST.sub("", _GONE_FIRST.sub("", marked)).replace(_GONE, ""), count
