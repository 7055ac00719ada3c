"""Presses that had an effect, kept among the events of the cards they were made on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from bot.domain.models import Card
from bot.storage.engine import Tx
from bot.storage.moves import append
from bot.storage.tables import events

_VERB = "press"


async def latest_deed(tx: Tx, actor: str) -> int:
    """Return the id of the last event that this actor caused, or 0."""
    found: int | None = await tx.conn.scalar(select(func.max(events.c.id)).where(events.c.actor == actor))
    return found or 0


async def note(tx: Tx, actor: str, card: Card, verb: str, arg: str, versions: Sequence[int]) -> None:
    """Remember that this button of a card, in each of these versions of its content, was obeyed."""
    data = {"verb": verb, "arg": arg, "versions": list(versions)}
    await append(tx, actor, _VERB, "card", [card.id], data=data)


async def last(tx: Tx, card: int) -> dict[str, Any]:
    """Return the last press of a card that had an effect: {verb, arg, versions}, or {}."""
    where = (events.c.kind == "card", events.c.subject == card, events.c.verb == _VERB)
    found = await tx.conn.scalar(select(events.c.data).where(*where).order_by(events.c.id.desc()).limit(1))
    return dict(found or {})
