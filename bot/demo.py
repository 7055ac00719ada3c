"""`smsbot demo`: the real bot against the sandbox, in two processes of their own; with --tour it plays itself.

What this process does not do is part of the promise: it knows neither our tables nor our code's state, and judges the tour by
the far ends alone.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER, OPERATOR = 1001, 1002
_PORT = 8023
_START_SECONDS = 30


def main(argv: list[str] | None = None) -> int:
    """Run the demo until Ctrl+C or SIGTERM, or the tour to its end; return the exit status."""
    options = _parser().parse_args(argv)
    folder: Path = options.folder.resolve()
    if options.fresh:
        _forget(folder)
    folder.mkdir(parents=True, exist_ok=True)
    port = options.port or _free_port(0 if options.tour else _PORT)
    url = f"http://127.0.0.1:{port}"
    before = signal.signal(signal.SIGTERM, _end)
    try:
        with _running(
            folder, "sandbox", "-m", "sandbox", "--state", str(folder / "sandbox.sqlite"), "--port", str(port)
        ):
            _wait_for(url)
            with _running(
                folder, "bot", "-m", "bot", options.wing, env=_settings(folder, url, tour=options.tour)
            ) as bot:
                if options.tour:
                    from bot.tour import play

                    return play(url)
                _greet(url, folder)
                return bot.wait()
    except KeyboardInterrupt:
        return 1 if options.tour else 0  # a tour that did not come to its end has shown nothing
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: object) -> None:
    """End as Ctrl+C does, both children first; once, so that nothing cuts their end short."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="smsbot demo", description="The real bot against an emulated Telegram and SMS2."
    )
    parser.add_argument("--tour", action="store_true", help="play a scripted conversation and judge it")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier demos left")
    parser.add_argument("--port", type=int, default=0, help=f"where the page is (default: {_PORT}, or any free one)")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), help="where state and logs are kept")
    parser.add_argument("--wing", choices=("run", "bot", "worker"), default="run", help="which wings to start")
    return parser


def _settings(folder: Path, url: str, *, tour: bool) -> dict[str, str]:
    return {
        "SMSBOT_TELEGRAM_TOKEN": "100200300:sandbox-sandbox-sandbox-sandbox-123",
        "SMSBOT_TELEGRAM_API_URL": url,
        "SMSBOT_GATEWAY_URL": url,
        "SMSBOT_GATEWAY_USER": "sandbox",
        "SMSBOT_GATEWAY_PASSWORD": "sandbox",
        "SMSBOT_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'smsbot.sqlite'}",
        "SMSBOT_OWNERS": str(OWNER),
        "SMSBOT_DEFAULT_SENDER": "MyShop",
        "SMSBOT_PRICE_PER_PART": "5.00",
        "SMSBOT_STATUS_SCHEDULE": "1,1,1,2,5,10,30",
        "SMSBOT_UNDO_SECONDS": "2" if tour else "10",
    }


@contextmanager
def _running(
    folder: Path, name: str, *command: str, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python process of ours, its words in a log file; it is asked to end at the end."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("SMSBOT_")}
    with (folder / f"{name}.log").open("ab") as log:
        # In its own folder no .env of a real installation is found; in its own session Ctrl+C reaches it through us, in order.
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, *command],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=inherited | (env or {}),
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str) -> None:
    import httpx

    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            httpx.get(f"{url}/control/violations", timeout=1)
        except httpx.HTTPError:
            if time.monotonic() > until:
                raise SystemExit("The sandbox did not start: see sandbox.log in the demo's folder.") from None
            time.sleep(0.1)
        else:
            return


def _greet(url: str, folder: Path) -> None:
    sys.stdout.write(
        f"\n  Open {url}\n\n"
        "  Left: a chat with the bot. Write /start, then /send. Right: the phones that receive the SMS.\n"
        f"  State and logs: {folder}. Ctrl+C ends it; the next demo goes on where this one ends (ARGS=--fresh begins anew).\n"
    )
    sys.stdout.flush()


def _forget(folder: Path) -> None:
    for name in ("sandbox.sqlite", "smsbot.sqlite"):
        for suffix in ("", "-wal", "-shm", ".lock"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
