"""Documents and pictures that the bot sends: silent messages of their own, each a reply to a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.domain.models import Place
from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import blobs, cards, documents


@dataclass(frozen=True, slots=True)
class Document:
    """One document to send; `caption` is a text's key and its arguments, `reader` whose language it is in."""

    id: int
    blob: int
    kind: str
    caption: Mapping[str, Any] | None
    place: Place
    reader: int
    card: int | None
    attempts: int
    claim: str


def _document(row: Row[Any]) -> Document:
    place = Place(row.chat, row.thread)
    return Document(row.id, row.blob, row.kind, row.caption, place, row.reader, row.card, row.attempts, row.claim)


async def add(
    tx: Tx, blob: int, kind: str, place: Place, reader: int, *, card: int | None, caption: Mapping[str, Any] | None
) -> int:
    """Store that a file is to be sent; return the document's id."""
    tx.wakes.add("documents")
    values = {"blob": blob, "kind": kind, "chat": place.chat, "thread": place.thread, "reader": reader}
    values |= {"card": card, "caption": dict(caption) if caption else None, "next_at": tx.now}
    return int((await tx.conn.execute(insert(documents).values(**values).returning(documents.c.id))).scalar_one())


async def claim(tx: Tx, limit: int, lease: timedelta) -> list[Document]:
    """Claim documents that are to be sent."""
    return [_document(row) for row in await claims.claim(tx, documents, limit=limit, lease=lease)]


async def next_due(tx: Tx) -> datetime | None:
    """Return when the next document is to be sent."""
    return await claims.next_due(tx, documents)


async def sent(tx: Tx, document: Document, message: int) -> None:
    """Store the message that a document has become."""
    await _free(tx, document, message_id=message, next_at=None)


async def again(tx: Tx, document: Document, at: datetime) -> None:
    """Try once more at that time."""
    await _free(tx, document, next_at=at, attempts=document.attempts + 1)


async def to_general(tx: Tx, document: Document) -> None:
    """Send it outside the topic, which takes nothing any more."""
    await _free(tx, document, next_at=tx.now, thread=0)


async def give_up(tx: Tx, document: Document) -> None:
    """Try no more: Telegram will not take it."""
    await _free(tx, document, next_at=None)


async def pending(tx: Tx, blob: int) -> bool:
    """Return whether a file is still to be sent."""
    where = (documents.c.blob == blob, documents.c.next_at.is_not(None))
    return await tx.conn.scalar(select(documents.c.id).where(*where).limit(1)) is not None


async def waiting(tx: Tx, card: int, name: str) -> bool:
    """Return whether a file of this name is still to be sent below a card."""
    where = (documents.c.card == card, documents.c.next_at.is_not(None), blobs.c.name == name)
    joined = select(documents.c.id).join(blobs, blobs.c.id == documents.c.blob)
    return await tx.conn.scalar(joined.where(*where).limit(1)) is not None


async def message_of(tx: Tx, card: int) -> int | None:
    """Return the message that shows a card."""
    found: int | None = await tx.conn.scalar(select(cards.c.message_id).where(cards.c.id == card))
    return found


async def _free(tx: Tx, document: Document, **values: Any) -> None:
    held = (documents.c.id == document.id, documents.c.claim == document.claim)
    await tx.conn.execute(update(documents).where(*held).values(claim=None, lease_until=None, **values))
