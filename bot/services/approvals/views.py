"""What the cards of requests show, and what a subject's own card shows of its request."""

from collections.abc import Container
from datetime import datetime

from bot.domain.approvals import ApprovalCard, Awaited, approvers, is_alone
from bot.domain.models import Admin, Batch, Card, Subject
from bot.domain.states import ApprovalState, BatchState
from bot.services.approvals.decisions import ALONE, REASON
from bot.services.approvals.standing import standing
from bot.storage import approvals, cards, people, valves
from bot.storage.engine import Tx


async def request(tx: Tx, card: Card) -> ApprovalCard | None:
    """Return the card of a request as its reader sees it; None where it is gone."""
    found = await approvals.load(tx, card.subject.id)
    about = await standing(tx, found.subject) if found else None
    if found is None or about is None:
        return None
    decided = await people.name(tx, found.decided_by) if found.decided_by else ""
    author, asking = await people.name(tx, about.author), found.asking.get(str(card.reader)) == REASON
    stopped = (await valves.peek(tx)).stopped_by is not None
    return ApprovalCard(found, about.sealed, author, decided, asking=asking, stopped=stopped)


async def awaited(tx: Tx, subject: Subject, own: tuple[int, ...]) -> Awaited | None:
    """Return what is known of a subject's request; None where it never needed one. `own`: author and confirmer."""
    found = await approvals.of(tx, subject)
    if found is None:
        return None
    everyone = await people.everyone(tx) if found.state is ApprovalState.ASKED else []
    reached = {one.place.chat for one in await cards.showing(tx, Subject("approval", found.id)) if one.message_id}
    owners = [one for one in everyone if is_alone(one, everyone)]
    return Awaited(
        found.state,
        found.expires_at,
        asked=tuple(
            [
                one.name or str(one.user_id)
                for one in approvers(everyone, own)
                if one.user_id in found.asked and await _reaches(tx, one, reached)
            ]
        ),
        others=len(approvers(everyone, own)),
        alone=bool(owners),
        asking=any(found.asking.get(str(one.user_id)) == ALONE for one in owners),
        decided_by=await people.name(tx, found.decided_by) if found.decided_by else "",
        decided_at=found.decided_at,
        reason=found.reason,
        solo=found.state is ApprovalState.APPROVED and found.decided_by in own,
    )


async def _reaches(tx: Tx, person: Admin, reached: Container[int]) -> bool:
    """Return whether a request can be seen in somebody's private chat: the bot was opened there, and may write."""
    chat = await cards.chat_of(tx, person.user_id)
    parked = chat is not None and chat.parked
    return not parked and (person.seen_at is not None or person.user_id in reached)


async def start(tx: Tx, batch: Batch) -> datetime | None:
    """Return when a batch that waits may begin at the earliest; None: once it is approved."""
    if batch.state is not BatchState.AWAITING_APPROVAL:
        return None
    about = await standing(tx, Subject("batch", batch.id))
    return about.sealed.start if about else None
