"""What somebody has begun that is not over: it goes on when he goes, and somebody else must see it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, case, exists, func, or_, select

from bot.domain.models import Subject
from bot.domain.states import BatchState, DraftState, ImportState, MessageState, MulticastState
from bot.storage.engine import Tx
from bot.storage.tables import batches, drafts, imports, messages, multicasts

_SENDS = (BatchState.AWAITING_APPROVAL, BatchState.READY, BatchState.RUNNING, BatchState.PAUSED)
_MULTICASTS = (
    MulticastState.AWAITING_APPROVAL,
    MulticastState.HELD,
    MulticastState.HANDING_OVER,
    MulticastState.MISSED,
    MulticastState.IN_DOUBT,
)
_IMPORTS = (ImportState.RUNNING, ImportState.PAUSED)
_NOTHING_LEFT = (MulticastState.CANCELLED, MulticastState.MISSED, MulticastState.REJECTED)


async def unfinished(tx: Tx, user_id: int) -> list[Subject]:
    """Return the sends, multicasts and imports that somebody wrote or confirmed and that are not over, the oldest first."""
    doubt = exists().where(messages.c.batch == batches.c.id, messages.c.state == MessageState.IN_DOUBT)
    sends = select(batches.c.id).where(_of(batches, user_id), or_(batches.c.state.in_(_SENDS), doubt))
    held = select(multicasts.c.id).where(_of(multicasts, user_id), multicasts.c.state.in_(_MULTICASTS))
    added = select(imports.c.id).where(imports.c.author == user_id, imports.c.state.in_(_IMPORTS))
    found = []
    for kind, statement in (("batch", sends), ("multicast", held), ("import", added)):
        found += [Subject(kind, id_) for id_ in sorted((await tx.conn.scalars(statement)).all())]
    return found


async def edits(tx: Tx, author: int) -> list[int]:
    """Return the open drafts by which somebody has multicasts out of hold: closed, they take those with them."""
    source = drafts.c.fields["source"]["id"].as_integer()
    where = (drafts.c.author == author, drafts.c.state == DraftState.OPEN, drafts.c.kind == "multicast")
    return list((await tx.conn.scalars(select(drafts.c.id).where(*where, source.is_not(None)))).all())


async def spent(tx: Tx, user_id: int, since: datetime) -> int:
    """Return how many parts somebody has confirmed since then; what was taken back, stopped or never left counts for nothing.

    What waits for approval counts whenever it was confirmed: once approved, it leaves now.
    """
    confirmed = (batches.c.confirmed_by == user_id, _counts(batches, since))
    left = select(func.count()).where(messages.c.batch == batches.c.id, messages.c.state != MessageState.CANCELLED)
    went = case((batches.c.state == BatchState.STOPPED, left.scalar_subquery()), else_=batches.c.total)
    sent = select(func.sum(batches.c.parts * went)).where(*confirmed, batches.c.state != BatchState.CANCELLED)
    told = (multicasts.c.confirmed_by == user_id, _counts(multicasts, since))
    to_bases = select(func.sum(multicasts.c.parts * multicasts.c.recipients))
    to_bases = to_bases.where(*told, multicasts.c.state.not_in(_NOTHING_LEFT))
    return int(await tx.conn.scalar(sent) or 0) + int(await tx.conn.scalar(to_bases) or 0)


def _counts(table: Table, since: datetime) -> ColumnElement[bool]:
    # A batch and a multicast name this state the same.
    return or_(table.c.confirmed_at >= since, table.c.state == BatchState.AWAITING_APPROVAL)


def _of(table: Table, user_id: int) -> ColumnElement[bool]:
    return or_(table.c.author == user_id, table.c.confirmed_by == user_id)
