"""Whatever comes: the counts add up, and the quick ways agree with the careful one."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.worker.reading.cells import judge
from bot.worker.reading.frames import HEAD, pack, unpack
from bot.worker.reading.tally import Tally
from bot.worker.reading.verdict import Unreadable, Verdict
from gateway.phones import Phone, Refusal, Why, extract, parse
from tests.bot.worker.reading.readings import read, summed

phones = st.from_regex(r"(\+?7|8)?[ -]?\(?[3479][0-9]{2}\)?[ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}", fullmatch=True)
lines = st.one_of(
    phones,
    st.sampled_from(["", " ", "нет", "8911", "+380501234567", "Иванов 8 911 987-65-43", "12.10.2026", '"', "—"]),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20),
    st.text("+78911()- .,;\t\"'0", max_size=20),
)


@given(st.lists(lines, max_size=30))
def test_the_counts_of_a_list_are_those_of_its_lines_read_one_by_one(rows: list[str]) -> None:
    tally = Tally(1_000)
    pieces = [*tally.feed("".join(f"{row}\n" for row in rows), 1), *tally.finish()]
    judged = [judge(row) for row in rows]
    found = [str(result) for results in judged for result in results if isinstance(result, str)]
    refused = [
        (row, result) for row, results in enumerate(judged, 1) for result in results if not isinstance(result, str)
    ]
    if not found and not refused:
        assert pieces == []
        return
    reading = summed([*pieces, tally.verdict()])
    assert tuple(dict.fromkeys(found)) == reading.phones
    assert [(row, refusal.why, refusal.digits) for row, refusal in refused] == [
        (row.row, row.why, row.digits) for row in reading.bad
    ]
    empty = sum(not results for results in judged)
    assert (len(set(found)), len(refused), len(found) - len(set(found)), empty) == reading.counts


@given(st.one_of(phones, st.text("+78911()- .;", max_size=20)))
def test_a_cell_is_judged_as_the_gateways_reader_judges_it(cell: str) -> None:
    expected = [entry.result for entry in extract(cell).entries] or [parse(cell)]
    assert [_said(result) for result in judge(cell)] == [_said(result) for result in expected if not _is_blank(result)]


def _said(result: Phone | Refusal) -> Phone | tuple[Why, int]:
    return (result.why, result.digits) if isinstance(result, Refusal) else result


def _is_blank(result: Phone | Refusal) -> bool:
    return isinstance(result, Refusal) and result.why is Why.EMPTY


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text("Имя ,;\"'", min_size=1, max_size=8), phones | st.just("")), min_size=1, max_size=20))
def test_every_row_of_a_table_is_counted(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter="\t").writerows([("Имя", "Телефон"), *rows])
    end = read(file.getvalue(), column=2).end
    assert isinstance(end, Unreadable) or len(rows) == end.rows


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.txt", "a.xlsx", "a.ods", "a.vcf", ""]))
def test_any_bytes_give_a_verdict_or_say_why_not(data: bytes, name: str) -> None:
    assert isinstance(read(data, name).end, Verdict | Unreadable)


@given(st.lists(lines, max_size=20))
def test_a_piece_crosses_the_pipe_unchanged(rows: list[str]) -> None:
    tally = Tally(1_000)
    pieces = [*tally.feed("".join(f"{row}\n" for row in ["79119876543", *rows]), 1), *tally.finish(), tally.verdict()]
    packed = [pack(piece) for piece in pieces]
    assert pieces == [unpack(HEAD.unpack(data[: HEAD.size])[0], data[HEAD.size :]) for data in packed]
