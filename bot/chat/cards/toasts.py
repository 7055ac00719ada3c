"""Answers to a press: a toast passes by, an alert waits to be read. Neither is ever the only carrier of news."""

from dataclasses import dataclass
from typing import Final

from bot.chat.texts import texts
from bot.domain.access import Role
from bot.domain.limits import Refusal
from gateway.phones import mask, show

__all__ = [
    "Toast",
    "approval_author",
    "approval_changed",
    "approval_late",
    "approval_not_alone",
    "approval_own",
    "card_below",
    "done",
    "flash",
    "gone",
    "halted",
    "in_private",
    "last_owner",
    "multicast_too_late",
    "not_allowed",
    "not_as_it_was",
    "not_the_author",
    "not_your_settings",
    "number",
    "outdated",
    "over_limit",
    "own_phone",
    "stale",
    "testing",
    "too_late",
]

LIMIT: Final = 200
"""Characters that Telegram shows of an answer."""


@dataclass(frozen=True, slots=True)
class Toast:
    """The text, plain, and whether it waits for a tap."""

    text: str
    alert: bool = False


def stale(language: str) -> Toast:
    """The card was shown too long ago to confirm by it."""
    return _alert(language, "alert-stale")


def outdated(language: str) -> Toast:
    """The press was made on content that is no longer there."""
    return _alert(language, "alert-outdated")


def done(language: str) -> Toast:
    """The same press came twice."""
    return Toast(texts(language).plain("alert-done"))


def gone(language: str) -> Toast:
    """What the card shows is no more."""
    return _alert(language, "alert-gone")


def too_late(language: str, *, mms: bool = False) -> Toast:
    """What should be taken back is with the provider."""
    return _alert(language, "alert-too-late-mms" if mms else "alert-too-late")


def multicast_too_late(language: str) -> Toast:
    """What should be taken back is with the provider, or over."""
    return _alert(language, "alert-mc-too-late")


def not_as_it_was(language: str) -> Toast:
    """An edited multicast cannot go as it was before; the edit is kept."""
    return _alert(language, "alert-mc-not-as-it-was")


def not_allowed(language: str, role: Role, needed: Role) -> Toast:
    """The presser's role does not reach the needed one (operator or owner)."""
    words = texts(language)
    key = "alert-not-allowed-owner" if needed is Role.OWNER else "alert-not-allowed-operator"
    return Toast(words.plain(key, role=words.plain(f"role-{role}")), alert=True)


def over_limit(language: str, refusal: Refusal) -> Toast:
    """The presser's own limit stands in the way: which, what is left of it, and who can lift it."""
    words, most = texts(language), refusal.most
    if refusal.limit == "parts":
        return Toast(words.plain("alert-limit-parts", most=most, left=refusal.left), alert=True)
    return Toast(words.plain("alert-limit-multicast", most=most, asked=refusal.asked), alert=True)


def last_owner(language: str) -> Toast:
    """Somebody must be left who may decide."""
    return _alert(language, "alert-last-owner")


def not_the_author(language: str, name: str) -> Toast:
    """Somebody else's draft is not edited."""
    return _alert(language, "alert-author", name=name)


def not_your_settings(language: str, name: str) -> Toast:
    """Somebody else's settings are not changed on his card."""
    return _alert(language, "alert-settings-author", name=name)


def own_phone(language: str) -> Toast:
    """The own number is asked for where a contact can be shared."""
    return _alert(language, "alert-own-phone")


def in_private(language: str) -> Toast:
    """What was asked for in a group is for the presser alone."""
    return _alert(language, "alert-in-private")


def number(language: str, phone: str) -> Toast:
    """The number that the card masks."""
    return _alert(language, "alert-number", phone=show(phone))


def approval_own(language: str) -> Toast:
    """The second person is another one."""
    return _alert(language, "alert-appr-own")


def approval_author(language: str, name: str) -> Toast:
    """A request is its author's to take back."""
    return _alert(language, "alert-appr-author", name=name)


def approval_late(language: str) -> Toast:
    """A request has run out."""
    return _alert(language, "alert-appr-late")


def approval_changed(language: str) -> Toast:
    """What would be approved is not what was shown."""
    return _alert(language, "alert-appr-changed")


def approval_not_alone(language: str) -> Toast:
    """An owner has others who may approve."""
    return _alert(language, "alert-appr-not-alone")


def halted(language: str, *, draft: bool) -> Toast:
    """Nothing begins while sending is stopped."""
    return _alert(language, "alert-halted-draft" if draft else "alert-halted")


def flash(language: str, *, on: bool) -> Toast:
    """What a flash SMS is, at the moment it is chosen."""
    return Toast(texts(language).plain("alert-flash" if on else "alert-flash-off"))


def testing(language: str, phone: str) -> Toast:
    """A test to oneself is on its way."""
    return Toast(texts(language).plain("alert-test", phone=mask(phone)))


def card_below(language: str) -> str:
    """What is left of a card that could not be deleted when it was raised."""
    return texts(language).plain("word-card-below")


def _alert(language: str, key: str, **args: str) -> Toast:
    text = texts(language).plain(key, **args)
    return Toast(text if len(text) <= LIMIT else text[: LIMIT - 1] + "…", alert=True)
