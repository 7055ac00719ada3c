"""The stages of the killed stories: who acts at the far ends, and how it is seen there what became of the message."""

import asyncio
import itertools
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import func, select

from bot.storage import tables
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.sms2 import accounts, calls
from sandbox.store import Store
from sandbox.telegram import world
from tests.e2e.kill_trials import Bench
from tests.e2e.referee import Told, Verdict, judge
from tests.e2e.screen import Chat, Seen

OWNER = 1001
CONFIRM = "Отправить"
_ENDS = {"✅ Доставлено": "delivered", "❓ Исход неизвестен": "in_doubt", "❌ Отклонено": "rejected"}
_GLANCES = 6_000
"""Looks at a screen on which nothing moves any more before the curtain falls: no clock, for a busy machine looks less often."""
_GLANCE = 0.02
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain HTTP needs no certificates, and reading them takes long
_phones = (str(79110010000 + number) for number in itertools.count())


@dataclass(frozen=True, slots=True)
class Office:
    """The provider alone, shared by all trials: people are told by a card's row, since nobody draws it."""

    url: str
    phone: str
    store: Store

    @asynccontextmanager
    async def attended(self, bench: Bench) -> AsyncIterator[None]:
        """Leave the life alone."""
        yield

    async def judge(self, bench: Bench) -> Verdict:
        """Judge by the journal, the message's state and its card's row."""
        message, card = tables.messages, tables.cards
        async with bench.writing() as tx:
            row = (await tx.conn.execute(select(message.c.batch, message.c.state))).one_or_none()
            if row is None:
                return judge(calls.journal(self.store), self.phone, Told(None, card=False))
            shows = (card.c.kind == "batch", card.c.subject == row.batch, card.c.next_at.is_not(None))
            shown = await tx.conn.scalar(select(card.c.id).where(*shows)) is not None
        return judge(calls.journal(self.store), self.phone, Told(row.state, card=shown))


class Room:
    """A chat with the bot: an owner says `/send`, confirms the preview once, and looks at the screen."""

    def __init__(self, url: str, store: Store, hand: httpx.AsyncClient) -> None:
        self.url, self.phone, self._store, self._hand = url, next(_phones), store, hand
        self._world = world.create(store)
        self._chat = Chat(self._world, OWNER)
        self._said = False
        self._pressed: set[int] = set()

    @asynccontextmanager
    async def attended(self, bench: Bench) -> AsyncIterator[None]:
        """Act while the life goes on; nothing that was begun is broken off."""
        ended = asyncio.Event()
        acting = asyncio.create_task(self._act(bench, ended))
        try:
            yield
        finally:
            ended.set()
            await acting

    async def judge(self, bench: Bench) -> Verdict:
        """Judge by the journal and by what stands on the screen; what was said once made one draft."""
        async with bench.writing() as tx:
            assert await tx.conn.scalar(select(func.count()).select_from(tables.drafts)) == 1
        shown = self._chat.cards
        state = next((state for card in shown if (state := _end(card))), None)
        told = Told(state, card=state is not None, others=len(shown) - 1)
        return judge(calls.journal(self._store), self.phone, told)

    async def _act(self, bench: Bench, ended: asyncio.Event) -> None:
        left, seen = _GLANCES, self._chat.cards
        try:
            while left and not (ended.is_set() or self._over()):
                await self._next_deed()
                await asyncio.sleep(_GLANCE)
                left, before, seen = left - 1, seen, self._chat.cards
                left = left if seen == before else _GLANCES
        finally:  # a life whose watcher failed would go on for ever, and nobody would learn why
            if not ended.is_set():
                await bench.curtain()

    def _over(self) -> bool:
        return not self._world.updates.pending() and self._ended() and self._button() is None

    def _ended(self) -> bool:
        return any(_end(card) for card in self._chat.cards)

    def _button(self) -> tuple[Seen, str] | None:
        """Choose what to press: the first preview that is seen, once; and when all is over, what a crash has left behind.

        Telegram never told the bot of that one: it is to go when somebody touches it, and to do nothing else.
        """
        if self._ended():
            offers = [(card, card.labels[0]) for card in self._chat.cards if card.labels and not _end(card)]
        else:
            offers = [(card, CONFIRM) for card in self._chat.cards if CONFIRM in card.labels and not self._pressed]
        return next((offer for offer in reversed(offers) if offer[0].id not in self._pressed), None)

    async def _next_deed(self) -> None:
        if not self._said:
            self._said = await self._do("say", text=f"/send {self.phone} Ваш заказ 1042 готов.")
        elif offer := self._button():
            card, label = offer
            if await self._do("press", chat=OWNER, message_id=card.id, label=label):
                self._pressed.add(card.id)

    async def _do(self, deed: str, **fields: object) -> bool:
        """Act; False where the button was gone in the very moment it was to be pressed."""
        answer = await self._hand.post(f"{self.url}/control/telegram/{deed}", json={"user": OWNER, **fields})
        assert answer.status_code in (200, 409), answer.text
        return answer.status_code == 200


def _end(card: Seen) -> str | None:
    return next((state for title, state in _ENDS.items() if card.title.startswith(title)), None)


@asynccontextmanager
async def room(*lost_answers: str) -> AsyncIterator[Room]:
    """Give a room of its own, in a world without a past; Telegram's next answers to the named methods get lost."""
    async with far_ends(":memory:") as (store, url):
        for method in lost_answers:
            Faults(store).set("telegram", method, "cut_after")
        async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(verify=TLS)) as hand:
            yield Room(url, store, hand)


@asynccontextmanager
async def offices(path: Path) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[Office]]]:
    """Give what gives the provider, each time with a phone that nobody has written to."""
    async with far_ends(path) as (store, url):
        yield lambda: nullcontext(Office(url, next(_phones), store))


@asynccontextmanager
async def far_ends(path: Path | str) -> AsyncIterator[tuple[Store, str]]:
    """Serve the sandbox; a call that it does not know fails the test."""
    store = Store(path)
    async with serve(store) as url:
        accounts.change(store, delivery_seconds=0.0, balance="1000000.00")
        yield store, url
    violations = store.violations()
    store.close()
    assert violations == []
