"""A small Telegram below python-telegram-bot: it carries calls out, or not, and gives their answers, or loses them."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

Act = Literal["steal", "press", "edit", "silent", "loud", "bump"]
_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


class CrashError(BaseException):
    """The process dies here: nothing may catch it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one call: what others do before and after it is carried out, and what its caller hears."""

    executed: bool = True
    answer: Literal["ok", "lost", "crash"] = "ok"
    before: Act | None = None
    after: Act | None = None


FINE: Final = Fate()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer in Telegram's own words instead of a deed."""

    code: int
    description: str
    parameters: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Shown:
    """A message of the bot as people see it; `params` as it was sent."""

    id: int
    chat: int
    text: str
    markup: Mapping[str, Any]
    loud: bool
    params: Mapping[str, Any]
    learnt: bool = False  # its id has reached whoever sent it

    @property
    def presses(self) -> list[str]:
        """What its buttons carry."""
        return [button["callback_data"] for row in self.markup.get("inline_keyboard", ()) for button in row]


class ModelTelegram(BaseRequest):
    """Messages on screen, and the fate of every call; `meanwhile` lets others act in the middle of one."""

    def __init__(self) -> None:
        self.messages: dict[int, Shown] = {}
        self.calls: list[tuple[str, Mapping[str, Any]]] = []
        self.fates: deque[Fate | Refusal] = deque()
        self.meanwhile: Callable[[Act], Awaitable[None]] | None = None
        self.posted = 0
        self.loud: list[int] = []

    @property
    def read_timeout(self) -> float | None:
        """Nothing is ever waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """Let one call meet its fate."""
        name, params = url.rpartition("/")[2], request_data.parameters if request_data else {}
        self.calls.append((name, params))
        fate = self.fates.popleft() if self.fates else FINE
        if isinstance(fate, Refusal):
            return _refused(fate)
        await self._others(fate.before)
        answer = self._execute(name, params) if fate.executed else None
        await self._others(fate.after)
        # Of a call that dies before it reaches anybody the caller hears nothing either.
        if fate.answer == "crash":
            raise CrashError
        if answer is None or fate.answer == "lost":
            raise TimedOut
        if isinstance(answer, Refusal):
            return _refused(answer)
        if name == "sendMessage" and answer["message_id"] in self.messages:
            self.messages[answer["message_id"]].learnt = True
        return 200, json.dumps({"ok": True, "result": answer}).encode()

    def names(self) -> list[str]:
        """Return the methods called so far, in order."""
        return [name for name, _ in self.calls]

    def visible(self, chat: int) -> list[Shown]:
        """Return what stands in the chat, oldest first."""
        return [message for message in self.messages.values() if message.chat == chat]

    async def _others(self, act: Act | None) -> None:
        await asyncio.sleep(0)
        if act is not None and self.meanwhile is not None:
            await self.meanwhile(act)

    def _execute(self, name: str, params: Mapping[str, Any]) -> Any:
        return {
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "editMessageReplyMarkup": self._edit,
            "deleteMessage": self._delete,
        }[name](params)

    def _send(self, params: Mapping[str, Any]) -> Any:
        self.posted += 1
        chat, loud = int(params["chat_id"]), not params.get("disable_notification", False)
        shown = Shown(self.posted, chat, params["text"], params.get("reply_markup", {}), loud, params)
        self.messages[shown.id] = shown
        self.loud += [shown.id] if loud else []
        return _message(shown)

    def _edit(self, params: Mapping[str, Any]) -> Any:
        shown = self.messages.get(int(params["message_id"]))
        if shown is None:
            return Refusal(400, "message to edit not found")
        if shown.markup.keys() - {"inline_keyboard"}:
            return Refusal(400, "message can't be edited")
        text, markup = params.get("text", shown.text), params.get("reply_markup", {})
        if (text, markup) == (shown.text, shown.markup):
            return Refusal(400, _NOT_MODIFIED)
        shown.text, shown.markup = text, markup
        return _message(shown)

    def _delete(self, params: Mapping[str, Any]) -> Any:
        if self.messages.pop(int(params["message_id"]), None) is None:
            return Refusal(400, "message to delete not found")
        return True


def _message(shown: Shown) -> dict[str, Any]:
    kind = "private" if shown.chat > 0 else "supergroup"
    return {"message_id": shown.id, "date": 0, "chat": {"id": shown.chat, "type": kind}, "text": shown.text}


def _refused(refusal: Refusal) -> tuple[int, bytes]:
    titles = {400: "Bad Request: ", 403: "Forbidden: "}
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": f"{titles.get(refusal.code, '')}{refusal.description}",
    }
    if refusal.parameters:
        body["parameters"] = dict(refusal.parameters)
    return refusal.code, json.dumps(body).encode()
