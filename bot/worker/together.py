"""Results that are stored together: what came in while one transaction was under way goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

Result = TypeVar("Result")
_MOST: Final = 64


class Together(Generic[Result]):
    """Stores results in the order in which they came, `store` being one transaction for all that it is given.

    After a failure they go one by one, and then in growing groups again: one that cannot be stored holds up no other.
    """

    def __init__(self, store: Callable[[Sequence[Result]], Awaitable[None]]) -> None:
        self._store = store
        self._waiting: list[Result] = []
        self._turn = asyncio.Lock()
        self._most = 1

    async def add(self, result: Result) -> None:
        """Return once the result is stored; raise what kept it from that, and it is no longer waiting then."""
        self._waiting.append(result)
        async with self._turn:  # whose turn it is first in the row, for both are first come, first served
            if any(one is result for one in self._waiting):
                await self._next(result)

    async def _next(self, first: Result) -> None:
        some, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            await self._store(some)
        except BaseException:
            self._waiting[:0] = [one for one in some if one is not first]
            self._most = 1
            raise
        self._most = min(2 * self._most, _MOST)
