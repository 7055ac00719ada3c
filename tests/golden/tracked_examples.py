"""Multicasts that are sent one by one: T1, its list, its pauses, its end."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from bot.chat.cards import Model
from bot.domain.cards import BatchCard, Price
from bot.domain.models import Draft, Place, Reader, Reason
from bot.domain.money import cost
from bot.domain.multicast_cards import MulticastDraftCard
from bot.domain.states import BatchState, DraftState, MessageState
from gateway.text import analyse
from tests.golden.made import PRICE, SNAPSHOT, TEXTS, at, batch, message, reader

M = MessageState
VIP, CLIENTS = {"id": 1, "name": "VIP", "total": 1240}, {"id": 2, "name": "Клиенты", "total": 620}
FROZEN = {"list": 1, "total": 1846, "repeats": 12, "invalid": 2}
HALF = {M.DELIVERED: 1102, M.SENT: 122, M.REJECTED: 14, M.IN_DOUBT: 2, M.QUEUED: 620}
OVER = {M.DELIVERED: 1840, M.REJECTED: 14, M.NOT_DELIVERED: 6}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    for name, model in (*_drafts(language), *_before(language), *_after(language)):
        yield name, (here, model)
    yield "tracked-running-group", (reader(language, group=True), _card(language, BatchState.RUNNING, HALF))


def _drafts(language: str) -> Iterator[tuple[str, Model]]:
    yield "tracked-gathering", _draft(language, "mc_gather", {"list": 1})
    for code in ("BASE_IS_PROTECTED", "WRONG_BASE", "silent", "too_many", "WRONG_FUNCTION"):
        refused = {"list": 1, "refused": {"code": code, "base": "VIP"}}
        yield f"tracked-refused-{code.lower().replace('_', '-')}", _draft(language, "mc_gather", refused)
    expired = {"list": 1, "refused": {"code": "expired", "base": ""}}
    yield "tracked-expired", _draft(language, "mc_gather", expired)
    yield "tracked-preview", _draft(language, "preview", FROZEN)


def _before(language: str) -> Iterator[tuple[str, Model]]:
    ready = BatchState.READY
    yield "tracked-undo", _card(language, ready, {M.QUEUED: 1860})
    yield "tracked-undo-none", _card(language, ready, {M.QUEUED: 1860}, undo_until=at("12:04:05"))
    yield "tracked-filling", _card(language, ready, {M.QUEUED: 1000}, undo_until=at("12:05"))
    yield "tracked-held", _card(language, ready, {M.QUEUED: 1860}, undo_until=at("10:00", day=25))


def _after(language: str) -> Iterator[tuple[str, Model]]:
    running, paused, finished = BatchState.RUNNING, BatchState.PAUSED, BatchState.FINISHED
    yield "tracked-running", _card(language, running, HALF, left=timedelta(minutes=5, seconds=20))
    yield "tracked-running-soon", _card(language, running, HALF, left=timedelta(seconds=33))
    yield "tracked-running-waiting", _card(language, running, HALF, waiting=at("12:04"), expires=at("12:34"))
    yield "tracked-awaiting", _card(language, finished, {M.DELIVERED: 1840, M.SENT: 20})
    yield "tracked-paused-person", _card(language, paused, HALF, reason=Reason("person"))
    refusals = Reason("refusals", {"of": "UNSUPPORTED_SENDER", "n": 20})
    yield "tracked-paused-refusals", _card(language, paused, HALF, reason=refusals)
    rejected = message(M.REJECTED, reason=Reason("CANT_SEND_THIS_MESSAGE"))
    yield (
        "tracked-done",
        _card(language, finished, OVER, messages=(rejected,), retryable=20, reasons={"PHONE_BLACKLISTED": 4}),
    )
    yield "tracked-done-all", _card(language, finished, {M.DELIVERED: 1860})
    many = {M.DELIVERED: 360, M.REJECTED: 1500}
    yield "tracked-done-many", _card(language, finished, many, messages=(rejected,), retryable=1500)


def _draft(language: str, step: str, tracked: Mapping[str, Any]) -> MulticastDraftCard:
    fields = {"bases": [VIP, CLIENTS], "text": TEXTS[language], "sender": "MyShop", "when": {"now": True}}
    fields["tracked"] = tracked
    row = Draft(14, "multicast", 1, Place(1), 4, DraftState.OPEN, fields, None, listens=True, created_at=at("12:00"))
    parts = int(tracked.get("total") or 0)
    return MulticastDraftCard(row, step, (), analyse(TEXTS[language]), Price(parts, cost(parts, PRICE), SNAPSHOT))


def _card(language: str, state: BatchState, counts: Mapping[MessageState, int], **more: Any) -> BatchCard:
    made = {name: more.pop(name) for name in ("reason", "undo_until") if name in more}
    row = batch(language, state, kind="tracked", total=1860, counts=counts, **made)
    return BatchCard(row, more.pop("messages", ()), counts, more.pop("reasons", {}), bases=("VIP",), **more)
