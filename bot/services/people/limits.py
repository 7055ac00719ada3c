"""How much a person may still send: asked wherever something is about to cost, by who makes it leave."""

from datetime import datetime

from bot.domain.limits import OverLimitError, Refusal, day_of, weigh
from bot.domain.models import Admin
from bot.domain.policy import Policy
from bot.storage import duties, people
from bot.storage.engine import Tx

__all__ = ["Limits", "Refusal"]


class Limits:
    """Parts a day by everybody's clock, and recipients at once by whatever command; one's own clock makes no new day."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self._policy = tx, policy

    async def refuse(self, by: int, *, parts: int, recipients: int | None = None) -> Refusal | None:
        """Return what keeps this person from sending so many parts, to so many recipients at once.

        Until the transaction ends nobody else asks for the same person: of two sends at once the second counts the first.
        """
        return await self._weigh(await people.hold(self._tx, by), parts, recipients)

    async def foresee(self, by: int, *, parts: int, recipients: int | None = None) -> Refusal | None:
        """Return the same for showing: nothing is locked, nothing is certain."""
        return await self._weigh(await people.load(self._tx, by), parts, recipients)

    async def ask(self, by: int, *, parts: int, recipients: int | None = None) -> None:
        """Raise OverLimitError where this person may not send so many parts; to be asked before anything is changed."""
        refusal = await self.refuse(by, parts=parts, recipients=recipients)
        if refusal is not None:
            raise OverLimitError(refusal)

    async def spent(self, person: Admin) -> int:
        """Return how many parts somebody has sent today, and what of his waits for approval."""
        return await duties.spent(self._tx, person.user_id, self.today)

    @property
    def today(self) -> datetime:
        """Return when the day began that counts now."""
        return day_of(self._tx.now, self._policy.zone)

    async def _weigh(self, person: Admin | None, parts: int, recipients: int | None) -> Refusal | None:
        if person is None or (person.parts_a_day is None and person.largest_multicast is None):
            return None
        spent = 0 if person.parts_a_day is None else await self.spent(person)
        return weigh(
            parts=parts,
            recipients=recipients,
            most_parts=person.parts_a_day,
            spent=spent,
            largest=person.largest_multicast,
        )
