"""The rules as data: kinds of phrasing, and a vocabulary for each language (docs/import.md)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from audioworkout.importing.needed_words import find_needed_words

LANGUAGES = ("en", "de", "es", "fr")
"""Languages whose sources are read, each with a file in `rules/`."""
_FOLDER = Path(__file__).resolve().parent / "rules"

LEAST_OWN_WORD = 4
"""Letters of a word of training that tells in which language a text is."""
NUMBER = r"\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?"
TIME_PATTERN = rf"(?:{NUMBER} ?(?:s|min|h)(?![a-z])|\d+m\d+s|\d+:\d\d(?![:\d]))"
DISTANCE = rf"{NUMBER} ?(?:m|km|ft|yd|mi)(?![a-z\d])"
LOAD = rf"{NUMBER} ?(?:kg|lb)(?![a-z])"
LISTED = r"\d{1,3}(?:-(?:\d{1,3}|x)){2,}|\d0x\d"
CLOCKS = r"\d{1,2}:\d\d-\d{1,2}:\d\d"
SLOTS = {
    "N": rf"(?<![\d.:-]){NUMBER}(?![\d.:]|-\d)",
    "T": rf"(?<![\d.:-]){TIME_PATTERN}",
    "R": rf"(?<![\d.:-])(?:{TIME_PATTERN}|\d+(?:\.\d+)? ?m(?![a-z\d]))",
    "D": rf"(?<![\d.:-]){DISTANCE}",
    "L": rf"(?<![\d.:-])\+?{LOAD}",
    "Q": rf"(?<![\d.:-])(?:{LISTED})(?![\d.:]|-\d)",
    "C": CLOCKS,
}
QUANTITIES = frozenset({"reps", "sets", "rest", "rounds", "week", "day"})
"""Words in plain form that no exercise is named with."""
GAP = r"(?P<gap{n}>(?:[ \0]+[^\s\0.;:!?|]+){{0,6}}?[ \0]+)"
"""Other words within a sentence: not taken, so that a name among them stays."""


class Example(NamedTuple):
    """A sentence and the fields that are found in it: `sets=3 reps=12`."""

    kind: int
    text: str
    means: str


class Kind(NamedTuple):
    """A kind of phrasing: how it looks in plain form, and which fields it gives."""

    number: int
    name: str
    pattern: re.Pattern[str]
    needed: frozenset[str]
    """Texts of which a sentence must have one for the pattern to match; empty: none is known."""
    gives: Mapping[str, str]
    when: re.Pattern[str] | None
    unsure: str
    whole_line: bool
    reads_rests: bool
    """Its facts are not found by the pattern but by `rest_places`."""
    example: Example


class ImportLanguage(NamedTuple):
    """The words of one language, folded: lower case, without accents."""

    code: str
    name: str
    common: frozenset[str]
    articles: frozenset[str]
    abbreviations: frozenset[str]
    words: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By first word: each phrase as words, the longest first, and its plain form."""
    labels: Mapping[str, frozenset[str]]
    phrases: Mapping[str, re.Pattern[str]]
    """Word lists that are looked for within a sentence."""
    lists: Mapping[str, frozenset[str]]
    noun_first: bool
    """Whether the noun of a name stands in front of what tells it apart: `rotation du cou`."""
    synonyms: Mapping[str, str]
    """Names of apps' exports, folded, that the catalogue has under another name."""
    nouns: frozenset[str]
    endings: tuple[str, ...]
    held: re.Pattern[str]
    """Words of what is held, and not done in reps."""
    weights: re.Pattern[str]
    """Weights behind a name, with what joins them to it: `with dumbbells`."""
    joined: re.Pattern[str]
    """Joining words between names: `squats and lunges`."""
    turns: re.Pattern[str]
    """A comma and a joining word, with which the next thing begins: `easy jog, then stretch`."""
    joins: re.Pattern[str]
    """Joining words in front of a number: `10 squats and 5 push-ups`."""
    pairs: re.Pattern[str]
    """What joins two exercises to a superset within a line: `rows 3x8 superset with dips 3x8`."""
    fronts: re.Pattern[str]
    """Words in front of a name that are none of it, longest first: `perform the`."""
    prepositions: frozenset[str]
    """Those of them that may begin a name as well: `De rodillas`."""
    ends: re.Pattern[str]
    """The same behind it: `of`, `each`."""
    small: frozenset[str]
    """Words that say nothing of an amount: articles, joining words."""
    quantities: frozenset[str]
    """Words of amounts, `sets` and the like, which no name of an exercise has."""
    examples: tuple[Example, ...]

    def words_of(self, text: str) -> str:
        """The plain form of the word that a text begins with; empty where it has none."""
        words = split_folded_words(text[:40])
        for phrase, plain in self.words.get(words[0], ()) if words else ():
            if list(phrase) == words[: len(phrase)]:
                return plain
        return ""

    def has_phrase(self, name: str, text: str) -> bool:
        """Whether a folded text has one of the phrases of a list."""
        return bool(self.phrases[name].search(text))


