"""
HTML parse mode: text and entities from marked-up text, with Telegram's own complaints.

Follows `parse_html` of TDLib's MessageEntity.cpp, byte offsets included; tags that this project does not use
(`tg-emoji`, `tg-time`) are refused as unknown ones.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import CallError, bad_request

__all__ = ["Entity", "Formatted", "order", "parse", "utf16_length"]

Entity = dict[str, Any]
"""A MessageEntity: type, offset and length in UTF-16 units, and url, language or user id where it has one."""

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[a-zA-Z]*))(?P<end>;?)")
_SPACE = " \t\r\n\v\0"
_END = "\0"
_USER_LINK = re.compile(r"tg://user\?id=(\d+)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 1,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
}
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+\w{2,}(?:[:/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, sorted by offset, the longer one first."""

    text: str
    entities: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    begin: int


def utf16_length(text: str) -> int:
    """Length of a text in UTF-16 units, in which Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def parse(source: str) -> Formatted:
    """Parse text in HTML mode; raises `CallError` with "can't parse entities: …" as Telegram does."""
    return _Parser(source).run()


def order(entity: Entity) -> tuple[int, int, int]:
    """Sort key of entities: the earlier, then the longer, then the outer kind first."""
    return entity["offset"], -entity["length"], _PRIORITY.get(entity["type"], 50)


def _link(url: str) -> str:
    """Give the address as Telegram keeps it, empty when it makes no link of it."""
    if "://" in url and not _HOST.fullmatch(url):
        return url if re.fullmatch(r"(?:tg|ton|tonsite)://\S+", url) else ""
    if not _HOST.fullmatch(url):
        return ""
    address = url if "://" in url else f"http://{url}"
    return address if "/" in address.split("://", 1)[1] else f"{address}/"


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source + _END
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> Formatted:
        while self.at < len(self.source) - 1:
            if self.source[self.at] != "<":
                self.add(self.character())
            elif self.source[self.at + 1] == "/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return Formatted("".join(self.text), sorted(self.entities, key=order))

    def add(self, char: str) -> None:
        self.text.append(char)
        self.offset += utf16_length(char)

    def character(self) -> str:
        """Take one character, decoding a reference; an unknown reference is plain text."""
        char = self.source[self.at]
        match = _REFERENCE.match(self.source, self.at) if char == "&" else None
        decoded = _decode(match) if match else ""
        self.at = match.end() if match and decoded else self.at + 1
        return decoded or char

    def bytes_before(self, at: int) -> int:
        return len(self.source[:at].encode())

    def skip_spaces(self) -> None:
        while self.peek() != _END and self.peek() in _SPACE:
            self.at += 1

    def peek(self) -> str:
        return self.source[self.at]

    def until(self, stops: str) -> str:
        begin = self.at
        while self.peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.until(_SPACE + ">").lower()
        where = f"at byte offset {self.bytes_before(begin)}"
        if self.peek() == _END:
            raise _refusal(f"Unclosed start tag {where}")
        if tag not in _TYPES:
            raise _refusal(f'Unsupported start tag "{tag}" {where}')
        argument = self.attributes(tag, where)
        if tag == "span" and argument != "spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" {where}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def attributes(self, tag: str, where: str) -> str:
        """Read all attributes up to `>` and give the one that this tag has a use for."""
        argument = ""
        self.skip_spaces()
        while self.peek() != ">":
            name = self.until(_SPACE + "=>/\"'")
            if not name:
                raise _refusal(f'Empty attribute name in the tag "{tag}" {where}')
            self.skip_spaces()
            argument = _argument(tag, name, self.value(tag, where)) or argument
            self.skip_spaces()
        return argument

    def value(self, tag: str, where: str) -> str:
        """Read what stands behind an attribute's name: nothing, a token or a quoted string."""
        if self.peek() == "=":
            self.at += 1
            self.skip_spaces()
            if self.peek() != _END:
                value = self.quoted() if self.peek() in "\"'" else self.name_token()
                if self.peek() == _END:
                    raise _refusal(f"Unclosed start tag {where}")
                return value
        if self.peek() == _END:
            raise _refusal(f'Unclosed start tag "{tag}" {where}')
        return ""

    def quoted(self) -> str:
        quote = self.peek()
        self.at += 1
        value = []
        while self.peek() not in (quote, _END):
            value.append(self.character())
        if self.peek() == quote:
            self.at += 1
        return "".join(value)

    def name_token(self) -> str:
        match = _TOKEN.match(self.source, self.at)
        token = match.group() if match else ""
        begin = self.at
        self.at += len(token)
        if self.peek() not in _SPACE + ">":
            raise _refusal(f"Unexpected end of name token at byte offset {self.bytes_before(begin)}")
        return token.lower()

    def end_tag(self) -> None:
        begin = self.at
        where = f"at byte offset {self.bytes_before(begin)}"
        if not self.open:
            raise _refusal(f"Unexpected end tag {where}")
        self.at += 2
        found = self.until(_SPACE + ">").lower()
        self.skip_spaces()
        if self.peek() != ">":
            raise _refusal(f"Unclosed end tag {where}")
        tag = self.open[-1].tag
        if found and found != tag:
            raise _refusal(f'Unmatched end tag {where}, expected "</{tag}>", found "</{found}>"')
        self.at += 1
        self.close(self.open.pop())

    def close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if length:
            entity = {"type": _TYPES[opened.tag], "offset": opened.offset, "length": length}
            self.finish(entity, opened)

    def finish(self, entity: Entity, opened: _Open) -> None:
        if opened.tag == "a":
            entity |= _target(opened.argument or "".join(self.text[opened.begin :]))
            if entity["type"] == "text_link" and not entity["url"]:
                return
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        if opened.tag in ("pre", "code") and self.merge_code(entity):
            return
        self.entities.append(entity)

    def merge_code(self, entity: Entity) -> bool:
        """`<pre><code class="language-x">` over the same text is one entity with a language."""
        inner = self.entities[-1] if self.entities else None
        if (
            inner
            and {inner["type"], entity["type"]} == {"pre", "code"}
            and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
            and (inner.get("language") or entity.get("language"))
        ):
            inner["type"] = "pre"
            inner["language"] = inner.get("language") or entity["language"]
            return True
        return False


def _decode(match: re.Match[str]) -> str:
    name = match["name"]
    if name is not None:
        return _NAMED.get(name, "")
    code = int(match["hex"] or "0", 16) if match["hex"] is not None else int(match["dec"] or "0")
    too_long = match.end() - len(match["end"]) - match.start() >= 10
    if not 0 < code < 0x10FFFF or too_long:
        return ""
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "Can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case "blockquote", "expandable":
            return "1"
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return ""


def _target(address: str) -> dict[str, Any]:
    mention = _USER_LINK.fullmatch(address)
    if mention:
        return {"type": "text_mention", "user": int(mention[1])}
    return {"url": _link(address)}


def _refusal(message: str) -> CallError:
    return bad_request(f"Can't parse entities: {message}")
