"""What the cards of money show, gathered from rows."""

from dataclasses import replace

from bot.domain.alerts import AlertsCard
from bot.domain.cards import RequestCard
from bot.domain.models import Notice, Request
from bot.domain.runway import WINDOW, runway
from bot.domain.states import RequestState
from bot.services.money.scheduled import reserved_money
from bot.storage import requests, watch
from bot.storage.engine import Tx


async def alerts(tx: Tx, notice: Notice) -> AlertsCard | None:
    """Return what is told in a place; None where that is gone."""
    watcher = await watch.watcher(tx, int(notice.args["watcher"]))
    if watcher is None:
        return None
    last, week = await requests.last_balance(tx), await watch.snapshots(tx, tx.now - WINDOW)
    return AlertsCard(notice, watcher, last, runway(week, tx.now))


async def balance(tx: Tx, request: Request, *, drafting: bool) -> RequestCard:
    """Return a balance as its card shows it; what is drawn beside an answer is nothing to a question that has none."""
    card = RequestCard(request, await requests.last_balance(tx), drafting)
    if request.state is not RequestState.ANSWERED:
        return card
    week = await watch.snapshots(tx, tx.now - WINDOW)
    return replace(card, lasts=runway(week, tx.now), reserved=await reserved_money(tx))
