"""
The process that draws one picture: a plot comes in as JSON, a PNG goes out.

A process of its own, since the library weighs as much as the bot itself, and would never leave again.
"""

import json
import os
import sys

from bot.chat.charts.drawing import png
from bot.chat.charts.plot import Plot

_POLITE = 10
"""Chats come first on a machine with few cores."""


def main() -> None:
    """Read standard input to its end, and draw what it says."""
    os.nice(_POLITE)
    sys.stdout.buffer.write(png(Plot(**json.load(sys.stdin))))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
