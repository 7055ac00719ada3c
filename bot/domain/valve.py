"""The valve every spending claim takes first: rate, back-off, no money, panic switch. Pure: each change gives a new Valve."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

BACKOFF = "backoff"
AUTHENTICATION = "AUTHENTICATION_FAILURE"
NO_CREDIT = "YOUR_CREDIT_IS_NULL"
SWITCHED_OFF = "SERVICE_IS_SWITCHED_OFF"
_LASTING = (AUTHENTICATION, NO_CREDIT, SWITCHED_OFF)
_LONGEST = 60
_SKEW = timedelta(seconds=10)


def outlasts(reason: str, other: str | None) -> bool:
    """Return whether a refusal of the account takes more to get better than another: an answer, money, a person's word."""
    return reason in _LASTING and other in _LASTING and _LASTING.index(reason) > _LASTING.index(other)


@dataclass(frozen=True, slots=True)
class Valve:
    """How much may leave now.

    `tokens`: parts, may be below zero. `shut`: None, "backoff" (opens by itself at `until`) or a provider's reason code.
    `probe`: "due" when the next claim must be ONE message, "flying" while that one is away. `stopped_by`: a person's panic switch.
    """

    name: str
    tokens: float
    filled_at: datetime
    shut: str | None = None
    shut_at: datetime | None = None
    until: datetime | None = None
    failures: int = 0
    probe: str | None = None
    stopped_by: str | None = None
    stopped_at: datetime | None = None

    def refilled(self, now: datetime, rate: float) -> "Valve":
        """Return it after time has passed: at most one second's worth is saved up; a clock set back adds nothing.

        Workers on several machines read clocks that differ a little, and wait for the valve after they have read theirs: the
        latest reading counts, else what lies between two of them would be filled in twice. A clock that was really set back
        by more than that is followed.
        """
        elapsed = max(0.0, (now - self.filled_at).total_seconds())
        filled_at = self.filled_at if timedelta(0) <= self.filled_at - now <= _SKEW else now
        opened = self.reopened() if self.shut == BACKOFF and self.until and self.until <= now else self
        return replace(opened, tokens=min(rate, self.tokens + elapsed * rate), filled_at=filled_at)

    def grant(self, free: int) -> int:
        """Return how many messages a claim may take, as long as each finds tokens above zero."""
        if self.shut or self.stopped_by or self.probe == "flying" or self.tokens <= 0:
            return 0
        return min(free, 1) if self.probe == "due" else free

    def spent(self, parts: int) -> "Valve":
        """Return it after a claim of so many parts."""
        return replace(self, tokens=self.tokens - parts, probe="flying" if self.probe else None)

    def answered(self) -> "Valve":
        """Return it after the provider accepted or refused a message: it is there."""
        return replace(self, probe=None, failures=0)

    def failed(self, now: datetime) -> "Valve":
        """Return it after a call that did not reach the provider, or whose answer never came: wait, longer each time."""
        if self.shut:
            return replace(self, probe=None)
        seconds = min(_LONGEST, 2**self.failures)
        until = now + timedelta(seconds=seconds)
        return replace(self, shut=BACKOFF, shut_at=now, until=until, failures=self.failures + 1, probe=None)

    def shut_for(self, reason: str, now: datetime) -> "Valve":
        """Return it shut for a refusal that concerns the whole account; of several the one that lasts longest counts."""
        if self.shut is not None and outlasts(self.shut, reason):
            return replace(self, probe=None)
        return replace(self, shut=reason, shut_at=now, until=None, probe=None)

    def stopped(self, by: str, now: datetime) -> "Valve":
        """Return it shut by a person, whatever else keeps it shut."""
        return replace(self, stopped_by=by, stopped_at=now)

    def resumed(self) -> "Valve":
        """Return it as the person let go of it; the first claim will be one message."""
        return replace(self, stopped_by=None, stopped_at=None, probe=self.probe or "due")

    def reopened(self) -> "Valve":
        """Return it open again; the first claim will be one message."""
        return replace(self, shut=None, shut_at=None, until=None, probe="due")
