"""What the cards of people show, gathered from rows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.admins import PAGE, AdminsCard, AdminsModel, InviteCard, Listed, Unfinished
from bot.domain.models import Card
from bot.services.people.invites import Invites
from bot.services.people.limits import Limits
from bot.storage import duties, invites, notices, people
from bot.storage.engine import Tx

KINDS: Final = ("admins", "invite")
"""The kinds of cards that are shown here: owners' alone, in private."""
FAREWELL: Final = "access"
"""The one notice that somebody who was shut out still sees."""


class PeopleViews:
    """Reads only."""

    def __init__(self, tx: Tx, links: Invites, limits: Limits) -> None:
        self._tx, self._links, self._limits = tx, links, limits

    async def withheld(self, card: Card) -> bool:
        """Return whether a card is not for whose private chat it stands in: he was shut out, or is no owner any more."""
        if card.place.chat > 0 and await people.shut_out(self._tx, card.place.chat):
            notice = await notices.load(self._tx, card.subject.id) if card.subject.kind == "notice" else None
            return notice is None or notice.kind != FAREWELL
        if card.subject.kind not in KINDS:
            return False
        reader = await people.load(self._tx, card.reader)
        return reader is None or reader.role is not Role.OWNER

    async def of(self, card: Card) -> AdminsModel | None:
        """Return what such a card shows; None where its subject is gone."""
        if card.subject.kind == "invite":
            return await self._invite(card.subject.id)
        found = await notices.load(self._tx, card.subject.id)
        return None if found is None else await self._admins(found.args)

    async def _invite(self, invite: int) -> InviteCard | None:
        found = await invites.load(self._tx, invite)
        if found is None:
            return None
        by = await people.name(self._tx, found.created_by)
        guest = None if found.used_by is None else await people.name(self._tx, found.used_by)
        return InviteCard(found, by, self._links.link(found), guest)

    async def _admins(self, state: Mapping[str, Any]) -> AdminsCard:
        step = str(state["step"])
        opened = await invites.opened(self._tx)
        if step == "invites":
            listed = [Listed(one, await people.name(self._tx, one.created_by)) for one in opened[:PAGE]]
            return AdminsCard(step, state, count=len(opened), invites=tuple(listed))
        person = await people.load(self._tx, int(state["user"])) if state.get("user") is not None else None
        if person is None or person.removed_at is not None or step in ("list", "invite"):
            count = await people.count(self._tx)
            pages = max(1, -(-count // PAGE))
            page = min(max(0, int(state.get("page") or 0)), pages - 1)
            shown = AdminsCard("invite" if step == "invite" else "list", state, count=count, page=page, pages=pages)
            found = await people.page(self._tx, PAGE, page * PAGE)
            return replace(shown, people=tuple(found), invites=tuple(Listed(one, "") for one in opened))
        edits = len(await duties.edits(self._tx, person.user_id))
        kinds = [subject.kind for subject in await duties.unfinished(self._tx, person.user_id)]
        left = Unfinished(kinds.count("batch"), kinds.count("multicast"), kinds.count("import"), edits)
        last = person.enabled and person.role is Role.OWNER and await people.owners(self._tx) == 1
        spent = await self._limits.spent(person)
        return AdminsCard(step, state, person=person, unfinished=left, spent=spent, last=last)
