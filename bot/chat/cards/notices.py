"""What the bot says once: the list of latest messages, restarts, faults, and answers to what nobody expected."""

from bot.chat.cards.layout import code, facts, in_rows, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import to_draft
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.access import Role
from bot.domain.cards import NoticeCard, StatusLine


def status_list(pen: Pen, card: NoticeCard) -> View:
    """List the latest messages; args: offset (of the first line). A number brings that message's card."""
    lines_ = card.lines
    if not lines_:
        return View(lines(pen("status-list-title"), pen("status-list-empty")), keyboard((_draft(pen, card),)))
    first = int(card.notice.args.get("offset") or 0)
    entries = (_entry(pen, first + at, line) for at, line in enumerate(lines_, 1))
    numbers = [Button(str(first + at), "open", str(line.message.id)) for at, line in enumerate(lines_, 1)]
    more = [pen.button("word-btn-more", "more", str(first + len(lines_)))] if card.more else []
    text = lines(pen("status-list-title"), *entries)
    return View(text, keyboard(*in_rows([*numbers, *more], 3), (_draft(pen, card),)))


def unknown_status(pen: Pen, card: NoticeCard) -> View:
    """Say that nobody was asked: this can be neither a number nor an id; args: query, id (whether an id alone is waited for)."""
    query = code(str(card.notice.args["query"]))
    if card.notice.args.get("id"):
        return View(lines(pen("status-no-id", query=query), pen("status-no-id-next")))
    said = lines(pen("status-neither", query=query), pen("status-neither-next"))
    return View(said, keyboard((_draft(pen, card),)))


def nothing_to_cancel(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Say that /cancel found nothing."""
    return View(pen("err-cancel"))


def unknown_command(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Say that there is no such command."""
    return View(pen("err-command"))


def not_allowed(pen: Pen, card: NoticeCard) -> View:
    """Say what a command takes; args: role, needed."""
    key = "alert-not-allowed-owner" if card.notice.args["needed"] == Role.OWNER else "alert-not-allowed-operator"
    return View(pen(key, role=pen.role(str(card.notice.args["role"]))))


def not_the_author(pen: Pen, card: NoticeCard) -> View:
    """Say whose draft a reply was about; args: name."""
    return View(pen("alert-author", name=str(card.notice.args["name"])))


def unexpected(pen: Pen, card: NoticeCard) -> View:
    """Answer a message of a kind that can be no answer to anything: a sticker, a place, a poll."""
    return View(lines(pen("err-kind"), pen("err-kind-next")), keyboard((_draft(pen, card),)))


def unexpected_file(pen: Pen, card: NoticeCard) -> View:
    """Answer a photo or a document that nobody expects."""
    return View(lines(pen("err-file"), pen("err-file-next")), keyboard((_draft(pen, card),)))


def album(pen: Pen, card: NoticeCard) -> View:
    """Say that of several pictures one was taken."""
    return View(lines(pen("err-album"), pen("err-album-next")), keyboard((_draft(pen, card),)))


def fault(pen: Pen, card: NoticeCard) -> View:
    """Own up to a fault of ours; args: code, by which an owner finds it in the log."""
    title = pen.head(pen("err-fault-title"), pen("err-fault-subject"))
    return View(lines(title, pen("err-fault-line", code=code(str(card.notice.args["code"])))))


def restart(pen: Pen, card: NoticeCard) -> View:
    """Say what needs a person after a restart; args: unknown, expired (counts), mms (whether an MMS is among them)."""
    among = "-any" if card.notice.args.get("mms") else ""
    unknown, expired = (int(card.notice.args.get(name) or 0) for name in ("unknown", "expired"))
    subject = facts(
        pen(f"alert-restart-unknown{among}", n=unknown) if unknown else None,
        pen(f"alert-restart-expired{among}", n=expired) if expired else None,
    )
    rows = keyboard((pen.button("alert-restart-btn-show", "show"),))
    return View(pen.head(pen("alert-restart-title"), subject), rows)


def _draft(pen: Pen, card: NoticeCard) -> Button | None:
    return to_draft(pen, drafting=card.drafting)


def _entry(pen: Pen, number: int, line: StatusLine) -> Markup:
    message = line.message
    state = pen(f"state-{message.state.value.replace('_', '-')}")
    phone, time = pen.sent_phone(message.phone), pen.formats.moment(line.changed_at)
    return pen("status-list-line", n=number, phone=phone, state=state, time=time)
