"""Approvals: the request as the second person sees it, and the card of what waits for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.chat.cards.approved import waits
from bot.chat.cards.kinds import subject_line
from bot.chat.cards.layout import facts, keyboard, lines, page, quote, record
from bot.chat.cards.multicasts import bases_line, beside, both
from bot.chat.cards.pen import Pen
from bot.chat.cards.previews import numbers_list
from bot.chat.cards.results import people
from bot.chat.texts import Markup, escaped
from bot.chat.view import View
from bot.domain.approvals import ApprovalCard, Awaited, Sealed
from bot.domain.cards import BatchCard
from bot.domain.models import Reason
from bot.domain.multicast_cards import MulticastCard
from bot.domain.states import ApprovalState

_TAKEN_BACK: Final = {"edited": "appr-withdrawn-edited", "changed": "appr-withdrawn-changed"}


def request(pen: Pen, card: ApprovalCard) -> View:
    """Draw a request for one who may approve it."""
    sealed, approval = card.sealed, card.approval
    if approval.state is not ApprovalState.ASKED:
        return _decided(pen, card)
    if card.asking:
        return _why(pen, card)
    decide, start = approval.expires_at, sealed.start
    until = beside(pen, decide, start) if start else pen.formats.moment(decide)  # on the line that names the day
    top = lines(
        pen.head(pen("appr-ask-title"), subject(pen, sealed)),
        pen("appr-ask-line", author=card.author_name, size=size(pen, sealed)),
        Markup(f"{start_line(pen, sealed.start)}. {pen('appr-until', time=until)}"),
        pen("appr-stopped") if card.stopped else None,
        *_facts(pen, sealed),
    )
    rows = keyboard((pen.button("appr-btn-yes", "apyes"),), (pen.button("appr-btn-no", "apno"),))
    listed = numbers_list(pen, sealed.phones) if len(sealed.phones) > 1 else None
    return View(page(top, quote(sealed.text) if sealed.text.strip() else None, listed), rows)


def awaiting(pen: Pen, awaited: Awaited, sealed: Sealed, *more: Markup | None) -> View:
    """Draw what waits for a second person, as its author sees it; `more`: lines that only its kind has."""
    title = "appr-alone-title" if awaited.asking else "appr-author-title"
    top = lines(
        pen.head(pen(title), subject(pen, sealed)),
        pen("appr-alone-line") if awaited.asking else _asked(pen, awaited),
        size(pen, sealed),
        start_line(pen, sealed.start),
        *_facts(pen, sealed),
        *more,
    )
    text = quote(sealed.text) if sealed.text.strip() else None
    if awaited.asking:
        yes, back = pen.button("appr-btn-alone-yes", "apsolo"), pen.button("word-btn-back", "apback")
        return View(page(top, text), keyboard((yes,), (back,)))
    rows = keyboard(
        (pen.button("appr-btn-alone", "apalone") if awaited.alone else None,),
        (pen.button("appr-btn-edit", "apedit"), pen.button("appr-btn-withdraw", "apdraw")),
    )
    return View(page(top, text), rows)


def ended(pen: Pen, awaited: Awaited, sealed: Sealed, *more: Markup | None) -> View:
    """Draw what will never leave: refused, taken back, or not answered in time."""
    refused = awaited.state is ApprovalState.REFUSED
    top = lines(
        pen.head(pen("appr-refused-title" if refused else "appr-withdrawn-title"), subject(pen, sealed)),
        *_outcome(pen, awaited.state, awaited.reason, awaited.decided_by, awaited.decided_at),
        pen("appr-nothing-left"),
        *more,
    )
    return View(page(top, record(sealed.text)), keyboard((pen.button("appr-btn-edit", "apagain"),)))


def drawn(pen: Pen, model: object) -> View | None:
    """Draw what is about an approval; None for what needs none, or has got it."""
    match model:
        case ApprovalCard():
            return request(pen, model)
        case MulticastCard(awaited=Awaited() as awaited) if waits(awaited):
            return multicast(pen, model, awaited)
        case BatchCard(awaited=Awaited() as awaited) if waits(awaited):
            return replace(batch(pen, model, awaited), reply_to=model.pictured)
    return None


def batch(pen: Pen, card: BatchCard, awaited: Awaited) -> View:
    """Draw a batch that waits for a second person, or never got one."""
    shown = card.batch
    phones = tuple(message.phone for message in card.messages[:1]) if shown.total == 1 else ()
    sealed = Sealed(
        kind=shown.kind,
        text=shown.text,
        sender=shown.sender,
        flash=shown.flash,
        parts=shown.parts,
        price=shown.price,
        recipients=shown.total,
        start=card.start,
        subject=shown.subject,
        bases=tuple((0, name, 0) for name in card.bases),
        phones=phones,
    )
    return _subject_card(pen, awaited, sealed, people(pen, card))


def multicast(pen: Pen, card: MulticastCard, awaited: Awaited) -> View:
    """Draw a multicast that waits for a second person, or never got one."""
    shown = card.multicast
    sealed = Sealed(
        kind="multicast",
        text=shown.text,
        sender=shown.sender,
        flash=False,
        parts=shown.parts,
        price=shown.price,
        recipients=shown.recipients,
        start=shown.start_at,
        bases=tuple((base.id, base.name, base.total) for base in shown.bases),
    )
    return _subject_card(pen, awaited, sealed, both(pen, card))


def _subject_card(pen: Pen, awaited: Awaited, sealed: Sealed, who: Markup | None) -> View:
    draw = awaiting if awaited.state is ApprovalState.ASKED else ended
    return draw(pen, awaited, sealed, who)


def subject(pen: Pen, sealed: Sealed) -> Markup | None:
    """Name whom it goes to."""
    if sealed.bases:
        return bases_line(pen, [name for _, name, _ in sealed.bases])
    if sealed.recipients == 1 and sealed.phones:
        return pen.sent_phone(sealed.phones[0], final=False)
    return pen("word-recipients", n=sealed.recipients)


def size(pen: Pen, sealed: Sealed) -> Markup:
    """Say how many numbers it goes to, and what that costs."""
    if sealed.kind == "mms":
        return pen("appr-size-mms", n=sealed.recipients)
    told = pen("mc-preview-size", n=sealed.recipients, parts=sealed.parts)
    return pen("mc-preview-cost", size=told, cost=pen.formats.money(sealed.cost)) if sealed.cost else told


def start_line(pen: Pen, start: datetime | None) -> Markup:
    """Say when it starts: the moment itself, or as soon as it is approved."""
    return pen("appr-start", start=pen.formats.start(start)) if start else pen("appr-start-now")


def _facts(pen: Pen, sealed: Sealed) -> tuple[Markup | None, ...]:
    sender = pen("send-preview-sender", sender=sealed.sender) if sealed.sender else None
    flash = pen("send-preview-flash") if sealed.flash else None
    tracked = pen("track-preview-line") if sealed.kind == "tracked" else None
    return facts(sender, flash, subject_line(pen, sealed.subject)), tracked


def _asked(pen: Pen, awaited: Awaited) -> Markup:
    until = pen("appr-until", time=pen.formats.moment(awaited.expires_at))
    if awaited.asked:
        return Markup(f"{pen('appr-asked', names=', '.join(awaited.asked))} {until}")
    nobody = "appr-nobody-reached" if awaited.others else "appr-nobody-else"
    return lines(pen(nobody), until)


def _why(pen: Pen, card: ApprovalCard) -> View:
    sealed = card.sealed
    top = lines(pen.head(pen("appr-why-title"), subject(pen, sealed)), pen("appr-why-line"))
    third = ("appr-btn-base", "base") if sealed.bases else ("appr-btn-phones", "phones")
    named: Sequence[tuple[str, str]] = (("word-btn-text", "text"), ("mc-btn-time", "time"), third)
    rows = keyboard(
        tuple(pen.button(label, "apwhy", code) for label, code in named), (pen.button("word-btn-back", "apback"),)
    )
    return View(page(top, record(sealed.text) if sealed.text.strip() else None), rows)


def _decided(pen: Pen, card: ApprovalCard) -> View:
    approval, sealed = card.approval, card.sealed
    title = pen.head(pen(_TITLES[approval.state]), subject(pen, sealed))
    told = _outcome(pen, approval.state, approval.reason, card.decided_by, approval.decided_at)
    asked = pen("appr-ask-line", author=card.author_name, size=size(pen, sealed))
    top = lines(title, *told, asked, start_line(pen, sealed.start) if sealed.start else None)
    return View(page(top, record(sealed.text) if sealed.text.strip() else None))


def _outcome(
    pen: Pen, state: ApprovalState, reason: Reason | None, by: str, at: datetime | None
) -> tuple[Markup | None, ...]:
    time = pen.formats.moment(at) if at else ""
    match state:
        case ApprovalState.APPROVED:
            return (pen("appr-decision", by=by, time=time),)
        case ApprovalState.REFUSED:
            return _cause(pen, reason), pen("appr-decision", by=by, time=time)
        case ApprovalState.EXPIRED:
            return (pen("appr-expired-line"),)
        case _:
            return (pen(_TAKEN_BACK.get(reason.code if reason else "", "appr-withdrawn-line")),)


def _cause(pen: Pen, reason: Reason | None) -> Markup | None:
    if reason is None:
        return None
    if reason.code == "words":
        return pen("appr-reason", reason=escaped(str(reason.args["words"])))
    return pen("appr-reason", reason=pen(f"appr-reason-{reason.code}"))


_TITLES: Final = {
    ApprovalState.APPROVED: "appr-approved-title",
    ApprovalState.REFUSED: "appr-refused-title",
    ApprovalState.WITHDRAWN: "appr-withdrawn-title",
    ApprovalState.EXPIRED: "appr-withdrawn-title",
}
