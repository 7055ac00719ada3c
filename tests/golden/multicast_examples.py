"""Multicasts: B1–B9, the second tap, refusals, and the list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.cards import Price, Problem
from bot.domain.models import Base, Draft, Multicast, Notice, Place, Reader, Reason
from bot.domain.money import cost
from bot.domain.multicast_cards import MulticastCard, MulticastDraftCard, MulticastListCard, Offered
from bot.domain.states import DraftState, MulticastState
from gateway.text import analyse
from tests.golden.made import AUTHOR, CONFIRMER, LONG, SNAPSHOT, TEXTS, at, reader, refused

S = MulticastState
VIP, CLIENTS = {"id": 1, "name": "VIP", "total": 1240}, {"id": 2, "name": "Клиенты", "total": 620}
BASES = [VIP, CLIENTS]
TEN = at("10:00", day=26)
START = {"at": TEN.isoformat()}
NOW = {"now": True}
URALS = ZoneInfo("Asia/Yekaterinburg")
RAW = "<html><head><title>502 Bad Gateway</title></head>"


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    parts = (
        _questions(),
        _previews(language),
        _warnings(language),
        _ends(language),
        _held(language),
        _handed(language),
    )
    for name, model in (example for part in (*parts, _over(language), _lists(language)) for example in part):
        yield name, (here, model)
    group, viewer = reader(language, group=True), reader(language, role=Role.VIEWER)
    both: dict[str, Any] = {"author_name": AUTHOR[language], "confirmer_name": CONFIRMER[language]}
    yield "mc-held-group", (group, _card(language, S.HELD, **both))
    yield "mc-held-viewer", (viewer, _card(language, S.HELD))
    yield "mc-held-urals", (replace(here, zone=URALS), _card(language, S.HELD))
    yield "mc-preview-urals", (replace(here, zone=URALS), _draft("preview", _ready(language)))
    yield "mc-warn-urals", (replace(here, zone=URALS), _draft("warn", _ready(language, when=_night_at()), _night()))
    yield "mc-preview-group", (group, _draft("preview", _ready(language), author_name=AUTHOR[language]))
    yield "multicasts-viewer", (viewer, _list(language))


def _draft(step: str, fields: Mapping[str, Any], *problems: Problem, **more: Any) -> MulticastDraftCard:
    state = more.pop("state", DraftState.CLOSED if step == "closed" else DraftState.OPEN)
    price = more.pop("price", Decimal(5))
    row = Draft(
        14,
        "multicast",
        1,
        Place(1),
        4,
        state,
        {"sender": "MyShop", **fields},
        None,
        listens=True,
        created_at=at("12:00"),
    )
    analysis = analyse(str(fields["text"])) if "text" in fields else None
    parts = analysis.parts * sum(base["total"] for base in fields.get("bases") or ()) if analysis else 0
    priced = Price(parts, cost(parts, price), SNAPSHOT if price else None)
    picked = {base["id"] for base in fields.get("bases") or ()}
    offered = [Offered(base["id"], base["name"], base["total"], base["id"] in picked) for base in BASES]
    shown: dict[str, Any] = {"offered": tuple(offered), "listed_at": at("12:04")} | more
    return MulticastDraftCard(row, step, problems, analysis, priced, **shown)


def _ready(language: str, **more: Any) -> dict[str, Any]:
    return {"bases": BASES, "text": TEXTS[language], "when": START, **more}


def _questions() -> Iterator[tuple[str, Model]]:
    yield "mc-bases", _draft("mc_bases", {"bases": BASES, "choosing": True})
    yield "mc-bases-none-chosen", _draft("mc_bases", {})
    many = tuple(Offered(n, f"База {n}", 10 * n, n == 8) for n in range(1, 15))
    yield "mc-bases-pages", _draft("mc_bases", {"bases": [VIP], "choosing": True, "page": 1}, offered=many)
    yield "mc-bases-filter", _draft("mc_bases", {"filter": "VIP"}, offered=(Offered(1, "VIP", 1240, chosen=False),))
    yield "mc-bases-filter-nothing", _draft("mc_bases", {"filter": "<b>"}, offered=())
    yield "mc-bases-asking", _draft("mc_bases", {}, offered=(), listed_at=None, asking=True)
    yield "mc-bases-silent", _draft("mc_bases", {}, silent=True)
    yield "mc-bases-silent-never", _draft("mc_bases", {}, offered=(), listed_at=None, silent=True)
    yield "mc-bases-empty", _draft("mc_bases", {}, offered=())
    yield "mc-bases-comma", _draft("mc_bases", {"refused": {"code": "comma", "args": {"base": "Опт, розница"}}})
    unknown = {"code": "unknown_bases", "args": {"names": ["ВИП", "Клиентыы"]}}
    yield "mc-bases-unknown", _draft("mc_bases", {"bases": [VIP], "choosing": True, "refused": unknown})
    yield "mc-ask-text", _draft("ask_text", {"bases": BASES})
    not_a_time = {"code": "not_a_time", "args": {"typed": "Скидка 20 %"}}
    yield "mc-ask-text-not-a-time", _draft("ask_text", {"bases": BASES, "refused": not_a_time})
    yield "mc-when", _draft("mc_when", {"bases": BASES})
    yield "mc-when-past", _draft("mc_when", {"bases": BASES, "refused": {"code": "time_past"}})
    yield "mc-when-unreadable", _draft("mc_when", {"bases": BASES, "refused": {"code": "time_unreadable"}})
    yield "mc-hour", _draft("mc_hour", {"bases": BASES, "day": "2026-11-26"})
    yield "mc-hour-today", _draft("mc_hour", {"bases": BASES, "day": "2026-11-24"})
    asked = {"bases": BASES, "day": "2026-11-26", "refused": {"code": "time_unreadable"}}
    yield "mc-hour-unreadable", _draft("mc_hour", asked)


def _previews(language: str) -> Iterator[tuple[str, Model]]:
    ready = _ready(language)
    yield "mc-preview", _draft("preview", ready)
    yield "mc-preview-now", _draft("preview", {**ready, "when": NOW})
    yield "mc-preview-no-price", _draft("preview", ready, price=None)
    yield "mc-preview-one-base", _draft("preview", {**ready, "bases": [VIP], "text": LONG[language]})
    yield "mc-preview-edited", _draft("preview", {**ready, "source": {"id": 3, "start": TEN.isoformat()}})
    yield "mc-preview-undone", _draft("preview", {**ready, "undone": True})
    yield "mc-preview-fixed", _draft("preview", {**ready, "fixed": 2})
    yield "mc-preview-skipped", _draft("preview", {**ready, "when": {**START, "shift": "skipped"}})
    yield "mc-preview-repeated", _draft("preview", {**ready, "when": {**START, "shift": "repeated"}})
    yield "mc-preview-abroad", _draft("preview", ready, provider_zone=ZoneInfo("Asia/Kamchatka"))
    late = {"at": at("22:30", day=26).isoformat()}
    yield "mc-preview-another-day", _draft("preview", {**ready, "when": late}, provider_zone=ZoneInfo("Asia/Kamchatka"))
    yield "mc-preview-over", _draft("preview", {**ready, "over": True})


def _night_at() -> dict[str, Any]:
    return {"at": at("23:30").isoformat()}


def _night() -> Problem:
    hours: dict[str, Any] = {"hours": "22–09", "zone": "Europe/Moscow", "until": at("09:00", day=25)}
    return Problem("night_start", {"at": at("23:30"), **hours}, asks=True)


def _warnings(language: str) -> Iterator[tuple[str, Model]]:
    same = Problem("same_base", {"base": "VIP", "at": at("18:00", day=23)}, asks=True)
    yield "mc-warn", _draft("warn", _ready(language, when=_night_at()), _night(), same)
    coming = Problem("same_base", {"base": "VIP", "at": at("18:00")}, asks=True)
    every = (
        Problem("short", {"by": Decimal("3593.25")}, asks=True),
        Problem("empty_base", {"base": "Клиенты"}, asks=True),
        Problem("neighbour", {"base": "VIP", "at": at("11:00", day=26)}, asks=True),
    )
    yield "mc-warn-others", _draft("warn", _ready(language), coming, *every)
    yield "mc-warn-now", _draft("warn", _ready(language, when=NOW), every[1])


def _ends(language: str) -> Iterator[tuple[str, Model]]:
    passed = Problem("start_passed", {"at": at("12:00")}, blocks=True)
    yield "mc-blocked-passed", _draft("blocked", _ready(language), passed)
    gone = Problem("base_gone", {"names": ("Клиенты",)}, blocks=True)
    twice = Problem("provider_hour", {"zone": "Europe/Berlin"}, blocks=True)
    yield "mc-blocked-gone", _draft("blocked", _ready(language), gone, twice)
    both = Problem("base_gone", {"names": ("VIP", "Клиенты")}, blocks=True)
    yield "mc-blocked-gone-both", _draft("blocked", _ready(language), both)
    yield "mc-blocked-text", _draft("blocked", _ready(language, text="Cкидка"), Problem("mixed", {}, blocks=True))
    yield "mc-field-text", _draft("field", _ready(language, editing="text"))
    yield "mc-closed", _draft("closed", _ready(language))
    edited = _ready(language, source={"id": 3, "start": TEN.isoformat()})
    yield "mc-closed-edit", _draft("closed", edited)
    late = _ready(language, source={"id": 3, "start": at("10:00").isoformat()})
    yield "mc-missed-edit", _draft("closed", late, state=DraftState.LAPSED)


def _multicast(language: str, state: MulticastState, start: datetime | None = TEN, **more: Any) -> Multicast:
    hand_at = start - timedelta(minutes=10) if start else at("12:05")
    called = state in (S.HANDED_OVER, S.HANDING_OVER, S.IN_DOUBT)
    return replace(
        Multicast(
            id=3,
            origin="draft:14",
            author=1,
            confirmed_by=1,
            place=Place(1),
            state=state,
            sender="MyShop",
            text=TEXTS[language],
            parts=1,
            price=Decimal(5),
            bases=tuple(Base(base["id"], base["name"], base["total"]) for base in BASES),
            recipients=1860,
            start_at=start,
            hand_at=hand_at,
            draft=14,
            confirmed_at=at("11:00"),
            handed_at=hand_at if called else None,
            passed=False,
            waiting_since=None,
            reason=None,
            asking=None,
            marked_by=None,
            balance_before=Decimal("5006.75") if called else None,
        ),
        **more,
    )


def _card(language: str, state: MulticastState, start: datetime | None = TEN, **more: Any) -> MulticastCard:
    names = ("leaves_at", "after", "author_name", "confirmer_name")
    own = {name: more.pop(name) for name in names if name in more}
    shown = _multicast(language, state, start, **more)
    return MulticastCard(shown, timedelta(minutes=10), timedelta(minutes=10), **own)


def _held(language: str) -> Iterator[tuple[str, Model]]:
    yield "mc-held", _card(language, S.HELD)
    yield "mc-held-far", _card(language, S.HELD, at("10:00", day=30))
    yield "mc-held-soon", _card(language, S.HELD, at("12:55"))
    yield "mc-held-midnight", _card(language, S.HELD, at("00:05", day=26))
    noon = at("12:10")
    yield "mc-held-silent", _card(language, S.HELD, noon, waiting_since=at("12:02"))
    broke = refused("YOUR_CREDIT_IS_NULL")
    yield "mc-held-broke", _card(language, S.HELD, noon, waiting_since=at("12:02"), reason=broke)
    yield "mc-held-stopped", replace(_card(language, S.HELD), stopped=True)
    yield "mc-held-cancel", _card(language, S.HELD, asking={"kind": "cancel"})
    yield "mc-undo", _card(language, S.HELD, None, leaves_at=at("12:06:10"))
    yield "mc-undo-early", _card(language, S.HELD, asking={"kind": "soon"}, leaves_at=at("12:06:10"))
    drift = {"kind": "drift", "was": 1240, "now": 1418}
    yield "mc-drift", _card(language, S.HELD, noon, asking=drift)
    yield "mc-drift-less", _card(language, S.HELD, noon, asking={**drift, "now": 620})
    yield "mc-gone", _card(language, S.HELD, noon, asking={"kind": "gone", "names": ["Клиенты"]})
    yield "mc-gone-both", _card(language, S.HELD, noon, asking={"kind": "gone", "names": ["VIP", "Клиенты"]})
    yield "mc-handing", _card(language, S.HANDING_OVER)


def _handed(language: str) -> Iterator[tuple[str, Model]]:
    ten = at("12:16")
    yield "mc-handed", _card(language, S.HANDED_OVER, ten)
    yield "mc-handed-marked", _card(language, S.HANDED_OVER, ten, marked_by=CONFIRMER[language])
    started: dict[str, Any] = {"passed": True, "after": Decimal("-4293.25")}
    yield "mc-passed", _card(language, S.HANDED_OVER, at("12:00"), **started)
    yield "mc-passed-now", _card(language, S.HANDED_OVER, None, **started)
    for code in ("cut", "lost"):
        yield f"mc-unknown-{code}", _card(language, S.IN_DOUBT, ten, reason=Reason(code))
    unclear: dict[str, Any] = {"reason": Reason("unclear", raw=RAW), "after": Decimal("5001.75")}
    yield "mc-unknown-unclear", _card(language, S.IN_DOUBT, ten, **unclear)
    yield "mc-unknown-now", _card(language, S.IN_DOUBT, None, reason=Reason("cut"))
    anew = {"kind": "anew", "draft": 13, "at": at("12:17").isoformat()}
    yield "mc-unknown-anew", _card(language, S.IN_DOUBT, None, reason=Reason("cut"), asking=anew)
    yield "mc-risk", _card(language, S.IN_DOUBT, ten, reason=Reason("cut"), asking={"kind": "risk"})


def _over(language: str) -> Iterator[tuple[str, Model]]:
    for code in ("down", "silent", "stopped", "unanswered"):
        yield f"mc-missed-{code}", _card(language, S.MISSED, at("11:50"), reason=Reason(code))
    yield "mc-cancelled", _card(language, S.CANCELLED, reason=Reason("cancelled"))
    yield "mc-cancelled-edited", _card(language, S.CANCELLED, reason=Reason("edited"))
    for code in ("CANT_SEND_THIS_MESSAGE", "UNSUPPORTED_SENDER", "WRONG_BASE", "OTHER"):
        name = f"mc-rejected-{code.lower().replace('_', '-')}"
        yield name, _card(language, S.REJECTED, reason=refused(code))


def _list(language: str, **more: Any) -> MulticastListCard:
    lines = (
        _multicast(language, S.HELD),
        _multicast(language, S.HANDED_OVER, at("11:00", day=26), id=4),
        _multicast(language, S.IN_DOUBT, at("09:00", day=26), id=5),
    )
    notice = Notice(5, "multicast_list", {"past": False, "offset": 0, **more.pop("args", {})}, at("12:04"))
    given: dict[str, Any] = {"lines": lines, "held": 1, "more": False, "close": ("VIP",)} | more
    return MulticastListCard(notice, **given)


def _lists(language: str) -> Iterator[tuple[str, Model]]:
    yield "multicasts", _list(language)
    yield "multicasts-next", _list(language, args={"offset": 6}, more=True, close=(), drafting=True)
    yield "multicasts-empty", _list(language, lines=(), held=0, close=())
    past = (
        _multicast(language, S.HANDED_OVER, at("10:00", day=23), passed=True),
        _multicast(language, S.CANCELLED, id=2),
    )
    yield "multicasts-past", _list(language, args={"past": True}, lines=past, close=())
    yield "multicasts-past-empty", _list(language, args={"past": True}, lines=(), close=())
