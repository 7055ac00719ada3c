"""Pages of the history: two tables read side by side, by one key, from where the last page ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from bot.domain.history import OF_MESSAGES, OF_MULTICASTS, PAGE, Entry, Key, Sought, Span
from bot.domain.multicast_drafts import chosen
from bot.domain.states import MessageState
from bot.storage import history
from bot.storage.engine import Tx
from bot.storage.history import Cut

_STILL: Final = ("awaiting_approval", "ready", "paused")
_ONE: Final = 1


async def page(tx: Tx, sought: Sought, before: Key | None, zone: ZoneInfo) -> tuple[tuple[Entry, ...], bool, bool]:
    """Return the page that begins behind an entry, or the newest; and whether there is anything newer, or older."""
    span = sought.span(tx.now, zone)
    begin = await history.cut(tx, before) if before is not None else None
    found = await _entries(tx, sought, span, begin, PAGE + 1)
    shown = tuple(found[:PAGE])
    newer = False
    if begin is not None:
        first = shown[0].key if shown else begin.key
        beyond = await history.cut(tx, first, newer=True)
        newer = not shown or bool(await _entries(tx, sought, span, beyond, 1))
    return shown, newer, len(found) > PAGE


async def newer_than(tx: Tx, sought: Sought, first: Key, zone: ZoneInfo) -> Key | None:
    """Return behind which entry the page begins that ends before `first`; None: it is the newest."""
    begin = await history.cut(tx, first, newer=True)
    found = await _entries(tx, sought, sought.span(tx.now, zone), begin, PAGE + 1)
    return found[PAGE].key if len(found) > PAGE else None


async def _entries(tx: Tx, sought: Sought, span: Span, cut: Cut | None, limit: int) -> list[Entry]:
    """Return entries beyond a cut, the nearest to it first."""
    if sought.phone is not None:
        states = OF_MESSAGES.get(sought.status, (sought.status,)) if sought.status else ()
        rows = await history.to_phone(tx, sought.phone, span, cut, limit, states=states, who=sought.who)
        return [_message(row) for row in rows]
    sends = await history.sends(tx, span, cut, limit, standing=sought.status, who=sought.who)
    found = [(row.confirmed_at, "batch", row.id, row) for row in sends]
    # Each state is a walk of its own: only so does every one of them stop after a page.
    for state in OF_MULTICASTS.get(sought.status, ()) if sought.status else (None,):
        rows = await history.of_multicasts(tx, span, cut, limit, state=state, who=sought.who)
        found += [(row.confirmed_at, "multicast", row.id, row) for row in rows]
    found.sort(key=lambda one: one[:3], reverse=cut is None or not cut.newer)
    return await _dressed(tx, found[:limit])


async def _dressed(tx: Tx, found: Sequence[tuple[datetime, str, int, Row[Any]]]) -> list[Entry]:
    rows = [row for _, kind, _, row in found if kind == "batch"]
    alone = await history.only_messages(tx, [row.id for row in rows if row.total == _ONE])
    tracked = await history.fields(tx, [row.draft for row in rows if row.kind == "tracked" and row.draft])
    return [_batch(row, alone, tracked) if kind == "batch" else _multicast(row) for _, kind, _, row in found]


def _batch(row: Row[Any], alone: Mapping[int, Row[Any]], tracked: Mapping[int, Mapping[str, Any]]) -> Entry:
    only = alone.get(row.id)
    words, state = _said(row.state, row.standing, only.state if only else None)
    bases = tuple(base.name for base in chosen(tracked.get(row.draft, {})))
    phone = only.phone if only else None
    return Entry(Key("batch", row.id), row.confirmed_at, words, state, row.kind, row.total, phone, row.sender, bases)


def _message(row: Row[Any]) -> Entry:
    words, state = _said(row.batch_state, "", row.state)
    return Entry(Key("message", row.id), row.confirmed_at, words, state, row.kind, _ONE, row.phone, row.sender)


def _multicast(row: Row[Any]) -> Entry:
    state = "passed" if row.passed else row.state
    bases = tuple(str(base["name"]) for base in row.bases)
    return Entry(
        Key("multicast", row.id), row.confirmed_at, "mc", state, "multicast", row.recipients, None, row.sender, bases
    )


def _said(batch: str, standing: str, message: str | None) -> tuple[str, str]:
    """Say how a batch stands: its only message does, unless it waits with its batch."""
    if message not in (None, MessageState.QUEUED):
        return "state", str(message)
    if batch in _STILL and standing != "in_doubt":
        return "hist", batch
    return ("hist", standing) if message is None else ("state", message)
