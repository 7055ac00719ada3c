"""A plot as a picture for a phone: 1080 pixels wide, large letters, nothing on it that is not looked at."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from bot.chat.charts.plot import Plot, Ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["figure", "png"]

WIDTH, HEIGHT = 1080, 900
_DPI: Final = 100
_LETTERS: Final = 25
"""Points at 100 dots an inch: 35 pixels, as large as the chat's own text where the picture fills a phone."""
_LETTER_WIDTH: Final = 21
_RIGHT: Final = 85
"""Pixels for what hangs over: half of the last day's name."""
_LABEL_WIDTH, _LABEL_HEIGHT, _TOUCHING = 0.028, 0.14, 0.04
"""Of a letter of the balance, as a share of the picture; and of the whole label; and what is no distance."""
_LINE, _LIMIT, _INK, _PALE, _GRID = "#1769c2", "#c62828", "#1f2933", "#66727f", "#dde3e9"


def png(plot: Plot) -> bytes:
    """Draw a plot as a PNG."""
    out = BytesIO()
    figure(plot).savefig(out, format="png")
    return out.getvalue()


def figure(plot: Plot) -> "Figure":
    """Draw a plot; without pyplot, which keeps every figure there ever was."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(drawn)
    left = max(len(label) for _, label in plot.levels) * _LETTER_WIDTH + 40
    axes = drawn.add_axes((left / WIDTH, 0.12, 1 - (left + _RIGHT) / WIDTH, 0.72))
    drawn.text(30 / WIDTH, 0.92, plot.title, fontsize=_LETTERS * 1.1, fontweight="bold", color=_INK)
    if plot.note is not None:
        drawn.text(30 / WIDTH, 0.865, plot.note, fontsize=_LETTERS, color=_LIMIT)
    _frame(axes, plot)
    _limit(axes, plot)
    _balance(axes, plot)
    return drawn


def _frame(axes: "Axes", plot: Plot) -> None:
    axes.set_xlim(*plot.span)
    axes.set_ylim(*plot.heights)
    _mark(axes, "x", plot.moments)
    _mark(axes, "y", plot.levels)
    axes.grid(axis="y", color=_GRID, linewidth=2)
    axes.tick_params(length=0, pad=12, labelsize=_LETTERS, labelcolor=_PALE)
    axes.spines[:].set_visible(False)
    if plot.heights[0] < 0 < plot.heights[1]:
        axes.axhline(0, color=_PALE, linewidth=2.5, label="zero", zorder=1.5)


def _mark(axes: "Axes", name: str, ticks: Ticks) -> None:
    places, labels = [place for place, _ in ticks], [label for _, label in ticks]
    (axes.set_xticks if name == "x" else axes.set_yticks)(places, labels)


def _balance(axes: "Axes", plot: Plot) -> None:
    """The line: a balance holds until the next is heard; where nothing was, pale dots lead over."""
    for place, run in enumerate(plot.runs):
        moments, values = [point[0] for point in run], [point[1] for point in run]
        if place + 1 < len(plot.runs):
            there = plot.runs[place + 1][0]
            over = ([moments[-1], there[0]], [values[-1], there[1]])
            axes.plot(*over, color=_PALE, linewidth=4, linestyle=(0, (0.1, 2.5)), dash_capstyle="round", label="gap")
        elif plot.holds > moments[-1]:
            moments, values = [*moments, plot.holds], [*values, values[-1]]
        alone: dict[str, Any] = {"marker": "o", "markersize": 9, "clip_on": False} if len(run) == 1 else {}
        axes.step(
            moments, values, where="post", color=_LINE, linewidth=5, solid_capstyle="round", label="balance", **alone
        )
    end, level = plot.holds, plot.runs[-1][-1][1]
    axes.plot([end], [level], marker="o", markersize=18, color=_LINE, clip_on=False, label="now", zorder=5)
    _say(axes, plot, end, level)


def _say(axes: "Axes", plot: Plot, end: float, level: float) -> None:
    """Write the latest balance at its point, beside the line and not on it."""
    above = _free_above(plot, end, level)
    right = end > sum(plot.span) / 2
    axes.annotate(
        plot.now,
        (end, level),
        xytext=(16 if right else -16, 22 if above else -22),
        textcoords="offset points",
        ha="right" if right else "left",
        va="bottom" if above else "top",
        fontsize=_LETTERS * 1.15,
        fontweight="bold",
        color=_LINE,
        zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 2},
    )


def _free_above(plot: Plot, end: float, level: float) -> bool:
    """Return whether a label belongs above its point: where the line comes from there, below, if there is room."""
    (low, high), (first, last) = plot.heights, plot.span
    height, width = high - low, (last - first) * len(plot.now) * _LABEL_WIDTH
    near = [value for run in plot.runs for moment, value, _ in _held(run, plot) if moment >= end - width]
    from_above = any(_TOUCHING < (value - level) / height < _LABEL_HEIGHT for value in near)
    from_below = any(_TOUCHING < (level - value) / height < _LABEL_HEIGHT for value in near)
    if (high - level) / height < _LABEL_HEIGHT:
        return False
    floor = low if plot.limit is None else max(low, plot.runs[-1][-1][2])
    return not from_above or from_below or (level - floor) / height < _LABEL_HEIGHT


def _held(run: tuple[tuple[float, float, float], ...], plot: Plot) -> Iterator[tuple[float, float, float]]:
    """Yield the levels of a run with the moments until when they hold."""
    for place, (moment, value, limit) in enumerate(run):
        until = (
            run[place + 1][0] if place + 1 < len(run) else max(moment, plot.holds if run is plot.runs[-1] else moment)
        )
        yield until, value, limit


def _limit(axes: "Axes", plot: Plot) -> None:
    """The level at which sending stops; below it nothing can be spent."""
    points = [point for run in plot.runs for point in run]
    low, start = plot.heights[0], plot.span[0]
    if plot.limit is None:
        return
    moments = [start, *(point[0] for point in points), plot.span[1]]
    levels = [points[0][2], *(point[2] for point in points), points[-1][2]]
    line = (0, (4, 2.5))
    axes.step(moments, levels, where="post", color=_LIMIT, linewidth=4, linestyle=line, label="limit", zorder=2)
    axes.fill_between(moments, levels, low, step="post", color=_LIMIT, alpha=0.08, linewidth=0)
    below: dict[str, Any] = {"xytext": (6, -8), "textcoords": "offset points", "va": "top"}
    axes.annotate(plot.limit, (start, levels[0]), fontsize=_LETTERS, color=_LIMIT, zorder=6, **below)
