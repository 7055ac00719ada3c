"""The states a subject can be in, and the only moves between them: forward, never back to a paid call."""

from enum import StrEnum


class DraftState(StrEnum):
    """A draft is composed until it is confirmed, closed or left behind."""

    OPEN = "open"
    CONSUMED = "consumed"
    CLOSED = "closed"
    LAPSED = "lapsed"


class BatchState(StrEnum):
    """A batch begins when a person confirms it; a large one when a second person agrees."""

    AWAITING_APPROVAL = "awaiting_approval"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class MessageState(StrEnum):
    """What is known of one message to one phone."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NO_REPORT = "no_report"
    REJECTED = "rejected"
    IN_DOUBT = "in_doubt"
    CANCELLED = "cancelled"


class MulticastState(StrEnum):
    """A multicast is held by us until shortly before its start; then the provider has it."""

    AWAITING_APPROVAL = "awaiting_approval"
    HELD = "held"
    HANDING_OVER = "handing_over"
    HANDED_OVER = "handed_over"
    REJECTED = "rejected"
    IN_DOUBT = "in_doubt"
    MISSED = "missed"
    CANCELLED = "cancelled"


class ImportState(StrEnum):
    """An import is checked without sending anything, then confirmed, then added chunk by chunk."""

    CHECKING = "checking"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class ApprovalState(StrEnum):
    """A second person's word on something large; one decision, and it stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class RequestState(StrEnum):
    """A free question to the provider."""

    ASKED = "asked"
    ANSWERED = "answered"
    FAILED = "failed"


MOVES: dict[str, dict[str, frozenset[str]]] = {
    "draft": {"open": frozenset({"consumed", "closed", "lapsed"}), "lapsed": frozenset({"closed"})},
    "batch": {
        "awaiting_approval": frozenset({"ready", "cancelled"}),
        "ready": frozenset({"running", "cancelled", "paused"}),
        "running": frozenset({"paused", "finished", "stopped"}),
        "paused": frozenset({"running", "stopped", "finished"}),
    },
    "message": {
        "queued": frozenset({"sending", "cancelled"}),
        "sending": frozenset({"sent", "rejected", "in_doubt", "queued"}),
        "in_doubt": frozenset({"sent", "rejected"}),
        "sent": frozenset({"delivered", "not_delivered", "no_report"}),
        "no_report": frozenset({"delivered", "not_delivered"}),
        "not_delivered": frozenset({"delivered"}),
    },
    "multicast": {
        "awaiting_approval": frozenset({"held", "cancelled"}),
        "held": frozenset({"handing_over", "cancelled", "missed"}),
        "handing_over": frozenset({"handed_over", "rejected", "in_doubt", "held"}),
        "in_doubt": frozenset({"handed_over", "rejected"}),
        "missed": frozenset({"cancelled"}),
    },
    "import": {
        "checking": frozenset({"ready", "cancelled"}),
        "ready": frozenset({"checking", "running", "cancelled"}),
        "running": frozenset({"paused", "finished", "stopped"}),
        "paused": frozenset({"running", "stopped"}),
    },
    "approval": {"asked": frozenset({"approved", "refused", "withdrawn", "expired"})},
    "request": {"asked": frozenset({"answered", "failed"})},
}


class IllegalMoveError(Exception):
    """A move that the states do not know: a fault of ours, never of the caller's input."""

    def __init__(self, kind: str, source: str, target: str) -> None:
        super().__init__(f"{kind}: {source} → {target}")
        self.kind, self.source, self.target = kind, source, target


def check_move(kind: str, source: str, target: str) -> None:
    """Raise IllegalMoveError unless a subject of this kind may go from source to target."""
    if target not in MOVES[kind].get(source, frozenset()):
        raise IllegalMoveError(kind, source, target)
