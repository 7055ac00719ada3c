"""Charts: the caption of each, and the words on the picture; what is drawn of it, the tests of drawing look at."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.chat.cards.pen import Pen
from bot.chat.charts.words import caption, plot
from bot.domain.chart import Chart, chart
from bot.domain.money import Snapshot
from tests.golden.made import at, reader
from tests.golden.notation import RULE

NOW = at("12:06")
_HOUR = timedelta(hours=1)


def history(days: float, *balances: float, overdraft: float = -10_000, until: datetime = NOW) -> list[Snapshot]:
    """Return a balance for every hour of so many days, which goes through these values in equal stretches."""
    hours = int(days * 24)
    return [
        Snapshot(
            _money(balances[place * len(balances) // (hours + 1)]), _money(overdraft), until - (hours - place) * _HOUR
        )
        for place in range(hours + 1)
    ]


def charts() -> Iterator[tuple[str, Chart]]:
    """Yield every example by name."""
    ended = NOW - timedelta(days=3)
    examples: Sequence[tuple[str, int, list[Snapshot]]] = (
        ("falling", 7, history(7, 9000, 8200.5, 7000, 5006.75)),
        ("topped-up", 30, history(30, 6000, 3000, 1500, 11_500, 9000)),
        ("just-paid", 7, history(7, 6000, 0, 0, 0, 0, 0, 0, 1900)),
        ("negative", 30, history(30, 3000, 0, -4000, -5724.53)),
        ("nothing-left", 7, history(7, -9000, -10_000)),
        ("flat", 90, history(90, 5006.75)),
        ("for-years", 7, history(7, 5006.75, 5005)),
        ("far-limit", 30, history(30, 600, 500, 400, overdraft=-1_000_000)),
        ("millions", 90, history(90, 4_200_000, 2_286_627.96, overdraft=-500_000)),
        ("two-days", 30, history(2, 800, 619.5, overdraft=0)),
        ("hours", 7, history(4, 800, 702.87, overdraft=0)[-5:]),
        ("gap", 7, [*history(7, 6000, 5000, 4000)[:48], *history(2, 2500, 2100)]),
        ("old", 30, history(27, 9000, 4989.73, until=ended)),
    )
    for name, days, story in examples:
        shown = chart(story, days, NOW)
        assert shown is not None, name
        yield name, shown


def written(language: str) -> str:
    """Write all charts as their golden file holds them."""
    pen = Pen.of(reader(language))
    parts = []
    for name, shown in charts():
        drawn = plot(pen, shown)
        ticks = (" ".join(f"[{label}]" for _, label in of) for of in (drawn.levels, drawn.moments))
        said = (drawn.title, drawn.now, drawn.limit or drawn.note, *ticks)
        parts += [f"═══ {name}", caption(pen, shown), RULE, *map(str, said)]
    return "\n".join([*parts, "═══ not drawn", caption(pen, shown, drawn=False)]) + "\n"


def _money(value: float) -> Decimal:
    return Decimal(str(value))
