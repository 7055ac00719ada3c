"""What the second person does: approves, or refuses with a reason; and what time does to a request nobody answers."""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.approvals import MOST_WORDS, REASONS, Approval, Standing, is_alone, may_approve
from bot.domain.countdown import changes_at
from bot.domain.models import Admin, Place, Reason, Subject
from bot.domain.policy import Policy
from bot.domain.states import ApprovalState, BatchState, MulticastState
from bot.services.approvals.asking import Asking, Decision
from bot.services.approvals.standing import standing
from bot.services.cards import Cards
from bot.services.questions import Question, Questions
from bot.storage import approvals, people
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import batches, multicasts

QUESTIONS: Final = ("refusal",)
REASON: Final = "reason"
ALONE: Final = "alone"


class Approvals:
    """Use cases of a press on a request; each answers done | twice | own | late | changed.

    The request is locked first and its subject second, everywhere: two orders would deadlock.
    """

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, questions: Questions, asking: Asking) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._questions, self._asking = questions, asking

    async def approve(self, approval: int, by: Admin) -> str:
        """Let what was asked about go on, if it is still exactly what was shown."""
        found = await approvals.lock(self._tx, approval)
        if found is None or found.state is not ApprovalState.ASKED:
            return "twice"
        about = await standing(self._tx, found.subject, lock=True)
        if about is not None and (by.user_id in about.people or not may_approve(by)):
            return "own"
        return await self._grant(found, about, Decision(ApprovalState.APPROVED, "approve", by.user_id))

    async def approve_alone(self, subject: Subject, by: Admin) -> str:
        """Let an owner approve his own after a second tap, where nobody else could; the events tell it from any other."""
        found = await self._open(subject)
        if found is None:
            return "twice"
        if not is_alone(by, await people.everyone(self._tx)):
            return "own"
        if found.asking.get(str(by.user_id)) != ALONE:
            return "outdated"
        about = await standing(self._tx, subject, lock=True)
        return await self._grant(found, about, Decision(ApprovalState.APPROVED, "approve_alone", by.user_id))

    async def ask_alone(self, subject: Subject, by: Admin) -> str:
        """Ask an owner without others whether he means it."""
        found = await self._open(subject)
        if found is None:
            return "twice"
        if not is_alone(by, await people.everyone(self._tx)):
            return "own"
        await self._ask(found, by.user_id, ALONE)
        return "done"

    async def ask_reason(self, approval: int, by: Admin, place: Place) -> str:
        """Ask why not: a button, or a typed answer."""
        found = await approvals.lock(self._tx, approval)
        if found is None or found.state is not ApprovalState.ASKED:
            return "twice"
        await self._questions.open("refusal", approval, author=by.user_id, place=place)
        await self._ask(found, by.user_id, REASON)
        return "done"

    async def refuse(self, approval: int, by: Admin, reason: Reason) -> str:
        """Let nothing of it leave, and tell its author why."""
        found = await approvals.lock(self._tx, approval)
        if found is None or found.state is not ApprovalState.ASKED:
            return "twice"
        about = await standing(self._tx, found.subject, lock=True)
        if about is not None and (by.user_id in about.people or not may_approve(by)):
            return "own"
        if self._tx.now >= found.expires_at:
            return await self._run_out(found)
        decision = Decision(ApprovalState.REFUSED, "refuse", by.user_id, reason)
        return await self._end(found, decision, "done")

    async def back(self, subject: Subject, by: Admin, place: Place) -> None:
        """Close an open question of a card unanswered."""
        locked = approvals.lock(self._tx, subject.id) if subject.kind == "approval" else self._open(subject)
        found = await locked
        question = await self._questions.listening(place, by.user_id)
        if found is not None and question is not None and (question.kind, question.about) == ("refusal", found.id):
            await self._questions.close(question, answered=False)
        if found is not None:
            await self._ask(found, by.user_id, None)

    async def answered(self, by: Admin, approval: int, place: Place) -> None:
        """A button has answered: what is typed next is no reason any more."""
        question = await self._questions.listening(place, by.user_id)
        if question is not None and (question.kind, question.about) == ("refusal", approval):
            await self._questions.close(question, answered=True)

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed reason; one that comes too late changes nothing, and the card below says what was decided."""
        await self._questions.close(question, answered=True)
        words = " ".join(text.split())[:MOST_WORDS]
        if words:
            await self.refuse(question.about, admin, Reason("words", {"words": words}))
        await self._cards.drop(Subject("approval", question.about), question.draft.place)

    async def drop(self, question: Question) -> None:
        """Close a question unanswered; its card goes back to what it showed before."""
        await self._questions.close(question, answered=False)
        found = await approvals.lock(self._tx, question.about)
        if found is not None:
            await self._ask(found, question.draft.author, None)

    async def claim(self, free: int, lease: timedelta) -> list[tuple[int, str]]:
        """Take requests that nobody has decided in time."""
        return await approvals.claim(self._tx, free, lease)

    async def next_due(self) -> datetime | None:
        """Return when the next request runs out."""
        return await approvals.next_due(self._tx)

    async def expire(self, approval: int) -> None:
        """Let a request run out, unless somebody was quicker; it is told once."""
        found = await approvals.lock(self._tx, approval)
        if found is not None and found.state is ApprovalState.ASKED and self._tx.now >= found.expires_at:
            await self._run_out(found)

    async def _grant(self, found: Approval, about: Standing | None, decision: Decision) -> str:
        if self._tx.now >= found.expires_at:
            return await self._run_out(found)
        if about is None or not about.waits or about.sealed.digest != found.digest:
            changed = Decision(ApprovalState.WITHDRAWN, "void", decision.by, Reason("changed"))
            return await self._end(found, changed, "changed")
        if not await self._asking.decide(found, decision):
            return "twice"
        await self._go_on(found.subject, about, decision)
        await self._cards.lift(found.subject, bump=True)
        return "done"

    async def _go_on(self, subject: Subject, about: Standing, decision: Decision) -> None:
        """The same subject goes on as if it were confirmed now: it can be taken back for as long as any other."""
        now, start = self._tx.now, about.sealed.start
        undo_until = now + self._policy.of(await people.load(self._tx, about.confirmed_by)).undo
        told: dict[str, Any] = {"actor": decision.actor, "verb": decision.verb}
        if subject.kind == "multicast":
            hand_at = undo_until if start is None else max(undo_until, start - self._policy.handover)
            tells_at = changes_at(start, now) if start else None
            told["values"] = {"hand_at": hand_at, "next_at": hand_at, "tells_at": tells_at, "confirmed_at": now}
            where, waits = multicasts.c.id == subject.id, MulticastState.AWAITING_APPROVAL
            await move(self._tx, "multicast", waits, MulticastState.HELD, where, **told)
        else:
            undo_until = max(undo_until, start) if start else undo_until
            told["values"] = {"undo_until": undo_until, "progress_at": undo_until, "confirmed_at": now}
            where = batches.c.id == subject.id
            await move(self._tx, "batch", BatchState.AWAITING_APPROVAL, BatchState.READY, where, **told)
        self._tx.wakes |= {"dispatch", "handover"}

    async def _run_out(self, found: Approval) -> str:
        return await self._end(found, Decision(ApprovalState.EXPIRED, "expire"), "late")

    async def _end(self, found: Approval, decision: Decision, word: str) -> str:
        if not await self._asking.end(found, decision):
            return "twice"
        await self._cards.lift(found.subject, bump=True)
        return word

    async def _open(self, subject: Subject) -> Approval | None:
        known = await approvals.of(self._tx, subject)
        found = await approvals.lock(self._tx, known.id) if known else None
        return found if found is not None and found.state is ApprovalState.ASKED else None

    async def _ask(self, found: Approval, person: int, question: str | None) -> None:
        kept = {one: asked for one, asked in found.asking.items() if one != str(person)}
        await approvals.ask(self._tx, found.id, kept | ({str(person): question} if question else {}))
        # A question is its asker's alone: the other copies stay as they are, and their buttons good.
        await self._cards.touch(Subject("approval", found.id), pressed=True)
        if person not in found.asked:
            await self._cards.touch(found.subject, pressed=True, bump=True)


def named(code: str) -> Reason | None:
    """Return the reason that a button names; None for forged ones."""
    return Reason(code) if code in REASONS else None
