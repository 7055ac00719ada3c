"""The tick of the watch: what the provider said, or did not, acts in one transaction, whoever has taken the tick."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.models import Reason
from bot.domain.money import Snapshot
from bot.domain.policy import Policy
from bot.domain.valve import AUTHENTICATION
from bot.services.money.judging import Judging
from bot.services.money.troubles import GATEWAY, PASSWORD, Troubles
from bot.services.requests import Requests
from bot.storage import ticks, watch
from bot.storage.engine import Tx

TICK: Final = "watch"
KEPT: Final = timedelta(days=90)
"""Balance answers are kept as long as the longest chart shows."""
SILENT: Final = "silent"
_AT_ONCE: Final = 1_000


class Watch:
    """Looks at the account in regular intervals."""

    def __init__(self, tx: Tx, policy: Policy, requests: Requests, troubles: Troubles, judging: Judging) -> None:
        self._tx, self._policy, self._requests = tx, policy, requests
        self._troubles, self._judging = troubles, judging

    async def begin(self) -> None:
        """Let the ticks come."""
        await ticks.begin(self._tx, TICK, self._policy.watch)

    async def claim(self) -> str | None:
        """Take the tick that is due, unless another process has it."""
        return await ticks.claim(self._tx, TICK, self._policy.lease)

    async def next_due(self) -> datetime | None:
        """Return when the next tick is due."""
        return await ticks.next_due(self._tx, TICK)

    async def known(self, claim: str, snapshot: Snapshot) -> bool:
        """Keep the balance, and tell whoever wants to know; False where another process has taken the tick over."""
        if not await ticks.finish(self._tx, TICK, claim, self._policy.watch):
            return False
        await self._requests.balance_known(snapshot)
        for trouble in (GATEWAY, PASSWORD):
            await self._troubles.over(trouble)
        await self._judging.all()
        await self._judging.digests()
        await watch.thin(self._tx, self._tx.now - KEPT, _AT_ONCE)
        return True

    async def unknown(self, claim: str, reason: Reason) -> bool:
        """There is no balance: the provider gave no answer, or refused; False where another process has taken the tick over."""
        if not await ticks.finish(self._tx, TICK, claim, self._policy.watch):
            return False
        if reason.code == SILENT:
            await self._troubles.unreached()
        else:
            await self._troubles.over(GATEWAY)
        if reason.code == AUTHENTICATION:
            await self._troubles.shut_out()
        await self._judging.digests()
        return True
