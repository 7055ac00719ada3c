"""Reasons in words: why the provider refused one message, and why a whole batch waits."""

from typing import Final

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.domain.models import Reason

REWRITES: Final = {
    "cant-send-this-message": ("text", "sender"),
    "direction-is-closed": ("phones",),
    "unsupported-phone-number": ("phones",),
    "unsupported-sender": ("sender",),
    "phone-blacklisted": ("phones",),
    "blocked-text-message": ("text",),
    "message-duplication": ("text",),
}
"""The fields of a new draft that may mend a refusal; none for those that nobody understands."""
ACCOUNT_WIDE: Final = frozenset({"authentication-failure", "your-credit-is-null", "service-is-switched-off"})
_OF_MMS: Final = {
    "cause-cant-send-this-message": "mms-cause-cant-send",
    "send-rejected-blocked-text-message-next": "mms-rejected-blocked-next",
    "send-rejected-cant-send-this-message": "mms-rejected-cant-send",
    "send-rejected-cant-send-this-message-next": "mms-rejected-cant-send-next",
}
"""What is said otherwise of an MMS, which has a picture, and neither a sender nor a test to oneself."""
_NAMED: Final = ACCOUNT_WIDE | {"person"}


def refusal(reason: Reason | str | None) -> str:
    """Return the refusal as the keys of texts name it; `other` where it is none that we know."""
    name = _name(reason)
    return name if name in REWRITES else "other"


def cause(pen: Pen, reason: Reason | None, sender: str = "", *, mms: bool = False) -> Markup:
    """Say in a sentence why the provider refused a message."""
    name = refusal(reason)
    if name == "unsupported-sender":
        return pen(f"send-rejected-{name}", sender=sender)
    return pen(_key(f"send-rejected-{name}", mms=mms))


def advice(pen: Pen, reason: Reason | None, *, mms: bool = False) -> Markup:
    """Say what to do about a refusal."""
    return pen(_key(f"send-rejected-{refusal(reason)}-next", mms=mms))


def cause_in_short(pen: Pen, reason: Reason | str | None, *, mms: bool = False) -> Markup:
    """Name a refusal in a word or two."""
    return pen(_key(f"cause-{refusal(reason)}", mms=mms))


def pause_title(pen: Pen, reason: Reason | None) -> Markup:
    """Name why a batch is paused."""
    name = _name(reason)
    if reason is not None and name in ("refusals", "doubts"):
        return pen(f"send-paused-{name}-title", n=int(reason.args.get("n", 0)))
    return pen(f"send-paused-{name if name in _NAMED or name == 'burst' else 'other'}-title")


def pause_line(pen: Pen, reason: Reason | None) -> Markup:
    """Say why a batch is paused or waits, and what it takes to go on."""
    name = _name(reason)
    if reason is not None and name == "refusals":
        return pen("send-paused-refusals", cause=cause_in_short(pen, str(reason.args.get("of", ""))))
    if reason is not None and name == "burst":
        short = cause_in_short(pen, str(reason.args.get("of", "")))
        return pen("send-paused-burst", n=int(reason.args["n"]), m=int(reason.args["m"]), cause=short)
    return pen(f"send-paused-{name if name in _NAMED or name == 'doubts' else 'other'}")


def _key(key: str, *, mms: bool) -> str:
    return _OF_MMS.get(key, key) if mms else key


def _name(reason: Reason | str | None) -> str:
    code = reason.code if isinstance(reason, Reason) else reason or ""
    return code.lower().replace("_", "-")
