"""Cards: which message shows which subject where, and what is still to be done about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, case, delete, exists, func, literal, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.models import Card, Place, Subject
from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import batches, cards, chats, documents, drafts, imports, multicasts, requests, watchers
from bot.storage.types import Instant

MOVES: Final = ("edit", "silent", "loud")


def _card(row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        subject=Subject(row.kind, row.subject),
        place=Place(row.chat, row.thread),
        reader=row.reader,
        version=row.version,
        wanted=row.wanted,
        shown=row.shown,
        look=row.look,
        move=row.move if row.raised > row.shown else "edit",
        message_id=row.message_id,
        retire=tuple(row.retire),
        shown_version=row.shown_version,
        fresh_until=row.fresh_until,
        pressed=row.pressed > row.shown,
        attempts=row.attempts,
        claim=row.claim,
        lease_until=row.lease_until,
    )


async def post(
    tx: Tx,
    subject: Subject,
    place: Place,
    reader: int,
    *,
    version: int = 1,
    move: str = "loud",
    after: float = 0,
    fresh_until: datetime | None = None,
) -> int:
    """Want a card for the subject in the place; the one that is there already is raised instead. Return its id.

    A new card counts as shown until `fresh_until`.
    """
    tx.wakes.add("cards")
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(cards).values(
        kind=subject.kind,
        subject=subject.id,
        chat=place.chat,
        thread=place.thread,
        reader=reader,
        version=version,
        move=move,
        raised=1,
        retire=[],
        fresh_until=fresh_until,
        next_at=tx.now + timedelta(seconds=after),
    )
    found: int = await tx.conn.scalar(
        statement.on_conflict_do_update(
            index_elements=["kind", "subject", "chat", "thread"], set_=_wanting(tx, move=move, pressed=False)
        ).returning(cards.c.id)
    )
    return found


async def load(tx: Tx, card: int) -> Card | None:
    """Return one card."""
    row = (await tx.conn.execute(select(cards).where(cards.c.id == card))).one_or_none()
    return None if row is None else _card(row)


async def showing(tx: Tx, subject: Subject) -> list[Card]:
    """Return every card that shows the subject."""
    return [_card(row) for row in (await tx.conn.execute(select(cards).where(_of(subject)).order_by(cards.c.id))).all()]


async def read_by(tx: Tx, kind: str, place: Place, reader: int) -> list[Card]:
    """Return the cards of a kind that are written for this person in a place."""
    where = (cards.c.kind == kind, cards.c.chat == place.chat, cards.c.thread == place.thread, cards.c.reader == reader)
    return [_card(row) for row in (await tx.conn.execute(select(cards).where(*where).order_by(cards.c.id))).all()]


async def under(tx: Tx, chat: int, message_id: int) -> Card | None:
    """Return the card that a message shows, if it shows one."""
    statement = select(cards).where(cards.c.chat == chat, cards.c.message_id == message_id)
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else _card(row)


async def touch(tx: Tx, subject: Subject, *, move: str = "edit", pressed: bool = False, bump: bool = False) -> None:
    """Say that the subject's cards no longer show it as it is; `bump` outdates the buttons on screen."""
    await _want(tx, _of(subject), move=move, pressed=pressed, version=cards.c.version + int(bump))


async def touch_all(tx: Tx, kind: str, subjects: Sequence[int]) -> None:
    """Say that the cards of several subjects of one kind no longer show them as they are."""
    await _want(tx, and_(cards.c.kind == kind, cards.c.subject.in_(subjects)), move="edit", pressed=False)


async def touch_one(tx: Tx, card: int, *, move: str = "edit", pressed: bool = False) -> None:
    """Say that this card must be shown afresh."""
    await _want(tx, cards.c.id == card, move=move, pressed=pressed)


async def touch_chat(tx: Tx, chat: int) -> None:
    """Say that nothing in a chat is as it should be any more; its pauses do not count."""
    await _want(tx, cards.c.chat == chat, move="edit", pressed=True)


async def touch_reader(tx: Tx, kind: str, reader: int) -> None:
    """Say that the cards of a kind no longer show this person what they should."""
    await _want(tx, and_(cards.c.kind == kind, cards.c.reader == reader), move="edit", pressed=True)


async def repoint(tx: Tx, source: Subject, target: Subject) -> None:
    """Let the cards of one subject show another, with the count of versions going on."""
    values = {"kind": target.kind, "subject": target.id, "version": cards.c.version + 1}
    await _want(tx, _of(source), move="edit", pressed=True, **values)


