"""How a person likes it: language, zone, sender, own number; asked for one by one, by button or typed."""

from dataclasses import replace
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.models import Admin, Place, Subject
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.people.people import People
from bot.services.questions import Question, Questions
from bot.services.sending.sms import Sms
from bot.storage import notices
from bot.storage.engine import Tx
from gateway import phones
from gateway.text import check_sender

QUESTIONS: Final = ("zone", "sender", "phone")
"""The questions that are answered here."""


class PersonalSettings:
    """Use cases of the card of the settings, and of the own number wherever it is wanted."""

    def __init__(self, tx: Tx, cards: Cards, drafts: Drafts, questions: Questions, sms: Sms, people: People) -> None:
        self._tx, self._cards, self._drafts = tx, cards, drafts
        self._questions, self._sms, self._people = questions, sms, people

    async def open(self, admin: Admin, place: Place) -> None:
        """Show what this person has set."""
        await self._cards.notify("settings", self._settings(admin), place, admin.user_id)

    async def ask(self, notice: int, name: str, admin: Admin, place: Place) -> None:
        """Ask for one setting on the settings card; a typed answer counts where buttons cannot offer all."""
        if name in ("zone", "sender"):
            await self._questions.open(name, notice, author=admin.user_id, place=place)
        elif name == "phone":
            await self._ask_phone(notice, admin)
        await self._show(notice, {**self._settings(admin), "asking": name})

    async def set(self, notice: int | None, admin: Admin, **values: str) -> None:
        """Store settings and show them where they were asked for."""
        changed = await self._people.set(admin.user_id, **values)
        if notice is not None and changed is not None:
            await self._show(notice, self._settings(changed))

    async def set_language(self, notice: int, admin: Admin, language: str) -> None:
        """Switch the language, where it was asked for: on the card of the settings, of a greeting, of /language."""
        await self.set(None, admin, language=language)
        if await self._is_card(notice):
            await self._show(notice, self._settings(replace(admin, language=language)))
        await self._cards.touch(Subject("notice", notice), pressed=True)

    async def back(self, notice: int, admin: Admin) -> None:
        """Show the settings as before the question."""
        if await self._is_card(notice):
            await self._show(notice, self._settings(admin))

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed setting, or say on the card why it is not taken."""
        match question.kind:
            case "zone":
                await self._set_or_refuse(question, admin, text, zone=zone_named(text))
            case "sender":
                sender = text.strip()
                await self._set_or_refuse(question, admin, text, sender=None if check_sender(sender) else sender)
            case _:
                await self._own_phone(question, None, admin)

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
            await self._show(question.about, self._settings(admin))
        elif (draft := await self._drafts.load(int(question.draft.fields.get("draft") or 0))) is not None:
            await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def _set_or_refuse(self, question: Question, admin: Admin, typed: str, **values: str | None) -> None:
        [(name, value)] = values.items()
        if value is None:
            await self._show(question.about, {**self._settings(admin), "asking": name, "refused": typed[:64]})
            return
        await self._questions.close(question, answered=True)
        await self.set(question.about, admin, **{name: value})
        await self._cards.drop(Subject("notice", question.about), question.draft.place)

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
        await self.set(question.about or None, admin, phone=phone)
        await self._cards.notify("own_phone_saved", {"phone": phone}, place, admin.user_id, move="silent")
        await self._go_on(question, phone)

    async def _go_on(self, question: Question, phone: str) -> None:
        """Return to the draft that the own number was asked for."""
        draft = await self._drafts.load(int(question.draft.fields.get("draft") or 0))
        if draft is not None and draft.state == "open":
            fill = {"phones": [phone]} if question.draft.fields.get("fill") else {}
            await self._drafts.set(draft, **fill)
            await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def _is_card(self, notice: int) -> bool:
        shown = await notices.load(self._tx, notice)
        return shown is not None and shown.kind == "settings"

    async def _show(self, notice: int, args: dict[str, object]) -> None:
        await notices.change(self._tx, notice, args)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)

    def _settings(self, admin: Admin) -> dict[str, object]:
        sender = self._sms.sender_of(admin)
        return {"language": admin.language, "zone": admin.zone, "sender": sender, "phone": admin.phone}


def zone_named(text: str) -> str | None:
    """Return the IANA name of the zone that somebody means; None where there is no such zone."""
    wanted = text.strip().replace(" ", "_").casefold()
    for name in available_timezones():
        if wanted in (name.casefold(), name.rpartition("/")[2].casefold()):
            return ZoneInfo(name).key
    return None
