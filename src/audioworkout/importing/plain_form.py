"""Sentences in plain form: number words as figures, short units, one word for all synonyms.

`Drei Sätze à zwölf Wiederholungen pro Bein` becomes `3 sets of 12 reps per leg`; each character of
the plain form knows the characters of the source that it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audioworkout.importing.rules import WORD, ImportLanguage, fold_text

ENDS = frozenset(".!?")
TIME_UNITS = frozenset({"s", "min", "h"})
DISTANCE_UNITS = frozenset({"m", "km", "ft", "yd", "mi"})
WEIGHT_UNITS = frozenset({"kg", "lb"})
COUNT_UNITS = frozenset(
    {"reps", "sets", "rounds", "times", "steps", "breaths", "week", "day", "month", "year", "more"}
)
PLAIN_UNITS = TIME_UNITS | DISTANCE_UNITS | WEIGHT_UNITS | COUNT_UNITS
_SECOND_SIGNS = ('"', "″", "''", "“", "”")
_MINUTE_SIGNS = ("'", "′", "’")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"\d+(?:\.\d+)?-\d+(?:\.\d+)?")


class PlainToken(NamedTuple):
    """A word of the plain form, and where its source stands in the line."""

    plain: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence in plain form. `starts` and `ends`: of each character, its place in the line."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    source: str
    """The same characters of the line, as they were written."""
    offset: int
    """Where it begins in the line."""


def make_sentences(line: str, language: ImportLanguage) -> list[Sentence]:
    """The sentences of a line in plain form."""
    found, start = [], 0
    tokens = plain_tokens(line, language)
    for n, token in enumerate(tokens):
        if token.plain in ENDS:
            found.append(_join_tokens(tokens[start : n + 1], line))
            start = n + 1
    found.append(_join_tokens(tokens[start:], line))
    return [one for one in found if one.text.strip(" .!?")]


def plain_tokens(line: str, language: ImportLanguage) -> list[PlainToken]:
    """The words of a line in plain form, numbers and their units joined."""
    plain = line.isascii()  # then lower case is as long, and folded at once
    words = [
        PlainToken(match[0] if plain else fold_text(match[0]), match.start(), match.end())
        for match in WORD.finditer(line.lower() if plain else line)
    ]
    words = [one for n, one in enumerate(words) if not _shortens(words, n, line, language)]
    tokens = list(_translate(words, language))
    if not any(token.plain[0].isdigit() for token in tokens):
        return tokens
    tokens = list(_join_numbers(tokens))
    tokens = list(_join_ranges(tokens))
    return list(_join_units(tokens, feet=language.code == "en"))


def _shortens(words: list[PlainToken], at: int, line: str, language: ImportLanguage) -> bool:
    """Whether a full stop is that of a short form, and ends no sentence: `10 reps. per leg`.

    One in front of a word with a capital letter ends it: `10 reps. Feet a bit wider.`
    """
    if words[at].plain != "." or not at or words[at - 1].plain not in language.abbreviations:
        return False
    behind = line[words[at].end :].lstrip()
    unit = language.words_of(words[at - 1].plain) in ("reps", "s", "min")
    titled = behind[:1].isupper() and behind[1:2].islower()
    return not (unit and titled) or language.code == "de"  # its nouns have capital letters


def _translate(words: list[PlainToken], language: ImportLanguage) -> Iterator[PlainToken]:
    """Each phrase that the language knows as its plain word; figures with a point."""
    at, count = 0, len(words)
    while at < count:
        word = words[at]
        length, plain = _longest_phrase(words, at, language)
        if plain is not None and not (plain.isdigit() and _is_part_of_word(words, at, language)):
            end = words[at + length - 1].end
            for piece in plain.split(" ") if plain else ():
                yield PlainToken(piece, word.start, end)
            at += length
            continue
        if word.plain in language.articles and _unit_follows(words, at + 1, language):
            yield word._replace(plain="1")
        elif word.plain[0].isdigit():
            yield word._replace(plain=_figures(word.plain))
        elif word.plain == "½":
            yield word._replace(plain="0.5")
        else:
            yield word
        at += 1


def _is_part_of_word(words: list[PlainToken], at: int, language: ImportLanguage) -> bool:
    """Whether a number word is none, as in `one-arm row`: a hyphen and no unit stand behind it."""
    if at + 2 >= len(words) or words[at + 1].plain != "-":
        return False
    if words[at].end != words[at + 1].start or words[at + 1].end != words[at + 2].start:
        return False
    _, plain = _longest_phrase(words, at + 2, language)
    return plain is None or not (plain in PLAIN_UNITS or plain.split()[0].isdigit())


def _figures(text: str) -> str:
    text = text.replace("–", "-").replace("/", "-") if text.count("/") != 1 else text
    text = text.replace(":", "-") if text.count(":") > 1 else text
    return "".join(text.replace(",", ".").split())


def _longest_phrase(
    words: list[PlainToken], at: int, language: ImportLanguage
) -> tuple[int, str | None]:
    for phrase, plain in language.words.get(words[at].plain, ()):
        length = len(phrase)
        if length == 1 or all(
            at + n < len(words) and words[at + n].plain == one for n, one in enumerate(phrase)
        ):
            return length, plain
    return 0, None


def _unit_follows(words: list[PlainToken], at: int, language: ImportLanguage) -> bool:
    """Whether an article counts: `a minute`, `one set`, `un tour`."""
    if at >= len(words):
        return False
    _, plain = _longest_phrase(words, at, language)
    return plain in TIME_UNITS or plain in {"sets", "rounds", "reps", "breaths"}


def _join_numbers(tokens: list[PlainToken]) -> Iterator[PlainToken]:
    """`1 1/2` and `1 0.5` as 1.5, `1/2` as 0.5, `3 x` glued signs apart."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        rest = [one.plain for one in tokens[at : at + 4]]
        if rest[1:] == ["1", "/", "2"] and _NUMBER.fullmatch(token.plain):
            yield PlainToken(f"{token.plain}.5", token.start, tokens[at + 3].end)
            at += 4
        elif rest[:3] == ["1", "/", "2"]:
            yield PlainToken("0.5", token.start, tokens[at + 2].end)
            at += 3
        elif rest[1:2] == ["0.5"] and _NUMBER.fullmatch(token.plain) and "." not in token.plain:
            yield PlainToken(f"{token.plain}.5", token.start, tokens[at + 1].end)
            at += 2
        else:
            yield token
            at += 1