async def adopt(tx: Tx, card: int, message_id: int) -> bool:
    """Retire a message that turned out to show this card as well; False where the card is gone.

    A card that has none, for the answer to its one post was lost, has found its message: what it shows nobody knows.
    """
    row = (await tx.conn.execute(select(cards).where(cards.c.id == card).with_for_update())).one_or_none()
    if row is not None and message_id not in (row.message_id, *row.retire):
        tx.wakes.add("cards")
        values: dict[str, Any] = {"retire": [*row.retire, message_id]}
        if row.message_id is None and row.raised <= 1:
            values = {"message_id": message_id, "look": None, "move": "edit", "raised": row.shown}
        await tx.conn.execute(update(cards).where(cards.c.id == card).values(**values, next_at=tx.now))
    return row is not None


async def blur(tx: Tx, card: int) -> bool:
    """Say that nobody knows what the card's message shows, so that it is written once more; False: the card is gone."""
    return await _want(tx, cards.c.id == card, move="edit", pressed=False, look=None)


async def refresh(tx: Tx, card: int, until: datetime) -> None:
    """Count the card as shown again."""
    await tx.conn.execute(update(cards).where(cards.c.id == card).values(fresh_until=until))


async def claim(tx: Tx, limit: int, lease: timedelta) -> list[Card]:
    """Claim cards that owe Telegram something, one a chat, where the chat is reachable and its pace allows.

    Of what is wanted at once, a card that was never shown goes first: the one that is raised shall stand below it. What asks for
    a reply goes last, below what it is about.
    A card taken over from a worker that never finished may show anything: its look is forgotten.
    """
    order = (cards.c.kind == "ask", cards.c.next_at, cards.c.message_id.is_not(None), cards.c.id)
    row = func.row_number().over(partition_by=cards.c.chat, order_by=order)
    may = (cards.c.next_at <= tx.now, ~_busy(tx), ~_waits(tx), ~_rests(tx))
    first = select(cards.c.id, row.label("turn")).where(*may).subquery()
    turn = cards.c.id.in_(select(first.c.id).where(first.c.turn == 1))
    values = {"look": case((cards.c.claim.is_not(None), null()), else_=cards.c.look)}
    return [_card(row) for row in await claims.claim(tx, cards, turn, limit=limit, lease=lease, values=values)]


async def next_due(tx: Tx) -> datetime | None:
    """Return when the next card may be claimed, as far as is known."""
    held = cards.alias("held")
    lease = select(func.max(held.c.lease_until)).where(held.c.chat == cards.c.chat, held.c.claim.is_not(None))
    until = lease.where(held.c.lease_until >= tx.now).scalar_subquery()
    moment = case(
        (until.is_not(None), until),
        (chats.c.barred_until > tx.now, chats.c.barred_until),
        (_rests(tx), cards.c.rests_until),
        (and_(_paced(), chats.c.paced_until > tx.now), chats.c.paced_until),
        else_=cards.c.next_at,
    )
    known = cards.outerjoin(chats, chats.c.chat == cards.c.chat)
    where = (cards.c.next_at.is_not(None), or_(chats.c.parked.is_(None), ~chats.c.parked))
    earliest: datetime | None = await tx.conn.scalar(select(func.min(moment)).select_from(known).where(*where))
    return earliest


async def note(tx: Tx, card: Card, *, gone: Sequence[int] = (), **values: Any) -> Card | None:
    """Store, in the middle of a claim, what Telegram has done; return the card as it is now, None where the claim was lost.

    A message that is the card's no more is to retire; `gone` are off the screen.
    """
    row = await _held(tx, card)
    if row is None:
        return None
    kept = (None, *gone, values.get("message_id", row.message_id))
    retire = [one for one in dict.fromkeys((*row.retire, row.message_id)) if one not in kept]
    statement = update(cards).where(cards.c.id == card.id).values(retire=retire, **values).returning(*cards.c)
    return _card((await tx.conn.execute(statement)).one())


async def settle(
    tx: Tx, card: Card, *, again: datetime | None = None, failed: bool = False, given_up: bool = False, **values: Any
) -> bool:
    """Give a claim back, to be taken `again` then, or now if anything is owed still. False: the claim was lost.

    `failed` counts one attempt more; `given_up` counts what was claimed as shown.
    """
    row = await _held(tx, card)
    if row is None:
        return False
    shown = max(row.shown, card.wanted) if given_up else row.shown
    owes = row.wanted > shown or bool(row.retire)
    freed = {"claim": None, "lease_until": None, "next_at": (again or tx.now) if owes else None}
    counts = {"shown": shown, "attempts": row.attempts + 1 if failed else 0 if given_up else row.attempts}
    await tx.conn.execute(update(cards).where(cards.c.id == card.id).values(**freed, **counts, **values))
    return True


