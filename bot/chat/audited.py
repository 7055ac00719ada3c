"""What people did, as a table in the reader's words."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.chat.cards.audit import deed
from bot.chat.cards.audit_changes import changed
from bot.chat.formats import Formats
from bot.chat.tables import harmless, spreadsheet
from bot.chat.texts import Texts, texts
from bot.domain.audit_cards import Change
from bot.domain.bases import BaseFile

_UTC: Final = ZoneInfo("UTC")
_HEAD: Final = ("time", "name", "actor", "deed", "role", "about", "change")


def table(file: BaseFile, language: str) -> BaseFile:
    """Return what was kept as lines of JSON (time, name, actor, kind, verb, role, about, change) as a CSV."""
    words = texts(language)
    head = [words.plain(f"audit-head-{name}") for name in _HEAD]
    return spreadsheet(file.name, head, _rows(words, file.data.decode()))


def _rows(words: Texts, kept: str) -> Iterator[tuple[str, ...]]:
    for line in kept.splitlines():
        at, name, actor, kind, verb, role, about, change = json.loads(line)
        said = words.plain(f"role-{role}") if role else ""
        how = changed(words, Formats(words, _UTC, datetime.fromisoformat(at)), Change(*change)) if change else ""
        yield at, harmless(name), actor, words.plain(deed(words, kind, verb)), said, harmless(about), harmless(how)
