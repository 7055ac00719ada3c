"""/admins: where an owner stands on its card, and what he decides there; in private, for it is nobody else's business."""

from typing import Any, Final

from bot.domain.access import Role
from bot.domain.admins import STEPS, Invite
from bot.domain.models import Admin, Place, Subject
from bot.services.cards import Cards
from bot.services.people.changes import Changes, Decided
from bot.services.people.invites import Invites
from bot.services.questions import Question, Questions
from bot.storage import notices
from bot.storage.engine import Tx

QUESTIONS: Final = ("limit",)
"""The questions that are answered here."""
LIMITS: Final = {"parts": "parts_a_day", "largest": "largest_multicast"}
_MOST: Final = 10_000_000
_TYPED: Final = 20


class Admins:
    """Use cases of the card; each press names what it is about."""

    def __init__(self, tx: Tx, cards: Cards, questions: Questions, changes: Changes, invites: Invites) -> None:
        self._tx, self._cards, self._questions = tx, cards, questions
        self._changes, self._invites = changes, invites

    async def open(self, admin: Admin, place: Place) -> None:
        """Show the list, in private; said elsewhere, say there where it is."""
        notice = await notices.add(self._tx, "admins", {"step": "list", "page": 0})
        await self._cards.post(Subject("admins", notice), Place(admin.user_id), admin.user_id)
        if place.chat != admin.user_id:
            await self._cards.notify("in_private", {}, place, admin.user_id)

    async def go(self, notice: int, step: str, admin: Admin, **changes: Any) -> None:
        """Go to another step of the card; a question that was open is open no more."""
        await self._hush(admin)
        if step in STEPS:
            await self._go(notice, step=step, refused=None, **changes)
        if step in LIMITS:
            home = Place(admin.user_id)
            await self._questions.open("limit", notice, author=admin.user_id, place=home, limit=step)

    async def give_role(self, notice: int, role: Role, by: Admin) -> Decided:
        """Give the person of the card a role."""
        user_id = await self._user(notice)
        done = await self._changes.role(user_id, role, by.user_id) if user_id is not None else Decided.GONE
        await self._go(notice, step="person")
        return done

    async def shut_out(self, notice: int, by: Admin, *, remove: bool) -> Decided:
        """Disable or remove the person of the card."""
        user_id = await self._user(notice)
        done = Decided.GONE
        if user_id is not None:
            done = await self._changes.disable(user_id, by.user_id, remove=remove)
        await self._go(notice, step="list" if remove and done is Decided.DONE else "person")
        return done

    async def enable(self, notice: int, by: Admin) -> Decided:
        """Let the person of the card come in again."""
        user_id = await self._user(notice)
        done = await self._changes.enable(user_id, by.user_id) if user_id is not None else Decided.GONE
        await self._go(notice, step="person")
        return done

    async def limit(self, notice: int, limit: str, value: int | None, by: Admin) -> Decided:
        """Set a limit (parts, largest) of the person of the card, or lift it."""
        await self._hush(by)
        user_id = await self._user(notice)
        if user_id is None or limit not in LIMITS:
            return Decided.GONE
        done = await self._changes.limit(user_id, LIMITS[limit], value, by.user_id)
        await self._go(notice, step="limits", refused=None)
        return done

    async def invite(self, notice: int, role: Role, by: Admin, bot: str) -> Invite | None:
        """Make an invite on a card of its own."""
        made = await self._invites.make(role, by, bot)
        await self._go(notice, step="list")
        return made

    async def revoke(self, notice: int, invite: int, by: Admin) -> bool:
        """End an open invite of the list."""
        done = await self._invites.revoke(invite, by.user_id)
        await self._go(notice)
        return done

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed limit, or say on the card that it is none."""
        typed = "".join(text.split())
        limit, place = str(question.draft.fields["limit"]), question.draft.place
        if not typed.isdecimal() or not typed.isascii() or not 0 < int(typed[:_TYPED]) <= _MOST:
            await self._go(question.about, refused=text[:_TYPED])
        else:
            await self.limit(question.about, limit, int(typed), admin)
        await self._cards.drop(Subject("admins", question.about), place)

    async def drop(self, question: Question) -> None:
        """Close a question unanswered; its card goes one step back."""
        await self._questions.close(question, answered=False)
        await self._go(question.about, step="limits", refused=None)

    async def _hush(self, admin: Admin) -> None:
        question = await self._questions.listening(Place(admin.user_id), admin.user_id)
        if question is not None and question.kind in QUESTIONS:
            await self._questions.close(question, answered=False)

    async def _user(self, notice: int) -> int | None:
        found = await notices.load(self._tx, notice)
        user_id: int | None = found.args.get("user") if found is not None and found.kind == "admins" else None
        return user_id

    async def _go(self, notice: int, **changes: Any) -> None:
        found = await notices.load(self._tx, notice)
        if found is not None and found.kind == "admins":
            await notices.change(self._tx, notice, {**found.args, **changes})
            await self._cards.touch(Subject("admins", notice), pressed=True, bump=True)