async def remove(tx: Tx, card: Card) -> bool:
    """Forget a card whose subject is gone; False where somebody wanted it meanwhile or the claim was lost."""
    row = await _held(tx, card)
    if row is None or row.wanted != card.wanted or row.retire:
        return False
    await tx.conn.execute(update(documents).where(documents.c.card == card.id).values(card=None))
    await tx.conn.execute(delete(cards).where(cards.c.id == card.id))
    return True


async def chat_of(tx: Tx, chat: int) -> Row[Any] | None:
    """Return what is known of a chat's pace and reach."""
    return (await tx.conn.execute(select(chats).where(chats.c.chat == chat))).one_or_none()


async def set_chat(tx: Tx, chat: int, **values: Any) -> None:
    """Store something about a chat."""
    await _put_chat(tx, chat, None, values)


async def pace(tx: Tx, chat: int, wait: timedelta) -> bool:
    """Take the chat's turn for an edit; False where the pause after the last one is not over."""
    over = or_(chats.c.paced_until.is_(None), chats.c.paced_until <= tx.now)
    return await _put_chat(tx, chat, over, {"paced_until": tx.now + wait})


async def park(tx: Tx, chat: int, since: datetime) -> bool:
    """Leave a chat alone, unless its people have been heard of since then."""
    unheard = or_(chats.c.acted_at.is_(None), chats.c.acted_at <= since)
    return await _put_chat(tx, chat, unheard, {"parked": True})


async def owed(tx: Tx, chat: int, limit: int) -> list[Card]:
    """Return the cards that a chat should see and does not, the newest first; questions that are asked for a reply left out."""
    where = (cards.c.chat == chat, cards.c.wanted > cards.c.shown, cards.c.kind != "ask")
    rows = await tx.conn.execute(select(cards).where(*where).order_by(cards.c.id.desc()).limit(limit))
    return [_card(row) for row in rows.all()]


async def to_general(tx: Tx, card: Card) -> None:
    """Move a card out of its topic; where its subject stands in the general one already, that card is raised instead."""
    tx.wakes.add("cards")
    place = Place(card.place.chat)
    twin = [one for one in await showing(tx, card.subject) if one.place == place]
    if twin:
        await tx.conn.execute(delete(cards).where(cards.c.id == card.id))
        await touch_one(tx, twin[0].id, move="silent")
    else:
        values: dict[str, Any] = {"thread": 0, "message_id": None, "retire": [], "look": None, "claim": None}
        await _want(tx, cards.c.id == card.id, move="silent", pressed=True, lease_until=None, **values)
    await _take_draft(tx, card, place)


async def leave(tx: Tx, card: Card, place: Place) -> bool:
    """Forget a card where it stands; a draft that it shows listens in another place from now on. False: the claim was lost."""
    if await _held(tx, card) is None:
        return False
    await tx.conn.execute(update(documents).where(documents.c.card == card.id).values(card=None))
    await tx.conn.execute(delete(cards).where(cards.c.id == card.id))
    await _take_draft(tx, card, place)
    return True


