"""Bursts of rejections across all sends: they pause what is on its way and call people, once per episode."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain import burst
from bot.domain.models import Reason, Subject
from bot.domain.outcomes import Accepted, Outcome, Rejected
from bot.services.cards import Cards
from bot.services.money.watchers import Watchers
from bot.services.sending.batches import Batches
from bot.services.sending.sends import Sends
from bot.storage import batches, notices, people, valves, watch
from bot.storage.engine import Tx

BURST = "burst"
_EPISODE = "refusals"


class Bursts:
    """Watches the latest answers to paid calls."""

    def __init__(self, tx: Tx, cards: Cards, batches_: Batches, sends: Sends, watchers: Watchers) -> None:
        self._tx, self._cards, self._batches = tx, cards, batches_
        self._sends, self._watchers = sends, watchers

    async def seen(self, outcomes: Sequence[Outcome]) -> None:
        """Count answers, under the lock of the valve that their caller holds."""
        answers = [
            it for it in outcomes if isinstance(it, Accepted) or (isinstance(it, Rejected) and not it.account_wide)
        ]
        before = now = await watch.outcomes_seen(self._tx)
        for answer in answers:
            now = burst.after(now, refused=isinstance(answer, Rejected))
        if now == before:
            return
        row = await watch.episode(self._tx, _EPISODE)
        await watch.change_episode(self._tx, _EPISODE, failures=now)
        if burst.bursting(now) and row.told_at is None:
            refused = [answer for answer in answers if isinstance(answer, Rejected)]
            await self._stop(burst.refusals(now), refused[-1].reason if refused else "")
        elif row.told_at is not None and not burst.bursting(now):
            await self._rearm()

    async def resume(self, notice: int, by: int) -> bool:
        """Let all go on that a burst has paused; False where somebody has decided that before."""
        return await self._decide(notice, "resumed", by, self._sends.resume)

    async def stop(self, notice: int, by: int) -> bool:
        """Stop all that a burst has paused; False where somebody has decided that before."""
        return await self._decide(notice, "stopped", by, self._sends.stop)

    async def _decide(self, notice: int, step: str, by: int, deed: Callable[[int, int], Awaitable[bool]]) -> bool:
        done = [await deed(batch, by) for batch in await self._held(notice)]
        return any(done) and await self._decided(notice, step, by)

    async def _decided(self, notice: int, step: str, by: int) -> bool:
        found = await notices.load(self._tx, notice)
        if found is None or found.kind != "burst_alert" or found.args.get("step"):
            return False
        args = {"step": step, "by": await people.name(self._tx, by), "decided": self._tx.now.isoformat()}
        await notices.change(self._tx, notice, {**found.args, **args})
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)
        return True

    async def _held(self, notice: int) -> list[int]:
        """Return what this burst has paused and nobody has let go on or stopped since."""
        await valves.load(self._tx)  # before any batch, as in every outcome: two orders would deadlock
        found = await notices.load(self._tx, notice)
        if found is None or found.kind != "burst_alert":
            return []
        paused = await batches.ids(self._tx, batches.paused_for(BURST))
        return [batch for batch in paused if batch in found.args["batches"]]

    async def _stop(self, refused: int, cause: str) -> None:
        running = await batches.ids(self._tx, batches.many_left())
        reason = Reason(BURST, {"of": cause, "n": refused, "m": burst.LATEST})
        paused = [batch for batch in running if await self._batches.pause(batch, reason)]
        args = {"n": refused, "m": burst.LATEST, "of": cause, "batches": paused}
        notice = await self._watchers.tell("burst_alert", args)
        await watch.change_episode(self._tx, _EPISODE, since=self._tx.now, told_at=self._tx.now, notice=notice)

    async def _rearm(self) -> None:
        if not await batches.ids(self._tx, batches.paused_for(BURST)):
            await watch.change_episode(self._tx, _EPISODE, since=None, told_at=None, notice=None)
