"""What people see in their chats, and what they do there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.telegram import views
from sandbox.telegram.world import World

if TYPE_CHECKING:
    from tests.e2e.house import House


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as it stands on the screen; `buttons` row by row, no-break spaces as plain ones."""

    id: int
    chat: int
    text: str
    buttons: tuple[tuple[str, ...], ...]
    by_bot: bool
    notified: bool
    asks: bool

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Seen":
        """Read a message of the sandbox."""
        rows = tuple(tuple(button["text"] for button in row) for row in shown["keyboard"])
        more = {name: shown[name] for name in ("chat", "by_bot", "notified")}
        more["asks"] = "force_reply" in (shown["markup"] or {})
        return cls(id=shown["message_id"], text=shown["text"].replace("\xa0", " "), buttons=rows, **more)

    @property
    def lines(self) -> list[str]:
        """The text line by line, empty lines left out."""
        return [line for line in self.text.split("\n") if line]

    @property
    def title(self) -> str:
        """The first line: what the chat list and the notification show."""
        return self.lines[0]

    @property
    def labels(self) -> list[str]:
        """All buttons in reading order."""
        return [label for row in self.buttons for label in row]

    def __contains__(self, part: str) -> bool:
        return part in self.text


class Chat:
    """A chat, or one topic of it."""

    def __init__(self, world: World, chat: int, thread: int = 0) -> None:
        self.id, self.thread, self._world = chat, thread, world

    @property
    def messages(self) -> list[Seen]:
        """Everything that stands on the screen."""
        return [Seen.of(one) for one in self._raw() if not one["deleted"]]

    @property
    def cards(self) -> list[Seen]:
        """What the bot says here, but for what it asks a reply to."""
        return [one for one in self.messages if one.by_bot and not one.asks]

    @property
    def asks(self) -> list[Seen]:
        """What the bot asks a reply to here."""
        return [one for one in self.messages if one.asks]

    @property
    def card(self) -> Seen:
        """The newest of the bot's messages."""
        assert self.cards, "the bot says nothing here"
        return self.cards[-1]

    @property
    def rings(self) -> int:
        """How many messages of the bot have made a sound here, deleted ones included."""
        return sum(one["notified"] for one in self._raw() if one["by_bot"])

    def find(self, part: str) -> Seen:
        """Return the bot's newest message that holds the part."""
        found = [one for one in self.cards if part in one]
        assert found, f"{part!r} is not among {[one.title for one in self.cards]}"
        return found[-1]

    def with_button(self, label: str) -> Seen:
        """Return the bot's newest message with a button of this label."""
        found = [one for one in self.cards if label in one.labels]
        assert found, f"no [{label}] among {[(one.title, one.labels) for one in self.cards]}"
        return found[-1]

    def data(self, label: str) -> str:
        """Return what a button of this label sends when it is pressed."""
        raw = next(one for one in self._raw() if one["message_id"] == self.with_button(label).id)
        buttons = (button for row in raw["keyboard"] for button in row)
        return str(next(button["callback_data"] for button in buttons if button["text"] == label))

    def _raw(self) -> list[dict[str, Any]]:
        shown = (views.message(self._world, one) for one in self._world.chats.all(self.id))
        return [one for one in shown if one["thread"] == self.thread]


class Person(Chat):
    """Somebody of the sandbox, and the private chat with the bot; elsewhere, name the chat with `at`."""

    def __init__(self, house: "House", user_id: int) -> None:
        super().__init__(house.world, user_id)
        self._house = house
        found = house.world.people.find(user_id)
        assert found is not None
        self.name, self.phone = found.first_name, found.phone

    async def say(self, text: str, *, at: Chat | None = None, reply_to: Seen | None = None) -> int:
        """Write a text; return the message's id."""
        where = {"reply_to": reply_to.id if reply_to else 0, **self._place(at)}
        return int((await self._house.do("say", user=self.id, text=text, **where))["message_id"])

    async def edit(self, message: int, text: str) -> None:
        """Change what one has written in private."""
        await self._house.do("edit", user=self.id, chat=self.id, message_id=message, text=text)

    async def forward(self, text: str) -> None:
        """Forward somebody's text."""
        await self._house.do("forward", user=self.id, text=text, name="Отдел рекламы")

    async def contact(self, phone: str, *, of: int | None = None) -> None:
        """Send a contact; `of` is whose it is, if Telegram knows."""
        await self._house.do("contact", user=self.id, phone=phone, first_name="Анна", contact_user_id=of)

    async def tap(self, label: str) -> None:
        """Press a button of the keyboard below the chat."""
        await self._house.do("reply_keyboard", user=self.id, chat=self.id, label=label)

    async def press(self, label: str, *, at: Chat | None = None, on: Seen | None = None) -> str:
        """Press a button, of the newest card that has it unless one is named; return what pops up."""
        chat = at or self
        message = on or chat.with_button(label)
        await self._house.do("press", user=self.id, chat=chat.id, message_id=message.id, label=label)
        return self.popups[-1] if self.popups else ""

    async def forge(self, data: str, *, at: Chat | None = None, on: Seen | None = None) -> str:
        """Send callback data that no button on the screen has; return what pops up."""
        chat = at or self
        message = on or chat.card
        await self._house.do("press", user=self.id, chat=chat.id, message_id=message.id, data=data, forge=True)
        return self.popups[-1]

    @property
    def popups(self) -> list[str]:
        """What has popped up at this person's presses; every press that was answered is here, most with nothing."""
        mine = (press for press in self._house.world.presses.all() if press.user_id == self.id)
        return [press.text for press in mine if press.answered is not None]

    @property
    def unanswered(self) -> int:
        """How many presses still spin."""
        mine = (press for press in self._house.world.presses.all() if press.user_id == self.id)
        return sum(press.answered is None for press in mine)

    def _place(self, at: Chat | None) -> dict[str, int]:
        return {"chat": at.id, "thread": at.thread} if at else {}
