"""Who is told of money and troubles, and how loudly: whoever chose to be, and always somebody who can act.

An owner hears in private of what he alone can mend, whatever he chose: money that is used up, and a refused login.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.alerts import Watcher
from bot.domain.models import Place, Subject
from bot.domain.policy import Policy
from bot.services.cards import Cards
from bot.storage import cards, notices, people, watch
from bot.storage.engine import Tx


class Watchers:
    """Private chats and topics of groups that are told."""

    def __init__(self, tx: Tx, policy: Policy, cards_: Cards) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards_

    async def at(self, place: Place, reader: int) -> Watcher:
        """Return who is told in a place; at first of troubles, and of money that is used up."""
        found, new = await watch.watcher_in(self._tx, place, reader)
        if not new:
            return found
        await watch.add_threshold(self._tx, found.id, "money", Decimal())
        return await watch.watcher(self._tx, found.id) or found

    async def everybody(self) -> list[Watcher]:
        """Return all who may be told now, every owner among them, and of used-up money in any case."""
        for owner in await people.with_role(self._tx, Role.OWNER):
            found = await self.at(Place(owner.user_id), owner.user_id)
            if not any(one.used_up for one in found.thresholds):
                await watch.add_threshold(self._tx, found.id, "money", Decimal())
        return [one for one in await watch.all_watchers(self._tx) if await self._lets_in(one)]

    async def zone(self, watcher: Watcher) -> ZoneInfo:
        """Return by whose clock the hours of a watcher are meant: a person's, or a group's."""
        if watcher.place.chat > 0:
            admin = await people.load(self._tx, watcher.reader)
            return ZoneInfo(admin.zone) if admin else self._policy.zone
        chat = await cards.chat_of(self._tx, watcher.place.chat)
        return ZoneInfo(chat.zone) if chat and chat.zone else self._policy.zone

    async def post(self, watcher: Watcher, notice: int) -> None:
        """Show a notice to a watcher, in his quiet hours without a sound."""
        move = watcher.move(self._tx.now, await self.zone(watcher))
        await self._cards.post(Subject("notice", notice), watcher.place, watcher.reader, move=move)

    async def tell(self, kind: str, args: Mapping[str, Any], *, owners: bool = False) -> int:
        """Tell of a trouble all who want to hear of those; return the notice's id.

        `owners`: every owner as well, whatever he chose. That goes without saying where no owner is among those who want to.
        """
        notice = await notices.add(self._tx, kind, args)
        everybody = await self.everybody()
        able = {owner.user_id for owner in await people.with_role(self._tx, Role.OWNER)}
        owners = owners or not any(one.troubles and one.reader in able for one in everybody)
        for watcher in everybody:
            if watcher.troubles or (owners and watcher.place.chat in able):
                await self.post(watcher, notice)
        return notice

    async def over(self, notice: int, **over: Any) -> None:
        """Say on the cards of a notice that it is over, below everything else and without a sound."""
        found = await notices.load(self._tx, notice)
        if found is None:
            return
        await notices.change(self._tx, notice, {**found.args, "over": {"at": self._tx.now.isoformat(), **over}})
        subject = Subject("notice", notice)
        await self._cards.touch(subject, bump=True)
        for card in await cards.showing(self._tx, subject):
            await cards.touch_one(self._tx, card.id, move="silent")

    async def _lets_in(self, watcher: Watcher) -> bool:
        """What somebody was told who is shut out is for nobody else."""
        return watcher.place.chat < 0 or not await people.shut_out(self._tx, watcher.place.chat)
