"""
Phone numbers as Russians write them: read one, find many, show and hide them.

The provider takes 11 digits, the first a 7 (section 2 of its description); Kazakh numbers are of that shape too
and pass. Reading errs on the side of refusing: a wrong guess would be a paid SMS to a stranger.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

__all__ = [
    "Entry",
    "Extract",
    "Phone",
    "Refusal",
    "Why",
    "extract",
    "leading",
    "mask",
    "parse",
    "redact",
    "show",
]

Phone = NewType("Phone", str)
"""Eleven digits, the first a 7: what goes over the wire."""


class Why(StrEnum):
    """Why something is no number to send to."""

    EMPTY = "empty"
    LETTERS_INSIDE = "letters_inside"
    NOT_RUSSIAN = "not_russian"
    TOO_FEW_DIGITS = "too_few_digits"
    TOO_MANY_DIGITS = "too_many_digits"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was written, why it is refused (letters stand for any odd sign), and its count of digits."""

    raw: str
    why: Why
    digits: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One number or failed attempt at one, and the line (from 1) it was found in."""

    line: int
    raw: str
    result: Phone | Refusal


@dataclass(frozen=True, slots=True)
class Extract:
    """What a text holds, in its order; `duplicates` has a phone once for each time it came again."""

    entries: tuple[Entry, ...]
    valid: tuple[Phone, ...]
    invalid: tuple[Refusal, ...]
    duplicates: tuple[Phone, ...]


def parse(raw: str) -> Phone | Refusal:
    """Read `raw` as one number: with 7, +7, 8 or, for a mobile one, nothing in front, however it is spaced."""
    return _at_once(raw) or _judge(raw, _clean(raw))


def extract(text: str) -> Extract:
    """
    Find the numbers in a list, a table, a vCard or prose.

    Line breaks, tabs, commas and semicolons separate; after a space only what is clearly a number begins another.
    A field that is mostly digits is an attempt, told with its reason; among words only clear numbers count,
    and prices, dates and ids do not.
    """
    entries: list[Entry] = []
    for number, line in _lines(text):
        if phone := _at_once(line):
            entries.append(Entry(number, line, phone))
        else:
            entries.extend(Entry(number, *found) for found in _search_line(line))
    return _sum_up(entries)


def leading(text: str) -> tuple[Extract, str]:
    """
    Split what is typed after a command into the recipients in front and the text behind them.

    After a space only an unbroken number of 11 digits goes on with the list, so that "2 tickets" stays text;
    formatted numbers need a comma, a semicolon or a line break between them. A first word that looks like a
    failed number is a refused recipient. Where no number leads, the rest is `text` itself.
    """
    entries: list[Entry] = []
    at = len(text) - len(text.lstrip())
    line, gap = 1 + text.count("\n", 0, at), "\n"
    while not gap.startswith(":") and (found := _lead(text, at, goes_on=_is_space(gap))):
        raw, result, gap = found
        entries.append(Entry(line, raw, result))
        line += gap.count("\n")
        at += len(raw) + len(gap)
    return _sum_up(entries), text[at:] if entries else text


def show(phone: str) -> str:
    """Write a phone so that a tap copies what every form accepts: +79119876543."""
    return f"+{phone}"


def mask(phone: str) -> str:
    """Hide the five digits that tell people apart: +7911•••••43."""
    return f"+{phone[:4]}•••••{phone[-2:]}"


def redact(text: str) -> str:
    """Mask whatever looks like a phone in a log line, formatted, percent-encoded or escaped as it may be."""
    return _PHONE_LIKE.sub(_mask_found, text)


_GAP: Final = r"[ \xa0\xad\u2000-\u2015\u202a-\u202f\u205f-\u2069\u2212\u3000\ufeff.()/\-]"
"""What may stand between digits: spaces, hyphens, dots, brackets, the invisible marks that phones paste along."""
_AREA: Final = r"(?:[349][0-9]{2}|[78][0-8][0-9])"
"""What numbering plans use. Not 79x and 89x: an 8 or a 7 before these is no prefix, the number behind it is short."""
_UNBROKEN: Final = re.compile(rf"(?:\+?7|8(?={_AREA})|(?=9))([0-9]{{10}})")
_WRITTEN: Final = re.compile(
    rf"(?:(?:\+{_GAP}*)?7(?={_GAP}*(?:[349]|[78]{_GAP}*[0-8]))|\+?8(?={_GAP}*9)"
    rf"|8(?={_GAP}*(?:[34]|[78]{_GAP}*[0-8]))|(?=9)){_GAP}*((?:[0-9]{_GAP}*){{10}})"
)
"""Any spacing at all: for a field that holds one number and nothing else."""
_TORN: Final = re.compile(r"(?<![0-9])[0-9]{9,10}(?=[\s.()/]+[0-9])")
"""A number one digit short with a digit or more behind it ("8911987654 2"): two things, never one number."""

_G2, _G3 = f"{_GAP}{{0,2}}", f"{_GAP}{{0,3}}"
_LOCAL: Final = "|".join(
    _G2.join(f"[0-9]{{{size}}}" for size in sizes) for sizes in ((7,), (3, 4), (4, 3), (3, 2, 2), (2, 2, 3), (2, 3, 2))
)
_CLEAR: Final = (
    rf"(?:(?:\+?7|8)(?!\. ){_G3}{_AREA}{_G3}(?:{_LOCAL})"
    rf"|(?:\+?7|8) ?\((?:[348][0-9]{{3}}\)(?:{_GAP}?[0-9]){{6}}|[348][0-9]{{4}}\)(?:{_GAP}?[0-9]){{5}})"
    rf"|\(?9[0-9]{{2}}{_G3}(?<=[^0-9])[0-9]{{3}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}})"
)
"""Grouped the way numbers are: what counts as a number among words."""
_GROUPED: Final = re.compile(_CLEAR)
_AMONG_WORDS: Final = re.compile(rf"(?<![\w+/=#№-]){_CLEAR}(?!\w|[-.:/][0-9])")

_BEHIND: Final = r"(:\s*|[\s,;]+|\Z)"
_LEADS: Final = re.compile(
    rf"((?:tel:)?(?:{_CLEAR}|\+?7[0-9]{{10}}|\(?9[0-9]{{2}}{_G3}(?:{_LOCAL}))){_BEHIND}", re.IGNORECASE
)
_GOES_ON: Final = re.compile(rf"(\+?7[0-9]{{10}}|8{_AREA}[0-9]{{7}}){_BEHIND}")
_TRIES: Final = (
    re.compile(rf"((?=[+(]*[789]|[+(]*[0-9]{{10}})[+(]*[0-9][^\s,;:]{{6,30}}){_BEHIND}"),
    re.compile(rf"(\+[0-9](?:{_G3}[0-9]){{7,12}}|\(?[789](?:{_G3}[0-9]){{9,12}}){_BEHIND}"),
)
"""A first word, then a first run of spaced digits, that looks like an attempt at a number."""

_MARK: Final = re.compile(r"\s*(?:[0-9]{1,2}[.)]|[0-9]{3}\.)\s+")
"""A list's: "8. 8911987654" is its eighth entry, not a number of 11 digits."""
_LABEL: Final = re.compile(
    r"(?:tel|phone|mobile|cell|тел(?:ефон)?|моб(?:ильный)?|т|м)(?![^\W\d_])[.:\s]*", re.IGNORECASE
)
_SUFFIX: Final = re.compile(r"(?<=[0-9])\.0$|;[a-z-]+=.*$")  # a spreadsheet's float, a tel: link's parameters
_ABROAD: Final = re.compile(rf"(?:00|8{_GAP}?10){_GAP}*(?=[1-9](?:{_GAP}*[0-9]){{9}})")
_NOWHERE: Final = re.compile(r"7(?:[0-79]|\Z)")
"""No number anywhere unless it has 11 digits; behind 78 the library must be asked, which takes it 20 µs."""
_FULLWIDTH: Final = {0xFF00 + code: 0x20 + code for code in range(0x01, 0x5F)}
"""Not NFKC: it would make a digit of a footnote's ²."""
_INVISIBLE: Final = "".join(map(chr, (0xA0, 0xAD, *range(0x2000, 0x2030), *range(0x205F, 0x206A), 0xFEFF)))
_EDGES: Final = " \t\r\n\"'«»<>[]()*•·-−.,;:/" + _INVISIBLE
_CARD_LABEL: Final = re.compile(r"\s*(?:[\w-]+\.)?TEL(?:;[^:]*)?:", re.IGNORECASE)
_FIELD: Final = re.compile(r"[^,;\t|]+")
_NUMERIC: Final = re.compile(r"(?:[^0-9０-９]*[0-9０-９]){4}")
_WORDS: Final = re.compile(r"[^\W\d_]{3}")
_NAMED: Final = re.compile(rf"(?:[A-ZА-ЯЁ][a-zа-яё.-]+\s+){{1,3}}(\+?[78]?{_G3}9(?:{_G3}[0-9]){{7,12}})")
_MOBILE: Final = re.compile(rf"\+|[78]?{_GAP}*9")
_NO_DIGITS: Final = re.compile("[^0-9]+")
_ODD: Final = re.compile(rf"^\+|[0-9]|{_GAP}")
_FEW_LETTERS: Final = re.compile(r"[^\W\d_]{1,2}")
_DATE: Final = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{2,4}")
_LONE_DIGIT: Final = re.compile(r"\s[0-9]\Z")
_STARTS: Final = tuple("+0123456789")
_PHONE_DIGITS: Final = 11
_FEW, _SOME, _MANY = 4, 7, 9
"""Least digits of an attempt: in a list, with a letter inside, among words."""

