"""Answers to presses: one line each."""

from bot.chat.cards import toasts
from bot.domain.access import Role
from bot.domain.limits import Refusal
from tests.golden.made import AUTHOR, PHONE


def answers(language: str) -> tuple[toasts.Toast, ...]:
    """Return every answer to a press once."""
    return (
        toasts.stale(language),
        toasts.outdated(language),
        toasts.done(language),
        toasts.not_allowed(language, Role.VIEWER, Role.OPERATOR),
        toasts.not_allowed(language, Role.OPERATOR, Role.OWNER),
        toasts.gone(language),
        toasts.over_limit(language, Refusal("parts", 500, 20, 21)),
        toasts.over_limit(language, Refusal("multicast", 1_000, 1_000, 1_860)),
        toasts.last_owner(language),
        toasts.too_late(language),
        toasts.too_late(language, mms=True),
        toasts.multicast_too_late(language),
        toasts.not_as_it_was(language),
        toasts.approval_own(language),
        toasts.approval_author(language, AUTHOR[language]),
        toasts.approval_late(language),
        toasts.approval_changed(language),
        toasts.approval_not_alone(language),
        toasts.halted(language, draft=True),
        toasts.halted(language, draft=False),
        toasts.not_the_author(language, AUTHOR[language]),
        toasts.not_your_settings(language, AUTHOR[language]),
        toasts.own_phone(language),
        toasts.in_private(language),
        toasts.number(language, PHONE),
        toasts.flash(language, on=True),
        toasts.flash(language, on=False),
        toasts.testing(language, PHONE),
    )


def written(language: str) -> str:
    """Write them as the golden file holds them."""
    lines = (f"{'alert' if answer.alert else 'toast'}: {answer.text}" for answer in answers(language))
    return "\n".join([*lines, f"shrunk: {toasts.card_below(language)}"]) + "\n"
