"""Phone bases: the list, one base, a question about it, the provider's answer, its phones page by page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.chat.cards.layout import clipped, code, folded, keyboard, lines, page
from bot.chat.cards.pen import Pen
from bot.chat.cards.problems import number_line
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, Rows, View
from bot.domain.bases import BasesCard, Listed

VIEWED: Final = frozenset(
    {"base", "basecheck", "baseclose", "baselist", "basenews", "basepage", "basephones", "baseview"}
)
"""What a viewer may press among the bases: all that only looks."""
_LABEL: Final = 30
_NAME: Final = 64
_ERRORS: Final = frozenset(
    {
        "AUTHENTICATION_FAILURE",
        "BASE_IS_PROTECTED",
        "CANT_ADD_PHONE_NUMBER",
        "CANT_REMOVE_PHONE_NUMBER",
        "silent",
        "SERVICE_IS_SWITCHED_OFF",
        "UNENCODABLE",
        "WRONG_BASE",
        "WRONG_PHONE_NUMBER",
    }
)


def bases(pen: Pen, card: BasesCard) -> View:
    """Draw where somebody stands among the bases."""
    if card.step == "waiting":
        return View(pen.head(pen("base-list-title"), pen("base-waiting")), keyboard((_close(pen),)))
    if card.step == "list":
        return _list(pen, card)
    if card.base is None or not card.base.listed:
        return _gone(pen, card.base)
    draw = {"ask": _ask, "remove": _remove, "answer": _answer, "phones": _phones}.get(card.step, _base)
    return draw(pen, card, card.base)


def choice(pen: Pen, base: Listed, verb: str) -> Button:
    """Make the button that picks a base: its name, cut to fit, its size, and what is to be known of it."""
    note = pen.words.plain("base-mark-protected") if base.protected else ""
    note = note or (pen.words.plain("base-mark-comma") if "," in base.name else "")
    rest = f" · {pen.formats.count(base.total)}" + (f" · {note}" if note else "")
    return Button(clipped(base.name, _LABEL - len(rest)) + rest, verb, str(base.id))


def turning(pen: Pen, at: int, pages: int, verb: str) -> Sequence[Button | None]:
    """Make the buttons that turn pages; the middle one says which is open."""
    if pages == 1:
        return ()
    back = pen.button("word-btn-prev", verb, str(at - 1)) if at > 0 else None
    on = pen.button("word-btn-next", verb, str(at + 1)) if at + 1 < pages else None
    return back, Button(f"{at + 1}/{pages}", verb, str(at)), on


def title(pen: Pen, base: Listed | None) -> Markup:
    """Name a base in a sentence or a headline."""
    return escaped(clipped(base.name, _NAME)) if base is not None else pen("base-unknown")


def failure(pen: Pen, reason: str) -> Markup:
    """Say in two lines why the provider did not do what a base was asked for, and what to do now."""
    name = reason.lower().replace("_", "-") if reason in _ERRORS else "other"
    return lines(pen(f"base-error-{name}"), pen(f"base-error-{name}-next"))


def _list(pen: Pen, card: BasesCard) -> View:
    query, phone = card.state.get("query"), card.state.get("phone")
    count = pen("base-list-count", count=pen.formats.count(card.count), phones=pen.formats.count(card.phones_total))
    text = lines(
        pen.head(pen("base-list-title"), count if card.count else None),
        _hint(pen, card, str(query) if query else None),
        pen("base-list-phone", phone=pen.phone(str(phone))) if phone else None,
        _silence(pen, card.state),
    )
    rows = [(choice(pen, base, "base"),) for base in card.bases]
    whole = pen.button("base-btn-all", "baselist") if query else None
    again = pen.button("base-btn-refresh", "basenews") if card.state.get("silent") else None
    turns = turning(pen, card.page, card.pages, "basepage")
    return View(text, keyboard(*rows, turns, (whole, again), (_close(pen),)))


def _hint(pen: Pen, card: BasesCard, query: str | None) -> Markup:
    if query and not card.count:
        return pen("base-list-none", query=clipped(query, _NAME))
    if query:
        return pen("base-list-found", query=clipped(query, _NAME))
    return pen("base-list-line") if card.count else pen("base-list-empty")


def _silence(pen: Pen, state: Mapping[str, Any]) -> Markup | None:
    return pen("base-list-silent") if state.get("silent") else None


def _gone(pen: Pen, base: Listed | None) -> View:
    back = (pen.button("base-btn-all", "baselist"),)
    return View(lines(pen.head(pen("base-gone-title"), title(pen, base)), pen("base-gone-line")), keyboard(back))


def _base(pen: Pen, card: BasesCard, base: Listed) -> View:
    text = lines(
        pen.head(pen("base-title", base=title(pen, base)), pen("word-numbers", n=base.total)),
        pen("base-as-of", time=pen.formats.moment(base.seen_at)),
        pen("base-protected") if base.protected else None,
        pen("base-comma") if "," in base.name else None,
        pen("base-busy") if card.state.get("busy") else None,
        _silence(pen, card.state),
    )
    return View(text, _actions(pen, base))


def _actions(pen: Pen, base: Listed) -> Rows:
    last = (pen.button("base-btn-refresh", "basenews"), pen.button("base-btn-all", "baselist"))
    multicast = pen.button("base-btn-multicast", "basemc") if "," not in base.name else None
    if base.protected:
        return keyboard((multicast,), last)
    return keyboard(
        (pen.button("base-btn-check", "basecheck"),),
        (pen.button("base-btn-add", "baseask", "add"), pen.button("base-btn-remove", "baseask", "remove")),
        (pen.button("base-btn-phones", "basephones", "0"), pen.button("base-btn-file", "baseask", "file")),
        (pen.button("base-btn-import", "baseask", "import"), multicast),
        last,
    )


def _ask(pen: Pen, card: BasesCard, base: Listed) -> View:
    ask = str(card.state.get("ask"))
    refused = card.state.get("refused")
    text = lines(
        pen.head(pen(f"base-ask-{ask}-title"), title(pen, base)),
        number_line(pen, refused) if refused else None,
        pen(f"base-ask-{ask}"),
    )
    forms = [Button(form.upper(), "basefile", form) for form in ("txt", "csv")] if ask == "file" else []
    return View(text, keyboard(forms, (_back(pen),)))


def _remove(pen: Pen, card: BasesCard, base: Listed) -> View:
    phone = str(card.state["phone"])
    text = lines(pen.head(pen("base-remove-title"), pen.phone(phone)), pen("base-remove-line", base=title(pen, base)))
    return View(text, keyboard((pen.button("base-btn-remove", "baseremove", phone), _back(pen))))


def _answer(pen: Pen, card: BasesCard, base: Listed) -> View:
    asked, numbers, answer = card.state["asked"], list(card.state["numbers"]), card.state["answer"]
    phone = pen.sent_phone(numbers[0]) if len(numbers) == 1 else None
    back = (_back(pen),)
    if "code" in answer:
        text = lines(pen.head(pen("base-failed-title"), phone or title(pen, base)), failure(pen, str(answer["code"])))
        return View(text, keyboard(back))
    again = pen.button("base-btn-check", "basecheck") if asked == "check" else None
    if asked == "check" and not answer["inside"]:
        add = None if base.protected else pen.button("base-btn-add", "baseadd", numbers[0])
        return View(pen.head(pen("base-out-title", base=title(pen, base)), phone), keyboard((add, again), back))
    if asked == "add":
        return View(_added(pen, card, base, numbers), keyboard(back))
    key = "base-in-title" if asked == "check" else "base-removed-title"
    return View(pen.head(pen(key, base=title(pen, base)), phone), keyboard((again,), back))


def _added(pen: Pen, card: BasesCard, base: Listed, numbers: Sequence[str]) -> str:
    answer, skipped = card.state["answer"], list(card.state.get("skipped") or ())
    rejected = [str(phone) for phone in answer["rejected"]]
    some = pen("base-added-some", n=int(answer["added"]), total=len(numbers)) if len(numbers) > 1 else None
    key = "base-added-title" if answer["added"] else "base-not-added-title"
    head = pen.head(pen(key, base=title(pen, base)), some or pen.sent_phone(numbers[0]))
    return page(
        lines(head, pen("base-rejected", n=len(rejected)) if rejected else None),
        folded(lines(*(_written(pen, phone) for phone in rejected))) if rejected else None,
        pen("base-skipped", rows=Markup(", ".join(code(raw) for raw in skipped))) if skipped else None,
    )


def _written(pen: Pen, phone: str) -> Markup:
    return pen.sent_phone(phone) if phone.isdecimal() else code(clipped(phone, _LABEL))


def _phones(pen: Pen, card: BasesCard, base: Listed) -> View:
    shown = lines(*(_written(pen, phone) for phone in card.phones))
    text = page(
        pen.head(pen("base-title", base=title(pen, base)), pen("word-numbers", n=card.count)),
        shown or pen("base-no-phones"),
    )
    return View(text, keyboard(turning(pen, card.page, card.pages, "basephones"), (_back(pen),)))


def _back(pen: Pen) -> Button:
    return pen.button("word-btn-back", "baseview")


def _close(pen: Pen) -> Button:
    return pen.button("word-btn-close", "baseclose")
