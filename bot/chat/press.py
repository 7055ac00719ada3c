"""A button press as it travels: verb, card, content version and argument, packed into Telegram's 64 bytes."""

import re
from dataclasses import dataclass

LIMIT = 64
# No number of ours has 17 digits, and a forged one might be more than a database takes.
_SHAPE = re.compile(r"([a-z]{1,12})\.([0-9]{1,18})\.([0-9]{1,9})\.((?!.*[0-9]{17})[a-zA-Z0-9_/+-]{0,24})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    """Which card was pressed, how, and which version of its content the person saw."""

    verb: str
    card: int
    version: int
    arg: str = ""

    def pack(self) -> str:
        """Return the callback_data; raise ValueError where it could not be read back."""
        data = f"{self.verb}.{self.card}.{self.version}.{self.arg}"
        if not _SHAPE.fullmatch(data) or len(data) > LIMIT:
            raise ValueError(f"this press cannot travel: {data!r}")
        return data

    @classmethod
    def unpack(cls, data: str | None) -> "Press | None":
        """Read callback_data; forged or ancient data gives None, never an exception."""
        found = _SHAPE.fullmatch(data or "")
        return cls(found[1], int(found[2]), int(found[3]), found[4]) if found else None
