"""Frozen lists of phones: gathered once, kept in chunks, and turned into messages chunk by chunk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, String, and_, cast, delete, func, insert, literal, or_, select, update

from bot.domain.states import BatchState, DraftState, MessageState
from bot.domain.tracked import PhoneList
from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import batches, drafts, list_chunks, lists, messages
from bot.storage.types import Instant

_REACHED = (
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.IN_DOUBT,
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.NOT_DELIVERED,
    MessageState.NO_REPORT,
)


def _list(row: Row[Any]) -> PhoneList:
    return PhoneList(row.id, row.draft, tuple(row.bases), row.source, row.total, row.attempts, row.claim)


async def add(tx: Tx, draft: int, bases: Sequence[str], source: int | None = None) -> int:
    """Store a list that is to be gathered for a draft; return its id."""
    tx.wakes.add("gathering")
    values = {"draft": draft, "bases": list(bases), "source": source, "created_at": tx.now, "next_at": tx.now}
    return int((await tx.conn.execute(insert(lists).values(**values).returning(lists.c.id))).scalar_one())


async def claim(tx: Tx, limit: int, lease: timedelta) -> list[PhoneList]:
    """Claim lists that are to be gathered, or turned into messages."""
    return [_list(row) for row in await claims.claim(tx, lists, limit=limit, lease=lease)]


async def next_due(tx: Tx) -> datetime | None:
    """Return when the next list is due."""
    return await claims.next_due(tx, lists)


async def hold(tx: Tx, item: PhoneList, until: datetime) -> bool:
    """Keep a claim for longer; False where it was lost."""
    held = and_(lists.c.id == item.id, lists.c.claim == item.claim)
    return bool((await tx.conn.execute(update(lists).where(held).values(lease_until=until))).rowcount)


async def free(tx: Tx, item: PhoneList, next_at: datetime | None, **values: Any) -> None:
    """Give a claim back, to be taken again at that time, if ever."""
    held = and_(lists.c.id == item.id, lists.c.claim == item.claim)
    freed = {"claim": None, "lease_until": None, "next_at": next_at}
    await tx.conn.execute(update(lists).where(held).values(**freed, **values))


async def lock(tx: Tx, list_: int) -> None:
    """Let nobody else wake the list, or put it to sleep, in this transaction."""
    await tx.conn.execute(select(lists.c.id).where(lists.c.id == list_).with_for_update())


async def pin(tx: Tx, list_: int) -> bool:
    """Keep a list until the transaction is over; False where it was cleared away."""
    held = select(lists.c.id).where(lists.c.id == list_).with_for_update(read=True, key_share=True)
    return await tx.conn.scalar(held) is not None


async def wake(tx: Tx, list_: int) -> None:
    """Let a lane look at the list."""
    tx.wakes.add("gathering")
    await tx.conn.execute(update(lists).where(lists.c.id == list_).values(next_at=tx.now))


async def follow(tx: Tx, list_: int, draft: int) -> None:
    """Remember which draft a list is gathered for: a copy takes it over, and begins anew what was given up."""
    tx.wakes.add("gathering")
    values = {"draft": draft, "next_at": func.coalesce(lists.c.next_at, literal(tx.now, Instant))}
    await tx.conn.execute(update(lists).where(lists.c.id == list_, lists.c.total.is_(None)).values(**values))


async def clear(tx: Tx, list_: int) -> None:
    """Forget what an earlier gathering left."""
    await tx.conn.execute(delete(list_chunks).where(list_chunks.c["list"] == list_))


async def keep(tx: Tx, list_: int, chunks: Sequence[Sequence[str]]) -> None:
    """Store the next chunks."""
    await tx.conn.execute(insert(list_chunks), [{"list": list_, "phones": list(phones)} for phones in chunks])


async def draft_of(tx: Tx, list_: int) -> int:
    """Return the draft that a list is for."""
    return int(await tx.conn.scalar(select(lists.c.draft).where(lists.c.id == list_)) or 0)


async def filling(tx: Tx, list_: int) -> Row[Any] | None:
    """Return a batch whose messages are still made of the list, locked."""
    statement = select(batches).where(batches.c.filling == list_).order_by(batches.c.id).limit(1)
    return (await tx.conn.execute(statement.with_for_update())).one_or_none()


async def fill(tx: Tx, batch: Row[Any], chunks: int) -> int:
    """Make messages of the batch's next chunks, once; return how many."""
    where = (list_chunks.c["list"] == batch.filling, list_chunks.c.id > batch.filled)
    statement = select(list_chunks).where(*where).order_by(list_chunks.c.id).limit(chunks)
    found = (await tx.conn.execute(statement)).all()
    common = {"batch": batch.id, "parts": batch.parts, "state": MessageState.QUEUED, "next_at": batch.undo_until}
    rows = [{**common, "phone": phone} for chunk in found for phone in chunk.phones]
    if rows:
        await tx.conn.execute(insert(messages), rows)
        await tx.conn.execute(update(batches).where(batches.c.id == batch.id).values(filled=found[-1].id))
    return len(rows)


