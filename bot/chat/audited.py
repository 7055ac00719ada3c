"""What people did, as a table in the reader's words."""

import json
from collections.abc import Iterator
from typing import Final

from bot.chat.cards.audit import deed
from bot.chat.tables import harmless, spreadsheet
from bot.chat.texts import Texts, texts
from bot.domain.bases import BaseFile

_HEAD: Final = ("time", "name", "actor", "deed", "role", "about")


def table(file: BaseFile, language: str) -> BaseFile:
    """Return what was kept as lines of JSON (time, name, actor, kind, verb, role, about) as a CSV."""
    words = texts(language)
    head = [words.plain(f"audit-head-{name}") for name in _HEAD]
    return spreadsheet(file.name, head, _rows(words, file.data.decode()))


def _rows(words: Texts, kept: str) -> Iterator[tuple[str, ...]]:
    for line in kept.splitlines():
        at, name, actor, kind, verb, role, about = json.loads(line)
        said = words.plain(f"role-{role}") if role else ""
        yield at, harmless(name), actor, words.plain(deed(words, kind, verb)), said, harmless(about)
