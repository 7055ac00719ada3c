"""A picture on its way into a draft: fetched from Telegram, fitted, shown once; each step an errand of its own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile
from bot.domain.mms_drafts import Picture, arrived, failed
from bot.domain.models import Draft, Place, Subject
from bot.domain.policy import Policy
from bot.domain.states import DraftState, RequestState
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.sending.batches import WORKER
from bot.storage import blobs, requests
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import requests as table

__all__ = ["Errand", "Pictures"]

_LONGEST: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Errand:
    """One claimed step: `fetch` the file, `fit` what it holds, or `show` what became of it; `data` is the blob's."""

    id: int
    step: str
    draft: int
    file: str
    args: Mapping[str, Any]
    place: Place
    attempts: int
    claim: str
    data: bytes = field(default=b"", repr=False)


class Pictures:
    """What the lanes do with pictures. A draft that has gone on without its picture is left alone."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts) -> None:
        self._tx, self._policy, self._cards, self._drafts = tx, policy, cards, drafts

    async def claim(self, free: int, *steps: str) -> list[Errand]:
        """Take at most `free` steps of these kinds that are due; what nobody waits for any more ends here."""
        found = []
        for row in await requests.claim(self._tx, free, self._policy.lease, *steps):
            wanted = await self._waiting(int(row.args["draft"]), row.args["file"])
            file = await blobs.load(self._tx, int(row.args["blob"])) if "blob" in row.args else None
            place, data = wanted.place if wanted else Place(0), file.data if file else b""
            args = (row.id, row.kind, int(row.args["draft"]), row.args["file"], row.args)
            errand = Errand(*args, place, row.attempts, row.claim, data)
            if wanted is None or (file is None and row.kind != "fetch"):
                await self._end(errand)
            else:
                found.append(errand)
        return found

    async def next_due(self, *steps: str) -> datetime | None:
        """Return when the next step of these kinds falls due."""
        return await requests.next_due(self._tx, *steps)

    async def fetched(self, errand: Errand, data: bytes) -> None:
        """Keep the file until it is fitted."""
        if await self._end(errand) and await self._of(errand) is not None:
            blob = await blobs.add(self._tx, BaseFile("picture", "application/octet-stream", data))
            await self._go_on("fit", errand, blob=blob)

    async def fitted(self, errand: Errand, png: bytes, width: int, height: int) -> None:
        """Keep the picture in place of the file; equal pictures bear equal names."""
        if not await self._end(errand):
            return
        draft = await self._of(errand)
        if draft is not None:
            name = f"{hashlib.sha256(png).hexdigest()[:32]}.png"
            blob = await blobs.add(self._tx, BaseFile(name, "image/png", png))
            ready = {"file": errand.file, "blob": blob, "size": len(png), "width": width, "height": height}
            await self._go_on("show", errand, **ready)
            await self._drafts.set(draft, coming=ready)

    async def shown(self, errand: Errand, message: int | None) -> None:
        """Let the draft have its picture, and its card stand below the message that shows it; None: it cannot be shown."""
        draft = await self._of(errand) if await self._end(errand) else None
        if draft is not None:
            ready = {name: value for name, value in errand.args.items() if name != "draft"}
            await self._drafts.replace(draft, arrived(draft.fields, Picture(**ready, message=message)))
            await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def refused(self, errand: Errand, why: str) -> None:
        """Say that there is no picture: `broken` or `does_not_fit`; the draft keeps what it had, and asks for another."""
        draft = await self._of(errand) if await self._end(errand) else None
        if draft is not None:
            await self._drafts.replace(draft, failed(draft.fields, why))
            await self._cards.lift(Subject("draft", draft.id), near=True)

    async def again(self, errand: Errand, after: timedelta | None = None) -> None:
        """Try a step once more, `after` so long, or after a pause that grows."""
        pause = min(timedelta(seconds=2 ** min(errand.attempts + 1, 10)), _LONGEST)
        await requests.again(self._tx, errand.id, errand.claim, self._tx.now + (after or pause))

    async def _go_on(self, step: str, errand: Errand, **args: Any) -> None:
        await requests.ask(self._tx, step, {"draft": errand.draft, "file": errand.file, **args})
        self._tx.wakes.add("fitting" if step == "fit" else "pictures")

    async def _of(self, errand: Errand) -> Draft | None:
        return await self._waiting(errand.draft, errand.file)

    async def _waiting(self, draft: int, file: str) -> Draft | None:
        found = await self._drafts.load(draft)
        wanted = found.fields.get("coming") if found and found.state is DraftState.OPEN else None
        return found if wanted and wanted["file"] == file else None

    async def _end(self, errand: Errand) -> bool:
        """End a step, whose file is not needed any more; False where its claim is lost."""
        values = {"answered_at": self._tx.now, "claim": None, "lease_until": None, "next_at": None}
        held = (table.c.id == errand.id, table.c.claim == errand.claim)
        source, target = RequestState.ASKED, RequestState.ANSWERED
        done = await move(self._tx, "request", source, target, *held, actor=WORKER, verb=errand.step, values=values)
        if done and errand.step == "fit":
            await blobs.remove(self._tx, int(errand.args["blob"]))
        return bool(done)
