"""What a deed has changed, in a few words: from what to what."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.formats import Formats
from bot.chat.texts import Texts, texts
from bot.domain.audit_cards import Change

__all__ = ["changed"]

_Writer = Callable[[Texts, Formats, Any], str]
_SECRET: Final = ("phone",)
_ADDED: Final = ("money", "days")
"""Thresholds are added and removed; all else is changed."""
_NOTHING: Final[Mapping[str, str]] = {
    **dict.fromkeys(("sender", "undo", "quiet"), "settings-shared"),
    **dict.fromkeys(("parts_a_day", "largest_multicast"), "audit-value-unlimited"),
    "silence": "audit-value-never",
    "digest": "audit-value-off",
}
"""What it means that there is no value."""
_ALWAYS: Final = "00-00"


def changed(words: Texts, formats: Formats, change: Change) -> str:
    """Write a change: «подпись MyShop → Clinic»; of a private number only that it was changed."""
    before, value = (_value(words, formats, change.name, it) for it in (change.before, change.value))
    if change.name == "role":
        return words.plain("audit-changed-role", before=before or "", value=value or "")
    name = words.plain(f"audit-name-{change.name}".replace("_", "-"))
    if change.name in _SECRET:
        return name
    if change.name in _ADDED:
        return words.plain("audit-added" if value else "audit-removed", what=name, value=value or before or "")
    if before is None:
        return words.plain("audit-changed-to", what=name, value=value or "")
    return words.plain("audit-changed", what=name, before=before, value=value or "")


def _value(words: Texts, formats: Formats, name: str, value: Any) -> str | None:
    if value is None:
        return words.plain(_NOTHING[name]) if name in _NOTHING else None
    return _WRITERS[name](words, formats, value) if name in _WRITERS else str(value)


def _undo(words: Texts, formats: Formats, value: Any) -> str:
    return formats.duration(timedelta(seconds=int(value))) if value else words.plain("settings-undo-none")


def _hours(words: Texts, _formats: Formats, value: Any) -> str:
    return words.plain("settings-quiet-none") if value == _ALWAYS else str(value).replace("-", "–")


def _count(_words: Texts, formats: Formats, value: Any) -> str:
    return formats.count(int(value))


_WRITERS: Final[Mapping[str, _Writer]] = {
    "language": lambda _words, _formats, value: texts(str(value)).plain("word-language"),
    "zone": lambda _words, formats, value: formats.city(ZoneInfo(str(value))),
    "undo": _undo,
    "quiet": _hours,
    "silence": _hours,
    "digest": lambda _words, _formats, value: f"{int(value):02}:00",
    "troubles": lambda words, _formats, value: words.plain(f"audit-value-{'told' if value else 'untold'}"),
    "money": lambda _words, formats, value: formats.money(Decimal(value)),
    "days": lambda words, _formats, value: words.plain("watch-level-days", n=int(Decimal(value))),
    "parts_a_day": _count,
    "largest_multicast": _count,
    "role": lambda words, _formats, value: words.plain(f"role-{value}"),
}
