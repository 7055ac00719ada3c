"""What an SMS may be: its text, the words in it, its parts, its sender – the provider's rules, pure."""

import re
import unicodedata

__all__ = ["MAX_LENGTH", "count_parts", "has_mixed_word", "is_sender", "is_text", "length"]

MAX_LENGTH = 268

_SENDER = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]{3,11}")
_RUN_OF_LETTERS = re.compile(r"[^\W\d_]+")
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_ALL = _GSM | _GSM_EXTENSION


def is_sender(name: str) -> bool:
    """Latin letters, or Latin letters and digits, 3 to 11 of them (section 1.1); digits alone are no name."""
    return _SENDER.fullmatch(name) is not None


def is_text(text: str) -> bool:
    """Not empty, at most 268 characters, no word of both alphabets (sections 1.1 and 1.2)."""
    return bool(text.strip()) and length(text) <= MAX_LENGTH and not has_mixed_word(text)


def length(text: str) -> int:
    """Length in UTF-16 units, as phones count: a character beyond the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2


def has_mixed_word(text: str) -> bool:
    """Whether some run of letters holds both Latin and Cyrillic ones."""
    return any({"LATIN", "CYRILLIC"} <= _alphabets(run) for run in _RUN_OF_LETTERS.findall(text))


def count_parts(text: str) -> int:
    """SMS segments: 160 septets alone, 153 chained (an extension character is two), else 70 and 67 units."""
    if _GSM_ALL.issuperset(text):
        return _segments(len(text) + sum(char in _GSM_EXTENSION for char in text), 160, 153)
    return _segments(length(text), 70, 67)


def _alphabets(run: str) -> set[str]:
    return {unicodedata.name(char, "").partition(" ")[0] for char in run}


def _segments(size: int, alone: int, chained: int) -> int:
    return 1 if size <= alone else -(-size // chained)
