"""What nobody needs any more: deleted a bounded piece at a time, and never while anything points to it.

What is found is locked and looked at once more before it goes: whoever took it up again in between keeps it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from bot.domain.states import BatchState, DraftState, RequestState
from bot.storage.engine import Tx
from bot.storage.tables import (
    batches,
    blobs,
    cards,
    documents,
    drafts,
    episodes,
    imports,
    list_chunks,
    lists,
    notices,
    requests,
    thresholds,
)

_TAKEN_BACK_WHOLE = (BatchState.AWAITING_APPROVAL, BatchState.READY)
"""Where a batch may stand that becomes a draft again, with the same list."""


async def files(tx: Tx, before: datetime, limit: int) -> int:
    """Delete files from before then, and what tells of their having been sent; return how many, at most `limit`.

    A draft that is over counts as pointing to its picture until then, too.
    """
    free = [blobs.c.id.not_in(held) for held in _held_files(before)]
    found = (await tx.conn.scalars(select(blobs.c.id).where(*free).order_by(blobs.c.id).limit(limit))).all()
    old = select(blobs.c.id).where(blobs.c.id.in_(found), blobs.c.created_at < before)
    locked = (await tx.conn.scalars(old.with_for_update(skip_locked=True))).all()
    gone = (await tx.conn.scalars(select(blobs.c.id).where(blobs.c.id.in_(locked), *free))).all()
    await tx.conn.execute(delete(documents).where(documents.c.blob.in_(gone)))
    await tx.conn.execute(delete(blobs).where(blobs.c.id.in_(gone)))
    return len(gone)


async def phone_list(tx: Tx, before: datetime) -> int:
    """Delete one list of phones from before then, whole; return 0 where there is none."""
    where = (lists.c.created_at < before, lists.c.claim.is_(None), *_free_lists(before))
    one = select(lists.c.id).where(*where).order_by(lists.c.id).limit(1)
    locked = (await tx.conn.scalars(one.with_for_update(skip_locked=True))).all()
    gone = (await tx.conn.scalars(select(lists.c.id).where(lists.c.id.in_(locked), *where))).all()
    await tx.conn.execute(delete(list_chunks).where(list_chunks.c["list"].in_(gone)))
    await tx.conn.execute(delete(lists).where(lists.c.id.in_(gone)))
    return len(gone)


async def told(tx: Tx, before: datetime, limit: int) -> int:
    """Delete notices, with their cards, that were last shown before then and owe Telegram nothing; return how many."""
    shows = and_(cards.c.subject == notices.c.id, cards.c.kind.in_(("notice", notices.c.kind)))
    lately = and_(cards.c.fresh_until.is_not(None), cards.c.fresh_until >= before)
    waits = or_(cards.c.next_at.is_not(None), cards.c.claim.is_not(None), lately)
    replied = select(documents.c.id).join(cards, cards.c.id == documents.c.card)
    statement = (
        select(notices.c.id)
        .where(notices.c.created_at < before, *(notices.c.id.not_in(held) for held in _held_notices()))
        .where(select(cards.c.id).where(shows).exists(), ~select(cards.c.id).where(shows, waits).exists())
        .where(~replied.where(shows).exists())
        .order_by(notices.c.id)
        .limit(limit)
    )
    found = (await tx.conn.scalars(statement)).all()
    theirs = select(cards.c.id).join(notices, shows).where(notices.c.id.in_(found))
    locked = (await tx.conn.scalars(theirs.with_for_update(skip_locked=True, of=cards))).all()
    await tx.conn.execute(delete(cards).where(cards.c.id.in_(locked), ~waits))
    bare = (notices.c.id.in_(found), ~select(cards.c.id).where(shows).exists())
    return int((await tx.conn.execute(delete(notices).where(*bare))).rowcount)


def _held_files(before: datetime) -> list[Select[Any]]:
    """Name the files that something points to."""
    alive = (drafts.c.kind == "mms", or_(drafts.c.state == DraftState.OPEN, drafts.c.updated_at >= before))
    of_drafts = [drafts.c.fields[name]["blob"].as_integer() for name in ("picture", "coming")]
    of_request = requests.c.args["blob"].as_integer()
    return [
        *(_named(column) for column in (batches.c.picture, imports.c.blob, imports.c.bad_rows)),
        _named(documents.c.blob, documents.c.next_at.is_not(None)),
        _named(of_request, requests.c.state == RequestState.ASKED),
        *(_named(column, *alive) for column in of_drafts),
    ]


def _free_lists(before: datetime) -> list[ColumnElement[bool]]:
    """Say which lists nothing points to: no draft that is open or was until then, no batch that is filled from it."""
    whole = _named(batches.c.draft, batches.c.state.in_(_TAKEN_BACK_WHOLE))
    alive = or_(drafts.c.state == DraftState.OPEN, drafts.c.updated_at >= before, drafts.c.id.in_(whole))
    wanted = _named(drafts.c.fields["tracked"]["list"].as_integer(), drafts.c.kind == "multicast", alive)
    return [lists.c.id.not_in(wanted), lists.c.id.not_in(_named(batches.c.filling))]


def _held_notices() -> list[Select[Any]]:
    """Name the notices that somebody will come back to: a recovery, an answer, the end of what the newest of a kind began."""
    about = drafts.c.fields["about"].as_integer()
    return [
        *(_named(column) for column in (thresholds.c.notice, episodes.c.notice)),
        select(func.max(notices.c.id)).group_by(notices.c.kind),
        _named(about, drafts.c.listens),
    ]


def _named(column: ColumnElement[Any], *where: ColumnElement[bool]) -> Select[Any]:
    return select(column).where(column.is_not(None), *where)
