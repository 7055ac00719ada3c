"""What became of one paid call, as the rest of the house sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it and gave it an id."""

    id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider refused it; an account-wide refusal says nothing of this message."""

    reason: str
    raw: str
    account_wide: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proof that nothing was written: it may be tried again."""

    why: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It may have been sent and charged; nobody but a person may send it again."""

    why: str
    raw: str | None = None


Outcome = Accepted | Rejected | NotSent | InDoubt
