"""`python -m sandbox`: both counterparts on one loopback port, until SIGTERM or Ctrl+C."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox.app import serve
from sandbox.store import Store

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the sandbox; prints its address once it listens, and gives the exit status."""
    options = _parser().parse_args(argv)
    if options.fresh:
        _forget(options.state)
    options.state.parent.mkdir(parents=True, exist_ok=True)
    store = Store(options.state)
    try:
        asyncio.run(_run(store, options.port))
    except OSError as error:
        sys.stderr.write(f"The sandbox cannot listen on port {options.port}: {error}\n")
        return 1
    finally:
        store.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8023, help="0: any free one (default: %(default)s)")
    parser.add_argument("--state", type=Path, required=True, help="the file that keeps everything")
    parser.add_argument("--fresh", action="store_true", help="forget what the file holds")
    return parser


def _forget(state: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        state.with_name(state.name + suffix).unlink(missing_ok=True)


async def _run(store: Store, port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve(store, port=port) as url:
        sys.stdout.write(f"The sandbox listens at {url}\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
