"""Cards: which message shows which subject where, and what is still to be done about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.models import Card, Place, Subject
from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import cards, chats
from bot.storage.types import Instant

MOVES = ("edit", "silent", "loud")


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
        move=row.move,
        message_id=row.message_id,
        retire=tuple(row.retire),
        shown_version=row.shown_version,
        fresh_until=row.fresh_until,
        posted_at=row.posted_at,
        pressed=bool(row.pressed),
        attempts=row.attempts,
        claim=row.claim,
    )


async def post(
    tx: Tx, subject: Subject, place: Place, reader: int, *, version: int = 1, move: str = "loud", after: float = 0
) -> int:
    """Want a card for the subject in the place; the one that is there already is touched instead. Return its id."""
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
        retire=[],
        next_at=tx.now + timedelta(seconds=after),
    )
    found: int = await tx.conn.scalar(
        statement.on_conflict_do_update(
            index_elements=["kind", "subject", "chat", "thread"],
            set_={"wanted": cards.c.wanted + 1, "next_at": tx.now, "move": move},
        ).returning(cards.c.id)
    )
    return found


async def load(tx: Tx, card: int) -> Card | None:
    """Return one card."""
    row = (await tx.conn.execute(select(cards).where(cards.c.id == card))).one_or_none()
    return None if row is None else _card(row)


async def showing(tx: Tx, subject: Subject) -> list[Card]:
    """Return every card that shows the subject."""
    where = (cards.c.kind == subject.kind, cards.c.subject == subject.id)
    return [_card(row) for row in (await tx.conn.execute(select(cards).where(*where).order_by(cards.c.id))).all()]


async def under(tx: Tx, chat: int, message_id: int) -> Card | None:
    """Return the card that a message shows, if it shows one."""
    statement = select(cards).where(cards.c.chat == chat, cards.c.message_id == message_id)
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else _card(row)


async def touch(tx: Tx, subject: Subject, *, move: str = "edit", pressed: bool = False, bump: bool = False) -> None:
    """Say that the subject's cards no longer show it as it is; `bump` outdates the buttons on screen."""
    await _want(
        tx, and_(cards.c.kind == subject.kind, cards.c.subject == subject.id), move=move, pressed=pressed, bump=bump
    )


async def touch_one(tx: Tx, card: int, *, move: str = "edit", pressed: bool = False) -> None:
    """Say that this card must be shown afresh."""
    await _want(tx, cards.c.id == card, move=move, pressed=pressed)


async def _want(tx: Tx, where: ColumnElement[bool], *, move: str, pressed: bool, bump: bool = False) -> None:
    tx.wakes.add("cards")
    values: dict[str, Any] = {"wanted": cards.c.wanted + 1, "next_at": tx.now, "attempts": 0}
    if move != "edit":  # a raise that is still owed is not forgotten for a mere edit
        values["move"] = case((cards.c.move == "loud", "loud"), else_=move)
    if pressed:
        values["pressed"] = True
    if bump:
        values["version"] = cards.c.version + 1
    await tx.conn.execute(update(cards).where(where).values(**values))


async def repoint(tx: Tx, source: Subject, target: Subject) -> None:
    """Let the cards of one subject show another, with the count of versions going on."""
    tx.wakes.add("cards")
    await tx.conn.execute(
        update(cards)
        .where(cards.c.kind == source.kind, cards.c.subject == source.id)
        .values(
            kind=target.kind,
            subject=target.id,
            version=cards.c.version + 1,
            wanted=cards.c.wanted + 1,
            next_at=tx.now,
            pressed=True,
        )
    )


async def adopt(tx: Tx, card: int, message_id: int) -> None:
    """A press came from a message we did not know to be this card: it is retired, whatever else happens."""
    row = (await tx.conn.execute(select(cards.c.retire).where(cards.c.id == card).with_for_update())).one()
    if message_id not in row.retire:
        tx.wakes.add("cards")
        values = {"retire": [*row.retire, message_id], "next_at": tx.now}
        await tx.conn.execute(update(cards).where(cards.c.id == card).values(**values))


