"""Admins and strangers."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.access import Role
from bot.domain.models import Admin
from bot.storage import rows
from bot.storage.engine import Tx
from bot.storage.tables import admins, strangers

_SEEN: Final = timedelta(minutes=1)
_LOCK: Final = 0x736D73
"""Any number that nobody else locks."""


async def load(tx: Tx, user_id: int) -> Admin | None:
    """Return the admin, enabled or not."""
    row = (await tx.conn.execute(select(admins).where(admins.c.user_id == user_id))).one_or_none()
    return None if row is None else rows.admin(row)


async def name(tx: Tx, user_id: int) -> str:
    """Return what a person is called; whoever was never let in is a number."""
    found: str | None = await tx.conn.scalar(select(admins.c.name).where(admins.c.user_id == user_id))
    return str(user_id) if found is None else found


async def see(tx: Tx, user_id: int, name: str, language: str | None) -> tuple[Admin, bool] | None:
    """Return an enabled admin under his name of today, and whether it is the first time; then the language counts, too."""
    enabled = and_(admins.c.user_id == user_id, admins.c.enabled)
    known = (await tx.conn.execute(select(admins).where(enabled))).one_or_none()
    if known is None:
        return None
    # A row written at every step would be locked at every step: two owners who decide on each other would deadlock.
    if known.seen_at is not None and known.name == name and tx.now - known.seen_at < _SEEN:
        return rows.admin(known), False
    values: dict[str, Any] = {"name": name, "seen_at": tx.now}
    if known.seen_at is None and language is not None:
        values["language"] = language
    row = (await tx.conn.execute(update(admins).where(enabled).values(**values).returning(*admins.c))).one_or_none()
    return None if row is None else (rows.admin(row), known.seen_at is None)


async def lock(tx: Tx) -> None:
    """Let nobody else decide on people until the transaction ends."""
    if tx.postgres:  # elsewhere a transaction that writes is alone
        await tx.conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


async def hold(tx: Tx, user_id: int) -> Admin | None:
    """Return the admin, locked until the transaction ends."""
    row = (await tx.conn.execute(select(admins).where(admins.c.user_id == user_id).with_for_update())).one_or_none()
    return None if row is None else rows.admin(row)


async def page(tx: Tx, limit: int, offset: int) -> list[Admin]:
    """Return admins for a list, the enabled ones first, then by when they were let in; those removed are not among them."""
    order = (admins.c.enabled.desc(), admins.c.created_at, admins.c.user_id)
    statement = select(admins).where(admins.c.removed_at.is_(None)).order_by(*order).limit(limit).offset(offset)
    return [rows.admin(row) for row in (await tx.conn.execute(statement)).all()]


async def count(tx: Tx) -> int:
    """Return how many people a list of them holds."""
    statement = select(func.count()).select_from(admins).where(admins.c.removed_at.is_(None))
    return await tx.conn.scalar(statement) or 0


async def shut_out(tx: Tx, user_id: int) -> bool:
    """Return whether this is somebody who was an admin and may not come in now."""
    where = (admins.c.user_id == user_id, ~admins.c.enabled)
    return await tx.conn.scalar(select(admins.c.user_id).where(*where)) is not None


async def with_role(tx: Tx, role: Role) -> list[Admin]:
    """Return the enabled admins of exactly this role."""
    statement = select(admins).where(admins.c.role == role, admins.c.enabled).order_by(admins.c.user_id)
    return [rows.admin(row) for row in (await tx.conn.execute(statement)).all()]


async def everyone(tx: Tx) -> list[Admin]:
    """Return all enabled admins."""
    statement = select(admins).where(admins.c.enabled).order_by(admins.c.user_id)
    return [rows.admin(row) for row in (await tx.conn.execute(statement)).all()]


async def owners(tx: Tx) -> int:
    """Return how many enabled owners there are."""
    statement = select(func.count()).select_from(admins).where(admins.c.role == Role.OWNER, admins.c.enabled)
    return await tx.conn.scalar(statement) or 0


async def admit(tx: Tx, user_id: int, role: Role, *, name: str, language: str, zone: str) -> bool:
    """Insert an admin; False where the person is in the table already."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(admins).values(
        user_id=user_id, role=role, name=name, language=language, zone=zone, enabled=True, created_at=tx.now
    )
    done = await tx.conn.execute(
        statement.on_conflict_do_nothing(index_elements=["user_id"]).returning(admins.c.user_id)
    )
    return done.one_or_none() is not None


async def readmit(tx: Tx, user_id: int, role: Role, name: str) -> bool:
    """Let somebody in again who was removed, with what he had set; False where nobody of that id was."""
    gone = (admins.c.user_id == user_id, admins.c.removed_at.is_not(None))
    values = {"role": role, "name": name, "enabled": True, "removed_at": None, "created_at": tx.now}
    return bool((await tx.conn.execute(update(admins).where(*gone).values(**values))).rowcount)


async def change(tx: Tx, user_id: int, **values: Any) -> None:
    """Set columns of an admin."""
    await tx.conn.execute(update(admins).where(admins.c.user_id == user_id).values(**values))


async def forget_stranger(tx: Tx, user_id: int) -> None:
    """Forget what was decided of a stranger: he is met anew."""
    await tx.conn.execute(delete(strangers).where(strangers.c.user_id == user_id))


async def stranger(tx: Tx, user_id: int) -> Row[Any] | None:
    """Return what is known of a stranger."""
    return (await tx.conn.execute(select(strangers).where(strangers.c.user_id == user_id))).one_or_none()


async def meet(tx: Tx, user_id: int, *, name: str, username: str | None, language: str) -> bool:
    """Remember a stranger; False where he has been met before."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(strangers).values(
        user_id=user_id, name=name, username=username, language=language, seen_at=tx.now
    )
    done = await tx.conn.execute(
        statement.on_conflict_do_nothing(index_elements=["user_id"]).returning(strangers.c.user_id)
    )
    return done.one_or_none() is not None


async def decide(tx: Tx, user_id: int, decision: str, by: int) -> bool:
    """Store what an owner decided of a stranger; False where that was decided before."""
    open_ = (strangers.c.user_id == user_id, strangers.c.decision.is_(None))
    values = {"decision": decision, "decided_by": by, "decided_at": tx.now}
    done = await tx.conn.execute(update(strangers).where(*open_).values(**values).returning(strangers.c.user_id))
    return done.one_or_none() is not None
