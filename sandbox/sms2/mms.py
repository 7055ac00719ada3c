"""The MMS gate, `/api.php`: subject, text and a PNG, 300 KB in all; its ids have no status."""

from sandbox.sms2 import messages, phones
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import Reason, RefusedError
from sandbox.sms2.phones import Fate
from sandbox.store import Store

__all__ = ["MAX_SIZE", "is_png", "read_picture", "send"]

MAX_SIZE = 300 * 1024

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def send(store: Store, account: Account, call: Call) -> str:
    """Refuse with `Error` and a description (section 1.2 of the MMS gate names none: the words are ours)."""
    if account.switched_off:
        raise RefusedError(Reason.SERVICE_IS_SWITCHED_OFF)
    fate = phones.check_reachable(store, call["phone"])
    if fate is Fate.BLACKLISTED:
        raise RefusedError(Reason.PHONE_BLACKLISTED)
    picture = call.files.get("picture", b"")
    _check_content(call["subject"], call["text"], picture)
    message_id = messages.deliver(
        *(store, account, fate),
        price=account.mms_price,
        kind="mms",
        phone=call["phone"],
        sender=account.login,
        subject=call["subject"],
        text=call["text"],
        picture=picture,
        parts=1,
    )
    return messages.mms_id(message_id)


def is_png(picture: bytes) -> bool:
    """Whether this is a whole PNG: signature, header first, end last."""
    return picture.startswith(_SIGNATURE) and picture[12:16] == b"IHDR" and picture.endswith(_END)


def read_picture(store: Store, message_id: int) -> bytes | None:
    """The PNG that came with a message."""
    rows = store.read("SELECT picture FROM sms2_messages WHERE id = ?", message_id)
    return rows[0]["picture"] or None if rows else None


def _check_content(subject: str, text: str, picture: bytes) -> None:
    if not text.strip() and not picture:
        raise RefusedError("message is empty")
    if len(subject.encode()) + len(text.encode()) + len(picture) > MAX_SIZE:
        raise RefusedError("message is larger than 300 KB")
    if picture and not is_png(picture):
        raise RefusedError("picture is not a PNG")
