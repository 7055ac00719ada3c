"""Reply markup: inline and reply keyboards, their removal, forced replies; checked as the server checks them."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import as_json, boolean, only, string

__all__ = ["inline_only", "is_inline", "read"]

Markup = dict[str, Any]

_MOST_BUTTONS = 100
_MOST_IN_A_ROW = 8
_MOST_DATA = 64
_STYLES = ("", "default", "primary", "success", "danger")
_LOOKS: dict[str, Callable[[str, Any], Any]] = {"text": string, "style": string}
_INLINE_ACTIONS = ("url", "callback_data", "copy_text")
_REPLY_OPTIONS: dict[str, Callable[[str, Any], Any]] = {
    "resize_keyboard": boolean,
    "one_time_keyboard": boolean,
    "is_persistent": boolean,
    "selective": boolean,
    "input_field_placeholder": string,
}


def read(raw: Any, *, private: bool) -> Markup | None:
    """
    Check a `reply_markup` and give it in its JSON shape; None where it amounts to none (an empty keyboard).

    `private`: contacts may be requested in private chats only. Raises `CallError`.
    """
    markup = as_json("reply keyboard markup", raw)
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    kinds = [kind for kind in ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply") if kind in markup]
    match kinds:
        case ["inline_keyboard"]:
            return _inline(markup)
        case ["keyboard"]:
            return _reply(markup, private=private)
        case ["remove_keyboard"]:
            only("ReplyKeyboardRemove", markup, ("remove_keyboard", "selective"))
            return markup if boolean("remove_keyboard", markup["remove_keyboard"]) else None
        case ["force_reply"]:
            return _force(markup)
    only("reply_markup", markup, ())
    return None


def is_inline(markup: Markup | None) -> bool:
    """Tell inline keyboards, the only markup that belongs to the message itself."""
    return markup is not None and "inline_keyboard" in markup


def inline_only(markup: Markup | None) -> Markup | None:
    """Refuse what cannot be set by an edit."""
    if markup is not None and not is_inline(markup):
        raise bad_request("Inline keyboard expected")
    return markup


def _inline(markup: Markup) -> Markup | None:
    only("InlineKeyboardMarkup", markup, ("inline_keyboard",))
    what = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    rows = [[_inline_button(button) for button in row] for row in _rows(markup["inline_keyboard"], what)]
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    only("InlineKeyboardButton", button, (*_LOOKS, *_INLINE_ACTIONS))
    _looks(button, "inline keyboard button")
    actions = [name for name in _INLINE_ACTIONS if button.get(name)]
    if not actions:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if len(string("callback_data", button.get("callback_data", "")).encode()) > _MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button:
        _copy_text(button["copy_text"])
    return button


def _copy_text(target: Any) -> None:
    if not isinstance(target, dict):
        raise bad_request('Can\'t parse inline keyboard button: Field "copy_text" must be of type Object')
    only("CopyTextButton", target, ("text",))
    if not 1 <= len(string("text", target.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply(markup: Markup, *, private: bool) -> Markup | None:
    only("ReplyKeyboardMarkup", markup, ("keyboard", *_REPLY_OPTIONS))
    rows = _rows(markup["keyboard"], 'Field "keyboard" must be an Array of Arrays')
    options = {name: check(name, markup[name]) for name, check in _REPLY_OPTIONS.items() if name in markup}
    keyboard = [[_reply_button(button, private=private) for button in row] for row in rows]
    return {"keyboard": keyboard, **options} if rows else None


def _reply_button(button: Any, *, private: bool) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    only("KeyboardButton", button, (*_LOOKS, "request_contact"))
    _looks(button, "keyboard button")
    if boolean("request_contact", button.get("request_contact", False)) and not private:
        raise bad_request("Phone number can be requested in private chats only")
    return button


def _looks(button: dict[str, Any], what: str) -> None:
    if "text" not in button:
        raise bad_request(f"Can't parse {what}: Can't find field \"text\"")
    if not string("text", button["text"]):
        raise bad_request(f"{what.capitalize()} text must be non-empty")
    if string("style", button.get("style", "")) not in _STYLES:
        raise bad_request(f"Can't parse {what}: invalid button style specified")


def _force(markup: Markup) -> Markup | None:
    only("ForceReply", markup, ("force_reply", "selective", "input_field_placeholder"))
    if len(string("input_field_placeholder", markup.get("input_field_placeholder", ""))) > 64:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_TOO_LONG")
    return markup if boolean("force_reply", markup["force_reply"]) else None


def _rows(raw: Any, complaint: str) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request(complaint)
    rows = [row for row in raw if row]
    if sum(len(row) for row in rows) > _MOST_BUTTONS or any(len(row) > _MOST_IN_A_ROW for row in rows):
        raise bad_request("Reply markup is too long")
    return rows
