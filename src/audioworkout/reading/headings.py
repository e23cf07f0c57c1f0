"""The heading of a block as people write it: `3 rounds, 60s rest`, `EMOM x 10`, `40s on, 20s off`.

A heading is a row of parts in any order: words for the kind of the block, how often, how long, the
work and the rests. One that has no word for the kind is told by its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, get_args

from audioworkout.model.routine import BlockKind
from audioworkout.names import is_slip
from audioworkout.notation import NotationError, Words, parse_duration
from audioworkout.reading.field_types import Values
from audioworkout.units import MINUTE, SECOND, Ms

BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
"""Each is a heading by its plain name."""
LONGEST_HEADING = 80
"""Characters of a heading; longer texts are not even looked at."""


class Heading(NamedTuple):
    """What the key of a block says: its kind, and the fields that stand in it."""

    kind: BlockKind
    values: Values


KIND_WORDS: dict[str, BlockKind] = {
    "for time": "for time",
    "rft": "for time",
    "chipper": "for time",
    "as many rounds as possible": "amrap",
    "amrap": "amrap",
    "every minute on the minute": "emom",
    "emom": "emom",
    "circuits?": "circuit",
    "super-?\\s?sets?": "superset",
    "giant sets?": "superset",
    "tri-?\\s?sets?": "superset",
    "compound sets?": "superset",
    "tabata": "tabata",
    "interval training": "intervals",
    "intervals?": "intervals",
    "repeat": "repeat",
}
"""What people call a block, as patterns, and its kind."""

_UNIT = r"(?:hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s|''|\"|')"
_CLOCK = r"\d+(?::\d\d)?(?:[.,]\d+)?"
_TIME = rf"{_CLOCK}[\s-]*{_UNIT}(?!\w)(?:\s*\d+\s*(?:seconds?|secs?|s)(?!\w))?|\d+:\d\d"
_BETWEEN = r"(?:\s*(?:between|btw|after)\s+(?:each\s+|the\s+)?(?P<{}>rounds?|sets?|exercises?))?"
_REST = r"(?:rests?|recovery|break|off)"
_N = r"\d{1,3}"

_PARTS: tuple[tuple[str, str], ...] = (
    ("every", r"every\s+(?P<every>minute on the minute|minute|min)(?!\w)"),
    ("every", rf"every\s+(?P<every>{_TIME}|{_N})"),
    ("every", r"e(?P<mom>\d{1,2})mom"),
    ("every", r"e(?P<every>\d{1,3}\s?(?:s|sec|m|min))(?!\w)"),
    ("minute", r"on the minute"),
    ("turns", r"alt(?:ernat(?:ing|e|ed))?(?!\w)"),
    *(("kind", rf"(?P<kind>{word})(?!\w)") for word in KIND_WORDS),
    ("cap", rf"(?:time\s+)?(?:cap|limit)\W*(?P<cap>{_TIME}|{_N})"),
    ("cap", rf"(?P<cap>{_TIME}|{_N})\W*(?:time\s+)?cap(?!\w)"),
    ("no rest", rf"(?:no|without)\s+{_REST}"),
    (
        "work",
        rf"(?P<work>{_TIME}|{_N})(?:\s*(?:on|work)[\s,/&+-]*|\s*[,/&+-]\s*)"
        rf"(?P<rest>{_TIME}|{_N})\s*{_REST}(?!\w)",
    ),
    (
        "each",
        rf"(?P<each>{_TIME})\s*(?:each|(?:per|an)\s+(?:exercise|move|station)|(?:of\s+)?work)(?!\w)",
    ),
    ("work", rf"(?P<work>{_TIME}|{_N})\s*/\s*(?P<rest>{_TIME}|{_N})(?!\s*[/-]\s*\d)"),
    (
        "rest",
        rf"(?:with\s+|w/\s*)?(?P<rest>{_TIME}|{_N})\s*(?:of\s+)?{_REST}{_BETWEEN.format('what')}(?!\w)",
    ),
    ("rest", rf"{_REST}\W*(?:of\s+)?(?P<rest>{_TIME}|{_N}){_BETWEEN.format('what')}(?!\w)"),
    ("rest", rf"{_REST}\s+between\s+(?P<what>rounds?|sets?|exercises?)\W*(?P<rest>{_TIME}|{_N})"),
    ("ladder", rf"ladder\W*(?:from\s+)?(?P<first>{_N})\s*(?:-|–|to|\.\.)\s*(?P<last>{_N})"),
    ("ladder", rf"(?P<first>{_N})\s*(?:-|–|to|\.\.)\s*(?P<last>{_N})\s+ladder"),
    ("ladder", rf"(?P<first>{_N})\s*(?:down to|\.\.)\s*(?P<last>{_N})"),
    ("list", r"(?P<list>\d+(?:\s*[-–,/]\s*\d+)+)(?![\w:])(?:\s+reps?(?!\w))?"),
    (
        "rounds",
        rf"(?:for\s+)?(?P<rounds>{_N})\s*(?P<word>rounds?|rds?|sets?|times|x|×)(?:\s+(?:of|through))?(?!\w)",
    ),
    ("rounds", rf"(?:x|×)\s*(?P<rounds>{_N})(?:\s*(?P<word>rounds?|rds?|sets?|times))?(?!\w)"),
    ("time", rf"(?:for\s+|in\s+)?(?P<time>{_TIME})"),
    ("number", rf"(?:for\s+|in\s+)?(?P<number>{_N}(?:\.\d+)?)"),
)
_BETWEEN_PARTS = re.compile(r"(?:[\s,;:()&+/|·–-]|and\s|with\s|each\s|of(?:\s|$))*", re.IGNORECASE)
CLUES = (
    *("amrap", "chipper", "circuit", "emom", "interval", "min", "repeat", "rft", "round", "set"),
    *("tabata", "time"),
)
"""A heading has a digit or one of these; the patterns are not compiled for texts with neither."""
_PLAIN = (re.sub(r"\?P<[a-z]+>", "", pattern).replace("(?:", "(") for _, pattern in _PARTS)
HEADING = rf"([\s(]*({'|'.join(_PLAIN)})([\s,;:()&+/|·–-]|and\s|with\s|of\s)*)+"
"""Every row of parts as one pattern, for the JSON Schema; it is wider than `read_heading`."""


def read_heading(text: str) -> Heading | None:
    """The heading of a block; None where the text is none.

    >>> read_heading("3 rounds"), read_heading("every 2 min x 5")
    (Heading(kind='rounds', values={'rounds': 3}), \
Heading(kind='every', values={'every': 120000, 'rounds': 5}))
    >>> read_heading("AMRAP 12 min").values, read_heading("side lunges")
    ({'minutes': 720000}, None)
    >>> read_heading("40s on, 20s off").values
    {'work': 40000, 'rest': 20000, 'transition': 20000}
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_HEADING:
        return None
    if text.lower() in BLOCK_KINDS:
        return Heading(BLOCK_KINDS[BLOCK_KINDS.index(text.lower())], {})
    if not _may_be_heading(text.lower()):
        return None
    row, parts = _Row(), _compile_parts()
    at = 0
    while at < len(text):
        gap = _BETWEEN_PARTS.match(text, at)
        at = gap.end() if gap else at
        if at == len(text):
            break
        found = next(
            ((name, m) for name, one in parts if (m := one.match(text, at)) and m.end() > at),
            None,
        )
        if found is None or not row.add(*found):
            return None
        at = found[1].end()
    try:
        return row.make()
    except NotationError:
        return None


