"""Who is here: the first word, help, and strangers at the door."""

from collections.abc import Mapping
from typing import Any

from bot.chat.cards.layout import code, folded, keyboard, lines, page
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import to_draft
from bot.chat.cards.settings import language_button
from bot.chat.commands import allowed
from bot.chat.texts import Markup, escaped
from bot.chat.view import Rows, View
from bot.domain.access import Role
from bot.domain.cards import NoticeCard


def start(pen: Pen, card: NoticeCard) -> View:
    """Greet an admin; args: first, role, zone (IANA name)."""
    args = card.notice.args
    role = pen.role(args["role"])
    title = pen.head(pen("start-first-title"), role) if args.get("first") else pen("start-title")
    writes = Role(args["role"]).may(Role.OPERATOR)
    example = (pen("start-line"), code(pen("start-example")), pen("start-hint")) if writes else ()
    text = page(lines(title, *example), pen("start-role", role=role, zone=pen.zone(args["zone"])))
    other = "en" if pen.reader.language == "ru" else "ru"
    rows = keyboard(
        (pen.button("word-btn-new", "new") if writes else None, pen.button("start-btn-balance", "balance")),
        (pen.button("start-btn-help", "help"), language_button(other)),
    )
    return View(text, rows)


def help_(pen: Pen, card: NoticeCard) -> View:
    """List what the role may do; args: role."""
    role = Role(card.notice.args["role"])
    commands = (pen("help-line", command=it.name, about=pen(it.about)) for it in allowed(role))
    send = code(pen("help-example-send")) if role.may(Role.OPERATOR) else None
    looks = code(pen("help-example-status")), code(pen("help-example-bases"))
    examples = folded(lines(pen("help-examples"), send, *looks))
    text = page(lines(pen("help-title"), *commands), examples)
    return View(text, keyboard((to_draft(pen, drafting=card.drafting),)))


def stranger(pen: Pen, card: NoticeCard) -> View:
    """Tell owners of somebody new; args: user_id, name, username, step (notice | role | granted | ignored), role, by, at."""
    args = card.notice.args
    step, name = str(args["step"]), escaped(str(args["name"]))
    if step in ("granted", "ignored"):
        title = pen.head(pen(f"stranger-{step}-title"), name)
        return View(lines(title, _decision(pen, args)))
    title = pen.head(pen("stranger-title"), name)
    return View(lines(title, _identity(pen, args), pen("stranger-hint")), _door(pen, step))


def _identity(pen: Pen, args: Mapping[str, Any]) -> Markup:
    identity = code(str(args["user_id"]))
    if args.get("username"):
        return pen("stranger-line-named", id=identity, username=str(args["username"]))
    return pen("stranger-line", id=identity)


def _decision(pen: Pen, args: Mapping[str, Any]) -> Markup:
    by, time = str(args["by"]), pen.moment(str(args["at"]))
    if args["step"] == "granted":
        return pen("stranger-granted-line", role=pen.role(str(args["role"])), by=by, time=time)
    return pen("stranger-ignored-line", by=by, time=time)


def _door(pen: Pen, step: str) -> Rows:
    if step == "notice":
        return keyboard((pen.button("stranger-btn-admit", "admit"),), (pen.button("stranger-btn-ignore", "ignore"),))
    roles = {role: pen.button(f"stranger-btn-{role}", "role", role) for role in Role}
    back = pen.button("word-btn-back", "back")
    return keyboard((roles[Role.VIEWER], roles[Role.OPERATOR]), (roles[Role.OWNER], back))
