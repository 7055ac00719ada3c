"""The audit: a page of what people did, and the questions that narrow it down."""

from collections.abc import Iterable

from bot.chat.cards.audit_changes import changed
from bot.chat.cards.history import choices
from bot.chat.cards.layout import clipped, in_rows, keyboard, lines
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import to_draft
from bot.chat.texts import Markup, Texts, escaped
from bot.chat.view import Button, View
from bot.domain.audit_cards import OFFERED, AuditCard, Line, packed

_PEOPLE = 12


def audit(pen: Pen, card: AuditCard) -> View:
    """Draw a page, or a question."""
    args, step = card.notice.args, card.notice.args.get("step")
    if step is not None:
        return _question(pen, card, str(step))
    topic = pen(f"audit-topic-{args['topic']}") if args.get("topic") else pen("audit-all")
    entries = [_entry(pen, at, line) for at, line in enumerate(card.lines, 1)]
    text = lines(
        pen.head(pen("audit-title"), topic),
        pen("hist-who", name=clipped(card.name, NAME)) if card.name else None,
        *(entries or [pen("hist-empty")]),
    )
    about = [(at, line.about) for at, line in enumerate(card.lines, 1) if line.about is not None]
    rows = keyboard(
        *in_rows((Button(str(at), "audopen", f"{packed(it)}/{at}") for at, it in about), 3),
        (pen.button("hist-btn-who", "audask", "who"), pen.button("audit-btn-topic", "audask", "topic")),
        _turns(pen, card),
        (pen.button("audit-btn-table", "audtable") if entries else None,),
        (pen.button("hist-btn-clear", "audall") if args.keys() - {"before"} else None,),
        (to_draft(pen, drafting=card.drafting),),
    )
    return View(text, rows)


def deed(words: Texts, kind: str, verb: str) -> str:
    """Return the key of what a deed is called; a deed without a name of its own is still a deed."""
    key = f"audit-{kind}-{verb}".replace(" ", "-").replace("_", "-")
    return key if key in words.keys else "audit-unnamed"


def _turns(pen: Pen, card: AuditCard) -> Iterable[Button | None]:
    before = card.notice.args.get("before")
    first, last = (card.lines[0].id, card.lines[-1].id) if card.lines else (before, before)
    yield pen.button("hist-btn-newer", "audpage", f"new/{first}") if card.newer else None
    yield pen.button("hist-btn-older", "audpage", f"old/{last}") if card.older else None


def _entry(pen: Pen, number: int, line: Line) -> Markup:
    """Write when, what, to what, and by whom."""
    role = pen.role(line.role) if line.role else None
    change = escaped(changed(pen.words, pen.formats, line.change)) if line.change else None
    parts = (pen(deed(pen.words, line.kind, line.verb)), _about(pen, line), role, change)
    told = Markup(", ".join(filter(None, parts)))
    time = pen.formats.moment(line.at)
    if not line.name:
        return pen("audit-line-bot", n=number, time=time, told=told)
    return pen("audit-line", n=number, time=time, told=told, name=clipped(line.name, NAME))


def _about(pen: Pen, line: Line) -> Markup | None:
    if line.phone is not None:
        return pen.sent_phone(line.phone)
    if line.bases:
        return bases_line(pen, line.bases)
    if line.person:
        return escaped(clipped(line.person, NAME))
    return pen("word-recipients", n=line.total) if line.total else None


def _question(pen: Pen, card: AuditCard, step: str) -> View:
    everything = (pen.words.plain("hist-btn-all"), None)
    if step == "who":
        people = [(one.name or str(one.id), str(one.id)) for one in card.people[:_PEOPLE]]
        chosen = card.notice.args.get("who")
        offered = choices("who", [everything, *people], str(chosen) if chosen is not None else None, "audset")
    else:
        topics = [(pen.words.plain(f"audit-topic-{topic}"), topic) for topic in OFFERED]
        offered = choices("topic", [everything, *topics], card.notice.args.get("topic"), "audset")
    text = lines(pen.head(pen("audit-title"), pen(f"audit-ask-{step}-subject")), pen(f"audit-ask-{step}-line"))
    return View(text, keyboard(*in_rows(offered, 2), (pen.button("word-btn-back", "audback"),)))
