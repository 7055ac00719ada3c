"""One living card, whatever Telegram, the network and other workers do: the lane's real code over a model of Telegram."""

from collections.abc import Sequence
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy import event as engine_event
from telegram import Bot

from bot.chat.posting import CardsLane
from bot.chat.press import Press
from bot.chat.view import Button, View
from bot.domain.models import Place, Subject
from bot.domain.policy import Policy
from bot.services.cards import Card
from bot.services.unit import Services, Unit
from bot.storage import tables
from bot.storage.engine import Database
from tests.bot.chat.model import CrashError, Fate, ModelTelegram, Shown
from tests.times import ManualClock

Step = Literal["edit", "silent", "loud", "bump", "press", "work", "die", "lapse"]
SUBJECT = Subject("batch", 1)

acts = st.sampled_from(["steal", "press", "edit", "silent", "loud", "bump"])
fates = st.builds(
    Fate,
    executed=st.booleans(),
    answer=st.sampled_from(["ok", "ok", "lost", "crash"]),
    before=st.none() | acts,
    after=st.none() | acts,
)
steps = st.sampled_from(["edit", "silent", "loud", "bump", "press", "work", "work", "work", "die", "lapse"])


class Story:
    """One subject in one chat, shown by two workers that may each die or be late."""

    def __init__(self, unit: Unit, database: Database, policy: Policy, time: ManualClock, place: Place) -> None:
        self.telegram = ModelTelegram()
        self.telegram.meanwhile = self.act
        self.place, self.time = place, time
        self.truth = 0
        self.loud_since = 0  # the last message when a loud raise was last asked for
        self._unit, self._database = unit, database
        bot = Bot("100:model", request=self.telegram, get_updates_request=self.telegram)
        self.lane = CardsLane(unit, bot, self.look, policy, below=_below)

    async def begin(self) -> None:
        async with self._database.write() as tx:
            await tx.conn.execute(delete(tables.cards))
            await tx.conn.execute(delete(tables.chats))
        async with self._unit() as services:
            self.card_id = await services.cards.post(SUBJECT, self.place, 1001)

    async def look(self, services: Services, card: Card) -> View | None:
        """Two looks that come again: a look that only seems to be on screen must not be trusted."""
        return View(self.text, ((Button("Go", "go"),),))

    @property
    def text(self) -> str:
        return f"Card {self.truth % 2}"

    async def act(self, act: str) -> None:
        """Do what others do, in the middle of a call too."""
        match act:
            case "steal":
                await self.lapse()
                await self.work()
            case "press":
                await self.press()
            case _:
                await self.want(act)

    async def want(self, how: str) -> None:
        """Change the subject, and say so; `bump` outdates the buttons alone."""
        self.truth += how != "bump"
        async with self._unit() as services:
            if how in ("edit", "bump"):
                await services.cards.touch(SUBJECT, bump=how == "bump", pressed=self.truth % 3 == 0)
            elif how == "silent":
                await services.cards.drop(SUBJECT, self.place)
            else:
                await services.cards.lift(SUBJECT)
                self.loud_since = self.telegram.posted

    async def press(self, *, which: int | None = None) -> None:
        """Press a button of any message on screen, as the handler takes it."""
        pressable = [message for message in self.telegram.visible(self.place.chat) if message.presses]
        if not pressable:
            return
        message = pressable[(len(self.telegram.calls) if which is None else which) % len(pressable)]
        press = Press.unpack(message.presses[0])
        assert press is not None
        assert press.card == self.card_id
        async with self._unit() as services:
            await services.cards.adopt(press.card, message.id)

    async def work(self, *, dies: bool = False) -> int:
        """Let a worker take one turn, or die in it."""
        taken = await self.lane.claim(5)
        for card in taken:
            try:
                result = await self.lane.do(card)
            except CrashError:
                continue
            if not dies:
                await self.lane.finish(card, result)
        return len(taken)

    async def lapse(self) -> None:
        """Let every lease and every pause run out."""
        self.time.go(120)

    async def settle(self) -> None:
        """Work in peace until nothing is due."""
        self.telegram.fates.clear()
        for _ in range(20):
            await self.lapse()
            if not await self.work():
                break
        assert await self.lane.next_due() is None

    async def card(self) -> Card:
        async with self._unit.reading() as services:
            card = await services.cards.load(self.card_id)
            assert card is not None
            return card

    def alive(self) -> list[Shown]:
        """Return the messages that still have buttons."""
        return [message for message in self.telegram.visible(self.place.chat) if message.presses]


