"""Thresholds: which of them fire, which are armed again, and what is said then; and the morning's summary."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.domain.alerts import Level, Threshold, Watcher, level
from bot.domain.money import Snapshot
from bot.domain.runway import WINDOW, Runway, Scheduled, reserved, runway, spent, uncovered
from bot.services.money.scheduled import scheduled
from bot.services.money.watchers import Watchers
from bot.storage import notices, requests, watch
from bot.storage.engine import Tx

_DAY = timedelta(days=1)


class Judging:
    """Compares the account as last known with what people want to hear of."""

    def __init__(self, tx: Tx, watchers: Watchers) -> None:
        self._tx, self._watchers = tx, watchers

    async def all(self) -> None:
        """Tell everybody whose thresholds the account has crossed, and arm those again that it has left behind."""
        stand = await self._stand()
        if stand is None:
            return
        for watcher in await self._watchers.everybody():
            recovered = [one.id for one in watcher.thresholds if one.recovers(stand.level)]
            for notice in await watch.rearm(self._tx, recovered) if recovered else ():
                if not await watch.still_told(self._tx, notice):
                    await self._watchers.over(notice, available=str(stand.last.available))
            await self._fire(watcher, stand)

    async def one(self, watcher: Watcher) -> None:
        """Tell a watcher at once where what he has just chosen is crossed already."""
        stand = await self._stand()
        if stand is not None:
            await self._fire(watcher, stand)

    async def digests(self) -> None:
        """Post the morning's summary to all whose hour has come."""
        for watcher in await self._watchers.everybody():
            if watcher.wants_digest(self._tx.now, await self._watchers.zone(watcher)):
                await watch.change_watcher(self._tx, watcher.id, digested_at=self._tx.now)
                notice = await notices.add(self._tx, "digest", await self._digest())
                await self._watchers.post(watcher, notice)

    async def _fire(self, watcher: Watcher, stand: "_Stand") -> None:
        crossed = [one for one in watcher.thresholds if one.fires(stand.level)]
        fired = await watch.fire(self._tx, [one.id for one in crossed]) if crossed else []
        if fired:
            told = _told(stand.last, stand.lasts, await scheduled(self._tx))
            crossings = _crossings([one for one in crossed if one.id in fired])
            notice = await notices.add(self._tx, "money_alert", {**told, "crossed": crossings})
            await watch.told_by(self._tx, fired, notice)
            await self._watchers.post(watcher, notice)

    async def _stand(self) -> "_Stand | None":
        last = await requests.last_balance(self._tx)
        if last is None:
            return None
        week = await watch.snapshots(self._tx, self._tx.now - WINDOW)
        lasts = runway(week, self._tx.now)
        return _Stand(last, lasts, level(last, lasts, known=bool(week) and last.at - week[0].at >= _DAY))

    async def _digest(self) -> dict[str, Any]:
        last, day = await requests.last_balance(self._tx), await watch.snapshots(self._tx, self._tx.now - _DAY)
        lasts = runway(await watch.snapshots(self._tx, self._tx.now - WINDOW), self._tx.now)
        told = _told(last, lasts, await scheduled(self._tx)) if last else {}
        sends = await watch.standings(self._tx, self._tx.now - _DAY)
        return {**told, "spent": str(spent(day)), "sends": sends, "day": self._tx.now.isoformat()}


class _Stand:
    """How the account stands now."""

    def __init__(self, last: Snapshot, lasts: Runway | None, level_: Level) -> None:
        self.last, self.lasts, self.level = last, lasts, level_


def _told(last: Snapshot, lasts: Runway | None, all_: Sequence[Scheduled]) -> dict[str, Any]:
    """Return what a card says of the money: amounts as text, `short` only where what is scheduled is not covered.

    `first`: the next multicast it does not reach (bases, at, cost), or None; `rest`: how many follow that.
    """
    booked, missed = reserved(all_), uncovered(all_, last.available)
    short = booked.short(last.available)
    return {
        "at": last.at.isoformat(),
        "balance": str(last.balance),
        "overdraft": str(last.overdraft),
        "until": lasts.until.isoformat() if lasts and last.available > 0 else None,
        "booked": {
            "sends": booked.sends,
            "recipients": booked.recipients,
            "parts": booked.parts,
            "cost": str(booked.cost) if booked.cost else None,
            "short": str(short) if short else None,
            "first": _named(missed[0]) if missed else None,
            "rest": len(missed[1:]),
        },
    }


def _named(one: Scheduled) -> dict[str, Any]:
    return {"bases": list(one.bases), "at": one.at.isoformat() if one.at else None, "cost": str(one.cost)}


def _crossings(crossed: Sequence[Threshold]) -> list[dict[str, str]]:
    return [
        {"kind": one.kind, "value": str(one.value if one.kind == "money" else Decimal(int(one.value)))}
        for one in crossed
    ]
