"""What a card looks like, before Telegram: text in Telegram's HTML, rows of buttons, perhaps a contact keyboard."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A label (at most 30, 18 or 10 characters by how many stand in its row) and the verb a press carries."""

    label: str
    verb: str
    arg: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    """One card on screen; `contact` is the label of a keyboard that asks for the own number, "" takes it away.

    `placeholder`: the message asks for a reply, and this stands in the empty field; it can neither hold buttons nor be edited.
    `reply_to`: the message that a new one replies to. It is no look of its own: nothing is written again for it.
    """

    text: str
    rows: Rows = ()
    contact: str | None = None
    reply_to: int | None = None
    placeholder: str | None = None

    def digest(self) -> str:
        """Return a fingerprint: equal exactly where nothing on screen differs."""
        asks = () if self.placeholder is None else (self.placeholder,)
        return hashlib.sha256(repr((self.text, self.rows, self.contact, *asks)).encode()).hexdigest()
