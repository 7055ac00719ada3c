"""Rows without a number, in words: one on a card, all of them as a table that any spreadsheet opens."""

from collections.abc import Iterator

from bot.chat.tables import harmless, spreadsheet
from bot.chat.texts import Texts, texts
from bot.domain.bases import BaseFile
from gateway.phones import Why


def cause(words: Texts, why: str, digits: int) -> str:
    """Say why something is no number."""
    match why:
        case Why.EMPTY:
            return words.plain("import-bad-empty")
        case Why.LETTERS_INSIDE:
            return words.plain("import-bad-letters")
        case Why.NOT_RUSSIAN:
            return words.plain("import-bad-foreign")
        case Why.TOO_FEW_DIGITS:
            return words.plain("import-bad-few", n=digits)
    return words.plain("import-bad-many", n=digits)


def table(file: BaseFile, language: str) -> BaseFile:
    """Return the rows that were kept as lines of tabs as a CSV in the reader's words."""
    words = texts(language)
    head = [words.plain(f"import-bad-head-{name}") for name in ("row", "raw", "why")]
    return spreadsheet(file.name, head, _rows(words, file.data.decode()))


def _rows(words: Texts, kept: str) -> Iterator[tuple[str, str, str]]:
    for line in kept.splitlines():
        row, raw, why, n = line.split("\t")
        said = words.plain("import-bad-more", n=int(n)) if why == "more" else cause(words, why, int(n))
        yield row, harmless(raw), said
