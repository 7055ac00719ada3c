"""What an MMS is called where a text names SMS; and what is said of its status, which nobody has promised."""

from typing import Final

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.domain.mms_drafts import NO_STATUS
from bot.domain.models import Batch, Message

_AS_MMS: Final = {
    "send-no-report-next": "mms-no-report-next",
    "send-not-delivered-line": "mms-not-delivered-line",
    "send-resend-title": "mms-resend-title",
    "send-unknown-broken": "mms-unknown-broken",
    "send-unknown-cut": "mms-unknown-cut",
    "send-unknown-duplicate": "mms-unknown-duplicate",
    "send-unknown-unclear": "mms-unknown-unclear",
    "send-waiting-line": "mms-waiting-line",
}


def told(batch: Batch, key: str) -> str:
    """Return the key of what is said of this kind of batch."""
    return _AS_MMS.get(key, key) if batch.kind == "mms" else key


def subject_line(pen: Pen, subject: str | None) -> Markup | None:
    """Name the subject of an MMS, where it has one."""
    return pen("mms-subject", subject=subject) if subject else None


def has_no_status(message: Message) -> bool:
    """Return whether the provider's status call does not know a message."""
    return message.reason is not None and message.reason.code == NO_STATUS


def unpromised_line(pen: Pen, batch: Batch) -> Markup | None:
    """Say of an MMS whose status is shown that the provider answers by the id alone: an SMS may have the same."""
    return pen("mms-status-by-id") if batch.kind == "mms" else None


def mms_sent_line(pen: Pen, message: Message, time: str) -> Markup:
    """Say what can be known of an MMS that has left."""
    if has_no_status(message):
        return pen("mms-sent-unknown", time=time)
    if message.checked_at:
        return pen("mms-sent-checked", time=time, checked=pen.formats.moment(message.checked_at))
    return pen("mms-sent-line", time=time)
