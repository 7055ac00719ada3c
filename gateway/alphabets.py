"""
Characters: what GSM-7 and Windows-1251 carry, and what may stand for the rest.

GSM-7 is the default alphabet of 3GPP TS 23.038 with its extension table; Windows-1251 is what section 2 of
the provider's description asks `message` to be written in.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

GSM_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""One septet each; 127 of them, the 128th being the escape to the extension table."""
GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
"""Two septets each: the escape and the character."""
GSM: Final = GSM_BASIC | GSM_EXTENSION
CP1251: Final = frozenset(bytes(range(256)).decode("cp1251", "ignore"))
"""All that Windows-1251 carries: 255 characters, byte 0x98 being none."""

LATIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-\u02af\u1d00-\u1dbf\u1e00-\u1effＡ-Ｚａ-ｚ]")
CYRILLIC: Final = re.compile(r"[\u0400-\u0481\u048a-\u052f\u1c80-\u1c8f\ua640-\ua66e\ua680-\ua69d]")
_LETTER: Final = f"{LATIN.pattern[1:-1]}{CYRILLIC.pattern[1:-1]}µ\u0370-\u03ff\u1f00-\u1fff"
WORD: Final = re.compile(rf"[{_LETTER}][{_LETTER}\u0300-\u036f\u0483-\u0489]*")
"""A run of letters: hyphen, digit and apostrophe end it."""

_TWINS: Final = dict(zip("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху", strict=True))
TO_RUSSIAN: Final = _TWINS | dict(zip("Ëë", "Ёё", strict=True))
TO_CYRILLIC: Final = TO_RUSSIAN | dict(zip("Ii", "Іі", strict=True))
TO_LATIN: Final = {russian: latin for latin, russian in _TWINS.items()} | dict(zip("ІіЅѕЈј", "IiSsJj", strict=True))
"""Look-alikes; no Latin one for Ё, since Windows-1251 has none."""

_STAND_INS: Final = {
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **dict.fromkeys("‐‑−⁃➖", "-"),
    **dict.fromkeys("→➔➜➝➞➡⟶", "->"),
    **dict.fromkeys("←⬅⟵", "<-"),
    **dict.fromkeys("′ʹʻʼˈ´‛", "'"),
    **dict.fromkeys("″ʺ‟❝❞〝〞〟", '"'),
    **dict.fromkeys("▪▫●◦‣◆■∙", "•"),
    **dict.fromkeys("★☆⭐", "*"),
    **dict.fromkeys("❗❕", "!"),
    **dict.fromkeys("❓❔", "?"),
    **dict.fromkeys("⁄∕÷", "/"),
    **dict.fromkeys("º˚", "°"),
    **dict.fromkeys("≈∼", "~"),
    "‒": "–",
    "―": "—",
    "↔": "<->",
    "⇒": "=>",
    "⇐": "<=",
    "⇔": "<=>",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "x",
    "✕": "x",
    "✖": "x",
    "⋅": "·",
    "⋯": "…",
    "μ": "µ",
    "₽": "руб.",
    "₴": "грн.",
    "₸": "тг.",
    "£": "GBP",
    "ß": "ss",
    "ẞ": "SS",
    "Æ": "AE",
    "æ": "ae",
    "Œ": "OE",
    "œ": "oe",
    "Þ": "Th",
    "þ": "th",
    **dict(zip("ØøĐđÐðŁłĦħıŊŋ", "OoDdDdLlHhiNn", strict=True)),
    # Greek capitals pass for Latin ones; a word that this makes mixed is repaired after.
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
    # Tatar, Bashkir, Kazakh, Tajik: the Russian letter that readers put there themselves.
    **dict(zip("ӘәҒғҚқҠҡҢңӨөҰұҮүҺһҖҗҘҙҪҫҲҳҶҷ", "АаГгКкКкНнОоУуУуХхЖжЗзСсХхЧч", strict=True)),
}
"""Beside what Unicode itself says by decomposition (é → e, fullwidth, ①, thin spaces)."""

PLAINER: Final = str.maketrans(
    dict.fromkeys("«»“”„", '"')
    | dict.fromkeys("‘’‚‹›`", "'")
    | dict.fromkeys("–—", "-")
    | dict.fromkeys("\t\u00a0", " ")
    | {"…": "...", "№": "N", "•": "*", "·": "*", "\u00ad": "", "±": "+/-", "µ": "u"}
    | {"™": "(TM)", "©": "(c)", "®": "(R)", "¦": "|"}
)
"""Signs that Windows-1251 carries and GSM-7 does not, with a GSM-7 stand-in (for `str.translate`)."""

_JOINER: Final = "\u200d"
_SKIN_TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_TAGS: Final = frozenset(map(chr, range(0xE0020, 0xE0080)))


def losses(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield what Windows-1251 cannot carry: index, cluster, stand-in (None: there is none, remove it)."""
    if CP1251.issuperset(text):
        return
    for at, cluster in clusters(text):
        if not CP1251.issuperset(cluster):
            yield at, cluster, stand_in(cluster, text[at - 1] if at else "")


def clusters(text: str) -> Iterator[tuple[int, str]]:
    """
    Split `text` into what a reader takes for one character, each with its index.

    A letter keeps its combining marks; an emoji its skin tone, its variation selector, the flag's second
    letter and all that is joined to it. Nothing is lost: joined again, the clusters are the text.
    """
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _continues(text, start, at):
            yield start, text[start:at]
            start = at


def _continues(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` belongs to the cluster that begins at `start`."""
    char, before = text[at], text[at - 1]
    if char.isascii():
        return False
    if char == _JOINER or char in _SKIN_TONES or char in _TAGS or _is_mark(char):
        return True
    if char in _FLAG_LETTERS:
        return before in _FLAG_LETTERS and at - start == 1
    return before == _JOINER and _is_picture(char) and _is_picture(text[start])


def stand_in(cluster: str, before: str = "") -> str | None:
    """
    Find what Windows-1251 can carry in place of `cluster`; None when nothing sensible exists.

    `before` is the character in front of it: after a digit ² becomes ^2 and ½ becomes " 1/2": 10² is no 102.
    """
    composed = unicodedata.normalize("NFC", cluster)
    letters = [_one(char) for char in composed if char in CP1251 or not _is_dropped(char)]
    if not letters or None in letters:
        return None
    found = "".join(letter for letter in letters if letter)
    if before.isdecimal() and unicodedata.category(cluster[0]) == "No":
        return (" " if "/" in found else "^") + found
    return found


def _one(char: str) -> str | None:
    if char in CP1251:
        return char
    if char in _STAND_INS:
        return _STAND_INS[char]
    parts = [part for part in unicodedata.normalize("NFKD", char) if not _is_dropped(part)]
    found = [part if part in CP1251 else _STAND_INS.get(part) for part in parts]
    return None if not found or None in found else "".join(filter(None, found))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _is_dropped(char: str) -> bool:
    """A mark or an invisible sign: its base stays readable without it."""
    return _is_mark(char) or unicodedata.category(char) == "Cf"


def _is_picture(char: str) -> bool:
    # Cn: emoji newer than this Python's Unicode tables.
    return unicodedata.category(char) in {"So", "Cn"}
