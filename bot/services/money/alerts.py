"""/alerts: who wants to hear of what; where somebody stands on its card is a notice's arguments."""

from decimal import Decimal
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.alerts import MOST, STEPS, Kind, Watcher, read_hour, read_quiet, read_threshold
from bot.domain.models import Admin, Place, Subject
from bot.services.cards import Cards
from bot.services.money.judging import Judging
from bot.services.money.watchers import Watchers
from bot.services.questions import Question, Questions
from bot.storage import notices, watch
from bot.storage.engine import Tx
from bot.storage.moves import append

QUESTIONS: Final = ("alert",)
"""The questions that are answered here."""
NOTICE: Final = "alerts"
_SAID: Final = 20
_TYPED: Final = ("money", "days", "quiet", "digest")
_NOTED: Final = {"quiet": "silence"}
"""What the audit calls differently: a person's own quiet hours are another setting."""


class Alerts:
    """Use cases of the card: each changes what is told in the place it stands in."""

    def __init__(self, tx: Tx, cards: Cards, questions: Questions, watchers: Watchers, judging: Judging) -> None:
        self._tx, self._cards, self._questions = tx, cards, questions
        self._watchers, self._judging = watchers, judging

    async def open(self, admin: Admin, place: Place, typed: str = "") -> None:
        """Show what is told here; a threshold that was typed is added first."""
        watcher = await self._watchers.at(place, admin.user_id)
        said: dict[str, Any] = {}
        if typed.strip():
            said = {**await self._read(watcher, "money", typed, admin), "step": None}
        await self._cards.notify(NOTICE, {"watcher": watcher.id, **said}, place, admin.user_id)
        if typed.strip():
            await self._judge(watcher.id)

    async def go(self, notice: int, step: str, admin: Admin, place: Place) -> None:
        """Ask for something, or go back to the list; what can be typed is listened to."""
        await self._hush(admin, place)
        if step in _TYPED:
            await self._questions.open("alert", notice, author=admin.user_id, place=place, step=step)
        await self._show(notice, step=step if step in STEPS else None)

    async def set(self, notice: int, choice: str, admin: Admin, place: Place) -> None:
        """Take one of the values offered: `money/1000`, `days/3`, `quiet/22-09`, `quiet/off`, `digest/9`, `troubles/on`."""
        what, _, value = choice.partition("/")
        watcher = await self._watcher(notice)
        if watcher is None:
            return
        await self._hush(admin, place)
        refused = await self._read(watcher, what, value, admin)
        await self._show(notice, **refused)
        if what in ("money", "days"):
            await self._judge(watcher.id)

    async def remove(self, notice: int, threshold: int, admin: Admin, place: Place) -> bool:
        """Take a threshold away; False where it is gone already. That of an owner for used-up money stays."""
        await self._hush(admin, place)
        watcher = await self._watcher(notice)
        if watcher is not None and _always(watcher, admin, threshold):
            await self._show(notice, step="remove")
            return True
        found = [one for one in watcher.thresholds if one.id == threshold] if watcher else []
        done = watcher is not None and bool(found) and await watch.remove_threshold(self._tx, watcher.id, threshold)
        if done and watcher is not None:
            await self._note(watcher, admin, found[0].kind, before=str(found[0].value))
        await self._show(notice)
        return done

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed value, or say on the card why it is not taken."""
        watcher, step = await self._watcher(question.about), str(question.draft.fields["step"])
        if watcher is None:
            await self._questions.close(question, answered=False)
            return
        refused = await self._read(watcher, step, text, admin)
        if not refused:
            await self._questions.close(question, answered=True)
        await self._show(question.about, **refused)
        await self._cards.drop(Subject("notice", question.about), question.draft.place)
        if not refused and step in ("money", "days"):
            await self._judge(watcher.id)

    async def drop(self, question: Question) -> None:
        """Close the question; the card goes back to its list."""
        await self._questions.close(question, answered=False)
        await self._show(question.about)

    async def _read(self, watcher: Watcher, what: str, text: str, admin: Admin) -> dict[str, Any]:
        """Store a value; return what the card says where it is none, else nothing."""
        off, no = text == "off", {"step": what, "refused": text.strip()[:_SAID]}
        if what in ("money", "days"):
            read = read_threshold(text, "days" if what == "days" else "money")
            return no if read is None else await self._add(watcher, *read, admin)
        if what == "troubles":
            await self._change(watcher, admin, troubles=not off)
        elif what == "quiet" and (off or (hours := read_quiet(text)) is not None):
            await self._change(watcher, admin, quiet=None if off else hours)
        elif what == "digest" and (off or (hour := read_hour(text)) is not None):
            await self._change(watcher, admin, digest=None if off else hour)
        else:
            return no
        return {}

    async def _add(self, watcher: Watcher, kind: Kind, value: Decimal, admin: Admin) -> dict[str, Any]:
        known = {(one.kind, one.value) for one in watcher.thresholds}
        if (kind, value) not in known and len(known) >= MOST:
            return {"full": True}
        if await watch.add_threshold(self._tx, watcher.id, kind, value) is not None:
            await self._note(watcher, admin, kind, value=str(value))
        return {}

    async def _change(self, watcher: Watcher, admin: Admin, **values: Any) -> None:
        await watch.change_watcher(self._tx, watcher.id, **values)
        for name, value in values.items():
            if (before := getattr(watcher, name)) != value:
                await self._note(watcher, admin, _NOTED.get(name, name), before=before, value=value)

    async def _note(self, watcher: Watcher, admin: Admin, name: str, **change: Any) -> None:
        data = {"name": name, **change}
        await append(self._tx, f"admin:{admin.user_id}", "set", "watcher", [watcher.id], data=data)

    async def _judge(self, watcher: int) -> None:
        found = await watch.watcher(self._tx, watcher)
        if found is not None:
            await self._judging.one(found)

    async def _watcher(self, notice: int) -> Watcher | None:
        found = await notices.load(self._tx, notice)
        if found is None or found.kind != NOTICE:
            return None
        return await watch.watcher(self._tx, int(found.args["watcher"]))

    async def _show(self, notice: int, **said: Any) -> None:
        found = await notices.load(self._tx, notice)
        if found is not None and found.kind == NOTICE:
            kept = {"watcher": found.args["watcher"], **{name: value for name, value in said.items() if value}}
            await notices.change(self._tx, notice, kept)
            await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)

    async def _hush(self, admin: Admin, place: Place) -> None:
        question = await self._questions.listening(place, admin.user_id)
        if question is not None and question.kind in QUESTIONS:
            await self._questions.close(question, answered=False)


def _always(watcher: Watcher, admin: Admin, threshold: int) -> bool:
    """Return whether this threshold is an owner's own for used-up money, which is not his to switch off."""
    mine = watcher.place.chat == admin.user_id and admin.role is Role.OWNER
    return mine and any(one.id == threshold and one.used_up for one in watcher.thresholds)