@lru_cache(maxsize=8192)
def fold_text(text: str) -> str:
    """Lower case without accents, apostrophes alike; `ß` is ss. The length may change.

    >>> fold_text("Répétez l’Übung")
    "repetez l'ubung"
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


@cache
def load_kinds() -> tuple[Kind, ...]:
    """All kinds of phrasing, in the order in which they are tried."""
    return tuple(_read_kind(one) for one in _load_file("kinds")["kind"])


@cache
def load_kind_words() -> frozenset[str]:
    """All texts that kinds need."""
    return frozenset().union(*(kind.needed for kind in load_kinds()))


@cache
def load_app_words(part: str) -> Mapping[str, list[str]]:
    """What other apps write, of one part of `rules/apps.toml`: `columns`, `marks`, `months`."""
    words: Mapping[str, list[str]] = _load_file("apps")[part]
    return words


@cache
def load_class_pattern(name: str) -> re.Pattern[str]:
    """What elements of pages are called in any language: `beside` the text, or `comments`.

    >>> [bool(load_class_pattern("beside").search(one)) for one in ("post-ads", "loads")]
    [True, False]
    """
    words = {word for code in LANGUAGES for word in _load_file(code)["pages"][name]}
    options = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(words))
    return re.compile(rf"(?:^|[\s_-])(?:{options})(?=$|[\s_-])", re.IGNORECASE)


@cache
def load_plain_words(plain: frozenset[str]) -> frozenset[str]:
    """The single words of all languages, folded, that stand for one of some plain words."""
    return frozenset(
        fold_text(word)
        for code in LANGUAGES
        for key, words in _load_file(code)["words"].items()
        if key.rstrip("_") in plain
        for word in words
    )


@cache
def load_own_words(code: str) -> frozenset[str]:
    """Single words of exercises and amounts, folded, that no other language has."""
    found = {one: _words_of_training(load_import_language(one)) for one in LANGUAGES}
    others = frozenset().union(*(found[one] for one in LANGUAGES if one != code))
    return found[code] - others


def _words_of_training(language: ImportLanguage) -> frozenset[str]:
    labels = (language.labels[one] for one in ("day", "weekday", "warm_up", "cool_down"))
    words = language.nouns.union(language.words, language.lists["muscles"], *labels)
    singular = frozenset(word for word in words if word.isalpha() and len(word) >= LEAST_OWN_WORD)
    return singular | {f"{word}s" for word in singular}


@cache
def load_import_language(code: str) -> ImportLanguage:
    """The words of a language."""
    data = _load_file(code)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    entries = [(word, plain) for plain, words in data["words"].items() for word in words]
    entries += [(word, str(number)) for word, number in data["numbers"].items()]
    if ending := data.get("times_ending", ""):
        entries += [(f"{word}{ending}", f"{n} times") for word, n in data["numbers"].items()]
    for word, plain in entries:
        folded = tuple(split_folded_words(word))
        phrases.setdefault(folded[0], []).append((folded, plain.rstrip("_")))
    loaned = _load_file("en")["names"]["loaned"]
    nouns = [fold_text(noun) for noun in (*data["names"]["nouns"], *loaned)]
    lists = {name: _folded(words) for name, words in data["phrases"].items()}
    return ImportLanguage(
        code=code,
        name=data["name"],
        common=_folded(data["common"]),
        articles=_folded(data["articles"]),
        abbreviations=_folded(data["abbreviations"]),
        words={
            first: tuple(sorted(found, key=lambda one: -len(one[0])))
            for first, found in phrases.items()
        },
        labels={name: _folded(words) for name, words in data["labels"].items()},
        phrases={name: _any_of(words) for name, words in lists.items()}
        | {
            "all": _all_pattern(lists["all"], data["words"]),
            "captions": _caption_pattern(lists["captions"]),
            "beginners": _any_of(_folded(data["labels"]["beginner"])),
            "experienced": _any_of(_folded(data["labels"]["normal"])),
        },
        lists=lists,
        noun_first=data.get("noun_first", False),
        synonyms={fold_text(name): known for name, known in data.get("synonyms", {}).items()},
        nouns=frozenset(noun for noun in nouns if not noun.startswith("*")),
        endings=tuple(noun[1:] for noun in nouns if noun.startswith("*")),
        held=_held_pattern(data["names"]["held"]),
        weights=_weights_pattern(lists, _folded(data["articles"])),
        joined=re.compile(rf"(?:^|\s)(?:{_longest_options(lists['joins'])})\s+", re.IGNORECASE),
        turns=re.compile(rf",\s+(?:{_longest_options(lists['joins'])})(?!\w)", re.IGNORECASE),
        joins=re.compile(
            rf"\s(?:{'|'.join(map(re.escape, sorted(lists['joins'], key=len)[::-1]))})"
            rf"\s+(?=(?:(?:{_longest_options(data['words']['per'])})\s)?\d|max\b)",
            re.IGNORECASE,
        ),
        pairs=re.compile(rf"[\s+,;]+(?:{_longest_options(lists['pairs'])})\s+", re.IGNORECASE),
        fronts=re.compile(rf"(?:{_longest_options(lists['verbs'])})(?![^\W_])(?=.)"),
        prepositions=lists["trailing"] - lists["joins"] - _folded(data["articles"]),
        ends=re.compile(rf" (?:{_longest_options(lists['trailing'])})$"),
        small=_folded(data["articles"]) | lists["joins"] | lists["trailing"],
        quantities=frozenset(
            found[0][0][0]
            for found in (
                [one for one in every if len(one[0]) == 1] for every in [*phrases.values()]
            )
            if found and any(one[1].rstrip("_") in QUANTITIES for one in found)
        ),
        examples=tuple(
            Example(one["kind"], one["text"], one["means"]) for one in data.get("example", ())
        ),
    )


def split_folded_words(text: str) -> list[str]:
    """The words and signs of a text, folded.

    >>> split_folded_words("3x10 Push-ups (l'un)")
    ['3', 'x', '10', 'push', '-', 'ups', '(', "l'", 'un', ')']
    """
    return [fold_text(found) for found in WORD.findall(text)]


WORD = re.compile(
    r"\d(?::[\dxX]){2,3}(?![\d:])|"
    r"\d{1,3}(?:[-–/](?:\d{1,3}|[xX])){2,}(?![\d:])|\d{1,3}(?:\s[-–]\s\d{1,3}){2,}(?![\d:])|"
    r"\d{1,2}:\d\d(?!\d)|\d+(?:[.,]\d+)?|½|[dlnDLN]['’]|"
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S"
)
"""A word, a number, figures in a row, or a sign."""


@cache
def _load_file(name: str) -> dict[str, Any]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_text(word) for word in words)


def _longest_options(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_longest_options(words)})(?!\w)")


def _caption_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Captions that a line begins with; `n` is a number: `slide n of n`."""
    options = "|".join(re.sub(r"\bn\b", r"\\d+", re.escape(one)) for one in sorted(phrases))
    return re.compile(rf"^(?:{options})(?!\w)")


