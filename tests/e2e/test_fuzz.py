"""A crowd of every role does two thousand things at random: nothing breaks, and nobody has a call made that is not his to make.

In a part of its days the provider loses answers, falls silent or refuses the login: then, too, no paid call is made twice.

With `SMSBOT_FUZZ_SEED` set to a number other deeds are drawn than those of every day.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from bot.domain.access import Role
from sandbox.store import Store
from tests.databases import Databases
from tests.e2e.fuzz_deeds import DEEDS, Deed, press_everything
from tests.e2e.fuzz_oracle import Oracle, unforeseen
from tests.e2e.fuzz_troubles import AWAY, TROUBLED_DEEDS, Trouble, mend, send
from tests.e2e.house import GROUP, ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person
from tests.times import ManualClock

OWNER, OPERATOR, STRANGER, VIEWER, SHUT_OUT = 1001, 1002, 1003, 1004, 1005
EVERYBODY: Final = (OWNER, OPERATOR, VIEWER, OPERATOR, STRANGER, SHUT_OUT)
READERS: Final = (VIEWER, STRANGER, SHUT_OUT, VIEWER)
_TOGETHER: Final = 10
"""Deeds that arrive before the house reacts to the first."""
_LEAPS: Final = (1, 3, 11, 11, 61, 70, 600, 1900, 4 * 3600, 25 * 3600)
_UNDONE: Final = 11
"""Seconds after which what was sent cannot be taken back any more."""
_SEED: Final = os.environ.get("SMSBOT_FUZZ_SEED")


def _drawn(
    examples: int, size: int, drawn: SearchStrategy[Deed] = DEEDS
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Draw so many crowds' days of so many deeds; shrinking a day would take hours, the deeds of one read well as they are."""

    def wrap(test: Callable[..., None]) -> Callable[..., None]:
        settled = settings(
            max_examples=examples,
            derandomize=_SEED is None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            deadline=None,
        )
        # The first that is drawn is the simplest there is: a day of one press, over and over.
        days = st.lists(drawn, min_size=size, max_size=size).filter(lambda deeds: len(set(deeds)) > size // 2)
        given_ = given(deeds=days)(test)
        return settled(seed(int(_SEED))(given_) if _SEED is not None else given_)

    return wrap


@_drawn(examples=12, size=110)
def test_whatever_everybody_does_nothing_breaks(databases: Databases, deeds: list[Deed]) -> None:
    """Every paid call was confirmed by somebody who may, and was made once."""
    _play(databases, "sqlite", EVERYBODY, deeds)


@_drawn(examples=3, size=100)
def test_whatever_viewers_and_strangers_do_nothing_is_sent_and_no_base_changes(
    databases: Databases, deeds: list[Deed]
) -> None:
    """Not even upon the cards of those who may."""
    _play(databases, "sqlite", READERS, deeds)


@_drawn(examples=3, size=70, drawn=TROUBLED_DEEDS)
def test_whatever_the_provider_does_meanwhile_no_call_is_made_twice(databases: Databases, deeds: list[Deed]) -> None:
    """Lost answers, silence, a refused login: what may have been carried out is not asked for again, and nobody is kept waiting."""
    _play(databases, "sqlite", EVERYBODY, deeds)


@_drawn(examples=2, size=80)
def test_whatever_everybody_does_nothing_breaks_on_postgresql(databases: Databases, deeds: list[Deed]) -> None:
    """The same rules on the other database."""
    _play(databases, "postgresql", EVERYBODY, deeds)


@_drawn(examples=2, size=40, drawn=TROUBLED_DEEDS)
def test_whatever_the_provider_does_meanwhile_no_call_is_made_twice_on_postgresql(
    databases: Databases, deeds: list[Deed]
) -> None:
    """The same rules on the other database."""
    _play(databases, "postgresql", EVERYBODY, deeds)


@ON_ONE_DATABASE
async def test_no_button_of_another_does_for_a_reader_what_he_may_not(house: House) -> None:
    """Whoever may only read presses all there is, twice, upon the cards of those who may send."""
    await _furnish(house)
    oracle = Oracle(house)
    await oracle.begin()
    for reader in READERS * 2:
        assert press_everything(house, reader, GROUP) > 20
        await house.go(seconds=15)
        await oracle.look()
    await oracle.end(readers_only=True)


def _play(databases: Databases, backend: str, crowd: Sequence[int], deeds: Sequence[Deed]) -> None:
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        with databases.fresh(backend) as url, capture_logs(processors=[format_exc_info]) as told:
            asyncio.run(_day(url, crowd, deeds))
    finally:
        logging.getLogger().removeHandler(errors)
    wrong = unforeseen(told)
    assert wrong == [], "\n".join(str(line.get("exception", line)) for line in wrong)
    assert errors.seen == []


async def _day(url: str, crowd: Sequence[int], deeds: Sequence[Deed]) -> None:
    time = ManualClock()
    with closing(Store(":memory:", lambda: time.now().timestamp())) as store:
        await _lived(House(store, time, url), crowd, deeds)


async def _lived(built: House, crowd: Sequence[int], deeds: Sequence[Deed]) -> None:
    async with built.open() as house:
        await _furnish(house)
        oracle = Oracle(house)
        await oracle.begin()
        for start in range(0, len(deeds), _TOGETHER):
            await _lived_together(house, oracle, crowd, deeds[start : start + _TOGETHER])
        mend(house)
        await house.go(minutes=20)
        await oracle.look()
        await oracle.end(readers_only=crowd is READERS, troubled=any(isinstance(deed, Trouble) for deed in deeds))


async def _lived_together(house: House, oracle: Oracle, crowd: Sequence[int], deeds: Sequence[Deed]) -> None:
    away = any(deed.kind == AWAY for deed in deeds)
    if away:
        await house.provider_down()
    sent = await send(house, deeds)
    async with house.at_once():
        for deed in deeds:
            await deed.act(house, crowd)
    await oracle.look()
    await house.go(seconds=max(_UNDONE * sent, *map(_leap, deeds)))
    if away:
        await house.provider_up()


def _leap(deed: Deed) -> float:
    return _LEAPS[deed.nth + deed.more % 5] if deed.kind == "wait" else 0


async def _furnish(house: House) -> None:
    """Let there be something to press: drafts, sends, lists, in private and in the group."""
    house.account(balance="1000000.00")
    await house.do("settings", privacy=False)
    await house.know(GROUP)
    owner, operator, group, topic = house.person(OWNER), house.person(OPERATOR), house.chat(), house.chat(thread=5)
    await house.admit(operator, Role.OPERATOR)
    await house.admit(house.person(VIEWER), Role.VIEWER)
    shut_out = await house.admit(house.person(SHUT_OUT), Role.OPERATOR)
    await house.change(shut_out, enabled=False)
    async with house.at_once():
        await _say(operator, "/send 79119876501 Привет", "/bases VIP", at=group)
        await _say(operator, "/multicast", "/balance", "/send 79119876502, 79119876503 Скидка", at=topic)
        await _say(owner, "/admins", "/audit", "/settings", "/alerts", "/send 79119876504 Заказ", "/send 79119876505")
        await _say(owner, "/history", "/multicast VIP", "/status", "/send 79119876506 Привет", at=group)
        await _say(house.person(VIEWER), "/start", "/history")
        await _say(operator, "/start", "/send 79119876507 Ждём вас")
    await owner.press("Отправить", at=group)


async def _say(who: Person, *texts: str, at: Chat | None = None) -> None:
    for text in texts:
        await who.say(text, at=at)


class _Errors(logging.Handler):
    """What the libraries log as an error; Telegram's own words of refusals are the house's to judge."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember it."""
        if not record.name.startswith("telegram.request"):
            self.seen.append(record.getMessage())
