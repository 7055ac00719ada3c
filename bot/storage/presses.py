"""Presses that changed something, kept with the cards they were made on."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select, update

from bot.storage.engine import Tx
from bot.storage.tables import cards, events


async def latest_deed(tx: Tx, actor: str) -> int:
    """Return the id of the last event that this actor caused, or 0."""
    found: int | None = await tx.conn.scalar(select(func.max(events.c.id)).where(events.c.actor == actor))
    return found or 0


async def note(tx: Tx, card: int, verb: str, arg: str, versions: Collection[int], *, deed: bool) -> None:
    """Remember that this button of a card, in these versions of its content, was obeyed; `deed`: it did more than turn the card."""
    obeyed = {"verb": verb, "arg": arg, "versions": sorted(versions), "deed": deed}
    await tx.conn.execute(update(cards).where(cards.c.id == card).values(obeyed=obeyed))


async def last(tx: Tx, card: int) -> Mapping[str, Any]:
    """Return the last press of a card that changed something: {verb, arg, versions, deed}, or {}."""
    return await tx.conn.scalar(select(cards.c.obeyed).where(cards.c.id == card)) or {}
