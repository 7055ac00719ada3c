"""Small questions that wait for one typed answer: an id from the provider's cabinet, a setting, the own number.

Each is a draft of its own kind, so that one mechanism decides who is being listened to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.models import Admin, Draft, Place
from bot.domain.states import DraftState
from bot.services import prompts
from bot.storage import drafts
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import drafts as table

KINDS = (
    "alert",
    "history",
    "mark",
    "clock",
    "zone",
    "sender",
    "phone",
    "undo",
    "quiet",
    "search",
    "number",
    "limit",
    "refusal",
    "into",
)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question: its kind and what it is about."""

    draft: Draft

    @property
    def kind(self) -> str:
        """Return mark | zone | sender | phone | search | number | into."""
        return self.draft.kind

    @property
    def about(self) -> int:
        """Return the id of what the question is about."""
        return int(self.draft.fields["about"])


class Asker(Protocol):
    """Whoever asked: takes the answer, or takes the question back."""

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take a typed answer, or say on the card why it is not taken."""
        ...

    async def drop(self, question: Question) -> None:
        """Close the question unanswered; its card goes back to what it showed before."""
        ...


class Questions:
    """Opens and closes questions."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def open(self, kind: str, about: int, *, author: int, place: Place, **more: Any) -> None:
        """Wait for this person's answer here, instead of a draft that waited; that one is listened to again afterwards."""
        before = await drafts.listening(self._tx, place, author)
        behind = before.fields.get("behind") if before and before.kind in KINDS else before and before.id
        fields: Mapping[str, Any] = {"about": about, "behind": behind, **more}
        draft = await drafts.add(self._tx, kind, author, place, fields)
        await drafts.save(self._tx, draft, fields, awaiting=kind)
        await prompts.settle(self._tx, place, author)

    async def listening(self, place: Place, author: int) -> Question | None:
        """Return the question that waits for what this person types here."""
        draft = await drafts.listening(self._tx, place, author)
        return Question(draft) if draft and draft.kind in KINDS else None

    async def close(self, question: Question, *, answered: bool) -> None:
        """Listen no more, but to the draft that waited before."""
        target = DraftState.CONSUMED if answered else DraftState.CLOSED
        where = table.c.id == question.draft.id
        actor = f"admin:{question.draft.author}"
        await move(
            self._tx, "draft", DraftState.OPEN, target, where, actor=actor, verb="answer", values={"listens": False}
        )
        if (behind := question.draft.fields.get("behind")) is not None:
            await drafts.listen_again(self._tx, int(behind))
        await prompts.settle(self._tx, question.draft.place, question.draft.author)

    async def end(self, kind: str, about: int) -> None:
        """Close a question that was answered otherwise, if it is open."""
        found = await drafts.open_about(self._tx, kind, about)
        if found is not None:
            await self.close(Question(found), answered=True)
