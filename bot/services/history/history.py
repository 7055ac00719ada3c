"""/history as people walk through it: filters, pages, and the card of an entry. Where somebody stands is a notice's arguments."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.history import PERIODS, STATUSES, Key, Sought, read_period
from bot.domain.models import Admin, Place, Subject
from bot.services.cards import Cards
from bot.services.history import pages
from bot.services.people.rooms import local
from bot.services.questions import Question, Questions
from bot.services.sending.sends import Sends
from bot.services.status import Status
from bot.storage import history, notices
from bot.storage.engine import Tx
from gateway import phones

QUESTIONS: Final = ("history",)
"""The questions that are answered here."""
STEPS: Final = ("status", "period", "who")
_SAID: Final = 64
State = dict[str, Any]


class History:
    """Use cases of looking back."""

    def __init__(self, tx: Tx, cards: Cards, questions: Questions, sends: Sends, status: Status) -> None:
        self._tx, self._cards, self._questions = tx, cards, questions
        self._sends, self._status = sends, status

    async def open(self, admin: Admin, place: Place, typed: str = "") -> None:
        """Show the newest entries, or those that the typed words narrow it down to: a phone, a period, a person."""
        found = await self._read(typed, await local(self._tx, admin, place))
        state = found if found is not None else {"refused": typed.strip()[:_SAID]}
        await self._cards.notify("history", state, place, admin.user_id)

    async def turn(self, notice: int, to: str, admin: Admin) -> None:
        """Turn to what is older than the entry named in `old/b12`, or newer than the one in `new/b12`."""
        way, _, name = to.partition("/")
        key, state = Key.unpack(name), await self._state(notice)
        if key is None or state is None:
            return
        if way == "new":
            key = await pages.newer_than(self._tx, Sought.of(state), key, ZoneInfo(admin.zone))
        await self._show(notice, {**state, "before": key.pack() if key else None})

    async def ask(self, notice: int, step: str, admin: Admin, place: Place) -> None:
        """Offer the values of a filter; what buttons cannot offer may be typed."""
        state = await self._state(notice)
        if state is None or step not in STEPS:
            return
        if step != "status":
            await self._questions.open("history", notice, author=admin.user_id, place=place)
        await self._show(notice, {**state, "step": step, "refused": None})

    async def choose(self, notice: int, choice: str, admin: Admin, place: Place) -> None:
        """Take one of the values offered (`status/failed`), or all of them (`status/all`)."""
        state = await self._state(notice)
        name, _, value = choice.partition("/")
        known = {"status": STATUSES, "period": PERIODS}.get(name)
        if state is None or name not in STEPS or (known and value not in (*known, "all")):
            return
        await self._hush(notice, admin, place)
        chosen: Any = None if value == "all" else int(value) if name == "who" and value.isdecimal() else value
        more = {"phone": None} if name == "who" and value == "all" else {}
        await self._show(notice, {**_settled(state), **more, name: chosen})

    async def back(self, notice: int, admin: Admin, place: Place) -> None:
        """Go back to the list with the filters as they were."""
        await self._hush(notice, admin, place)
        state = await self._state(notice)
        if state is not None:
            await self._show(notice, {**state, "step": None, "refused": None})

    async def clear(self, notice: int, admin: Admin, place: Place) -> None:
        """Look for everything."""
        await self._hush(notice, admin, place)
        if await self._state(notice) is not None:
            await self._show(notice, {})

    async def show(self, name: str, place: Place, by: int) -> bool:
        """Bring an entry's card below; False where it is gone."""
        key = Key.unpack(name)
        if key is not None and key.kind == "message" and (message := await self._sends.message(key.id)) is not None:
            await self._status.show(message, place, by)
            return True
        if key is None or key.kind == "message" or await history.cut(self._tx, key) is None:
            return False
        await self._cards.post(Subject(key.kind, key.id), place, by)
        return True

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed phone, period or person; what is none of them is said so, and the question stays."""
        state, place = await self._state(question.about), question.draft.place
        found = await self._read(text, await local(self._tx, admin, place)) if state is not None else None
        if state is None:
            await self._questions.close(question, answered=False)
            return
        if found:
            await self._questions.close(question, answered=True)
            await self._show(question.about, {**_settled(state), **found})
        else:
            await self._show(question.about, {**state, "refused": text.strip()[:_SAID]})
        await self._cards.drop(Subject("notice", question.about), place)

    async def drop(self, question: Question) -> None:
        """Close the question; the card goes back to its list."""
        await self._questions.close(question, answered=False)
        state = await self._state(question.about)
        if state is not None:
            await self._show(question.about, {**state, "step": None, "refused": None})

    async def _read(self, text: str, admin: Admin) -> State | None:
        """Return the filters that words stand for; None where some word stands for none."""
        today = self._tx.now.astimezone(ZoneInfo(admin.zone)).date()
        said = " ".join(text.split())
        phone, period = phones.parse(said), read_period(said, today)
        if not said or period is not None:
            return {"period": period} if period else {}
        if not isinstance(phone, phones.Refusal):
            return {"phone": str(phone)}
        found, names = State(), list[str]()
        for word in said.split():
            one = phones.parse(word)
            if not isinstance(one, phones.Refusal):
                found["phone"] = str(one)
            elif (days := read_period(word, today)) is not None:
                found["period"] = days
            else:
                names.append(word)
        if names:
            found["who"] = await self._person(" ".join(names))
        return None if found.get("who", 0) is None else found

    async def _person(self, name: str) -> int | None:
        """Return the one person whose name this is, or begins."""
        wanted = name.casefold()
        people = [(row.user_id, row.name.casefold()) for row in await history.people(self._tx)]
        fits = [id_ for id_, known in people if known == wanted] or [
            id_ for id_, known in people if known.startswith(wanted)
        ]
        return fits[0] if len(fits) == 1 else None

    async def _state(self, notice: int) -> State | None:
        found = await notices.load(self._tx, notice)
        return dict(found.args) if found is not None and found.kind == "history" else None

    async def _show(self, notice: int, state: State) -> None:
        kept = {name: value for name, value in state.items() if value is not None}
        await notices.change(self._tx, notice, kept)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)

    async def _hush(self, notice: int, admin: Admin, place: Place) -> None:
        question = await self._questions.listening(place, admin.user_id)
        if question is not None and (question.kind, question.about) == ("history", notice):
            await self._questions.close(question, answered=False)


def _settled(state: State) -> State:
    """Return a state whose filters change: from the newest page on."""
    return {**state, "step": None, "refused": None, "before": None}
