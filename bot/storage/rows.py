"""Rows into values: the only place that knows how a subject is spread over columns."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from bot.domain.access import Role
from bot.domain.approvals import Approval
from bot.domain.models import Admin, Base, Batch, Draft, Message, Multicast, Notice, Place, Reason, Request, Subject
from bot.domain.states import ApprovalState, BatchState, DraftState, MessageState, MulticastState, RequestState


def reason_json(reason: Reason | None) -> dict[str, Any] | None:
    """Return what a reason column holds."""
    return None if reason is None else {"code": reason.code, "args": dict(reason.args), "raw": reason.raw}


def reason(value: Mapping[str, Any] | None) -> Reason | None:
    """Read a reason column."""
    return None if value is None else Reason(value["code"], value.get("args") or {}, value.get("raw"))


def admin(row: Row[Any]) -> Admin:
    """Read an admins row."""
    return Admin(
        user_id=row.user_id,
        name=row.name,
        role=Role(row.role),
        language=row.language,
        zone=row.zone,
        sender=row.sender,
        phone=row.phone,
        enabled=bool(row.enabled),
        undo=row.undo,
        quiet=row.quiet,
        parts_a_day=row.parts_a_day,
        largest_multicast=row.largest_multicast,
        seen_at=row.seen_at,
        removed_at=row.removed_at,
    )


def draft(row: Row[Any]) -> Draft:
    """Read a drafts row."""
    place = Place(row.chat, row.thread)
    return Draft(
        row.id,
        row.kind,
        row.author,
        place,
        row.version,
        DraftState(row.state),
        row.fields,
        row.awaiting,
        bool(row.listens),
        row.created_at,
    )


def batch(row: Row[Any], counts: Mapping[MessageState, int]) -> Batch:
    """Read a batches row together with its counted messages."""
    return Batch(
        id=row.id,
        kind=row.kind,
        origin=row.origin,
        author=row.author,
        confirmed_by=row.confirmed_by,
        place=Place(row.chat, row.thread),
        state=BatchState(row.state),
        sender=row.sender,
        flash=bool(row.flash),
        text=row.text,
        parts=row.parts,
        price=row.price,
        total=row.total,
        draft=row.draft,
        undo_until=row.undo_until,
        confirmed_at=row.confirmed_at,
        progress_at=row.progress_at,
        paused_at=row.paused_at,
        reason=reason(row.reason),
        counts=counts,
        subject=row.subject,
        picture=row.picture,
    )


def message(row: Row[Any]) -> Message:
    """Read a messages row."""
    return Message(
        id=row.id,
        batch=row.batch,
        phone=row.phone,
        state=MessageState(row.state),
        gateway_id=row.gateway_id,
        reason=reason(row.reason),
        marked_by=row.marked_by,
        sending_at=row.sending_at,
        sent_at=row.sent_at,
        final_at=row.final_at,
        checked_at=row.checked_at,
        repeated_by=row.repeated_by,
    )


def multicast(row: Row[Any]) -> Multicast:
    """Read a multicasts row."""
    return Multicast(
        id=row.id,
        origin=row.origin,
        author=row.author,
        confirmed_by=row.confirmed_by,
        place=Place(row.chat, row.thread),
        state=MulticastState(row.state),
        sender=row.sender,
        text=row.text,
        parts=row.parts,
        price=row.price,
        bases=tuple(Base(base["id"], base["name"], base["total"]) for base in row.bases),
        recipients=row.recipients,
        start_at=row.start_at,
        hand_at=row.hand_at,
        draft=row.draft,
        confirmed_at=row.confirmed_at,
        handed_at=row.handed_at,
        passed=bool(row.passed),
        waiting_since=row.waiting_since,
        reason=reason(row.reason),
        asking=row.asking,
        marked_by=row.marked_by,
        balance_before=row.balance_before,
    )


def approval(row: Row[Any]) -> Approval:
    """Read an approvals row."""
    return Approval(
        id=row.id,
        subject=Subject(row.kind, row.subject),
        author=row.author,
        state=ApprovalState(row.state),
        digest=row.digest,
        recipients=row.recipients,
        cost=row.cost,
        asked=tuple(row.asked),
        asking=row.asking or {},
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=reason(row.reason),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def request(row: Row[Any]) -> Request:
    """Read a requests row."""
    return Request(row.id, row.kind, row.args, RequestState(row.state), row.result, row.asked_at, row.answered_at)


def notice(row: Row[Any]) -> Notice:
    """Read a notices row."""
    return Notice(row.id, row.kind, row.args, row.created_at)
