"""Documents go out as silent replies to their card: late rather than never, twice rather than not at all."""

from sandbox.sms2 import bases
from tests.e2e.house import House
from tests.e2e.screen import Person


def documents(house: House, person: Person) -> int:
    return sum("document" in one.content for one in house.world.chats.all(person.id))


async def ask(maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Скачать")
    await maria.press("TXT")


async def test_a_document_whose_answer_was_lost_comes_again(house: House, maria: Person) -> None:
    house.faults.set("telegram", "sendDocument", "cut_after")
    await ask(maria)
    await house.go(minutes=1)
    assert documents(house, maria) == 2
    await house.go(minutes=10)
    assert documents(house, maria) == 2


async def test_a_document_waits_as_long_as_telegram_says(house: House, maria: Person) -> None:
    house.faults.set("telegram", "sendDocument", "429", retry_after=40)
    await ask(maria)
    await house.go(seconds=30)
    assert documents(house, maria) == 0
    await house.go(seconds=15)
    assert documents(house, maria) == 1


async def test_a_document_outlives_a_restart(house: House, maria: Person) -> None:
    house.faults.set("telegram", "sendDocument", "error500_before")
    await ask(maria)
    await house.restart()
    await house.go(minutes=1)
    assert documents(house, maria) == 1


async def test_what_was_sent_is_not_kept(house: House, maria: Person) -> None:
    """The provider's phones stay with us for an hour and no longer."""
    await ask(maria)
    await house.go(minutes=59)
    async with house.bot.unit.reading() as services:
        assert await services.documents.load(1) is not None
    await house.go(minutes=2)
    async with house.bot.unit.reading() as services:
        assert await services.documents.load(1) is None


async def test_an_empty_base_gives_no_document(house: House, maria: Person) -> None:
    bases.put(house.store, "VIP", [])
    await ask(maria)
    assert documents(house, maria) == 0
    assert maria.card.title == "VIP · 0 номеров"
