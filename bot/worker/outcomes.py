"""The client's errors into the house's outcomes, in one place."""

from bot.domain.outcomes import Accepted, InDoubt, NotSent, Outcome, Rejected
from gateway.errors import InvalidRequestError, NotSentError, OutcomeUnknownError, RejectedError


def outcome(answer: str | Exception) -> Outcome:
    """Fold a message id or an exception into an outcome; an exception nobody foresaw leaves the message in doubt."""
    match answer:
        case str():
            return Accepted(storable(answer))
        case RejectedError():
            return Rejected(answer.reason.name, storable(answer.raw), answer.account_wide)
        case InvalidRequestError():
            return Rejected("CANT_SEND_THIS_MESSAGE", f"{answer.field}: {answer.flaw}")
        case NotSentError():
            return NotSent(answer.why)
        case OutcomeUnknownError():
            return InDoubt(
                "unclear" if answer.status is not None or answer.raw else "cut", storable(answer.raw) or None
            )
        case _:
            return InDoubt("fault")


def storable(text: str) -> str:
    """Leave out what PostgreSQL keeps in no text: an outcome that cannot be stored would be tried for ever."""
    return text.replace("\0", "")
