"""A chart on its way into a chat: laid out in a thread, put into words, drawn in a process of its own."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import too_little
from bot.chat.charts.process import PATIENCE, DrawingError, draw
from bot.chat.charts.words import caption, plot
from bot.chat.texts import Markup
from bot.domain.bases import BaseFile
from bot.domain.chart import chart
from bot.domain.models import Reader
from bot.domain.money import Snapshot

__all__ = ["picture"]

_log = structlog.get_logger("charts")


async def picture(
    file: BaseFile, days: int, story: Sequence[Snapshot], reader: Reader, *, patience: float = PATIENCE
) -> tuple[BaseFile | None, Markup]:
    """Return the picture and its caption, or, where there is none to be had, what to say in its place."""
    pen, shown = Pen.of(reader), await asyncio.to_thread(chart, story, days, reader.now)
    if shown is None:
        known = (story[-1].balance, story[-1].at) if story else None
        return None, too_little(pen, known, days)
    try:
        png = await draw(await asyncio.to_thread(plot, pen, shown), patience=patience)
    except DrawingError as error:
        _log.exception("chart not drawn", why=str(error))
        return None, caption(pen, shown, drawn=False)
    return replace(file, mime="image/png", data=png), caption(pen, shown)
