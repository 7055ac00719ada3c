"""Answers of the provider: the balance, and the status of a message that this bot knows nothing else of."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.chat.cards.lasting import until
from bot.chat.cards.layout import code, facts, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.cards import NoticeCard, RequestCard
from bot.domain.chart import PERIODS, USUAL
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


def chart_empty(pen: Pen, card: NoticeCard) -> View:
    """Say that there is no chart yet; args: days, and the latest known: balance, at."""
    args = card.notice.args
    known = (Decimal(args["balance"]), datetime.fromisoformat(args["at"])) if args.get("balance") else None
    text = too_little(pen, known, int(args.get("days", USUAL)))
    return View(text, keyboard((to_draft(pen, drafting=card.drafting),)))


def too_little(pen: Pen, known: tuple[Decimal, datetime] | None, days: int) -> Markup:
    """Say why nothing can be drawn of so many days; `known`: the latest balance, and when it was heard."""
    if known is None:
        return lines(pen.head(pen("chart-empty-title"), pen("chart-empty-early")), pen("chart-empty-never"))
    balance, at = known
    said = {"money": pen.formats.money(balance), "at": pen.formats.at(at)}
    if pen.reader.now - at > timedelta(days=days):
        subject, line = pen("chart-empty-silent"), pen("chart-empty-none", n=days, **said)
    else:
        subject, line = pen("chart-empty-early"), pen("chart-empty-one", **said)
    return lines(pen.head(pen("chart-empty-title"), subject), line)


def to_draft(pen: Pen, *, drafting: bool) -> Button | None:
    """Make the way back to a draft that waits for its author."""
    return pen.button("word-btn-draft", "draft") if drafting else None


def _balance(pen: Pen, card: RequestCard) -> View:
    asked = card.request.state is RequestState.ASKED
    text = {
        RequestState.ASKED: _balance_asked,
        RequestState.ANSWERED: _balance_answered,
        RequestState.FAILED: _balance_failed,
    }[card.request.state](pen, card)
    draft = (to_draft(pen, drafting=card.drafting),)
    return View(text, keyboard(draft) if asked else keyboard(*_balance_rows(pen, card), draft))


def _balance_rows(pen: Pen, card: RequestCard) -> Iterator[tuple[Button, ...]]:
    refresh, alerts = pen.button("balance-btn-refresh", "refresh"), pen.button("balance-btn-alerts", "alerts")
    if "charted" not in card.request.args:
        yield refresh, pen.button("balance-btn-chart", "chart")
        yield (alerts,)
        return
    yield refresh, alerts
    yield tuple(pen.button("balance-btn-days", "chart", str(days), n=days) for days in PERIODS)


def _balance_answered(pen: Pen, card: RequestCard) -> Markup:
    result = card.request.result
    at = card.request.answered_at or pen.reader.now
    answer = Snapshot(Decimal(str(result["balance"])), Decimal(str(result["overdraft"])), at)
    money = pen.formats.money
    return lines(
        pen.head(pen("balance-title"), money(answer.available)),
        pen("balance-line", balance=money(answer.balance), overdraft=money(answer.overdraft)),
        facts(pen.formats.moment(at), _reserved(pen, card), _lasts(pen, card, answer)),
        _remains(pen, card, answer),
    )


def _reserved(pen: Pen, card: RequestCard) -> Markup | None:
    if card.reserved is None or not card.reserved.cost:
        return None
    return pen(
        f"balance-reserved{'-least' if card.reserved.unpriced else ''}", money=pen.formats.money(card.reserved.cost)
    )


def _lasts(pen: Pen, card: RequestCard, answer: Snapshot) -> Markup | None:
    return pen("balance-lasts", until=until(pen, card.lasts.until)) if card.lasts and answer.available > 0 else None


def _remains(pen: Pen, card: RequestCard, answer: Snapshot) -> Markup | None:
    """Say what of it nothing is scheduled for, or how much is missing."""
    if card.reserved is None or not card.reserved.cost:
        return None
    if missing := card.reserved.short(answer.available):
        return pen("balance-short", money=pen.formats.money(missing))
    left = answer.available - card.reserved.cost
    return None if card.reserved.unpriced else pen("balance-left", money=pen.formats.money(left))


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
