"""What Telegram's refusals mean for whoever called: one place that reads its words."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError


class Meaning(StrEnum):
    """What the caller may do next."""

    UNSURE = auto()  # no answer, or one that says nothing: it may have been carried out
    UNCHANGED = auto()  # an edit that would change nothing: as good as done
    MISSING = auto()  # the message is gone
    FIXED = auto()  # the message is there, and cannot be changed in this way
    WAIT = auto()  # too fast; nothing was carried out
    UNREACHABLE = auto()  # the bot may not write here, until its people let it
    NOWHERE = auto()  # the topic is closed or gone; the group is there
    MOVED = auto()  # the group has a new id
    REFUSED = auto()  # what we sent is wrong: our own fault


@dataclass(frozen=True, slots=True)
class Answer:
    """One refusal: its meaning, the seconds to wait, the group's new id, and the head of its text, free of what we sent."""

    meaning: Meaning
    seconds: float = 0
    chat: int = 0
    text: str = ""


# Telegram changes the case of its texts now and then.
_TEXTS: Final = {
    Meaning.UNCHANGED: ("message is not modified",),
    Meaning.MISSING: ("message to edit not found", "message to delete not found", "message_id_invalid"),
    Meaning.FIXED: (
        "message can't be edited",
        "message can't be deleted",
        "message_delete_forbidden",
        "message_edit_time_expired",
        "no text in the message",
    ),
    Meaning.NOWHERE: ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid"),
    Meaning.UNREACHABLE: (
        "chat not found",
        "peer_id_invalid",
        "chat_write_forbidden",
        "not enough rights to send",
        "have no rights to send",
        "group chat was deactivated",
        "group chat was upgraded",
    ),
}


def answer(error: TelegramError | TimeoutError) -> Answer:
    """Read a refusal, or its absence; what nobody foresaw counts as no answer."""
    match error:
        case RetryAfter():
            # An int, or a timedelta where PTB is told so by its environment.
            return Answer(Meaning.WAIT, seconds=_seconds(error))
        case ChatMigrated():
            return Answer(Meaning.MOVED, chat=error.new_chat_id)
        case Forbidden():
            return Answer(Meaning.UNREACHABLE)
        case BadRequest():
            return Answer(_meaning(error.message), text=error.message.partition(":")[0])
    return Answer(Meaning.UNSURE)


def _meaning(text: str) -> Meaning:
    lower = text.lower()
    known = (meaning for meaning, texts in _TEXTS.items() if any(one in lower for one in texts))
    return next(known, Meaning.REFUSED)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int) else wait.total_seconds()
