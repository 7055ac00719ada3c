"""Parts of the examples: the people, times and numbers that CARDS draws with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.cards import BatchCard, DraftCard, MessageCard, NoticeCard, Price, Problem, RequestCard
from bot.domain.models import Batch, Draft, Message, Notice, Place, Reader, Reason, Request
from bot.domain.money import Snapshot, cost
from bot.domain.states import BatchState, DraftState, MessageState, RequestState
from gateway.text import analyse

PHONE = "79119876543"
OTHERS = ("79119876544", "79119876545", "79119876546", "79119876547")
PRICE = Decimal(5)
AUTHOR = {"ru": "Иван", "en": "Ivan"}
CONFIRMER = {"ru": "Мария", "en": "Maria"}
TEXTS = {"ru": "Ваш заказ 1042 готов.", "en": "Your order 1042 is ready."}
LONG = {
    "ru": "Ваш заказ 1042 готов. Пункт выдачи работает ежедневно с 9 до 21, захватите номер заказа.",
    "en": "Your order 1042 is ready. " * 6 + "The pick-up point is open every day from 9 to 21.",
}


def at(clock: str, *, day: int = 24) -> datetime:
    """Return an instant of November 2026 by the clock of Moscow."""
    hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


def reader(language: str, *, role: Role = Role.OPERATOR, group: bool = False, now: datetime | None = None) -> Reader:
    """Return a reader in Moscow."""
    return Reader(language, ZoneInfo("Europe/Moscow"), role, now or at("12:06"), group)


SNAPSHOT = Snapshot(Decimal("5006.75"), Decimal("-10000.00"), at("12:04"))


def draft(
    step: str,
    fields: Mapping[str, Any],
    *problems: Problem,
    price: Decimal | None = PRICE,
    balance: Snapshot | None = SNAPSHOT,
    **more: Any,
) -> DraftCard:
    """Return a draft's card; text and phones decide the analysis and the price."""
    text, phones = str(fields.get("text") or ""), tuple(fields.get("phones") or ())
    analysis = analyse(text) if "text" in fields else None
    parts = analysis.parts * len(phones) if analysis else 0
    state = DraftState.CLOSED if step == "closed" else DraftState.OPEN
    row = Draft(
        12, "sms", 1, Place(1), 4, state, {"sender": "MyShop", **fields}, None, listens=True, created_at=at("12:00")
    )
    priced = Price(parts, cost(parts, price), balance if price is not None else None)
    return DraftCard(row, step, problems, analysis, priced, **more)


def message(state: MessageState, phone: str = PHONE, number: int = 1, **more: Any) -> Message:
    """Return a message sent at 12:04:30; one that is over has been so since 12:05:10."""
    left = state not in (MessageState.QUEUED, MessageState.CANCELLED)
    known = state in (MessageState.SENT, MessageState.DELIVERED, MessageState.NOT_DELIVERED, MessageState.NO_REPORT)
    return replace(
        Message(
            id=number,
            batch=7,
            phone=phone,
            state=state,
            gateway_id="27460" if known else None,
            reason=None,
            marked_by=None,
            sending_at=at("12:04:29") if left else None,
            sent_at=at("12:04:30") if known else None,
            final_at=at("12:05:10") if state is not MessageState.SENT and left else None,
            checked_at=None,
            repeated_by=None,
        ),
        **more,
    )


def batch(language: str, state: BatchState = BatchState.RUNNING, **more: Any) -> Batch:
    """Return a batch confirmed at 12:04:05."""
    return replace(
        Batch(
            id=7,
            kind="sms",
            origin="draft:12",
            author=1,
            confirmed_by=1,
            place=Place(1),
            state=state,
            sender="MyShop",
            flash=False,
            text=TEXTS[language],
            parts=1,
            price=PRICE,
            total=1,
            draft=12,
            undo_until=at("12:04:15"),
            confirmed_at=at("12:04:05"),
            progress_at=at("12:04"),
            paused_at=at("12:34") if state is BatchState.PAUSED else None,
            reason=None,
            counts={},
        ),
        **more,
    )


def one(language: str, message: Message, state: BatchState = BatchState.RUNNING, **more: Any) -> BatchCard:
    """Return the card of a batch of one."""
    reason = more.pop("reason", None)
    shown = batch(language, state, reason=reason)
    return BatchCard(shown, (message,), {message.state: 1}, {}, **more)


def many(
    language: str, states: Mapping[MessageState, int], state: BatchState = BatchState.RUNNING, **more: Any
) -> BatchCard:
    """Return the card of a batch of several."""
    each = [kind for kind, number in states.items() for _ in range(number)]
    refused = Reason("PHONE_BLACKLISTED", raw="Error: phone blacklisted")
    messages = tuple(
        message(kind, str(79119876543 + place), place + 1, reason=refused if kind is MessageState.REJECTED else None)
        for place, kind in enumerate(each)
    )
    rejected = states.get(MessageState.REJECTED, 0)
    shown = batch(language, state, total=len(each), reason=more.pop("reason", None))
    return BatchCard(shown, messages, states, {"PHONE_BLACKLISTED": rejected} if rejected else {}, **more)


def opened(language: str, message: Message, **more: Any) -> MessageCard:
    """Return a message of a batch of five, opened by itself."""
    return MessageCard(message, batch(language, BatchState.FINISHED, total=5), **more)


def asked(kind: str, state: RequestState, result: Mapping[str, Any] | None = None, **more: Any) -> RequestCard:
    """Return a question of 12:04 to the provider, answered at once."""
    args = {"gateway_id": more.pop("gateway_id", "27460")} if kind == "status" else more.pop("args", {})
    answered = None if state is RequestState.ASKED else more.pop("answered", at("12:04"))
    return RequestCard(Request(3, kind, args, state, result or {}, at("12:04"), answered), **more)


def notice(kind: str, more: Mapping[str, Any] | None = None, **args: Any) -> NoticeCard:
    """Return a notice; `more` are fields of its card."""
    return NoticeCard(Notice(5, kind, args, at("12:04")), **(more or {}))


def refused(code: str) -> Reason:
    """Return a refusal in the provider's words."""
    words = code.lower().replace("_", " ").replace("cant ", "can't ")
    return Reason(code, raw=f"Error: {words}")
