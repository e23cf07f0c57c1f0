"""Lines that hold an exercise and its amount, as on a whiteboard: `12 push-ups`, `Squat 3 x 8`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from audioworkout.importing.facts import SentenceFacts, all_facts, left_words
from audioworkout.importing.lines import SourceLine
from audioworkout.importing.lists import read_shared_row
from audioworkout.importing.naming import Name, NameFinder, Read
from audioworkout.importing.outline import AMOUNT_FIELDS
from audioworkout.importing.phrases import TAKEN, Fact
from audioworkout.importing.rules import fold_text
from audioworkout.importing.set_lines import find_loaded_sets, join_told_sets
from audioworkout.notation import NotationError, PartialPrescription, parse_line
from audioworkout.notation.partial import BareTime
from audioworkout.reading.splitting import split_known, split_unknown

LONGEST_ITEM = 200
LONGEST_NEW_ITEM = 60
"""Characters of an item whose name is not known, for the notation to read it."""
SplitItem = Callable[[str, NameFinder], tuple[str, str] | None]
MOST_ITEM_WORDS = 14
"""Words of an item that the notation reads; more are a sentence."""
TOTAL_AND_SPLIT = 15
"""The kind of `40 in total, 20 per side`, of which the notation takes the total."""
LONGEST_MINUTE = 20
"""Characters of the minute in front of a line."""
LONGEST_NOTE = 40
"""Characters in brackets that are kept as a note."""
MOST_LEFT = 9
"""Words of a line that may be left for the name."""
_LETTER = re.compile(
    r"\(?([A-H])(\d)?(?:\s?[).:]\s+(?=\S)|(?<=\d)\s+(?=\S)|(?<=[B-DF-H])\s+(?=[A-ZÀ-Þ][a-zß-ÿ]{2}))|"
    r"\(?(\d)([a-dA-D])\s?[).:]?\s+(?=\S)"
)
_BETWEEN = re.compile(r"\s*(?:,|;|\s\+|\s/)\s+(?=\d|max\b|[A-H]\d\b)|\s*;\s*", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"(?:(?<=[^\W\d_])|(?<=\)))\s+(?=\d+\s*(?:x\s+)?[^\W\d_]{3,})")
_INNER_LETTER = re.compile(r"(?<=\S)\s+(?=(?:[A-H]\d|\d[A-D])\s?[).:]\s)")
_FOR_TWO = re.compile(
    r"(\d{1,3})/\d{1,3}\s+((?=[^\W\d_]{3})(?!sides?|legs?|arms?)(?=.*cal).*)", re.IGNORECASE
)
"""Calories for men and for women: `21/15 cal row`."""
_HEIGHT = re.compile(
    r"\(\s*\d+(?:\s*/\s*\d+)?\s*(?:in\.?|inch(?:es)?|cm|ft|[”\"″′'’])\s*\)|"
    r"[,@]?\s*\d+\s*/\s*\d+\s*(?:inch(?:es)?|[”\"″])",
    re.IGNORECASE,
)
"""How high a box or a target is: `(24/20 in)`."""
_NOT_NOTATION = re.compile(
    r"(?<!\d):\d\d\b|^\d+:\d\d\s*[-–]\s*\d+:\d\d|"
    r"@ ?\d+(?:/\d+)?$|^(\d+)/\1\b.*@|\(\d+ ?(?:kg|lb)s?\)|"
    r"\(\s*\d+\s+(?:per|each|a|an|je|pro|por|par)\b"
)
"""What a source means otherwise than the notation: two moments of a clock, a load without unit."""
_BRACKETS = re.compile(r"\([^()]*\)")
_NAME_BEFORE_FIGURE = re.compile(r"([^\W\d_][^\d:]{2,58}?)\s*[:–—(-]?\s*(?=\d)")


_EACH_NAMED = re.compile(r"(?:^|[ \0])per [^\W\d_]+")


def letter_of(text: str) -> tuple[str, str]:
    """The letter in front of a line, and the rest: `A1) Squat` is `A1` and `Squat`."""
    match = _LETTER.match(text)
    if not match:
        return "", text
    letter = match[1] or "ABCDEFGH"[min(int(match[3]) - 1, 7)]
    number = match[2] or (str("abcd".index(match[4].lower()) + 1) if match[4] else "")
    return letter + number, text[match.end() :].strip()


def read_counted_items(text: str, names: NameFinder, whole: bool) -> list[Read]:
    """The items of a line that says how much of something known or likely is done; none of others.

    `whole`: sentences behind the item may tell more of it.
    """
    key = (text, whole)
    if key not in names.items:
        names.items[key] = _read_parts(text, names, whole)
    return names.items[key]


def find_lettered_days(lines: Sequence[SourceLine], names: NameFinder) -> frozenset[int]:
    """Numbers of lines that are a workout each: `A: squat 5x5, bench 5x5`, `B: squat 5x5, ...`."""
    found = {
        line.text[0]: line.number
        for line in lines
        if re.match(r"[A-D]:\s", line.text)
        and len(read_counted_items(line.text[2:].strip(), names, True)) > 1
    }
    return frozenset(found.values()) if len(found) > 1 and "A" in found else frozenset()


def _read_parts(text: str, names: NameFinder, whole: bool) -> list[Read]:
    if not text or len(text) > LONGEST_ITEM or text.rstrip().endswith("?"):
        return []
    parts = _INNER_LETTER.split(text)
    if len(parts) > 1:
        return [one for part in parts for one in read_counted_items(part, names, whole)]
    letter, bare = letter_of(_HEIGHT.sub("", text).strip())
    if loaded := _read_loaded_sets(bare, names):
        return [loaded._replace(letter=letter)]
    minute, bare = _minute_of(bare, names)
    if pair := _FOR_TWO.match(bare):
        reads = _read_parts(f"{pair[1]} {pair[2]}", names, whole)
        doubt = f"of {pair[0].split()[0]} the first is taken"
        return [one._replace(letter=letter, minute=minute, amount_doubt=doubt) for one in reads]
    for pattern in (names.language.pairs, _BETWEEN, names.language.joins, _BEFORE_NUMBER):
        parts = [part for part in pattern.split(bare) if part and part.strip()]
        if len(parts) > 1:
            pieces = [_read_part_of_line(part.strip(" .,"), names) for part in parts]
            if all(pieces):
                return [
                    one._replace(letter=letter, minute=minute) for piece in pieces for one in piece
                ]
    single = _read_single(bare, names, whole)
    parts = re.split(r"[,;]\s+(?=[^\W\d_]{3})", bare)
    if len(parts) > 1 and not bare.rstrip().endswith("."):
        found = [_read_single(part, names, False) for part in parts]
        if all(one is not None for one in found):
            return [one._replace(letter=letter, minute=minute) for one in found if one]
    return [single._replace(letter=letter, minute=minute)] if single else []


def _read_part_of_line(text: str, names: NameFinder) -> list[Read]:
    """The items of a part of a line: those that share its amount, or one after the other."""
    return read_shared_row(text, names) or read_counted_items(text, names, False)


def _read_loaded_sets(text: str, names: NameFinder) -> Read | None:
    """A name, and sets that differ behind it: `Bench press - 60 kg x 12, 80 kg x 10`."""
    match = _NAME_BEFORE_FIGURE.match(text)
    if match is None or not names.is_name(match[1]) or not names.name(match[1]).noun:
        return None
    sets = find_loaded_sets(text[match.end() :], names.language)
    line = join_told_sets(sets) if len(sets) > 1 else ""
    return Read(names.name(match[1]).text, line, [], "") if line else None


def read_shared_names(text: str, names: NameFinder) -> list[Read]:
    """The exercises of a text that a sign or a joining word parts: `Push-ups / Lunges (8 a leg)`.

    Empty where a part is no exercise; what stands behind the first sentence is not looked at.
    """
    head = re.split(r"[.!]\s|[.!]$", text, maxsplit=1)[0]
    joins = "|".join(map(re.escape, sorted(names.language.lists["joins"], key=len)[::-1]))
    parts = re.split(rf"\s*[/+&,]\s*(?![^(]*\))|\s(?:{joins})\s(?![^(]*\))", head)
    found = []
    for part in parts:
        name = names.name(part)
        bare = _BRACKETS.sub("", part)
        if not part.strip() or re.search(r"\d", bare) or not names.is_name(bare) or not name.noun:
            return []
        facts = [
            fact
            for inside in _BRACKETS.findall(part)
            for one in names.facts_of_line(inside)
            for fact in one.facts
        ]
        found.append(Read(name.text, "", facts, ""))
    return found if len(found) > 1 else []


def _minute_of(text: str, names: NameFinder) -> tuple[str, str]:
    """The minute of an EMOM in front of a line, and the rest."""
    head, colon, behind = ([*re.split(r"(:|\s[–—-])\s", text, maxsplit=1), "", ""])[:3]
    if not colon or len(head) > LONGEST_MINUTE:
        return "", text
    for one in names.facts_of_line(f"{head}:"):
        for fact in one.facts:
            if fact.field == "minute":
                return fact.value, behind.strip()
    return "", text


def _read_single(text: str, names: NameFinder, whole: bool) -> Read | None:
    text = text.strip().rstrip(".,;")
    if names.language.words_of(text).startswith("rest"):
        return None
    told = names.facts_of_line(text)
    if not any(fact.field in AMOUNT_FIELDS for fact in all_facts(told)):
        return None
    if len(told) == 1 and told[0].about_all and _EACH_NAMED.search(told[0].left_plain):
        return None  # `Hold each stretch for 20 seconds`
    return (
        _read_notation(text, names, split_known_name)
        or _read_by_kinds(text, names, whole)
        or (
            _read_notation(text, names, split_unknown_name)
            if len(text) <= LONGEST_NEW_ITEM
            else None
        )
    )


def _read_notation(text: str, names: NameFinder, split: SplitItem) -> Read | None:
    """An item whose amount the notation reads as it stands, in English or in plain form."""
    if len(text) > 90:
        return None
    if re.search(r"[.!?]\s+\S", text) or len(text.split()) > MOST_ITEM_WORDS:
        return None
    told = names.facts_of_line(text)
    if _NOT_NOTATION.search(text) or any(one.kind == TOTAL_AND_SPLIT for one in all_facts(told)):
        return None
    if names.language.code == "en":
        head, _, behind = text.partition(":")
        labelled = not re.search(r"\d", head) and names.is_name(head) and names.name(head).noun
        parts = (_checked_parts(head, behind, names) if labelled else None) or split(text, names)
        if parts:
            return Read(*_with_front(text, *parts, names), [], "")
    if len(told) != 1 or told[0].sentence is None:
        return None
    sentence = told[0].sentence
    if names.language.code == "en" and sentence.text.replace(" - ", "-") == fold_text(text):
        return None  # read as it stands already
    parts = split(sentence.text.replace(" - ", "-"), names)
    if not parts:
        return None
    at = sentence.text.find(parts[0])
    if at < 0:
        return None
    start = sentence.starts[at] - sentence.offset
    end = sentence.ends[at + len(parts[0]) - 1] - sentence.offset
    name = names.name(sentence.source[start:end])
    likely = name.noun and names.is_name(name.text)
    return Read(name.text, parts[1], [], "") if likely else None


def _with_front(text: str, name: str, line: str, names: NameFinder) -> tuple[str, str]:
    """Name and line; words in front of a known name are part of it: `Kneeling Hip Thrusts`."""
    found = re.search(rf"((?:[^\W\d_]+(?:-[^\W\d_]+)? )+){re.escape(name)}", text)
    words = found[1].split() if found else []
    fronts = names.language.lists["kit"] | names.language.lists["front_words"]
    while words and fold_text(words[0]) not in fronts:
        words.pop(0)
    front = " ".join(words)
    if not front or not all(fold_text(word) in fronts for word in words) or front not in line:
        return name, line
    rest = line.replace(front, "", 1).strip(" ,").replace(" ,", ",")
    return f"{front} {name}", rest


def split_known_name(text: str, names: NameFinder) -> tuple[str, str] | None:
    """Name and line of a text with a known name; None where it is no item."""
    parts = split_known(text.strip(" ."), names.knows)
    return _checked_parts(parts.name, parts.line, names) if parts else None


def split_unknown_name(text: str, names: NameFinder) -> tuple[str, str] | None:
    """Name and line of a text whose name has a word of training; None where it is no item."""
    parts = split_unknown(text.strip(" ."))
    if parts is None or re.search(r"\d", parts.name):
        return None
    if not names.is_name(parts.name) or not names.name(parts.name).noun:
        return None
    return _checked_parts(parts.name, parts.line, names)


def _checked_parts(text: str, line: str, names: NameFinder) -> tuple[str, str] | None:
    """Name and line, where the line tells an amount that has one meaning."""
    name = names.clean(text)
    if not name or len(name.split()) > 6 or ":" in name:
        return None
    line = line.strip(" ,.")
    if line.count("(") != line.count(")"):
        line = line.strip("() ")
    try:
        partial = parse_line(line)
    except NotationError:
        return None
    if not partial.has_amount or partial.remarks:
        return None
    if _mixes_amounts(partial):
        return None  # `20 reps, 10 per leg` are no two sets
    if not names.knows(name) and _has_bare_time(partial):
        return None  # whether it is held or worked is told by its name in its language
    return name, line


def _mixes_amounts(partial: PartialPrescription) -> bool:
    """Whether an amount is told in several ways, as that of several sets never is."""
    return any(len({type(one.amount) for one in group.entries}) > 1 for group in partial.groups)


def _has_bare_time(partial: PartialPrescription) -> bool:
    return any(
        isinstance(entry.amount, BareTime) for group in partial.groups for entry in group.entries
    )


def _read_by_kinds(text: str, names: NameFinder, whole: bool) -> Read | None:
    told = names.facts_of_line(text)
    if not told or (len(told) > 1 and not whole):
        return None
    first = told[0]
    if first.about_all or (first.not_now and len(told) > 1):
        return None
    facts = list(first.facts)
    if not any(fact.field in AMOUNT_FIELDS for fact in facts):
        return None
    name = _name_left(first, names) or _section_word(first, names)
    if not name:
        return None
    facts += _notes_in(first)
    for more in told[1:]:
        if not more.not_now and not more.about_all:
            facts += more.facts
    return Read(name, "", facts, "")


def _section_word(told: SentenceFacts, names: NameFinder) -> str:
    """A word of warm-ups or cool-downs behind its time: `5 minutes of stretching`."""
    word = names.clean(left_words(told.left))
    labels = names.language.labels
    named = fold_text(word) in labels["warm_up"] | labels["cool_down"] and names.has_noun(word)
    return word if named and told.source.lstrip()[:1].isdigit() else ""


def _notes_in(told: SentenceFacts) -> Iterator[Fact]:
    """What stands in brackets and no kind has taken: `(drop set on last)`."""
    for found in _BRACKETS.finditer(told.left):
        text = found[0][1:-1].strip()
        if TAKEN not in text and len(text) <= LONGEST_NOTE and re.search(r"[^\W\d_]{3}", text):
            yield Fact("note", text.replace('"', "'"), 0, 0, 0)


def _name_left(told: SentenceFacts, names: NameFinder) -> str:
    """The name among the words that no kind has taken; empty where there is none."""
    if whole_name := _name_around_turns(told, names):
        return whole_name
    left = told.left.replace("(\0", "\0(").replace("\0)", ")\0")
    pieces = re.split(r"\0+|:\s|\s[–—-]\s|\|", _BRACKETS.sub("\0", left))
    whole = left_words(_BRACKETS.sub(" ", left))
    if len(re.findall(r"[^\W\d_]+", whole)) > MOST_LEFT:
        return ""
    options = [*pieces, left_words(left)] if len(pieces) > 1 else [left]
    return _best_name(options, names)


def _name_around_turns(told: SentenceFacts, names: NameFinder) -> str:
    """A name in front of a bracket that has words of taking turns within: `Squat alternating tap`.

    Empty where those words end it, as in `Lunges, alternating legs (12)`.
    """
    head, bracket, _ = told.source.partition("(")
    end = told.offset + len(head)
    inside = [fact for fact in told.facts if fact.start < end]
    turns = [fact for fact in inside if fact.field == "alternating" and fact.start > told.offset]
    if not bracket or not turns or turns != inside:
        return ""
    behind = head[max(fact.end for fact in turns) - told.offset :]
    name = names.name(head)
    return name.text if behind.split() and names.is_name(head) and name.noun else ""


def _best_name(options: Iterable[str], names: NameFinder) -> str:
    """The option that is known, else the first that has a noun."""
    cleaned = ((one, names.clean(one)) for one in options)
    likely = [
        (one, names.name(one)) for one, name in cleaned if names.is_name(name) or names.knows(name)
    ]
    for option, name in likely:
        if name.exercise is not None:
            return names.clean(option) if name.side else name.text
        head, comma, _ = option.partition(",")
        if comma and names.name(head).exercise is not None:
            return names.name(head).text
    return next((_first_part(name, names) for _, name in likely if name.noun and name.text), "")


def _first_part(name: Name, names: NameFinder) -> str:
    """An unknown name without what stands behind its comma: `leg raise, holding on to a chair`."""
    head, comma, behind = name.text.partition(", ")
    cut = comma and behind[:1].islower() and names.is_name(head) and names.name(head).noun
    return head if cut else name.text
