"""What people are called for: /alerts with its questions, money, troubles, bursts of rejections, and the morning's summary."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.alerts import AlertsCard, Threshold, Watcher
from bot.domain.models import Notice, Place, Reader
from bot.domain.money import Snapshot
from bot.domain.runway import Runway
from tests.golden.made import CONFIRMER, SNAPSHOT, at, notice, reader

FIRED = at("09:30")
LEVELS = (
    Threshold(1, "days", Decimal(3)),
    Threshold(2, "money", Decimal(20_000), FIRED),
    Threshold(3, "money", Decimal("1500.50")),
    Threshold(4, "money", Decimal(0)),
)
LASTS = Runway(Decimal(1500), Decimal(10), at("12:00", day=30))
BOOKED: dict[str, Any] = {"sends": 2, "recipients": 1860, "parts": 1860, "cost": "9300.00", "short": "8350.00"}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    everything = _alerts({})
    yield "alerts-viewer", (reader(language, role=Role.VIEWER), everything)
    yield "alerts-group", (reader(language, group=True), everything)
    owner, silent = reader(language, role=Role.OWNER), Watcher(1, Place(1), 1, troubles=False, thresholds=LEVELS[2:])
    yield "alerts-owner", (owner, _alerts({}, silent))
    yield "alerts-owner-remove", (owner, _alerts({"step": "remove"}, silent))
    yield "alerts-owner-first", (owner, _alerts({}, Watcher(1, Place(1), 1, thresholds=LEVELS[-1:])))
    parts = (_lists(), _questions(), _money(), _troubles(), _bursts(language), _digests())
    for name, model in (example for part in parts for example in part):
        yield name, (here, model)


def _lists() -> Iterator[tuple[str, Model]]:
    first = Watcher(1, Place(1), 1, thresholds=LEVELS[-1:])
    yield "alerts", _alerts({})
    yield "alerts-first", _alerts({}, first, balance=None, runway=None)
    yield "alerts-none", _alerts({}, Watcher(1, Place(1), 1, troubles=False), runway=None)
    yield "alerts-refused", _alerts({"refused": "тысяча <руб>"}, first)
    yield "alerts-full", _alerts({"full": True})
    negative = Snapshot(Decimal("-120.50"), Decimal(0), at("12:04"))
    yield "alerts-negative", _alerts({}, first, balance=negative)


def _questions() -> Iterator[tuple[str, Model]]:
    for step in ("money", "days", "quiet", "digest", "remove"):
        yield f"alerts-{step}", _alerts({"step": step})
    for step in ("money", "days", "quiet", "digest"):
        yield f"alerts-{step}-refused", _alerts({"step": step, "refused": "много"})


def _money() -> Iterator[tuple[str, Model]]:
    crossed = [{"kind": "days", "value": "3"}, {"kind": "money", "value": "1000"}]
    low = _account("950", "-1000", until=at("12:00", day=26).isoformat(), crossed=crossed)
    yield "money-low", notice("money_alert", **low, booked=BOOKED)
    covered = {**BOOKED, "sends": 1, "cost": "50", "short": None, "recipients": 10, "parts": 10}
    yield "money-low-covered", notice("money_alert", **low, booked=covered)
    vip = {"bases": ["VIP"], "at": at("10:00", day=26).isoformat(), "cost": "1240.00"}
    yield "money-low-uncovered", notice("money_alert", **low, booked={**BOOKED, "first": vip, "rest": 0})
    both = {**vip, "bases": ["VIP", "Клиенты"], "cost": "9300.00"}
    yield "money-low-uncovered-more", notice("money_alert", **low, booked={**BOOKED, "first": both, "rest": 2})
    yield "money-low-unpriced", notice("money_alert", **low, booked={**BOOKED, "cost": None, "short": None})
    today = _account("40", "0", until=at("20:00").isoformat(), crossed=crossed[1:])
    yield "money-low-today", notice("money_alert", **today, booked=_nothing())
    zero = _account("0", "0", crossed=[{"kind": "money", "value": "0"}])
    yield "money-zero", notice("money_alert", **zero, booked=_nothing())
    below = _account("-15", "-1000", crossed=[{"kind": "money", "value": "0"}])
    below["balance"] = "-1015"
    yield "money-below-zero", notice("money_alert", **below, booked=BOOKED)
    over = {"at": at("12:05").isoformat(), "available": "5950.00"}
    yield "money-recovered", notice("money_alert", **low, booked=BOOKED, over=over)


def _troubles() -> Iterator[tuple[str, Model]]:
    since, over = at("11:20").isoformat(), {"at": at("12:05").isoformat()}
    yield "gateway-silent", notice("gateway_alert", since=since, n=3)
    yield "gateway-back", notice("gateway_alert", since=since, n=3, over=over)
    yield "login-taken", notice("auth_alert", since=since, over=over)


def _bursts(language: str) -> Iterator[tuple[str, Model]]:
    said: dict[str, Any] = {"n": 12, "m": 20, "of": "UNSUPPORTED_SENDER"}
    decided = {"by": CONFIRMER[language], "decided": at("12:05").isoformat()}
    yield "burst", notice("burst_alert", **said, batches=[1, 2])
    yield "burst-nothing-left", notice("burst_alert", **said, batches=[])
    for step in ("resumed", "stopped"):
        yield f"burst-{step}", notice("burst_alert", **said, batches=[1], step=step, **decided)


def _digests() -> Iterator[tuple[str, Model]]:
    day, sends = at("09:00").isoformat(), {"delivered": 40, "failed": 2, "in_doubt": 1, "going": 1}
    full = _account("5006.75", "-10000", until=LASTS.until.isoformat(), booked={**BOOKED, "short": None})
    yield "digest", notice("digest", **full, spent="1450.00", sends=sends, day=day)
    vip = {"bases": ["VIP"], "at": at("10:00", day=26).isoformat(), "cost": "9300.00"}
    missing = {**BOOKED, "short": "4293.25", "first": vip, "rest": 0}
    yield "digest-uncovered", notice("digest", **{**full, "booked": missing}, spent="1450.00", sends=sends, day=day)
    quiet = _account("5006.75", "0", booked=_nothing())
    yield "digest-quiet", notice("digest", **quiet, spent="0", sends={}, day=day)
    yield "digest-unknown", notice("digest", spent="0", sends={"sent": 3}, day=day)


def _alerts(
    args: dict[str, Any],
    watcher: Watcher | None = None,
    balance: Snapshot | None = SNAPSHOT,
    runway: Runway | None = LASTS,
) -> AlertsCard:
    mine = watcher or Watcher(1, Place(1), 1, quiet="22-09", digest=9, thresholds=LEVELS)
    return AlertsCard(Notice(5, "alerts", {"watcher": 1, **args}, at("12:04")), mine, balance, runway)


def _account(available: str, overdraft: str, **more: Any) -> dict[str, Any]:
    balance = str(Decimal(available) + Decimal(overdraft))
    return {"at": at("12:04").isoformat(), "balance": balance, "overdraft": overdraft, "until": None, **more}


def _nothing() -> dict[str, Any]:
    return {"sends": 0, "recipients": 0, "parts": 0, "cost": None, "short": None}
