"""Alerts: what people want to hear of, and the cards that call them; and the morning's summary."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from bot.chat.cards.causes import cause_in_short
from bot.chat.cards.lasting import until
from bot.chat.cards.layout import facts, in_rows, keyboard, lines, page
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, Rows, View
from bot.domain.access import Role
from bot.domain.alerts import AlertsCard, Threshold
from bot.domain.cards import NoticeCard

VIEWED: Final = frozenset({"algo", "alset", "aldel", "burstsee", "mcs"})
"""What a viewer may press: his own alerts are his own, and he may look."""
_MONEY: Final = (0, 500, 1_000, 5_000, 10_000, 50_000)
_DAYS: Final = (1, 3, 7, 14)
_QUIET: Final = ("20-10", "22-09", "23-08")
_HOURS: Final = (8, 9, 10)


def alerts(pen: Pen, card: AlertsCard) -> View:
    """List what is told in a place, or ask for something."""
    step = card.notice.args.get("step")
    return _list(pen, card) if step is None else _question(pen, card, str(step))


def money_alert(pen: Pen, card: NoticeCard) -> View:
    """Call for money; args: balance, overdraft, at, until, booked, crossed; over (at, available) once it has recovered."""
    args, money = card.notice.args, pen.formats.money
    levels = pen("watch-levels", what=Markup(", ".join(_level(pen, one) for one in args["crossed"])))
    if over := args.get("over"):
        title = pen.head(pen("watch-recovered-title"), money(Decimal(over["available"])))
        return View(lines(title, pen("watch-recovered-line"), levels))
    available = Decimal(args["balance"]) - Decimal(args["overdraft"])
    which = "zero" if available <= 0 else "low"
    return View(
        lines(
            pen.head(pen(f"watch-{which}-title"), pen(f"watch-{which}-subject", money=money(available))),
            pen(f"watch-{which}-line"),
            _uncovered(pen, args["booked"]),
            _account(pen, args),
            _lasts(pen, args.get("until")),
            *_booked(pen, args["booked"]),
            levels,
        ),
        keyboard((pen.button("start-btn-balance", "balance"), pen.button("watch-btn-multicasts", "mcs"))),
    )


def gateway_alert(pen: Pen, card: NoticeCard) -> View:
    """Say that the provider is out of reach; args: since; over (at) once it answers again."""
    args = card.notice.args
    since = datetime.fromisoformat(str(args["since"]))
    if over := args.get("over"):
        back = datetime.fromisoformat(str(over["at"]))
        title = pen.head(pen("watch-gateway-over-title"), pen("watch-gateway-since", time=pen.formats.moment(back)))
        return View(lines(title, pen("watch-gateway-over-line", span=pen.formats.duration(back - since))))
    title = pen.head(pen("watch-gateway-title"), pen("watch-gateway-since", time=pen.formats.moment(since)))
    return View(lines(title, pen("watch-gateway-line"), pen("watch-gateway-next")))


def auth_alert(pen: Pen, card: NoticeCard) -> View:
    """Call people: the provider does not let the bot in; args: over once it does again."""
    if over := card.notice.args.get("over"):
        title = pen.head(pen("watch-login-over-title"), pen("watch-gateway-since", time=pen.moment(str(over["at"]))))
        return View(lines(title, pen("watch-login-over-line")))
    return View(lines(pen("alert-login-title"), pen("alert-login-line"), pen("alert-login-next")))


def burst_alert(pen: Pen, card: NoticeCard) -> View:
    """Call people to decide; args: n, m, of, batches (that were paused); step (resumed | stopped), by, decided afterwards."""
    args = card.notice.args
    cause = pen("watch-burst-cause", cause=cause_in_short(pen, str(args["of"])))
    subject, seen = pen("watch-burst-subject", n=args["n"], m=args["m"]), pen.button("watch-burst-btn-list", "burstsee")
    if step := args.get("step"):
        told = pen("watch-burst-decided", by=str(args["by"]), time=pen.moment(str(args["decided"])))
        return View(lines(pen.head(pen(f"watch-burst-{step}-title"), subject), told, cause), keyboard((seen,)))
    paused = len(args["batches"])
    told = pen("watch-burst-paused", n=paused) if paused else pen("watch-burst-nothing")
    decide = (pen.button("word-btn-resume", "burston"), pen.button("word-btn-stop", "burstend")) if paused else ()
    return View(lines(pen.head(pen("watch-burst-title"), subject), told, cause), keyboard(decide, (seen,)))


def digest(pen: Pen, card: NoticeCard) -> View:
    """Sum up a day; args as of an alert, where a balance is known, and: day, spent, sends (how many stand how)."""
    args, money = card.notice.args, pen.formats.money
    title = pen.head(pen("watch-digest-title"), pen.formats.day(_local(pen, str(args["day"])).date()))
    if args.get("balance") is None:
        return View(lines(title, pen("watch-digest-unknown"), _sends(pen, args["sends"])))
    balance = Decimal(args["balance"])
    left = money(balance - Decimal(args["overdraft"]))
    return View(
        lines(
            title,
            pen("watch-digest-money", money=left, balance=money(balance)),
            pen("watch-digest-spent", money=money(Decimal(args["spent"]))),
            _lasts(pen, args.get("until")),
            *_booked(pen, args["booked"]),
            _uncovered(pen, args["booked"]),
            _sends(pen, args["sends"]),
        )
    )


def _list(pen: Pen, card: AlertsCard) -> View:
    watcher, args = card.watcher, card.notice.args
    told = [_threshold(pen, one) for one in watcher.thresholds]
    trouble = "on" if watcher.troubles else "off-owner" if _own(pen) else "off"
    settings = lines(
        pen(f"watch-troubles-{trouble}"),
        pen("watch-quiet", hours=watcher.quiet.replace("-", "–")) if watcher.quiet else pen("watch-quiet-off"),
        pen("watch-digest-off") if watcher.digest is None else pen("watch-digest", hour=f"{watcher.digest:02}:00"),
    )
    said = args.get("refused")
    top = lines(
        pen.head(pen("watch-title"), pen("watch-here") if pen.reader.group else None),
        pen("watch-refused", said=str(said)) if said else None,
        pen("watch-full") if args.get("full") else None,
        _now(pen, card),
    )
    thresholds = lines(pen("watch-when"), *told) if told else pen("watch-none")
    rows = keyboard(
        (pen.button("watch-btn-money", "algo", "money"), pen.button("watch-btn-days", "algo", "days")),
        (pen.button("watch-btn-remove", "algo", "remove") if _removable(pen, card) else None,),
        (pen.button("watch-btn-quiet", "algo", "quiet"), pen.button("watch-btn-digest", "algo", "digest")),
        (_trouble_button(pen, on=watcher.troubles),),
    )
    return View(page(top, thresholds, settings), rows)


def _trouble_button(pen: Pen, *, on: bool) -> Button:
    return pen.button(f"watch-btn-troubles-{'off' if on else 'on'}", "alset", f"troubles/{'off' if on else 'on'}")


def _now(pen: Pen, card: AlertsCard) -> Markup | None:
    if card.balance is None:
        return None
    left = pen.formats.money(card.balance.available)
    if card.runway is None or card.balance.available <= 0:
        return pen("watch-now", money=left)
    return pen("watch-now-until", money=left, until=until(pen, card.runway.until))


def _threshold(pen: Pen, one: Threshold) -> Markup:
    what = (
        pen("watch-money", money=pen.formats.money(one.value))
        if one.kind == "money"
        else pen("watch-days", n=int(one.value))
    )
    always = pen("watch-always") if one.used_up and _own(pen) else None
    return facts(what, always, pen("watch-told", time=pen.formats.moment(one.fired_at)) if one.fired_at else None)


def _own(pen: Pen) -> bool:
    """Return whether this is an owner's private chat: of what he alone can mend he hears there in any case."""
    return pen.reader.role is Role.OWNER and not pen.reader.group


