"""What one cell or line says: its numbers, those refused with the reason, or nothing."""

import re
from typing import Final

from gateway.phones import Phone, Refusal, Why, extract, parse

_FORMULA: Final = re.compile(r'="?([^"]*)"?')
"""How programs keep Excel from taking a number for one: ="79119876543"."""
_SCIENTIFIC: Final = re.compile(r"\+?([1-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_DECIMAL: Final = re.compile(r"(\+?[0-9]{10,11})[.,]0+")
_ALONE: Final = re.compile(r"\+?[0-9]+")
_DIGITS: Final = re.compile(r"[0-9]", re.ASCII)
_LEAST: Final = 4
"""Digits below which `extract` sees no attempt at a number."""


def judge(cell: str) -> list[Phone | Refusal]:
    """Read one cell: each number in it, or its one refusal; blank cells and dashes give nothing."""
    cell = cell.strip()
    if not cell:
        return []
    if _ALONE.fullmatch(cell):
        return [parse(cell)]
    formula = _FORMULA.fullmatch(cell)
    cell = formula[1] if formula else cell
    if match := _SCIENTIFIC.fullmatch(cell):
        return [_unfold(cell, match)]
    if match := _DECIMAL.fullmatch(cell):
        return [parse(match[1])]
    return _found(cell) or _refused(parse(cell))


def written(value: object) -> str:
    """Write a spreadsheet's value the way a person would: a whole float has no point and no exponent."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _unfold(raw: str, match: re.Match[str]) -> Phone | Refusal:
    """Write 7.9119876543E+10 out; where digits were rounded away nothing brings them back."""
    digits, exponent = match[1] + (match[2] or ""), int(match[3])
    if len(digits.rstrip("0")) - 1 > exponent:
        return Refusal(raw, Why.LETTERS_INSIDE, len(digits))
    if len(digits) - 1 < exponent:
        return Refusal(raw, Why.TOO_FEW_DIGITS, len(digits))
    return parse(digits[: exponent + 1])


def _found(cell: str) -> list[Phone | Refusal]:
    """Search where there is something to find."""
    if len(_DIGITS.findall(cell)) < _LEAST:
        return []
    return [entry.result for entry in extract(cell).entries]


def _refused(result: Phone | Refusal) -> list[Phone | Refusal]:
    return [] if isinstance(result, Refusal) and result.why is Why.EMPTY else [result]
