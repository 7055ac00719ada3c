"""Imports, I0 to I3: which base, the verdict, how far it is, how it ended."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bot.chat.bad_rows import cause
from bot.chat.cards.bases import bases, choice, failure, title, turning
from bot.chat.cards.layout import LISTED, clipped, code, facts, folded, keyboard, lines, page
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.bases import BasesModel, Import, ImportCard
from bot.domain.states import ImportState

_COUNTS: Final = ("valid", "duplicates", "empty", "invalid")
_FILE: Final = 40
_BAR: Final = 10
_COLUMNS: Final = 6
_LABEL: Final = 30
_MINUTE: Final = 60


def base_or_import(pen: Pen, card: BasesModel) -> View:
    """Draw what /bases shows, or an import."""
    return import_(pen, card) if isinstance(card, ImportCard) else bases(pen, card)


def import_(pen: Pen, card: ImportCard) -> View:
    """Draw an import as it stands."""
    match card.row.state:
        case ImportState.CANCELLED:
            return _cancelled(pen, card)
        case ImportState.CHECKING | ImportState.READY:
            return _before(pen, card)
        case ImportState.RUNNING | ImportState.PAUSED:
            return _running(pen, card)
    return _done(pen, card)


def _before(pen: Pen, card: ImportCard) -> View:
    read = card.row.state is ImportState.READY
    if card.base is None and (card.row.total or not read):
        return _which(pen, card)
    if not read:
        head = pen.head(pen("import-title"), title(pen, card.base))
        return View(lines(head, pen("import-reading"), _source(pen, card.row)), keyboard((_close(pen),)))
    return _columns(pen, card) if card.row.asking.get("columns") else _verdict(pen, card)


def _into(pen: Pen, card: ImportCard) -> Markup | None:
    return title(pen, card.base) if card.base is not None else None


def _source(pen: Pen, row: Import) -> Markup:
    return pen("import-file", file=clipped(row.name, _FILE)) if row.name else pen("import-pasted")


def _which(pen: Pen, card: ImportCard) -> View:
    hint, source = _which_hint(pen, card), _source(pen, card.row)
    people = card.row.recipients
    send = pen.button("send-which-btn-phones", "impsms", n=people) if people else None
    head = pen.head(pen("import-title"), pen("import-which"))
    if people:
        head = pen.head(pen("send-which-title"), pen("word-numbers", n=people))
        hint = hint if card.row.asking else pen("import-contacts")
    text = lines(head, hint, source)
    rows = [(choice(pen, base, "impbase"),) for base in card.bases]
    whole = pen.button("base-btn-all", "impback") if card.row.asking.get("query") else None
    again = pen.button("base-btn-refresh", "imppage", "0") if card.row.asking.get("silent") else None
    turns = turning(pen, card.page, card.pages, "imppage")
    return View(text, keyboard((send,), *rows, turns, (whole, again), (_close(pen),)))


def _which_hint(pen: Pen, card: ImportCard) -> Markup:
    query = card.row.asking.get("query")
    if card.row.asking.get("silent"):
        return pen("base-list-silent") if card.known else pen("import-ask-silent")
    if not card.known:
        return pen("import-waiting")
    if query:
        return pen("base-list-found" if card.bases else "base-list-none", query=clipped(str(query), _FILE))
    return pen("base-list-line") if card.bases else pen("base-list-empty")


def _verdict(pen: Pen, card: ImportCard) -> View:
    verdict: Any = card.row.verdict or {}
    valid, rows = int(verdict["valid"]), sum(int(verdict[name]) for name in _COUNTS)
    count = pen.formats.count
    fit = pen("import-verdict-line", valid=count(valid), rows=count(rows))
    text = page(
        lines(
            pen.head(pen("import-verdict-title" if valid else "import-none-title"), _into(pen, card)),
            fit,
            _left_out(pen, verdict),
            _source(pen, card.row),
        ),
        folded(lines(*(_bad_row(pen, bad) for bad in verdict["bad"][:LISTED]))) if verdict["bad"] else None,
    )
    add = pen.button("import-btn-add", "impgo", n=count(valid)) if valid else None
    bad = pen.button("import-btn-bad", "impbad") if card.row.bad_rows is not None else None
    column = verdict.get("column")
    pick = pen.button("import-btn-column", "impask", n=int(column)) if column and len(verdict["columns"]) > 1 else None
    return View(text, keyboard((add,), (bad, pick), (_close(pen),)))


def _left_out(pen: Pen, verdict: Mapping[str, Any]) -> Markup | None:
    """Say what does not fit, where there is any of it."""
    found = {name: int(verdict[name]) for name in _COUNTS[1:]}
    line = facts(*(pen(f"import-verdict-{name}", n=pen.formats.count(n)) if n else None for name, n in found.items()))
    return Markup(line[:1].upper() + line[1:]) if line else None


def _bad_row(pen: Pen, bad: Any) -> Markup:
    why = cause(pen.words, str(bad["why"]), int(bad["digits"]))
    return pen("import-bad-row", row=str(bad["row"]), raw=code(str(bad["raw"])), why=why)


def _columns(pen: Pen, card: ImportCard) -> View:
    columns = (card.row.verdict or {}).get("columns", ())[:_COLUMNS]
    rows = [(_column(pen, int(one["number"]), str(one["title"])),) for one in columns]
    back = (pen.button("word-btn-back", "impback"),)
    return View(pen.head(pen("import-column-title"), title(pen, card.base)), keyboard(*rows, back))


def _column(pen: Pen, number: int, name: str) -> Button:
    label = pen.words.plain("import-btn-column", n=number) + (f" · {name}" if name else "")
    return Button(clipped(label, _LABEL), "impcol", str(number))


def _running(pen: Pen, card: ImportCard) -> View:
    row = card.row
    share = row.done / row.total if row.total else 0.0
    key = "import-run-title" if row.state is ImportState.RUNNING else "import-paused-title"
    key = "import-stuck-title" if row.refused else key
    head = pen.head(pen(key, percent=pen.formats.percent(int(share * 100) / 100)), title(pen, card.base))
    silent = row.state is ImportState.RUNNING and row.waiting_since is not None
    text = lines(
        head,
        failure(pen, row.refused) if row.refused else pen("import-silent") if silent else None,
        _progress(pen, row, share),
        None if silent else _rate(pen, row),
    )
    stop = pen.button("word-btn-stop", "impstop")
    if row.state is ImportState.RUNNING:
        return View(text, keyboard((pen.button("import-btn-pause", "imppause"), stop)))
    return View(text, keyboard((pen.button("word-btn-resume", "impresume"), stop)))


def _progress(pen: Pen, row: Import, share: float) -> Markup:
    full = int(share * _BAR)
    bar, count = "▰" * full + "▱" * (_BAR - full), pen.formats.count
    seconds = _seconds(pen, row)
    if row.state is not ImportState.RUNNING or row.waiting_since is not None or not row.done or not seconds:
        return pen("import-progress", bar=bar, done=count(row.done), total=count(row.total))
    left = pen.formats.duration(_rounded(seconds * (row.total - row.done) / row.done))
    return pen("import-progress-left", bar=bar, done=count(row.done), total=count(row.total), left=left)


def _rounded(seconds: float) -> timedelta:
    """Tell whole minutes from the first one on: an estimate that ticks is read as a clock."""
    whole = math.ceil(seconds)
    return timedelta(seconds=whole if whole < _MINUTE else math.ceil(whole / _MINUTE) * _MINUTE)


def _rate(pen: Pen, row: Import) -> Markup | None:
    seconds = _seconds(pen, row)
    if row.state is not ImportState.RUNNING or not row.done or not seconds:
        return None
    return pen("import-rate", n=pen.formats.count(int(row.done / seconds * _MINUTE)))


def _seconds(pen: Pen, row: Import) -> float:
    """Return how long it has been adding, standstills left out."""
    return (pen.reader.now - row.began_at).total_seconds() if row.began_at is not None else 0.0


def _done(pen: Pen, card: ImportCard) -> View:
    row, count = card.row, pen.formats.count
    stopped = row.state is ImportState.STOPPED
    key = "import-stopped-title" if stopped else "import-done-title"
    left = row.total - row.done
    # A list of the bases from before the import does not have what it added.
    counted = card.base is not None and row.began_at is not None and card.base.seen_at >= row.began_at
    text = lines(
        pen.head(pen(key), title(pen, card.base)),
        _added(pen, row),
        pen("import-left-line", n=count(left)) if stopped and left else None,
        pen("import-done-total", total=count(card.base.total)) if card.base is not None and counted else None,
        pen("import-repeated") if row.repeated else None,
    )
    refused = pen.button("import-btn-refused", "imprest") if row.rejected else None
    return View(text, keyboard((refused, pen.button("import-btn-open", "impopen"))))


def _added(pen: Pen, row: Import) -> Markup:
    added, rejected = pen.formats.count(row.added), pen.formats.count(row.rejected)
    return (
        pen("import-done-line", added=added, rejected=rejected) if row.rejected else pen("import-done-all", added=added)
    )


def _cancelled(pen: Pen, card: ImportCard) -> View:
    if card.row.refused is None:
        return View(lines(pen.head(pen("import-closed-title"), _source(pen, card.row)), pen("import-closed-line")))
    why = card.row.refused.replace("_", "-")
    text = lines(
        pen.head(pen("import-none-title" if why == "no-numbers" else "import-refused-title"), _into(pen, card)),
        pen(f"import-refused-{why}"),
        _source(pen, card.row),
    )
    return View(text)


def _close(pen: Pen) -> Button:
    return pen.button("word-btn-close", "impclose")
