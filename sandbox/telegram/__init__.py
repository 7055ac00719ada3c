"""
The Telegram Bot API, emulated strictly: what the bot may use, refused and failing as Telegram does.

Texts and limits follow the source of Telegram's own Bot API server and TDLib.
"""

from starlette.routing import BaseRoute

from sandbox.faults import Faults
from sandbox.store import Store
from sandbox.telegram.api import Api
from sandbox.telegram.control import Control
from sandbox.telegram.world import create

__all__ = ["routes"]


def routes(store: Store, faults: Faults) -> list[BaseRoute]:
    """Give the Bot API (`/bot…`, `/file/bot…`) and its control (`/control/telegram…`)."""
    world = create(store)
    return [*Api(world, faults).routes(), *Control(world).routes()]