async def complete(tx: Tx, batch: int) -> None:
    """Store that no message of the batch is still to be made."""
    await tx.conn.execute(update(batches).where(batches.c.id == batch).values(filling=None))


async def same_text(
    tx: Tx, text: str, since: datetime, until: datetime, *, but_for: int | None
) -> list[tuple[datetime, list[str]]]:
    """Return when lists were written to with this text, if in a span of time, and the bases they were gathered from.

    `but_for`: a list; the batch whose failed messages it is made of does not count.
    """
    source = select(lists.c.source).where(lists.c.id == but_for).scalar_subquery()
    reached = select(messages.c.id).where(messages.c.batch == batches.c.id, messages.c.state.in_(_REACHED)).exists()
    statement = (
        select(batches.c.undo_until, drafts.c.fields)
        .join(batches, batches.c.origin == literal("draft:") + cast(drafts.c.id, String))
        .where(drafts.c.kind == "multicast", drafts.c.state == DraftState.CONSUMED)
        .where(batches.c.kind == "tracked", batches.c.text == text, batches.c.id != func.coalesce(source, 0))
        .where(batches.c.undo_until > since, batches.c.undo_until < until)
        .where(or_(batches.c.state.in_((BatchState.AWAITING_APPROVAL, BatchState.READY)), reached))
        .order_by(batches.c.undo_until)
    )
    found = (await tx.conn.execute(statement)).all()
    return [(row.undo_until, [base["name"] for base in row.fields.get("bases") or ()]) for row in found]


async def failed_after(tx: Tx, batch: int, message: int, limit: int) -> list[tuple[int, str]]:
    """Return the ids and phones of the batch's next messages, after that one, that are worth another try."""
    statement = select(messages.c.id, messages.c.phone).where(*retryable(batch), messages.c.id > message)
    return [
        (row.id, row.phone) for row in (await tx.conn.execute(statement.order_by(messages.c.id).limit(limit))).all()
    ]


async def count_retryable(tx: Tx, batch: int) -> int:
    """Return how many of the batch's messages are worth another try."""
    return await tx.conn.scalar(select(func.count()).select_from(messages).where(*retryable(batch))) or 0


def retryable(batch: int) -> tuple[Any, ...]:
    """Say which messages are worth another try: never a stop-listed phone, never one whose outcome is unknown."""
    code = func.coalesce(messages.c.reason["code"].as_string(), "")
    failed = messages.c.state.in_((MessageState.NOT_DELIVERED, MessageState.REJECTED))
    return messages.c.batch == batch, failed, code != "PHONE_BLACKLISTED"


async def unhappy(tx: Tx, batch: int) -> list[tuple[str, str, str, str]]:
    """Return phone, state, reason code and raw answer of every message that was not delivered, in order."""
    states = ("rejected", "not_delivered", "no_report", "in_doubt", "cancelled")
    where = (messages.c.batch == batch, messages.c.state.in_(states))
    statement = select(messages.c.phone, messages.c.state, messages.c.reason).where(*where).order_by(messages.c.id)
    found = (await tx.conn.execute(statement)).all()
    return [
        (row.phone, row.state, (row.reason or {}).get("code", ""), (row.reason or {}).get("raw") or "") for row in found
    ]


async def pace(tx: Tx, batch: int, last: int) -> tuple[int, datetime] | None:
    """Return how many of the batch's newest messages left since when, at most `last` of them."""
    first = await tx.conn.scalar(
        select(func.min(messages.c.id)).where(messages.c.batch == batch, messages.c.state == "queued")
    )
    if first is None:
        return None
    newest = (messages.c.batch == batch, messages.c.id < first, messages.c.id >= first - last)
    row = (await tx.conn.execute(select(func.count(), func.min(messages.c.sending_at)).where(*newest))).one()
    return (row[0], row[1]) if row[1] is not None else None
