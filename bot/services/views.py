"""What a card shows, gathered for rendering: one model for each kind of subject."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.bases import BasesModel
from bot.domain.cards import BatchCard, DraftCard, MessageCard, NoticeCard, RequestCard, StatusLine
from bot.domain.mms_drafts import picture
from bot.domain.models import Batch, Card, Draft, Message, Place, Reader, Reason
from bot.domain.multicast_cards import MulticastCard, MulticastListCard
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.services import base_views, tracked_views
from bot.services.drafts import Drafts
from bot.services.multicast_views import MulticastViews
from bot.services.sends import Sends
from bot.services.sms import Sms
from bot.storage import batches, drafts, lists, notices, people, requests, valves
from bot.storage.engine import Tx

Model = DraftCard | BatchCard | MessageCard | MulticastCard | RequestCard | NoticeCard | MulticastListCard | BasesModel
LISTED = 20
PAGE = 5


class Views:
    """Reads only; the same rows always give the same model."""

    def __init__(self, tx: Tx, policy: Policy, drafts_: Drafts, sms: Sms, sends: Sends) -> None:
        self._tx, self._policy = tx, policy
        self._drafts, self._sms, self._sends = drafts_, sms, sends
        self._multicasts = MulticastViews(tx, policy)

    async def reader(self, card: Card) -> Reader:
        """Return who the card is written for."""
        admin = await people.load(self._tx, card.reader)
        language = admin.language if admin else self._policy.language
        zone = ZoneInfo(admin.zone) if admin else self._policy.zone
        return Reader(language, zone, admin.role if admin else Role.VIEWER, self._tx.now, group=card.place.chat < 0)

    async def of(self, card: Card) -> Model | None:
        """Return what the card shows; None where its subject is gone."""
        match card.subject.kind:
            case "draft":
                draft = await drafts.peek(self._tx, card.subject.id)
                return await self._draft(draft) if draft else None
            case "batch":
                batch = await batches.load(self._tx, card.subject.id)
                return await self._batch(batch, card.place) if batch else None
            case "message":
                message = await batches.message(self._tx, card.subject.id)
                return await self._message(message) if message else None
            case "multicast":
                return await self._multicasts.card(card.subject.id)
            case "request":
                return await self._request(card)
            case _:
                return await self._other(card)

    async def _other(self, card: Card) -> Model | None:
        if card.subject.kind in base_views.KINDS:
            return await base_views.of(self._tx, card.subject)
        return await self._notice(card)

    async def _draft(self, draft: Draft) -> DraftCard:
        step, weighed = await self._drafts.stand(draft)
        author = await people.load(self._tx, draft.author)
        candidate = draft.fields.get("candidate")
        shown = DraftCard(
            draft=draft,
            step=step,
            problems=weighed.problems if weighed else (),
            analysis=weighed.analysis if weighed else None,
            price=weighed.price if weighed else None,
            test=await self._sms.tested(draft),
            own_phone=author.phone if author else None,
            author_name=author.name if author else "",
            found=self._sms.numbers_in(str(candidate)) if candidate is not None else 0,
        )
        return await self._multicasts.draft(shown) if draft.kind == "multicast" else shown

    async def _batch(self, batch: Batch, place: Place) -> BatchCard:
        row = await batches.row(self._tx, batch.id)
        waits_for = await self._waits_for(batch)
        before, after = await self._balances(batch, row.balance_before)
        shown = await batches.worst_first(self._tx, batch.id, LISTED)
        return BatchCard(
            batch=batch,
            messages=tuple(shown),
            counts=batch.counts,
            reasons=await batches.reasons(self._tx, batch.id) if batch.total > 1 else {},
            waiting=row.waiting_since if batch.state is BatchState.RUNNING else None,
            expires=batch.progress_at + self._policy.queue,
            waits_for=waits_for,
            asking=await batches.asking(self._tx, shown[0].id) if len(shown) == 1 else None,
            listed=bool(row.listed),
            retryable=await lists.count_retryable(self._tx, batch.id) if batch.total > 1 else 0,
            before=before,
            after=after,
            confirmer_name=await self._name(batch.confirmed_by),
            duplicate=await self._repeat_refused(batch) if batch.total == 1 else False,
            author_name=await self._name(batch.author),
            pictured=await self._pictured(batch, place),
            bases=await tracked_views.names(self._tx, batch),
            left=await tracked_views.left(self._tx, batch),
        )

    async def _pictured(self, batch: Batch, place: Place) -> int | None:
        source = await drafts.peek(self._tx, batch.draft) if batch.picture and batch.draft else None
        shown = picture(source.fields) if source and source.place == place else None
        return shown.message if shown else None

    async def _message(self, message: Message) -> MessageCard | None:
        batch = await batches.load(self._tx, message.batch)
        if batch is None:
            return None
        row = await batches.row(self._tx, batch.id)
        before, after = await self._balances(batch, row.balance_before)
        asking = await batches.asking(self._tx, message.id)
        return MessageCard(
            message,
            batch,
            asking=asking,
            before=before,
            after=after,
            confirmer_name=await self._name(batch.confirmed_by),
            duplicate=await self._refused_as_repeat(message),
            author_name=await self._name(batch.author),
        )

    async def _waits_for(self, batch: Batch) -> Reason | None:
        """Name what shuts the valve while this batch would like to run."""
        if batch.state is not BatchState.RUNNING or not batch.counts.get(MessageState.QUEUED):
            return None
        valve = await valves.peek(self._tx)
        if valve.stopped_by:
            return Reason("stopped", {"by": valve.stopped_by})
        return Reason(valve.shut) if valve.shut and valve.shut != "backoff" else None

    async def _balances(self, batch: Batch, before: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """Return the balance before and after an outcome nobody knows; never a verdict."""
        if before is None or not batch.counts.get(MessageState.IN_DOUBT):
            return None, None
        after = await requests.last_balance(self._tx, after=batch.undo_until)
        return (before, after.balance) if after else (None, None)

    async def _repeat_refused(self, batch: Batch) -> bool:
        found = await batches.some(self._tx, batch.id, 1)
        return bool(found) and await self._refused_as_repeat(found[0])

    async def _refused_as_repeat(self, message: Message) -> bool:
        if message.repeated_by is None:
            return False
        return "MESSAGE_DUPLICATION" in await batches.reasons(self._tx, message.repeated_by)

    async def _request(self, card: Card) -> RequestCard | None:
        request = await requests.load(self._tx, card.subject.id)
        if request is None:
            return None
        last = await requests.last_balance(self._tx)
        return RequestCard(request, last, await self._drafting(card.place, card.reader))

    async def _notice(self, card: Card) -> NoticeCard | MulticastListCard | None:
        notice = await notices.load(self._tx, card.subject.id)
        if notice is None:
            return None
        drafting = await self._drafting(card.place, card.reader)
        if notice.kind == "multicast_list":
            return await self._multicasts.listing(notice, drafting=drafting)
        if notice.kind != "status_list":
            return NoticeCard(notice, drafting=drafting)
        found = await batches.latest(self._tx, PAGE + 1, int(notice.args.get("offset") or 0))
        lines = tuple(StatusLine(message, _changed(message, self._tx.now)) for message in found[:PAGE])
        return NoticeCard(notice, lines, more=len(found) > PAGE, drafting=drafting)

    async def _drafting(self, place: Place, reader: int) -> bool:
        return await drafts.listening(self._tx, place, reader) is not None

    async def _name(self, user_id: int) -> str:
        admin = await people.load(self._tx, user_id)
        return admin.name if admin else str(user_id)


def _changed(message: Message, now: datetime) -> datetime:
    return message.final_at or message.sent_at or message.sending_at or now
