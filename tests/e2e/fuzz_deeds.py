"""What a crowd may do in its chats, drawn at random: sensible, senseless, forged. Each deed is a value that acts upon a house."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from PIL import Image

from bot.chat.routes import COMMANDS
from bot.chat.verbs import VERBS
from sandbox.telegram import actions
from sandbox.telegram.actions import ActionError
from sandbox.telegram.chats import Message
from sandbox.telegram.errors import CallError
from sandbox.telegram.params import Upload
from sandbox.telegram.people import BOT
from tests.e2e.house import GROUP, TOPIC, House

__all__ = ["DEEDS", "SENSIBLE", "Deed", "press_everything", "weighted"]

_T = TypeVar("_T")

SENSIBLE: Final = (
    *("79119876543", "8 911 987-65-44", "79119876545, 79119876546", "+7 911 987 65 47\n79119876548", "27460", "27461"),
    *("Привет", "Скидка 20 % до конца недели", "Ваш заказ готов", "Hello", "Cкидка", "Цена 100 ₽ 😊", "казино"),
    *("завтра в 10", "через 20 минут", "сейчас", "24.11 15:30", "10:00", "tomorrow at 9", "сегодня в 23:50"),
    *("VIP", "Клиенты", "Опт, розница", "Совет <ТСЖ> & Ко", "вип", "VIP 79119876543", "VIP завтра в 10 Скидка"),
    *("MyShop", "Clinic", "Магазин", "Europe/Berlin", "Москва", "Asia/Vladivostok", "22-09", "нет", "30", "500", "0"),
    *("79119876543 Ваш заказ готов", "79119876543, 79119876544 Привет", "Иван", "delivered", "за неделю", "Не то"),
)
_SENSELESS: Final = (
    *(
        "",
        " ",
        "\n",
        "\x00",
        "a\x00b",
        "\u200b",
        "\u202eабв",
        "\ufeff",
        "😊" * 300,
        "👩‍👩‍👧‍👦",
        "é" * 5,
        "﷽" * 100,
        "٣٤٥",
    ),
    *("²", "½", "Ⅷ", "१२", "9" * 30, "9" * 4096, "-1", "-0", "1e309", "NaN", "Infinity", "0x10", "1_000", "1,5"),
    *("0.005", "12345678901234567890 ₽", "через 99999999999 дней", "через 999999999 минут", "31.02.2027 25:61"),
    *("99:99", "29 февраля", "9999-12-31 23:59", "0-0", "24-24", "22-22", "вчера", "00:00", "в 10", "<b>жирно</b>"),
    *("</pre>&amp;", "{name} %s {0}", "_*[]()~`", "/", "//", "/send@", "@", "я" * 4096, "слово " * 600),
    *("79119876543\n" * 300, "🇷🇺" * 1000, "\r\n\r\n", "\t79119876543\t", "7911987654", "+", "Europe/../etc"),
)
_ARGS: Final = (
    *("", "0", "1", "2", "5", "9", "10", "-1", "+1", "1001", "1002", "1003", "1004", "1005", "1003/owner"),
    *("owner", "operator", "viewer", "ru", "en", "xx", "text", "phones", "sender", "zone", "undo", "quiet", "money"),
    *("days", "yes", "all", "a/b/c", "///", "9" * 18, "9" * 19, "9" * 24, "00", "-", "_", "1/1", "2026-11-25"),
    *("10/00", "balance", "state", "person", "1004/operator"),
)
_SERVICE: Final[tuple[dict[str, Any], ...]] = (
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"new_chat_title": "Другое имя"},
    {"location": {"latitude": 55.75, "longitude": 37.62}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    {"voice": {"file_id": "F", "file_unique_id": "U", "file_size": 10, "duration": 1}},
    {"document": {"file_id": "gone", "file_unique_id": "U", "file_name": "gone.csv", "file_size": 10}},
    {"photo": [{"file_id": "gone", "file_unique_id": "U", "width": 1, "height": 1}]},
    {},
)
_CONTACTS: Final[tuple[dict[str, Any], ...]] = (
    {"phone_number": "+7 911 987-65-43", "first_name": "Анна"},
    {"phone_number": "79110001001", "first_name": "Я", "user_id": 1001},
    {"phone_number": "79110001002", "first_name": "Я", "user_id": 1002},
    {"phone_number": "", "first_name": ""},
    {"phone_number": "112", "first_name": "<b>"},
    {
        "phone_number": "79119876543",
        "first_name": "А",
        "vcard": "BEGIN:VCARD\nFN:А\nTEL:+79119876543\nTEL:+79119876544\nEND:VCARD",
    },
    {"phone_number": "+1 202 555 0100", "first_name": "X", "vcard": "BEGIN:VCARD\nTEL"},
)
_PLACES: Final = ((0, 0), (0, 0), (0, 0), (GROUP, 0), (GROUP, TOPIC))
_OLDEST: Final = 12
"""How far up people scroll to press."""
_SHOWN: Final = 40


def _png() -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((64, 48)).save(file, "PNG")
    return file.getvalue()


_FILES: Final = (
    ("клиенты.csv", "text/csv", "phone;name\n79990000001;А\n79990000002;Б\n8911;мало\n".encode("cp1251")),
    ("list.txt", "text/plain", b"79990000003\n79990000004\n\x00\xff\n"),
    ("anna.vcf", "text/vcard", "BEGIN:VCARD\nVERSION:3.0\nFN:Анна\nTEL:+79990000005\nEND:VCARD\n".encode()),
    ("broken.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04broken"),
    ("empty.csv", "text/csv", b""),
    ("menu.png", "image/png", _png()),
    ("broken.jpg", "image/jpeg", b"\xff\xd8broken"),
    ("archive.zip", "application/zip", b"PK"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Deed:
    """One thing that somebody does somewhere; `nth` and `more` choose among what stands on the screen."""

    kind: str
    who: int
    place: tuple[int, int] = (0, 0)
    text: str = ""
    nth: int = 0
    more: int = 0

    def __repr__(self) -> str:
        """Tell a long text by its beginning."""
        text = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…{len(self.text)}"
        return f"{self.kind}({self.who}, {self.place}, {text!r}, {self.nth}, {self.more})"

    async def act(self, house: House, crowd: Sequence[int]) -> None:
        """Do it, if Telegram lets this person."""
        user = crowd[self.who % len(crowd)]
        chat, thread = self.place
        with suppress(ActionError, CallError):
            await _ACTS[self.kind](self, house, user, chat or user, thread)


async def _say(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    actions.say(house.world, user, chat, deed.text or "…", thread=thread)


async def _reply(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    if (message := _pick(_bots(house, chat), deed.nth)) is not None:
        actions.say(house.world, user, chat, deed.text or "…", thread=message.thread, reply_to=message.message_id)


async def _forward(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Отдел", "date": int(house.time.now().timestamp())}
    actions.forward(house.world, user, chat, deed.text[:4096] or "…", origin, thread=thread)


async def _press(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    """Press what is on the screen; sometimes twice."""
    seen = [one for one in _bots(house, chat) if one.deleted is None and _datas(one.markup)]
    if (message := _pick(seen, deed.nth)) is not None:
        buttons = _datas(message.markup)
        for _ in range(1 + (deed.more % 5 == 0)):
            actions.press(house.world, user, chat, message.message_id, buttons[deed.more % len(buttons)], forge=True)


def press_everything(house: House, user: int, chat: int) -> int:
    """Press every button that stands in a chat; return how many there were."""
    presses = [(message.message_id, data) for message in _bots(house, chat) for data in _datas(message.markup)]
    for message_id, data in presses:
        actions.press(house.world, user, chat, message_id, data, forge=True)
    return len(presses)


async def _press_old(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    """Press what a message showed before, or what stands in another chat."""
    if (message := _pick(_bots(house, chat), deed.nth)) is None:
        return
    where = chat if deed.more % 3 else (GROUP, *house.world.rooms.groups(), 1001)[deed.more % 2]
    found = [data for one in _bots(house, where)[-_OLDEST:] for data in _history(house, one)]
    if found:
        actions.press(house.world, user, chat, message.message_id, found[deed.more % len(found)], forge=True)


async def _forge(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    """Press any verb, with any argument, upon a card and version that are there; `text`: verb and argument."""
    if (message := _pick(_bots(house, chat), deed.nth)) is None:
        return
    known = [data.split(".") for data in _datas(message.markup) if data.count(".") == 3]
    verb, _, arg = deed.text.partition(" ")
    card, version = (known[0][1], known[0][2]) if known else (str(deed.more), "1")
    if known and deed.more % 4 == 0:
        arg = known[deed.more % len(known)][3]
    actions.press(house.world, user, chat, message.message_id, f"{verb}.{card}.{version}.{arg}"[:64], forge=True)


async def _forge_any(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    if (message := _pick(_bots(house, chat), deed.nth)) is not None:
        actions.press(house.world, user, chat, message.message_id, deed.text or "-", forge=True)


async def _contact(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    content = {"contact": _CONTACTS[deed.nth % len(_CONTACTS)]}
    actions.send(house.world, user, chat, content, thread=thread)


async def _other(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    actions.send(house.world, user, chat, dict(_SERVICE[deed.nth % len(_SERVICE)]), thread=thread)


async def _file(deed: Deed, house: House, user: int, chat: int, thread: int) -> None:
    name, mime, content = _FILES[deed.nth % len(_FILES)]
    photo = name == "menu.png" and deed.more % 2 == 0
    caption = deed.text[:1024]
    actions.upload(house.world, user, chat, Upload(name, mime, content), caption=caption, photo=photo, thread=thread)


async def _edit(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    mine = [one for one in house.world.chats.all(chat) if one.sender == user and "text" in one.content]
    if (message := _pick(mine, deed.nth)) is not None:
        actions.edit(house.world, user, chat, message.message_id, deed.text or "…")


async def _raw(deed: Deed, house: House, user: int, chat: int, _thread: int) -> None:
    """Bring at the bot's own door what no app of Telegram's lets people write."""
    number = 2_000_000_000 + house.world.options.count("raw", 1)
    text = f"{deed.text[:100]}\ud83d \x00 {deed.text[:10]}\udc00"
    message = {
        "message_id": number,
        "date": int(house.time.now().timestamp()),
        "chat": house.world.rooms.chat(chat),
        "from": house.world.people.user(user),
        "text": text,
    }
    await house.bot.inbox.store([(number, chat, {"update_id": number, "message": message})])


async def _wait(deed: Deed, house: House, _user: int, _chat: int, _thread: int) -> None:
    """Time is the house's to move; see whoever plays the deeds."""