async def refresh(tx: Tx, card: int, until: datetime) -> None:
    """Count the card as shown again."""
    await tx.conn.execute(update(cards).where(cards.c.id == card).values(fresh_until=until))


async def claim(tx: Tx, limit: int, lease: timedelta) -> list[Card]:
    """Claim cards that owe Telegram something, one a chat, where the chat is reachable and its pace allows."""
    parked = select(chats.c.chat).where(chats.c.chat == cards.c.chat, chats.c.parked).exists()
    paced = select(chats.c.chat).where(chats.c.chat == cards.c.chat, chats.c.paced_until > tx.now).exists()
    edits = and_(cards.c.move == "edit", cards.c.message_id.is_not(None), cards.c.pressed.is_(False))
    taken = await claims.claim(tx, cards, ~parked, or_(~paced, ~edits), limit=limit, lease=lease)
    return [_card(row) for row in taken]


async def next_due(tx: Tx) -> datetime | None:
    """Return when the next card falls due."""
    parked = select(chats.c.chat).where(chats.c.chat == cards.c.chat, chats.c.parked).exists()
    return await claims.next_due(tx, cards, ~parked)


async def settle(tx: Tx, card: Card, *, again: datetime | None = None, **values: Any) -> bool:
    """Store what a claim achieved and give it back; what was wanted meanwhile stays due. False: the claim was lost."""
    held = and_(cards.c.id == card.id, cards.c.claim == card.claim)
    newer = cards.c.wanted > card.wanted
    values["next_at"] = case((newer, literal(tx.now, Instant)), else_=literal(again, Instant))
    if "move" in values:  # a raise wanted meanwhile is still owed
        values["move"] = case((newer, cards.c.move), else_=values["move"])
    if "pressed" in values:
        values["pressed"] = case((newer, cards.c.pressed), else_=values["pressed"])
    statement = update(cards).where(held).values(claim=None, lease_until=None, **values)
    return (await tx.conn.execute(statement.returning(cards.c.id))).one_or_none() is not None


async def note(tx: Tx, card: Card, *, add: Sequence[int] = (), gone: Sequence[int] = (), **values: Any) -> bool:
    """Store, in the middle of a claim, what Telegram has done; `add` and `gone` change the list of messages to retire."""
    held = and_(cards.c.id == card.id, cards.c.claim == card.claim)
    row = (await tx.conn.execute(select(cards.c.retire).where(held).with_for_update())).one_or_none()
    if row is None:
        return False
    retire = [one for one in dict.fromkeys((*row.retire, *add)) if one not in gone]
    await tx.conn.execute(update(cards).where(held).values(retire=retire, **values))
    return True


async def chat_of(tx: Tx, chat: int) -> Row[Any] | None:
    """Return what is known of a chat's pace and reach."""
    return (await tx.conn.execute(select(chats).where(chats.c.chat == chat))).one_or_none()


async def set_chat(tx: Tx, chat: int, **values: Any) -> None:
    """Store something about a chat."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(chats).values(chat=chat, **values)
    await tx.conn.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=values))


async def migrate(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: its cards live under the new id; their old messages cannot be edited any more."""
    values: dict[str, Any] = {
        "chat": new,
        "message_id": None,
        "retire": [],
        "wanted": cards.c.wanted + 1,
        "next_at": tx.now,
    }
    await tx.conn.execute(update(cards).where(cards.c.chat == old).values(**values))
    await tx.conn.execute(delete(chats).where(chats.c.chat == old))


async def posted(tx: Tx, kind: str, chat: int) -> int:
    """Return how many cards of a kind the chat has, for questions asked once."""
    return await tx.conn.scalar(select(func.count()).where(cards.c.kind == kind, cards.c.chat == chat)) or 0
