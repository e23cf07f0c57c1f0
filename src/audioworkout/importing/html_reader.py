"""A web page as lines: two passes over it, first what is there, then what belongs to its text.

What the page marks as navigation, advertisement, comment and the like is left out, unless it holds
a large part of the text. Nothing in a page is run or fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from audioworkout.importing.lines import (
    LONGEST_LINE,
    MOST_LINES,
    Document,
    SourceLine,
    mark_steps,
    read_marks,
)
from audioworkout.importing.rules import load_class_pattern

UNREAD_ELEMENTS = frozenset(
    [
        "script",
        "style",
        "svg",
        "iframe",
        "button",
        "select",
        "option",
        "noscript",
        "template",
        "canvas",
        "object",
        "audio",
        "video",
        "head",
        "datalist",
        "dialog",
        "math",
        "map",
    ]
)
"""Elements whose text is none of the page's."""
ASIDE = frozenset({"nav", "aside", "footer", "form"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "big",
    ]
)
BOLD_TAGS = frozenset({"b", "strong"})
LEAST_LINES = 0.7
"""The share of lines of a page that begin in a line of its source, for its numbers to be used."""
DEEPEST_ELEMENT = 150
"""Elements within each other; deeper ones are taken for children of the last."""
MOST_ELEMENTS = 200_000
"""Elements of a page that are looked at; a long article has a thousand."""
_PIECE = 65_536
"""Characters that are parsed at once."""
MAIN_SHARE = 0.3
"""A part with this share of the text is its main part, whatever it is called."""
_LAID_OUT = ("table", "h1", "h2", "h3", "h4")
"""Elements that no cell of a table of data has."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


_CLOSES = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "body": frozenset({"head"}),
}
"""Elements that one of a name closes where the page leaves them open; others close `<p>`."""
_NOTHING, _PARAGRAPH = frozenset[str](), frozenset({"p"})
_STOPS = frozenset({"ul", "ol", "table", "dl", "div", "section", "article", "body", "root"})
"""Elements that close nothing around them."""


class Element:
    """An element of the page: its children are elements and texts."""

    __slots__ = ("attributes", "children", "line", "tag", "weight")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.children: list[Element | str] = []
        self.weight = 0
        """Characters of text within."""


class _TreeBuilder(HTMLParser):
    """The first pass: elements and texts, and the weight of each element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {}, 1)
        self.open = [self.root]
        self.silent = 0
        self.count = 0
        self.title = ""
        self.headline = ""
        self.language = ""
        self.password = False
        self._script: list[str] | None = None
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes.get("lang", "")[:2].lower()
        if tag == "input" and attributes.get("type", "").lower() == "password":
            self.password = True
        if tag == "title" and not self.title:
            self._in_title = True
        if tag == "script" and "ld+json" in attributes.get("type", ""):
            self._script = []
        if tag in VOID:
            if tag == "br":
                self.open[-1].children.append(Element("br", {}, self.getpos()[0]))
            return
        self._close_implied(tag)
        self.count += 1
        element = Element(tag, attributes, self.getpos()[0])
        if len(self.open) < DEEPEST_ELEMENT:
            self.open[-1].children.append(element)
            self.open.append(element)
            self.silent += tag in UNREAD_ELEMENTS
        elif tag not in INLINE:
            self.open[-1].children.append(Element("br", {}, element.line))

    def _close_implied(self, tag: str) -> None:
        """Close what HTML lets people leave open: `<li>` before `<li>`, `<p>` before a block."""
        closes = _CLOSES.get(tag, _NOTHING if tag in INLINE else _PARAGRAPH)
        for place in range(len(self.open) - 1, 0, -1):
            here = self.open[place].tag
            if here in closes:
                self._close_to(place)
                return
            if here in _STOPS or (tag in ("td", "th") and here == "tr"):
                return
            if here not in INLINE and here != "p":
                return

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag == "script" and self._script is not None:
            self._read_json("".join(self._script))
            self._script = None
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                self._close_to(place)
                return

    def _close_to(self, place: int) -> None:
        while len(self.open) > place:
            element = self.open.pop()
            self.silent -= element.tag in UNREAD_ELEMENTS
            if element.tag not in UNREAD_ELEMENTS:
                self.open[-1].weight += element.weight

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._script is not None:
            self._script.append(data)
        if not self.silent:
            element = self.open[-1]
            element.children.append(data)
            element.weight += len(data) - data.count(" ") - data.count("\n")

    def finish(self) -> Element:
        """The whole page."""
        self.close()
        self._close_to(1)
        return self.root

    def _read_json(self, text: str) -> None:
        """The headline that a page tells search engines."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return
        for one in data if isinstance(data, list) else [data]:
            if isinstance(one, dict) and isinstance(one.get("headline"), str):
                self.headline = one["headline"]


def read_html(text: str) -> Document:
    """The lines of a web page that belong to its text."""
    builder = _TreeBuilder()
    for start in range(0, len(text), _PIECE):
        builder.feed(text[start : start + _PIECE])
        if builder.count > MOST_ELEMENTS:
            break
    root = builder.finish()
    lines: list[SourceLine] = []
    for line in _LineBuilder(root.weight).lines(root):
        lines.append(line)
        if len(lines) >= MOST_LINES:
            break
    if len({line.number for line in lines}) < LEAST_LINES * len(lines):
        # A page without line ends: its lines are counted as they are read.
        lines = [line._replace(number=n) for n, line in enumerate(lines, 1)]
    title = builder.headline or re.split(r"\s+[|–—·]\s+|\s-\s", builder.title.strip())[0]
    heading = next((line.text for line in lines if line.mark == "heading" and line.level == 1), "")
    kind = "login" if builder.password else "html"
    return Document(
        mark_steps(tuple(lines)), " ".join((heading or title).split()), builder.language, kind
    )


class _LineBuilder:
    """The second pass: elements to lines."""

    def __init__(self, weight: int) -> None:
        self.whole = max(weight, 1)

    def lines(self, root: Element) -> Iterator[SourceLine]:
        yield from self._block(root, "text", 0)

    def _block(self, element: Element, mark: str, level: int) -> Iterator[SourceLine]:
        """The lines of an element: runs of inline text, and the blocks between them."""
        run: list[Element | str] = []
        for child in element.children:
            if isinstance(child, str) or (child.tag in INLINE and not _has_block(child)):
                run.append(child)
                continue
            yield from self._text_line(run, element, mark, level)
            run = []
            if child.tag != "br":
                yield from self._child(child, mark, level)
        yield from self._text_line(run, element, mark, level)

    def _child(self, child: Element, mark: str, level: int) -> Iterator[SourceLine]:
        if child.tag in UNREAD_ELEMENTS or self._is_beside(child):
            return
        if re.fullmatch(r"h[1-6]", child.tag):
            yield from self._block(child, "heading", int(child.tag[1]))
        elif child.tag in ("ul", "ol"):
            if not _is_link_list(child):
                yield from self._list(child, level)
        elif child.tag == "table":
            yield from self._table(child)
        elif child.tag == "dt":
            yield from self._block(child, "bold", 7)
        elif child.tag in ("summary",):
            yield from self._block(child, "heading", 5)
        else:
            yield from self._block(child, mark if mark == "heading" else "text", level)

    def _list(self, element: Element, level: int) -> Iterator[SourceLine]:
        number = _start_of(element)
        for child in element.children:
            if isinstance(child, str):
                continue
            if child.tag != "li":
                yield from self._child(child, "text", level)
                continue
            first = True
            for line in self._block(child, "text", level + 1):
                if first and line.mark in ("text", "bold"):
                    plain = line.mark == "text"
                    if element.tag == "ol":
                        line = line._replace(mark="number", level=level, value=line.value or number)
                    else:
                        line = line._replace(mark="item", level=level) if plain else line
                first = False
                yield line
            number += 1

    def _table(self, table: Element) -> Iterator[SourceLine]:
        for row in _find_all(table, "tr"):
            cells = [
                one for one in row.children if isinstance(one, Element) and one.tag in ("td", "th")
            ]
            if _lays_out(cells):
                for cell in cells:
                    yield from self._child(cell, "text", 0)
                continue
            texts = tuple(" ".join(_text_of(cell, " ").split()) for cell in cells)
            if len(texts) == 1 and texts[0]:
                yield SourceLine(row.line, texts[0], "bold", 7)
            elif any(texts):
                yield SourceLine(row.line, " | ".join(texts), "row", cells=texts)

    def _text_line(
        self, run: list[Element | str], parent: Element, mark: str, level: int
    ) -> Iterator[SourceLine]:
        text = " ".join("".join(_text_of(one) for one in run).split())[:LONGEST_LINE]
        if not text:
            return
        where = next((one.line for one in run if isinstance(one, Element)), parent.line)
        text = _with_colon(text, run)
        if mark == "heading":
            found = read_marks(text, where)
            if found is not None:
                yield SourceLine(where, found.text, "heading", level, found.value)
            return
        bold = all(
            one.tag in BOLD_TAGS or (one.tag in INLINE and _is_bold(one))
            if isinstance(one, Element)
            else not one.strip(" \n\t:.")
            for one in run
        )
        found = read_marks(text, where)
        if found is None:
            return
        if bold and len(text) < 100:
            yield SourceLine(where, found.text, "bold", 7, found.value)
        else:
            yield found._replace(level=level) if found.mark == "text" else found

    def _is_beside(self, element: Element) -> bool:
        """Whether the page says of a part that it is none of its text."""
        attributes = element.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(attributes.get("style", "")):
            return True
        if attributes.get("role") in (
            "navigation",
            "banner",
            "complementary",
            "contentinfo",
            "search",
        ):
            return not self._is_main(element)
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if element.tag == "figcaption":
            return True
        if element.tag in ASIDE or (named.strip() and load_class_pattern("beside").search(named)):
            return not self._is_main(element)
        return False

    def _is_main(self, element: Element) -> bool:
        named = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
        comments = load_class_pattern("comments").search(named)
        if comments or element.tag in ("nav", "footer"):
            return any(True for _ in _find_all(element, "article"))
        holds = any(True for tag in ("h1", "article") for _ in _find_all(element, tag))
        return holds or element.weight > MAIN_SHARE * self.whole


def _start_of(element: Element) -> int:
    start = element.attributes.get("start", "")
    return int(start) if start.isdigit() and len(start) < 4 else 1


def _has_block(element: Element) -> bool:
    """Whether there is anything within that begins a line."""
    return any(
        isinstance(child, Element) and (child.tag not in INLINE or _has_block(child))
        for child in element.children
    )


def _lays_out(cells: list[Element]) -> bool:
    """Whether a row of a table only places parts of the page: tables, headings or lists in it."""
    if len(cells) == 1 and _has_block(cells[0]):
        return True
    return any(True for cell in cells for tag in _LAID_OUT for _ in _find_all(cell, tag))


def _with_colon(text: str, run: list[Element | str]) -> str:
    """A text with a colon behind the name in bold that it begins with: `<b>Squat.</b> Sit back`."""
    first = next((one for one in run if isinstance(one, Element) or one.strip()), None)
    if not isinstance(first, Element) or not (first.tag in BOLD_TAGS or _is_bold(first)):
        return text
    name = " ".join(_text_of(first).split())
    match = re.match(r"[^.!?:]{3,60}(?=\.)", text)
    ends = match is not None and len(match[0]) >= len(name.rstrip(" .")) > 2
    if match is None or not ends or match[0] != name.rstrip(" ."):
        return text
    behind = text[match.end() + 1 :]
    return f"{match[0]}:{behind}" if behind.strip() else text


def _is_bold(element: Element) -> bool:
    children = [one for one in element.children if isinstance(one, Element) or one.strip()]
    return bool(children) and all(
        isinstance(one, Element) and (one.tag in BOLD_TAGS or _is_bold(one)) for one in children
    )


def _is_link_list(element: Element) -> bool:
    """Whether nearly all of a list are links: a menu."""
    linked = sum(one.weight for one in _find_all(element, "a"))
    return element.weight > 0 and linked > 0.8 * element.weight


def _find_all(element: Element, tag: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == tag:
                yield child
            if not (tag in ("tr",) and child.tag == "table"):
                yield from _find_all(child, tag)


def _text_of(piece: Element | str, between: str = "") -> str:
    """All text of an inline piece, or of a cell."""
    if isinstance(piece, str):
        return piece
    if piece.tag in UNREAD_ELEMENTS:
        return ""
    if piece.tag == "br":
        return " "
    own = between if between and piece.tag not in INLINE else ""
    return own + "".join(_text_of(child, between) for child in piece.children) + own
