"""Multicasts that we send one by one: their lists are gathered and frozen, become messages, and are told of to the end."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile
from bot.domain.drafts import settled
from bot.domain.models import Batch, Card, Draft, Place, Reason, Subject
from bot.domain.multicast_drafts import MULTICAST, chosen, starting
from bot.domain.policy import Policy
from bot.domain.states import BatchState, DraftState
from bot.domain.tracked import PhoneList, gathered, gathering, refused
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.services.drafts import Drafts
from bot.services.sending.batches import Batches
from bot.storage import bases, batches, drafts, lists
from bot.storage.engine import Tx

__all__ = ["PhoneList", "Tracked"]

KEPT: Final = timedelta(hours=1)
FILL: Final = 5
"""Chunks that become messages in one transaction: other writers wait no longer than for these."""
_TRIES: Final = 5
_FILLED: Final = (BatchState.AWAITING_APPROVAL, BatchState.READY)
"""Where a batch may stand while its messages are made: nothing of it leaves yet."""
_PROTECTED: Final = "BASE_IS_PROTECTED"


class Tracked:
    """Use cases of people, and the steps of the lane that gathers and fills."""

    def __init__(
        self, tx: Tx, policy: Policy, cards: Cards, drafts_: Drafts, batches_: Batches, documents: Documents
    ) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._drafts, self._batches, self._documents = drafts_, batches_, documents

    async def choose(self, draft: Draft) -> None:
        """Send a draft one by one: gather the phones of its bases, or of those whom the batch did not reach that it repeats."""
        names = [base.name for base in chosen(draft.fields)]
        source = (draft.fields.get("tracked") or {}).get("source")
        list_ = await lists.add(self._tx, draft.id, names, source=source)
        await self._drafts.set(draft, tracked=gathering(list_, source))

    async def leave(self, draft: Draft) -> None:
        """Let the provider send it as a multicast after all."""
        await self._drafts.set(draft, tracked=None)

    async def pause(self, batch: int, by: int) -> bool:
        """Hold back what has not left yet, until somebody lets it go on; False where it does not run."""
        if (await batches.lock(self._tx, batch)).state != BatchState.RUNNING:
            return False
        done = await self._batches.pause(batch, Reason("person"), actor=f"admin:{by}", lift=False)
        await self._cards.touch(Subject("batch", batch), pressed=True)
        return done

    async def retry(self, batch: int, by: int, place: Place) -> bool:
        """Open a tracked draft for those who did not get it and may be tried again; False where there is nobody."""
        old = await batches.load(self._tx, batch)
        source = await drafts.peek(self._tx, old.draft) if old and old.draft else None
        if old is None or source is None or not await lists.count_retryable(self._tx, batch):
            return False
        fields = {"bases": source.fields.get("bases"), "text": old.text, "sender": old.sender}
        begun = starting({name: value for name, value in fields.items() if value is not None}, None)
        draft = await self._drafts.open(MULTICAST.name, by, place, begun)
        list_ = await lists.add(self._tx, draft.id, [base.name for base in chosen(begun)], source=batch)
        await self._drafts.set(draft, tracked=gathering(list_, batch))
        return True

    async def again(self, batch: Batch, by: int, place: Place) -> None:
        """Open a tracked draft for the same bases, whose phones are gathered anew."""
        source = await drafts.peek(self._tx, batch.draft) if batch.draft else None
        fields = {"bases": source.fields.get("bases") if source else None, "text": batch.text, "sender": batch.sender}
        begun = starting({name: value for name, value in fields.items() if value is not None}, None)
        draft = await self._drafts.open(MULTICAST.name, by, place, begun)
        await self.choose(draft)

    async def report(self, batch: int, card: Card, by: int) -> bool:
        """Send a document of all whom a batch did not reach, with the reasons; False where there is nobody."""
        found, batch_ = await lists.unhappy(self._tx, batch), await batches.load(self._tx, batch)
        if batch_ is None or not found:
            return False
        lines = [(batch_.kind, batch_.sender), *((*told, _one_line(raw)) for *told, raw in found)]
        data = "".join("\t".join(line) + "\n" for line in lines).encode()
        blob = await self._documents.keep(BaseFile(f"not-delivered-{batch}.csv", "text/x-failed", data), KEPT)
        await self._documents.send(blob, card, by, caption={"key": "tracked", "args": {"n": len(found)}})
        return True

    async def claim(self, free: int) -> list[PhoneList]:
        """Take lists that are to be gathered, or turned into messages."""
        return await lists.claim(self._tx, free, self._policy.lease)

    async def next_due(self) -> datetime | None:
        """Return when the next list is due."""
        return await lists.next_due(self._tx)

    async def wanted(self, item: PhoneList) -> bool:
        """Return whether an open draft still waits for the list, with what an earlier gathering left forgotten."""
        draft = await self._draft(item)
        if draft is None or draft.state is not DraftState.OPEN or not await self.held(item):
            await lists.free(self._tx, item, None)
            return False
        await lists.clear(self._tx, item.id)
        return True

    async def failed_after(self, item: PhoneList, message: int, limit: int) -> list[tuple[int, str]]:
        """Return messages of the batch that the list is made of, and their phones, after that one."""
        return await lists.failed_after(self._tx, item.source or 0, message, limit)

    async def keep(self, item: PhoneList, chunks: Sequence[Sequence[str]]) -> bool:
        """Store the next chunks and hold the claim longer; False where it was lost."""
        if not await self.held(item):
            return False
        await lists.keep(self._tx, item.id, chunks)
        return True

    async def gathered(self, item: PhoneList, total: int, repeats: int, invalid: int) -> None:
        """Freeze the list, and show on its draft's card how many it holds."""
        if not await self.held(item):
            return
        for name in item.bases if item.source is None else ():
            await self._learn(name, protected=False)
        await self._tell(item, gathered(gathering(item.id, item.source), total, repeats, invalid))
        await lists.free(self._tx, item, None, total=total, attempts=0)

    async def refused(self, item: PhoneList, code: str, base: str) -> None:
        """Say on the draft's card why the list cannot be had."""
        if not await self.held(item):
            return
        if code == _PROTECTED:
            await self._learn(base, protected=True)
        await lists.clear(self._tx, item.id)
        await self._tell(item, refused(gathering(item.id, item.source), code, base))
        await lists.free(self._tx, item, None)

    async def silent(self, item: PhoneList) -> None:
        """Try again soon, a few times; then say that the provider does not answer."""
        if item.attempts + 1 >= _TRIES:
            await self.refused(item, "silent", "")
        else:
            wait = timedelta(seconds=2**item.attempts)
            await lists.free(self._tx, item, self._tx.now + wait, attempts=item.attempts + 1)

    async def fill(self, item: PhoneList) -> bool:
        """Make the next messages of the list; False once there are none to make, or the claim was lost."""
        if not await self.held(item):
            return False
        batch = await lists.filling(self._tx, item.id)
        if batch is None:
            return False
        if batch.state not in _FILLED or not await lists.fill(self._tx, batch, FILL):
            await lists.complete(self._tx, batch.id)
            self._tx.wakes.add("dispatch")
        await self._cards.touch(Subject("batch", batch.id))
        return True

    async def filled(self, item: PhoneList) -> None:
        """Let the list rest, unless a batch began with it meanwhile."""
        await lists.lock(self._tx, item.id)
        more = await lists.filling(self._tx, item.id) is not None
        await lists.free(self._tx, item, self._tx.now if more else None)

    async def held(self, item: PhoneList) -> bool:
        """Hold the claim longer; False where it was lost."""
        return await lists.hold(self._tx, item, self._tx.now + self._policy.lease)

    async def _draft(self, item: PhoneList) -> Draft | None:
        """Return the draft that waits for the list; None where it goes another way by now."""
        draft = await drafts.load(self._tx, await lists.draft_of(self._tx, item.id))
        tracked = draft.fields.get("tracked") if draft else None
        return draft if tracked and tracked["list"] == item.id else None

    async def _tell(self, item: PhoneList, found: Mapping[str, Any]) -> None:
        draft = await self._draft(item)
        if draft is not None:
            await self._drafts.replace(draft, settled(draft.fields, tracked=dict(found)))

    async def _learn(self, name: str, *, protected: bool) -> None:
        base = next((base for base in await bases.everyone(self._tx) if base.name == name), None)
        if base is not None:
            await bases.protect(self._tx, base.id, protected=protected)


def _one_line(raw: str) -> str:
    return " ".join(raw.split())[:200]
