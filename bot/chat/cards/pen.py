"""What a card is written with: one reader's words, formats and rights."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.cards.layout import facts
from bot.chat.formats import Formats
from bot.chat.texts import Markup, Texts, texts
from bot.chat.view import Button
from bot.domain.access import Role
from bot.domain.models import Reader
from gateway.phones import mask


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one reader."""

    reader: Reader
    words: Texts
    formats: Formats

    @classmethod
    def of(cls, reader: Reader) -> "Pen":
        """Take up the pen for a reader."""
        words = texts(reader.language)
        return cls(reader, words, Formats(words, reader.zone, reader.now))

    def __call__(self, key: str, **args: str | int) -> Markup:
        """Write one line of a card."""
        return self.words(key, **args)

    def head(self, title: Markup, subject: str | None = None) -> Markup:
        """Write the first line, which the chat list and the notification show, too: mark, state, subject."""
        return facts(title, subject)

    def button(self, label: str, verb: str, arg: str = "", **args: str | int) -> Button:
        """Make a button; `label` is the key of its text."""
        return Button(self.words.plain(label, **args), verb, arg)

    def phone(self, phone: str) -> Markup:
        """Write a phone of a draft, in full."""
        return self.formats.phone(phone)

    def sent_phone(self, phone: str, *, final: bool = True) -> Markup:
        """Write a phone after the confirmation: viewers never see it whole, groups not once the card is final."""
        hidden = self.reader.role is Role.VIEWER or (self.reader.group and final)
        return Markup(mask(phone)) if hidden else self.formats.phone(phone)

    def recipients(self, given: tuple[str, ...]) -> Markup | None:
        """Write who a draft goes to: the number, or how many; None while nobody is named.

        Whoever has become a viewer since does not see his own draft's number whole any more.
        """
        if len(given) == 1:
            hidden = self.reader.role is Role.VIEWER and not self.reader.group
            return Markup(mask(given[0])) if hidden else self.phone(given[0])
        return self("word-recipients", n=len(given)) if given else None

    def role(self, role: str) -> Markup:
        """Name a role."""
        return self(f"role-{role}")

    def zone(self, name: str) -> str:
        """Name a zone given by its IANA name."""
        return self.formats.place(ZoneInfo(name))

    def moment(self, stored: str) -> str:
        """Write an instant that was stored as ISO 8601 text."""
        return self.formats.moment(datetime.fromisoformat(stored))
