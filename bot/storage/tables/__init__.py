"""The tables. Every due table carries the same four columns: next_at, attempts, claim, lease_until."""

from bot.storage.tables.base import metadata
from bot.storage.tables.bases import bases, import_chunks, imports, multicasts
from bot.storage.tables.cards import cards, documents, notices, requests
from bot.storage.tables.people import admins, chats, defaults, inbox, invites, strangers
from bot.storage.tables.sending import balances, batches, blobs, drafts, list_chunks, lists, messages, valves
from bot.storage.tables.upkeep import beats, events
from bot.storage.tables.watch import approvals, episodes, thresholds, ticks, watchers

__all__ = [
    "admins",
    "approvals",
    "balances",
    "bases",
    "batches",
    "beats",
    "blobs",
    "cards",
    "chats",
    "defaults",
    "documents",
    "drafts",
    "episodes",
    "events",
    "import_chunks",
    "imports",
    "inbox",
    "invites",
    "list_chunks",
    "lists",
    "messages",
    "metadata",
    "multicasts",
    "notices",
    "requests",
    "strangers",
    "thresholds",
    "ticks",
    "valves",
    "watchers",
]
