"""Money is Decimal roubles, never float."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One balance answer: the balance, the limit at which sending stops, and when it was asked."""

    balance: Decimal
    overdraft: Decimal
    at: datetime

    @property
    def available(self) -> Decimal:
        """Return what can still be spent."""
        return self.balance - self.overdraft


def cost(parts: int, price: Decimal | None) -> Decimal | None:
    """Return the price of so many parts, or None where no price is set."""
    return None if price is None else price * parts
