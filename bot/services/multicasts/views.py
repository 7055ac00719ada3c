"""What the cards of multicasts show, gathered for rendering."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from typing import Final

from bot.domain.cards import DraftCard
from bot.domain.models import Multicast, Notice, Subject
from bot.domain.multicast_cards import MulticastCard, MulticastDraftCard, MulticastListCard, Offered
from bot.domain.multicast_drafts import NEIGHBOUR, chosen
from bot.domain.policy import Policy
from bot.domain.states import MulticastState, RequestState
from bot.services.approvals import views as approvals
from bot.services.multicasts.handover import LATE
from bot.services.multicasts.multicasts import grown, leaves_at
from bot.storage import bases, multicasts, people, requests, valves
from bot.storage.engine import Tx

PAGE: Final = 6
COMING: Final = 200
_TOLD_BALANCE: Final = frozenset({MulticastState.HANDED_OVER, MulticastState.IN_DOUBT})


class MulticastViews:
    """Reads only; the same rows always give the same model."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self._policy = tx, policy

    async def draft(self, card: DraftCard) -> MulticastDraftCard:
        """Return a draft's card with the bases there are to choose from."""
        fields = card.draft.fields
        picked = {base.id for base in chosen(fields)}
        part = str(fields.get("filter") or "").casefold()
        listed = [base for base in await bases.everyone(self._tx) if part in base.name.casefold()]
        asked = await requests.newest(self._tx, "bases")
        return MulticastDraftCard(
            **{name: getattr(card, name) for name in DraftCard.__slots__},
            offered=tuple(Offered(base.id, base.name, base.total, base.id in picked) for base in listed),
            asking=asked is not None and asked.state is RequestState.ASKED,
            silent=asked is not None and asked.state is RequestState.FAILED,
            listed_at=await bases.listed_at(self._tx),
            provider_zone=self._policy.provider_zone,
            trackable=not any(base.protected and base.id in picked for base in await bases.everyone(self._tx)),
        )

    async def card(self, multicast: int) -> MulticastCard | None:
        """Return a multicast's card."""
        found = await multicasts.load(self._tx, multicast)
        if found is None:
            return None
        confirmer = await people.load(self._tx, found.confirmed_by)
        return MulticastCard(
            found,
            self._policy.handover,
            LATE,
            leaves_at=leaves_at(found, self._policy.of(confirmer).undo, self._tx.now),
            after=await self._after(found),
            author_name=await people.name(self._tx, found.author),
            confirmer_name=await people.name(self._tx, found.confirmed_by),
            awaited=await approvals.awaited(
                self._tx, Subject("multicast", found.id), (found.author, found.confirmed_by)
            ),
            second=grown(self._policy, found),
            stopped=found.state is MulticastState.HELD and (await valves.peek(self._tx)).stopped_by is not None,
        )

    async def listing(self, notice: Notice, *, drafting: bool) -> MulticastListCard:
        """Return a page of those to come, or of those past."""
        past, offset = bool(notice.args.get("past")), int(notice.args.get("offset") or 0)
        found = await multicasts.page(self._tx, past=past, limit=PAGE + 1, offset=offset)
        coming = await multicasts.coming(self._tx, COMING)
        return MulticastListCard(
            notice,
            tuple(found[:PAGE]),
            held=await multicasts.waiting(self._tx),
            more=len(found) > PAGE,
            close=() if past else _close(coming),
            drafting=drafting,
        )

    async def _after(self, multicast: Multicast) -> Decimal | None:
        """Return the balance of now, if it was asked since the provider got it; never a verdict."""
        since = multicast.start_at if multicast.passed and multicast.start_at else multicast.handed_at
        if multicast.state not in _TOLD_BALANCE or since is None:
            return None
        last = await requests.last_balance(self._tx)
        return last.balance if last is not None and last.at > since else None


def _close(coming: Sequence[Multicast]) -> tuple[str, ...]:
    """Name the bases to which two multicasts start within two hours."""
    near = ((one, other) for one, other in combinations(coming, 2) if _start(other) - _start(one) < NEIGHBOUR)
    both = ({base.name for base in one.bases} & {base.name for base in other.bases} for one, other in near)
    return tuple(sorted(set[str]().union(*both)))


def _start(multicast: Multicast) -> datetime:
    return multicast.start_at or multicast.hand_at