def _may_be_heading(text: str) -> bool:
    return any(map(str.isdigit, text)) or any(clue in text for clue in CLUES)


def read_rest_of_block(text: str) -> Values:
    """The rest that a part of a text names for a whole block; empty where it names none.

    >>> read_rest_of_block("rest 2 min between rounds"), read_rest_of_block("rest 2 min")
    ({'rest': 120000}, {})
    """
    row = _Row()
    for name, pattern in _compile_parts():
        match = pattern.fullmatch(text.strip()) if name == "rest" else None
        if match is not None and match.groupdict().get("what") and row.add(name, match):
            return _read_round_rest(match)
    return {}


@lru_cache(maxsize=1)
def _compile_parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of `_PARTS`; most routines have no heading and never need them."""
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PARTS)


class _Row:
    """The parts of one heading as they are read."""

    def __init__(self) -> None:
        self.kind: BlockKind | None = None
        self.word = ""
        """The word that names the kind."""
        self.parts: dict[str, re.Match[str]] = {}

    def add(self, name: str, match: re.Match[str]) -> bool:
        """Take a part; whether it may stand there, which none does twice."""
        if name == "kind":
            word = self.word = match["kind"].lower()
            kind = next(kind for one, kind in KIND_WORDS.items() if re.fullmatch(one, word))
            if self.kind is not None and {self.kind, kind} != {"for time", "circuit"}:
                return False
            self.kind = "for time" if self.kind == "for time" else kind
            return True
        if name == "rest" and (match.groupdict().get("what") or "").lower().startswith("ex"):
            name = "transition"
        if name in self.parts or not _may_stand(name, match):
            return False
        self.parts[name] = match
        return True

    def make(self) -> Heading | None:
        """The heading that the parts make; None where they make none.

        Raises:
            NotationError: A time in it is none.
        """
        values: Values = {}
        for name, match in self.parts.items():
            read = _READ.get(name)
            if read is not None:
                values |= read(match)
        if "each" in self.parts and "rest" in self.parts and "transition" not in values:
            values["transition"] = values["rest"]
        kind = self.kind or self._guess_kind()
        if kind is None or not self._place_number(kind, values):
            return None
        if "time" in self.parts:
            name = "cap" if kind == "for time" else "minutes"
            if name in values:
                return None
            values[name] = minutes_in(self.parts["time"]["time"])
        return Heading(kind, values)

    def _guess_kind(self) -> BlockKind | None:
        """The kind of a heading that does not name it."""
        parts = self.parts
        if "every" in parts:
            return "emom" if parts["every"].groupdict().get("mom") else "every"
        if "minute" in parts:
            return "emom"
        if "work" in parts or "each" in parts:
            return "intervals"
        if "list" in parts or "ladder" in parts:
            return "circuit"
        if "rounds" in parts and "time" not in parts:
            word = (parts["rounds"]["word"] or "x").lower()
            return "rounds" if word.startswith(("round", "rd", "set")) else "repeat"
        return None

    def _place_number(self, kind: BlockKind, values: Values) -> bool:
        """A bare number is minutes of what is by the clock, else the rounds; whether it fits."""
        match = self.parts.get("number")
        if match is None:
            return True
        short = "every" in self.parts and bool(self.parts["every"].groupdict().get("mom"))
        if (self.kind is None and not short) or self.word == "for time":
            return False  # `150 for time` are reps
        clock = kind in ("amrap", "emom")
        name = "minutes" if clock else "rounds"
        if name in values or (clock and "time" in self.parts):
            return False
        number = match["number"]
        if not clock and "." in number:
            return False
        values[name] = minutes_in(number) if clock else int(number)
        return True


LEAST_INTERVAL = 15
"""Seconds of work without a unit: `40/20`. Less may be reps as well."""


def _may_stand(name: str, match: re.Match[str]) -> bool:
    """Whether two numbers with a stroke are surely seconds, and a list is surely one."""
    if name == "work":
        return not match["work"].isdigit() or int(match["work"]) >= LEAST_INTERVAL
    return name != "list" or "/" not in match["list"] or len(match["list"].split("/")) > 2


def _read_every(match: re.Match[str]) -> Values:
    mom = match.groupdict().get("mom")
    if mom:
        return {"every": int(mom) * MINUTE if len(mom) < 2 else int(mom) * SECOND}
    text = match["every"].lower()
    if text.startswith("min"):
        return {"every": MINUTE}
    return {"every": minutes_in(text) if text.isdigit() and len(text) < 2 else parse_duration(text)}


def _read_work(match: re.Match[str]) -> Values:
    """`40s on, 20s off`, `40/20`: seconds without a unit. The rest follows each work."""
    rest = _length_in(match["rest"])
    return {"work": _length_in(match["work"]), "rest": rest, "transition": rest}


def _length_in(text: str) -> Ms:
    """A time in which `m` is minutes."""
    return parse_duration(text.replace("''", '"'))


def _read_round_rest(match: re.Match[str]) -> Values:
    what = (match.groupdict().get("what") or "").lower()
    name = "transition" if what.startswith("exercise") else "rest"
    return {name: _length_in(match["rest"])}


def _read_ladder(match: re.Match[str]) -> Values:
    first, last = int(match["first"]), int(match["last"])
    step = 1 if last >= first else -1
    return {"rounds": tuple(range(first, last + step, step))}


_READ: dict[str, Callable[[re.Match[str]], Values]] = {
    "every": _read_every,
    "minute": lambda _: {"every": MINUTE},
    "cap": lambda match: {"cap": minutes_in(match["cap"])},
    "turns": lambda _: {"turns": True},
    "each": lambda match: {"work": _length_in(match["each"])},
    "no rest": lambda _: {"rest": 0, "transition": 0},
    "work": _read_work,
    "rest": _read_round_rest,
    "transition": _read_round_rest,
    "ladder": _read_ladder,
    "list": lambda match: {"rounds": amounts_in(match["list"])},
    "rounds": lambda match: {"rounds": int(match["rounds"])},
}
"""What each part says; a time and a bare number wait for the kind."""

_HEADING_WORDS = (
    *("rounds", "repeat", "times", "every", "circuit", "superset", "intervals"),
    *("tabata", "emom", "amrap", "time", "sets", "min"),
)


def mend_heading(text: str) -> str | None:
    """A heading with its one misspelt word mended; None where that makes none, or several.

    >>> mend_heading("3 ronds"), mend_heading("every 2 mim x 5"), mend_heading("zumba")
    ('3 rounds', 'every 2 min x 5', None)
    """
    found = {
        text[: word.start()] + meant + text[word.end() :]
        for word in re.finditer(r"[^\W\d]+", text[:LONGEST_HEADING])
        for meant in _HEADING_WORDS
        if len(word[0]) > 2 and is_slip(word[0].lower(), meant)
    }
    right = [one for one in found if one != text and read_heading(one) is not None]
    return right[0] if len(right) == 1 else None


def minutes_in(text: str, vocabulary: Words | None = None) -> Ms:
    """A length in which a bare number is minutes: `12`, `12 min`, `90s`, `2.5`.

    >>> minutes_in("12"), minutes_in("90s"), minutes_in("1:30")
    (720000, 90000, 90000)

    Raises:
        NotationError: It is none.
    """
    bare = re.fullmatch(r"\d+(\.\d+)?", text.strip())
    plain = f"{text} min" if bare else text.replace(",", ".").replace("-", " ")
    return parse_duration(plain, vocabulary=vocabulary)


AMOUNTS = re.compile(r"\d+(?:\s*[-–,/ ]\s*\d+)+")
"""Amounts by round, `21-15-9`."""


def amounts_in(text: str) -> tuple[int, ...] | None:
    """Amounts by round: `21-15-9`, `10 8 6`; None where it is a single number or no list.

    >>> amounts_in("21-15-9"), amounts_in("3")
    ((21, 15, 9), None)
    """
    if not AMOUNTS.fullmatch(text.strip()):
        return None
    return tuple(map(int, re.findall(r"\d+", text)))
