"""Who is an admin, who decides it, and what is kept of updates; on both databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.models import Admin, Place
from bot.domain.policy import Policy
from bot.services.inbox import Inbox
from bot.services.people.people import LANGUAGES, People, UnfitError, language_of
from bot.services.unit import Unit
from bot.storage import people
from bot.storage.engine import Database
from bot.storage.tables import cards, events, inbox, notices
from tests.times import NOON, ManualClock

OWNER, SECOND, STRANGER = 1001, 1002, 1003


@asynccontextmanager
async def door(unit: Unit) -> AsyncIterator[People]:
    async with unit() as services:
        yield services.people


async def found(database: Database, table: Any, *columns: str) -> list[Any]:
    async with database.read() as tx:
        rows = (await tx.conn.execute(select(*(table.c[name] for name in columns)))).all()
        return [tuple(row) if len(columns) > 1 else row[0] for row in rows]


@pytest.fixture
async def owned(unit: Unit) -> Unit:
    async with door(unit) as people:
        await people.ensure_owners([OWNER, SECOND])
    return unit


async def meet(unit: Unit, user_id: int = STRANGER) -> bool:
    async with door(unit) as people:
        return await people.meet(user_id, name="John Smith", username="john", language_code="en-GB")


async def test_an_owner_of_the_settings_is_inserted_once(owned: Unit, database: Database) -> None:
    async with door(owned) as people:
        await people.ensure_owners([OWNER, OWNER, SECOND])
        assert [(admin.user_id, admin.role) for admin in await people.everyone()] == [
            (OWNER, Role.OWNER),
            (SECOND, Role.OWNER),
        ]
    assert await found(database, events, "verb", "subject") == [("admit", OWNER), ("admit", SECOND)]


@pytest.mark.parametrize("change", [{"enabled": False}, {"role": Role.VIEWER}])
async def test_what_was_decided_of_an_owner_stands(owned: Unit, database: Database, change: dict[str, Any]) -> None:
    async with database.write() as tx:
        await people.change(tx, SECOND, **change)
    async with door(owned) as it:
        await it.ensure_owners([OWNER, SECOND])
        assert [admin.user_id for admin in await it.everyone() if admin.role is Role.OWNER] == [OWNER]


async def test_where_no_owner_is_left_those_of_the_settings_are_owners_again(owned: Unit, database: Database) -> None:
    """Else nobody could ever be let in."""
    async with database.write() as tx:
        await people.change(tx, OWNER, enabled=False)
        await people.change(tx, SECOND, role=Role.VIEWER)
    async with door(owned) as it:
        await it.ensure_owners([OWNER, SECOND])
        assert [(admin.user_id, admin.role) for admin in await it.everyone()] == [
            (OWNER, Role.OWNER),
            (SECOND, Role.OWNER),
        ]


async def test_owners_hear_of_a_stranger_once_ever(owned: Unit, database: Database) -> None:
    """One notice, one card in each owner's private chat, and nothing that the stranger wrote."""
    assert [await meet(owned), await meet(owned)] == [True, False]
    args = {"user_id": STRANGER, "name": "John Smith", "username": "john", "step": "notice"}
    assert await found(database, notices, "kind", "args") == [("stranger", args)]
    assert sorted(await found(database, cards, "chat", "reader")) == [(OWNER, OWNER), (SECOND, SECOND)]


async def test_a_disabled_admin_is_no_stranger(owned: Unit, database: Database) -> None:
    async with database.write() as tx:
        await people.change(tx, SECOND, enabled=False)
    assert await meet(owned, SECOND) is False
    assert await found(database, notices, "kind") == []


async def test_whoever_is_let_in_is_greeted_in_private_in_his_language(owned: Unit, database: Database) -> None:
    await meet(owned)
    async with door(owned) as it:
        admin = await it.admit(STRANGER, Role.OPERATOR, OWNER)
    assert admin == Admin(STRANGER, "John Smith", Role.OPERATOR, "en", "Europe/Moscow", None, None, enabled=True)
    start = {"first": True, "role": "operator", "zone": "Europe/Moscow"}
    assert ("start", start) in await found(database, notices, "kind", "args")
    assert (STRANGER, STRANGER) in await found(database, cards, "chat", "reader")
    assert (f"admin:{OWNER}", "admit", STRANGER, "operator") in await found(
        database, events, "actor", "verb", "subject", "target"
    )


@pytest.mark.parametrize("first", ["admit", "ignore"])
async def test_a_stranger_is_decided_on_once(owned: Unit, first: str) -> None:
    """The second owner's press finds the decision made, whichever it was."""
    await meet(owned)
    async with door(owned) as it:
        if first == "admit":
            assert await it.admit(STRANGER, Role.VIEWER, OWNER) is not None
        else:
            assert await it.ignore(STRANGER, OWNER)
    async with door(owned) as it:
        assert await it.admit(STRANGER, Role.OWNER, SECOND) is None
        assert await it.ignore(STRANGER, SECOND) is False
        known = await it.load(STRANGER)
    assert (known and known.role) == (Role.VIEWER if first == "admit" else None)


@pytest.mark.parametrize("change", [{"enabled": False}, {"role": Role.OPERATOR}])
async def test_only_an_enabled_owner_decides(owned: Unit, database: Database, change: dict[str, Any]) -> None:
    async with database.write() as tx:
        await people.change(tx, SECOND, **change)
    await meet(owned)
    async with door(owned) as it:
        assert await it.admit(STRANGER, Role.OWNER, SECOND) is None
        assert await it.admit(STRANGER, Role.OWNER, STRANGER) is None
        assert await it.ignore(STRANGER, SECOND) is False
        assert await it.admit(STRANGER, Role.VIEWER, OWNER) is not None