def _join_ranges(tokens: list[PlainToken]) -> Iterator[PlainToken]:
    """`8 to 12`, `8 - 12`, `between 8 and 12` and `0:30 - 1:00` as one."""
    at = 0
    while at < len(tokens):
        a = tokens[at].plain
        b, c, d = (tokens[at + n].plain if at + n < len(tokens) else "" for n in (1, 2, 3))
        if a == "between" and _is_numeral(b) and c in ("and", "to") and _rises(b, d):
            yield PlainToken(f"{b}-{d}", tokens[at].start, tokens[at + 3].end)
            at += 4
        elif (
            _is_numeral(a)
            and b in ("to", "or")
            and _rises(a, c)
            and not (b == "or" and float(c) > 2 * float(a))
            and not (at and tokens[at - 1].plain == "x" and d in WEIGHT_UNITS | {"%"})
        ):
            # not `4 x 8 à 60 kg`, where the word is that of the load
            yield PlainToken(f"{a}-{c}", tokens[at].start, tokens[at + 2].end)
            at += 3
        elif _is_numeral(a) and b in TIME_UNITS and c == "to" and _rises(a, d):
            # `20 s to 30 s`: the unit stands behind again.
            yield PlainToken(f"{a}-{d}", tokens[at].start, tokens[at + 3].end)
            at += 4
        elif _is_numeral(a) and b == c == "to" and _rises(a, d):
            # `15- bis 20-mal`
            yield PlainToken(f"{a}-{d}", tokens[at].start, tokens[at + 3].end)
            at += 4
        elif ":" in a and a[0].isdigit() and b == "to" and ":" in c and c[0].isdigit():
            yield PlainToken(f"{a}-{c}", tokens[at].start, tokens[at + 2].end)
            at += 3
        else:
            yield tokens[at]
            at += 1


