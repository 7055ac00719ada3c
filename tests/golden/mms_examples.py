"""MMS: the draft with its picture, and what is said otherwise of an MMS than of an SMS."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.chat.cards import Model
from bot.domain.cards import BatchCard, DraftCard, Problem
from bot.domain.mms_drafts import Picture
from bot.domain.models import Reader, Reason
from bot.domain.states import BatchState, MessageState
from tests.golden.made import AUTHOR, OTHERS, PHONE, at, draft, many, message, one, reader

M = MessageState
MENU = {"ru": "Меню на неделю: борщ, плов, вареники 😊", "en": "This week: borscht, plov, dumplings 😊"}
SUBJECT = {"ru": "Меню", "en": "Menu"}
PICTURE = Picture(blob=5, size=217_000, width=640, height=480, file="BQAC", message=77).as_json()
COMING = {"file": "BQAC"}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    parts = (_questions(language), _previews(language), _results(language))
    for name, model in (example for part in parts for example in part):
        yield name, (here, model)
    whole = _draft("preview", _whole(language), author_name=AUTHOR[language])
    yield "mms-preview-group", (reader(language, group=True), whole)


def _draft(step: str, fields: Mapping[str, Any], *problems: Problem, **more: Any) -> DraftCard:
    card = draft(step, fields, *problems, price=None, **more)
    return replace(card, draft=replace(card.draft, kind="mms", fields=dict(fields)), analysis=None)


def _whole(language: str, **more: Any) -> dict[str, Any]:
    return {"phones": [PHONE], "subject": SUBJECT[language], "text": MENU[language], "picture": PICTURE, **more}


def _questions(language: str) -> Iterator[tuple[str, Model]]:
    text = MENU[language]
    yield "mms-ask-phones", _draft("ask_phones", {})
    yield "mms-ask-phones-coming", _draft("ask_phones", {"text": text, "coming": COMING})
    yield "mms-ask-phones-broken", _draft("ask_phones", {"refused": {"code": "picture_broken", "args": {}}})
    yield "mms-content", _draft("mms_content", {"phones": [PHONE]})
    too_large = {"code": "picture_does_not_fit", "args": {}}
    yield "mms-content-does-not-fit", _draft("mms_content", {"phones": [PHONE], "refused": too_large})
    yield "mms-wait", _draft("mms_wait", {"phones": [PHONE], "text": text, "coming": COMING})
    yield "mms-field-text", _draft("field", _whole(language, editing="text"))
    yield "mms-field-text-none", _draft("field", {"phones": [PHONE], "picture": PICTURE, "editing": "text"})
    yield "mms-field-subject", _draft("field", _whole(language, editing="subject"))
    long = {"code": "subject_too_long", "args": {"length": 93, "limit": 80}}
    yield "mms-field-subject-refused", _draft("field", _whole(language, editing="subject", refused=long))
    yield "mms-field-picture", _draft("field", _whole(language, editing="picture"))
    words = {"code": "not_picture", "args": {}}
    yield "mms-field-picture-refused", _draft("field", _whole(language, editing="picture", refused=words))
    yield "mms-field-phones", _draft("field", _whole(language, editing="phones"))
    yield "mms-closed", _draft("closed", _whole(language))


def _previews(language: str) -> Iterator[tuple[str, Model]]:
    whole, five = _whole(language), [PHONE, *OTHERS]
    yield "mms-preview", _draft("preview", whole)
    yield "mms-preview-picture-alone", _draft("preview", {"phones": [PHONE], "picture": PICTURE})
    yield "mms-preview-bare", _draft("preview", {"phones": [PHONE], "text": MENU[language]})
    yield "mms-preview-undone", _draft("preview", {**whole, "undone": True})
    broken = {"code": "picture_broken", "args": {}}
    yield "mms-preview-kept", _draft("preview", {**whole, "refused": broken})
    yield "mms-preview-many", _draft("preview", {**whole, "phones": five, "repeats": 1})
    same = Problem("same_mms", {"at": at("12:04"), "count": 1}, asks=True)
    yield "mms-warn", _draft("warn", whole, same)
    yield "mms-warn-second", _draft("warn", whole, same, second=True)
    several = Problem("same_mms", {"at": at("12:04"), "count": 2}, asks=True)
    yield "mms-warn-many", _draft("warn", {**whole, "phones": five}, several)
    length = {"excess": 21, "length": 2021, "limit": 2000}
    long = {"phones": [PHONE], "text": MENU[language] * 60}
    yield "mms-blocked-too-long", _draft("blocked", long, Problem("mms_too_long", length, blocks=True))
    yield (
        "mms-blocked-empty",
        _draft("blocked", {"phones": [PHONE], "text": " "}, Problem("mms_empty", {}, blocks=True)),
    )
    bad = Problem("bad_number", {"raw": "8911987654", "why": "too_few_digits", "digits": 10}, blocks=True)
    yield "mms-blocked-nobody", _draft("blocked", {**whole, "phones": []}, Problem("mms_no_phones", {}, blocks=True))
    yield "mms-blocked-number", _draft("blocked", whole, bad)


def _results(language: str) -> Iterator[tuple[str, Model]]:
    sent: dict[str, Any] = {"gateway_id": "006B44"}
    yield "mms-undo", _mms(language, one(language, message(M.QUEUED), BatchState.READY))
    yield "mms-sent", _mms(language, one(language, message(M.SENT, **sent)))
    yield "mms-sent-checked", _mms(language, one(language, message(M.SENT, checked_at=at("12:06"), **sent)))
    unknown = message(M.SENT, checked_at=at("12:06"), reason=Reason("no_status"), **sent)
    yield "mms-sent-unknown", _mms(language, one(language, unknown))
    yield "mms-not-delivered", _mms(language, one(language, message(M.NOT_DELIVERED), BatchState.FINISHED))
    yield "mms-no-report", _mms(language, one(language, message(M.NO_REPORT), BatchState.FINISHED))
    for code in ("cut", "unclear", "lost"):
        doubtful = one(language, message(M.IN_DOUBT, reason=Reason(code)), BatchState.FINISHED)
        yield f"mms-in-doubt-{code}", _mms(language, doubtful)
    cut = message(M.IN_DOUBT, reason=Reason("cut"))
    yield "mms-resend", _mms(language, one(language, cut, BatchState.FINISHED, asking="resend"))
    again = message(M.IN_DOUBT, reason=Reason("cut"), repeated_by=99)
    yield "mms-in-doubt-duplicate", _mms(language, one(language, again, BatchState.FINISHED, duplicate=True))
    words = Reason("CANT_SEND_THIS_MESSAGE", raw="Error: can't send this message")
    yield "mms-rejected", _mms(language, one(language, message(M.REJECTED, reason=words), BatchState.FINISHED))
    blocked = message(M.REJECTED, reason=Reason("BLOCKED_TEXT_MESSAGE", raw="Error: blocked text message"))
    yield "mms-rejected-blocked", _mms(language, one(language, blocked, BatchState.FINISHED))
    yield "mms-waiting", _mms(language, one(language, message(M.QUEUED), waiting=at("12:04"), expires=at("12:34")))
    yield "mms-cancelled", _mms(language, one(language, message(M.CANCELLED), BatchState.CANCELLED))
    yield "mms-delivered", _mms(language, one(language, message(M.DELIVERED, **sent), BatchState.FINISHED))
    yield "mms-expired", _mms(language, one(language, message(M.QUEUED), BatchState.PAUSED, reason=Reason("expired")))
    yield "mms-many-done", _mms(language, many(language, {M.DELIVERED: 2, M.IN_DOUBT: 1}, BatchState.FINISHED))
    yield "mms-many-sent", _mms(language, many(language, {M.SENT: 3, M.QUEUED: 2}))


def _mms(language: str, card: BatchCard) -> BatchCard:
    more: dict[str, Any] = {"kind": "mms", "sender": "", "price": None, "subject": SUBJECT[language], "picture": 5}
    return replace(card, batch=replace(card.batch, text=MENU[language], **more))
