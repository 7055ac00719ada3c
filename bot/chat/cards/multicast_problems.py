"""What is wrong with a multicast that is being composed, or wants a second look: one line each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.cards.layout import LISTED, clipped
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.domain.cards import DraftCard

NAME: Final = 40
"""Characters shown of a base's name."""
Line = Callable[[Pen, DraftCard, Mapping[str, Any]], Iterator[Markup]]


def _named(one: str, many: str) -> Line:
    def line(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
        names = [clipped(str(name), NAME) for name in args["names"]]
        yield pen(many if len(names) > 1 else one, names=", ".join(names[:LISTED]))

    return line


def _of_base(key: str) -> Line:
    def line(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
        yield pen(key, base=clipped(str(args["base"]), NAME))

    return line


def _past(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-err-past", now=pen.formats.clock(pen.reader.now))


def _unreadable(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-err-unreadable-hour" if card.draft.fields.get("day") else "mc-err-unreadable")


def _not_a_time(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-err-not-a-time", typed=str(args["typed"]))


def _passed(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-err-passed", time=pen.formats.moment(args["at"]))


def _approval_late(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("appr-late", time=pen.formats.moment(args["until"]))


def _provider_hour(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-err-provider-hour", place=pen.formats.city(ZoneInfo(str(args["zone"]))))


def _night(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    """The quiet hours are the organisation's: where the reader's clock shows another hour, both are said by theirs."""
    zone, at = ZoneInfo(str(args["zone"])), args["at"]
    said = {"time": pen.formats.clock(at, zone), "hours": str(args["hours"])}
    if at.astimezone(zone).utcoffset() == at.astimezone(pen.reader.zone).utcoffset():
        yield pen("mc-warn-night", **said)
    else:
        yield pen("mc-warn-night-zone", zone=pen.formats.city(zone), **said)


def _short(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mc-warn-short", sum=pen.formats.money(args["by"]))


def _same(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    key = "mc-warn-same" if args["at"] <= pen.reader.now else "mc-warn-same-coming"
    yield pen(key, base=clipped(str(args["base"]), NAME), at=pen.formats.at(args["at"]))


def _neighbour(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    key = "mc-warn-neighbour-past" if args["at"] <= pen.reader.now else "mc-warn-neighbour"
    yield pen(key, base=clipped(str(args["base"]), NAME), at=pen.formats.at(args["at"]))


LINES: Final[Mapping[str, Line]] = {
    "approval_late": _approval_late,
    "base_gone": _named("mc-err-gone", "mc-err-gone-many"),
    "comma": _of_base("mc-err-comma"),
    "empty_base": _of_base("mc-warn-empty"),
    "neighbour": _neighbour,
    "night_start": _night,
    "not_a_time": _not_a_time,
    "provider_hour": _provider_hour,
    "same_base": _same,
    "short": _short,
    "start_passed": _passed,
    "time_past": _past,
    "time_unreadable": _unreadable,
    "unknown_bases": _named("mc-err-unknown", "mc-err-unknown-many"),
}
