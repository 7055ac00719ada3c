"""What people answer about messages of unknown outcome, and the pages of lists."""

from bot.domain.models import Admin, Subject
from bot.domain.states import MessageState
from bot.services.cards import Cards
from bot.services.questions import Question, Questions
from bot.services.sending.sends import Sends
from bot.services.status import is_message_id
from bot.storage import messages, notices
from bot.storage.engine import Tx


class Answers:
    """Use cases behind the question for the provider's id, and behind small presses on notices."""

    def __init__(self, tx: Tx, cards: Cards, questions: Questions, sends: Sends) -> None:
        self._tx, self._cards, self._questions, self._sends = tx, cards, questions, sends

    async def step_back(self, notice: int) -> None:
        """Show a stranger as before the question for his role."""
        shown = await notices.load(self._tx, notice)
        if shown is not None and shown.args.get("step") == "role":
            await self._show(notice, {**shown.args, "step": "notice"})

    async def turn(self, notice: int, kind: str, **args: object) -> None:
        """Show another page of a list of this kind; what is none has no pages."""
        shown = await notices.load(self._tx, notice)
        if shown is not None and shown.kind == kind:
            await self._show(notice, args)

    async def give(self, question: Question, text: str, admin: Admin) -> None:
        """Take the typed id of a message whose outcome nobody knows, or say that it is none."""
        gateway_id = text.strip()
        message = await self._sends.message(question.about)
        if not is_message_id(gateway_id):
            args, place = {"query": gateway_id[:64], "id": True}, question.draft.place
            await self._cards.notify("unknown_status", args, place, admin.user_id)
            return
        await self._questions.close(question, answered=True)
        if message is not None and message.state is MessageState.IN_DOUBT:
            await self.mark_sent(message.id, gateway_id, admin)

    async def awaits(self, question: Question) -> bool:
        """Return whether the answer is still wanted; a question that somebody else answered or took back is closed."""
        if question.kind != "mark":
            return True
        message = await self._sends.message(question.about)
        unknown = message is not None and message.state is MessageState.IN_DOUBT
        if unknown and await messages.asking(self._tx, question.about) == "mark":
            return True
        await self._questions.close(question, answered=False)
        return False

    async def mark_sent(self, message: int, gateway_id: str | None, admin: Admin) -> bool:
        """Take this person's word that a message of unknown outcome went."""
        return await self._sends.mark_sent(message, gateway_id, by=admin.user_id, name=admin.name)

    async def drop(self, question: Question) -> None:
        """Close a question unanswered; its card goes back to what it showed before."""
        await self._questions.close(question, answered=False)
        message = await self._sends.message(question.about)
        if message is not None:
            await self._sends.ask(message, None)

    async def _show(self, notice: int, args: dict[str, object]) -> None:
        await notices.change(self._tx, notice, args)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)
