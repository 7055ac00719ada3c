"""Asking a second person: who is asked, on what, until when; and how every request comes to its end."""

from dataclasses import dataclass
from typing import Any, Final

from bot.domain.approvals import Approval, approvers, expires_at, may_approve, needed
from bot.domain.models import Admin, Place, Reason, Subject
from bot.domain.money import cost
from bot.domain.policy import Policy
from bot.domain.states import ApprovalState, BatchState, MessageState
from bot.services.approvals.standing import standing
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.storage import approvals, people
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.rows import reason_json
from bot.storage.tables import approvals as table
from bot.storage.tables import batches, messages, multicasts

OUTDATED: Final = ("edited", "changed")
"""Why a request is withdrawn that is not simply taken back: its author edits, or its content is not what was shown."""
WAKES: Final = "approvals"
"""The bell's name for: a request may run out at another time than before."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a request, by whom (None: by its time), and why."""

    state: ApprovalState
    verb: str
    by: int | None = None
    reason: Reason | None = None

    @property
    def actor(self) -> str:
        """Return who the events name."""
        return "worker" if self.by is None else f"admin:{self.by}"


class Asking:
    """Requests as a whole: they begin with what they are about, and end with it or let it go on."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, documents: Documents) -> None:
        self._tx, self._policy, self._cards, self._documents = tx, policy, cards, documents

    def needed(self, recipients: int, parts: int, *, priced: bool = True) -> bool:
        """Return whether so many recipients of so many parts each take a second person."""
        return needed(self._policy, recipients, cost(parts * recipients, self._policy.price) if priced else None)

    async def ask(self, subject: Subject, by: int) -> None:
        """Ask everybody who may approve what has just been confirmed, in private; nothing of it leaves before one does."""
        # Whoever is let in at this very moment is seen here, or sees the request: each waits for the other's commit.
        await approvals.lock_asking(self._tx)
        found = await standing(self._tx, subject)
        if found is None:
            return
        sealed, now = found.sealed, self._tx.now
        until = expires_at(sealed.start, now, self._policy)
        asked = [one.user_id for one in approvers(await people.everyone(self._tx), found.people)]
        values = {
            "kind": subject.kind,
            "subject": subject.id,
            "author": found.author,
            "state": ApprovalState.ASKED,
            "digest": sealed.digest,
            "recipients": sealed.recipients,
            "cost": sealed.cost,
            "asked": asked,
            "asking": {},
            "created_at": now,
            "expires_at": until,
            "next_at": until,
        }
        approval = await approvals.add(self._tx, values)
        data = {"kind": subject.kind, "subject": subject.id, "asked": asked}
        await append(
            self._tx, f"admin:{by}", "ask approval", "approval", [approval], target=ApprovalState.ASKED, data=data
        )
        for person in asked:
            await self._show(approval, person, sealed.picture)
        self._tx.wakes.add(WAKES)

    async def ask_also(self, person: Admin, actor: str) -> None:
        """Show somebody who may approve from now on what waits for a second person already."""
        if not may_approve(person):
            return
        await approvals.lock_asking(self._tx)
        for one in await approvals.open_ones(self._tx):
            found = await approvals.lock(self._tx, one)
            if found is None or found.state is not ApprovalState.ASKED:
                continue
            about = await standing(self._tx, found.subject)
            if about is None or not approvers([person], about.people):
                continue
            if person.user_id not in found.asked:
                await approvals.ask_also(self._tx, found, person.user_id)
            data = {"kind": found.subject.kind, "subject": found.subject.id, "asked": [person.user_id]}
            await append(self._tx, actor, "ask approval", "approval", [found.id], data=data)
            await self._show(found.id, person.user_id, about.sealed.picture)
            await self._cards.touch(found.subject)

    async def retell(self) -> None:
        """Say anew on the cards of all that waits who is asked: somebody may approve no more."""
        await approvals.lock_asking(self._tx)
        for one in await approvals.open_ones(self._tx):
            found = await approvals.load(self._tx, one)
            if found is not None:
                await self._cards.touch(found.subject)

    async def end(self, approval: Approval, decision: Decision) -> bool:
        """Decide a request against what it is about, and let nothing of that leave, ever; False where it was decided before."""
        if not await self.decide(approval, decision):
            return False
        reason, kind = decision.reason, approval.subject.kind
        code = reason.code if reason and reason.code in OUTDATED else decision.state.value
        rows = multicasts if kind == "multicast" else batches
        where, values = rows.c.id == approval.subject.id, {"reason": reason_json(Reason(code))}
        source, target = BatchState.AWAITING_APPROVAL, BatchState.CANCELLED  # a multicast's have the same names
        told: dict[str, Any] = {"actor": decision.actor, "verb": decision.verb}
        await move(self._tx, kind, source, target, where, values=values, **told)
        if kind == "batch":
            mine = messages.c.batch == approval.subject.id
            await move(self._tx, "message", MessageState.QUEUED, MessageState.CANCELLED, mine, **told)
        return True

    async def decide(self, approval: Approval, decision: Decision) -> bool:
        """Store the one decision, and show it on all cards of the request; False where there was one before."""
        values = {
            "decided_by": decision.by,
            "decided_at": self._tx.now,
            "reason": reason_json(decision.reason),
            "asking": {},
            "next_at": None,
            "claim": None,
            "lease_until": None,
        }
        done = await move(
            self._tx,
            "approval",
            ApprovalState.ASKED,
            decision.state,
            table.c.id == approval.id,
            actor=decision.actor,
            verb=decision.verb,
            values=values,
            data={"kind": approval.subject.kind, "subject": approval.subject.id},
        )
        await self._cards.touch(Subject("approval", approval.id), pressed=True, bump=True)
        return bool(done)

    async def _show(self, approval: int, person: int, picture: int | None) -> None:
        home = Place(person)
        card = await self._cards.load(await self._cards.post(Subject("approval", approval), home, person))
        if card is not None and picture is not None:
            caption = {"key": "approval", "args": {}}
            await self._documents.send(picture, card, person, caption=caption, kind="photo")
