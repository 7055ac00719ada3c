"""The composition root: what there is, and how it is put together. Nothing is built anywhere else, nothing at import."""

import asyncio
import os
import socket
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
import structlog
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes, Defaults
from telegram.request import HTTPXRequest

from bot.chat import routes
from bot.chat.cards.toasts import card_below
from bot.chat.context import App, Context
from bot.chat.documents import DocumentsLane
from bot.chat.downloads import DownloadLane
from bot.chat.inbox import InboxLane
from bot.chat.look import look
from bot.chat.menus import MenuLane
from bot.chat.pictures import PictureLane
from bot.chat.poller import HOLD, Poller, Telegram
from bot.chat.posting import CardsLane
from bot.domain.bell import Bell
from bot.domain.clock import Clock, SystemClock
from bot.domain.models import Card
from bot.domain.policy import Policy
from bot.lanes import IDLE_SECONDS, Lane, Loop, run_together
from bot.services.inbox import Inbox
from bot.services.unit import Services, Unit
from bot.settings import Settings
from bot.storage import beats, migration
from bot.storage.engine import Database
from bot.worker.approvals import ApprovalLane
from bot.worker.asking import AskLane
from bot.worker.cleaning import CleanLane
from bot.worker.fitting import FitLane
from bot.worker.gathering import GatherLane
from bot.worker.handover import HandOverLane
from bot.worker.importing import AddLane, ReadLane
from bot.worker.sending import SendLane
from bot.worker.tracking import TrackLane
from bot.worker.watching import WatchLane
from gateway import Gateway

__all__ = ["House", "OldSchemaError", "build", "chat_lanes", "gateway", "host", "prepare", "serve", "worker_lanes"]

CHAT: Final = ("poll", "inbox", "cards", "menus", "documents", "downloads", "pictures")
WORKER: Final = (
    *("dispatch", "handover", "track", "requests", "reading", "imports", "gathering", "fitting", "approvals"),
    *("watch", "cleaning"),
)
ROLES: Final = {"run": (*CHAT, *WORKER), "bot": CHAT, "worker": WORKER}
_BEAT: Final = timedelta(seconds=10)
_ALONE: Final = 5.0
"""Seconds of idleness of a loop that hears every bell: the one process that has the database file."""
_FREE_CALLS: Final = 30
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_log = structlog.get_logger("app")


class OldSchemaError(Exception):
    """The database is not at the schema of this version, and nobody has told us to change it."""

    def __init__(self) -> None:
        super().__init__("the database has another schema than this version: run smsbot migrate")


@dataclass(frozen=True, slots=True)
class House:
    """Everything that both wings share, and the chat wing's ends; nothing is open yet."""

    settings: Settings
    policy: Policy
    clock: Clock
    bell: Bell
    database: Database
    unit: Unit
    inbox: Inbox
    bot: Telegram
    application: App
    hold: int
    gateway_transport: httpx.AsyncBaseTransport | None


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    telegram_transport: httpx.AsyncBaseTransport | None = None,
    gateway_transport: httpx.AsyncBaseTransport | None = None,
    hold: int = HOLD,
) -> House:
    """Put the house together; `hold` is how many seconds Telegram may wait with an empty answer."""
    policy, bell, clock = settings.policy, Bell(), clock or SystemClock()
    database = Database(settings.database_url.get_secret_value(), clock)
    bot = _telegram(settings, telegram_transport)
    return House(
        settings=settings,
        policy=policy,
        clock=clock,
        bell=bell,
        database=database,
        unit=Unit(database, policy, bell),
        inbox=Inbox(database, policy, bell),
        bot=bot,
        application=_application(bot),
        hold=hold,
        gateway_transport=gateway_transport,
    )


def gateway(house: House) -> Gateway:
    """Make a client of the provider, to be entered."""
    settings = house.settings
    return Gateway(
        settings.gateway_url,
        settings.gateway_user,
        settings.gateway_password.get_secret_value(),
        charset=settings.gateway_charset,
        timezone=settings.gateway_timezone.key,
        max_connections=house.policy.send_slots + _FREE_CALLS,
        transport=house.gateway_transport,
    )


def chat_lanes(house: House) -> tuple[InboxLane, CardsLane, MenuLane, DocumentsLane, DownloadLane, PictureLane]:
    """Make the lanes of the chat wing."""
    cards = CardsLane(house.unit, house.bot, look, house.policy, below=_below)
    inbox, menus = InboxLane(house.inbox, house.application), MenuLane(house.unit, house.bot)
    documents, downloads = DocumentsLane(house.unit, house.bot), DownloadLane(house.unit, house.bot)
    return inbox, cards, menus, documents, downloads, PictureLane(house.unit, house.bot)


def worker_lanes(house: House, client: Gateway) -> tuple[Lane[Any, Any], ...]:
    """Make the lanes of the worker wing, on an entered client."""
    send, hand = SendLane(house.unit, client, house.policy), HandOverLane(house.unit, client, house.policy)
    read, add, gather = ReadLane(house.unit), AddLane(house.unit, client), GatherLane(house.unit, client)
    track, ask = TrackLane(house.unit, client), AskLane(house.unit, client)
    approve, watch = ApprovalLane(house.unit, house.policy), WatchLane(house.unit, client)
    return send, hand, track, ask, read, add, gather, FitLane(house.unit), approve, watch, CleanLane(house.unit)


