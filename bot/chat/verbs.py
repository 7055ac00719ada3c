"""Every button there is, on one screen: what it does, to which subjects, and who may press it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.chat.context import Context
from bot.chat.handlers import admins, alerts, halt, mms
from bot.chat.handlers import approvals as approval
from bot.chat.handlers import audit as aud
from bot.chat.handlers import base_presses as base
from bot.chat.handlers import batch_presses as batch
from bot.chat.handlers import draft_presses as draft
from bot.chat.handlers import history as hist
from bot.chat.handlers import import_presses as imports
from bot.chat.handlers import multicast_presses as multicast
from bot.chat.handlers import notice_presses as notice
from bot.chat.handlers import rooms as room
from bot.chat.handlers import tracked_presses as tracked
from bot.chat.handlers.pressed import Pressed
from bot.domain.access import Role


@dataclass(frozen=True, slots=True)
class Verb:
    """What a button does, and to which subjects.

    `spends`: needs the card fresh and exactly as it is. `always`: obeyed whatever has changed since.
    `leaves`: lets something begin that is not begun while sending is stopped.
    """

    obey: Callable[[Context, Pressed], Awaitable[None]]
    on: tuple[str, ...]
    role: Role = Role.OPERATOR
    spends: bool = False
    always: bool = False
    leaves: bool = False


_APPROVAL: Final = ("approval",)
_AWAITING: Final = ("batch", "multicast")
_SENT: Final = ("batch", "message")
_ADMINS: Final = ("admins",)
_BASES: Final = ("bases",)
_IMPORT: Final = ("import",)
_MULTICAST: Final = ("multicast",)
_LAPSED: Final = ("multicast", "draft")  # an edit that its start has overtaken is a draft still
_ANY: Final = ("draft", "batch", "message", "multicast", "request", "notice")

VERBS: Final[Mapping[str, Verb]] = {
    # a draft
    "ok": Verb(draft.confirm, ("draft",), spends=True, leaves=True),
    "yes": Verb(draft.confirm_asked, ("draft",), spends=True, leaves=True),
    "test": Verb(draft.test, ("draft",), spends=True, leaves=True),
    "edit": Verb(draft.edit, ("draft",)),
    "add": Verb(draft.add, ("draft",)),
    "flash": Verb(draft.flash, ("draft",)),
    "fix": Verb(draft.fix, ("draft",)),
    "drop": Verb(draft.drop_bad, ("draft",)),
    "cheap": Verb(draft.cheap, ("draft",)),
    "which": Verb(draft.which, ("draft",)),
    "self": Verb(draft.to_self, ("draft",)),
    "pick": Verb(draft.pick, ("draft",)),
    "over": Verb(draft.start_over, ("draft",)),
    "close": Verb(draft.close, ("draft",), always=True),
    "reopen": Verb(draft.reopen, ("draft",)),
    "omit": Verb(mms.omit, ("draft",)),
    # what was sent
    "undo": Verb(approval.unless_waiting(batch.undo), ("batch",), always=True),
    "stop": Verb(approval.unless_waiting(batch.stop), ("batch",), always=True),
    "resume": Verb(batch.resume, ("batch",), spends=True),
    "now": Verb(batch.resume, ("batch",), spends=True),
    "check": Verb(batch.check, ("batch", "message", "request"), Role.VIEWER),
    "again": Verb(batch.again, _SENT),
    "rewrite": Verb(batch.rewrite, _SENT),
    "retry": Verb(batch.retry, ("batch",)),
    "pause": Verb(tracked.pause, ("batch",), always=True),
    "trretry": Verb(tracked.retry, ("batch",)),
    "trfile": Verb(tracked.report, ("batch",)),
    "list": Verb(batch.toggle_list, ("batch",), Role.VIEWER),
    "went": Verb(batch.went, _SENT),
    "noid": Verb(batch.went_without_id, _SENT),
    "resend": Verb(batch.ask_resend, _SENT),
    "anyway": Verb(batch.resend, _SENT, spends=True, leaves=True),
    "show": Verb(batch.show, ("batch", "message", "notice"), Role.VIEWER),
    # a multicast that is composed
    "mcbase": Verb(multicast.tick, ("draft",), always=True),
    "mcpage": Verb(multicast.turn, ("draft",)),
    "mcall": Verb(multicast.show_all, ("draft",)),
    "mclook": Verb(multicast.look_again, ("draft",)),
    "mcnext": Verb(multicast.chosen, ("draft",)),
    "mcbases": Verb(multicast.bases, ("draft",)),
    "mctime": Verb(multicast.time, ("draft",)),
    "mcwhen": Verb(multicast.when, ("draft",)),
    "mcday": Verb(multicast.day, ("draft",)),
    "mchour": Verb(multicast.hour, ("draft",)),
    "mcmorning": Verb(multicast.after_night, ("draft",)),
    "mctrack": Verb(tracked.choose, ("draft",)),
    "mcplain": Verb(tracked.leave, ("draft",)),
    "mckeep": Verb(multicast.keep, ("draft",), spends=True, leaves=True),
    "mcback": Verb(multicast.back, ("draft", "multicast")),
    # a multicast that is confirmed
    "mcundo": Verb(approval.unless_waiting(multicast.undo), _MULTICAST, always=True),
    "mccancel": Verb(multicast.ask_cancel, _MULTICAST, always=True),
    "mcdrop": Verb(approval.unless_waiting(multicast.cancel), _LAPSED, always=True),
    "mcmove": Verb(multicast.move, _LAPSED),
    "mcedit": Verb(multicast.edit, _MULTICAST),
    "mcpick": Verb(multicast.pick, _MULTICAST),
    "mchand": Verb(multicast.hand_over, _MULTICAST, spends=True, leaves=True),
    "mcstart": Verb(multicast.accept_drift, _MULTICAST, spends=True),
    "mcnow": Verb(multicast.start_now, _LAPSED, spends=True),
    "mcthere": Verb(multicast.there, _MULTICAST),
    "mcabsent": Verb(multicast.absent, _MULTICAST),
    "mcanew": Verb(multicast.again, _MULTICAST, spends=True),
    "mcagain": Verb(multicast.again, _MULTICAST),
    "mcfix": Verb(multicast.again, _MULTICAST),
    "mcopen": Verb(multicast.show, ("notice",), Role.VIEWER),
    "mclist": Verb(multicast.turn_list, ("notice",), Role.VIEWER),
    "mcics": Verb(multicast.calendar, ("notice",), Role.VIEWER),
    # what takes a second person
    "apyes": Verb(approval.approve, _APPROVAL, spends=True),
    "apno": Verb(approval.ask_reason, _APPROVAL),
    "apwhy": Verb(approval.refuse, _APPROVAL),
    "apback": Verb(approval.back, ("approval", *_AWAITING)),
    "apdraw": Verb(approval.withdraw, _AWAITING, always=True),
    "apedit": Verb(approval.edit, _AWAITING),
    "apagain": Verb(approval.again, _AWAITING),
    "apalone": Verb(approval.ask_alone, _AWAITING, Role.OWNER, spends=True),
    "apsolo": Verb(approval.approve_alone, _AWAITING, Role.OWNER, spends=True),
    # phone bases
    "base": Verb(base.open_base, _BASES, Role.VIEWER),
    "basepage": Verb(base.turn, _BASES, Role.VIEWER),
    "baselist": Verb(base.to_list, _BASES, Role.VIEWER),
    "baseview": Verb(base.to_base, _BASES, Role.VIEWER),
    "basecheck": Verb(base.check, _BASES, Role.VIEWER),
    "basephones": Verb(base.phones, _BASES, Role.VIEWER),
    "basenews": Verb(base.reload, _BASES, Role.VIEWER),
    "baseclose": Verb(base.close, _BASES, Role.VIEWER, always=True),
    "baseask": Verb(base.ask, _BASES),
    "baseadd": Verb(base.add, _BASES),
    "baseremove": Verb(base.remove, _BASES),
    "basefile": Verb(base.download, _BASES),
    "basemc": Verb(base.multicast, _BASES),
    # an import
    "impbase": Verb(imports.pick, _IMPORT),
    "impsms": Verb(imports.as_recipients, _IMPORT),
    "imppage": Verb(imports.turn, _IMPORT),
    "impask": Verb(imports.ask_column, _IMPORT),
    "impcol": Verb(imports.column, _IMPORT),
    "impback": Verb(imports.back, _IMPORT),
    "impgo": Verb(imports.start, _IMPORT),
    "imppause": Verb(imports.pause, _IMPORT, always=True),
    "impresume": Verb(imports.resume, _IMPORT),
    "impstop": Verb(imports.stop, _IMPORT, always=True),
    "impclose": Verb(imports.close, _IMPORT, always=True),
    "impbad": Verb(imports.bad_rows, _IMPORT),
    "imprest": Verb(imports.refused, _IMPORT),
    "impopen": Verb(imports.open_base, _IMPORT),
    # the history
    "histopen": Verb(hist.show, ("notice",), Role.VIEWER),
    "histpage": Verb(hist.turn, ("notice",), Role.VIEWER),
    "histask": Verb(hist.ask, ("notice",), Role.VIEWER),
    "histset": Verb(hist.choose, ("notice",), Role.VIEWER),
    "histback": Verb(hist.back, ("notice",), Role.VIEWER),
    "histall": Verb(hist.clear, ("notice",), Role.VIEWER),
    # what people are called for
    "algo": Verb(alerts.go, ("notice",), Role.VIEWER),
    "alset": Verb(alerts.choose, ("notice",), Role.VIEWER),
    "aldel": Verb(alerts.remove, ("notice",), Role.VIEWER),
    "burston": Verb(alerts.resume, ("notice",), spends=True),
    "burstend": Verb(alerts.stop, ("notice",), always=True),
    "burstsee": Verb(alerts.refusals, ("notice",), Role.VIEWER),
    # the audit
    "audopen": Verb(aud.show, ("notice",), Role.OWNER),
    "audpage": Verb(aud.turn, ("notice",), Role.OWNER),
    "audask": Verb(aud.ask, ("notice",), Role.OWNER),
    "audset": Verb(aud.choose, ("notice",), Role.OWNER),
    "audback": Verb(aud.back, ("notice",), Role.OWNER),
    "audall": Verb(aud.clear, ("notice",), Role.OWNER),
    "audtable": Verb(aud.export, ("notice",), Role.OWNER),
    # the panic switch
    "haltgo": Verb(halt.go_on, ("notice",), Role.OWNER, spends=True),
    "haltlist": Verb(halt.show_list, ("notice",), Role.VIEWER),
    # people
    "adgo": Verb(admins.go, _ADMINS, Role.OWNER),
    "adopen": Verb(admins.open_person, _ADMINS, Role.OWNER),
    "adpage": Verb(admins.turn, _ADMINS, Role.OWNER),
    "adrole": Verb(admins.give_role, _ADMINS, Role.OWNER),
    "adoff": Verb(admins.disable, _ADMINS, Role.OWNER),
    "adgone": Verb(admins.remove, _ADMINS, Role.OWNER),
    "adon": Verb(admins.enable, _ADMINS, Role.OWNER),
    "adset": Verb(admins.limit, _ADMINS, Role.OWNER),
    "adinvite": Verb(admins.invite, _ADMINS, Role.OWNER),
    "adrevoke": Verb(admins.revoke, ("admins", "invite"), Role.OWNER, always=True),
    # a group's own
    "rmlang": Verb(room.language, ("notice",), Role.OWNER),
    "rmask": Verb(room.ask_zone, ("notice",), Role.OWNER),
    "rmzone": Verb(room.zone, ("notice",), Role.OWNER),
    "rmback": Verb(room.back, ("notice",), Role.OWNER),
    # the rest
    "back": Verb(notice.back, _ANY, Role.VIEWER),
    "new": Verb(notice.new, _ANY),
    "draft": Verb(notice.to_draft, _ANY, Role.VIEWER),
    "balance": Verb(notice.balance, _ANY, Role.VIEWER),
    "mcs": Verb(notice.multicasts, ("notice",), Role.VIEWER),
    "refresh": Verb(notice.refresh, ("request",), Role.VIEWER),
    "chart": Verb(notice.chart, ("request",), Role.VIEWER),
    "alerts": Verb(notice.alerts, ("request",), Role.VIEWER),
    "help": Verb(notice.help_, _ANY, Role.VIEWER),
    "lang": Verb(notice.language, ("notice",), Role.VIEWER),
    "set": Verb(notice.ask_setting, ("notice",), Role.VIEWER),
    "zone": Verb(notice.zone, ("notice",), Role.VIEWER),
    "setto": Verb(notice.choose_setting, ("notice",), Role.VIEWER),
    "setall": Verb(notice.defaults, ("notice",), Role.OWNER),
    "open": Verb(notice.open_message, ("batch", "notice"), Role.VIEWER),
    "more": Verb(notice.more, ("notice",), Role.VIEWER),
    "admit": Verb(notice.admit, ("notice",), Role.OWNER),
    "role": Verb(notice.give_role, ("notice",), Role.OWNER),
    "ignore": Verb(notice.ignore, ("notice",), Role.OWNER),
}
