"""Confirmed sends: S5–S11, S13–S15, M2, M3, and one message opened by itself."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.chat.cards import Model
from bot.chat.cards.causes import REWRITES
from bot.domain.access import Role
from bot.domain.cards import BatchCard
from bot.domain.models import Reader, Reason
from bot.domain.states import BatchState, MessageState
from tests.golden.made import AUTHOR, CONFIRMER, at, batch, many, message, one, opened, reader, refused

M = MessageState
CUT = Reason("cut")
ACCOUNT_WIDE = ("AUTHENTICATION_FAILURE", "YOUR_CREDIT_IS_NULL", "SERVICE_IS_SWITCHED_OFF")


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    for name, model in (*_singles(language), *_doubts(language), *_refusals(language), *_crowds(language)):
        yield name, (here, model)
    sent = one(language, message(M.SENT))
    both: dict[str, Any] = {"author_name": AUTHOR[language], "confirmer_name": CONFIRMER[language]}
    delivered = one(language, message(M.DELIVERED), **both)
    yield "send-sent-viewer", (reader(language, role=Role.VIEWER), sent)
    yield "send-sent-group", (reader(language, group=True), sent)
    yield "send-delivered-group", (reader(language, group=True), delivered)
    noon = reader(language, now=at("12:04"))
    long_ago = message(M.NO_REPORT, sent_at=at("12:04", day=21), final_at=at("12:04"))
    yield "send-no-report", (noon, one(language, long_ago, BatchState.FINISHED))


def _singles(language: str) -> Iterator[tuple[str, Model]]:
    queued = message(M.QUEUED)
    yield "send-undo", one(language, queued, BatchState.READY)
    at_once = batch(language, BatchState.READY, undo_until=at("12:04:05"))
    yield "send-undo-none", BatchCard(at_once, (queued,), {M.QUEUED: 1}, {})
    yield "send-queued", one(language, queued)
    yield "send-sending", one(language, message(M.SENDING))
    yield "send-sent", one(language, message(M.SENT))
    yield "send-sent-checked", one(language, message(M.SENT, checked_at=at("12:06")))
    yield "send-sent-marked", one(language, message(M.SENT, gateway_id=None, marked_by=CONFIRMER[language]))
    yield "send-delivered", one(language, message(M.DELIVERED), BatchState.FINISHED)
    yield "send-not-delivered", one(language, message(M.NOT_DELIVERED), BatchState.FINISHED)
    yield "send-waiting", one(language, queued, waiting=at("12:04"), expires=at("12:34"))
    yield "send-waiting-money", one(language, queued, waits_for=refused("YOUR_CREDIT_IS_NULL"), expires=at("12:34"))
    yield "send-waiting-halted", one(language, queued, waits_for=Reason("stopped"), expires=at("12:34"))
    yield "send-stopped", one(language, message(M.CANCELLED), BatchState.STOPPED)
    yield "send-cancelled", one(language, message(M.CANCELLED), BatchState.CANCELLED)
    yield "send-expired", one(language, queued, BatchState.PAUSED, reason=Reason("expired"))
    for code in ACCOUNT_WIDE:
        name = f"send-paused-{code.lower().replace('_', '-')}"
        yield name, one(language, queued, BatchState.PAUSED, reason=refused(code))


def _doubts(language: str) -> Iterator[tuple[str, Model]]:
    doubtful = message(M.IN_DOUBT, reason=CUT)
    known = {"before": Decimal("5006.75"), "after": Decimal("5001.75")}
    html = Reason("unclear", raw="<html><head><title>502 Bad Gateway</title></head>")
    yield "send-unknown", one(language, doubtful, BatchState.FINISHED)
    yield "send-unknown-balance", one(language, doubtful, BatchState.FINISHED, **known)
    yield "send-unknown-unclear", one(language, message(M.IN_DOUBT, reason=html), BatchState.FINISHED)
    yield "send-unknown-interrupted", one(language, message(M.IN_DOUBT, reason=Reason("lost")), BatchState.FINISHED)
    yield "send-unknown-mark", one(language, doubtful, BatchState.FINISHED, asking="mark")
    yield "send-unknown-resend", one(language, doubtful, BatchState.FINISHED, asking="resend")
    repeated = message(M.IN_DOUBT, reason=CUT, repeated_by=99)
    yield "send-unknown-repeated", one(language, repeated, BatchState.FINISHED)
    yield "send-unknown-duplicate", one(language, repeated, BatchState.FINISHED, duplicate=True)
    yield "many-message-unknown", opened(language, doubtful)
    yield "many-message-queued", opened(language, message(M.QUEUED))


def _refusals(language: str) -> Iterator[tuple[str, Model]]:
    for name in (*REWRITES, "other"):
        reason = refused(name.upper().replace("-", "_"))
        yield f"send-rejected-{name}", one(language, message(M.REJECTED, reason=reason), BatchState.FINISHED)


def _crowds(language: str) -> Iterator[tuple[str, Model]]:
    queued = {M.QUEUED: 5}
    running = {M.DELIVERED: 2, M.REJECTED: 1, M.QUEUED: 2}
    mixed = {M.DELIVERED: 2, M.NOT_DELIVERED: 1, M.REJECTED: 1, M.IN_DOUBT: 1}
    part = {M.DELIVERED: 10, M.SENT: 2, M.QUEUED: 38}
    silence: dict[str, Any] = {"waiting": at("12:04"), "expires": at("12:34")}
    yield "many-undo", many(language, queued, BatchState.READY)
    yield "many-waiting", many(language, queued, **silence)
    yield "many-running", many(language, running)
    yield "many-running-waiting", many(language, running, **silence)
    yield "many-awaiting-reports", many(language, {M.DELIVERED: 2, M.SENT: 3}, BatchState.FINISHED)
    yield "many-stopped", many(language, {M.DELIVERED: 2, M.SENT: 1, M.CANCELLED: 2}, BatchState.STOPPED, retryable=2)
    yield "many-stopped-early", many(language, {M.CANCELLED: 5}, BatchState.STOPPED, retryable=5)
    yield "many-done", many(language, mixed, BatchState.FINISHED, retryable=1)
    yield "many-done-all", many(language, {M.DELIVERED: 5}, BatchState.FINISHED)
    yield "many-list", many(language, mixed, BatchState.FINISHED, retryable=1, listed=True)
    yield "many-list-long", many(language, part, listed=True)
    yield "many-paused", many(language, part, BatchState.PAUSED, reason=refused("YOUR_CREDIT_IS_NULL"))
    refusals = Reason("refusals", {"of": "UNSUPPORTED_SENDER", "n": 20})
    yield "many-paused-refusals", many(language, {M.REJECTED: 20, M.QUEUED: 30}, BatchState.PAUSED, reason=refusals)
    doubts = Reason("doubts", {"n": 3})
    yield "many-paused-doubts", many(language, {M.IN_DOUBT: 3, M.QUEUED: 47}, BatchState.PAUSED, reason=doubts)
    yield "many-expired", many(language, running, BatchState.PAUSED, reason=Reason("expired"))
    for name, of in (("down", "down"), ("login", "AUTHENTICATION_FAILURE"), ("off", "SERVICE_IS_SWITCHED_OFF")):
        held_up = Reason("expired", {"of": of})
        yield f"many-expired-{name}", many(language, queued, BatchState.PAUSED, reason=held_up)
        yield f"many-expired-{name}-rest", many(language, running, BatchState.PAUSED, reason=held_up)
    moneyless = Reason("expired", {"of": "YOUR_CREDIT_IS_NULL"})
    yield "many-expired-money", many(language, queued, BatchState.PAUSED, reason=moneyless)
