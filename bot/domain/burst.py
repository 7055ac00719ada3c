"""A burst of rejections: the latest answers to paid calls in one number, a bit each, the newest last. Pure."""

from typing import Final

LATEST: Final = 20
_FULL: Final = 1 << LATEST
_BITS: Final = _FULL - 1


def after(seen: int, *, refused: bool) -> int:
    """Return the latest answers after one more; 0 is none yet."""
    shifted = max(1, seen) << 1 | refused
    return shifted if shifted <= _FULL | _BITS else shifted & _BITS | _FULL


def refusals(seen: int) -> int:
    """Return how many of the latest were refusals."""
    return (seen & _BITS if seen >= _FULL else max(1, seen) ^ 1 << max(1, seen).bit_length() - 1).bit_count()


def bursting(seen: int) -> bool:
    """Return whether more than half of the latest were refusals; before there are so many, nobody can say."""
    return seen >= _FULL and refusals(seen) > LATEST // 2
