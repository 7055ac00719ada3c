"""A press that may be obeyed."""

from dataclasses import dataclass

from bot.domain.models import Card, Place


@dataclass(frozen=True, slots=True)
class Pressed:
    """The card it was made on, where, and the argument its button carried."""

    card: Card
    place: Place
    arg: str

    @property
    def subject(self) -> int:
        """Return the id of what the card shows."""
        return self.card.subject.id

    @property
    def number(self) -> int:
        """Return the argument as a number, or 0."""
        return int(self.arg) if self.arg.isdecimal() else 0
