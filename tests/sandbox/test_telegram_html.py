from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.telegram.entities import compose, render
from sandbox.telegram.errors import CallError
from sandbox.telegram.html import Formatted, parse, utf16_length

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)  # neither surrogates nor controls
TAGS = ("b", "i", "u", "s", "tg-spoiler", "code", "blockquote", "blockquote expandable")


@st.composite
def marked_up(draw: st.DrawFn, depth: int = 3) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        parts.append(escape(draw(WORDS)))
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(TAGS))
            parts.append(f"<{tag}>{draw(marked_up(depth - 1))}</{tag.split()[0]}>")
    return "".join(parts)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse(escape(text)) == Formatted(text)


@given(WORDS, WORDS, WORDS)
def test_offsets_and_lengths_count_utf16_units(before: str, inside: str, after: str) -> None:
    parsed = parse(f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}")
    bold = {"type": "bold", "offset": utf16_length(before), "length": utf16_length(inside)}
    assert parsed == Formatted(before + inside + after, [bold] if inside else [])


@settings(max_examples=50)
@given(marked_up())
def test_what_a_message_became_is_written_as_html_that_becomes_the_same(source: str) -> None:
    stored = compose(parse(source), allow_empty=True)
    assert compose(parse(render(stored)), allow_empty=True) == stored


@settings(max_examples=50)
@given(marked_up())
def test_entities_of_a_stored_message_lie_inside_its_text(source: str) -> None:
    stored = compose(parse(source), allow_empty=True)
    whole = utf16_length(stored.text)
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= whole for one in stored.entities)


@given(st.text(alphabet="<>/&;ab \"'=#x1"))
def test_any_junk_is_parsed_or_refused_as_entities(source: str) -> None:
    try:
        parsed = parse(source)
    except CallError as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017
    else:
        assert len(parsed.text) <= len(source)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("ж<x>1</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<P>1</P>", 'Unsupported start tag "p" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>1", 'Can\'t find end tag corresponding to start tag "b"'),
        ("1</b>", "Unexpected end tag at byte offset 1"),
        ("<b>1</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>1</b", "Unclosed end tag at byte offset 4"),
        ("<b />", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>1</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>1</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-time unix=1>1</tg-time>", 'Unsupported start tag "tg-time" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(CallError) as caught:
        parse(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<em>x</em>", {"type": "italic"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ("<pre>x</pre>", {"type": "pre"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ('<code class="language-python">x</code>', {"type": "code"}),
        ('<a href="https://a.ru/?q=1&amp;w=2">x</a>', {"type": "text_link", "url": "https://a.ru/?q=1&w=2"}),
        ("<a href='a.ru'>x</a>", {"type": "text_link", "url": "http://a.ru/"}),
        ('<a href="tg://resolve?domain=x">x</a>', {"type": "text_link", "url": "tg://resolve?domain=x"}),
        ('<a href="tg://user?id=1001">x</a>', {"type": "text_mention", "user": 1001}),
    ],
)
def test_each_tag_has_its_entity(source: str, entity: dict[str, object]) -> None:
    assert parse(source) == Formatted("x", [{"offset": 0, "length": 1, **entity}])


@pytest.mark.parametrize("source", ['<a href="nothing">x</a>', '<a href="ftp://a b">x</a>', "<a>x</a>", "<b></b>x"])
def test_a_link_to_nowhere_and_a_style_of_nothing_are_plain_text(source: str) -> None:
    assert parse(source) == Formatted("x")


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(CallError, match="Text contains invalid Unicode characters after decoding HTML"):
        parse("&#xd83d;")


@pytest.mark.parametrize(
    "source",
    [
        '<a href="https://a.ru/?q=1&amp;w=%22">x</a>',
        '<a href="tg://user?id=1001">x</a>',
        '<pre><code class="language-python">x &lt; y</code></pre>',
        "<blockquote expandable>x</blockquote>",
        '<b>a</b><span class="tg-spoiler">b<i>c</i></span>',
    ],
)
def test_a_stored_text_is_written_as_it_was_marked_up(source: str) -> None:
    assert render(compose(parse(source))) == source


def test_a_style_that_crosses_a_link_is_split_at_its_borders() -> None:
    stored = compose(parse('<b>1</b><a href="a.ru"><b>2</b>3<b>4</b></a><b>5</b>'))
    bold = [(one["offset"], one["length"]) for one in stored.entities if one["type"] == "bold"]
    assert bold == [(0, 1), (1, 1), (3, 1), (4, 1)]


def test_references_are_decoded_and_unknown_ones_kept() -> None:
    assert parse("&lt;&gt;&amp;&quot;&#1078;&#x436;&nbsp;&#0;&lt").text == '<>&"жж&nbsp;&#0;<'


def test_nothing_is_bold_inside_code() -> None:
    """A card that writes `<b>ID <code>1</code></b>` sees what Telegram really shows."""
    assert compose(parse("<b>ID <code>1</code></b>")).entities == [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "code", "offset": 3, "length": 1},
    ]


def test_adjacent_styles_become_one() -> None:
    assert compose(parse("<b>a</b><b>b<b>c</b></b>")).entities == [{"type": "bold", "offset": 0, "length": 3}]


def test_white_space_at_both_ends_goes_and_entities_move_along() -> None:
    stored = compose(parse("\n  <b>x </b>  \n"))
    assert stored == Formatted("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_commands_mentions_and_links_are_found_but_not_in_code() -> None:
    stored = compose(parse("/send@my_bot @maria https://a.ru/x 5/6 <code>/stop</code>"))
    found = [(entity["type"], entity["offset"], entity["length"]) for entity in stored.entities]
    assert found == [("bot_command", 0, 12), ("mention", 13, 6), ("url", 20, 14), ("code", 39, 5)]


def test_text_of_blanks_alone_is_refused() -> None:
    with pytest.raises(CallError, match="Text must be non-empty"):
        compose(parse(" \n "))
