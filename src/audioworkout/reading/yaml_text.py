"""Parses and writes YAML: the only module that imports the YAML library.

The tree is built from the parser's events. The library's composer recurses (10,000 brackets crash
the process), expands aliases without a limit, and reads `no` as False.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from audioworkout.model.request import Page
from audioworkout.reading.diagnostics import PLAIN_TEXT_HINT, RoutineError, file_error
from audioworkout.reading.nodes import List, Map, Node, Text, describe_node

DEEPEST_NODE = 30
"""Most levels of nesting; a valid routine has at most nine."""
MOST_NODES = 50_000
"""Most nodes of a file with all its aliases expanded."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)


def parse_yaml(page: Page, text: str) -> Node | None:
    """Parse a YAML text to a tree; None if it is empty.

    Raises:
        RoutineError: It is not YAML, has a duplicate key or several documents, or is too deep, or
            too large with its aliases expanded.
    """
    try:
        return _Builder(page).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark and "nesting depth" in (error.problem or ""):
            # A newer parser has a limit of its own (1,000) and reaches it by looking ahead, before
            # it hands out anything. What stands before that place passes ours: told as ever.
            _Builder(page).build(text[: mark.index])
        raise _syntax_error(page, error) from None
    except yaml.reader.ReaderError as error:
        raise _control_character_error(page, text, error) from None


def dump_yaml(data: dict[str, Any]) -> str:
    """Mappings, lists and texts as YAML that reads back to the same."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=98)


def dump_node(node: Node) -> str:
    """A tree as YAML that reads back to the same texts; those in quotes keep them."""
    return yaml.dump(
        _plain_data(node),
        Dumper=_NodeDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=98,
    )


def _plain_data(node: Node) -> Any:  # noqa: ANN401 - a text, a list or a mapping
    match node:
        case Text():
            return node.value if node.plain else _Quoted(node.value)
        case List():
            return [_plain_data(item) for item in node.items]
        case Map():
            return {key.value: _plain_data(value) for key, value in node.pairs}


class KeyRange(NamedTuple):
    """A key of the outermost mapping and its value, as ranges of characters in the text."""

    key_start: int
    key_end: int
    start: int
    end: int


def locate_entries(text: str) -> dict[str, KeyRange] | None:
    """Locate the keys and values of the outermost mapping of a valid text.

    A value's range excludes comments and blank lines after it. None if the root is not a mapping,
    or is in braces; an empty text has no entries.
    """
    names: list[str] = []
    spans: list[tuple[int, int]] = []  # of keys and values in turn
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if not isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            continue
        start, end = _written_range(event, text)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth == 0:
            if isinstance(event, yaml.NodeEvent) and not _is_block_mapping(event):
                return None
        elif depth == 1 and isinstance(event, yaml.NodeEvent):
            spans.append((start, end))
            if len(spans) % 2:
                names.append(getattr(event, "value", ""))
        elif end > start:  # what ends a block stands for no character
            spans[-1] = (spans[-1][0], end)
        depth += isinstance(event, yaml.CollectionStartEvent)
    keys, values = spans[::2], spans[1::2]
    return {name: KeyRange(*k, *v) for name, k, v in zip(names, keys, values, strict=True)}


def _is_block_mapping(event: yaml.NodeEvent) -> bool:
    return isinstance(event, yaml.MappingStartEvent) and not event.flow_style


def _written_range(event: yaml.Event, text: str) -> tuple[int, int]:
    """The range of characters of an event, without white space after it."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    start, end = event.start_mark.index, event.end_mark.index
    return start, start + len(text[start:end].rstrip())


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


class _Quoted(str):
    """A text that stands in quotes."""


