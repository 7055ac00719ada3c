"""Cards: `render` turns what a card shows into a view for one reader. Words are in locales, values in formats."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.chat.cards import approvals, halt, notices, people, settings
from bot.chat.cards.admins import access, in_private, invite_kept, invited, who_has_access
from bot.chat.cards.alerts import VIEWED as VIEWED_ALERTS
from bot.chat.cards.alerts import alerts, auth_alert, burst_alert, digest, gateway_alert, money_alert
from bot.chat.cards.asks import asked
from bot.chat.cards.bases import VIEWED
from bot.chat.cards.batches import batch
from bot.chat.cards.drafts import draft
from bot.chat.cards.history import VIEWED as VIEWED_HISTORY
from bot.chat.cards.imports import base_or_import
from bot.chat.cards.lists import listed
from bot.chat.cards.mms import mms
from bot.chat.cards.multicast_drafts import multicast_draft
from bot.chat.cards.multicasts import multicast
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import chart_empty
from bot.chat.cards.results import result
from bot.chat.cards.rooms import closed_group, joined, left_group, room
from bot.chat.view import View
from bot.domain.access import Role
from bot.domain.admins import AdminsCard, InviteCard
from bot.domain.alerts import AlertsCard
from bot.domain.audit_cards import AuditCard
from bot.domain.bases import BasesCard, BasesModel, ImportCard
from bot.domain.cards import AskCard, BatchCard, DraftCard, MessageCard, NoticeCard, RequestCard
from bot.domain.history import HistoryCard
from bot.domain.models import Reader
from bot.domain.multicast_cards import MulticastCard, MulticastDraftCard, MulticastListCard
from bot.services.views import Model

__all__ = ["Model", "render"]

_NOTICES: Final[Mapping[str, Callable[[Pen, NoticeCard], View]]] = {
    "access": access,
    "album": notices.album,
    "auth_alert": auth_alert,
    "burst_alert": burst_alert,
    "digest": digest,
    "chart_empty": chart_empty,
    "default_changed": settings.default_changed,
    "fault": notices.fault,
    "halt": halt.halt,
    "halt_list": halt.halt_list,
    "halt_off": halt.halt_off,
    "help": people.help_,
    "in_private": in_private,
    "invite_kept": invite_kept,
    "invited": invited,
    "gateway_alert": gateway_alert,
    "language": settings.language,
    "money_alert": money_alert,
    "not_allowed": notices.not_allowed,
    "not_the_author": notices.not_the_author,
    "nothing_to_cancel": notices.nothing_to_cancel,
    "own_phone": settings.own_phone,
    "own_phone_left": settings.own_phone_left,
    "own_phone_refused": settings.own_phone_refused,
    "own_phone_saved": settings.own_phone_saved,
    "restart": notices.restart,
    "closed_group": closed_group,
    "joined": joined,
    "left_group": left_group,
    "room": room,
    "settings": settings.settings,
    "start": people.start,
    "status_list": notices.status_list,
    "stranger": people.stranger,
    "unexpected": notices.unexpected,
    "unexpected_file": notices.unexpected_file,
    "unknown_command": notices.unknown_command,
    "unknown_status": notices.unknown_status,
}
_VIEWERS: Final = frozenset(
    {
        *VIEWED_ALERTS,
        "alerts",
        "back",
        "balance",
        "chart",
        "check",
        "haltlist",
        "help",
        "lang",
        "list",
        "mcics",
        "mclist",
        "mcopen",
        "more",
        "open",
        "refresh",
        "set",
        "setto",
        "show",
        "zone",
    }
)
"""What a viewer may press: nothing that sends, stops or decides."""


def render(reader: Reader, model: Model) -> View:
    """Draw a card for a reader; the same facts always give the same view."""
    pen = Pen.of(reader)
    view = alerts(pen, model) if isinstance(model, AlertsCard) else approvals.drawn(pen, model) or _drawn(pen, model)
    return view if reader.group or reader.role is not Role.VIEWER else _for_viewer(view)


def _drawn(pen: Pen, model: Model) -> View:
    match model:
        case MulticastDraftCard():
            view = multicast_draft(pen, model)
        case MulticastCard():
            view = multicast(pen, model)
        case MulticastListCard() | HistoryCard() | AuditCard():
            view = listed(pen, model)
        case DraftCard():
            view = mms(pen, model) if model.draft.kind == "mms" else draft(pen, model)
        case BatchCard():
            view = replace(batch(pen, model), reply_to=model.pictured)
        case MessageCard():
            view = result(pen, model)
        case BasesCard() | ImportCard() | AdminsCard() | InviteCard():
            view = base_or_import(pen, model) if isinstance(model, BasesModel) else who_has_access(pen, model)
        case RequestCard() | AskCard():
            view = asked(pen, model)
        case NoticeCard():
            view = _NOTICES[model.notice.kind](pen, model)
    return view


def _for_viewer(view: View) -> View:
    kept = (tuple(button for button in row if button.verb in _VIEWERS | VIEWED | VIEWED_HISTORY) for row in view.rows)
    return replace(view, rows=tuple(row for row in kept if row))
