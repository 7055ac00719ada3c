"""Messages of batches: named queries, each one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select, update

from bot.domain.models import Message
from bot.domain.states import MessageState
from bot.storage import claims, rows
from bot.storage.engine import Tx
from bot.storage.tables import batches, blobs, messages

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Send:
    """One claimed message: all that a paid call needs, and the claim that its finish must still hold."""

    message: int
    batch: int
    kind: str
    phone: str
    text: str
    sender: str
    flash: bool
    parts: int
    claim: str
    lease_until: datetime
    subject: str = ""
    picture: bytes | None = field(default=None, repr=False)


async def queued(tx: Tx, batch: int, limit: int) -> list[tuple[int, int]]:
    """Return the ids and parts of the batch's next queued messages, locked."""
    statement = (
        select(messages.c.id, messages.c.parts)
        .where(messages.c.batch == batch, messages.c.state == "queued")
        .order_by(messages.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [(row.id, row.parts) for row in (await tx.conn.execute(statement)).all()]


async def sends(tx: Tx, claimed: Sequence[int]) -> list[Send]:
    """Return claimed messages with all that their calls need, oldest first."""
    statement = (
        select(
            messages,
            *(batches.c.kind, batches.c.sender, batches.c.flash, batches.c.subject, batches.c.picture),
            batches.c.text.label("common"),
        )
        .join(batches, batches.c.id == messages.c.batch)
        .where(messages.c.id.in_(claimed))
        .order_by(messages.c.id)
    )
    found = (await tx.conn.execute(statement)).all()
    pictures = {picture: await _picture(tx, picture) for picture in {row.picture for row in found}}
    return [
        Send(
            message=row.id,
            batch=row.batch,
            kind=row.kind,
            phone=row.phone,
            text=row.text if row.text is not None else row.common,
            sender=row.sender,
            flash=bool(row.flash),
            parts=row.parts,
            claim=row.claim,
            lease_until=row.lease_until,
            subject=row.subject or "",
            picture=pictures[row.picture],
        )
        for row in found
    ]


async def _picture(tx: Tx, blob: int | None) -> bytes | None:
    """Return the bytes of a picture, once for all the messages that carry it."""
    if blob is None:
        return None
    return bytes((await tx.conn.execute(select(blobs.c.data).where(blobs.c.id == blob))).scalar_one())


async def next_expiry(tx: Tx) -> datetime | None:
    """Return when the oldest lease of a paid call runs out."""
    statement = select(func.min(messages.c.lease_until)).where(messages.c.state == "sending")
    moment: datetime | None = await tx.conn.scalar(statement)
    return moment


async def load(tx: Tx, message: int) -> Message | None:
    """Return one message."""
    row = (await tx.conn.execute(select(messages).where(messages.c.id == message))).one_or_none()
    return None if row is None else rows.message(row)


async def some(tx: Tx, batch: int, limit: int, states: Sequence[MessageState] = ()) -> list[Message]:
    """Return the batch's first messages, of those states or of any."""
    statement = select(messages).where(messages.c.batch == batch).order_by(messages.c.id).limit(limit)
    if states:
        statement = statement.where(messages.c.state.in_(states))
    return [rows.message(row) for row in (await tx.conn.execute(statement)).all()]


_WORST_FIRST = (
    "in_doubt",
    "rejected",
    "not_delivered",
    "no_report",
    "cancelled",
    "queued",
    "sending",
    "sent",
    "delivered",
)


async def worst_first(tx: Tx, batch: int, limit: int) -> list[Message]:
    """Return some of the batch's messages, those first that a person should look at."""
    found: list[Message] = []
    for state in _WORST_FIRST:
        if len(found) < limit:
            found += await some(tx, batch, limit - len(found), (MessageState(state),))
    return found


async def asking(tx: Tx, message: int) -> str | None:
    """Return the open question of the message's own card."""
    found: str | None = await tx.conn.scalar(select(messages.c.asking).where(messages.c.id == message))
    return found


async def phones(tx: Tx, batch: int) -> list[str]:
    """Return the phones of the batch's messages, in order."""
    statement = select(messages.c.phone).where(messages.c.batch == batch).order_by(messages.c.id)
    return list((await tx.conn.scalars(statement)).all())


async def batch_of(tx: Tx, message: int) -> int | None:
    """Return the batch that a message belongs to."""
    found: int | None = await tx.conn.scalar(select(messages.c.batch).where(messages.c.id == message))
    return found


async def latest(tx: Tx, limit: int, offset: int = 0) -> list[Message]:
    """Return the newest messages."""
    statement = select(messages).order_by(messages.c.id.desc()).limit(limit).offset(offset)
    return [rows.message(row) for row in (await tx.conn.execute(statement)).all()]


async def find(tx: Tx, *, phone: str | None = None, gateway_id: str | None = None, limit: int = 5) -> list[Message]:
    """Return the newest messages to a phone, or with the provider's id."""
    where = messages.c.phone == phone if phone else messages.c.gateway_id == gateway_id
    statement = select(messages).where(where).order_by(messages.c.id.desc()).limit(limit)
    return [rows.message(row) for row in (await tx.conn.execute(statement)).all()]


async def is_of_sms(tx: Tx, gateway_id: str) -> bool:
    """Return whether the provider gave this id to an SMS of ours."""
    batch = batches.c.id == messages.c.batch
    where = (messages.c.gateway_id == gateway_id, batches.c.kind != "mms")
    return await tx.conn.scalar(select(messages.c.id).join(batches, batch).where(*where).limit(1)) is not None


async def same_text(tx: Tx, phones: Sequence[str], text: str, since: datetime) -> tuple[datetime, int] | None:
    """Return when this text last went (or was queued) to some of the phones, if not before `since`, and to how many."""
    return await _same(tx, phones, text, since, batches.c.kind != "mms")


async def same_mms(
    tx: Tx, phones: Sequence[str], text: str, since: datetime, *, subject: str, picture: str | None
) -> tuple[datetime, int] | None:
    """Return the same of an MMS; `picture` is the name of its blob, which tells pictures apart."""
    drawn = select(blobs.c.id).where(blobs.c.id == batches.c.picture, blobs.c.name == picture).exists()
    alike = batches.c.picture.is_(None) if picture is None else drawn
    subjects = func.coalesce(batches.c.subject, "") == subject
    return await _same(tx, phones, text, since, and_(batches.c.kind == "mms", subjects, alike))


async def _same(
    tx: Tx, phones: Sequence[str], text: str, since: datetime, alike: ColumnElement[bool]
) -> tuple[datetime, int] | None:
    rest = messages.c.state.not_in(("cancelled", "rejected"))
    statement = (
        select(func.max(batches.c.confirmed_at), func.count(messages.c.phone.distinct()))
        .join(messages, messages.c.batch == batches.c.id)
        .where(func.coalesce(messages.c.text, batches.c.text) == text, batches.c.confirmed_at > since, rest, alike)
    )
    last, repeats = None, 0
    for start in range(0, len(phones), _CHUNK):
        some_ = messages.c.phone.in_(phones[start : start + _CHUNK])
        moment, number = (await tx.conn.execute(statement.where(some_))).one()
        last, repeats = max(filter(None, (last, moment)), default=None), repeats + number
    return (last, repeats) if last is not None else None


async def sent_since(tx: Tx, moment: datetime) -> bool:
    """Return whether the provider has taken a message since."""
    statement = select(messages.c.id).where(messages.c.id > await _recent(tx), messages.c.sent_at > moment).limit(1)
    return await tx.conn.scalar(statement) is not None


async def _recent(tx: Tx) -> int:
    """Return an id below which no message is young; a scan of all of them would be slow."""
    newest = await tx.conn.scalar(select(func.max(messages.c.id)))
    return (newest or 0) - _CHUNK


async def reasons(tx: Tx, batch: int) -> dict[str, int]:
    """Return how often each code stands as a reason of the batch's messages."""
    code = messages.c.reason["code"].as_string()
    rejected = and_(messages.c.batch == batch, messages.c.state == "rejected")
    statement = select(code, func.count()).where(rejected).group_by(code)
    return {row[0]: row[1] for row in (await tx.conn.execute(statement)).all()}


def given(ids: Mapping[int, str]) -> ColumnElement[str]:
    """Say which of the provider's ids each of these messages was given."""
    return case(ids, value=messages.c.id)


def tracked() -> ColumnElement[bool]:
    """Say which messages wait for news of their delivery."""
    return messages.c.state == MessageState.SENT


async def claim_tracked(tx: Tx, limit: int, lease: timedelta) -> list[Row[Any]]:
    """Claim messages whose next status check is due."""
    return await claims.claim(tx, messages, tracked(), limit=limit, lease=lease)


async def next_check(tx: Tx) -> datetime | None:
    """Return when the next status check falls due."""
    return await claims.next_due(tx, messages, tracked())


async def mark(tx: Tx, message: int, **values: Any) -> None:
    """Set columns of a message that are no state."""
    await tx.conn.execute(update(messages).where(messages.c.id == message).values(**values))


async def release(tx: Tx, message: int, claim: str, **values: Any) -> None:
    """Give a tracking claim back, if it is still held."""
    held = and_(messages.c.id == message, messages.c.claim == claim)
    await tx.conn.execute(update(messages).where(held).values(claim=None, lease_until=None, **values))


async def untrack(tx: Tx, message: int, **values: Any) -> None:
    """Ask for a message's status no more, whoever may be asking; a final state stays as it is."""
    sent = and_(messages.c.id == message, messages.c.state == MessageState.SENT)
    values |= {"next_at": None, "claim": None, "lease_until": None}
    await tx.conn.execute(update(messages).where(sent).values(**values))