_ESCAPE: Final = r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
_ANY: Final = rf"(?:{_GAP}|\+|{_ESCAPE}){{0,4}}"
_PHONE_LIKE: Final = re.compile(
    r"(?=[+%0-9])(?:(?<![0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\x[0-9A-Fa-f]{2}))"
    rf"(?:\+|%2[Bb])?(?:00|810)?"
    rf"(?:[78][0-9]{{10}}|[78]{_ANY}[347-9](?:{_ANY}[0-9]){{9}}|9[0-9]{{2}}(?:{_ANY}[0-9]){{7}})(?![0-9])"
)


def _at_once(raw: str) -> Phone | None:
    """Read what nearly all numbers look like; a million lines hang on it."""
    if match := _UNBROKEN.fullmatch(raw):
        return Phone("7" + match[1])
    return Phone("7" + _digits(raw)[-10:]) if _GROUPED.fullmatch(raw) else None


def _clean(raw: str) -> str:
    """Take off what surrounds a number: quotes, bullets, "tel:", list marks; fullwidth signs become plain."""
    clean = raw if raw.isascii() else raw.translate(_FULLWIDTH)
    clean = _without(_LABEL, _without(_MARK, clean).strip(_EDGES))
    clean = _SUFFIX.sub("", clean).strip(_EDGES)
    return "+" + _without(_ABROAD, clean) if _ABROAD.match(clean) else clean


