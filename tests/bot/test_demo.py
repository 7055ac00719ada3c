"""The demo as a process of its own: what it starts, it ends."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

_ROOT = str(Path(__file__).parents[2])
_PATIENCE = 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_the_demo_ends_both_its_children_when_it_is_told_to_end(tmp_path: Path, number: int) -> None:
    """In order: the bot says so itself, and nobody listens at the page's address any more."""
    url = f"http://127.0.0.1:{_free_port()}"
    command = (sys.executable, "-m", "bot", "demo", "--folder", str(tmp_path), "--port", url.rpartition(":")[2])
    pipe = asyncio.subprocess.PIPE
    demo = await asyncio.create_subprocess_exec(*command, stdout=pipe, env=os.environ | {"PYTHONPATH": _ROOT})
    try:
        assert demo.stdout is not None
        async with asyncio.timeout(_PATIENCE):
            while url.encode() not in await demo.stdout.readline():
                assert not demo.stdout.at_eof()
            await _until_started(tmp_path / "bot.log")
            demo.send_signal(number)
            await demo.communicate()
    finally:
        if demo.returncode is None:
            demo.kill()
            await demo.communicate()
    assert demo.returncode == 0
    assert "ended" in _last_line(tmp_path / "bot.log")
    async with httpx.AsyncClient(trust_env=False) as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(url)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_started(log: Path) -> None:
    while "started" not in log.read_text():  # noqa: ASYNC110, ASYNC240 - another process writes its few lines
        await asyncio.sleep(0.05)


def _last_line(log: Path) -> str:
    return log.read_text().splitlines()[-1]
