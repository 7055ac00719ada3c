"""Which base an import goes into: a part of a name is typed, or pages are turned, until one is picked."""

from typing import Any, Final

from bot.domain.base_names import matching, meant
from bot.domain.bases import Import
from bot.domain.models import Admin, Subject
from bot.domain.states import ImportState
from bot.services.bases.imports import Imports
from bot.services.cards import Cards
from bot.services.questions import Question, Questions
from bot.storage import bases, imports
from bot.storage.engine import Tx

_CHOOSING: Final = (ImportState.CHECKING, ImportState.READY)


class Into:
    """Takes what is typed below an import that asks for its base."""

    def __init__(self, tx: Tx, cards: Cards, imports_: Imports, questions: Questions) -> None:
        self._tx, self._cards, self._imports, self._questions = tx, cards, imports_, questions

    async def give(self, question: Question, text: str, admin: Admin) -> None:  # noqa: ARG002 - whose it is, the question knows
        """Show the bases that have the typed part; the only one is taken."""
        found = await self._choosing(question.about)
        if found is None:
            await self._questions.close(question, answered=False)
            return
        listed = [base for base in await bases.everyone(self._tx) if not base.protected]
        named = meant(text, listed)
        query = text.strip()
        fits = [named.base] if named.base is not None else matching(query, listed)
        if len(fits) == 1:
            await self._imports.pick(found.id, fits[0].id)
        else:
            await self._imports.ask(found.id, query=query)
        await self._cards.drop(Subject("import", found.id), question.draft.place)

    async def drop(self, question: Question) -> None:
        """Show all bases again; where all are shown, close the import."""
        found = await self._choosing(question.about)
        if found is not None and found.asking.get("query"):
            await self._imports.ask(found.id)
        elif found is None or not await self._imports.close(found.id, question.draft.author):
            await self._questions.close(question, answered=False)

    async def turn(self, import_: int, page: int) -> None:
        """Turn to a page of the bases; where the provider was silent, ask it once more."""
        found = await self._choosing(import_)
        if found is None:
            return
        asking: dict[str, Any] = {name: value for name, value in found.asking.items() if name != "silent"}
        if "silent" in found.asking:
            await self._imports.ask_for_list(import_)
        await self._imports.ask(import_, **{**asking, "page": page})

    async def listed(self, import_: int, *, silent: bool) -> None:
        """The provider has given its list, or not."""
        found = await self._choosing(import_)
        if found is None or silent == bool(found.asking.get("silent")):
            await self._cards.touch(Subject("import", import_))
            return
        asking = {name: value for name, value in found.asking.items() if name != "silent"}
        await self._imports.ask(import_, **asking, **({"silent": True} if silent else {}))

    async def _choosing(self, import_: int) -> Import | None:
        found = await imports.load(self._tx, import_)
        return found if found is not None and found.base is None and found.state in _CHOOSING else None