def _without(prefix: re.Pattern[str], text: str) -> str:
    match = prefix.match(text)
    return text[match.end() :] if match else text


def _read(clean: str) -> Phone | None:
    match = _UNBROKEN.fullmatch(clean) or (not _TORN.search(clean) and _WRITTEN.fullmatch(clean)) or None
    return Phone("7" + _digits(match[1])) if match else None


def _digits(text: str) -> str:
    return _NO_DIGITS.sub("", text)


def _judge(raw: str, clean: str) -> Phone | Refusal:
    if phone := _read(clean):
        return phone
    torn = _TORN.search(clean)
    digits = torn[0] if torn else _digits(clean)
    return Refusal(raw, _why(clean, digits), len(digits))


def _why(clean: str, digits: str) -> Why:
    if not any(char.isalnum() for char in clean):
        return Why.EMPTY
    if _ODD.sub("", clean):
        return Why.LETTERS_INSIDE
    if len(digits) == _PHONE_DIGITS:
        return Why.NOT_RUSSIAN
    if (clean.startswith("+") or len(digits) > _PHONE_DIGITS) and _is_foreign(digits):
        return Why.NOT_RUSSIAN
    return Why.TOO_FEW_DIGITS if len(digits) < _PHONE_DIGITS else Why.TOO_MANY_DIGITS


