"""The lane that gathers the phones of a tracked send, freezes them, and makes its messages of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.tracked import CHUNK, MOST
from bot.services.multicasts.tracked import PhoneList
from bot.services.unit import Unit
from gateway import Gateway, GatewayError, RejectedError
from gateway.phones import Refusal, parse

_CHUNKS: Final = 10
"""Chunks that are stored in one transaction."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All phones are stored: how many, how many repeats were left out, and how many were no phones."""

    total: int
    repeats: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The list cannot be had: the provider's code, or too_many; and at which base."""

    code: str
    base: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer that can be read."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Nothing is left to be made of it, or it is somebody else's."""


Result = Gathered | Refused | Silent | Filled | None


class GatherLane:
    """Fetches each base, leaves out what came before, and stores the rest in chunks; then turns chunks into messages."""

    name = "gathering"

    def __init__(self, unit: Unit, gateway: Gateway, slots: int = 1, chunk: int = CHUNK) -> None:
        self.slots, self._chunk = slots, chunk
        self._unit, self._gateway = unit, gateway

    async def claim(self, free: int) -> Sequence[PhoneList]:
        """Take the lists that are due."""
        async with self._unit() as services:
            return await services.tracked.claim(free)

    async def do(self, item: PhoneList) -> Result:
        """Gather, or fill; None where nobody waits for it any more."""
        if item.total is not None:
            return await self._fill(item)
        async with self._unit() as services:
            if not await services.tracked.wanted(item):
                return None
        return await (self._fetch(item) if item.source is None else self._collect(item))

    async def finish(self, item: PhoneList, result: Result) -> None:
        """Freeze the list, refuse it, try again, or let it rest."""
        async with self._unit() as services:
            match result:
                case Gathered():
                    await services.tracked.gathered(item, result.total, result.repeats, result.invalid)
                case Refused():
                    await services.tracked.refused(item, result.code, result.base)
                case Silent():
                    await services.tracked.silent(item)
                case Filled():
                    await services.tracked.filled(item)

    async def next_due(self) -> datetime | None:
        """Return when the next list is due."""
        async with self._unit.reading() as services:
            return await services.tracked.next_due()

    def failed(self, item: PhoneList, error: Exception) -> Result:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: gathering is tried again, filling goes on where it stood once the lease is over."""
        return Silent() if item.total is None else None

    async def _fetch(self, item: PhoneList) -> Result:
        phones: dict[str, None] = {}
        read = invalid = 0
        for base in item.bases:
            try:
                found = await self._gateway.phones(base)
            except RejectedError as error:
                return Refused(error.reason.name, base)
            except GatewayError:
                return Silent()
            read += len(found)
            invalid += await asyncio.to_thread(_merge, found, phones)
            if not await self._held(item):
                return None
            if len(phones) > MOST:
                return Refused("too_many", base)
        if not await self._keep(item, list(phones)):
            return None
        return Gathered(len(phones), read - invalid - len(phones), invalid)

    async def _held(self, item: PhoneList) -> bool:
        async with self._unit() as services:
            return await services.tracked.held(item)

    async def _collect(self, item: PhoneList) -> Result:
        """Take the phones from the batch that failed to reach them."""
        last = total = 0
        while True:
            async with self._unit.reading() as services:
                found = await services.tracked.failed_after(item, last, self._chunk * _CHUNKS)
            if not found:
                return Gathered(total, 0, 0)
            last, total = found[-1][0], total + len(found)
            if not await self._keep(item, [phone for _, phone in found]):
                return None

    async def _keep(self, item: PhoneList, phones: Sequence[str]) -> bool:
        size = self._chunk * _CHUNKS
        for start in range(0, len(phones), size):
            some = phones[start : start + size]
            chunks = [some[at : at + self._chunk] for at in range(0, len(some), self._chunk)]
            async with self._unit() as services:
                if not await services.tracked.keep(item, chunks):
                    return False
        return True

    async def _fill(self, item: PhoneList) -> Filled:
        more = True
        while more:
            async with self._unit() as services:
                more = await services.tracked.fill(item)
        return Filled()


def _merge(found: Sequence[str], phones: dict[str, None]) -> int:
    """Add what is new to the phones, in order; return how many were none."""
    invalid = 0
    for raw in found:
        phone = parse(raw)
        if isinstance(phone, Refusal):
            invalid += 1
        else:
            phones[phone] = None
    return invalid
