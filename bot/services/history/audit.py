"""/audit as owners walk through it: who did what and when. Where somebody stands is a notice's arguments."""

import json
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.audit_cards import EXPORTED, OFFERED, PAGE, opened
from bot.domain.bases import BaseFile
from bot.domain.models import Admin, Card, Place, Subject
from bot.services.bases.bases import Bases
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.services.history import deeds
from bot.services.history.deeds import Wanted
from bot.services.history.history import History
from bot.storage import notices
from bot.storage.engine import Tx

STEPS: Final = ("who", "topic")
MIME: Final = "text/x-audit"
_KEPT: Final = timedelta(hours=1)


class Audit:
    """Use cases of looking at what people did."""

    def __init__(self, tx: Tx, cards: Cards, history: History, bases: Bases, documents: Documents) -> None:
        self._tx, self._cards = tx, cards
        self._history, self._bases, self._documents = history, bases, documents

    async def open(self, admin: Admin, place: Place) -> None:
        """Show the newest deeds."""
        await self._cards.notify("audit", {}, place, admin.user_id)

    async def turn(self, notice: int, to: str) -> None:
        """Turn to what is older than an event (`old/12`), or newer (`new/12`)."""
        way, _, number = to.partition("/")
        state = await self._state(notice)
        if state is None or not (number.isascii() and number.isdecimal()):
            return
        before: int | None = int(number)
        if way == "new":
            found = await deeds.events(self._tx, Wanted.of(state), PAGE + 1, after=before)
            before = found[PAGE].id if len(found) > PAGE else None
        await self._show(notice, {**state, "before": before})

    async def ask(self, notice: int, step: str) -> None:
        """Offer the values of a filter."""
        state = await self._state(notice)
        if state is not None and step in STEPS:
            await self._show(notice, {**state, "step": step})

    async def choose(self, notice: int, choice: str) -> None:
        """Take one of the values offered (`topic/sends`, `who/1001`), or all of them (`who/all`)."""
        state = await self._state(notice)
        name, _, value = choice.partition("/")
        fits = value == "all" or (value in OFFERED if name == "topic" else value.isdecimal())
        if state is None or name not in STEPS or not fits:
            return
        chosen: Any = None if value == "all" else int(value) if name == "who" else value
        await self._show(notice, {**state, name: chosen, "step": None, "before": None})

    async def back(self, notice: int) -> None:
        """Go back to the list with the filters as they were."""
        state = await self._state(notice)
        if state is not None:
            await self._show(notice, {**state, "step": None})

    async def clear(self, notice: int) -> None:
        """Look at everything that people did."""
        if await self._state(notice) is not None:
            await self._show(notice, {})

    async def show(self, name: str, admin: Admin, place: Place) -> bool:
        """Bring the card of what a deed was done to below; False where it is gone."""
        about = opened(name)
        if about is None:
            return False
        if about.kind in ("batch", "multicast", "message"):
            return await self._history.show(name, place, admin.user_id)
        if about.kind == "base":
            await self._bases.open_base(about.id, admin, place)
        else:
            await self._cards.post(about, place, admin.user_id)
        return True

    async def export(self, notice: int, card: Card, admin: Admin) -> bool:
        """Send the newest deeds that the filters let through as a table; False where there are none."""
        state = await self._state(notice)
        found = await deeds.lines(self._tx, Wanted.of(state), EXPORTED) if state is not None else []
        if not found:
            return False
        zone, masked = ZoneInfo(admin.zone), card.place.chat < 0
        rows = (
            [line.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"), *deeds.columns(line, masked=masked)]
            for line in found
        )
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        blob = await self._documents.keep(BaseFile("audit.csv", MIME, data), _KEPT)
        await self._documents.send(blob, card, admin.user_id, caption={"key": "audit", "args": {"n": len(found)}})
        return True

    async def _state(self, notice: int) -> dict[str, Any] | None:
        found = await notices.load(self._tx, notice)
        return dict(found.args) if found is not None and found.kind == "audit" else None

    async def _show(self, notice: int, state: dict[str, Any]) -> None:
        kept = {name: value for name, value in state.items() if value is not None}
        await notices.change(self._tx, notice, kept)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)
