"""What Telegram makes of a text and its entities before it stores them, and the way back to HTML."""

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise

from sandbox.telegram.errors import bad_request
from sandbox.telegram.html import Entity, Formatted, order, utf16_length

__all__ = ["commands", "compose", "render"]

_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_CODE = ("code", "pre")
_QUOTES = ("blockquote", "expandable_blockquote")
_FOUND = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)"),
    "url": re.compile(r"https?://(?:[\w-]+\.)+\w{2,}(?:[:/?#][^\s<>]*)?"),
}
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_SHOWN = {*_TAGS, "text_link", "text_mention"}
# Control characters become spaces, direction marks and carriage returns go: `clean_input_string` of TDLib.
_CLEAN = {
    **dict.fromkeys(range(32), " "),
    ord("\n"): "\n",
    ord("\r"): None,
    **dict.fromkeys(range(0x2028, 0x202F)),
}


def compose(formatted: Formatted, *, allow_empty: bool = False) -> Formatted:
    """
    Clean, trim and complete a text with its entities as the server does before it stores a message.

    Raises `CallError` when nothing is left of the text.
    """
    cleaned = _clean(formatted)
    fixed = _nest(_merge(_unnest(cleaned.entities)))
    text, entities = _trim(cleaned.text, fixed)
    if not text and not allow_empty:
        raise bad_request("Text must be non-empty")
    found = [entity for entity in _find(text) if not any(_overlap(entity, other) for other in entities)]
    return Formatted(text, sorted([*entities, *found], key=order))


def commands(formatted: Formatted) -> list[str]:
    """Give the bot commands of a text as written: `/send`, `/send@some_bot`."""
    units = formatted.text.encode("utf-16-le")
    return [
        units[2 * entity["offset"] : 2 * _end(entity)].decode("utf-16-le")
        for entity in formatted.entities
        if entity["type"] == "bot_command"
    ]


def render(formatted: Formatted) -> str:
    """Write a text and its entities as safe HTML that `parse` reads back."""
    units = formatted.text.encode("utf-16-le")
    shown = [entity for entity in sorted(formatted.entities, key=order) if entity["type"] in _SHOWN]
    edges = {0, len(units) // 2, *(entity["offset"] for entity in shown), *(_end(entity) for entity in shown)}
    out: list[str] = []
    stack: list[Entity] = []
    begin = 0
    for edge in sorted(edges):
        out.append(escape(units[2 * begin : 2 * edge].decode("utf-16-le"), quote=False))
        out.extend(_turn(stack, edge, shown))
        begin = edge
    return "".join(out)


def _turn(stack: list[Entity], edge: int, shown: list[Entity]) -> Iterable[str]:
    """Close what ends at this edge, re-open what it was nested in, open what begins."""
    while any(_end(entity) <= edge for entity in stack):
        yield _tags(stack.pop())[1]
    for entity in shown:
        if entity["offset"] <= edge < _end(entity) and not any(entity is other for other in stack):
            stack.append(entity)
            yield _tags(entity)[0]


def _tags(entity: Entity) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "text_mention":
            user = entity["user"]
            return f'<a href="tg://user?id={user if isinstance(user, int) else user["id"]}">', "</a>"
        case "pre" if entity.get("language"):
            return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    return _TAGS[entity["type"]]


def _end(entity: Entity) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _clean(formatted: Formatted) -> Formatted:
    """Drop what Telegram drops; entities move along."""
    places = [0]
    text = []
    for char in formatted.text:
        kept = char.translate(_CLEAN)
        text.append(kept)
        places.extend([places[-1] + utf16_length(kept)] * utf16_length(char))
    entities = []
    for entity in formatted.entities:
        begin, end = places[entity["offset"]], places[min(_end(entity), len(places) - 1)]
        if end > begin:
            entities.append({**entity, "offset": begin, "length": end - begin})
    return Formatted("".join(text), entities)


def _unnest(entities: list[Entity]) -> list[Entity]:
    """Styles are cut where code is; whatever else lies in code is dropped, and so is a quote in a quote."""
    code = [entity for entity in entities if entity["type"] in _CODE]
    quotes = [entity for entity in entities if entity["type"] in _QUOTES]
    kept = []
    for entity in entities:
        outer = [*code, *quotes] if entity["type"] in _QUOTES else code
        if entity["type"] in _STYLES:
            kept.extend(_cut(entity, code))
        elif not any(_contains(other, entity) for other in outer):
            kept.append(entity)
    return kept


def _contains(outer: Entity, inner: Entity) -> bool:
    return bool(outer["offset"] <= inner["offset"] and _end(inner) <= _end(outer) and order(outer) < order(inner))


def _cut(entity: Entity, holes: list[Entity]) -> list[Entity]:
    pieces = [(entity["offset"], _end(entity))]
    for hole in holes:
        pieces = [
            piece
            for begin, end in pieces
            for piece in ((begin, min(end, hole["offset"])), (max(begin, _end(hole)), end))
            if piece[0] < piece[1]
        ]
    return [{**entity, "offset": begin, "length": end - begin} for begin, end in pieces]


def _merge(entities: list[Entity]) -> list[Entity]:
    """Styles of one kind that touch or overlap are one entity."""
    kept = [entity for entity in entities if entity["type"] not in _STYLES]
    for style in _STYLES:
        last: Entity | None = None
        for entity in sorted((entity for entity in entities if entity["type"] == style), key=order):
            if last and entity["offset"] <= _end(last):
                last["length"] = max(_end(last), _end(entity)) - last["offset"]
            else:
                last = dict(entity)
                kept.append(last)
    return sorted(kept, key=order)


def _nest(entities: list[Entity]) -> list[Entity]:
    """A style that crosses the border of a quote or a link is split there: entities nest or lie apart."""
    kept = [entity for entity in entities if entity["type"] not in _STYLES]
    borders = list(kept)
    for style in (entity for entity in entities if entity["type"] in _STYLES):
        begin, end = style["offset"], _end(style)
        cuts = {begin, end}
        for other in borders:
            if begin < other["offset"] < end < _end(other):
                cuts.add(other["offset"])
            if other["offset"] < begin < _end(other) < end:
                cuts.add(_end(other))
        edges = sorted(cuts)
        kept.extend({**style, "offset": at, "length": to - at} for at, to in pairwise(edges))
    return sorted(kept, key=order)


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends, on the left only before the first entity."""
    right = text.rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=len(text))
    left = min(len(right) - len(right.lstrip(" \n")), first)
    limit = utf16_length(right)
    clipped = []
    for entity in entities:
        length = min(_end(entity), limit) - entity["offset"]
        if length > 0:
            clipped.append({**entity, "offset": entity["offset"] - left, "length": length})
    return right[left:], sorted(clipped, key=order)


def _find(text: str) -> list[Entity]:
    return [
        {
            "type": kind,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for kind, pattern in _FOUND.items()
        for match in pattern.finditer(text)
    ]
