"""Troubles with the provider: each episode is told once, and its end once."""

from bot.domain.alerts import FAILURES
from bot.services.money.watchers import Watchers
from bot.storage import watch
from bot.storage.engine import Tx

GATEWAY, PASSWORD = "gateway", "password"
_KINDS = {GATEWAY: "gateway_alert", PASSWORD: "auth_alert"}


class Troubles:
    """Episodes: the provider is out of reach, or does not let the bot in."""

    def __init__(self, tx: Tx, watchers: Watchers) -> None:
        self._tx, self._watchers = tx, watchers

    async def unreached(self) -> None:
        """The provider gave no answer; that is told when it has given none for a while."""
        row = await watch.episode(self._tx, GATEWAY)
        failures, since = row.failures + 1, row.since or self._tx.now
        await watch.change_episode(self._tx, GATEWAY, failures=failures, since=since)
        if failures >= FAILURES and row.told_at is None:
            await self._tell(GATEWAY, since=since.isoformat(), n=failures)

    async def shut_out(self) -> None:
        """The provider does not take the bot's login: only an owner can mend that, and every owner hears of it."""
        row = await watch.episode(self._tx, PASSWORD)
        if row.told_at is None:
            await watch.change_episode(self._tx, PASSWORD, since=self._tx.now)
            await self._tell(PASSWORD, since=self._tx.now.isoformat())

    async def over(self, name: str) -> None:
        """The trouble is over; whoever was told of it hears that."""
        row = await watch.episode(self._tx, name)
        ended = {"failures": 0, "since": None, "told_at": None, "notice": None}
        if row.failures or row.told_at is not None:
            await watch.change_episode(self._tx, name, **ended)
        if row.notice is not None:
            await self._watchers.over(row.notice)

    async def _tell(self, name: str, **args: str | int) -> None:
        notice = await self._watchers.tell(_KINDS[name], args, owners=name == PASSWORD)
        await watch.change_episode(self._tx, name, told_at=self._tx.now, notice=notice)
