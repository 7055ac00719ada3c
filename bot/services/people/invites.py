"""Invites: one-time links that let a stranger in with a role.

A link carries a token of 192 bits, made of 128 random ones that are stored and a key that is not. What is stored lets nobody in;
who shows the link makes it anew, as long as it is open. Whether a token is good is asked of its SHA-256 alone.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final

from bot.domain.access import Role
from bot.domain.admins import Invite
from bot.domain.bases import BaseFile
from bot.domain.models import Admin, Place, Subject
from bot.domain.policy import Policy
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.services.people.people import People
from bot.services.people.strangers import Strangers
from bot.storage import invites, people
from bot.storage.engine import Tx
from bot.storage.moves import append

__all__ = ["LIFE", "MIME", "Invites"]

LIFE: Final = timedelta(hours=24)
MIME: Final = "text/x-invite"
"""A document that shows an invite's link as a picture; the file that is kept holds its id alone."""
_BYTES: Final = 24


class Invites:
    """Use cases of inviting; owners make and revoke, strangers use."""

    def __init__(
        self, tx: Tx, policy: Policy, cards: Cards, documents: Documents, people_: People, strangers: Strangers
    ) -> None:
        self._tx, self._policy, self._cards, self._documents = tx, policy, cards, documents
        self._people, self._strangers = people_, strangers

    async def make(self, role: Role, by: Admin, bot: str) -> Invite | None:
        """Show a link to the bot of that name, with a picture, to its owner in private; None where `by` is no owner any more."""
        await people.lock(self._tx)
        if not await self._people.decides(by.user_id):
            return None
        nonce = secrets.token_hex(16)
        values = {"nonce": nonce, "hash": _hash(self._token(nonce)), "bot": bot, "role": role, "created_by": by.user_id}
        invite = await invites.add(self._tx, expires_at=self._tx.now + LIFE, **values)
        await append(self._tx, f"admin:{by.user_id}", "invite", "invite", [invite.id], target=role)
        home = Place(by.user_id)
        card = await self._cards.load(await self._cards.post(Subject("invite", invite.id), home, by.user_id))
        if card is not None:
            file = BaseFile("invite.png", MIME, str(invite.id).encode())
            picture = await self._documents.keep(file, LIFE, about=Subject("invite", invite.id))
            caption = {"key": f"invite-{role}", "args": {}}
            await self._documents.send(picture, card, by.user_id, caption=caption, kind="photo")
        return invite

    def link(self, invite: Invite) -> str | None:
        """Return an open invite's link; None where it is over, or was made with another key."""
        token = self._token(invite.nonce)
        if not invite.is_open(self._tx.now) or _hash(token) != invite.hash:
            return None
        return f"https://t.me/{invite.bot}?start={token}"

    async def link_of(self, invite: int) -> str | None:
        """Return the same by the invite's id."""
        found = await invites.load(self._tx, invite)
        return None if found is None else self.link(found)

    async def opens(self, token: str) -> bool:
        """Return whether a token would let a stranger in; it is not used up."""
        return await invites.opened_by(self._tx, _hash(token)) is not None

    async def use(
        self, token: str, user_id: int, *, name: str, username: str | None, language_code: str | None
    ) -> bool:
        """Let a stranger in by a token, once; False where it is not good, or he is no stranger."""
        if not await self.opens(token):
            return False
        await people.lock(self._tx)
        known = await people.load(self._tx, user_id)
        if known is not None and known.removed_at is None:
            return False
        invite = await invites.use(self._tx, _hash(token), user_id)
        if invite is None:
            return False
        by = await people.name(self._tx, invite.created_by)
        await people.decide(self._tx, user_id, invite.role, invite.created_by)
        await self._strangers.settle(user_id)
        actor = f"admin:{invite.created_by}"
        await append(self._tx, f"admin:{user_id}", "use", "invite", [invite.id], target=invite.role)
        args = {"user_id": user_id, "name": name, "username": username, "role": invite.role, "by": by}
        await self._cards.tell_owners("invited", args)
        await self._people.let_in(user_id, invite.role, name=name, language_code=language_code, actor=actor)
        await self._cards.touch(Subject("invite", invite.id))
        return True

    async def revoke(self, invite: int, by: int) -> bool:
        """End an open invite; False where it was over, or `by` is no owner any more."""
        await people.lock(self._tx)
        if not await self._people.decides(by) or not await invites.revoke(self._tx, invite):
            return False
        await append(self._tx, f"admin:{by}", "revoke", "invite", [invite])
        await self._cards.touch(Subject("invite", invite), pressed=True, bump=True)
        return True

    async def revoke_all(self, of: int, by: int) -> None:
        """End the open invites of somebody who is no owner any more."""
        for invite in await invites.revoke_all(self._tx, of):
            await append(self._tx, f"admin:{by}", "revoke", "invite", [invite])
            await self._cards.touch(Subject("invite", invite), bump=True)

    def _token(self, nonce: str) -> str:
        digest = hmac.digest(self._policy.key, nonce.encode(), "sha256")[:_BYTES]
        return base64.urlsafe_b64encode(digest).decode()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
