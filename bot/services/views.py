"""What a card shows, gathered for rendering: one model for each kind of subject."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.admins import AdminsModel
from bot.domain.approvals import ApprovalCard, needed
from bot.domain.bases import BasesModel
from bot.domain.cards import BatchCard, DraftCard, MessageCard, NoticeCard, RequestCard, StatusLine
from bot.domain.models import Card, Draft, Message, Place, Reader
from bot.domain.multicast_cards import MulticastCard
from bot.domain.notice_cards import NoticeModel
from bot.domain.policy import Policy
from bot.services import prompts
from bot.services.approvals import views as approvals
from bot.services.bases import views as base_views
from bot.services.drafts import Drafts, addressed
from bot.services.history import views as history_views
from bot.services.money import views as money_views
from bot.services.multicasts.views import MulticastViews
from bot.services.people import views as people_views
from bot.services.sending.sms import Sms
from bot.services.sending.views import SendViews
from bot.storage import cards, drafts, messages, notices, people, requests
from bot.storage.engine import Tx

Model = (
    ApprovalCard
    | DraftCard
    | BatchCard
    | MessageCard
    | MulticastCard
    | RequestCard
    | NoticeModel
    | BasesModel
    | AdminsModel
)
PAGE = 5


class Views:
    """Reads only; the same rows always give the same model."""

    def __init__(self, tx: Tx, policy: Policy, drafts_: Drafts, sms: Sms, people_: people_views.PeopleViews) -> None:
        self._tx, self._policy = tx, policy
        self._drafts, self._sms, self._people = drafts_, sms, people_
        self._sends = SendViews(tx, policy)
        self._multicasts = MulticastViews(tx, policy)

    async def reader(self, card: Card) -> Reader:
        """Return who the card is written for."""
        return await self.reader_in(card.place, card.reader)

    async def reader_in(self, place: Place, person: int) -> Reader:
        """Return who a person is as a reader in a place: a group has a language and a clock of its own."""
        admin = await people.load(self._tx, person)
        language = admin.language if admin else self._policy.language
        zone = ZoneInfo(admin.zone) if admin else self._policy.zone
        if place.chat < 0 and (room := await cards.chat_of(self._tx, place.chat)) is not None:
            language, zone = room.language or language, ZoneInfo(room.zone) if room.zone else zone
        return Reader(language, zone, admin.role if admin else Role.VIEWER, self._tx.now, group=place.chat < 0)

    async def of(self, card: Card) -> Model | None:
        """Return what the card shows; None where its subject is gone, or is not for its chat any more."""
        return None if await self._people.withheld(card) else await self._of(card)

    async def _of(self, card: Card) -> Model | None:
        match card.subject.kind:
            case "draft":
                draft = await drafts.peek(self._tx, card.subject.id)
                return await self._draft(draft) if draft else None
            case "batch":
                return await self._sends.batch(card.subject.id, card.place)
            case "message":
                return await self._sends.message(card.subject.id)
            case "multicast":
                return await self._multicasts.card(card.subject.id)
            case "request":
                return await self._request(card)
            case _:
                return await self._other(card)

    async def _other(self, card: Card) -> Model | None:
        if card.subject.kind == "approval":
            return await approvals.request(self._tx, card)
        if card.subject.kind == prompts.KIND:
            return await prompts.view(self._tx, card)
        if card.subject.kind in base_views.KINDS:
            return await base_views.of(self._tx, card.subject)
        if card.subject.kind in people_views.KINDS:
            return await self._people.of(card)
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
            second=weighed is not None and needed(self._policy, addressed(draft), weighed.price.cost),
        )
        return await self._multicasts.draft(shown) if draft.kind == "multicast" else shown

    async def _request(self, card: Card) -> RequestCard | None:
        request = await requests.load(self._tx, card.subject.id)
        if request is None:
            return None
        drafting = await self._drafting(card.place, card.reader)
        if request.kind == "balance":
            return await money_views.balance(self._tx, request, drafting=drafting)
        return RequestCard(request, drafting=drafting)

    async def _notice(self, card: Card) -> NoticeModel | None:
        notice = await notices.load(self._tx, card.subject.id)
        if notice is None:
            return None
        drafting = await self._drafting(card.place, card.reader)
        if notice.kind == "multicast_list":
            return await self._multicasts.listing(notice, drafting=drafting)
        if notice.kind == "alerts":
            return await money_views.alerts(self._tx, notice)
        if notice.kind in history_views.KINDS:
            return await history_views.of(self._tx, notice, (await self.reader(card)).zone, drafting=drafting)
        if notice.kind != "status_list":
            return NoticeCard(notice, drafting=drafting)
        found = await messages.latest(self._tx, PAGE + 1, int(notice.args.get("offset") or 0))
        lines = tuple(StatusLine(message, _changed(message, self._tx.now)) for message in found[:PAGE])
        return NoticeCard(notice, lines, more=len(found) > PAGE, drafting=drafting)

    async def _drafting(self, place: Place, reader: int) -> bool:
        return await drafts.listening(self._tx, place, reader) is not None


def _changed(message: Message, now: datetime) -> datetime:
    return message.final_at or message.sent_at or message.sending_at or now
