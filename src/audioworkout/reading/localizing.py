"""Routines written in German, Spanish or French: which language it is, and its keys in English.

Keys, headings and words that are a whole value become English ones, each at the place where it was
written. Lines are left as they are: they are read with the vocabulary of their page's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from audioworkout.languages.written import NEUTRAL, WRITTEN, load_common_words, load_written
from audioworkout.notation import NotationError, parse_duration
from audioworkout.reading.exercise_words import translate_exercise
from audioworkout.reading.fields import ROUTINE
from audioworkout.reading.headings import read_heading
from audioworkout.reading.loose_keys import keep_stretching
from audioworkout.reading.nodes import List, Map, Node, Text, key_of
from audioworkout.reading.outline import is_stretching, list_mapping
from audioworkout.reading.splitting import known_within
from audioworkout.reading.vocabularies import (
    ITEM_LISTS,
    fold_key,
    load_headings,
    load_item_keys,
    load_keys,
    load_values,
    load_words,
)

_TEXTS = frozenset(
    (
        *("title", "description", "opening", "closing", "say", "note", "name", "aliases", "say_as"),
        *("voice", "engine", "music", "sounds", "cues", "notes", "spoken", "equipment"),
        *("exercise", "between", "effort"),
    )
)
"""Keys whose values are anybody's words or names, or words of a line: `rápido` is fast as an effort
and brisk as a pace."""
_ITEM_KEYS = ("rest", "say", "note")
_REST = re.compile(r"rest(?: for| of)? (?P<after>\d.*)|(?P<before>\d.*?)(?: of)? rest")


def localize_routine(root: Node, language: str) -> Node:
    """A routine with its keys, headings and words of values in English."""
    if language not in WRITTEN or not isinstance(root, Map):
        return root
    return _Localizer(language, root).routine(root)


class _Localizer:
    """Walks over the tree of one routine."""

    def __init__(self, language: str, root: Node) -> None:
        self.page = root.page._replace(language=language)
        self.headings = load_headings(language)
        self.keys = load_keys(language)
        self.values = load_values(language)

    def routine(self, root: Map) -> Map:
        """The whole file."""
        pairs = []
        for written, value in root.pairs:
            key = self._key(written)
            name = key_of(key)
            if name == "cool_down":
                value = self._items(keep_stretching(written, value))
            elif name in ITEM_LISTS:
                value = self._items(value)
            elif name == "define":
                value = self._definitions(value)
            else:
                value = self._value(name, value)
            pairs.append((key, value))
        return root._replace(page=self.page, pairs=tuple(pairs))

    def _key(self, key: Text) -> Text:
        meant = self.keys.get(fold_key(key.value))
        return key._replace(page=self.page, value=meant or key.value)

    def _mark(self, node: Node) -> Node:
        """A node on the page of this language, everything in it as it is written."""
        match node:
            case Text():
                return node._replace(page=self.page)
            case List():
                return node._replace(page=self.page, items=tuple(map(self._mark, node.items)))
            case Map():
                pairs = ((k._replace(page=self.page), self._mark(v)) for k, v in node.pairs)
                return node._replace(page=self.page, pairs=tuple(pairs))

    def _value(self, name: str, node: Node) -> Node:
        """What stands behind a key of a mapping."""
        if name in _TEXTS:
            return self._mark(node)
        match node:
            case Text():
                meant = self.values.get(fold_key(node.value))
                return node._replace(page=self.page, value=meant or node.value)
            case List():
                items = (self._value(name, item) for item in node.items)
                return node._replace(page=self.page, items=tuple(items))
            case Map():
                return self._fields(node)

    def _fields(self, node: Map) -> Map:
        """A mapping of keys to values: a long item, the fields of a block, pauses."""
        pairs = []
        for key, value in node.pairs:
            key = self._key(key)
            name = key_of(key)
            listed = name == "exercises"
            pairs.append((key, self._items(value) if listed else self._value(name, value)))
        return node._replace(page=self.page, pairs=tuple(pairs))

    def _definitions(self, node: Node) -> Node:
        if not isinstance(node, Map):
            return self._mark(node)
        pairs = (
            (
                key._replace(page=self.page),
                translate_exercise(value, self.page.language)
                if isinstance(value, Map)
                else self._mark(value),
            )
            for key, value in node.pairs
        )
        return node._replace(page=self.page, pairs=tuple(pairs))

    def _items(self, node: Node) -> Node:
        if not isinstance(node, List):
            return self._mark(node)
        items = (each for item in node.items for each in self._section(item))
        return node._replace(page=self.page, items=tuple(items))

    def _section(self, node: Node) -> tuple[Node, ...]:
        """An item; of a part of a workout (`Dehnen:`) its name, to be said, and its items."""
        several = isinstance(node, Map) and len(node.pairs) == 1
        key, value = node.pairs[0] if isinstance(node, Map) and several else (node, None)
        if not isinstance(key, Text) or self.keys.get(fold_key(key.value)) not in ITEM_LISTS:
            return (self._item(node),)
        if isinstance(value, Text) and not value.empty:
            return (self._item(node),)
        name = key._replace(page=self.page, value=f"{key.value[:1].upper()}{key.value[1:]}.")
        place = (self.page, key.line, key.column, key.width)
        said = Map(*place, ((key._replace(page=self.page, value="say"), name),))
        if isinstance(value, Map):
            value = list_mapping(value)
        inside = self._items(value) if isinstance(value, List) else None
        if inside is not None and is_stretching(key.value):
            return (Map(*place, ((key._replace(page=self.page), inside),)),)
        return (said, *(inside.items if isinstance(inside, List) else ()))

    def _item(self, node: Node) -> Node:
        match node:
            case Text():
                return self._text_item(node)
            case Map():
                names = [key_of(self._key(key)) for key, _ in node.pairs]
                if "exercise" in names:
                    return self._fields(node)
                pairs = tuple(self._pair(key, value) for key, value in node.pairs)
                return node._replace(page=self.page, pairs=pairs)
        return self._mark(node)

    def _pair(self, key: Text, value: Node) -> tuple[Text, Node]:
        """An item with something behind its name: a rest, a block, or an exercise."""
        meant = self.keys.get(fold_key(key.value))
        if meant in _ITEM_KEYS:
            return key._replace(page=self.page, value=meant), self._value(meant, value)
        heading = self._heading(key.value)
        if heading is not None:
            return key._replace(page=self.page, value=heading), self._members(value)
        key = key._replace(page=self.page)
        return key, self._fields(value) if isinstance(value, Map) else self._mark(value)

    def _members(self, node: Node) -> Node:
        """What stands beneath a heading: items, fields, or items in a mapping."""
        if isinstance(node, List):
            return self._items(node)
        if not isinstance(node, Map):
            return self._mark(node)
        if any(fold_key(key.value) in self.keys or key_of(key) in _BLOCK for key, _ in node.pairs):
            return self._fields(node)
        pairs = tuple(self._pair(key, value) for key, value in node.pairs)
        return node._replace(page=self.page, pairs=pairs)

    def _heading(self, text: str) -> str | None:
        """A heading of a block in English; None where the text is none."""
        if read_heading(text) is not None:
            return text
        meant = self.headings.translate_text(text)
        return meant if read_heading(meant) is not None else None

    def _text_item(self, node: Text) -> Node:
        """A rest in one text becomes a mapping; of a group its sign; all else stays."""
        marked = node._replace(page=self.page)
        if (heading := self._heading(node.value)) is not None:
            return marked._replace(value=heading)
        if group := _GROUP.match(node.value):
            meant = self.headings.translate_text(group[0][:-1])
            meant = meant.removeprefix("repeat ")
            if re.fullmatch(r"\d+ (?:x|times|rounds)(?: of)?", meant):
                return marked._replace(value=f"{meant} {node.value[group.end() - 1 :]}")
        meant = self.headings.translate_text(node.value)
        if meant in _ITEM_KEYS:
            return marked._replace(value=meant)
        rest = _REST.fullmatch(meant)
        time = (rest["after"] or rest["before"]) if rest else None
        if rest and time and _is_time(time):
            key = marked._replace(value="rest")
            place = (self.page, node.line, node.column, node.width)
            return Map(*place, ((key, marked._replace(value=time)),))
        return marked


_GROUP = re.compile(r"[^()\d]*\d+[^()\d]*\(")
_BLOCK = frozenset(("rounds", "sets", "minutes", "every", "cap", "work", "transition", "exercises"))


def _is_time(text: str) -> bool:
    try:
        parse_duration(text)
    except NotationError:
        return False
    return True


# --- Which language it is ------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
KnowsName = Callable[[str, str], bool]
"""Whether there is an exercise of a name in a language: `knows_in(name, "de")`."""


def find_stated_language(root: Node) -> str | None:
    """The language that a routine says it has, `language: de` or `Sprache: deutsch`."""
    if not isinstance(root, Map):
        return None
    keys = {fold_key(key.value): value for key, value in root.pairs}
    for language in WRITTEN:
        for name in ("language", *load_written(language).KEYS["language"].split("|")):
            value = keys.get(fold_key(name))
            if isinstance(value, Text) and not value.empty:
                return load_values(language).get(fold_key(value.value), value.value)
    return None


def find_written_language(
    root: Node, knows_in: KnowsName, english: frozenset[str], usual: str = "en"
) -> str | None:
    """The language of a routine's keys, else of most of its items; None where nothing tells it.

    `english`: words that are English; what may be of the `usual` language as well then tells
    nothing.
    """
    keys = _languages_of_keys(root)
    if len(keys) == 1:
        return keys[0]
    count = dict.fromkeys(("en", *WRITTEN), 0)
    for text in _list_evidence(root):
        found = _languages_of_text(text, knows_in, english, usual)
        if len(found) == 1:
            count[found[0]] += 1
    # English names are said everywhere, so as many words of another language tell more.
    best = max(WRITTEN, key=lambda one: count[one])
    if count[best] and all(count[best] > n for one, n in count.items() if one not in (best, "en")):
        return best if count[best] >= count["en"] else "en"
    return "en" if count["en"] and not count[best] else None


def _languages_of_keys(root: Node) -> list[str]:
    """The languages that have most of the keys; none if English has as many.

    One key of another language among English ones is a slip: `titel` for `title`.
    """
    pairs = root.pairs if isinstance(root, Map) else ()
    keys = {fold_key(key.value) for key, _ in pairs if key_of(key) not in _KEYS_OF_ROUTINES}
    count = {}
    for language in WRITTEN:
        english = {fold_key(key) for key in load_written(language).KEYS}
        count[language] = len(keys & load_keys(language).keys() - english)
    most = max(count.values())
    if most <= len(pairs) - len(keys):
        return []
    return [language for language in WRITTEN if count[language] == most]


def _languages_of_text(
    text: str, knows_in: KnowsName, english: frozenset[str], usual: str
) -> list[str]:
    """The languages of which an item has most words; of several, those that know its exercise."""
    words = set(_WORD.findall(text.casefold())) - _NEUTRAL
    if not words:
        return []
    if words <= english:
        mine = load_words(usual) if usual in WRITTEN else frozenset()
        return [] if words & mine else ["en"]
    told = words - english
    if len(words) == 1:  # `Über` alone may be anybody's name
        told -= frozenset().union(*map(load_common_words, WRITTEN))
    count = {one: len(told & load_words(one)) for one in WRITTEN}
    count["en"] = len(words & load_common_words("en"))
    most = max(count.values())
    if not most and _names_exercise(text, "en", knows_in):
        return ["en"]
    found = [one for one in count if count[one] == most]
    if len(found) > 1:
        found = [one for one in found if _names_exercise(text, one, knows_in)]
    return found


_NEUTRAL = frozenset(NEUTRAL.split())
_KEYS_OF_ROUTINES = frozenset(field.name for field in ROUTINE)


def _names_exercise(text: str, language: str, knows_in: KnowsName) -> bool:
    def known(name: str) -> bool:
        return knows_in(name, language)

    return known(text) or known_within(text, known) is not None


def _list_evidence(root: Node) -> Iterator[str]:
    """The texts of a routine that tell its language: its keys, and the names and lines of items."""
    if isinstance(root, List):
        yield from _list_item_texts(root)
    elif isinstance(root, Map):
        for key, value in root.pairs:
            if any(fold_key(key.value) in names for names in load_item_keys().values()):
                if key_of(key) not in ITEM_LISTS:
                    yield key.value
                yield from _list_item_texts(value)


def _list_item_texts(node: Node) -> Iterator[str]:
    match node:
        case Text():
            yield node.value
        case List():
            for item in node.items:
                yield from _list_item_texts(item)
        case Map():
            for key, value in node.pairs:
                if isinstance(value, Text):
                    yield f"{key.value} {value.value}"
                else:
                    yield key.value
                    yield from _list_item_texts(value)


def lacks_words(node: Node, name: str, language: str) -> bool:
    """Whether an exercise is told in English alone, and the workout led in another language."""
    if language not in WRITTEN or node.page.language == language or not isinstance(node, Map):
        return False
    translations = node.get("languages")
    if isinstance(translations, Map) and translations.get(language) is not None:
        return False
    texts = [name]
    for key in ("name", "setup", "form", "breathing", "motivate", "easier_cue", "safety"):
        value = node.get(key)
        texts += [] if value is None else _list_item_texts(value)
    words = set(_WORD.findall(" ".join(texts).casefold()))
    english, own = load_common_words("en"), load_common_words(language)
    return len(words & english - own) > len(words & (load_words(language) - english | own))
