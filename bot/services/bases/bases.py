"""Phone bases as people walk through them: a list, a base, a question about it, the provider's answer.

Where somebody stands is a notice's arguments, one for each card (see BasesCard); what costs a call is a request.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.base_names import matching, meant
from bot.domain.bases import Listed, Told
from bot.domain.models import Admin, Place, Reason, Subject
from bot.services.bases.answers import BaseAnswers
from bot.services.bases.imports import Imports
from bot.services.cards import Cards
from bot.services.questions import Question, Questions
from bot.services.requests import LISTED, NO_FLICKER
from bot.storage import bases, notices, requests
from bot.storage.engine import Tx
from gateway import phones

QUESTIONS: Final = ("search", "number")
"""The questions that are answered here."""
ASKS: Final = ("check", "add", "remove", "import")
BY_HAND: Final = 20
"""Numbers added at once; more become an import."""
_SKIPPED, _RAW = 5, 40
State = dict[str, Any]


class Bases:
    """Use cases of /bases."""

    def __init__(self, tx: Tx, cards: Cards, questions: Questions, imports: Imports, answers: BaseAnswers) -> None:
        self._tx, self._cards, self._questions = tx, cards, questions
        self._imports, self._answers = imports, answers

    async def open(self, admin: Admin, place: Place, typed: str = "") -> int:
        """Show the list, or the base that was typed, with an answer where a phone stands behind it; return the notice's id."""
        stale = await self._stale()
        state: State = {"step": "list", "page": 0, "find": typed.strip() or None}
        notice = await notices.add(self._tx, "bases", state)
        await self._questions.open("search", notice, author=admin.user_id, place=place)
        await self._cards.post(Subject("bases", notice), place, admin.user_id, after=NO_FLICKER if stale else 0)
        if stale:
            await self._ask_for_list(notice)
        else:
            await self._resolve(notice, state)
        return notice

    async def open_base(self, base: int, admin: Admin, place: Place) -> None:
        """Show one base on a card of its own."""
        notice = await notices.add(self._tx, "bases", {"step": "base", "page": 0, "base": base})
        await self._cards.post(Subject("bases", notice), place, admin.user_id)
        await self._refresh(notice)

    async def turn(self, notice: int, page: int) -> None:
        """Turn to a page of the list."""
        await self._go(notice, step="list", page=page)

    async def pick(self, notice: int, base: int, admin: Admin, place: Place) -> None:
        """Open a base of the list; a phone that was typed with a part of its name is looked for in it."""
        await self._hush(admin, place)
        state = await self._state(notice)
        if state is not None:
            await self._enter(notice, {**state, "base": base}, state.get("phone"))

    async def to_list(self, notice: int, admin: Admin, place: Place) -> None:
        """Go back to the whole list."""
        await self._questions.open("search", notice, author=admin.user_id, place=place)
        await self._go(notice, step="list", query=None, phone=None)

    async def to_base(self, notice: int, admin: Admin, place: Place) -> None:
        """Go back from a question or an answer."""
        await self._hush(admin, place)
        await self._go(notice, step="base")

    async def ask(self, notice: int, what: str, admin: Admin, place: Place) -> None:
        """Ask which phone to check, add or remove, or for the document to import."""
        if what in ASKS and await self._go(notice, step="ask", ask=what, refused=None):
            base = (await self._state(notice) or {}).get("base")
            # What was asked belongs to who was asked: others may have gone elsewhere on the same card.
            await self._questions.open("number", notice, author=admin.user_id, place=place, ask=what, base=base)

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed answer: a part of a name, or numbers."""
        state = await self._state(question.about)
        if state is None:
            await self._questions.close(question, answered=False)
        elif question.kind == "search":
            await self._drop(question)
            await self._search(question, state, text)
        else:
            await self._number(question, state, text, admin)

    async def drop(self, question: Question) -> None:
        """Go one step back: from a number to its base, from what was looked for to the whole list; from that the card closes."""
        state = await self._state(question.about) or {}
        searched = question.kind == "search" and (state.get("query") or state.get("phone"))
        if not searched:
            await self._questions.close(question, answered=False)
        if searched:
            await self._go(question.about, step="list", page=0, query=None, phone=None)
        else:
            await self._go(question.about, step="closed" if question.kind == "search" else "base")

    async def do(self, notice: int, verb: str, phone: str, by: int) -> None:
        """Check, add or remove one phone that the card shows."""
        state = await self._state(notice)
        parsed = phones.parse(phone)
        if state is not None and state.get("base") is not None and not isinstance(parsed, phones.Refusal):
            await self._answers.call(notice, state, verb, [parsed], by)

    async def phones(self, notice: int, page: int, by: int) -> None:
        """Show a page of the phones; they are fetched once, and kept for an hour."""
        state = await self._state(notice)
        if state is None or state.get("base") is None:
            return
        if state.get("list") and await self._answers.kept(state["list"]):
            await self._go(notice, step="phones", at=page)
        else:
            await self._answers.call(notice, state, "phones", [], by)

    async def download(self, notice: int, form: str, by: int) -> None:
        """Send all phones of the base as a document, txt or csv."""
        state = await self._state(notice)
        if state is not None and state.get("base") is not None and form in ("txt", "csv"):
            await self._answers.call(notice, state, "file", [], by, form=form)

    async def offer_forms(self, notice: int) -> None:
        """Ask in which form to download."""
        await self._go(notice, step="ask", ask="file", refused=None)

    async def reload(self, notice: int) -> None:
        """Ask the provider for its list anew."""
        await self._ask_for_list(notice)
        await self._go(notice, silent=None)

    async def shown(self, notice: int) -> Listed | None:
        """Return the base that a card shows."""
        state = await self._state(notice) or {}
        return await bases.load(self._tx, int(state["base"])) if state.get("base") is not None else None

    async def close(self, notice: int, admin: Admin, place: Place) -> None:
        """Take the card away."""
        await self._hush(admin, place)
        await self._go(notice, step="closed")

    async def listed(self, args: Mapping[str, Any], failure: Reason | None) -> None:
        """The provider has given its list, or not: show that where it was asked for."""
        notice = int(args.get("browse") or 0)
        state = await self._state(notice)
        if state is not None:
            state["silent"] = failure.code if failure else None
            await self._resolve(notice, state)

    async def told(self, request: int, args: Mapping[str, Any], told: Told | None, failure: Reason | None) -> None:
        """The provider has answered a call about a base: remember what that shows, and show it where it was asked."""
        changed = await self._answers.told(request, args, told, failure)
        if changed:
            await self._ask_for_list(int(args["browse"]))

    async def _search(self, question: Question, state: State, text: str) -> None:
        listed = await bases.everyone(self._tx)
        found = meant(text, listed)
        fits = matching(found.query, listed)
        base = found.base or (fits[0] if len(fits) == 1 else None)
        if base is not None:
            await self._questions.close(question, answered=True)
            await self._enter(question.about, {**state, "base": base.id}, found.phone or state.get("phone"))
        else:
            phone = found.phone or state.get("phone")
            await self._go(question.about, step="list", page=0, query=found.query, phone=phone)

    async def _number(self, question: Question, state: State, text: str, admin: Admin) -> None:
        ask, found = str(question.draft.fields["ask"]), phones.extract(text)
        state = {**state, "base": question.draft.fields["base"], "ask": ask}
        if ask != "check" and not admin.role.may(Role.OPERATOR):
            await self._questions.close(question, answered=False)
            return
        if not found.valid:
            await self._drop(question)
            await self._show(question.about, {**state, "step": "ask", "refused": _refused(found.invalid, text)})
            return
        await self._questions.close(question, answered=True)
        if ask == "import" or (ask == "add" and len(found.valid) > BY_HAND):
            await self._show(question.about, {**state, "step": "base"})
            base, place = int(state["base"]), question.draft.place
            await self._imports.begin(admin.user_id, place, "", base=base, pasted=text)
            return
        await self._drop(question)
        if ask == "remove":
            await self._show(question.about, {**state, "step": "remove", "phone": found.valid[0]})
        else:
            skipped = [one.raw[:_RAW] for one in found.invalid[:_SKIPPED]]
            given = found.valid if ask == "add" else found.valid[:1]
            await self._answers.call(question.about, state, ask, given, admin.user_id, skipped=skipped)

    async def _resolve(self, notice: int, state: State) -> None:
        """Show what was looked for, now that the list is known as well as it can be."""
        find = state.pop("find", None)
        if find is None:
            await self._show(notice, state)
            return
        found = meant(find, await bases.everyone(self._tx))
        if found.base is None:
            await self._show(notice, {**state, "query": found.query, "phone": found.phone})
        else:
            await self._enter(notice, {**state, "base": found.base.id}, found.phone)

    async def _enter(self, notice: int, state: State, phone: str | None) -> None:
        entered = {**state, "step": "base", "phone": None, "list": None, "answer": None}
        await self._show(notice, entered)
        if phone is None:
            await self._refresh(notice)
        else:
            await self._answers.call(notice, entered, "check", [phone], 0)

    async def _refresh(self, notice: int) -> None:
        if await self._stale():
            await self._ask_for_list(notice)

    async def _stale(self) -> bool:
        listed_at = await bases.listed_at(self._tx)
        return listed_at is None or self._tx.now - listed_at > LISTED

    async def _ask_for_list(self, notice: int) -> None:
        await requests.ask(self._tx, "bases", {"browse": notice})
        self._tx.wakes.add("requests")

    async def _drop(self, question: Question) -> None:
        """Bring the card below what was typed."""
        await self._cards.drop(Subject("bases", question.about), question.draft.place)

    async def _hush(self, admin: Admin, place: Place) -> None:
        question = await self._questions.listening(place, admin.user_id)
        if question is not None and question.kind in QUESTIONS:
            await self._questions.close(question, answered=False)

    async def _state(self, notice: int) -> State | None:
        found = await notices.load(self._tx, notice)
        return dict(found.args) if found is not None and found.kind == "bases" else None

    async def _go(self, notice: int, **changes: Any) -> bool:
        state = await self._state(notice)
        if state is None:
            return False
        await self._show(notice, {**state, **changes})
        return True

    async def _show(self, notice: int, state: State) -> None:
        await notices.change(self._tx, notice, state)
        await self._cards.touch(Subject("bases", notice), pressed=True, bump=True)


def base_of(question: Question | None) -> int | None:
    """Return the base that waits for this person's numbers, or a document of them."""
    if question is None or question.kind != "number" or question.draft.fields.get("ask") not in ("add", "import"):
        return None
    base: int | None = question.draft.fields.get("base")
    return base


def _refused(invalid: Sequence[phones.Refusal], text: str) -> Mapping[str, object]:
    """Say what was wrong with the first attempt at a number; where none looks like one, with the whole."""
    refusal = invalid[0] if invalid else phones.parse(text)
    if not isinstance(refusal, phones.Refusal):
        return {"raw": text[:_RAW], "why": phones.Why.EMPTY, "digits": 0}
    return {"raw": refusal.raw[:_RAW], "why": refusal.why, "digits": refusal.digits}