_ACTS: Final[dict[str, Callable[[Deed, House, int, int, int], Awaitable[None]]]] = {
    "say": _say,
    "reply": _reply,
    "forward": _forward,
    "press": _press,
    "press old": _press_old,
    "forge": _forge,
    "forge any": _forge_any,
    "contact": _contact,
    "other": _other,
    "file": _file,
    "edit": _edit,
    "raw": _raw,
    "wait": _wait,
}


def _bots(house: House, chat: int) -> list[Message]:
    return [one for one in house.world.chats.all(chat) if one.sender == BOT]


def _pick(found: Sequence[Message], nth: int) -> Message | None:
    """Return the nth newest."""
    return found[-1 - nth % min(len(found), _OLDEST)] if found else None


def _datas(markup: dict[str, Any] | None) -> list[str]:
    rows = (markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _history(house: House, message: Message) -> list[str]:
    return [data for version in house.world.chats.versions(message) for data in _datas(version.markup)]


def weighted(*choices: tuple[int, st.SearchStrategy[_T]]) -> st.SearchStrategy[_T]:
    """Draw from each as often as its weight says: what is named twice in a `one_of` counts once."""
    named = [one for weight, one in choices for _ in range(weight)]
    return st.integers(0, len(named) - 1).flatmap(lambda nth: named[nth])


_texts: Final = weighted(
    (2, st.sampled_from(SENSIBLE)),
    (1, st.sampled_from(_SENSELESS)),
    (1, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)),
)
_commands: Final = st.builds(
    lambda name, rest: f"/{name} {rest}".rstrip(),
    st.sampled_from([name for name, _, _ in COMMANDS]),
    weighted((3, _texts), (1, st.just(""))),
)
_forged: Final = st.builds(lambda verb, arg: f"{verb} {arg}", st.sampled_from(sorted(VERBS)), st.sampled_from(_ARGS))
_any_data: Final = st.one_of(
    st.from_regex(r"[a-z]{2,8}\.[0-9]{1,18}\.[0-9]{1,9}\.[a-z0-9/+_-]{0,24}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=16),
)
_NOTHING: Final = st.just("")
_few: Final = st.integers(0, 5)
_many: Final = st.integers(0, 60)


def _deed(kind: str, text: st.SearchStrategy[str] = _NOTHING) -> st.SearchStrategy[Deed]:
    return st.builds(Deed, st.just(kind), _few, st.sampled_from(_PLACES), text, _few, _many)


DEEDS: Final = weighted(
    (6, _deed("press")),
    (4, _deed("say", _commands)),
    (3, _deed("say", _texts)),
    (2, _deed("forge", _forged)),
    (1, _deed("press old")),
    (1, _deed("forge any", _any_data)),
    (1, _deed("reply", _texts)),
    (1, _deed("edit", weighted((1, _texts), (1, _commands)))),
    (1, _deed("forward", _texts)),
    (1, _deed("contact")),
    (1, _deed("other")),
    (1, _deed("file", _texts)),
    (1, _deed("raw", _texts)),
    (1, _deed("wait")),
)