async def _below(_services: Services, _card: Card) -> str:
    return "↓ Card below"


async def play(story: Story, script: Sequence[Step], calls: Sequence[Fate]) -> None:
    await story.begin()
    story.telegram.fates.extend(calls)
    for step in script:
        story.time.go(1)
        match step:
            case "work":
                await story.work()
            case "die":
                await story.work(dies=True)
            case "lapse":
                await story.lapse()
            case _:
                await story.act(step)
    await story.settle()


async def judge(story: Story) -> None:
    """Exactly one living card, and it tells the truth; strays are those whose id never came, and go when pressed."""
    card = await story.card()
    strays = [message for message in story.alive() if message.id != card.message_id]
    assert [message.id for message in strays if message.learnt] == []
    event(f"strays: {len(strays)}")
    for _ in strays:
        others = [n for n, message in enumerate(story.alive()) if message.id != card.message_id]
        await story.press(which=others[0])
        await story.settle()
        card = await story.card()
    [live] = story.alive()
    assert (live.id, live.text) == (card.message_id, story.text)
    assert live.presses == [Press("go", card.id, card.version).pack()]
    assert (card.wanted, card.version) == (card.shown, card.shown_version)
    assert (card.retire, card.claim, card.move) == ((), None, "edit")
    assert max(story.telegram.loud) > story.loud_since  # a raise that was asked for came
    assert [
        m.text for m in story.telegram.visible(story.place.chat) if m is not live and m.text != "↓ Card below"
    ] == []


@pytest.fixture
def hasty(database: Database) -> None:
    """Spare the disk: no power fails here."""

    @engine_event.listens_for(database.engine.sync_engine, "connect")
    def connect(raw: Any, _record: Any) -> None:
        raw.cursor().execute("PRAGMA synchronous=OFF")


LEAST = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
chats = st.sampled_from([Place(1001), Place(-100, 7)])
scripts = st.lists(steps, min_size=4, max_size=9)
lots = st.lists(fates, min_size=3, max_size=8)
LATE_EDIT = [
    # An edit that is carried out long after its worker was given up, on a message that went off the screen meanwhile.
    Fate(executed=False, after="steal"),
    Fate(after="bump"),
    Fate(before="steal"),
    Fate(executed=False, before="silent", after="steal"),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=120, deadline=None, suppress_health_check=LEAST)
@given(place=chats, script=scripts, calls=lots)
@example(place=Place(-100, 7), script=["edit", "edit", "work", "work"], calls=LATE_EDIT)
async def test_one_living_card_tells_the_truth_whatever_is_lost(
    hasty: None,
    unit: Unit,
    database: Database,
    policy: Policy,
    time: ManualClock,
    place: Place,
    script: list[Step],
    calls: list[Fate],
) -> None:
    story = Story(unit, database, policy, time, place)
    await play(story, script, calls)
    await judge(story)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@settings(max_examples=10, deadline=None, suppress_health_check=LEAST)
@given(place=chats, script=scripts, calls=lots)
async def test_the_same_holds_where_rows_are_locked_one_by_one(
    unit: Unit,
    database: Database,
    policy: Policy,
    time: ManualClock,
    place: Place,
    script: list[Step],
    calls: list[Fate],
) -> None:
    story = Story(unit, database, policy, time, place)
    await play(story, script, calls)
    await judge(story)