def _removable(pen: Pen, card: AlertsCard) -> Sequence[Threshold]:
    return [one for one in card.watcher.thresholds if not (one.used_up and _own(pen))]


def _question(pen: Pen, card: AlertsCard, step: str) -> View:
    refused = card.notice.args.get("refused")
    hint = pen(f"watch-ask-{step}-refused", said=str(refused)) if refused else pen(f"watch-ask-{step}-line")
    text = lines(pen(f"watch-ask-{step}-title"), hint)
    return View(text, keyboard(*_choices(pen, card, step), (pen.button("word-btn-back", "algo", "list"),)))


def _choices(pen: Pen, card: AlertsCard, step: str) -> Rows:
    match step:
        case "money":
            return _offered(step, ((pen.formats.count(one), str(one)) for one in _MONEY), 3)
        case "days":
            return _offered(step, ((pen.words.plain("watch-btn-of-days", n=one), str(one)) for one in _DAYS), 2)
        case "quiet":
            hours = _offered(step, ((one.replace("-", "–"), one) for one in _QUIET), 3)
            return (*hours, (pen.button("watch-btn-never", "alset", "quiet/off"),))
        case "digest":
            hours = _offered(step, ((f"{one:02}:00", str(one)) for one in _HOURS), 3)
            return (*hours, (pen.button("watch-btn-off", "alset", "digest/off"),))
    return in_rows((_drop(pen, one) for one in _removable(pen, card)), 1)


