"""Everything else: start, help, strangers, settings, balance, status, and what is said once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.cards import StatusLine
from bot.domain.models import Reader
from bot.domain.money import Snapshot
from bot.domain.runway import Reserved, Runway
from bot.domain.states import MessageState, RequestState
from tests.golden.made import PHONE, SNAPSHOT, asked, at, message, notice, reader

MOSCOW = "Europe/Moscow"
STRANGER = {"user_id": 412345678, "name": "Иван П.", "username": "username"}
_PROSPECTS = (
    ("prospects", at("17:00", day=26), Reserved(2, 620, 1240, Decimal("1240.00"))),
    ("today", at("18:00"), Reserved(0, 0, 0, Decimal())),
    ("tomorrow", at("12:00", day=25), None),
    ("far", at("12:00", day=24) + timedelta(days=18), Reserved(3, 620, 1240, Decimal("1240.00"), unpriced=1)),
    ("short", None, Reserved(1, 9000, 18000, Decimal("16240.00"))),
    ("unpriced", None, Reserved(1, 9000, 18000, None, unpriced=1)),
)
NAMES = {"ru": ("Иван П.", "Мария"), "en": ("Ivan P.", "Maria")}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here, viewer = reader(language), reader(language, role=Role.VIEWER)
    yield "start-viewer", (viewer, notice("start", first=False, role="viewer", zone=MOSCOW))
    shared: dict[str, Any] = {"language": language, "zone": MOSCOW, "sender": "MyShop", "undo": 10, "quiet": "22-09"}
    owner = reader(language, role=Role.OWNER)
    yield "settings-owner", (owner, notice("settings", **shared, phone=PHONE, shared=["undo"], owner=True))
    yield "help-viewer", (viewer, notice("help", role="viewer"))
    yield "status-list-viewer", (viewer, notice("status_list", {"lines": _latest()}))
    parts = (_welcome(language), _strangers(language), _settings(language), _requests(), _rest())
    for name, model in (example for part in parts for example in part):
        yield name, (here, model)


def _welcome(language: str) -> Iterator[tuple[str, Model]]:
    yield "start", notice("start", first=False, role="operator", zone=MOSCOW)
    yield "start-first", notice("start", first=True, role="operator", zone=MOSCOW)
    yield "help", notice("help", role="operator")
    yield "help-drafting", notice("help", {"drafting": True}, role="operator")
    yield "language", notice("language")


def _strangers(language: str) -> Iterator[tuple[str, Model]]:
    name, by = NAMES[language]
    who: dict[str, Any] = {**STRANGER, "name": name}
    decided: dict[str, Any] = {"by": by, "at": at("12:06").isoformat()}
    yield "stranger", notice("stranger", **who, step="notice")
    yield "stranger-nameless", notice("stranger", **{**who, "username": None}, step="notice")
    yield "stranger-role", notice("stranger", **who, step="role")
    yield "stranger-granted", notice("stranger", **who, step="granted", role="operator", **decided)
    yield "stranger-ignored", notice("stranger", **who, step="ignored", **decided)


def _settings(language: str) -> Iterator[tuple[str, Model]]:
    common: dict[str, Any] = {"language": language, "sender": "MyShop", "undo": 10, "quiet": "22-09"}
    values: dict[str, Any] = {**common, "zone": "Asia/Yekaterinburg", "phone": PHONE, "shared": []}
    shared = ["sender", "undo", "quiet"]
    yield "settings", notice("settings", **values)
    yield "settings-bare", notice("settings", **{**values, "phone": None, "shared": shared})
    yield "settings-never", notice("settings", **{**values, "undo": 0, "quiet": "00-00"})
    for name in ("language", "zone", "sender", "undo", "quiet", "phone"):
        yield f"settings-{name}", notice("settings", **values, asking=name)
    yield "settings-undo-shared", notice("settings", **{**values, "shared": shared}, asking="undo")
    for name, typed in (("zone", "Тьмутаракань"), ("sender", "Магазин"), ("undo", "час"), ("quiet", "ночью")):
        yield f"settings-{name}-refused", notice("settings", **values, asking=name, refused=typed)
    everybody = {**common, "zone": MOSCOW, "page": "all"}
    yield "settings-all", notice("settings", **everybody)
    for name in ("language", "zone", "sender", "undo", "quiet"):
        yield f"settings-all-{name}", notice("settings", **everybody, asking=name)
    _, by = NAMES[language]
    changed: dict[str, Any] = {"by": by, "at": at("12:06").isoformat()}
    for name, value, before in (
        ("language", "en", "ru"),
        ("zone", "Asia/Omsk", MOSCOW),
        ("sender", "Sklad", "MyShop"),
        ("undo", 0, 10),
        ("quiet", "00-00", "22-09"),
    ):
        yield f"settings-changed-{name}", notice("default_changed", name=name, value=value, before=before, **changed)
    yield "own-phone", notice("own_phone")
    yield "own-phone-saved", notice("own_phone_saved", phone=PHONE)
    yield "own-phone-left", notice("own_phone_left")
    yield "own-phone-refused", notice("own_phone_refused")


def _requests() -> Iterator[tuple[str, Model]]:
    answer = {"balance": "5006.75", "overdraft": "-10000.00"}
    earlier = Snapshot(SNAPSHOT.balance, SNAPSHOT.overdraft, at("11:50"))
    silent, refused = {"code": "silent"}, {"code": "AUTHENTICATION_FAILURE"}
    yield "balance", asked("balance", RequestState.ANSWERED, answer)
    yield "balance-drafting", asked("balance", RequestState.ANSWERED, answer, drafting=True)
    yield "balance-charted", asked("balance", RequestState.ANSWERED, answer, args={"charted": True})
    for name, lasts, spoken in _PROSPECTS:
        yield f"balance-{name}", asked("balance", RequestState.ANSWERED, answer, lasts=_until(lasts), reserved=spoken)
    known: dict[str, Any] = {"balance": "5006.75", "days": 7}
    yield "balance-no-chart", notice("chart_empty", **known, at=at("12:04").isoformat())
    yield "balance-no-chart-silent", notice("chart_empty", **known, at=at("12:04", day=3).isoformat())
    yield "balance-no-chart-never", notice("chart_empty", days=30)
    yield "balance-waiting", asked("balance", RequestState.ASKED, last=earlier)
    yield "balance-silent", asked("balance", RequestState.FAILED, silent, last=earlier)
    yield "balance-silent-never", asked("balance", RequestState.FAILED, silent)
    yield "balance-login", asked("balance", RequestState.FAILED, refused, last=earlier)
    yield "status-asking", asked("status", RequestState.ASKED)
    for status in (MessageState.SENT, MessageState.DELIVERED, MessageState.NOT_DELIVERED):
        name = f"status-foreign-{status.value.replace('_', '-')}"
        yield name, asked("status", RequestState.ANSWERED, {"status": status.value}, answered=at("12:06"))
    yield "status-silent", asked("status", RequestState.FAILED, silent)
    yield "status-login", asked("status", RequestState.FAILED, refused)
    nobody = {"code": "NO_SUCH_MESSAGE"}
    yield "status-no-such-message", asked("status", RequestState.FAILED, nobody, gateway_id="27461")
    yield "status-neither", asked("status", RequestState.FAILED, nobody, gateway_id="79119876500")


def _until(moment: datetime | None) -> Runway | None:
    return None if moment is None else Runway(Decimal(900), Decimal(2), moment)


def _rest() -> Iterator[tuple[str, Model]]:
    yield "status-list", notice("status_list", {"lines": _latest(), "more": True})
    yield "status-list-next", notice("status_list", {"lines": _latest()[:2]}, offset=5)
    yield "status-list-empty", notice("status_list")
    yield "status-nonsense", notice("unknown_status", query="!!")
    yield "status-no-id", notice("unknown_status", query="не нашла где смотреть", id=True)
    yield "nothing-to-cancel", notice("nothing_to_cancel")
    yield "unknown-command", notice("unknown_command")
    yield "not-allowed", notice("not_allowed", role="viewer", needed="operator")
    yield "not-the-author", notice("not_the_author", name="Иван")
    yield "unexpected", notice("unexpected")
    yield "unexpected-file", notice("unexpected_file")
    yield "album", notice("album")
    yield "fault", notice("fault", code="A7F2")
    yield "restart", notice("restart", unknown=2, expired=0)
    yield "restart-both", notice("restart", unknown=2, expired=1)
    yield "restart-any", notice("restart", unknown=2, expired=1, mms=True)
    yield "login-refused", notice("auth_alert")


def _latest() -> tuple[StatusLine, ...]:
    lines: tuple[tuple[MessageState, str, datetime], ...] = (
        (MessageState.DELIVERED, PHONE, at("12:05")),
        (MessageState.SENT, "79119876544", at("11:58")),
        (MessageState.IN_DOUBT, "79119876545", at("11:40")),
        (MessageState.NOT_DELIVERED, "79119876546", at("18:02", day=23)),
        (MessageState.REJECTED, "79119876547", at("17:20", day=23)),
    )
    return tuple(StatusLine(message(state, phone, place), when) for place, (state, phone, when) in enumerate(lines, 1))
