"""The gate: every kind of update is checked by person, and commands are listed for those who may give them."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from telegram import Update
from telegram.request import HTTPXRequest

from bot.chat.commands import allowed
from bot.chat.gate import KINDS, enter
from bot.chat.menus import MenuLane
from bot.chat.poller import Telegram
from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.models import Admin
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import cards, people
from bot.storage.engine import Database
from bot.storage.tables import cards as card_table
from bot.storage.tables import notices
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.store import Store
from tests.sandbox.telegram_client import IVAN, MARIA, PETR, TOKEN
from tests.sandbox.telegram_client import Telegram as People
from tests.times import ManualClock

GROUP = -1001234567890
_BOT = {"id": 100, "is_bot": True, "first_name": "Bot"}


def person(user_id: int, **more: Any) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "Иван", "last_name": "П.", "language_code": "ru", **more}


def chat(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}


def body(kind: str, user: Mapping[str, Any], where: int, **more: Any) -> dict[str, Any]:
    """An update of this kind by this person, as Telegram sends it."""
    message = {"message_id": 5, "date": 0, "chat": chat(where), "text": "secret words"}
    match kind:
        case "callback_query":
            return {"id": "1", "from": user, "chat_instance": "1", "data": "x", "message": {**message, "from": _BOT}}
        case "my_chat_member":
            member = {"user": _BOT, "status": "member"}
            return {
                "from": user,
                "chat": chat(where),
                "date": 0,
                "old_chat_member": member,
                "new_chat_member": member,
                **more,
            }
    return {**message, "from": user, **more}


@pytest.fixture
async def staffed(unit: Unit) -> Unit:
    """Maria owns the bot, Ivan is an operator."""
    async with unit() as services:
        await services.people.ensure_owners([MARIA])
        await services.people.meet(IVAN, name="Иван", username="ivan", language_code="en")
        await services.people.admit(IVAN, Role.OPERATOR, MARIA)
    return unit


async def let(unit: Unit, kind: str, user: Mapping[str, Any], where: int | None = None, **more: Any) -> Admin | None:
    update = Update.de_json(
        {"update_id": 1, kind: body(kind, user, user["id"] if where is None else where, **more)}, None
    )
    async with unit() as services:
        return await enter(update, services)


async def told(database: Database) -> list[Any]:
    """Notices of strangers since the staff was complete."""
    async with database.read() as tx:
        found = await tx.conn.scalars(select(notices.c.args).where(notices.c.kind == "stranger"))
        return [args for args in found if args["user_id"] != IVAN]


@pytest.mark.parametrize("where", [IVAN, GROUP])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_admin_comes_in_by_every_kind_of_update(staffed: Unit, kind: str, where: int) -> None:
    """Known by the name he has today."""
    admin = await let(staffed, kind, person(IVAN), where)
    assert admin is not None
    assert (admin.user_id, admin.role, admin.name) == (IVAN, Role.OPERATOR, "Иван П.")


@pytest.mark.parametrize("where", [PETR, GROUP])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_stranger_comes_in_by_none(staffed: Unit, database: Database, kind: str, where: int) -> None:
    """Not even in a group full of admins; owners hear of him by his first message or press, and nothing he wrote."""
    assert await let(staffed, kind, person(PETR, username="petr"), where) is None
    assert await let(staffed, kind, person(PETR, username="petr"), where) is None
    notice = {"user_id": PETR, "name": "Иван П.", "username": "petr", "step": "notice"}
    wants_in = kind == "callback_query" or (kind, where) == ("message", PETR)  # talk in a group is no news
    assert await told(database) == ([notice] if wants_in else [])


@pytest.mark.parametrize("kind", KINDS)
async def test_whoever_was_shut_out_is_out_at_once_and_in_silence(staffed: Unit, database: Database, kind: str) -> None:
    async with database.write() as tx:
        await people.change(tx, IVAN, enabled=False)
    assert await let(staffed, kind, person(IVAN)) is None
    assert await told(database) == []


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_an_anonymous_group_admin_is_a_stranger_nobody_is_told_of(
    staffed: Unit, database: Database, kind: str
) -> None:
    """Whoever speaks as the group or as a channel could be anyone, even where the sender's id is an admin's."""
    for user in (person(1087968824, is_bot=True), person(IVAN)):
        assert await let(staffed, kind, user, GROUP, sender_chat=chat(GROUP)) is None
    assert await told(database) == []


async def test_bots_and_channels_are_strangers_nobody_is_told_of(staffed: Unit, database: Database) -> None:
    assert await let(staffed, "message", person(555, is_bot=True), GROUP) is None
    post = {"message_id": 1, "date": 0, "chat": {"id": GROUP, "type": "channel"}, "text": "news"}
    async with staffed() as services:
        assert await enter(Update.de_json({"update_id": 1, "channel_post": post}, None), services) is None
    assert await told(database) == []


async def test_a_kind_we_did_not_ask_for_is_turned_away(staffed: Unit) -> None:
    query = {"id": "1", "from": person(MARIA), "query": "x", "offset": ""}
    async with staffed() as services:
        assert await enter(Update.de_json({"update_id": 1, "inline_query": query}, None), services) is None


async def test_a_chat_that_was_out_of_reach_is_back_with_its_next_update(
    staffed: Unit, database: Database, time: ManualClock
) -> None:
    async with database.write() as tx:
        await cards.set_chat(tx, IVAN, parked=True)
    await let(staffed, "message", person(IVAN))
    async with database.read() as tx:
        row = await cards.chat_of(tx, IVAN)
    assert row is not None
    assert (row.parked, row.acted_at) == (False, time.now())


async def test_whoever_blocks_the_bot_is_not_back(staffed: Unit, database: Database) -> None:
    async with database.write() as tx:
        await cards.set_chat(tx, IVAN, parked=True)
    await let(
        staffed, "my_chat_member", person(IVAN), new_chat_member={"user": _BOT, "status": "kicked", "until_date": 0}
    )
    async with database.read() as tx:
        row = await cards.chat_of(tx, IVAN)
    assert row is not None
    assert row.parked is True


async def test_a_stranger_does_not_bring_a_group_back(staffed: Unit, database: Database) -> None:
    await let(staffed, "message", person(PETR), GROUP)
    async with database.read() as tx:
        assert await cards.chat_of(tx, GROUP) is None
        assert list(await tx.conn.scalars(select(card_table.c.chat).where(card_table.c.chat == GROUP))) == []


@pytest.fixture
def store(tmp_path: Path, time: ManualClock) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def telegram(store: Store) -> AsyncIterator[tuple[Telegram, People]]:
    async with serve(store) as url, httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        ends = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
        async with Telegram(TOKEN, base_url=f"{url}/bot", request=ends[0], get_updates_request=ends[1]) as bot:
            yield bot, People(http)


async def menu(seen: People, user: int) -> list[str]:
    shown = (await seen.see())["menus"]
    return next([one["command"] for one in it["commands"]] for it in shown if it["user"] == it["chat"] == user)


async def test_commands_are_listed_by_role_and_language(
    staffed: Unit, telegram: tuple[Telegram, People], time: ManualClock, bell: Bell, database: Database
) -> None:
    """Strangers are shown none; a change of role or language changes the list, and a removed admin's list goes."""
    bot, seen = telegram
    loop = Loop(MenuLane(staffed, bot), time, bell)
    for user in (MARIA, IVAN, PETR):
        await seen.do("say", user=user, text="/start")
    await loop.drain()
    assert await menu(seen, IVAN) == [command.name for command in allowed(Role.OPERATOR)]
    assert await menu(seen, PETR) == []
    async with database.write() as tx:
        await people.change(tx, IVAN, role=Role.VIEWER, language="ru")
    await loop.drain()
    assert await menu(seen, IVAN) == [command.name for command in allowed(Role.VIEWER)]
    async with database.write() as tx:
        await people.change(tx, IVAN, enabled=False)
    await loop.drain()
    assert await menu(seen, IVAN) == []
    assert await menu(seen, MARIA) == [command.name for command in allowed(Role.OWNER)]


async def test_a_list_that_telegram_refused_is_tried_again_later(
    staffed: Unit, telegram: tuple[Telegram, People], time: ManualClock, bell: Bell, store: Store
) -> None:
    """As that of an owner who has not yet pressed Start; nothing is asked twice in a minute, or without a change."""
    bot, seen = telegram
    loop = Loop(MenuLane(staffed, bot), time, bell)
    await seen.do("say", user=MARIA, text="/start")
    Faults(store).set("telegram", "setMyCommands", "forbidden", times=2)
    assert [await loop.drain(), await loop.drain()] == [3, 0]
    assert await menu(seen, MARIA) == []
    time.go(minutes=1)
    assert await loop.drain() == 2
    assert await menu(seen, MARIA) != []
    time.go(minutes=1)
    assert await loop.drain() == 0
