"""The command line: `smsbot run|bot|worker|migrate|check|health|demo`. Exit 2 is a start that was refused, in one line."""

import argparse
import asyncio
import ctypes
import importlib
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import User
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot import app, logs
from bot.app import House, OldSchemaError
from bot.settings import Settings, SettingsError, load
from bot.storage import beats, migration
from bot.storage.engine import Database, SecondProcessError
from gateway import GatewayError, Reason, RejectedError

__all__ = ["main"]

ALIVE: Final = timedelta(seconds=60)
_FAILED, _REFUSED = 1, 2
_LARGE: Final = 1 << 16
_log = structlog.get_logger("main")

Finding = tuple[bool, str, str]
"""Whether it is well, what was tried, and what came of it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; `argv` is the command line without the program's name."""
    options, rest = _parser().parse_known_args(argv)
    if options.command == "demo":
        return int(importlib.import_module("bot.demo").main(rest))  # the sandbox is only loaded where it is wanted
    if rest:
        return _refuse(f"smsbot {options.command} does not know {' '.join(rest)}")
    try:
        _return_memory()
        settings = load()
        logs.configure(settings.log_level, settings.log_format, settings.secrets)
        return asyncio.run(_run(options, settings))
    except (SettingsError, SecondProcessError, OldSchemaError) as error:
        return _refuse(str(error))
    except (SQLAlchemyError, OSError) as error:
        _log.debug("database failed", exc_info=error)
        _refuse(f"SMSBOT_DATABASE_URL: the database does not work ({_kind(error)})")
    except Exception as error:  # noqa: BLE001 - the interpreter would print its message
        _log.critical("fell", exc_info=error)
    return _FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="smsbot", description="A Telegram front end to the SMS provider SMS2.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="the whole bot in one process")
    commands.add_parser("bot", help="the chat wing alone")
    commands.add_parser("worker", help="the sending wing alone")
    migrate = commands.add_parser("migrate", help="bring the database's schema up to date")
    migrate.add_argument("--write", metavar="MESSAGE", help="for developers: write the next revision from the tables")
    commands.add_parser("check", help="try the database, the gateway and Telegram, and say what is wrong")
    commands.add_parser("health", help="exit 0 if every loop on this host gave a sign of life within a minute")
    commands.add_parser("demo", help="the bot against the sandbox; --tour plays a conversation", add_help=False)
    return parser


def _return_memory() -> None:
    """Give freed documents and pictures back to the machine; glibc, left to itself, keeps the room of the largest for ever."""
    threshold, library = -3, ctypes.CDLL(None)  # M_MMAP_THRESHOLD; other C libraries have no such habit, and no mallopt
    if hasattr(library, "mallopt"):
        library.mallopt(threshold, _LARGE)


def _refuse(line: str) -> int:
    sys.stderr.write(f"smsbot: {line}\n")
    return _REFUSED


async def _run(options: argparse.Namespace, settings: Settings) -> int:
    match options.command:
        case "migrate":
            return await _migrate(settings, options.write)
        case "check":
            return await _check(settings)
        case "health":
            return await _health(settings)
        case role:
            await app.serve(app.build(settings), role, _asked_to_end())
            return 0


def _asked_to_end() -> asyncio.Event:
    """Return an event that SIGTERM or SIGINT sets; a second one of them ends the process at once."""
    until, loop = asyncio.Event(), asyncio.get_running_loop()

    def end(number: int) -> None:
        loop.remove_signal_handler(number)
        until.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end, number)
    return until


async def _migrate(settings: Settings, message: str | None) -> int:
    database = app.build(settings).database
    try:
        database.occupy()
        await migration.migrate(database)
        if message is not None:
            async with database.write() as tx:
                await tx.conn.run_sync(migration.write_revision, message)
    finally:
        await database.close()
    return 0


