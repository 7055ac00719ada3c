"""How a person likes it, and what owners set for everybody: asked for one by one, by button or typed."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.hours import QuietHours
from bot.domain.models import Admin, Place, Subject
from bot.domain.policy import LONGEST_UNDO, Policy
from bot.domain.zones import zone_named
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.people.people import LANGUAGES, People
from bot.services.questions import Question, Questions
from bot.storage import defaults, notices, people
from bot.storage.engine import Tx
from bot.storage.moves import append
from gateway import phones
from gateway.text import check_sender

QUESTIONS: Final = ("zone", "sender", "phone", "undo", "quiet")
"""The questions that are answered here."""
EVERYBODY: Final = "all"
"""The page of what owners set for everybody; any other is a person's own."""
OWN: Final = ("language", "zone", "sender", "undo", "quiet", "phone")
OF_ALL: Final = ("language", "zone", "sender", "undo", "quiet")
SHARED: Final = ("sender", "undo", "quiet")
"""What a person may leave as it is for everybody."""
_OFF: Final = ("off", "no", "выкл", "нет")
_TYPED: Final = 64


class PersonalSettings:
    """Use cases of the card of the settings, and of the own number wherever it is wanted."""

    def __init__(
        self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts, questions: Questions, people_: People
    ) -> None:
        self._tx, self._policy, self._cards, self._drafts = tx, policy, cards, drafts
        self._questions, self._people = questions, people_

    async def open(self, admin: Admin, place: Place) -> None:
        """Show what this person has set."""
        await self._cards.notify("settings", self._own(admin), place, admin.user_id)

    async def open_defaults(self, notice: int, admin: Admin) -> None:
        """Turn the card to what holds for everybody."""
        if admin.role.may(Role.OWNER) and await self._page(notice) is not None:
            await self._show(notice, await self._of_all())

    async def ask(self, notice: int, name: str, admin: Admin, place: Place) -> None:
        """Ask for one setting of the page; a typed answer counts where buttons cannot offer all."""
        page = await self._page(notice)
        if page is None or name not in (OF_ALL if page == EVERYBODY else OWN):
            return
        if name == "phone":
            await self._ask_phone(notice, admin)
        elif name != "language":
            await self._questions.open(name, notice, author=admin.user_id, place=place)
        await self._show(notice, {**await self._values(page, admin), "asking": name})

    async def choose(self, notice: int, name: str, value: str, admin: Admin, place: Place) -> None:
        """Take what a button offers; an empty value leaves a setting as it is for everybody."""
        page = await self._page(notice)
        taken = None if name in SHARED and not value else read(name, value)
        if page is None or (taken is None and (value or page == EVERYBODY or name not in SHARED)):
            return
        question = await self._questions.listening(place, admin.user_id)
        if question is not None and (question.kind, question.about) == (name, notice):
            await self._questions.close(question, answered=True)
        await self._store(notice, page, name, taken, admin)

    async def set_language(self, notice: int, admin: Admin, language: str) -> None:
        """Switch the language, where it was asked for: on the card of the settings, of a greeting, of /language."""
        page = await self._page(notice)
        if page is None:
            await self._people.set(admin.user_id, language=language)
            await self._cards.touch(Subject("notice", notice), pressed=True)
        else:
            await self._store(notice, page, "language", language, admin)

    async def back(self, notice: int, admin: Admin) -> None:
        """Show the settings as before the question, or the person's own again."""
        shown = await notices.load(self._tx, notice)
        if shown is not None and shown.kind == "settings":
            page = shown.args.get("page") if shown.args.get("asking") else None
            await self._show(notice, await self._values(page, admin))

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed setting, or say on the card why it is not taken."""
        if question.kind == "phone":
            await self._own_phone(question, None, admin)
            return
        notice, name = question.about, question.kind
        page, taken = await self._page(notice), read(name, text)
        if taken is None:
            await self._show(
                notice, {**await self._values(page, admin), "asking": name, "refused": text.strip()[:_TYPED]}
            )
        else:
            await self._questions.close(question, answered=True)
            await self._store(notice, page, name, taken, admin)
        await self._cards.drop(Subject("notice", notice), question.draft.place)

    async def contact(self, question: Question, phone: str, admin: Admin, *, own: bool) -> None:
        """Take a shared contact as the own number, which it must be."""
        parsed = phones.parse(phone)
        fits = own and not isinstance(parsed, phones.Refusal)
        await self._own_phone(question, str(parsed) if fits else None, admin)

    async def ask_own_phone(self, draft: int, admin: Admin, *, fill: bool) -> None:
        """Ask for the own number, once, on behalf of a draft: to fill it in as the recipient, or to test it."""
        await self._ask_phone(0, admin, draft=draft, fill=fill)

    async def leave(self, question: Question) -> None:
        """Close a question unanswered; a keyboard that it put below the chat goes with it."""
        await self._questions.close(question, answered=False)
        if question.kind == "phone":
            author = question.draft.author
            await self._cards.notify("own_phone_left", {}, question.draft.place, author, move="silent")

    async def drop(self, question: Question) -> None:
        """Close a question unanswered; its card goes back to what it showed before."""
        await self.leave(question)
        admin = await self._people.load(question.draft.author)
        if question.about and admin is not None:
            await self._show(question.about, await self._values(await self._page(question.about), admin))
        elif (draft := await self._drafts.load(int(question.draft.fields.get("draft") or 0))) is not None:
            await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def _store(self, notice: int, page: str | None, name: str, value: str | int | None, admin: Admin) -> None:
        """Set a value of the page; what holds for everybody is an owner's to change, at this moment."""
        if page != EVERYBODY:
            changed = await self._people.set(admin.user_id, **{name: value})
            await self._show(notice, self._own(changed or admin))
            return
        person = await people.load(self._tx, admin.user_id)
        owns = person is not None and person.enabled and person.role is Role.OWNER
        if name not in OF_ALL or value is None or not owns:
            return
        before = self._policy.with_defaults(await defaults.load(self._tx)).defaults[name]
        if value != before:
            await defaults.put(self._tx, name, value, admin.user_id)
            data = {"name": name, "value": value, "before": before}
            await append(self._tx, f"admin:{admin.user_id}", "default", "admin", [admin.user_id], data=data)
            told = {**data, "by": admin.name, "at": self._tx.now.isoformat()}
            for owner in await people.with_role(self._tx, Role.OWNER):
                if owner.user_id != admin.user_id:
                    await self._cards.notify("default_changed", told, Place(owner.user_id), owner.user_id)
        await self._show(notice, await self._of_all())

    async def _values(self, page: str | None, admin: Admin) -> dict[str, object]:
        return await self._of_all() if page == EVERYBODY else self._own(admin)

    async def _of_all(self) -> dict[str, object]:
        now = self._policy.with_defaults(await defaults.load(self._tx))
        return {"page": EVERYBODY, **now.defaults}

    def _own(self, admin: Admin) -> dict[str, object]:
        mine = self._policy.of(admin).defaults
        shared = [name for name in SHARED if getattr(admin, name) is None]
        own = {"language": admin.language, "zone": admin.zone, "phone": admin.phone}
        return {**mine, **own, "shared": shared, "owner": admin.role is Role.OWNER}

    async def _ask_phone(self, about: int, admin: Admin, **more: Any) -> None:
        """Ask in private, wherever it was wanted: only there may a bot ask for a contact."""
        home = Place(admin.user_id)
        await self._questions.open("phone", about, author=admin.user_id, place=home, **more)
        await self._cards.notify("own_phone", {}, home, admin.user_id)

    async def _own_phone(self, question: Question, phone: str | None, admin: Admin) -> None:
        place = question.draft.place
        if phone is None:
            await self._cards.notify("own_phone_refused", {}, place, admin.user_id)
            return
        await self._questions.close(question, answered=True)
        changed = await self._people.set(admin.user_id, phone=phone)
        if question.about:
            await self._show(question.about, self._own(changed or admin))
        await self._cards.notify("own_phone_saved", {"phone": phone}, place, admin.user_id, move="silent")
        await self._go_on(question, phone)

    async def _go_on(self, question: Question, phone: str) -> None:
        """Return to the draft that the own number was asked for."""
        draft = await self._drafts.load(int(question.draft.fields.get("draft") or 0))
        if draft is not None and draft.state == "open":
            fill = {"phones": [phone]} if question.draft.fields.get("fill") else {}
            await self._drafts.set(draft, **fill)
            await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def _page(self, notice: int) -> str | None:
        """Return the page that a card of the settings shows; None where the notice is none."""
        shown = await notices.load(self._tx, notice)
        if shown is None or shown.kind != "settings":
            return None
        return str(shown.args.get("page") or "own")

    async def _show(self, notice: int, args: dict[str, object]) -> None:
        await notices.change(self._tx, notice, args)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)


def read(name: str, text: str) -> str | int | None:
    """Return the value that a person means for a setting; None where it can be none."""
    return _READ[name](text.strip()) if name in _READ else None


def _seconds(text: str) -> int | None:
    if text.casefold() in _OFF:
        return 0
    found = re.fullmatch(r"([0-9]{1,3})\s*(?:с|сек|секунд|s|sec|seconds)?\.?", text, re.IGNORECASE)
    return int(found[1]) if found and int(found[1]) <= LONGEST_UNDO else None


def _hours(text: str) -> str | None:
    if text.casefold() in _OFF:
        return "00-00"
    try:
        hours = QuietHours.parse(text)
    except ValueError:
        return None
    return f"{hours.start:02}-{hours.end:02}"


_READ: Final[Mapping[str, Callable[[str], str | int | None]]] = {
    "language": lambda text: text if text in LANGUAGES else None,
    "zone": zone_named,
    "sender": lambda text: None if check_sender(text) else text,
    "undo": _seconds,
    "quiet": _hours,
}
