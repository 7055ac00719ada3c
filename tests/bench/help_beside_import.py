"""
How long `/help` takes in one chat while another imports a million lines, beside the same bot at rest.

The real bot (SQLite) and the sandbox run as in the demo, each a process of its own. Times are the sandbox's: from a
person's message standing in the chat to the bot's answer standing there. The import is measured from the document's
arrival to its verdict on the screen; after that, its phones are added to a base for a while.
"""

import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from bot import demo
from tests.bench.import_verdict import document

REPEATS = 2
ASKED, PAUSE = 100, 0.03
PATIENCE = 300.0
AT_REST, READING, ADDING = "at rest", "a list is read", "phones are added"
_IMPORTER, _ASKER = demo.OWNER, demo.OPERATOR

Shown = dict[str, Any]


class Chat:
    """One person's private chat, as the sandbox shows it."""

    def __init__(self, http: httpx.Client, user: int) -> None:
        self._http, self._user = http, user
        self._after: int = self._events(after=1 << 60)["last"]

    def say(self, text: str) -> Shown:
        return self._post("say", json={"user": self._user, "text": text})

    def upload(self, name: str, data: bytes) -> None:
        self._post("upload", data={"user": str(self._user)}, files={"file": (name, data)})

    def press(self, card: Shown, begin: str) -> None:
        body = {"user": self._user, "chat": self._user, "message_id": card["message_id"], "label": label(card, begin)}
        self._post("press", json=body)

    def see(self, fits: Callable[[Shown], object]) -> Shown:
        """Wait until the bot shows here what fits."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self._events(after=self._after, wait=5)
            self._after = found["last"]
            for shown in (event["message"] for event in found["events"] if "message" in event):
                if shown["by_bot"] and shown["chat"] == self._user and fits(shown):
                    return dict(shown)
        raise AssertionError

    def _events(self, **params: int) -> Shown:
        return dict(self._http.get("/control/telegram/events", params=params).json())

    def _post(self, deed: str, **content: Any) -> Shown:
        answer = self._http.post(f"/control/telegram/{deed}", **content)
        assert answer.is_success, answer.text
        return dict(answer.json())


class Importer(threading.Thread):
    """Somebody who imports a document; `phase` says how far that is."""

    def __init__(self, url: str, data: bytes) -> None:
        super().__init__(daemon=True)
        self._url, self._data = url, data
        self.phase: str = AT_REST
        self.seconds = 0.0

    def run(self) -> None:
        with httpx.Client(base_url=self._url, timeout=60) as http:
            chat = Chat(http, _IMPORTER)
            chat.upload("list.txt", self._data)
            self.phase, began = READING, time.monotonic()
            chat.press(chat.see(lambda card: label(card, "VIP")), "VIP")
            verdict = chat.see(lambda card: label(card, "Добавить"))
            self.phase, self.seconds = ADDING, time.monotonic() - began
            chat.press(verdict, "Добавить")


class Scales(threading.Thread):
    """Weighs the bot and the processes it starts, together, many times a second; `most` is in MB."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process, self._over = process, threading.Event()
        self.most = 0.0

    def run(self) -> None:
        while not self._over.wait(0.01):
            self.most = max(self.most, sum(memory(one, "VmRSS") for one in (self._process, *self._children())))

    def stop(self) -> float:
        self._over.set()
        self.join()
        return self.most

    def _children(self) -> list[int]:
        tasks = Path(f"/proc/{self._process}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]


def label(card: Shown, begin: str) -> str:
    """Return the label of the first button that begins so, or nothing."""
    labels = (button["text"] for row in card["keyboard"] for button in row)
    return next((found for found in labels if found.startswith(begin)), "")


def ask(chat: Chat) -> float:
    """Ask for help and return the milliseconds until it is there."""
    asked = chat.say("/help")
    answer = chat.see(lambda shown: shown["message_id"] > asked["message_id"])
    time.sleep(PAUSE)
    return float(answer["at"] - asked["at"]) * 1000


def measure(folder: Path, data: bytes) -> tuple[dict[str, list[float]], float, float]:
    """Run the bot once; give the waits of each phase, the seconds to the verdict, and the peak of MB above rest till then."""
    port = demo._free_port(0)
    url = f"http://127.0.0.1:{port}"
    state = ("--state", str(folder / "sandbox.sqlite"), "--port", str(port))
    settings = demo._settings(folder, url, tour=False) | {"SMSBOT_OWNERS": f"{_IMPORTER},{_ASKER}"}
    with demo._running(folder, "sandbox", "-m", "sandbox", *state):
        demo._wait_for(url)
        with (
            demo._running(folder, "bot", "-m", "bot", "run", env=settings) as bot,
            httpx.Client(base_url=url, timeout=60) as http,
        ):
            chat, importer, waits = Chat(http, _ASKER), Importer(url, data), defaultdict[str, list[float]](list)
            for _ in range(10):
                ask(chat)
            resting = memory(bot.pid, "VmRSS")
            waits[AT_REST] = [ask(chat) for _ in range(ASKED)]
            scales = Scales(bot.pid)
            scales.start()
            importer.start()
            most = 0.0
            while len(waits[ADDING]) < ASKED:
                phase, wait = importer.phase, ask(chat)
                if phase == ADDING and not most:
                    most = scales.stop()
                if phase != AT_REST:
                    waits[phase].append(wait)
                assert importer.is_alive() or importer.phase == ADDING
            return waits, importer.seconds, most - resting


def memory(process: int, what: str) -> float:
    """Return a process's memory in MB; of one that has ended, none."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0) * 1024 / 1e6


def told(waits: Sequence[float], at_rest: Sequence[float]) -> str:
    return (
        f"p50 {share(waits, 0.5):4.0f} ms, p95 {share(waits, 0.95):4.0f} ms of {len(waits):3}:"
        f" {share(waits, 0.5) / share(at_rest, 0.5):.1f}x and {share(waits, 0.95) / share(at_rest, 0.95):.1f}x"
    )


def share(waits: Sequence[float], part: float) -> float:
    """Return what so big a part of the waits does not exceed."""
    return sorted(waits)[max(0, round(part * len(waits)) - 1)]


def run() -> str:
    """Measure a few times, and give the figures as text: the ratios belong to one run each."""
    data, rows = document(), []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            waits, seconds, peak = measure(Path(folder), data)
        rows += [f"/help while {phase:16} {told(waits[phase], waits[AT_REST])}" for phase in (AT_REST, READING, ADDING)]
        rows[-2] += " (p95 at most 3)"
        rows.append(
            f"verdict on the screen after {seconds:.1f} s; bot and reader together at most {peak:.0f} MB above rest (at most 150)"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
