"""What people may read of the events: who did what. Pure.

Every deed the code writes stands here, by the kind of its subject and its verb, with the topic under which the audit lists it.
None: it is a step of the machinery, or told by a larger deed (each message of a send that is stopped).
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["BOT", "DEEDS", "OTHER", "PEOPLE", "TOPICS", "topic"]

BOT: Final = "bot"
"""What the bot did by itself: left out unless it is asked for."""
OTHER: Final = "other"
"""A deed that nobody has entered here: listed rather than lost."""
PEOPLE: Final = ("sends", "cancels", "approvals", "people", "reveals", "settings", "bases", OTHER)
TOPICS: Final = (*PEOPLE, BOT)
_BY_PEOPLE: Final = ("admin:", "settings")
_OWN_DEEDS: Final = frozenset({"approval", "batch", "import", "multicast"})

_BY_APPROVAL: Final = dict.fromkeys(("approve", "approve_alone", "edit", "expire", "refuse", "void", "withdraw"), None)
"""What a decision does to its subject: told by the request."""
DEEDS: Final[Mapping[str, Mapping[str, str | None]]] = {
    "admin": {
        **dict.fromkeys(("admit", "disable", "enable", "limit", "remove", "restore", "role"), "people"),
        "default": "settings",
        "set": "settings",
    },
    "approval": {**dict.fromkeys(_BY_APPROVAL, "approvals"), "ask approval": "approvals"},
    "base": {"add_phones": "bases", "remove_phone": "bases"},
    "batch": {
        **_BY_APPROVAL,
        "confirm": "sends",
        "finish": BOT,
        "pause": "cancels",
        "resume": "sends",
        "start": BOT,
        "stop": "cancels",
        "undo": "cancels",
    },
    "chat": {"set": "settings"},
    "draft": {"answer": None, "close": None, "confirm": None, "lapse": None, "open": None},
    "import": {
        "close": "cancels",
        "column": None,
        "confirm": "bases",
        "finish": BOT,
        "pause": "cancels",
        "read": BOT,
        "refuse": BOT,
        "resume": "bases",
        "stop": "cancels",
    },
    "invite": dict.fromkeys(("invite", "revoke", "use"), "people"),
    "message": {
        **_BY_APPROVAL,
        "accepted": None,
        "doubt": None,
        "give back": None,
        "mark sent": "sends",
        "recover": None,
        "rejected": None,
        "report": None,
        "reveal": "reveals",
        "send": None,
        "stop": None,
        "undo": None,
    },
    "multicast": {
        **_BY_APPROVAL,
        "accept drift": "sends",
        "again": "cancels",
        "cancelled": "cancels",
        "doubt": BOT,
        "edited": "cancels",
        "give back": BOT,
        "hand now": "sends",
        "hand over": BOT,
        "handed over": BOT,
        "keep back": "cancels",
        "mark": "sends",
        "miss": BOT,
        "recover": BOT,
        "rejected": BOT,
        "schedule": "sends",
        "undo": "cancels",
    },
    "request": {"answered": None, "failed": None, "fetch": None, "fit": None, "show": None},
    "valve": {"resume_all": "sends", "stop_all": "cancels"},
    "stranger": {"ignore": "people"},
    "watcher": {"set": "settings"},
}


def topic(actor: str, kind: str, verb: str) -> str | None:
    """Return under what the audit lists a deed of this actor; None where it does not."""
    listed = DEEDS.get(kind, {}).get(verb, OTHER)
    if listed is None or actor.startswith(_BY_PEOPLE):
        return listed
    return BOT if kind in _OWN_DEEDS else None
