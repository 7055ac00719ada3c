"""What its author does to something that waits for approval: takes it back, edits it, begins again when it was refused."""

from collections.abc import Mapping
from typing import Any

from bot.domain.approvals import Approval, Standing
from bot.domain.drafts import settled
from bot.domain.models import Admin, Reason, Subject
from bot.domain.multicast_drafts import MULTICAST
from bot.domain.sms_drafts import SMS
from bot.domain.states import ApprovalState
from bot.services.approvals.asking import Asking, Decision
from bot.services.approvals.standing import standing
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.multicasts.drafts import content_of, when_of
from bot.storage import approvals, drafts, multicasts
from bot.storage.engine import Tx


class Authors:
    """Use cases of a press on the subject's own card; each answers done | twice | own."""

    def __init__(self, tx: Tx, cards: Cards, drafts_: Drafts, asking: Asking) -> None:
        self._tx, self._cards, self._drafts, self._asking = tx, cards, drafts_, asking

    async def waits(self, subject: Subject) -> bool:
        """Return whether a subject waits for approval."""
        found = await approvals.of(self._tx, subject)
        return found is not None and found.state is ApprovalState.ASKED

    async def withdraw(self, subject: Subject, by: Admin) -> str:
        """Take the request back: nothing has left, and nothing will."""
        word, _, _ = await self._take_back(subject, by, "withdraw", None)
        if word == "done":
            await self._cards.touch(subject, pressed=True, bump=True)
        return word

    async def edit(self, subject: Subject, by: Admin) -> str:
        """Take the request back and open a copy as a draft: whatever it becomes is asked for anew."""
        word, found, about = await self._take_back(subject, by, "edit", Reason("edited"))
        if word == "done" and found is not None and about is not None:
            start = about.sealed.start
            ahead = start is not None and start > self._tx.now and subject.kind == "multicast"
            source = {"id": subject.id, "start": start.isoformat()} if ahead and start else None
            await self._copy(subject, about, source=source)
        return word

    async def again(self, subject: Subject, by: Admin) -> str:
        """Open a copy of what was refused, taken back or ran out, on the same card."""
        found = await approvals.of(self._tx, subject)
        about = await standing(self._tx, subject, lock=True)
        if found is None or about is None or found.state in (ApprovalState.ASKED, ApprovalState.APPROVED):
            return "twice"
        if by.user_id not in about.people:
            return "own"
        await self._copy(subject, about)
        return "done"

    async def author(self, subject: Subject) -> int:
        """Return whose it is; 0 where it is gone."""
        found = await approvals.of(self._tx, subject)
        return found.author if found else 0

    async def _take_back(
        self, subject: Subject, by: Admin, verb: str, reason: Reason | None
    ) -> tuple[str, Approval | None, Standing | None]:
        known = await approvals.of(self._tx, subject)
        found = await approvals.lock(self._tx, known.id) if known else None
        if found is None or found.state is not ApprovalState.ASKED:
            return "twice", None, None
        about = await standing(self._tx, subject, lock=True)
        if about is None or by.user_id not in about.people:
            return "own", None, None
        done = await self._asking.end(found, Decision(ApprovalState.WITHDRAWN, verb, by.user_id, reason))
        return ("done" if done else "twice"), found, about

    async def _copy(self, subject: Subject, about: Standing, **more: Any) -> None:
        kind, fields = await self._fields(subject, about)
        place, author = about.place, about.author
        await self._drafts.copy(kind, subject, settled(fields, **more), author=author, place=place)

    async def _fields(self, subject: Subject, about: Standing) -> tuple[str, Mapping[str, Any]]:
        if subject.kind != "multicast":
            source = await drafts.peek(self._tx, about.draft) if about.draft else None
            return (source.kind, source.fields) if source else (SMS.name, {})
        old = await multicasts.load(self._tx, subject.id)
        if old is None:
            return MULTICAST.name, {}
        # A start that has passed is no start: the draft asks for another.
        when = when_of(old) if old.start_at is None or old.start_at > self._tx.now else None
        return MULTICAST.name, {**content_of(old), "when": when}
