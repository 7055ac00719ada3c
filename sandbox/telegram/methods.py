"""The Bot API's methods that this sandbox emulates, each with the parameters it knows, and how one is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from inspect import isawaitable
from typing import Any

from sandbox.telegram import messages, params, profile
from sandbox.telegram.errors import CallError, MisuseError
from sandbox.telegram.messages import Call
from sandbox.telegram.params import Check, Upload, array, boolean, integer, json_object, string
from sandbox.telegram.world import World

__all__ = ["METHODS", "Method", "find", "perform"]


@dataclass(frozen=True, slots=True)
class Method:
    """What runs, with which parameters; `run` may give an awaitable."""

    name: str
    run: Callable[[World, Call], Any]
    params: Mapping[str, Check] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def find(name: str) -> Method | None:
    """Find a method whatever the case of its name, as the server does."""
    return METHODS.get(name.lower())


async def perform(
    world: World, method: Method, raw: dict[str, Any], files: dict[str, Upload], fault: str = ""
) -> tuple[Any, str]:
    """
    Check the parameters, run the method and record the call, all in one transaction.

    Gives the result and Telegram's remark about it (of webhook methods). Raises `CallError`; a misuse is
    remembered as a violation.
    """
    try:
        call = _check(method, raw, files)
        with world.store.transaction():
            result = method.run(world, call)
            if not isawaitable(result):
                _record(world, method, raw, files, fault=fault)
        if isawaitable(result):
            result = await result
            if result:
                _record(world, method, {**raw, "updates": len(result)}, files, fault=fault)
    except CallError as error:
        if isinstance(error, MisuseError):
            world.store.violation(f"telegram {method.name}", error.message)
        description = error.description
        _record(world, method, raw, files, status=error.code, description=description, fault=fault)
        raise
    return result, _REMARKS.get(method.name, "")


def _check(method: Method, raw: dict[str, Any], files: dict[str, Upload]) -> Call:
    params.only(method.name, raw, method.params)
    attached = [value.removeprefix("attach://") for value in raw.values() if _attaches(value)]
    params.only(f"files of {method.name}", files, (*method.files, *attached))
    return Call({name: method.params[name](name, value) for name, value in raw.items()}, files)


def _attaches(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("attach://")


def _record(world: World, method: Method, raw: dict[str, Any], files: dict[str, Upload], **outcome: Any) -> None:
    sent = {name: f"{file.name}, {file.mime}, {len(file.data)} bytes" for name, file in files.items()}
    world.journal.call(method.name, {**raw, **sent}, **outcome)


def _any(_name: str, raw: Any) -> Any:
    return raw


def _chat(name: str, raw: Any) -> int | str:
    return raw if isinstance(raw, str) else integer(name, raw)


def _updates(world: World, call: Call) -> Any:
    world.updates.allow(call.args.get("allowed_updates"))
    limit = min(max(call.args.get("limit", 100), 1), 100)
    return world.updates.poll(call.args.get("offset", 0), limit, min(max(call.args.get("timeout", 0), 0), 50))


def _set_webhook(world: World, call: Call) -> bool:
    url = call.args.get("url", "")
    if not url:
        return _delete_webhook(world, call)
    if call.args.get("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(call.args.get("allowed_updates"))
    known = ("secret_token", "max_connections")
    world.webhook.set(url, {name: call.args[name] for name in known if name in call.args})
    return True


def _delete_webhook(world: World, call: Call) -> bool:
    if call.args.get("drop_pending_updates"):
        world.updates.clear()
    world.webhook.delete()
    return True


def _answer(world: World, call: Call) -> bool:
    text, alert = call.args.get("text", ""), call.args.get("show_alert", False)
    world.presses.answer(call.args.get("callback_query_id", ""), text, show_alert=alert)
    return True


_REMARKS = {"setWebhook": "Webhook was set", "deleteWebhook": "Webhook was deleted"}
_ENTITY = json_object(
    {
        **dict.fromkeys(("type", "url", "language", "custom_emoji_id"), string),
        **dict.fromkeys(("offset", "length"), integer),
        "user": _any,
    },
    *("type", "offset", "length"),
)
_ENTITIES = array(_ENTITY)
_REPLY = json_object(
    {"message_id": integer, "chat_id": _chat, "allow_sending_without_reply": boolean, "quote_parse_mode": string},
    "message_id",
)
_PREVIEW = json_object(
    {
        **dict.fromkeys(("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"), boolean),
        "url": string,
    }
)
_TEXT: dict[str, Check] = {
    "text": string,
    "parse_mode": string,
    "entities": _ENTITIES,
    "link_preview_options": _PREVIEW,
}
_CAPTION: dict[str, Check] = {"caption": string, "parse_mode": string, "caption_entities": _ENTITIES}
_WHERE: dict[str, Check] = {"chat_id": _chat}
_MESSAGE: dict[str, Check] = {**_WHERE, "message_id": integer}
_SEND: dict[str, Check] = {
    **_WHERE,
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": _REPLY,
    "reply_markup": _any,
}
_EDIT: dict[str, Check] = {**_MESSAGE, "reply_markup": _any}
_LIST: dict[str, Check] = {"scope": _any, "language_code": string}
_LANGUAGE: dict[str, Check] = {"language_code": string}
_WEBHOOK: dict[str, Check] = {
    **dict.fromkeys(("url", "secret_token"), string),
    "max_connections": integer,
    "allowed_updates": array(string),
    "drop_pending_updates": boolean,
}
_POLL: dict[str, Check] = {
    **dict.fromkeys(("offset", "limit", "timeout"), integer),
    "allowed_updates": array(string),
}
_ANSWER: dict[str, Check] = {
    **dict.fromkeys(("callback_query_id", "text"), string),
    "show_alert": boolean,
    "cache_time": integer,
}
_DOCUMENT: dict[str, Check] = {
    **_SEND,
    **_CAPTION,
    "document": string,
    "disable_content_type_detection": boolean,
}

METHODS = {
    method.name.lower(): method
    for method in (
        Method("getMe", lambda world, _: world.people.me()),
        Method("getUpdates", _updates, _POLL),
        Method("setWebhook", _set_webhook, _WEBHOOK),
        Method("deleteWebhook", _delete_webhook, {"drop_pending_updates": boolean}),
        Method("getWebhookInfo", lambda world, _: world.webhook.info()),
        Method("sendMessage", messages.send_text, {**_SEND, **_TEXT}),
        Method("sendDocument", messages.send_document, _DOCUMENT, ("document",)),
        Method("sendPhoto", messages.send_photo, {**_SEND, **_CAPTION, "photo": string}, ("photo",)),
        Method("editMessageText", messages.edit_text, {**_EDIT, **_TEXT}),
        Method("editMessageCaption", messages.edit_caption, {**_EDIT, **_CAPTION}),
        Method("editMessageReplyMarkup", messages.edit_markup, _EDIT),
        Method("deleteMessage", messages.delete, _MESSAGE),
        Method("deleteMessages", messages.delete_many, {**_WHERE, "message_ids": array(integer)}),
        Method("answerCallbackQuery", _answer, _ANSWER),
        Method(
            "getFile",
            lambda world, call: world.files.downloadable(call.args.get("file_id", "")),
            {"file_id": string},
        ),
        Method("sendChatAction", profile.chat_action, {**_WHERE, "message_thread_id": integer, "action": string}),
        Method("getChat", profile.chat, _WHERE),
        Method("getChatMember", profile.chat_member, {**_WHERE, "user_id": integer}),
        Method("getChatAdministrators", profile.chat_administrators, _WHERE),
        Method("leaveChat", profile.leave_chat, _WHERE),
        Method("setMyCommands", profile.set_commands, {**_LIST, "commands": _any}),
        Method("getMyCommands", profile.commands, _LIST),
        Method("deleteMyCommands", profile.delete_commands, _LIST),
        *(
            Method(f"set{name}", partial(profile.set_text, field=field), {**_LANGUAGE, field: string})
            for name, field in profile.TEXTS.items()
        ),
        *(
            Method(f"get{name}", partial(profile.get_text, field=field), _LANGUAGE)
            for name, field in profile.TEXTS.items()
        ),
    )
}
