"""Our own getUpdates: every update is stored as it came before Telegram hears that it has arrived."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, Protocol

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.chat.gate import KINDS
from bot.domain.clock import Clock

__all__ = ["Poller", "Telegram", "chat_of"]

HOLD: Final = 25
"""Seconds that Telegram waits for something to happen before it answers that nothing did."""
_SLACK: Final = 15.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_TOO_QUICK: Final = timedelta(seconds=1)
_BIGGEST: Final = 2**63
_log = structlog.get_logger("poller")

Row = tuple[int, int, Mapping[str, Any]]


class Telegram(ExtBot[None]):
    """The library's bot, with a harmless name for itself, and with updates as they came over the wire."""

    def __repr__(self) -> str:
        return "Telegram()"

    async def raw_updates(self, offset: int | None, hold: int) -> list[Any]:
        """Return what waits behind the offset, unparsed; wait up to `hold` seconds for the first; raise TelegramError."""
        asked: dict[str, Any] = {"timeout": hold, "allowed_updates": list(KINDS)}
        if offset is not None:
            asked["offset"] = offset
        found = await self._do_post("getUpdates", asked, read_timeout=hold + _SLACK)
        if not isinstance(found, list):
            raise TelegramError("getUpdates gave no list")
        return found


class Store(Protocol):
    """Where updates go."""

    async def store(self, updates: Sequence[Row]) -> None:
        """Keep (update_id, chat, body) rows for good, all or none."""
        ...


class Poller:
    """
    Asks for updates until it is stopped, whatever Telegram answers.

    The offset lives in memory, absent at start, and is dropped as soon as an empty answer shows that nothing is left
    to confirm: after a silent week ids begin anew, perhaps below it.
    """

    name = "poll"

    def __init__(
        self,
        bot: Telegram,
        inbox: Store,
        clock: Clock,
        beat: Callable[[str], Awaitable[None]] | None = None,
        *,
        hold: int = HOLD,
    ) -> None:
        self._bot, self._inbox, self._clock, self._beat, self._hold = bot, inbox, clock, beat, hold
        self._offset: int | None = None
        self._stopped = asyncio.Event()
        self._asking: asyncio.Task[list[Any]] | None = None

    async def run(self) -> None:
        """Poll until stop(); whatever goes wrong is logged, and tried again after a while."""
        failures = 0
        while not self._stopped.is_set():
            try:
                await self.once()
            except Exception as error:  # noqa: BLE001 - a bot that stopped listening would look alive
                pause = _pause(error, failures)
                failures += 1
                _log.warning("no updates", why=_why(error), again_in=pause)
                await self._clock.wait(self._stopped, pause)
            else:
                failures = 0

    async def once(self) -> None:
        """Ask once, store what came, and only then confirm it by the next offset."""
        begun = self._clock.now()
        found = await self._ask()
        if found is None:
            return
        await self._keep(found)
        if self._beat is not None:
            await self._beat(self.name)
        if not found and self._clock.now() - begun < _TOO_QUICK:  # somebody answers for Telegram, and does not wait
            await self._clock.wait(self._stopped, _FIRST_PAUSE)

    async def _keep(self, found: list[Any]) -> None:
        rows = [row for update in found if (row := _row(update)) is not None]
        if rows:
            await self._inbox.store(rows)
            self._offset = max(update_id for update_id, _, _ in rows) + 1
        elif found:
            raise TelegramError("updates without ids")
        else:
            self._offset = None

    def stop(self) -> None:
        """Ask no more; what Telegram was about to say is said again at the next start."""
        self._stopped.set()
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> list[Any] | None:
        """Return what Telegram has, or None where stop() came first."""
        self._asking = asyncio.create_task(self._bot.raw_updates(self._offset, self._hold))
        try:
            return await self._asking
        except asyncio.CancelledError:
            if self._stopped.is_set():
                return None
            self._asking.cancel()
            raise
        finally:
            self._asking = None


def chat_of(update: Mapping[str, Any]) -> int:
    """Return the chat whose order an update keeps; 0 where it has none."""
    body: dict[str, Any] = next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {})
    message = body.get("message") if "callback_query" in update else body
    chat = message.get("chat") if isinstance(message, dict) else None
    found = chat.get("id") if isinstance(chat, dict) else None
    return found if type(found) is int and abs(found) < _BIGGEST else 0


def _row(update: Any) -> Row | None:
    """Return an update ready to be stored; None for what no Bot API would send."""
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if type(update_id) is not int or not 0 <= update_id < _BIGGEST:
        _log.error("an update without an id was dropped")
        return None
    return update_id, chat_of(update), update


def _pause(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * float(2 ** min(failures, 10)))


def _why(error: Exception) -> str:
    match error:
        case Conflict():
            return "another process takes this bot's updates, or a webhook does"
        case InvalidToken():
            return "Telegram does not know SMSBOT_TELEGRAM_TOKEN"
    return type(error).__name__
