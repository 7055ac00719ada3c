"""The tour: a scripted conversation, printed as it happens, and judged by what Telegram shows and what SMS2 received."""

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpx

OWNER = 1001
_PHONE, _STOP_LISTED = "79119876543", "79110000001"
_PATIENCE = 30.0
Shown = dict[str, Any]


class TourError(Exception):
    """A step did not happen."""


def play(url: str) -> int:
    """Play every step; return 0 only if each really happened."""
    with httpx.Client(base_url=url, timeout=10) as http:
        tour = Tour(http)
        try:
            for step in (
                tour.start,
                tour.balance,
                tour.send,
                tour.reject,
                tour.status,
                tour.base_import,
                tour.multicast,
                tour.nothing_odd,
            ):
                step()
        except TourError as error:
            sys.stdout.write(f"\n✗ {error}\n")
            return 1
    sys.stdout.write("\n✓ Every step happened: seen in the chat and on the phones.\n")
    return 0


class Tour:
    """The steps, in order; each raises TourError where it did not happen."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._printed: set[tuple[int, str]] = set()
        self._before = {shown["message_id"] for shown in self._messages()}
        # The provider refuses the same text to the same number within a day, and a second tour goes on with the same state.
        self._order = 1042 + len(self._received())

    def start(self) -> None:
        """The bot greets."""
        self._title("Знакомство")
        self._say("/start")
        self._card("SMS из Telegram")

    def balance(self) -> None:
        """The balance is the provider's own."""
        self._title("Баланс")
        self._say("/balance")
        card = self._card("Можно потратить")
        account = self._http.get("/control/sms2", params={"last": 1}).json()["settings"]
        available = float(account["balance"]) - float(account["overdraft"])
        digits = "".join(sign for sign in card["text"].splitlines()[0] if sign.isdigit())
        _expect(digits == f"{available:.2f}".replace(".", ""), "the balance in the chat is not the provider's")

    def send(self) -> None:
        """From one line to delivered, on one card; the phone has the text."""
        self._title("SMS одной строкой: от черновика до доставки")
        text = f"Ваш заказ {self._order} готов."
        self._say(f"/send {_PHONE} {text}")
        self._press(self._card("Проверьте SMS", text), "Отправить")
        self._card("Сейчас уйдёт", text)
        self._card("Доставлено")
        arrived = [sms for sms in self._received() if (sms["phone"], sms["text"]) == (_PHONE, text)]
        _expect(len(arrived) == 1, f"the phone received the SMS {len(arrived)} times")
        _expect(arrived[0]["status"] == "delivered", "the provider does not know the SMS as delivered")

    def reject(self) -> None:
        """A refusal is shown with its reason, and nothing arrives."""
        self._title("Отказ провайдера: номер в стоп-листе")
        text = f"Заказ {self._order} отменён."
        self._say(f"/send {_STOP_LISTED} {text}")
        self._press(self._card("Проверьте SMS", text), "Отправить")
        self._card("Отклонено", "стоп-листе")
        _expect(
            not [sms for sms in self._received() if sms["phone"] == _STOP_LISTED], "a stop-listed phone received an SMS"
        )

    def status(self) -> None:
        """The question finds the message, and shows its card below."""
        self._title("Что с сообщением?")
        asked = self._say(f"/status {_PHONE}")
        self._card("Доставлено", after=asked)

    def base_import(self) -> None:
        """A file becomes a verdict, and what was confirmed stands in the base."""
        self._title("Импорт в базу: сначала проверка, потом добавление")
        phones = [f"7990{self._order:05}{n:02}" for n in range(25)]
        rows = "".join(f"Клиент;{phone}\n" for phone in phones)
        self._send_file("клиенты.csv", f"Имя;Телефон\n{rows}Клиент;8911\n")
        asked = self._card("Импорт", "в какую базу?", "клиенты.csv", button="VIP · ")
        self._press(asked, next(label for label in _labels(asked) if label.startswith("VIP · ")))
        self._press(self._card("Проверьте импорт", "Подходит 25 из 26", "8911"), "Добавить 25")
        self._card("Импорт закончен", "Добавлено 25")
        bases = self._http.get("/control/sms2").json()["bases"]
        vip = next(base["phones"] for base in bases if base["name"] == "VIP")
        _expect(set(phones) <= set(vip), "the base has not got the numbers of the file")

    def multicast(self) -> None:
        """A multicast is ours until shortly before its start: moved, then cancelled, the provider never has it."""
        self._title("Рассылка на завтра: перенести, потом отменить")
        before, text = self._multicasts(), f"Скидка 20 % на заказ {self._order}."
        self._say(f"/multicast VIP\nзавтра 12:00\n{text}")
        self._press(self._card("Проверьте рассылку", text), "Назначить")
        held = self._card("Ждёт времени", text)
        self._press(held, "Перенести")
        asked = self._card("Когда начать?")
        self._say("послезавтра 12:00")
        self._press(self._card("Проверьте рассылку", "Было:", after=asked["message_id"]), "Назначить")
        moved = self._card("Ждёт времени", text, after=asked["message_id"])
        _expect(held["text"].splitlines()[1] != moved["text"].splitlines()[1], "the multicast was not moved")
        self._press(moved, "Отменить рассылку")
        self._press(self._card("Отменить рассылку?"), "Отменить рассылку")
        self._card("Рассылка отменена", "Провайдеру её не передавали")
        _expect(self._multicasts() == before, "the provider has got a multicast")

    def nothing_odd(self) -> None:
        """The bot used nothing that Telegram or SMS2 does not have."""
        violations = self._http.get("/control/violations").json()
        _expect(not violations, f"unknown to Telegram or SMS2: {violations}")

    def _say(self, text: str) -> int:
        sys.stdout.write(f"\nМария: {text}\n")
        answer = self._http.post("/control/telegram/say", json={"user": OWNER, "text": text})
        _expect(answer.is_success, f"the chat did not take {text!r}: {answer.text}")
        return int(answer.json()["message_id"])

    def _send_file(self, name: str, text: str) -> None:
        sys.stdout.write(f"\nМария отправляет файл {name}\n")
        files = {"file": (name, text.encode("cp1251"), "text/csv")}
        answer = self._http.post("/control/telegram/upload", data={"user": str(OWNER)}, files=files)
        _expect(answer.is_success, f"the chat did not take {name}: {answer.text}")

    def _press(self, card: Shown, label: str) -> None:
        sys.stdout.write(f"\nМария нажимает [{label}]\n")
        body = {"user": OWNER, "chat": OWNER, "message_id": card["message_id"], "label": label}
        answer = self._http.post("/control/telegram/press", json=body)
        _expect(answer.is_success, f"[{label}] cannot be pressed: {answer.text}")

    def _card(self, *parts: str, after: int = 0, button: str = "") -> Shown:
        """Wait for a card of this tour that shows all the parts, and a button whose label begins so."""

        def found() -> Shown | None:
            fresh = (one for one in self._messages() if one["message_id"] not in self._before)
            fits = (one for one in fresh if one["by_bot"] and not one["deleted"] and one["message_id"] > after)
            return next((one for one in reversed([*fits]) if _shows(one, parts, button)), None)

        card = _wait(found, f"no card shows {' · '.join(parts)}")
        self._print(card)
        return card

    def _print(self, card: Shown) -> None:
        key = (card["message_id"], card["text"])
        if key not in self._printed:
            self._printed.add(key)
            rows = (" ".join(f"[{button['text']}]" for button in row) for row in card["keyboard"])
            sys.stdout.write(_indented("Бот: ", (*card["text"].splitlines(), *rows)))

    def _title(self, title: str) -> None:
        sys.stdout.write(f"\n── {title} ──\n")

    def _messages(self) -> list[Shown]:
        answer = self._http.get("/control/telegram", params={"chat": OWNER}).json()
        return list(answer["chats"][0]["messages"])

    def _multicasts(self) -> int:
        return len(self._http.get("/control/sms2").json()["multicasts"])

    def _received(self) -> list[Shown]:
        return list(self._http.get("/control/sms2").json()["messages"])


def _shows(card: Shown, parts: Iterable[str], button: str) -> bool:
    offered = not button or any(label.startswith(button) for label in _labels(card))
    text = card["text"].replace("\u00a0", " ")
    return offered and all(part in text for part in parts)


def _labels(card: Shown) -> list[str]:
    return [str(button["text"]) for row in card["keyboard"] for button in row]


def _indented(head: str, lines: Iterable[str]) -> str:
    return "".join(f"{head if at == 0 else ' ' * len(head)}{line}\n" for at, line in enumerate(lines))


def _wait(found: Callable[[], Shown | None], otherwise: str) -> Shown:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        shown = found()
        if shown is not None:
            return shown
        time.sleep(0.1)
    raise TourError(otherwise)


def _expect(holds: bool, otherwise: str) -> None:  # noqa: FBT001
    if not holds:
        raise TourError(otherwise)
