"""
The sandbox's hand on the Telegram side, in JSON: people act through it, tests and the page look through it.

A request with wrong fields answers 400, a deed that Telegram would not allow 409, both with `error`.
"""

from collections.abc import Awaitable, Callable
from inspect import isawaitable, signature
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.telegram import actions, views
from sandbox.telegram.actions import ActionError
from sandbox.telegram.chats import Message
from sandbox.telegram.errors import CallError
from sandbox.telegram.params import Upload
from sandbox.telegram.people import BOT, Person
from sandbox.telegram.world import World

__all__ = ["Control"]

_Json = dict[str, Any]
_LONGEST_WAIT = 30.0


class Control:
    """Everything under `/control/telegram`; each public method of JSON fields is one POST of that name."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """Give the routes."""
        deeds: dict[str, Callable[..., Any]] = {
            "say": self.say,
            "edit": self.edit,
            "delete": self.delete,
            "press": self.press,
            "reply_keyboard": self.reply_keyboard,
            "contact": self.contact,
            "forward": self.forward,
            "block": self.block,
            "join": self.join,
            "people": self.person,
            "groups": self.group,
            "migrate": self.migrate,
            "settings": self.settings,
        }
        return [
            _route("GET", "/control/telegram", self.overview),
            _route("GET", "/control/telegram/events", self.events),
            _route("GET", "/control/telegram/calls", self.calls),
            Route("/control/telegram/upload", self.upload, methods=["POST"]),
            Route("/control/telegram/files/{file_id}", self.file),
            *(_route("POST", f"/control/telegram/{name}", self._whole(deed)) for name, deed in deeds.items()),
        ]

    def overview(self, chat: str = "") -> _Json:
        """Give everything; `chat` limits the messages to one."""
        return views.overview(self._world, int(chat) if chat else None)

    async def events(self, after: str = "0", wait: str = "0") -> _Json:
        """Give changes behind an event id, waiting up to `wait` seconds for the first."""
        found = await self._world.journal.wait(int(after), min(float(wait), _LONGEST_WAIT))
        return views.events(self._world, found)

    def calls(self, after: str = "0") -> list[_Json]:
        """Give the bot's calls behind a call's id; empty polls are not among them."""
        return self._world.journal.calls(int(after))

    def say(
        self,
        user: int,
        text: str,
        chat: int | None = None,
        *,
        reply_to: int = 0,
        thread: int = 0,
        anonymous: bool = False,
    ) -> _Json:
        """Write a text; without `chat` to the bot in private."""
        options = {"reply_to": reply_to, "thread": thread, "anonymous": anonymous}
        return self._shown(actions.say(self._world, user, user if chat is None else chat, text, **options))

    def edit(self, user: int, chat: int, message_id: int, text: str) -> _Json:
        """Change an own text."""
        return self._shown(actions.edit(self._world, user, chat, message_id, text))

    def delete(self, chat: int, message_id: int) -> None:
        """Delete a message."""
        actions.remove(self._world, chat, message_id)

    def press(
        self,
        user: int,
        chat: int,
        message_id: int,
        data: str | None = None,
        label: str | None = None,
        *,
        forge: bool = False,
    ) -> _Json:
        """Press an inline button by its label or its callback data; gives `query_id`, or `url` or `copied`."""
        if data is None:
            button = self._button(chat, message_id, label or "")
            if "callback_data" not in button:
                copied = button.get("copy_text", {}).get("text")
                return {"url": button.get("url"), "copied": copied}
            data = str(button["callback_data"])
        return {"query_id": actions.press(self._world, user, chat, message_id, data, forge=forge)}

    def reply_keyboard(self, user: int, chat: int, label: str) -> _Json:
        """Press a button of the keyboard below the chat: it writes its label or shares the own contact."""
        shown = views.overview(self._world, chat)["chats"]
        rows = (shown[0]["reply_keyboard"] or {}).get("keyboard", []) if shown else []
        button = next((button for row in rows for button in row if button["text"] == label), None)
        if button is None:
            raise ActionError("no such button on the screen")
        person = self._world.people.find(user)
        if button.get("request_contact") and person:
            return self.contact(user, person.phone, person.first_name, chat, contact_user_id=user)
        return self.say(user, label, chat)

    def contact(
        self,
        user: int,
        phone: str,
        first_name: str,
        chat: int | None = None,
        *,
        last_name: str = "",
        contact_user_id: int | None = None,
        thread: int = 0,
    ) -> _Json:
        """Send a contact; `contact_user_id` is whose it is, if Telegram knows."""
        fields = {"phone_number": phone, "first_name": first_name, "last_name": last_name}
        contact: _Json = {name: value for name, value in fields.items() if value}
        if contact_user_id is not None:
            contact["user_id"] = contact_user_id
        where = user if chat is None else chat
        return self._shown(actions.send(self._world, user, where, {"contact": contact}, thread=thread))

    def forward(
        self,
        user: int,
        text: str,
        name: str,
        chat: int | None = None,
        *,
        from_user: int | None = None,
        thread: int = 0,
    ) -> _Json:
        """Forward somebody's text: a hidden person's (`name`), or a person's of the sandbox (`from_user`)."""
        now = int(self._world.store.clock())
        if from_user is None:
            origin: _Json = {"type": "hidden_user", "sender_user_name": name}
        else:
            origin = {"type": "user", "sender_user": self._world.people.user(from_user)}
        where = user if chat is None else chat
        return self._shown(actions.forward(self._world, user, where, text, {**origin, "date": now}, thread=thread))

    def block(self, user: int, *, blocked: bool) -> None:
        """Block the bot, or start it again."""
        self._known(user)
        actions.block(self._world, user, blocked=blocked)

    def join(self, chat: int, user: int | None = None, *, status: str = "member", by: int | None = None) -> None:
        """Set somebody's status in a group (member, administrator, left, kicked); without `user` the bot's."""
        if status not in ("member", "administrator", "left", "kicked"):
            raise ValueError(f"no such status: {status}")
        if chat not in self._world.rooms.groups():
            raise ActionError("no such group")
        actor = by or user or self._world.people.all()[0].id
        self._known(actor)
        actions.place(self._world, BOT if user is None else self._known(user), chat, status, by=actor)

    def person(
        self,
        first_name: str,
        id: int | None = None,  # noqa: A002 – the field's name in JSON
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "ru",
        phone: str = "",
    ) -> _Json:
        """Add a person, or change one."""
        number = id or self._world.people.newcomer()
        self._world.people.put(Person(number, first_name, last_name, username, language_code, phone))
        return {"id": number}

    def group(self, title: str, members: list[int]) -> _Json:
        """Found a basic group with the bot in it; the first member owns it."""
        for user in members:
            self._known(user)
        return {"id": self._world.rooms.create(title, members)}

    def migrate(self, chat: int, by: int) -> _Json:
        """Turn a basic group into a supergroup."""
        if chat not in self._world.rooms.groups() or self._world.rooms.chat(chat)["type"] != "group":
            raise ActionError("no such basic group")
        return {"id": actions.migrate(self._world, chat, self._known(by))}

    def settings(self, *, privacy: bool | None = None, revoked: list[str] | None = None) -> _Json:
        """Switch the bot's privacy mode in groups, revoke tokens."""
        for name, value in (("privacy", privacy), ("revoked", revoked)):
            if value is not None:
                self._world.options.put(name, value)
        defaults = {"privacy": True, "revoked": []}
        return {name: self._world.options.get(name, default) for name, default in defaults.items()}

    async def upload(self, request: Request) -> Response:
        """Send a file (multipart: user, chat, thread, file, caption, album, `as` = document or photo)."""
        async with request.form() as form:
            file = form.get("file")
            fields = {name: str(value) for name, value in form.items() if name != "file"}
            if not isinstance(file, UploadFile) or not fields.get("user", "").isdecimal():
                return _error(400, "user and file are required")
            mime = fields.get("mime") or file.content_type or "application/octet-stream"
            sent = Upload(file.filename or "file", mime, await file.read())
        return await _answer(lambda: self._send_file(sent, fields))

    def _send_file(self, file: Upload, fields: dict[str, str]) -> _Json:
        user = int(fields["user"])
        kind = fields.get("as", "document")
        with self._world.store.transaction():
            return self._shown(
                actions.upload(
                    *(self._world, user, int(fields.get("chat", user)), file),
                    caption=fields.get("caption", ""),
                    photo=kind == "photo",
                    thread=int(fields.get("thread", "0")),
                    album=fields.get("album", ""),
                )
            )

    async def file(self, request: Request) -> Response:
        """Give a file's bytes, for the page."""
        file = self._world.files.find(request.path_params["file_id"])
        return Response(file.data, media_type=file.mime) if file else _error(404, "no such file")

    def _whole(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        """All or nothing."""

        def act(**fields: Any) -> Any:
            bound = signature(deed).bind(**fields)
            with self._world.store.transaction():
                return deed(*bound.args, **bound.kwargs)

        return act

    def _shown(self, message: Message) -> _Json:
        return views.message(self._world, message)

    def _known(self, user: int) -> int:
        if self._world.people.find(user) is None:
            raise ActionError("no such person")
        return user

    def _button(self, chat: int, message_id: int, label: str) -> _Json:
        message = self._world.chats.shown(chat, message_id)
        found = [button for button in actions.buttons(message) if button["text"] == label] if message else []
        if not found:
            raise ActionError("no such button on the screen")
        return found[0]


def _route(verb: str, path: str, act: Callable[..., Any]) -> Route:
    async def endpoint(request: Request) -> Response:
        given = dict(request.query_params) if verb == "GET" else await request.json()
        return await _answer(lambda: act(**given))

    return Route(path, endpoint, methods=[verb])


async def _answer(act: Callable[[], Any | Awaitable[Any]]) -> Response:
    try:
        result = act()
        if isawaitable(result):
            result = await result
    except ActionError as error:
        return _error(409, str(error))
    except CallError as error:
        return _error(400, error.description)
    except (TypeError, ValueError) as error:
        return _error(400, str(error))
    return JSONResponse({} if result is None else result)


def _error(status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": text}, status)
