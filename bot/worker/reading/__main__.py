"""
The process that reads one document: a line of JSON and the document come in, packed pieces go out.

A process of its own, since hostile bytes go to native code here: whatever happens to it, the bot only sees it end.
"""

import gc
import json
import os
import sys

from bot.worker.reading.documents import read_bytes
from bot.worker.reading.frames import pack
from bot.worker.reading.limits import Limits
from bot.worker.reading.verdict import Trouble, Unreadable

_POLITE = 10
"""Chats come first on a machine with few cores."""


def main() -> None:
    """Read standard input to its end; pieces go to standard output as they are found."""
    asked = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**asked["limits"])
    os.nice(_POLITE)
    limits.impose()
    gc.disable()  # it would go through a million phones again and again, and there are no cycles to find
    write = sys.stdout.buffer.write
    try:
        for piece in read_bytes(sys.stdin.buffer.read(), asked["name"], column=asked["column"], limits=limits):
            write(pack(piece))
    except MemoryError:
        write(pack(Unreadable(Trouble.TOO_LARGE)))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
