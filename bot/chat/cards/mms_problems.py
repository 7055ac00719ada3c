"""What is wrong with an MMS that is composed, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.domain.cards import DraftCard

Line = Callable[[Pen, DraftCard, Mapping[str, Any]], Iterable[Markup]]


def _plain(key: str) -> Line:
    return lambda pen, card, args: iter([pen(key)])  # noqa: ARG005


def _too_long(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mms-err-too-long", excess=int(args["excess"]), length=int(args["length"]), limit=int(args["limit"]))


def _subject(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield pen("mms-err-subject", length=int(args["length"]), limit=int(args["limit"]))


def _same(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:
    at = pen.formats.at(args["at"])
    if len(card.draft.fields.get("phones") or ()) > 1:
        yield pen("mms-warn-same-many", n=int(args["count"]), at=at)
    else:
        yield pen("mms-warn-same", at=at)


LINES: Final[Mapping[str, Line]] = {
    "mms_empty": _plain("mms-err-empty"),
    "mms_no_phones": _plain("mms-err-no-phones"),
    "mms_too_long": _too_long,
    "not_picture": _plain("mms-err-not-picture"),
    "picture_broken": _plain("mms-err-broken"),
    "picture_does_not_fit": _plain("mms-err-does-not-fit"),
    "same_mms": _same,
    "subject_too_long": _subject,
}
