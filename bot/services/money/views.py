"""What the cards of money show, gathered from rows."""

from bot.domain.alerts import AlertsCard
from bot.domain.models import Notice
from bot.domain.runway import WINDOW, runway
from bot.storage import requests, watch
from bot.storage.engine import Tx


async def alerts(tx: Tx, notice: Notice) -> AlertsCard | None:
    """Return what is told in a place; None where that is gone."""
    watcher = await watch.watcher(tx, int(notice.args["watcher"]))
    if watcher is None:
        return None
    last, week = await requests.last_balance(tx), await watch.snapshots(tx, tx.now - WINDOW)
    return AlertsCard(notice, watcher, last, runway(week, tx.now))
