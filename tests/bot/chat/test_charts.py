"""The picture of a chart: what stands on it, read off the figure and not off its pixels; and the process that draws it."""

import asyncio
import struct
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.chat.cards.pen import Pen
from bot.chat.charts.drawing import HEIGHT, WIDTH, figure
from bot.chat.charts.pictures import picture
from bot.chat.charts.plot import Plot
from bot.chat.charts.process import DrawingError, draw
from bot.chat.charts.words import plot
from bot.chat.texts import LANGUAGES
from bot.domain.bases import BaseFile
from tests.golden.chart_examples import charts, history
from tests.golden.made import reader

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EXAMPLES = dict(charts())


def laid_out(name: str, language: str = "ru") -> Plot:
    return plot(Pen.of(reader(language)), EXAMPLES[name])


def axes(name: str, language: str = "ru") -> "Axes":
    [found] = figure(laid_out(name, language)).axes
    return found


def lines(name: str, label: str) -> list[list[tuple[float, float]]]:
    """Return the points of all lines of a label."""
    return [
        [(float(x), float(y)) for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]  # type: ignore[arg-type]
        for line in axes(name).get_lines()
        if line.get_label() == label
    ]


def test_the_line_is_the_balance_and_reaches_until_now() -> None:
    chart = EXAMPLES["falling"]
    [line] = lines("falling", "balance")
    assert line == [(one.at.timestamp(), float(one.balance)) for one in chart.runs[0]]
    assert line[-1][0] == chart.now.timestamp()


def test_a_balance_holds_until_the_next_is_heard() -> None:
    """No slope is drawn that nobody has seen."""
    styles = {line.get_drawstyle() for line in axes("falling").get_lines() if line.get_label() == "balance"}
    assert styles == {"steps-post"}


def test_the_latest_balance_is_marked_and_named() -> None:
    chart = EXAMPLES["falling"]
    assert lines("falling", "now") == [[(chart.now.timestamp(), 5006.75)]]
    assert "5 006,75 ₽" in [text.get_text().replace("\xa0", " ") for text in axes("falling").texts]


def test_an_old_balance_is_marked_where_it_was_heard() -> None:
    chart = EXAMPLES["old"]
    assert lines("old", "now") == [[(chart.last.at.timestamp(), 4989.73)]]
    assert max(x for line in lines("old", "balance") for x, _ in line) == chart.last.at.timestamp()


def test_the_limit_is_a_line_from_side_to_side() -> None:
    chart = EXAMPLES["falling"]
    [limit] = lines("falling", "limit")
    assert {y for _, y in limit} == {-10_000.0}
    assert (limit[0][0], limit[-1][0]) == (chart.since.timestamp(), chart.now.timestamp())


def test_a_limit_that_is_off_the_scale_is_named_instead() -> None:
    assert lines("far-limit", "limit") == []
    said = [text.get_text() for text in figure(laid_out("far-limit")).texts]
    assert any("остановка далеко внизу" in text for text in said)


def test_a_gap_is_no_line() -> None:
    """Pale dots lead over what nobody knows."""
    shown = laid_out("falling")
    run = shown.runs[0]
    broken = replace(shown, runs=(run[:2], run[3:]))
    [found] = figure(broken).axes
    by_label = [line.get_label() for line in found.get_lines()]
    assert by_label.count("balance") == 2
    [dots] = [line for line in found.get_lines() if line.get_label() == "gap"]
    assert list(dots.get_xdata()) == [run[1][0], run[3][0]]  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_stands_on_the_picture(name: str, language: str) -> None:
    """Nothing is cut off, and the names below do not run into each other: that was seen on pictures, and shall not come back."""
    drawn = figure(laid_out(name, language))
    drawn.canvas.draw()
    [found] = drawn.axes
    below = [label.get_window_extent() for label in found.get_xticklabels()]
    boxes = [text.get_window_extent() for text in (*drawn.texts, *found.texts, *found.get_yticklabels())] + below
    assert [box for box in boxes if box.x0 < 0 or box.x1 > WIDTH or box.y0 < 0 or box.y1 > HEIGHT] == []
    assert all(right.x0 - left.x1 >= 10 for left, right in pairwise(below))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_latest_balance_stands_on_no_limit(name: str) -> None:
    drawn = figure(laid_out(name))
    drawn.canvas.draw()
    [found] = drawn.axes
    *_, named = found.texts
    box = named.get_window_extent()
    level = found.transData.transform((0, laid_out(name).runs[-1][-1][2]))[1]
    assert laid_out(name).limit is None or not box.y0 < level < box.y1


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_latest_balance_stands_beside_its_line(name: str) -> None:
    """Whether the line comes from above or from below, its level parts do not run through the figure."""
    drawn = figure(laid_out(name))
    drawn.canvas.draw()
    [found] = drawn.axes
    box = found.texts[-1].get_window_extent()
    for line in (line for line in found.get_lines() if line.get_label() == "balance"):
        places = found.transData.transform(line.get_xydata())
        crossing = [
            (x, y) for (x, y), (until, _) in pairwise(places) if box.y0 < y < box.y1 and x < box.x1 and until > box.x0
        ]
        assert crossing == []


async def test_the_process_draws_it_for_a_phone() -> None:
    png = await draw(laid_out("topped-up"))
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)
    assert len(png) < 200_000


async def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(DrawingError, match="too long"):
        await draw(laid_out("falling"), patience=0)


async def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(DrawingError, match="ended with"):
        await draw(replace(laid_out("falling"), heights=("high", "low")))  # type: ignore[arg-type]


async def test_what_cannot_be_drawn_is_said_in_words() -> None:
    """The figures come, whatever becomes of the picture."""
    file = BaseFile("balance-7.png", "text/x-balance", b"7")
    drawn, said = await picture(file, 7, history(7, 9000, 5006.75), reader("ru"), patience=0)
    assert drawn is None
    assert "Сейчас 5\xa0006,75" in said
    assert said.endswith("Нарисовать не получилось: вот главное словами.")


async def test_too_little_is_said_in_words() -> None:
    file = BaseFile("balance-7.png", "text/x-balance", b"7")
    drawn, said = await picture(file, 7, history(7, 9000)[-1:], reader("en"))
    assert drawn is None
    assert "All that is known is 9,000.00\xa0₽ at 12:06." in said


async def test_the_loop_goes_on_while_it_is_drawn() -> None:
    drawing = asyncio.create_task(draw(laid_out("falling")))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 10