class _NodeDumper(_Dumper):
    """Writes texts as they were, with quotes only where they need them or had them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - whatever is dumped
        return True


def _represent_quoted(dumper: yaml.SafeDumper, text: _Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_NodeDumper.add_representer(_Quoted, _represent_quoted)
# `60` and `no` are texts like all others, as they are for the reader.
_NodeDumper.yaml_implicit_resolvers = {}


@dataclass(slots=True)
class _OpenNode:
    """A list or a mapping that is not complete yet."""

    event: yaml.CollectionStartEvent
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


class _Anchored(NamedTuple):
    """A node with an anchor, and the number of nodes that an alias to it adds."""

    node: Node
    size: int
    height: int


class _Builder:
    """Builds the tree of one page from its events, with a stack of open nodes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: list[_OpenNode] = []
        self.anchors: dict[str, _Anchored] = {}
        self.root: Node | None = None
        self.size = 0
        self.documents = 0

    def build(self, text: str) -> Node | None:
        """Build the tree of all events of a text."""
        for event in yaml.parse(text, Loader=_LOADER):
            self.take(event)
        return self.root

    def take(self, event: yaml.Event) -> None:
        """Handle an event; stream and document ends are ignored."""
        if isinstance(event, yaml.ScalarEvent):
            self.tag(event)
            self.add(self.text(event), 1, 1, event)
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.document(event)

    def document(self, event: yaml.DocumentStartEvent) -> None:
        """Refuse a second document."""
        self.documents += 1
        if self.documents > 1:
            message = "a second document begins here, and a file holds one"
            raise self.fault(event, message, "remove the `---`, or make it a file of its own")

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        """Open a list or a mapping."""
        self.tag(event)
        self.count(event, 1)
        self.open.append(_OpenNode(event))
        self.deep(event, 0)

    def end(self) -> None:
        """Close the innermost open node."""
        done = self.open.pop()
        if isinstance(done.event, yaml.MappingStartEvent):
            node: Node = self.map(done)
        else:
            node = List(self.page, *_event_span(done.event), tuple(done.children))
        self.add(node, done.size, done.height, done.event)

    def add(self, node: Node, size: int, height: int, event: yaml.NodeEvent) -> None:
        """Add a complete node to its parent, and store it if it has an anchor."""
        anchor = getattr(event, "anchor", None)
        if anchor and not isinstance(event, yaml.AliasEvent):
            self.anchors[anchor] = _Anchored(node, size, height)
        if not self.open:
            self.root = node
            return
        above = self.open[-1]
        above.children.append(node)
        above.size += size
        above.height = max(above.height, height + 1)

    def alias(self, event: yaml.AliasEvent) -> None:
        """Add the node of an alias, within the limits of size."""
        known = self.anchors.get(event.anchor or "")
        if known is None:
            message = f"`*{event.anchor}` refers to nothing above"
            raise self.fault(event, message, f"`&{event.anchor}` must stand before it")
        self.deep(event, known.height)
        self.count(event, known.size)
        self.add(known.node, known.size, known.height, event)

    def count(self, event: yaml.Event, more: int) -> None:
        """Refuse a tree that would have too many nodes."""
        self.size += more
        if self.size > MOST_NODES:
            message = f"more than {MOST_NODES:,} values, with every alias written out"
            raise self.fault(event, message)

    def deep(self, event: yaml.Event, more: int) -> None:
        """Refuse a tree that is too deep or too large."""
        if len(self.open) + more > DEEPEST_NODE:
            raise self.fault(event, f"nested more than {DEEPEST_NODE} levels deep")

    def text(self, event: yaml.ScalarEvent) -> Text:
        """A scalar as it was written."""
        self.count(event, 1)
        return Text(self.page, *_event_span(event), event.value, not event.style)

    def map(self, done: _OpenNode) -> Map:
        """Make a mapping with its merge keys expanded; its own keys win."""
        own: dict[str, tuple[Text, Node]] = {}
        merged: list[Node] = []
        pairs = iter(done.children)
        for key, value in zip(pairs, pairs, strict=True):
            if not isinstance(key, Text):
                message = f"a key is a text, and this is {describe_node(key)}"
                hint = "write each key on a line of its own"
                raise file_error(self.page, key.line, key.column, message, hint)
            if key.value == "<<" and key.plain:
                merged.append(value)
            elif key.value in own:
                raise self.twice(key, own[key.value][0])
            else:
                own[key.value] = key, value
        for pair in self.merges(merged):
            own.setdefault(pair[0].value, pair)
        return Map(self.page, *_event_span(done.event), tuple(own.values()))

    def merges(self, values: list[Node]) -> Iterator[tuple[Text, Node]]:
        """The pairs of merge keys, in order of precedence."""
        for value in values:
            for one in value.items if isinstance(value, List) else (value,):
                if not isinstance(one, Map):
                    message = f"`<<` merges a mapping, and this is {describe_node(one)}"
                    raise file_error(self.page, one.line, one.column, message)
                yield from one.pairs

    def twice(self, key: Text, before: Text) -> RoutineError:
        """The error for a duplicate key."""
        message = f"`{key.value}` stands here a second time, first in line {before.line}"
        return file_error(self.page, key.line, key.column, message, "keep one of them")

    def tag(self, event: yaml.NodeEvent) -> None:
        """Refuse tags of types other than YAML's own, which are ignored."""
        tag = getattr(event, "tag", None)
        if tag not in (None, "!") and tag not in _CORE_TAGS:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            raise self.fault(event, f"tags like `{written}` are not used here", "remove it")

    def fault(self, event: yaml.Event, message: str, hint: str = "") -> RoutineError:
        """Make an error at the place of an event."""
        line, column, _ = _event_span(event)
        return file_error(self.page, line, column, message, hint)


