"""The draft of an MMS: recipients, subject, text, picture. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.cards import Problem
from bot.domain.drafts import Fields, Given, Kind, Refused, accept_text, settled
from bot.domain.policy import Policy
from bot.domain.sms_drafts import Around, accept_phones, addressed, night
from gateway.checks import MMS_LIMIT

MOST_TEXT: Final = 2_000
MOST_SUBJECT: Final = 80
ROOM: Final = MMS_LIMIT - 4 * (MOST_TEXT + MOST_SUBJECT)
"""Bytes of a picture: whatever is written beside it later still fits, so that it is fitted once."""
LARGEST_FILE: Final = 20 * 1024 * 1024
NO_STATUS: Final = "no_status"
"""The reason of a sent MMS whose id the provider's status call does not know."""
EDITABLE: Final = ("phones", "subject", "text", "picture")
OPTIONAL: Final = ("subject", "text", "picture")


@dataclass(frozen=True, slots=True)
class Picture:
    """A fitted picture: its blob, bytes and pixels, Telegram's file it was made of, and the message that shows it."""

    blob: int
    size: int
    width: int
    height: int
    file: str
    message: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return asdict(self)


def picture(fields: Fields) -> Picture | None:
    """Return the picture of a draft, once it is ready."""
    kept: Mapping[str, Any] | None = fields.get("picture")
    return Picture(**kept) if kept else None


def coming(fields: Fields, file: str, album: str | None = None) -> dict[str, Any]:
    """Return the fields with a picture on its way; the one that was there stays until it has come.

    `album`: what Telegram calls the group of pictures that it came in.
    """
    of = {"id": album} if album else None
    return settled(fields, coming={"file": file}, editing=None, album=of)


def blobs(fields: Fields) -> list[int]:
    """Return what a draft holds of pictures: the one that is ready, and the one that is all but."""
    kept = (fields.get(name) or {} for name in ("picture", "coming"))
    return [int(one["blob"]) for one in kept if "blob" in one]


def without(fields: Fields, gone: Collection[int]) -> Fields:
    """Return the fields where these blobs are kept no more: Telegram still has the files, so they come once more."""
    ready, wanted = picture(fields), fields.get("coming")
    if ready is not None and ready.blob in gone:
        fields = settled(fields, picture=None, coming=wanted or {"file": ready.file})
    if wanted and wanted.get("blob") in gone:
        fields = settled(fields, coming={"file": wanted["file"]})
    return fields


def arrived(fields: Fields, ready: Picture) -> dict[str, Any]:
    """Return the fields with the picture that was on its way."""
    return settled(fields, picture=ready.as_json(), coming=None)


def failed(fields: Fields, why: str) -> dict[str, Any]:
    """Return the fields without the picture that was on its way, and with why there is none; an older one stays.

    Where nothing else is asked for, a picture is: the next one that comes is meant for this draft.
    """
    left = settled(fields, coming=None, refused={"code": f"picture_{why}", "args": {}})
    return {**left, "editing": "picture"} if step(left) == "preview" else left


def omitted(fields: Fields, name: str) -> dict[str, Any]:
    """Return the fields without one that an MMS can do without."""
    more = {"coming": None} if name == "picture" else {}
    return settled(fields, **{name: None, "editing": None}, **more)


def expects_picture(fields: Fields) -> bool:
    """Return whether a photo that comes now is meant for this draft: it has none, or asks for another."""
    return fields.get("editing") == "picture" or not (fields.get("picture") or fields.get("coming"))


def size(fields: Fields) -> int:
    """Return the bytes that the provider counts: subject, text and picture."""
    ready = picture(fields)
    return len(f"{_written(fields, 'subject')}{_written(fields, 'text')}".encode()) + (ready.size if ready else 0)


def begun(text: str) -> dict[str, Any]:
    """Return the fields that the rest of an `/mms` line gives: its leading numbers, and the text behind them."""
    return addressed(text)


def accept_subject(given: Given, fields: Fields) -> Fields | Refused:
    """Take a subject of one line."""
    if given.text is None:
        return Refused("not_text")
    subject = " ".join(given.text.split())
    if len(subject) > MOST_SUBJECT:
        return Refused("subject_too_long", {"length": len(subject), "limit": MOST_SUBJECT})
    return settled(fields, subject=subject or None)


def refuse_words(given: Given, fields: Fields) -> Fields | Refused:  # noqa: ARG001 - whatever is typed is no picture
    """Refuse what is typed where a picture is asked for."""
    return Refused("not_picture")


def step(fields: Fields) -> str:
    """Return where an open draft stands, as far as its fields alone tell."""
    if fields.get("editing"):
        return "field"
    if not fields.get("phones") and not fields.get("invalid"):
        return "ask_phones"
    if fields.get("coming"):
        return "mms_wait"
    if fields.get("text") is None and not fields.get("picture"):
        return "mms_content"
    return "preview"


def awaited(fields: Fields) -> str | None:
    """Return the field that the next typed message is for."""
    asked = {"ask_phones": "phones", "mms_content": "text", "field": fields.get("editing")}
    return asked.get(step(fields))


def problems(fields: Fields, around: Around, policy: Policy) -> tuple[Problem, ...]:
    """Return all that a person should know before this leaves, what blocks it first."""
    found = [Problem("bad_number", one, blocks=True) for one in fields.get("invalid") or ()]
    if not fields.get("phones") and not found:
        found.append(Problem("mms_no_phones", {}, blocks=True))
    text = _written(fields, "text")
    if not text.strip() and not fields.get("picture"):
        found.append(Problem("mms_empty", {}, blocks=True))
    if len(text) > MOST_TEXT:
        args = {"excess": len(text) - MOST_TEXT, "length": len(text), "limit": MOST_TEXT}
        found.append(Problem("mms_too_long", args, blocks=True))
    if around.same_text is not None:
        found.append(Problem("same_mms", {"at": around.same_text, "count": around.repeats}, asks=True))
    return (*found, *night(fields, around, policy))


def _written(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "")


MMS: Final = Kind(
    "mms",
    Role.OPERATOR,
    {"phones": accept_phones, "subject": accept_subject, "text": accept_text, "picture": refuse_words},
    step,
    awaited,
)
