"""Draws a plot in a process of its own: the loop goes on meanwhile, and the memory is given back."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from typing import Final

from bot.chat.charts.plot import Plot

__all__ = ["PATIENCE", "DrawingError", "draw"]

_COMMAND: Final = (sys.executable, "-I", "-m", "bot.chat.charts")
PATIENCE: Final = 30.0


class DrawingError(Exception):
    """There is no picture: the process died, or took too long."""


async def draw(plot: Plot, *, patience: float = PATIENCE) -> bytes:
    """Return the plot as a PNG; raise DrawingError after so many seconds."""
    told = await asyncio.to_thread(lambda: json.dumps(plot.as_json()).encode())
    # No environment: what it holds of secrets is none of the process's business.
    process = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})
    try:
        async with asyncio.timeout(patience):
            drawn, _ = await process.communicate(told)
    except TimeoutError:
        raise DrawingError("it took too long") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
    if process.returncode or not drawn:
        raise DrawingError(f"the process ended with {process.returncode}")
    return drawn