async def migrate(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: its rows live under the new id; its old messages cannot be edited any more."""
    tx.wakes.add("cards")
    await tx.conn.execute(select(chats.c.chat).where(chats.c.chat == old).with_for_update())
    twin, heir = cards.alias("twin"), drafts.alias("heir")
    same = and_(*(twin.c[name] == cards.c[name] for name in ("kind", "subject", "thread")))
    await tx.conn.execute(delete(cards).where(cards.c.chat == old, exists().where(twin.c.chat == new, same)))
    values: dict[str, Any] = {"message_id": None, "retire": [], "look": None, "claim": None, "lease_until": None}
    moved = update(cards).where(cards.c.chat == old)
    await tx.conn.execute(moved.values(chat=new, wanted=cards.c.wanted + 1, next_at=tx.now, **values))
    ear = and_(*(heir.c[name] == drafts.c[name] for name in ("thread", "author", "listens")))
    deaf = update(drafts).where(drafts.c.chat == old, drafts.c.listens, exists().where(heir.c.chat == new, ear))
    await tx.conn.execute(deaf.values(listens=False))
    for table in (drafts, batches, requests, multicasts, imports, documents, watchers):
        await tx.conn.execute(update(table).where(table.c.chat == old).values(chat=new))
    before = await chat_of(tx, old)
    if before is not None:
        after = await chat_of(tx, new)
        own = {
            name: getattr(before, name) for name in ("language", "zone", "asked_at") if not getattr(after, name, None)
        }
        await set_chat(tx, new, **own) if own else None
    await tx.conn.execute(delete(chats).where(chats.c.chat == old))


async def _take_draft(tx: Tx, card: Card, place: Place) -> None:
    """Let a draft follow its card, and listen there unless another of its author does."""
    if card.subject.kind not in ("draft", "ask"):
        return
    ears = drafts.alias("ears")
    there = and_(ears.c.chat == place.chat, ears.c.thread == place.thread, ears.c.author == drafts.c.author)
    free = and_(drafts.c.listens, ~exists().where(there, ears.c.listens))
    here = (drafts.c.chat == card.place.chat, drafts.c.thread == card.place.thread)
    moved = update(drafts).where(drafts.c.id == card.subject.id, *here)
    await tx.conn.execute(moved.values(chat=place.chat, thread=place.thread, listens=free))


def _of(subject: Subject) -> ColumnElement[bool]:
    return and_(cards.c.kind == subject.kind, cards.c.subject == subject.id)


async def _want(tx: Tx, where: ColumnElement[bool], *, move: str, pressed: bool, **values: Any) -> bool:
    tx.wakes.add("cards")
    statement = update(cards).where(where).values(**_wanting(tx, move=move, pressed=pressed), **values)
    return bool((await tx.conn.execute(statement)).rowcount)


def _wanting(tx: Tx, *, move: str, pressed: bool) -> dict[str, Any]:
    wanted = cards.c.wanted + 1
    # Who backs off is not hurried by mere news: each try of a post whose answer is lost may be one more message.
    patient = and_(cards.c.attempts > 0, cards.c.next_at.is_not(None))
    due = case((patient, cards.c.next_at), else_=literal(tx.now, Instant))
    values: dict[str, Any] = {"wanted": wanted, "next_at": due}
    if move != "edit":
        owed = and_(cards.c.raised > cards.c.shown, cards.c.move == "loud")
        values |= {"raised": wanted, "move": case((owed, "loud"), else_=move)}
    if pressed:
        values |= {"pressed": wanted, "next_at": tx.now}
    return values


async def _held(tx: Tx, card: Card) -> Row[Any] | None:
    held = and_(cards.c.id == card.id, cards.c.claim == card.claim)
    return (await tx.conn.execute(select(cards).where(held).with_for_update())).one_or_none()


async def _put_chat(tx: Tx, chat: int, where: ColumnElement[bool] | None, values: dict[str, Any]) -> bool:
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(chats).values(chat=chat, **values)
    statement = statement.on_conflict_do_update(index_elements=["chat"], set_=values, where=where)
    return (await tx.conn.execute(statement.returning(chats.c.chat))).one_or_none() is not None


def _paced() -> ColumnElement[bool]:
    """Only what edits a message, unasked, keeps the chat's pace."""
    edits = and_(cards.c.wanted > cards.c.shown, cards.c.raised <= cards.c.shown, cards.c.message_id.is_not(None))
    return and_(edits, cards.c.pressed <= cards.c.shown)


def _rests(tx: Tx) -> ColumnElement[bool]:
    """Progress keeps a pace of its own in a group; what outdates the buttons is more than progress."""
    several = exists().where(batches.c.id == cards.c.subject, batches.c.total > 1)
    moves = or_(cards.c.kind == "import", and_(cards.c.kind == "batch", several))
    early = and_(cards.c.rests_until.is_not(None), cards.c.rests_until > tx.now)
    return and_(early, moves, _paced(), cards.c.version == cards.c.shown_version)


def _busy(tx: Tx) -> ColumnElement[bool]:
    held = cards.alias("held")
    mine = (held.c.chat == cards.c.chat, held.c.claim.is_not(None), held.c.lease_until >= tx.now)
    return exists().where(*mine)


def _waits(tx: Tx) -> ColumnElement[bool]:
    why = or_(chats.c.parked, chats.c.barred_until > tx.now, and_(_paced(), chats.c.paced_until > tx.now))
    return exists().where(chats.c.chat == cards.c.chat, why)