def _is_numeral(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _rises(low: str, high: str) -> bool:
    return _is_numeral(low) and _is_numeral(high) and float(low) < float(high)


def _join_units(tokens: list[PlainToken], *, feet: bool) -> Iterator[PlainToken]:
    """`30 s` as `30s`, `1 min 30 s` as `1m30s`, `400 m` as `400m`, `24 kg` as `24kg`.

    `feet`: the sign of minutes may be that of feet.
    """
    at = 0
    while at < len(tokens):
        token = tokens[at]
        unit = tokens[at + 1].plain if at + 1 < len(tokens) else ""
        if token.plain == ":" and re.fullmatch(r"[0-5]\d", unit) and _starts_word(tokens, at):
            yield PlainToken(f"0:{unit}", token.start, tokens[at + 1].end)
            at += 2
            continue
        if not (_is_numeral(token.plain) or _RANGE.fullmatch(token.plain)):
            yield token
            at += 1
            continue
        if unit in _SECOND_SIGNS and _is_numeral(token.plain):
            yield PlainToken(f"{token.plain}s", token.start, tokens[at + 1].end)
            at += 2
        elif unit in _MINUTE_SIGNS and not feet and tokens[at + 1].start == token.end:
            length, behind = _seconds_of_sign(tokens, at + 2)
            plain = f"{token.plain}m{behind}s" if behind else f"{token.plain} min"
            yield PlainToken(plain, token.start, tokens[at + 1 + length].end)
            at += 2 + length
        elif unit in ("min", "m") and (seconds := _seconds_behind(tokens, at + 2)):
            count, value = seconds
            yield PlainToken(f"{token.plain}m{value}s", token.start, tokens[at + 1 + count].end)
            at += 2 + count
        elif unit == "-" and at + 2 < len(tokens) and tokens[at + 2].plain in PLAIN_UNITS:
            # `30-second hold`: a hyphen in place of a blank.
            yield PlainToken(
                _glue(token.plain, tokens[at + 2].plain), token.start, tokens[at + 2].end
            )
            at += 3
        elif unit in TIME_UNITS | DISTANCE_UNITS | WEIGHT_UNITS:
            yield PlainToken(_glue(token.plain, unit), token.start, tokens[at + 1].end)
            at += 2
        elif (
            unit == "to"
            and at + 2 < len(tokens)
            and tokens[at + 2].plain in PLAIN_UNITS
            and tokens[at + 2].start == token.end + 1
        ):
            # `3-mal`, `30-second hold`, `400-meter run`
            yield PlainToken(
                _glue(token.plain, tokens[at + 2].plain), token.start, tokens[at + 2].end
            )
            at += 3
        else:
            yield token
            at += 1


def _seconds_of_sign(tokens: list[PlainToken], at: int) -> tuple[int, str]:
    """The seconds right behind the sign of minutes, `30` or `30"`, and how many tokens they are."""
    if at >= len(tokens) or tokens[at].start != tokens[at - 1].end:
        return 0, ""
    if not re.fullmatch(r"[0-5]\d", tokens[at].plain):
        return 0, ""
    behind = tokens[at + 1].plain if at + 1 < len(tokens) else ""
    return (2 if behind in _SECOND_SIGNS else 1), tokens[at].plain


def _glue(number: str, unit: str) -> str:
    if unit in COUNT_UNITS:
        return f"{number} {unit}"
    return f"{number} min" if unit == "min" else f"{number}{unit}"


def _starts_word(tokens: list[PlainToken], at: int) -> bool:
    """Whether a colon leads a time, as in `:30`: it stands directly before it, and no word does."""
    if tokens[at].end < tokens[at + 1].start:
        return False
    return at == 0 or tokens[at - 1].end < tokens[at].start


def _seconds_behind(tokens: list[PlainToken], at: int) -> tuple[int, str] | None:
    """The seconds behind minutes, and how many tokens they take: `30 s`, or `30` alone."""
    if at < len(tokens) and tokens[at].plain == "and":
        found = _seconds_behind(tokens, at + 1)
        return (found[0] + 1, found[1]) if found and found[0] > 1 else None
    if at >= len(tokens) or not tokens[at].plain.isdigit() or int(tokens[at].plain) >= 60:
        return None
    following = tokens[at + 1].plain if at + 1 < len(tokens) else ""
    if following == "s":
        # `1 min 30 s rest`, `3 x 1 min, 30 s rest`: a rest of its own is none of the minutes.
        behind = tokens[at + 2].plain if at + 2 < len(tokens) else ""
        return None if behind == "rest" else (2, tokens[at].plain)
    if int(tokens[at].plain) >= 10 and following in (
        "",
        ".",
        ",",
        ")",
        "rest",
        "between",
        "of",
        "|",
    ):
        return 1, tokens[at].plain
    return None


def _join_tokens(tokens: list[PlainToken], line: str) -> Sentence:
    """Tokens as one text with the places of its characters."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = None
    for token in tokens:
        if parts:
            parts.append(" ")
            starts.append(last.end if last else token.start)
            ends.append(token.start)
        parts.append(token.plain)
        starts += [token.start] * len(token.plain)
        ends += [token.end] * len(token.plain)
        last = token
    begin = tokens[0].start if tokens else 0
    end = tokens[-1].end if tokens else 0
    return Sentence("".join(parts), tuple(starts), tuple(ends), line[begin:end], begin)
