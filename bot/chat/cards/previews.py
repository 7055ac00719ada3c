"""A draft that can go: what will leave, what it costs, and the button that lets it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from bot.chat.cards.causes import cause
from bot.chat.cards.fields import (
    FIELDS,
    back_button,
    close_button,
    field_button,
    over_button,
    phones_of,
    repeats_line,
    text_of,
)
from bot.chat.cards.layout import LISTED, facts, folded, keyboard, lines, page, quote, small
from bot.chat.cards.pen import Pen
from bot.chat.cards.problems import problem_lines
from bot.chat.texts import Markup
from bot.chat.view import Button, Rows, View
from bot.domain.cards import DraftCard, Price
from bot.domain.models import Message
from bot.domain.states import MessageState
from gateway.alphabets import CYRILLIC
from gateway.text import Encoding


def preview(pen: Pen, card: DraftCard) -> View:
    """Draw a draft that can be confirmed; the first button confirms it."""
    to = phones_of(card)
    head = lines(
        pen.head(pen("send-preview-title"), pen.recipients(to)),
        Markup(" ".join(filter(None, (_standing(pen, card), _cost(pen, card))))),
        _facts(pen, card),
        test_line(pen, card.test),
        repeats_line(pen, card),
        *problem_lines(pen, card, card.problems),
        second_line(pen, card),
        pen("send-author", name=card.author_name) if pen.reader.group and card.author_name else None,
    )
    foot = _note(pen, card) if len(to) == 1 else numbers_list(pen, to)
    return View(page(head, quote(text_of(card)), foot), _keyboard(pen, card))


def warning(pen: Pen, card: DraftCard) -> View:
    """Draw the question that a warning asks before the confirmation counts."""
    asking = [problem for problem in card.problems if problem.asks]
    head = lines(
        pen.head(warn_title(pen, card, "send-warn-title"), pen.recipients(phones_of(card))),
        *(pen("send-warn-item", line=line) for line in problem_lines(pen, card, asking)),
    )
    rows = keyboard((ask_button(pen, card, "yes") or pen.button("send-warn-btn-yes", "yes"),), (back_button(pen),))
    return View(page(head, quote(text_of(card))), rows)


def warn_title(pen: Pen, card: DraftCard, key: str) -> Markup:
    """Ask what the first button does: to let it go, by that key, or to ask for approval."""
    return pen("appr-warn-title" if card.second else key)


def _standing(pen: Pen, card: DraftCard) -> Markup:
    done = done_line(pen, card)
    if card.draft.fields.get("undone") and done:
        return done
    return Markup(" ".join(filter(None, (done, pen("send-preview-line")))))


def done_line(pen: Pen, card: DraftCard) -> Markup | None:
    """Say what the last step did: taken back, or repaired."""
    fields = card.draft.fields
    if fields.get("undone"):
        return pen("send-preview-undone")
    words, signs = int(fields.get("fixed") or 0), int(fields.get("replaced") or 0)
    what = ", ".join(
        filter(
            None,
            (
                pen("send-preview-fixed-words", n=words) if words else None,
                pen("send-preview-fixed-signs", n=signs) if signs else None,
            ),
        )
    )
    return pen("send-preview-fixed", what=what) if what else None


def _cost(pen: Pen, card: DraftCard) -> Markup | None:
    price = card.price
    if len(phones_of(card)) > 1:
        return _cost_of_many(pen, card, price)
    if price is None or price.cost is None:
        return None
    cost = pen.formats.money(price.cost)
    if price.remains is None or price.remains < Decimal():
        return pen("send-preview-cost", cost=cost)
    return pen("send-preview-cost-remains", cost=cost, remains=pen.formats.money(price.remains))


def _cost_of_many(pen: Pen, card: DraftCard, price: Price | None) -> Markup | None:
    if card.analysis is None:
        return None
    many, parts = len(phones_of(card)), card.analysis.parts
    written = pen("send-preview-parts", n=many, parts=parts, all=many * parts)
    if price is None or price.cost is None:
        return written
    return pen("send-preview-parts-cost", sum=written, cost=pen.formats.money(price.cost))


def _facts(pen: Pen, card: DraftCard) -> Markup:
    sender = pen("send-preview-sender", sender=str(card.draft.fields.get("sender") or ""))
    flash = bool(card.draft.fields.get("flash"))
    if len(phones_of(card)) > 1:
        return facts(sender, pen("send-preview-flash") if flash else None)
    size = pen("send-preview-size", parts=card.analysis.parts) if card.analysis else None
    return facts(sender, size, pen("send-preview-flash" if flash else "send-preview-not-flash"))


def test_line(pen: Pen, test: Message | None) -> Markup | None:
    """Say what became of the test to oneself."""
    if test is None:
        return None
    key = _TEST[test.state]
    if test.state is MessageState.REJECTED:
        return pen(key, cause=cause(pen, test.reason))
    moment = test.final_at if test.state is MessageState.DELIVERED else test.sent_at
    if test.state in (MessageState.SENT, MessageState.DELIVERED) and moment:
        return pen(key, time=pen.formats.moment(moment))
    return pen(key)


def _note(pen: Pen, card: DraftCard) -> Markup | None:
    if card.analysis is None:
        return None
    if card.analysis.encoding is Encoding.GSM7:
        script = pen("send-preview-script-latin")
    else:
        script = pen(
            "send-preview-script-cyrillic" if CYRILLIC.search(text_of(card)) else "send-preview-script-special"
        )
    return small(pen("send-preview-note", n=card.analysis.length, script=script, size=card.analysis.part_size))


def numbers_list(pen: Pen, to: tuple[str, ...]) -> Markup:
    """List the recipients, folded."""
    rest = len(to) - LISTED
    return folded(lines(*(pen.phone(phone) for phone in to[:LISTED]), pen("word-more", n=rest) if rest > 0 else None))


def _keyboard(pen: Pen, card: DraftCard) -> Rows:
    many = len(phones_of(card))
    send = pen.button("send-btn-confirm", "ok") if many == 1 else pen.button("send-btn-confirm-many", "ok", n=many)
    confirm = ask_button(pen, card, "ok") or send
    flash = "send-btn-flash-on" if card.draft.fields.get("flash") else "send-btn-flash-off"
    return keyboard(
        (confirm,),
        (cheap_button(pen, card),),
        (field_button(pen, field) for field in FIELDS),
        (pen.button(flash, "flash"), test_button(pen, card)),
        (over_button(pen, card),),
        (close_button(pen),),
    )


def ask_button(pen: Pen, card: DraftCard, verb: str) -> Button | None:
    """Make the button that confirms what takes a second person."""
    return pen.button("appr-btn-ask", verb) if card.second else None


def second_line(pen: Pen, card: DraftCard) -> Markup | None:
    """Say that it takes a second person."""
    return pen("appr-preview-line") if card.second else None


def cheap_button(pen: Pen, card: DraftCard) -> Button | None:
    """Make the button that saves a part, where one can be saved."""
    if not card.analysis or not card.analysis.costly:
        return None
    return pen.button("send-btn-cheap", "cheap", n=card.analysis.costly[0].parts_if_replaced)


def test_button(pen: Pen, card: DraftCard) -> Button | None:
    """Make the button of the test to oneself.

    A repeat of the same test would be refused as a duplicate; one to the only recipient would be the send itself.
    """
    spent = card.test is not None and card.test.state is not MessageState.CANCELLED
    if spent or phones_of(card) == (card.own_phone,):
        return None
    return pen.button("send-btn-test", "test")


_TEST: Final[Mapping[MessageState, str]] = {
    MessageState.QUEUED: "send-test-queued",
    MessageState.SENDING: "send-test-sending",
    MessageState.SENT: "send-test-sent",
    MessageState.DELIVERED: "send-test-delivered",
    MessageState.NOT_DELIVERED: "send-test-not-delivered",
    MessageState.NO_REPORT: "send-test-no-report",
    MessageState.REJECTED: "send-test-rejected",
    MessageState.IN_DOUBT: "send-test-in-doubt",
    MessageState.CANCELLED: "send-test-cancelled",
}