async def _health(settings: Settings) -> int:
    house = app.build(settings)
    if (missing := _missing_file(house.database)) is not None:
        return _tell([(False, "health", missing)])
    try:
        async with house.database.read() as tx:
            seen = {name: tx.now - at for name, at in (await beats.all_of(tx)).items() if f"@{app.host()}:" in name}
    finally:
        await house.database.close()
    late = [f"{name} {int(age.total_seconds())} s ago" for name, age in sorted(seen.items()) if age > ALIVE]
    if not seen:
        return _tell([(False, "health", "nothing runs on this host")])
    return _tell([(not late, "health", ", ".join(late) or f"{len(seen)} loops are alive")])


async def _check(settings: Settings) -> int:
    house = app.build(settings)
    findings = [await _database(house), await _gateway(house)]
    try:
        findings += [finding async for finding in _telegram(house)]
    finally:
        await house.bot.shutdown()
        await house.database.close()
    return _tell(findings)


async def _database(house: House) -> Finding:
    if (missing := _missing_file(house.database)) is not None:
        return (True, "database", f"{missing}: the first start makes it")
    try:
        current = await migration.current(house.database)
    except (SQLAlchemyError, OSError) as error:
        return (False, "database", f"SMSBOT_DATABASE_URL does not work: {_kind(error)}")
    if current:
        return (True, "database", "the schema is up to date")
    at_start = "the schema is brought up to date at the next start"
    return (True, "database", at_start) if house.database.is_file else (False, "database", str(OldSchemaError()))


def _missing_file(database: Database) -> str | None:
    path = database.url.database
    missing = database.is_file and path is not None and not Path(path).exists()
    return f"there is no file {path} yet" if missing else None


async def _gateway(house: House) -> Finding:
    try:
        async with app.gateway(house) as client:
            balance = await client.balance()
    except RejectedError as error:
        login = error.reason is Reason.AUTHENTICATION_FAILURE
        told = (
            "SMSBOT_GATEWAY_USER or SMSBOT_GATEWAY_PASSWORD is wrong" if login else f"it answered {error.reason.name}"
        )
        return (False, "gateway", told)
    except GatewayError as error:
        return (False, "gateway", f"SMSBOT_GATEWAY_URL gives no answer: {type(error).__name__}")
    return (True, "gateway", f"balance {balance.balance}, {balance.available} can be spent")


async def _telegram(house: House) -> AsyncIterator[Finding]:
    try:
        await house.bot.initialize()
    except InvalidToken:
        yield (False, "telegram", "Telegram does not know SMSBOT_TELEGRAM_TOKEN")
        return
    except TelegramError as error:
        yield (False, "telegram", f"SMSBOT_TELEGRAM_API_URL gives no answer: {type(error).__name__}")
        return
    yield (True, "telegram", _introduction(house.bot.bot))
    for owner in sorted({*house.settings.owners, *await _owners(house)}):
        yield await _owner(house, owner)


def _introduction(me: User) -> str:
    if me.can_read_all_group_messages:
        return f"@{me.username}; privacy mode is off: in groups it hears everything"
    return f"@{me.username}; privacy mode is on: in groups it hears commands, replies and presses"


async def _owners(house: House) -> list[int]:
    """Return the owners of the database, as far as there is one that can be read."""
    found: list[int] = []
    with suppress(SQLAlchemyError, OSError):
        if _missing_file(house.database) is None:
            async with house.unit.reading() as services:
                found = [admin.user_id for admin in await services.people.everyone() if admin.role == "owner"]
    return found


async def _owner(house: House, owner: int) -> Finding:
    try:
        await house.bot.get_chat(owner)
    except (BadRequest, Forbidden):
        return (False, "telegram", f"owner {owner} has never pressed Start: the bot cannot write to him")
    except TelegramError as error:
        return (False, "telegram", f"owner {owner}: {type(error).__name__}")
    return (True, "telegram", f"owner {owner} can be reached")


def _kind(error: Exception) -> str:
    """Name what went wrong by the driver's own class, which says more than its wrapper's."""
    return type(error.__cause__ or error).__name__


def _tell(findings: Sequence[Finding]) -> int:
    for well, what, told in findings:
        sys.stdout.write(f"{'ok' if well else 'FAIL':4} {what:8} {told}\n")
    return 0 if all(well for well, _, _ in findings) else _FAILED


if __name__ == "__main__":
    sys.exit(main())