async def test_nobody_is_let_in_who_never_came(owned: Unit) -> None:
    async with door(owned) as it:
        assert await it.admit(STRANGER, Role.VIEWER, OWNER) is None
        assert await it.load(STRANGER) is None


async def test_an_admin_is_known_by_his_name_of_today(owned: Unit) -> None:
    """His language is Telegram's the first time, his own choice ever after."""
    async with door(owned) as it:
        first = await it.see(OWNER, name="Maria", language_code="en")
        await it.set(OWNER, language="ru")
        again = await it.see(OWNER, name="Мария", language_code="en")
    assert first is not None
    assert again is not None
    assert [(first.name, first.language), (again.name, again.language)] == [("Maria", "en"), ("Мария", "ru")]


async def test_a_name_as_long_as_telegram_allows_is_cut_to_what_the_table_holds(owned: Unit) -> None:
    async with door(owned) as it:
        seen = await it.see(OWNER, name="Ы" * 300, language_code=None)
    assert seen is not None
    assert seen.name == "Ы" * 200


async def test_settings_of_an_admin_are_checked_before_they_are_kept(owned: Unit) -> None:
    async with door(owned) as it:
        await it.set(OWNER, zone="Asia/Omsk")
        await it.set(OWNER, sender="Shop24")
        await it.set(OWNER, phone="79119876543")
        kept = await it.set(OWNER, language="en")
    assert kept == Admin(OWNER, "", Role.OWNER, "en", "Asia/Omsk", "Shop24", "79119876543", enabled=True)
    async with door(owned) as it:
        for setting, value in (
            ("language", "de"),
            ("zone", "Mars/Olympus"),
            ("zone", "/etc/passwd"),
            ("sender", "Магазин"),
            ("phone", "89119876543"),
        ):
            with pytest.raises(UnfitError):
                await it.set(OWNER, **{setting: value})
        assert await it.load(OWNER) == kept


@given(
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["ru", "uk", "be", "kk", "en", "de", "pt-BR", "RU-ru"]))
)
def test_every_language_code_leads_to_a_language_of_ours(code: str | None) -> None:
    assert language_of(code) in ({None} if not code else set(LANGUAGES))


@pytest.mark.parametrize(("code", "language"), [("ru", "ru"), ("uk", "ru"), ("be", "ru"), ("kk", "ru"), ("fr", "en")])
def test_whoever_reads_russian_gets_it(code: str, language: str) -> None:
    assert language_of(code) == language


def box(database: Database, policy: Policy, bell: Bell) -> Inbox:
    return Inbox(database, policy, bell)


async def test_an_update_that_comes_again_is_kept_once(database: Database, policy: Policy, bell: Bell) -> None:
    it = box(database, policy, bell)
    await it.store([(7, 1, {"update_id": 7, "try": 1})])
    await it.store([(7, 1, {"update_id": 7, "try": 2}), (8, 1, {"update_id": 8})])
    assert await found(database, inbox, "update_id", "body") == [(7, {"update_id": 7, "try": 1}), (8, {"update_id": 8})]


async def test_what_a_database_cannot_hold_keeps_no_update_out(database: Database, policy: Policy, bell: Bell) -> None:
    """PostgreSQL's JSON knows neither NUL, nor half a surrogate pair, nor NaN."""
    await box(database, policy, bell).store(
        [(7, 1, {"text\x00": "a\x00b\ud83d", "n": [float("nan"), 1.5, None, True]})]
    )
    assert await found(database, inbox, "body") == [{"text": "ab", "n": [None, 1.5, None, True]}]


async def test_handled_updates_are_forgotten_after_three_days(
    database: Database, policy: Policy, bell: Bell, time: ManualClock
) -> None:
    """What is still to be handled never is."""
    it = box(database, policy, bell)
    await it.store([(1, 1, {}), (2, 2, {})])
    async with it.turn(1) as turn:
        assert turn is not None
    time.go(days=3, seconds=1)
    await it.store([(3, 1, {})])
    assert await found(database, inbox, "update_id", "state") == [(2, "new"), (3, "new")]


async def test_what_waits_is_named_by_chat_oldest_first(database: Database, policy: Policy, bell: Bell) -> None:
    """Chats that the caller has in hand are left out; their later updates do not bring them back."""
    it = box(database, policy, bell)
    await it.store([(n, chat, {}) for n, chat in enumerate((3, 1, 3, 2, 1))])
    assert await it.waiting(10, ()) == [3, 1, 2]
    assert await it.waiting(2, {3}) == [1, 2]


async def test_a_chat_waits_while_its_oldest_update_rests(
    database: Database, policy: Policy, bell: Bell, time: ManualClock
) -> None:
    """A later update never overtakes one that failed."""
    it = box(database, policy, bell)
    await it.store([(1, 1, {}), (2, 1, {})])
    (first, _) = await found(database, inbox, "id")
    for _ in range(2):
        assert await it.failed(first, "KeyError", "A7F2", None, Place(1)) is False
    assert (await it.waiting(10, ()), await it.next_due(())) == ([], NOON + timedelta(seconds=1))
    time.go(1)
    assert await it.waiting(10, ()) == [1]
    async with it.turn(1) as turn:
        assert turn is not None
        assert turn.update_id == 1
