"""Invites: known by the hash of what their link carries."""

from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from bot.domain.access import Role
from bot.domain.admins import Invite
from bot.storage.engine import Tx
from bot.storage.tables import invites


def _invite(row: Row[Any]) -> Invite:
    values = {name: getattr(row, name) for name in Invite.__dataclass_fields__}
    return Invite(**(values | {"role": Role(row.role)}))


async def add(tx: Tx, **values: Any) -> Invite:
    """Store an invite."""
    statement = insert(invites).values(created_at=tx.now, **values).returning(*invites.c)
    return _invite((await tx.conn.execute(statement)).one())


async def load(tx: Tx, invite: int) -> Invite | None:
    """Return an invite."""
    row = (await tx.conn.execute(select(invites).where(invites.c.id == invite))).one_or_none()
    return None if row is None else _invite(row)


async def opened_by(tx: Tx, hash_: str) -> Invite | None:
    """Return the open invite of that hash."""
    statement = select(invites).where(invites.c.hash == hash_, *_open(tx))
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else _invite(row)


async def use(tx: Tx, hash_: str, user_id: int) -> Invite | None:
    """Use up the open invite of that hash: of several at once, one alone is given it."""
    statement = update(invites).where(invites.c.hash == hash_, *_open(tx)).values(used_by=user_id, used_at=tx.now)
    row = (await tx.conn.execute(statement.returning(*invites.c))).one_or_none()
    return None if row is None else _invite(row)


async def revoke(tx: Tx, invite: int) -> bool:
    """End an open invite; False where it was over."""
    return bool(await _revoke(tx, invites.c.id == invite))


async def revoke_all(tx: Tx, by: int) -> list[int]:
    """End the open invites that somebody made; return them."""
    return await _revoke(tx, invites.c.created_by == by)


async def opened(tx: Tx) -> list[Invite]:
    """Return the open invites, the newest first."""
    statement = select(invites).where(*_open(tx)).order_by(invites.c.id.desc())
    return [_invite(row) for row in (await tx.conn.execute(statement)).all()]


async def _revoke(tx: Tx, where: ColumnElement[bool]) -> list[int]:
    statement = update(invites).where(where, *_open(tx)).values(revoked_at=tx.now).returning(invites.c.id)
    return list((await tx.conn.scalars(statement)).all())


def _open(tx: Tx) -> tuple[ColumnElement[bool], ...]:
    return invites.c.used_at.is_(None), invites.c.revoked_at.is_(None), invites.c.expires_at > tx.now
