"""
Every word on screen: Fluent messages, and the one place where a value becomes HTML.

A value that came from outside is escaped here and nowhere else. What is HTML already says so by its type,
`Markup`: our own formatters and earlier messages give it.
"""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

import bot

__all__ = ["LANGUAGES", "LOCALES", "Markup", "MissingTextError", "Texts", "escaped", "texts"]

LANGUAGES: Final = ("ru", "en")
LOCALES: Final = Path(bot.__file__).parent.parent / "locales"


class MissingTextError(LookupError):
    """A key or an argument that a message needs is not there: a fault of ours, never shown half."""

    def __init__(self, language: str, key: str, why: str) -> None:
        super().__init__(f"{language}/{key}: {why}")


class Markup(str):
    """Text that is safe HTML already."""

    __slots__ = ()


class Texts:
    """All messages of one language."""

    def __init__(self, language: str, folder: Path = LOCALES) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self.keys: frozenset[str] = frozenset()
        for path in sorted((folder / language).glob("*.ftl")):
            self._add(path)
        if not self.keys:
            raise MissingTextError(language, "*", "no such language")

    def __call__(self, key: str, **args: str | int) -> Markup:
        """Return the message as HTML, every str argument escaped; raise MissingTextError, never guess."""
        return Markup(
            self._format(
                key, {name: value if isinstance(value, int) else escaped(value) for name, value in args.items()}
            )
        )

    def plain(self, key: str, **args: str | int) -> str:
        """Return the message for a place that knows no HTML: a button, a toast, a command's description."""
        return self._format(key, args)

    def _add(self, path: Path) -> None:
        resource = FluentResource(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise MissingTextError(self.language, path.name, f"unreadable: {entry.content!r}")
        found = {entry.id.name for entry in resource.body if isinstance(entry, ast.Message)}
        if doubled := found & self.keys:
            raise MissingTextError(self.language, path.name, f"said twice: {sorted(doubled)}")
        self.keys |= found
        self._bundle.add_resource(resource)

    def _format(self, key: str, args: dict[str, Any]) -> str:
        pattern = self._bundle.get_message(key).value if key in self.keys else None
        if pattern is None:
            raise MissingTextError(self.language, key, "no such text")
        text, errors = self._bundle.format_pattern(pattern, args)
        if errors:
            raise MissingTextError(self.language, key, str(errors[0]))
        return str(text)


def escaped(text: str) -> Markup:
    """Return a text as HTML; Markup is HTML already."""
    return text if isinstance(text, Markup) else Markup(escape(text, quote=False))


@cache
def texts(language: str) -> Texts:
    """Return the texts of a language, read once; raise MissingTextError where there are none."""
    return Texts(language)
