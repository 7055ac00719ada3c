"""What the provider's answers mean: plain frozen values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

__all__ = ["Balance", "BatchResult", "DeliveryStatus", "PhoneBase"]


class DeliveryStatus(Enum):
    """Section 2.2. UNKNOWN is not final: the operator has the message and has not reported yet."""

    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, slots=True)
class Balance:
    """Roubles (section 4.2); `overdraft` is the balance at which sending is cut off, zero or below."""

    balance: Decimal
    overdraft: Decimal

    @property
    def available(self) -> Decimal:
        """What can still be spent."""
        return self.balance - self.overdraft


@dataclass(frozen=True, slots=True)
class PhoneBase:
    """One of the account's phone bases (section 3.2); calls name it by `name`, never by `id`."""

    name: str
    id: str
    phones_total: int


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How many phones a batch added, and the entries the provider refused, as it spelt them (section 3.2)."""

    added: int
    rejected: tuple[str, ...]
