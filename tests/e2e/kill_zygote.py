"""A process that has imported everything and forks a victim for each life: `python -m tests.e2e.kill_zygote MODULE…`.

Reads one Life per line (JSON) from its input and answers with one Death per line; an empty line is the curtain, for a story
that waits for it. A victim is a real process of its own; the fork only saves the second that importing takes.
"""

import asyncio
import gc
import importlib
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from typing import Any

from tests.e2e.kill_points import Points

PATIENCE = 120
"""Seconds in which a life comes to rest. A busy machine makes lives long, and that is no fault of theirs."""
_STANDSTILL = PATIENCE + 30
"""Seconds in which a life passes no moment: then it is ended, unless it has given up by itself before."""
# What libraries import at first use, once for all.
_LAZY = ("aiosqlite", "anyio._backends._asyncio", "asyncpg", "certifi", "httpcore")


@dataclass(frozen=True, slots=True)
class Life:
    """One run of a story: `module:function`, the database and the far ends it meets, what it is about, and where it dies."""

    story: str
    database: str
    sandbox: str
    phone: str
    fatal: str | None = None


@dataclass(frozen=True, slots=True)
class Death:
    """How a life ended: killed by a signal, by an exception, or in peace; and the moments a peaceful one has passed."""

    signal: int
    error: str
    points: tuple[str, ...]


Story = Callable[[Life, Points], Coroutine[Any, Any, None]]


def main() -> None:
    """Live and let die until the input ends."""
    for module in (*_LAZY, *sys.argv[1:]):
        importlib.import_module(module)
    gc.freeze()  # what all victims share is not theirs to look through
    for line in io.FileIO(sys.stdin.fileno()):  # unbuffered: what follows a life is for its victim
        if line.isspace():  # the curtain of a life that was over already
            continue
        death = _fork(Life(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(death)) + "\n")
        sys.stdout.flush()


async def curtain() -> None:
    """Wait until whoever watches has seen enough; for a victim."""
    fallen = asyncio.Event()
    loop, source = asyncio.get_running_loop(), sys.stdin.fileno()
    loop.add_reader(source, fallen.set)
    await fallen.wait()
    loop.remove_reader(source)
    os.read(source, 1)


def _fork(life: Life) -> Death:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(life, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Death(os.WTERMSIG(status), "", ())
    told = json.loads(said)
    return Death(0, told["error"], tuple(told["points"]))


def _live(life: Life, writing: int) -> None:
    signal.alarm(_STANDSTILL)
    os.dup2(2, 1)  # the zygote's own output is for deaths alone
    points, error = Points(life.fatal, lambda: signal.alarm(_STANDSTILL)), ""
    module, _, name = life.story.partition(":")
    story: Story = getattr(importlib.import_module(module), name)
    try:
        asyncio.run(_run(story, life, points))
    except BaseException:  # noqa: BLE001 - whatever it was, the test shall see it
        error = traceback.format_exc()
    os.write(writing, json.dumps({"error": error[-4000:], "points": points.passed}).encode())
    os._exit(0)


async def _run(story: Story, life: Life, points: Points) -> None:
    await asyncio.create_task(story(life, points), name="story")


if __name__ == "__main__":
    main()
