"""The panic switch on the cards: what it holds, what it could not, and who let everything go on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat.cards.layout import facts, keyboard, lines, page
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.chat.view import View
from bot.domain.access import Role
from bot.domain.cards import NoticeCard


def halt(pen: Pen, card: NoticeCard) -> View:
    """Draw a standstill, or its end.

    Args: by, at (ISO), sends, multicasts (held), flying (messages without an outcome), gone ([{bases, at, how}]: with the
    provider; how: waits | runs | doubt), rest (of those), importing, resumed_by, resumed_at, going (sends that waited till then).
    """
    args = card.notice.args
    stopped = _who(pen, str(args["by"]), str(args["at"]))
    if args.get("resumed_by"):
        resumed = _who(pen, str(args["resumed_by"]), str(args["resumed_at"]))
        first = pen("halt-over-line") if args.get("going") else None
        return View(lines(pen.head(pen("halt-over-title"), resumed), first, pen("halt-by", who=stopped)))
    text = lines(
        pen.head(pen("halt-title"), stopped),
        _paused(pen, args),
        *(_gone(pen, one) for one in args["gone"]),
        pen("halt-gone-more", n=int(args["rest"])) if args.get("rest") else None,
        pen("halt-flying", n=int(args["flying"])) if args.get("flying") else None,
        pen("halt-importing") if args.get("importing") else None,
    )
    owner = pen.reader.group or pen.reader.role is Role.OWNER
    go_on = pen.button("word-btn-resume", "haltgo") if owner else None
    waits = pen.button("halt-btn-list", "haltlist") if int(args["sends"]) or int(args["multicasts"]) else None
    return View(text, keyboard((waits, go_on)))


def halt_list(pen: Pen, card: NoticeCard) -> View:
    """List what waits; args: sends ([{phone, total, queued, sender}]), multicasts ([{bases, at}]), rest."""
    args = card.notice.args
    found = [*(_send(pen, one) for one in args["sends"]), *(_held(pen, one) for one in args["multicasts"])]
    numbered = (Markup(f"{place}. {line}") for place, line in enumerate(found, 1))
    more = pen("word-more", n=int(args["rest"])) if args.get("rest") else None
    if not found:
        return View(lines(pen("halt-list-title"), pen("halt-none")))
    return View(page(pen("halt-list-title"), lines(*numbered, more)))


def halt_off(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Say that nothing is stopped."""
    return View(lines(pen("halt-off-title"), pen("halt-off-line")))


def _who(pen: Pen, name: str, at: str) -> Markup:
    return Markup(f"{escaped(name)}, {pen.moment(at)}")


def _paused(pen: Pen, args: Mapping[str, Any]) -> Markup:
    sends, multicasts = int(args["sends"]), int(args["multicasts"])
    if not sends and not multicasts:
        return pen("halt-none")
    counted = (
        pen.words.plain("halt-sends", n=sends) if sends else "",
        pen.words.plain("halt-multicasts", n=multicasts) if multicasts else "",
    )
    return pen("halt-paused", what=", ".join(filter(None, counted)))


def _gone(pen: Pen, one: Mapping[str, Any]) -> Markup:
    said = pen.moment(str(one["at"]))
    return pen(f"halt-gone-{one.get('how', 'waits')}", bases=bases_line(pen, one["bases"]) or "", time=said)


def _send(pen: Pen, one: Mapping[str, Any]) -> Markup:
    if one.get("phone"):
        return facts(pen.sent_phone(str(one["phone"])), escaped(str(one["sender"])))
    left = pen("halt-left", n=int(one["queued"])) if int(one["queued"]) != int(one["total"]) else None
    return facts(pen("word-recipients", n=int(one["total"])), left, escaped(str(one["sender"])))


def _held(pen: Pen, one: Mapping[str, Any]) -> Markup:
    at = datetime.fromisoformat(str(one["at"]))
    return facts(pen("halt-held", bases=bases_line(pen, one["bases"]) or ""), pen.formats.dated(at))
