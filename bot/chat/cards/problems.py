"""What is wrong with a draft, in words and marked in its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.cards import mms_problems, multicast_problems
from bot.chat.cards.layout import LISTED, clipped, code
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.domain.cards import DraftCard, Problem
from gateway.text import MAX_LENGTH, Analysis, MixedWord

REPAIRABLE: Final = frozenset({"mixed", "unencodable"})
_SHOWN: Final = 600
"""Characters shown of a text that is too long to be sent anyway."""
_WORD: Final = 30
"""Characters shown of a word or a number that is wrong."""


def problem_lines(pen: Pen, card: DraftCard, problems: Iterable[Problem]) -> list[Markup]:
    """Return one line for each problem, at most LISTED of them."""
    found = [line for problem in problems for line in _LINES[problem.code](pen, card, problem.args)]
    rest = len(found) - LISTED
    return [*found[:LISTED], pen("word-more", n=rest)] if rest > 0 else found


def refusal_lines(pen: Pen, card: DraftCard) -> list[Markup]:
    """Say why the last input was not taken; nothing where it was."""
    refused = card.draft.fields.get("refused")
    return list(_LINES[refused["code"]](pen, card, refused.get("args") or {})) if refused else []


def invalid_lines(pen: Pen, card: DraftCard) -> list[Markup]:
    """Name the bad numbers among the recipients before there is a text to weigh the draft by."""
    invalid = card.draft.fields.get("invalid") or ()
    return problem_lines(pen, card, (Problem("bad_number", one, blocks=True) for one in invalid))


def repairable(card: DraftCard) -> bool:
    """Return whether one tap mends at least something."""
    codes = {problem.code for problem in card.problems}
    words = card.analysis.mixed if card.analysis else ()
    return "unencodable" in codes or ("mixed" in codes and any(word.repair is not None for word in words))


def marked(text: str, analysis: Analysis) -> Markup:
    """Quote a text with what the provider would refuse underlined, and what is too much struck out."""
    shown = clipped(text, _SHOWN)
    wrong = _wrong_places(analysis)
    pieces = []
    for tag, places in groupby(range(len(shown)), lambda at: _tag(at, wrong)):
        piece = escaped("".join(shown[at] for at in places))
        pieces.append(f"<{tag}>{piece}</{tag}>" if tag else piece)
    return Markup(f"<blockquote>{''.join(pieces)}</blockquote>")


def _tag(at: int, wrong: frozenset[int]) -> str:
    if at >= MAX_LENGTH:
        return "s"
    return "u" if at in wrong else ""


def _wrong_places(analysis: Analysis) -> frozenset[int]:
    words = {word.start + at for word in analysis.mixed for at in range(len(word.word))}
    signs = {at + step for sign in analysis.unencodable for at in sign.positions for step in range(len(sign.char))}
    return frozenset(words | signs)


def _mixed(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    seen = {word.word: word for word in card.analysis.mixed} if card.analysis else {}
    return (_mixed_word(pen, word) for word in seen.values())


def _mixed_word(pen: Pen, word: MixedWord) -> Markup:
    written = code(clipped(word.word, _WORD))
    if word.repair is None:
        return pen("err-mixed-apart", word=written)
    script = word.foreign[0].script
    letters = list(dict.fromkeys(letter.char for letter in word.foreign))
    if len(letters) == 1:
        return pen(f"err-mixed-{script}", word=written, letter=letters[0], repair=clipped(word.repair, _WORD))
    joined = ", ".join(letters)
    return pen(f"err-mixed-{script}-many", word=written, letters=joined, repair=clipped(word.repair, _WORD))


def _unencodable(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    found = card.analysis.unencodable if card.analysis else ()
    signs = [_sign(pen, sign.char, sign.replacement) for sign in found[:LISTED]]
    if len(found) > LISTED:
        signs.append(pen("word-more", n=len(found) - LISTED))
    yield pen("err-unencodable", signs=Markup(", ".join(signs)))


def number_line(pen: Pen, refused: Mapping[str, Any]) -> Markup:
    """Say why something is no number; `refused`: raw, why, digits."""
    why = _WHY.get(str(refused["why"]), "err-number-digits")
    raw = code(clipped(str(refused["raw"]), _WORD))
    return pen("err-number", raw=raw, why=pen(why, n=int(refused.get("digits") or 0)))


def _sign(pen: Pen, char: str, replacement: str | None) -> Markup:
    if replacement is None:
        return pen("err-unencodable-removed", sign=char)
    return pen("err-unencodable-replaced", sign=char, replacement=replacement)


def _too_long(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    if card.analysis:
        yield pen("err-too-long", excess=card.analysis.excess, length=card.analysis.length, limit=MAX_LENGTH)


def _bad_number(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    yield number_line(pen, args)


def _sender(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:
    sender = str(args.get("sender") or card.draft.fields.get("sender") or "")
    yield pen("err-sender", sender=clipped(sender, _WORD))


def _costly(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    if card.analysis and card.analysis.costly:
        signs = " ".join(sign.char for sign in card.analysis.costly)
        instead = card.analysis.costly[0].parts_if_replaced
        yield pen("warn-costly", sign=signs, parts=card.analysis.parts, instead=instead)


def _money(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    if card.price and card.price.cost is not None and card.price.balance:
        needed, available = card.price.cost, card.price.balance.available
        yield pen("warn-money", needed=pen.formats.money(needed), available=pen.formats.money(available))


def _limit(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    most, left, asked = (int(args[name]) for name in ("most", "left", "asked"))
    parts = args["limit"] == "parts"
    yield (
        pen("warn-limit-parts", most=most, left=left) if parts else pen("warn-limit-multicast", most=most, asked=asked)
    )


def _same_text(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:
    at = pen.formats.at(args["at"])
    if len(card.draft.fields.get("phones") or ()) > 1:
        yield pen("warn-same-text-many", n=int(args["count"]), at=at)
    else:
        yield pen("warn-same-text", at=at)


def _night(pen: Pen, card: DraftCard, args: Mapping[str, Any]) -> Iterator[Markup]:  # noqa: ARG001
    key = "warn-night-later" if args.get("later") else "warn-night"
    yield pen(key, hours=str(args["hours"]), zone=pen.formats.city(ZoneInfo(str(args["zone"]))))


def _plain(key: str) -> Callable[[Pen, DraftCard, Mapping[str, Any]], Iterator[Markup]]:
    return lambda pen, card, args: iter([pen(key)])  # noqa: ARG005


_WHY: Final = {
    "not_russian": "err-number-foreign",
    "letters_inside": "err-number-letters",
    "empty": "err-number-empty",
}
_LINES: Final[Mapping[str, Callable[[Pen, DraftCard, Mapping[str, Any]], Iterable[Markup]]]] = {
    "bad_number": _bad_number,
    "costly": _costly,
    "limit": _limit,
    "empty": _plain("err-empty"),
    "mixed": _mixed,
    "money": _money,
    "night": _night,
    "no_numbers": _plain("err-no-numbers"),
    "no_phones": _plain("err-no-phones"),
    "not_text": _plain("err-not-text"),
    "same_text": _same_text,
    "sender": _sender,
    "too_long": _too_long,
    "unencodable": _unencodable,
    **mms_problems.LINES,
    **multicast_problems.LINES,
}
