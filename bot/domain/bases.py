"""Phone bases and imports as values: what rows and answers mean, and what their cards show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.domain.models import Place
from bot.domain.states import ImportState

__all__ = ["PAGE", "PHONES", "BaseFile", "BasesCard", "BasesModel", "Import", "ImportCard", "Listed", "Told"]

PAGE: Final = 6
"""Bases on a page of the list."""
AS_RECIPIENTS: Final = 1_000
"""Numbers of contacts that an SMS may be written to at once; more only become an import."""
PHONES: Final = 20
"""Phones on a page of a base."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One base of the provider's list; `protected` is None until a call says, `seen_at` when the list was given."""

    id: int
    name: str
    total: int
    protected: bool | None
    listed: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider said to one call about a base: whether a phone is in, what was added, or all its phones."""

    inside: bool | None = None
    added: int = 0
    rejected: tuple[str, ...] = ()
    phones: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A document ready to be kept: its name, its type, its bytes."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class BasesCard:
    """Where somebody stands among the bases.

    `step`: waiting (no list yet) | list | base | ask | remove | answer | phones. `state` has its details:
    ask (check | add | remove | import), refused (a typed answer that is no number: {raw, why, digits}), phone, asked (the
    verb whose answer is shown), answer ({inside, added, rejected} or {code}), busy (a call is under way), silent (why the
    list could not be had), query. `bases` is the page shown, `page` of `pages`; `count` and `phones_total` are of all found.
    """

    step: str
    state: Mapping[str, Any]
    bases: tuple[Listed, ...] = ()
    page: int = 0
    pages: int = 1
    count: int = 0
    phones_total: int = 0
    base: Listed | None = None
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """A list of phones on its way into a base.

    `name`: of the document, "" for a pasted text. `verdict`: {valid, invalid, duplicates, empty, bad: [{row, raw, why, digits}],
    column, columns: [{number, title}]}. `refused`: why it could not be read, or why it paused by itself. `total`, `done`: phones
    to add and gone through; `rejected`: those the provider did not take. `repeated`: a chunk may have gone twice.
    `began_at` moves on by every standstill; `waiting_since`: since when nothing is added.
    """

    id: int
    author: int
    place: Place
    state: ImportState
    base: int | None
    name: str
    file_id: str | None
    pasted: str | None
    blob: int | None
    column: int | None
    verdict: Mapping[str, Any] | None
    refused: str | None
    asking: Mapping[str, Any]
    bad_rows: int | None
    total: int
    done: int
    added: int
    rejected: int
    repeated: bool
    began_at: datetime | None
    waiting_since: datetime | None
    attempts: int
    claim: str | None

    @property
    def recipients(self) -> int:
        """Return how many numbers an SMS may be written to instead: those of contacts without a base; of other lists none."""
        contacts = self.name.lower().rpartition(".")[2] in ("vcard", "vcf")
        choosing = contacts and self.base is None and self.state is ImportState.READY
        return self.total if choosing and self.total <= AS_RECIPIENTS else 0


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import as its card shows it; `bases`, `page` and `pages` while it asks for its base; `known`: there is a list of them."""

    row: Import
    base: Listed | None
    bases: tuple[Listed, ...] = ()
    page: int = 0
    pages: int = 1
    known: bool = True


BasesModel = BasesCard | ImportCard
