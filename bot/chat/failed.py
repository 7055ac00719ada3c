"""Those whom a batch did not reach, as a table in the reader's words; the provider's own stand behind them."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.chat.cards.causes import refusal
from bot.chat.tables import harmless, spreadsheet
from bot.chat.texts import Texts, texts
from bot.domain.bases import BaseFile

_SAID: Final[Mapping[str, str]] = {
    "cancelled": "send-stopped-subject",
    "in_doubt": "send-unknown-next",
    "no_report": "send-no-report-next",
    "not_delivered": "send-not-delivered-line",
}
_SAID_OF_MMS: Final[Mapping[str, str]] = {"no_report": "mms-no-report-next", "not_delivered": "mms-not-delivered-line"}
_HEAD: Final = ("phone", "state", "why", "code", "raw")


def table(file: BaseFile, language: str) -> BaseFile:
    """Return what was kept as lines of tabs as a CSV: a line of kind and sender, then phone, state, code and answer each."""
    words = texts(language)
    head = [words.plain(f"failed-head-{name}") for name in _HEAD]
    return spreadsheet(file.name, head, _rows(words, file.data.decode()))


def _rows(words: Texts, kept: str) -> Iterator[tuple[str, ...]]:
    first, *lines = kept.splitlines()
    kind, sender = first.split("\t")
    for line in lines:
        phone, state, code, raw = line.split("\t")
        said = words.plain(f"state-{state.replace('_', '-')}")
        yield phone, said, _why(words, kind, sender, state, code), code, harmless(raw)


def _why(words: Texts, kind: str, sender: str, state: str, code: str) -> str:
    if state != "rejected":
        said = {**_SAID, **(_SAID_OF_MMS if kind == "mms" else {})}
        return words.plain(said[state])
    name = refusal(code)
    key = f"send-rejected-{name}"
    return words.plain(key, sender=sender) if name == "unsupported-sender" else words.plain(key)
