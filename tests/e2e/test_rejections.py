"""Whatever the provider refuses: the card names the cause and what to do, and leads to a draft that mends it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person
from tests.sandbox.telegram_client import serve_app

pytestmark = ON_ONE_DATABASE
PHONE = "79119876543"
TEXT, TO, SENDER = "✏️ Новый текст · было:", "✏️ Новые получатели · было:", "✏️ Новая подпись · сейчас MyShop"
REFUSALS = {
    "can't send this message": (
        "Провайдер не принял текст или подпись.",
        "Проверьте смешанные буквы и подпись.",
        {"Текст": TEXT, "Подпись": SENDER},
    ),
    "direction is closed": (
        "Это направление у провайдера закрыто.",
        "Спросите провайдера или смените номер.",
        {"Кому": TO},
    ),
    "unsupported phone number": ("Провайдер не работает с этим номером.", "Проверьте номер.", {"Кому": TO}),
    "unsupported sender": (
        "Подпись MyShop не зарегистрирована.",
        "Возьмите другую или закажите эту у провайдера.",
        {"Подпись": SENDER},
    ),
    "phone blacklisted": ("Номер в стоп-листе провайдера.", "Уберите его: повтор не поможет.", {"Кому": TO}),
    "blocked text message": (
        "В тексте запрещённые слова или знаки.",
        "Перепишите и проверьте тестом себе.",
        {"Текст": TEXT},
    ),
    "message duplication": (
        "Такой текст на этот номер уже уходил.",
        "Нужно ещё раз – измените текст.",
        {"Текст": TEXT},
    ),
    "the moon is in the wrong house": (
        "Провайдер отказал без понятной причины.",
        "Покажите ответ ниже владельцу.",
        {"Ещё раз": "✏️ Проверьте SMS · +79119876543"},
    ),
}


class Oracle:
    """A provider that refuses every SMS with the same words."""

    def __init__(self) -> None:
        self.error = ""
        self.asked = 0

    async def answer(self, _request: object) -> Response:
        """Refuse."""
        self.asked += 1
        return PlainTextResponse(f"Error: {self.error}")


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
async def options(oracle: Oracle) -> AsyncIterator[dict[str, Any]]:
    async with serve_app(Starlette(routes=[Route("/sms.cgi", oracle.answer, methods=["POST"])])) as url:
        yield {"gateway_url": url}


@pytest.mark.parametrize("error", REFUSALS)
async def test_a_refusal_names_cause_and_cure_and_opens_the_field_to_mend(
    house: House, maria: Person, oracle: Oracle, error: str
) -> None:
    cause, cure, fields = REFUSALS[error]
    oracle.error = error
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(seconds=10)
    assert maria.card.lines == [
        "❌ Отклонено · +79119876543",
        cause,
        cure,
        f"Ответ провайдера: Error: {error}",
    ]
    assert maria.card.buttons == ((*fields,), ("Новое SMS",))
    refused = maria.card
    for label, title in fields.items():
        await maria.press(label, on=refused)
        assert maria.card.title == title
        await maria.say("/cancel")
    await house.go(minutes=5)
    assert oracle.asked == 1


async def test_a_refusal_in_english_says_the_same(house: House, john: Person, oracle: Oracle) -> None:
    oracle.error = "phone blacklisted"
    await john.say(f"/send {PHONE} Hello")
    await john.press("Send")
    await house.go(seconds=10)
    assert john.card.lines[:3] == [
        "❌ Rejected · +79119876543",
        "The number is on the provider's stop list.",
        "Drop it: retrying will not help.",
    ]
    assert john.card.labels == ["To", "New SMS"]