def _all_pattern(phrases: Iterable[str], words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """What is said of each exercise; `of each leg` is said of the sides."""
    sides = [
        fold_text(one) for plain in ("side", "leg", "arm", "direction") for one in words[plain]
    ]
    return re.compile(
        rf"{_any_of(phrases).pattern}(?! (?:{'|'.join(map(re.escape, sides))})(?!\w))"
    )


def _held_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Words of what is held: those that begin so, and by their marks others.

    With `*` those that have it anywhere, with `$` as well those that end so, their plurals too
    (alone, `im Stand`, it tells where something is done), with `^` the first of a name.
    """
    return re.compile("|".join(_held_option(fold_text(word)) for word in words))


def _held_option(word: str) -> str:
    if word[0] == "*" and word[-1] == "$":
        return rf"(?:(?<=[^\W\d_])|^){re.escape(word[1:-1])}(?:e|en|s)?(?!\w)"
    if word[0] == "*":
        return re.escape(word[1:])
    return f"^{re.escape(word[1:])}" if word[0] == "^" else rf"(?<!\w){re.escape(word)}"


def _weights_pattern(
    lists: Mapping[str, frozenset[str]], articles: Iterable[str]
) -> re.Pattern[str]:
    """Weights at the end of a text: `Langhantel`, `with a barbell or dumbbells`."""
    weight = rf"(?:(?:{_longest_options(articles)})\s+)?(?:{_longest_options(lists['weights'])})"
    joins = _longest_options(lists["joins"] | lists["alternatives"])
    within = _longest_options(lists["with"])
    return re.compile(rf",?\s+(?:(?:{within})\s+)?{weight}(?:\s+(?:{joins})\s+{weight})?$")


def _read_kind(data: Mapping[str, Any]) -> Kind:
    when, pattern = data.get("when"), data["pattern"]
    return Kind(
        number=data["number"],
        name=data["name"],
        pattern=re.compile(rf"(?<![\w\0])(?:{compile_slots(pattern)})(?![^\W\d])"),
        needed=find_needed_words(pattern),
        gives=data.get("gives", {}),
        when=re.compile(compile_slots(when)) if when else None,
        unsure=data.get("unsure", ""),
        whole_line=data.get("line", False),
        reads_rests=data.get("rests", False),
        example=Example(data["number"], data["example"], data["means"]),
    )


_PIECES = re.compile(
    r"(?P<slot><(?P<kind>[NTRDLQC])(?::(?P<name>\w+))?>)|(?P<behind>\(\?<[=!](?:\[[^\]]*\]|[^)\[])*\))|"
    r"(?P<among>\[(?:\\.|[^\]\\])*\])|(?P<named>\(\?P<(?P<group>\w+)>)|(?P<gap> ?\.\.(?!\.) ?)|"
    r"(?P<blank> (?![?*]))|(?P<maybe> [?*])|(?P<other>\\.|.)",
    re.DOTALL,
)


def compile_slots(pattern: str) -> str:
    """A pattern of kinds.toml as a regular expression.

    A blank stands for blanks and what was taken. A field may stand in several branches: the groups
    are numbered, `sets`, `sets__2`.
    """
    seen: dict[str, int] = {}
    out = []
    for piece in _PIECES.finditer(pattern):
        match piece.lastgroup:
            case _ if piece["slot"]:
                out.append(_slot_pattern(piece["kind"], piece["name"], seen))
            case _ if piece["gap"]:
                seen["gap"] = seen.get("gap", 0) + 1
                out.append(GAP.format(n=seen["gap"]))
            case _ if piece["named"]:
                out.append(f"(?P<{_numbered(piece['group'], seen)}>")
            case _ if piece["blank"]:
                out.append(r"[ \0]+")
            case _ if piece["maybe"]:
                out.append(r"[ \0]*")
            case _:
                out.append(piece[0])
    return "".join(out)


def _slot_pattern(kind: str, name: str | None, seen: dict[str, int]) -> str:
    return f"(?P<{_numbered(name, seen)}>{SLOTS[kind]})" if name else f"(?:{SLOTS[kind]})"


def _numbered(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    return f"{name}__{seen[name]}" if seen[name] > 1 else name
