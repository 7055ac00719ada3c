"""Approvals: the request, its author's card, every way it ends, and the previews that ask for one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.approvals import Approval, ApprovalCard, Awaited, Sealed
from bot.domain.cards import BatchCard, MessageCard, Price, Problem
from bot.domain.models import Base, Draft, Multicast, Place, Reader, Reason, Subject
from bot.domain.multicast_cards import MulticastCard, MulticastDraftCard
from bot.domain.states import ApprovalState, BatchState, DraftState, MessageState, MulticastState
from gateway.text import analyse
from tests.golden.made import AUTHOR, CONFIRMER, OTHERS, PHONE, SNAPSHOT, TEXTS, at, batch, draft, message, reader

A = ApprovalState
TEN = at("10:00", day=26)
UNTIL = at("09:50", day=26)
BASES = ((1, "VIP", 1240), (2, "Клиенты", 620))
THIRD = {"ru": "Олег", "en": "Oleg"}
WORDS = {"ru": "Завтра праздник, лучше в понедельник", "en": "Tomorrow is a holiday, better on Monday"}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here, owner = reader(language), reader(language, role=Role.OWNER)
    parts = (_requests(language), _authors(language), _batches(language), _before(language))
    for name, model in (example for part in parts for example in part):
        yield name, (owner if "alone" in name else here, model)
    both: dict[str, Any] = {"author_name": AUTHOR[language], "confirmer_name": CONFIRMER[language]}
    yield "appr-author-group", (reader(language, group=True), _own(language, **both))


def _sealed(language: str, **more: Any) -> Sealed:
    given: dict[str, Any] = {"kind": "multicast", "flash": False, "parts": 1, "price": Decimal(5), "recipients": 1860}
    given |= {"text": TEXTS[language], "sender": "MyShop", "start": TEN, "bases": BASES}
    return Sealed(**(given | more))


def _request(language: str, state: ApprovalState = A.ASKED, **more: Any) -> ApprovalCard:
    sealed, reason = more.pop("sealed", _sealed(language)), more.pop("reason", None)
    decided = state is not A.ASKED
    approval = Approval(
        id=9,
        subject=Subject("multicast", 3),
        author=1,
        state=state,
        digest="",
        recipients=sealed.recipients,
        cost=sealed.cost,
        asked=(2, 3),
        asking={},
        decided_by=2 if decided else None,
        decided_at=at("12:05") if decided else None,
        reason=reason,
        created_at=at("12:00"),
        expires_at=UNTIL if sealed.start else at("12:00", day=25),
    )
    return ApprovalCard(approval, sealed, AUTHOR[language], CONFIRMER[language] if decided else "", **more)


def _requests(language: str) -> Iterator[tuple[str, Model]]:
    yield "appr-ask", _request(language)
    yield "appr-ask-now", _request(language, sealed=_sealed(language, start=None, price=None))
    yield "appr-ask-stopped", _request(language, stopped=True)
    yield "appr-ask-tracked", _request(language, sealed=_sealed(language, kind="tracked"))
    few: dict[str, Any] = {"bases": (), "start": None, "recipients": 5, "phones": (PHONE, *OTHERS)}
    yield "appr-ask-sms", _request(language, sealed=_sealed(language, kind="sms", flash=True, **few))
    menu = "Меню" if language == "ru" else "Menu"
    mms: dict[str, Any] = {"kind": "mms", "sender": "", "price": None, "subject": menu, "picture": 4, **few}
    yield "appr-ask-mms", _request(language, sealed=_sealed(language, **mms))
    yield "appr-why", _request(language, asking=True)
    yield "appr-why-sms", _request(language, asking=True, sealed=_sealed(language, kind="sms", **few))
    yield "appr-approved", _request(language, A.APPROVED)
    yield "appr-approved-now", _request(language, A.APPROVED, sealed=_sealed(language, start=None))
    yield "appr-refused", _request(language, A.REFUSED, reason=Reason("time"))
    yield "appr-refused-words", _request(language, A.REFUSED, reason=Reason("words", {"words": WORDS[language]}))
    yield "appr-withdrawn", _request(language, A.WITHDRAWN)
    yield "appr-withdrawn-edited", _request(language, A.WITHDRAWN, reason=Reason("edited"))
    yield "appr-withdrawn-changed", _request(language, A.WITHDRAWN, reason=Reason("changed"))
    yield "appr-expired", _request(language, A.EXPIRED)


def _awaited(language: str, state: ApprovalState = A.ASKED, until: datetime = UNTIL, **more: Any) -> Awaited:
    if state is A.ASKED:
        return Awaited(state, until, **({"asked": (CONFIRMER[language], THIRD[language]), "others": 2} | more))
    return Awaited(state, until, decided_by=CONFIRMER[language], decided_at=at("12:05"), **more)


def _own(language: str, awaited: Awaited | None = None, start: datetime | None = TEN, **more: Any) -> MulticastCard:
    awaited = awaited or _awaited(language)
    over = awaited.state not in (A.ASKED, A.APPROVED)
    waits = MulticastState.AWAITING_APPROVAL if awaited.state is A.ASKED else MulticastState.HELD
    shown = Multicast(
        id=3,
        origin="draft:14",
        author=1,
        confirmed_by=1,
        place=Place(1),
        state=MulticastState.CANCELLED if over else waits,
        sender="MyShop",
        text=TEXTS[language],
        parts=1,
        price=Decimal(5),
        bases=tuple(Base(*base) for base in BASES),
        recipients=1860,
        start_at=start,
        hand_at=start - timedelta(minutes=10) if start else at("12:06:10"),
        draft=14,
        confirmed_at=at("12:00"),
        handed_at=None,
        passed=False,
        waiting_since=None,
        reason=None,
        asking=more.pop("asking", None),
        marked_by=None,
        balance_before=None,
    )
    return MulticastCard(shown, timedelta(minutes=10), timedelta(minutes=10), awaited=awaited, **more)


def _authors(language: str) -> Iterator[tuple[str, Model]]:
    yield "appr-author", _own(language)
    tomorrow = at("12:00", day=25)
    yield "appr-author-now", _own(language, _awaited(language, until=tomorrow), None)
    yield "appr-author-nobody", _own(language, _awaited(language, asked=()))
    yield "appr-author-nobody-else", _own(language, _awaited(language, asked=(), others=0))
    yield "appr-author-alone", _own(language, _awaited(language, asked=(), others=0, alone=True))
    alone = _awaited(language, asked=(), others=0, alone=True, asking=True)
    yield "appr-author-alone-asks", _own(language, alone)
    yield "appr-author-refused", _own(language, _awaited(language, A.REFUSED, reason=Reason("base")))
    yield "appr-author-withdrawn", _own(language, _awaited(language, A.WITHDRAWN))
    yield "appr-author-expired", _own(language, _awaited(language, A.EXPIRED))
    yield "appr-author-held", _own(language, _awaited(language, A.APPROVED))
    yield "appr-author-held-solo", _own(language, _awaited(language, A.APPROVED, solo=True))
    yield "appr-author-leaving", _own(language, _awaited(language, A.APPROVED), None, leaves_at=at("12:06:10"))
    drift = {"kind": "drift", "was": 1860, "now": 2104}
    yield "appr-drift", _own(language, _awaited(language, A.APPROVED), asking=drift, second=True)


def _batches(language: str) -> Iterator[tuple[str, Model]]:
    queued = message(MessageState.QUEUED)
    waits = batch(language, BatchState.AWAITING_APPROVAL, total=1500)
    given: dict[str, Any] = {"messages": (queued,), "counts": {MessageState.QUEUED: 1500}, "reasons": {}}
    until = _awaited(language, until=at("12:00", day=25))
    yield "appr-batch", BatchCard(waits, **given, awaited=until)
    tracked = replace(waits, kind="tracked", total=1860)
    yield "appr-tracked", BatchCard(tracked, **given, awaited=_awaited(language), bases=("VIP", "Клиенты"), start=TEN)
    mms = replace(waits, kind="mms", price=None, sender="")
    yield "appr-mms", BatchCard(mms, **given, awaited=until)
    refused = _awaited(language, A.REFUSED, reason=Reason("phones"))
    yield "appr-batch-refused", BatchCard(replace(waits, state=BatchState.CANCELLED), **given, awaited=refused)
    leaving = replace(waits, state=BatchState.READY, undo_until=at("12:06:10"))
    one = MessageCard(queued, replace(waits, total=5))
    yield "appr-message", one
    yield "appr-batch-leaving", BatchCard(leaving, **given, awaited=_awaited(language, A.APPROVED))


def _mc_draft(language: str, step: str, *problems: Problem) -> MulticastDraftCard:
    text = TEXTS[language]
    bases = [{"id": id_, "name": name, "total": total} for id_, name, total in BASES]
    fields = {"sender": "MyShop", "bases": bases, "text": text, "when": {"at": TEN.isoformat()}}
    row = Draft(14, "multicast", 1, Place(1), 4, DraftState.OPEN, fields, None, listens=True, created_at=at("12:00"))
    price = Price(1860, Decimal(9300), SNAPSHOT)
    return MulticastDraftCard(row, step, problems, analyse(text), price, listed_at=at("12:04"), second=True)


def _before(language: str) -> Iterator[tuple[str, Model]]:
    fields = {"phones": [PHONE, *OTHERS], "text": TEXTS[language]}
    yield "send-preview-second", draft("preview", fields, second=True)
    costly = Problem("money", {}, asks=True)
    yield "send-warn-second", draft("warn", fields, costly, second=True)
    yield "mc-preview-second", _mc_draft(language, "preview")
    yield "mc-warn-second", _mc_draft(language, "warn", Problem("empty_base", {"base": "VIP"}, asks=True))
    late = Problem("approval_late", {"until": UNTIL}, blocks=True)
    yield "mc-blocked-second", _mc_draft(language, "blocked", late)
