"""Which base a typed line means: names hold anything, spaces, commas and digits too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.bases import Listed
from gateway import phones


@dataclass(frozen=True, slots=True)
class Meant:
    """The base, where its name was typed; the phone behind it, if any; else what to look for in the names: all, if nothing."""

    base: Listed | None
    phone: str | None
    query: str


def meant(typed: str, listed: Sequence[Listed]) -> Meant:
    """Find the base by its exact name, else whatever the case, with a phone behind it or without."""
    readings = [(typed.strip(), None), *_with_phone(typed.strip())]
    for exact in (True, False):
        for name, phone in readings:
            for base in listed:
                if (base.name == name) if exact else (base.name.casefold() == name.casefold()):
                    return Meant(base, phone, "")
    alone = phones.parse(typed)
    if not isinstance(alone, phones.Refusal):
        return Meant(None, str(alone), "")
    name, phone = readings[1] if len(readings) > 1 else readings[0]
    return Meant(None, phone, name)


def matching(query: str, listed: Sequence[Listed]) -> list[Listed]:
    """Return the bases whose names have the typed part."""
    part = query.casefold()
    return [base for base in listed if part in base.name.casefold()]


def _with_phone(typed: str) -> Iterator[tuple[str, str]]:
    """Split a phone off the end, the longest first: it may be written with spaces."""
    words = typed.split()
    for start in range(1, len(words)):
        phone = phones.parse(" ".join(words[start:]))
        if not isinstance(phone, phones.Refusal):
            yield typed.rsplit(maxsplit=len(words) - start)[0], str(phone)