def _event_span(event: yaml.Event) -> tuple[int, int, int]:
    """Line and column from 1, and the width of what stands on one line."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # by its types; the parser sets both on every event
        return 0, 0, 1
    width = end.column - start.column if end.line == start.line else 1
    return start.line + 1, start.column + 1, max(1, width)


_MEANT = (
    ("tab", "a tab cannot indent a line", "indent with spaces"),
    ("@", "a value cannot begin with `@`", "put it in quotes, or the amount first: `12 @2-0-2-0`"),
    ("`", "a value cannot begin with a backtick", "put it in quotes"),
    ("%", "a value cannot begin with `%`", "put it in quotes"),
    (
        "mapping values are not allowed",
        "a `key:` cannot stand here",
        "indent it like the line above; a text with a colon in it needs quotes",
    ),
    ("expected key", "the indentation does not fit the lines above", ""),
    ("block mapping", "the indentation does not fit the lines above", ""),
    ("'-' indicator", "this list ends here without a `-`", "every item begins with `- `"),
    ("block collection", "this list ends here without a `-`", "every item begins with `- `"),
    (
        "expected ':'",
        "this is neither `key: value` nor `- item`",
        "a space stands behind `:` and `-`",
    ),
    (
        "simple key",
        "this is neither `key: value` nor `- item`",
        "a space stands behind `:` and `-`",
    ),
    ("quoted scalar", "a quote that is opened here is never closed", ""),
    ("',' or ']'", "a `[` without its `]`, or a comma is missing", ""),
    ("',' or '}'", "a `{` without its `}`, or a comma is missing", ""),
    ("escape", "an unknown escape behind `\\`", "use single quotes, where `\\` is itself"),
    ("anchor", "an anchor or alias needs a name of letters and digits", ""),
    ("alias", "an anchor or alias needs a name of letters and digits", ""),
    ("directive", "a `%` directive is not used here", "remove it"),
)
"""Words of the library's message (or the offending character), our message and hint."""
_ODD_INDENT = re.compile(r" *[^\S \t]")
_CLOSE = re.compile(r"[ -]*\w[\w -]*:(?=[^\s/])")


def _syntax_error(page: Page, error: yaml.MarkedYAMLError) -> RoutineError:
    """Convert the library's error to a message for users, at the place to correct."""
    mark = error.problem_mark or error.context_mark
    problem, context = error.problem or "", error.context or ""
    if "end of stream" in problem:
        problem, mark = context, error.context_mark or mark
    if "expected ':'" in problem:
        mark = error.context_mark or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if (odd := _ODD_INDENT.match(page.line(line))) is not None:
        message = "this line is indented with what only looks like a space"
        return file_error(page, line, odd.end(), message, "indent with plain spaces", " ")
    if "mapping values are not allowed" in problem and (close := _missing_space_error(page, line)):
        return close
    here = page.line(line)[column - 1 : column]
    if "mapping values are not allowed" in problem and _is_plain_text(page, line):
        message = "a `key:` cannot stand behind lines of plain text"
        return file_error(page, line, column, message, PLAIN_TEXT_HINT)
    if "cannot start any token" in problem:
        problem = "tab" if here == "\t" else here
    for text in (problem, context):
        for words, message, hint in _MEANT:
            if words in text:
                return file_error(page, line, column, message, hint)
    return file_error(page, line, column, f"this is not YAML: {problem}")


def _is_plain_text(page: Page, line: int) -> bool:
    """Whether the nearest line above is neither `- item` nor `key: value`."""
    above = (page.line(number).strip() for number in range(line - 1, 0, -1))
    text = next((one for one in above if one), "- ")
    return not text.startswith(("-", "#", "[", "{")) and ":" not in text


def _missing_space_error(page: Page, line: int) -> RoutineError | None:
    """The error for a `key:value` without its space in the nearest non-empty line above."""
    above = (number for number in range(line - 1, 0, -1) if page.line(number).strip())
    number = next(above, 0)
    found = _CLOSE.match(page.line(number)) if number else None
    if found is None:
        return None
    return file_error(page, number, found.end(), "a space must stand behind `:`", fix=": ")


def _control_character_error(page: Page, text: str, error: yaml.reader.ReaderError) -> RoutineError:
    """The error for a control character."""
    at = next((i for i, char in enumerate(text) if not _is_printable(char)), 0)
    before = text[:at].split("\n")
    message = f"control character 0x{ord(text[at]):02X}"
    return file_error(page, len(before), len(before[-1]) + 1, message, "remove it")


def _is_printable(char: str) -> bool:
    """True if YAML allows a character (YAML 1.2, 5.1)."""
    return char in "\t\n" or " " <= char <= "~" or "\xa0" <= char < "\ufffe" or char > "\uffff"
