"""Answers of the provider: the balance, and the status of a message that this bot knows nothing else of."""

from decimal import Decimal
from typing import Final

from bot.chat.cards.layout import code, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.cards import RequestCard
from bot.domain.models import Request
from bot.domain.money import Snapshot
from bot.domain.states import MessageState, RequestState
from gateway.phones import Refusal, parse

_TITLES: Final = {
    MessageState.SENT: "send-sent-title",
    MessageState.DELIVERED: "send-delivered-title",
    MessageState.NOT_DELIVERED: "send-not-delivered-title",
}


def request(pen: Pen, card: RequestCard) -> View:
    """Draw a question to the provider, or its answer."""
    return _balance(pen, card) if card.request.kind == "balance" else _status(pen, card)


def to_draft(pen: Pen, *, drafting: bool) -> Button | None:
    """Make the way back to a draft that waits for its author."""
    return pen.button("word-btn-draft", "draft") if drafting else None


def _balance(pen: Pen, card: RequestCard) -> View:
    asked = card.request.state is RequestState.ASKED
    refresh = None if asked else pen.button("balance-btn-refresh", "refresh")
    text = {
        RequestState.ASKED: _balance_asked,
        RequestState.ANSWERED: _balance_answered,
        RequestState.FAILED: _balance_failed,
    }[card.request.state](pen, card)
    return View(text, keyboard((refresh,), (to_draft(pen, drafting=card.drafting),)))


def _balance_answered(pen: Pen, card: RequestCard) -> Markup:
    result = card.request.result
    at = card.request.answered_at or pen.reader.now
    answer = Snapshot(Decimal(str(result["balance"])), Decimal(str(result["overdraft"])), at)
    money = pen.formats.money
    return lines(
        pen.head(pen("balance-title"), money(answer.available)),
        pen("balance-line", balance=money(answer.balance), overdraft=money(answer.overdraft)),
        pen.formats.moment(at),
    )


def _balance_asked(pen: Pen, card: RequestCard) -> Markup:
    last = _last(pen, card.last, "balance-last") if card.last else None
    return lines(pen.head(pen("balance-waiting-title"), pen("balance-waiting-subject")), last)


def _balance_failed(pen: Pen, card: RequestCard) -> Markup:
    title = pen.head(pen("balance-waiting-title"), pen("balance-silent-subject"))
    if card.request.result.get("code") == "AUTHENTICATION_FAILURE":
        last = _last(pen, card.last, "balance-last") if card.last else None
        return lines(title, pen("send-paused-authentication-failure"), last)
    return lines(title, _last(pen, card.last, "balance-silent") if card.last else pen("balance-silent-never"))


def _last(pen: Pen, last: Snapshot, key: str) -> Markup:
    return pen(key, available=pen.formats.money(last.available), at=pen.formats.at(last.at))


def _status(pen: Pen, card: RequestCard) -> View:
    request = card.request
    query = str(request.args.get("gateway_id") or "")
    if request.state is RequestState.FAILED and request.result.get("code") == "NO_SUCH_MESSAGE":
        return View(_nothing_found(pen, query), keyboard((to_draft(pen, drafting=card.drafting),)))
    identity = pen("word-id", id=code(query))
    text = (
        _answer(pen, request, identity)
        if request.state is RequestState.ANSWERED
        else _no_answer(pen, request, identity)
    )
    check = pen.button("word-btn-check", "check") if request.state is not RequestState.ASKED else None
    return View(text, keyboard((check,), (to_draft(pen, drafting=card.drafting),)))


def _answer(pen: Pen, request: Request, identity: Markup) -> Markup:
    return lines(
        pen.head(pen(_TITLES[MessageState(request.result["status"])]), identity),
        pen("status-foreign-line"),
        pen("status-foreign-answer", at=pen.formats.at(request.answered_at or pen.reader.now)),
    )


def _no_answer(pen: Pen, request: Request, identity: Markup) -> Markup:
    if request.state is RequestState.ASKED:
        line = pen("status-asking")
    elif request.result.get("code") == "AUTHENTICATION_FAILURE":
        line = pen("send-paused-authentication-failure")
    else:
        line = pen("status-failed")
    return lines(pen.head(pen("status-title"), identity), line)


def _nothing_found(pen: Pen, query: str) -> Markup:
    """Say that neither we nor the provider know it; what reads as a phone was looked for as one, too."""
    both = not isinstance(parse(query), Refusal)
    return pen("status-unknown-both" if both else "status-unknown-id", query=code(query))
