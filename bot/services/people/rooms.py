"""What a group has of its own: the language and the clock of its cards, which an owner is asked for once."""

from dataclasses import replace
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.models import Admin, Place, Subject
from bot.domain.zones import zone_named
from bot.services.cards import Cards
from bot.services.people.people import LANGUAGES
from bot.services.questions import Question, Questions
from bot.storage import cards, notices
from bot.storage.engine import Tx
from bot.storage.moves import append

QUESTIONS: Final = ("clock",)
"""The question that is answered here."""
_TYPED: Final = 64


async def local(tx: Tx, admin: Admin, place: Place) -> Admin:
    """Return an admin with the clock of the group he acts in: what he types there is read by it, as it is shown by it."""
    room = await cards.chat_of(tx, place.chat) if place.chat < 0 else None
    return admin if room is None or room.zone is None else replace(admin, zone=room.zone)


class Rooms:
    """Use cases of a group's settings; a card of them stands in the group that it is about."""

    def __init__(self, tx: Tx, cards_: Cards, questions: Questions) -> None:
        self._tx, self._cards, self._questions = tx, cards_, questions
        self._asked = False

    async def local(self, admin: Admin, place: Place) -> Admin:
        """Return an admin with the clock of the group he acts in."""
        return await local(self._tx, admin, place)

    async def ask_once(self, admin: Admin, place: Place) -> None:
        """Ask the first owner who does something in a group."""
        if place.chat > 0 or admin.role is not Role.OWNER:
            return
        room = await cards.chat_of(self._tx, place.chat)
        if room is None or room.asked_at is None:
            self._asked = True
            await self._post(admin, place, first=True)

    async def moved(self, chat: int, title: str, by: str, *, inside: bool) -> None:
        """The bot was taken into a group, or out of it: what it would show there is shown in private from then on."""
        await cards.set_chat(self._tx, chat, parked=not inside)
        await self._cards.tell_owners(
            "joined" if inside else "left_group", {"title": title[:_TYPED], "by": by[:_TYPED]}
        )

    async def open(self, admin: Admin, place: Place) -> None:
        """Show an owner what the group has of its own, unless this very update has made it ask for that."""
        if not self._asked:
            await self._post(admin, place, first=False)

    async def set(self, notice: int, place: Place, by: int, **values: str) -> None:
        """Store a language or a zone of the group; what is drawn from now on is drawn so."""
        if not await self._is_room(notice, place) or values.get("language", LANGUAGES[0]) not in LANGUAGES:
            return
        room = await cards.chat_of(self._tx, place.chat)
        await cards.set_chat(self._tx, place.chat, **values)
        for name, value in values.items():
            if (before := getattr(room, name, None)) != value:
                data = {"name": name, "before": before, "value": value}
                await append(self._tx, f"admin:{by}", "set", "chat", [place.chat], data=data)
        await self._questions.end(QUESTIONS[0], notice)
        await self._show(notice, {})

    async def ask(self, notice: int, admin: Admin, place: Place) -> None:
        """Ask for the zone, by buttons or typed."""
        if not await self._is_room(notice, place):
            return
        await self._questions.open(QUESTIONS[0], notice, author=admin.user_id, place=place)
        await self._show(notice, {"asking": True})

    async def back(self, notice: int, place: Place) -> None:
        """Take the question back, whoever was asked."""
        if not await self._is_room(notice, place):
            return
        await self._questions.end(QUESTIONS[0], notice)
        await self._show(notice, {})

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed zone, or say on the card why it is not taken."""
        zone = zone_named(text)
        if not admin.role.may(Role.OWNER):
            await self.drop(question)
        elif zone is None:
            await self._show(question.about, {"asking": True, "refused": text[:_TYPED]})
        else:
            await self.set(question.about, question.draft.place, admin.user_id, zone=zone)
        await self._cards.drop(Subject("notice", question.about), question.draft.place)

    async def drop(self, question: Question) -> None:
        """Close the question unanswered."""
        await self._questions.close(question, answered=False)
        await self._show(question.about, {})

    async def _post(self, admin: Admin, place: Place, *, first: bool) -> None:
        await cards.set_chat(self._tx, place.chat, asked_at=self._tx.now)
        args = {"first": True} if first else {}
        await self._cards.notify("room", args, place, admin.user_id, move="silent" if first else "loud")

    async def _is_room(self, notice: int, place: Place) -> bool:
        found = await notices.load(self._tx, notice)
        return place.chat < 0 and found is not None and found.kind == "room"

    async def _show(self, notice: int, args: dict[str, Any]) -> None:
        await notices.change(self._tx, notice, args)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)
