"""
The gateway's requests per second beside plain httpx (one pool) and plain aiohttp, in the same run.

The server, a process of its own, answers each send after 200 ms: with n requests in flight 5·n a second are ideal.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import aiohttp
import httpx

from gateway import Gateway
from tests.gateway.failing import FailingServer, Peer, reply

DELAY = 0.2
SECONDS = 3.0
IN_FLIGHT = (1, 10, 100)
SENT = reply("Message successfully sent! Message_ID=17")
FORM = {"user": "me", "pass": "secret", "phone": "79119876543", "message": "Hello", "from": "Sender", "flash": "0"}

Post = Callable[[], Awaitable[object]]
Contestant = Callable[[str, int], AbstractAsyncContextManager[Post]]


@contextlib.asynccontextmanager
async def our_gateway(url: str, in_flight: int) -> AsyncIterator[Post]:
    async with Gateway(url, "me", "secret", max_connections=in_flight, timeout=60) as gateway:
        yield lambda: gateway.send_sms("79119876543", "Hello", "Sender")


@contextlib.asynccontextmanager
async def plain_httpx(url: str, in_flight: int) -> AsyncIterator[Post]:
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        yield lambda: client.post(f"{url}/sms.cgi", data=FORM)


@contextlib.asynccontextmanager
async def plain_aiohttp(url: str, in_flight: int) -> AsyncIterator[Post]:
    async with aiohttp.ClientSession() as session:

        async def post() -> str:
            async with session.post(f"{url}/sms.cgi", data=FORM) as response:
                return await response.text()

        yield post


CONTESTANTS: dict[str, Contestant] = {
    "gateway": our_gateway,
    "httpx": plain_httpx,
    "aiohttp": plain_aiohttp,
}


@dataclass(frozen=True, slots=True)
class Speed:
    per_second: float
    cpu_ms: float


async def measure(contestant: Contestant, url: str, in_flight: int) -> Speed:
    """Keep `in_flight` requests under way for a while, with the connections already made."""
    async with contestant(url, in_flight) as post:
        await asyncio.gather(*(post() for _ in range(in_flight)))
        done, clock, cpu = 0, time.perf_counter(), time.process_time()

        async def lane() -> None:
            nonlocal done
            while time.perf_counter() - clock < SECONDS:
                await post()
                done += 1

        await asyncio.gather(*(lane() for _ in range(in_flight)))
        elapsed, burnt = time.perf_counter() - clock, time.process_time() - cpu
    return Speed(done / elapsed, burnt / done * 1000)


async def compare(url: str) -> str:
    rows = [
        f"{'in flight':>9} {'ideal/s':>8}  {'client':8} {'req/s':>7} {'CPU ms':>7} {'of httpx':>9} {'of aiohttp':>11}"
    ]
    for in_flight in IN_FLIGHT:
        speeds = {name: await measure(contestant, url, in_flight) for name, contestant in CONTESTANTS.items()}
        for name, speed in speeds.items():
            ratios = [speed.per_second / speeds[other].per_second for other in ("httpx", "aiohttp")]
            rows.append(
                f"{in_flight:9} {in_flight / DELAY:8.0f}  {name:8} {speed.per_second:7.1f} {speed.cpu_ms:7.2f}"
                f" {ratios[0]:8.2f}x {ratios[1]:10.2f}x",
            )
    return "\n".join(rows)


async def answer_late(peer: Peer) -> None:
    while await peer.request():
        await asyncio.sleep(DELAY)
        await peer.write(SENT)


async def serve() -> None:
    """Serve until the parent closes our standard input."""
    async with FailingServer(answer_late) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


async def against_a_server() -> str:
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(sys.executable, "-m", __spec__.name, "serve", stdin=pipe, stdout=pipe)
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        url = (await server.stdout.readline()).decode().strip()
        return await compare(url)
    finally:
        server.stdin.close()
        await server.wait()


def run() -> str:
    """Measure, and give the figures as a table."""
    return asyncio.run(against_a_server())


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        sys.stdout.write(f"{run()}\n")
