import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

import httpx
import pytest

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.sms2_client import Clock, Sms2Client

_THINGS = "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)"


def _add_twice(store: Store) -> None:
    for _ in range(2):
        store.write("INSERT INTO things (name) VALUES ('x')")


def _add_twice_inside(store: Store) -> None:
    for _ in range(2):
        with store.transaction():
            store.write("INSERT INTO things (name) VALUES ('x')")


async def _send_one(path: Path, clock: Clock, text: str) -> str:
    store = Store(path, clock)
    async with serve(store) as url, httpx.AsyncClient(base_url=url, trust_env=False) as http:
        answer = await Sms2Client(http).send(message=text)
    store.close()
    return answer


def test_ids_go_on_after_the_newest_row_is_gone(state: Path) -> None:
    for expected in (1, 2, 3):
        store = Store(state)
        store.script(_THINGS)
        assert store.write("INSERT INTO things (name) VALUES ('x')") == expected
        store.write("DELETE FROM things")
        store.close()


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    store.script(_THINGS)
    with pytest.raises(sqlite3.IntegrityError), store.transaction():
        _add_twice(store)
    assert store.read("SELECT * FROM things") == []


def test_an_inner_transaction_falls_with_the_outer_one(store: Store) -> None:
    store.script(_THINGS)
    with pytest.raises(sqlite3.IntegrityError), store.transaction():
        _add_twice_inside(store)
    assert store.read("SELECT * FROM things") == []


def test_violations_are_remembered_with_their_time_until_forgiven(state: Path, clock: Clock) -> None:
    first = Store(state, clock)
    first.violation("sms.cgi", "unknown parameter to")
    first.close()
    second = Store(state, clock)
    assert second.violations() == [{"id": 1, "at": clock.now, "where": "sms.cgi", "what": "unknown parameter to"}]
    second.forgive()
    assert second.violations() == []
    second.close()


def test_background_work_is_stopped_while_the_store_is_still_open(state: Path) -> None:
    store, seen = Store(state), []
    store.on_close(lambda: seen.append(store.violations()))
    store.close()
    assert seen == [[]]


async def test_state_survives_a_restart_and_message_ids_go_on(state: Path, clock: Clock) -> None:
    answers = [await _send_one(state, clock, text) for text in ("Раз", "Два", "Раз")]
    assert answers == [
        "Message successfully sent! Message_ID=27460",
        "Message successfully sent! Message_ID=27461",
        "Error: message duplication",
    ]


async def test_removed_base_phones_stay_removed_after_a_restart(state: Path, clock: Clock) -> None:
    answers = []
    for function in ("remove_phone_from_base", "is_phone_in_base"):
        store = Store(state, clock)
        async with serve(store) as url, httpx.AsyncClient(base_url=url, trust_env=False) as http:
            answers.append(await Sms2Client(http).function(function, base="VIP", phone="79161230001"))
        store.close()
    assert answers == ["Success", "No"]


async def test_the_process_serves_until_sigterm_and_fresh_forgets(state: Path) -> None:
    """Run without `--fresh` the process goes on where the last one ended; with it, it begins anew."""
    answers = [await _send_through_process(state, *flags) for flags in ((), (), ("--fresh",))]
    assert [answer.rpartition("=")[2] for answer in answers] == ["27460", "27461", "27460"]


async def _send_through_process(state: Path, *flags: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--state", str(state), *flags),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode()
        async with httpx.AsyncClient(base_url=line.split()[-1], trust_env=False) as http:
            count = len((await Sms2Client(http).state())["messages"])
            return await Sms2Client(http).send(message=f"Текст {count}")
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
