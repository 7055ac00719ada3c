"""The Telegram side put together."""

from dataclasses import dataclass

from sandbox.store import Store
from sandbox.telegram.chats import Chats
from sandbox.telegram.files import Files
from sandbox.telegram.journal import Journal
from sandbox.telegram.menus import Menus
from sandbox.telegram.options import Options
from sandbox.telegram.people import People
from sandbox.telegram.presses import Presses
from sandbox.telegram.rooms import Rooms
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Webhook

__all__ = ["World", "create"]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that methods and people act upon; there is one bot, whatever its token."""

    store: Store
    options: Options
    journal: Journal
    people: People
    rooms: Rooms
    chats: Chats
    files: Files
    presses: Presses
    menus: Menus
    updates: Updates
    webhook: Webhook


def create(store: Store) -> World:
    """Build the Telegram side over a store; a new store gets the default people and their group."""
    options, journal, files = Options(store), Journal(store), Files(store)
    people = People(store, options)
    rooms = Rooms(store, people, options)
    updates = Updates(store, options)
    return World(
        store=store,
        options=options,
        journal=journal,
        people=people,
        rooms=rooms,
        chats=Chats(store, options, journal, people, rooms),
        files=files,
        presses=Presses(store, journal),
        menus=Menus(store, journal, people, rooms),
        updates=updates,
        webhook=Webhook(store, options, updates),
    )
