"""A chart in its reader's words: the caption with its main figures, and all that stands on the picture."""

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from babel.numbers import format_compact_decimal

from bot.chat.cards.lasting import until
from bot.chat.cards.layout import facts, lines
from bot.chat.cards.pen import Pen
from bot.chat.charts.plot import Plot
from bot.chat.texts import Markup
from bot.domain.chart import Chart, heights, moments
from bot.services.requests import FRESH

__all__ = ["caption", "plot"]

_NBSP: Final = "\u00a0"
_MINUS: Final = "\u2212"
_LONG: Final = 1_000_000


def caption(pen: Pen, chart: Chart, *, drawn: bool = True) -> Markup:
    """Write what stands below the picture, or in its place: the balance, what was spent, how long the rest lasts."""
    last, money = chart.last, pen.formats.money
    now = (
        pen("chart-now", money=money(last.balance))
        if chart.now - last.at <= FRESH
        else pen("chart-last", money=money(last.balance), at=pen.formats.at(last.at))
    )
    return lines(
        Markup(f"<b>{_period(pen, chart)}</b>"),
        facts(now, pen("chart-spent", money=money(chart.spent))),
        _lasts(pen, chart),
        _gap(pen, chart, drawn=drawn),
        None if drawn else pen("chart-failed"),
    )


def plot(pen: Pen, chart: Chart) -> Plot:
    """Lay out the picture."""
    scale, zone = heights(chart), pen.reader.zone
    limit = _brief(pen, chart.last.overdraft) + f"{_NBSP}₽"
    return Plot(
        title=facts(pen.words.plain("chart-picture-title"), _span(pen, chart)),
        span=(chart.since.timestamp(), chart.now.timestamp()),
        heights=(float(scale.low), float(scale.high)),
        moments=tuple((one.timestamp(), _moment(pen, chart, one)) for one in moments(chart, zone)),
        levels=tuple((float(one), _brief(pen, one)) for one in scale.ticks),
        runs=tuple(
            tuple((one.at.timestamp(), float(one.balance), float(one.overdraft)) for one in run) for run in chart.runs
        ),
        holds=chart.holds.timestamp(),
        now=pen.formats.money(chart.last.balance),
        limit=pen.words.plain("chart-limit", money=limit) if scale.limited else None,
        note=None if scale.limited else pen.words.plain("chart-limit-far", money=limit),
    )


def _moment(pen: Pen, chart: Chart, moment: datetime) -> str:
    local = moment.astimezone(pen.reader.zone)
    day = not chart.hourly or local.time() == time()
    return pen.formats.brief_day(local.date()) if day else pen.formats.clock(moment)


def _period(pen: Pen, chart: Chart) -> Markup:
    return pen("chart-period", n=chart.days) if chart.whole else pen("chart-since", day=pen.formats.moment(chart.since))


def _span(pen: Pen, chart: Chart) -> str:
    first, last = (it.astimezone(pen.reader.zone).date() for it in (chart.since, chart.now))
    day = pen.formats.brief_day
    return day(last) if first == last else f"{day(first)}{_NBSP}– {day(last)}"


def _lasts(pen: Pen, chart: Chart) -> Markup:
    if chart.last.available <= 0:
        return pen("chart-over")
    if chart.lasts is not None:
        return pen("chart-lasts", until=until(pen, chart.lasts.until))
    if not chart.known:
        return pen("chart-early")
    return pen("chart-idle" if chart.idle else "chart-long")


def _gap(pen: Pen, chart: Chart, *, drawn: bool) -> Markup | None:
    """Say how much of the time is missing, and how that is drawn."""
    if not chart.silent:
        return None
    return pen("chart-gap" if drawn else "chart-gap-undrawn", span=pen.formats.duration(chart.silent))


def _brief(pen: Pen, roubles: Decimal) -> str:
    """Write money for an axis: 15 000, −2,5, 1,2 млн."""
    if abs(roubles) < _LONG:
        written = pen.formats.amount(roubles)
        return written[:-3] if roubles == roubles.to_integral_value() else written
    compact = format_compact_decimal(roubles, locale=pen.words.language, fraction_digits=2)
    return compact.replace("-", _MINUS).replace(" ", _NBSP)