def _is_foreign(digits: str) -> bool:
    if _NOWHERE.match(digits):
        return False
    import phonenumbers  # 20 MB that good numbers never need

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def _sum_up(entries: list[Entry]) -> Extract:
    valid: dict[Phone, None] = {}
    invalid: list[Refusal] = []
    duplicates: list[Phone] = []
    for entry in entries:
        if isinstance(entry.result, Refusal):
            invalid.append(entry.result)
        elif entry.result in valid:
            duplicates.append(entry.result)
        else:
            valid[entry.result] = None
    return Extract(tuple(entries), tuple(valid), tuple(invalid), tuple(duplicates))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines; of a vCard only those with a phone, for its other digits are dates and ids."""
    lines = enumerate(text.splitlines(), 1)
    return _phone_lines(lines) if "BEGIN:VCARD" in text.upper() else lines


def _phone_lines(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    in_card = False
    for number, line in lines:
        edge = line.strip().upper()
        if edge in {"BEGIN:VCARD", "END:VCARD"}:
            in_card = edge == "BEGIN:VCARD"
        elif not in_card or _CARD_LABEL.match(line):
            yield number, line


def _search_line(line: str) -> Iterator[tuple[str, Phone | Refusal]]:
    line = _without(_CARD_LABEL, line)
    among_words = _WORDS.search(line) is not None
    for field in _FIELD.findall(line):
        if _NUMERIC.match(field):
            yield from _search_field(_without(_MARK, field).strip(), among_words=among_words)


def _search_field(field: str, *, among_words: bool) -> Iterator[tuple[str, Phone | Refusal]]:
    if phone := _at_once(field) or _read(_clean(field)):
        yield field, phone
        return
    end = 0
    for match in _AMONG_WORDS.finditer(field):
        yield from _attempts(field[end : match.start()], among_words=among_words)
        yield match[0], Phone("7" + _digits(match[0])[-10:])
        end = match.end()
    yield from _attempts(field[end:], among_words=among_words)


def _attempts(piece: str, *, among_words: bool) -> Iterator[tuple[str, Phone | Refusal]]:
    """Between clear numbers: what was meant as one and is none."""
    named = _NAMED.fullmatch(piece.strip())
    piece = named[1] if named else piece.strip()
    words = piece.split()
    for attempt in words if all(len(_digits(word)) >= _MANY for word in words) else [piece]:
        clean = _clean(attempt)
        if _is_attempt(clean, _MANY if among_words else _FEW) and (not among_words or _MOBILE.match(clean)):
            yield attempt, _judge(attempt, clean)


def _is_attempt(clean: str, least: int) -> bool:
    odd = _ODD.sub("", clean)
    if odd and not (_FEW_LETTERS.fullmatch(odd) and clean.startswith(_STARTS)):
        return False
    return len(_digits(clean)) >= (max(least, _SOME) if odd else least) and not _DATE.fullmatch(clean)


def _lead(text: str, at: int, *, goes_on: bool) -> tuple[str, Phone | Refusal, str] | None:
    """Read the recipient at `at`: as written, what it is, and the separators behind it."""
    match = (_GOES_ON if goes_on else _LEADS).match(text, at)
    if match:
        return match[1], parse(match[1]), match[2]
    if goes_on:
        return None
    for pattern in _TRIES:
        match = pattern.match(text, at)
        if match and _is_attempt(_clean(match[1]), _MANY if _is_space(match[2]) else _SOME):
            return _whole_or_less(match[1], match[2])
    return None


def _is_space(gap: str) -> bool:
    return gap.isspace() and "\n" not in gap


def _whole_or_less(raw: str, gap: str) -> tuple[str, Phone | Refusal, str]:
    """A lone digit before words is theirs: "8 911 987-65-4 2 билета" is one digit short of a number."""
    if _is_space(gap) and _LONE_DIGIT.search(raw) and not isinstance(parse(raw), Refusal):
        raw, gap = raw[:-2], raw[-2]
    return raw, parse(raw), gap


def _mask_found(match: re.Match[str]) -> str:
    return mask("7" + _digits(re.sub(_ESCAPE, "", match[0]))[-10:])
