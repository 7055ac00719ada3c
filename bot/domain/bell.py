"""Wake-ups inside one process."""

import asyncio


class Bell:
    """Wakes lanes of this process; a ring that is lost costs a moment, never correctness."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = {}

    def event(self, name: str) -> asyncio.Event:
        """Return the event that a lane of this name waits for."""
        return self._events.setdefault(name, asyncio.Event())

    def ring(self, *names: str) -> None:
        """Wake the lanes of these names."""
        for name in names:
            self.event(name).set()