async def prepare(house: House) -> None:
    """Make the database ready for a start; raise SecondProcessError or OldSchemaError."""
    house.database.occupy()
    if house.database.is_file:
        await migration.migrate(house.database)
    elif not await migration.current(house.database):
        raise OldSchemaError
    async with house.unit() as services:
        await services.people.ensure_owners(house.settings.owners)
        await services.watch.begin()
        await services.cleaning.begin()


async def serve(house: House, role: str, until: asyncio.Event) -> None:
    """Run the wings of a role (run, bot, worker) until the event, then let what is in flight end, and close."""
    pulse = _Pulse(house, role)
    try:
        await prepare(house)
        await pulse.begin()
        _log.info("started", role=role)
        await asyncio.gather(*(_watched(house, wing, pulse, until) for wing in _WINGS[role]))
        await pulse.end()
    finally:
        await house.database.close()
    _log.info("ended", role=role)


def host() -> str:
    """Return the name under which this machine's signs of life are kept."""
    return socket.gethostname()[:40]


class _Pulse:
    """Signs of life of one process, each loop's at most every ten seconds."""

    def __init__(self, house: House, role: str) -> None:
        self._database, self._clock, self._names = house.database, house.clock, ROLES[role]
        self._prefix = f"{role}@{host()}:"
        self._last: dict[str, datetime] = {}

    async def begin(self) -> None:
        """Expect signs of every loop from now on."""
        async with self._database.write() as tx:
            for name in self._names:
                await beats.beat(tx, self._prefix + name)

    async def __call__(self, name: str) -> None:
        """Store that a loop went round."""
        now = self._clock.now()
        if name in self._last and now - self._last[name] < _BEAT:
            return
        async with self._database.write() as tx:
            await beats.beat(tx, self._prefix + name)
        self._last[name] = now

    async def end(self) -> None:
        """Expect none: the process ends as it should."""
        async with self._database.write() as tx:
            await beats.forget(tx, self._prefix)


_Wing = Callable[[House, _Pulse, asyncio.Event], Coroutine[None, None, None]]


async def _watched(house: House, wing: _Wing, pulse: _Pulse, until: asyncio.Event) -> None:
    """Run a wing again and again: whatever happens in one never ends the other."""
    while not until.is_set():
        try:
            await wing(house, pulse, until)
        except Exception:  # noqa: BLE001 - the other wing goes on, and this one gets up again
            _log.exception("a wing fell", wing=wing.__name__)
            await house.clock.wait(until, _FIRST_PAUSE)


async def _work(house: House, pulse: _Pulse, until: asyncio.Event) -> None:
    async with gateway(house) as client:
        await run_together(_loops(house, pulse, worker_lanes(house, client)), until)


async def _talk(house: House, pulse: _Pulse, until: asyncio.Event) -> None:
    lanes = inbox, *_ = chat_lanes(house)
    poller = Poller(house.bot, house.inbox, house.clock, pulse, hold=house.hold)
    try:
        if not await _introduce(house, until):
            return
        polling = asyncio.create_task(poller.run(), name=poller.name)
        try:
            await run_together(_loops(house, pulse, lanes), until)
        finally:
            poller.stop()
            await polling
            await inbox.close()
    finally:
        await house.application.shutdown()
        await house.bot.shutdown()  # also what an introduction that failed has opened


_WINGS: Final[dict[str, tuple[_Wing, ...]]] = {"run": (_talk, _work), "bot": (_talk,), "worker": (_work,)}


async def _introduce(house: House, until: asyncio.Event) -> bool:
    """Wait for Telegram, as long as it takes; False where the end came first."""
    pause = _FIRST_PAUSE
    while not until.is_set():
        try:
            await house.application.initialize()
        except TelegramError as error:
            _log.warning("Telegram is out of reach", why=type(error).__name__, again_in=pause)
            await house.clock.wait(until, pause)
            pause = min(_LONGEST_PAUSE, pause * 2)
        else:
            return True
    return False


def _loops(house: House, pulse: _Pulse, lanes: Sequence[Lane[Any, Any]]) -> list[Loop[Any, Any]]:
    idle = _ALONE if house.database.is_file else IDLE_SECONDS
    return [Loop(lane, house.clock, house.bell, pulse, idle=idle) for lane in lanes]


async def _below(services: Services, card: Card) -> str:
    return card_below((await services.views.reader(card)).language)


def _telegram(settings: Settings, transport: httpx.AsyncBaseTransport | None) -> Telegram:
    # Else the library gives intervals as numbers, with a warning each time.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    base = settings.telegram_api_url
    return Telegram(
        settings.telegram_token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=_request(base, transport, connections=64),
        get_updates_request=_request(base, transport, connections=2),
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
    )


def _request(base: str, transport: httpx.AsyncBaseTransport | None, *, connections: int) -> HTTPXRequest:
    # A proxy of the environment is for the way out, never for a Bot API on this machine.
    local = httpx.URL(base).host in ("127.0.0.1", "localhost", "::1")
    options = {"trust_env": not local} if transport is None else {"transport": transport}
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=10.0,
        read_timeout=15.0,
        write_timeout=15.0,
        pool_timeout=15.0,
        httpx_kwargs=options,
    )


def _application(bot: Telegram) -> App:
    builder = Application.builder().bot(bot).updater(None).job_queue(None)
    application: App = builder.context_types(ContextTypes(context=Context)).build()
    routes.install(application)
    return application