def _offered(step: str, choices: Iterable[tuple[str, str]], width: int) -> Rows:
    return in_rows((Button(label, "alset", f"{step}/{value}") for label, value in choices), width)


def _drop(pen: Pen, one: Threshold) -> Button:
    if one.kind == "money":
        return Button(pen.formats.money(one.value), "aldel", str(one.id))
    return pen.button("watch-btn-drop-days", "aldel", str(one.id), n=int(one.value))


def _account(pen: Pen, args: Mapping[str, Any]) -> Markup:
    money = pen.formats.money
    return pen("watch-account", balance=money(Decimal(args["balance"])), overdraft=money(Decimal(args["overdraft"])))


def _level(pen: Pen, crossed: Mapping[str, str]) -> str:
    value = Decimal(crossed["value"])
    return pen.formats.money(value) if crossed["kind"] == "money" else pen("watch-level-days", n=int(value))


def _lasts(pen: Pen, stored: str | None) -> Markup | None:
    return pen("watch-until", until=until(pen, datetime.fromisoformat(stored))) if stored else None


def _uncovered(pen: Pen, booked: Mapping[str, Any]) -> Markup | None:
    first, rest = booked.get("first"), booked.get("rest")
    if not first:
        return None
    told = pen(
        "watch-uncovered",
        bases=bases_line(pen, first["bases"]) or "",
        time=pen.formats.dated(datetime.fromisoformat(first["at"])),
        money=pen.formats.money(Decimal(first["cost"])),
    )
    return pen("watch-uncovered-more", told=told, n=int(rest)) if rest else told


def _booked(pen: Pen, booked: Mapping[str, Any]) -> Sequence[Markup | None]:
    if not booked["sends"]:
        return ()
    cost, short = booked.get("cost"), booked.get("short")
    what = [pen("watch-booked-recipients", n=int(booked["recipients"]))]
    what.append(
        pen("watch-booked-cost", money=pen.formats.money(Decimal(cost)))
        if cost
        else pen("watch-booked-parts", n=int(booked["parts"]))
    )
    covered = pen("watch-short", money=pen.formats.money(Decimal(short))) if short else pen("watch-enough")
    return pen("watch-booked", what=Markup(", ".join(what))), covered if cost else None


def _sends(pen: Pen, sends: Mapping[str, int]) -> Markup:
    total = sum(sends.values())
    if not total:
        return pen("watch-digest-none")
    parts = [escaped(pen.formats.count(total))]
    for key, name in (("failed", "failed"), ("in_doubt", "doubt"), ("going", "going")):
        parts += [pen(f"watch-digest-{name}", n=sends[key])] if sends.get(key) else []
    return pen("watch-digest-sends", what=Markup(", ".join(parts)))


def _local(pen: Pen, stored: str) -> datetime:
    return datetime.fromisoformat(stored).astimezone(pen.reader.zone)
