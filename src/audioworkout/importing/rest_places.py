"""Rests of a sentence, each with what it is between: sets, exercises or rounds.

People tell them in any order and with any words between: `between the rounds you get a minute, and
20 seconds between moves`. So no pattern of a whole sentence is looked for, but its times, its words
of rest and its words of place, each of which is given the time that stands with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from audioworkout.importing.rules import SLOTS

FARTHEST_PLACE = 60
"""Characters between a time and the place that it belongs to."""
BESIDE = 14
"""A time that is nearer to a place is surely a rest, without a word of rest."""
NEAR = 24
"""A time that is nearer to a place is taken for a rest."""
UNSURE = "which rest this is, is told in free words"
_WORDS = r"(?:[^\s\d.,;:!?()|\0]+[ \0]+)"
_TIME = re.compile(SLOTS["R"])
_BARE = re.compile(r"(?<![\w.:/,-])[1-9][05](?= ?(?:$|[.,;)\0]|and\b|then\b|between\b|rest\b))")
"""A number without a unit beside times that have one: `work for 40 seconds, rest for 20`."""
_NONE = re.compile(
    r"\b(?:no|without|minimal) (?:[^\W\d]+ )?(?:rest|recover|stopping|pause)\b"
    rf"(?! (?:(?:more|longer|than|of|for|upto|about|[^\W\d]{{1,4}}) )*{SLOTS['R']})(?! very)"
)
"""No rest at all; not `no rest of more than 60 s`."""
_GROUPS = {
    "reps": "reps",
    "sets": "sets",
    "exercises": "exercise|station",
    "rounds": "rounds|circuits?|laps?|superset|pair|group|sequence",
    "blocks": "blocks?",
}
_GROUP = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS.items())
_ANY = "|".join(_GROUPS.values())
_ORDINAL = r"(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:th|e|er)?)"
_PLACE = re.compile(
    rf"(?<![^\W\d])(?:(?<!\d )(?P<label>sets|exercise|rounds|circuit)(?= rest\b)|"
    rf"(?P<end>after {_WORDS}{{0,2}}?last\b(?: (?:exercise|1)\b)?|"
    rf"(?:after|once|when|if) {_WORDS}{{0,5}}?(?:all|done|finished|through|the end|the bottom)\b"
    rf"(?: (?:the )?exercise\b)?|"
    rf"after (?:the )?(?:{_ORDINAL} exercise|exercise \d{{1,2}})\b(?! ?(?:s|min)\b)|"
    rf"(?:at |after )(?:the )?end\b(?: of {_WORDS}{{0,2}}?(?:rounds|circuit|sequence|list))?)|"
    rf"(?P<again>(?:before|then|and) {_WORDS}{{0,2}}?(?:start|repeat|begin|again)\b)|"
    rf"(?:(?:between|after) {_WORDS}{{0,4}}?|(?P<ahead>before|until) {_WORDS}{{0,7}}?|"
    rf"(?P<per>per ){_WORDS}??)(?:{_GROUP})\b(?: (?:and|/|or) (?:the |per )*(?P<also>{_ANY})\b)?|"
    rf"(?P<next>(?:before|until) {_WORDS}{{0,5}}?next\b)|"
    rf"(?P<same>between\b(?: (?:them|per|1 and other)\b)?|after(?= ?(?:$|[.;)]))))"
)
"""What a rest stands between or behind."""
_LIKE_REST = r"(?:rest|recover|off|take|pause|wait)"
_NEAR_BEFORE = re.compile(rf"\b{_LIKE_REST}[ \0]+{_WORDS}{{0,4}}?(?:[:,=] ?)?{_WORDS}{{0,2}}?$")
_BEFORE = re.compile(
    r"\b(?:rest|recover)(?: (?:for|of|about|a|upto|per|is|are|so|yourself|at|least|most|then|to|"
    r"around|periods?|times?|intervals?|should be|under|below|max|:|,|=))*[ \0]$"
)
_NEAR_BEHIND = re.compile(
    rf"^[ \0](?:(?!no |without ){_WORDS}){{0,3}}?{_LIKE_REST}\b(?! ?(?:(?:for|of|:|about) )*\d)"
)
_BEHIND = re.compile(
    r"^[ \0](?:(?:of|long|for|the|a|only|to) )*"
    r"(?:rest|recover|off(?! (?:the|your|my|of)\b))\b(?: only)?"
    r"(?! ?(?:(?:for|of|:|about) )*\d)"
)
_RANGE_BEFORE = re.compile(r"\d ?(?:to|-|or) ?$")
_WITH = re.compile(r"w / $")
_OWN_REST = re.compile(rf"(?P<time>{SLOTS['R']})[ \0](?:of )?$")
_IS_HELD = re.compile(r"\b(?:hold|stay) (?:[^\s\d.,;]+ ){0,3}$")
_OF_EACH = re.compile(
    rf"\bexercise\b|\bstation\b|\bwork\b|\bmove\b|as many|\b(?:go for|you go|to go)\b|"
    rf"\bdo (?:for )?{SLOTS['R']}|{SLOTS['R']} do\b"
)
_WORK = re.compile(
    rf"(?:\bexercise|\bstation|\bwork|\bmove|\bdo) (?:[^\s\d.;]+ )*{SLOTS['R']}[^\d.;]*$|"
    rf"{SLOTS['R']} (?:of )?(?:per exercise|per station|work|do)\b[^\d.;]*$"
)
_EACH_TIME = re.compile(rf"per (?:exercise|station) (?:[^\s\d.,;]+ ){{0,4}}?(?P<time>{SLOTS['R']})")
_TIME_OF_EACH = re.compile(
    rf"(?P<time>{SLOTS['R']})(?= per(?: exercise| station)?[ \0]*(?:[,;+/]|with|and|then))"
)
_THEN = re.compile(r"\bthen (?:for |a |take )*$")
_AGAIN = re.compile(r"^.{0,24}?\b(?:repeat|start|again|rounds|circuit)\b")
_OF_LIST = re.compile(r"circuit|rounds|whole|\ball\b|list|sequence|workout")
_FIELDS = {
    "sets": "rest_sets",
    "exercises": "rest_exercises",
    "rounds": "rest_rounds",
    "reps": "",
    "blocks": "rest",
}


class RestTold(NamedTuple):
    """A rest, or the work before it, that a sentence tells. `spans`: the characters that do."""

    field: str
    value: str
    spans: tuple[tuple[int, int], ...]
    unsure: str = ""


class _Time(NamedTuple):
    value: str
    start: int
    end: int
    rest: int
    """2: a word of rest is right beside it, 1: one is near, or a place beside it, 0: none is."""


class _Place(NamedTuple):
    groups: tuple[str, ...]
    start: int
    end: int
    kind: str
    """`between`; `per` as in `per rounds`; `ahead` and `again`, which stand behind their rest."""


def find_rests(text: str) -> Iterator[RestTold]:
    """Each rest of a sentence in plain form; without a place it is a `rest`.

    >>> [one[:2] for one in find_rests("between rounds you get 1 min , and 20s between exercise")]
    [('rest_rounds', '1 min'), ('rest_exercises', '20s')]
    """
    places = [*_find_places(text)]
    times = [*_find_times(text, places)]
    pairs = _pair(text, [time for time in times if time.rest], places)
    for time, place in pairs.items():
        unsure = UNSURE if time.rest == 1 and _distance(time, place) > BESIDE else ""
        if _RANGE_BEFORE.search(text[: time.start]):
            unsure = "one end of a range of rests"
        for group in place.groups:
            if _FIELDS[group]:
                yield RestTold(_FIELDS[group], time.value, _spans(text, time, place), unsure)
    told = {_FIELDS[group] for place in pairs.values() for group in place.groups}
    closes = [time.start for time, place in pairs.items() if time.value == "0s"]
    open_times = [time for time in times if time not in pairs]
    yield from _without_place(text, open_times, told, min(closes, default=len(text)))


def _find_places(text: str) -> Iterator[_Place]:
    for match in _PLACE.finditer(text):
        kind = next((name for name in _GROUPS if match[name]), "")
        how = "per" if match["per"] else "again" if match["again"] else "between"
        if match["ahead"] or match["next"]:
            how = "ahead"
        if match["label"]:
            groups = [_group_of(match["label"])]
        elif match["end"]:
            groups = ["rounds"]
        elif match["again"]:
            if not _OF_LIST.search(text):
                continue
            groups = ["rounds"]
        elif match["next"]:
            groups = ["exercises"]
        elif match["same"] == "after":
            groups = ["rounds"]
        elif match["same"]:
            each = "exercises" if _TIME_OF_EACH.search(text[: match.start()]) else ""
            named = _group_before(text[: match.start()]) or _group_before(text)
            none = [one for one in _NONE.finditer(text) if 0 <= match.start() - one.end() < BESIDE]
            if none and named != "sets":
                named = "exercises"
            groups = [each or named or "sets"]
        else:
            groups = [kind, *([_group_of(match["also"])] if match["also"] else [])]
        end = match.end() + (len(" rest") if match["label"] else 0)
        yield _Place(tuple(groups), match.start(), end, how)


def _group_of(word: str) -> str:
    return next(name for name, words in _GROUPS.items() if re.fullmatch(words, word))


def _group_before(text: str) -> str:
    """What was last told with a figure, as in `3 rounds`, or was last named."""
    for pattern in (rf"\d (?:[^\W\d]+ )??(?:{_ANY})\b", rf"\b(?:{_ANY})\b"):
        found = re.findall(pattern.replace("(?:" + _ANY, f"(?P<found>{_ANY}"), text)
        found = [one for one in found if one and _group_of(one) != "reps"]
        if found:
            return _group_of(found[-1])
    return ""


def _find_times(text: str, places: list[_Place]) -> list[_Time]:
    none = [*_NONE.finditer(text)]
    none += [
        match
        for match in re.finditer(r"\bnothing\b", text)
        if any(_is_beside(text, match, one) for one in places)
    ]
    found = [_Time("0s", *match.span(), 2) for match in none]
    timed = [*_TIME.finditer(text)]
    bare = [*_BARE.finditer(text)] if any(one[0].endswith("s") for one in timed) else []
    for match in (*timed, *bare):
        rest = _rest_beside(text, match)
        if not rest and any(_is_beside(text, match, one) for one in places):
            rest = 1
        if match in timed or rest:
            value = match[0].replace("\0", " ")
            found.append(_Time(value if match in timed else f"{value}s", *match.span(), rest))
    return sorted(found, key=lambda one: one.start)


def _is_beside(text: str, time: re.Match[str], place: _Place) -> bool:
    """Whether a time needs no word of rest: `15s between rounds`, `1 min to drink after rounds`."""
    if place.kind != "between":
        return False
    gap = text[time.end() : place.start].replace(",", ";") or text[place.end : time.start()]
    to_do = re.match(r" (?:to|for) [^\d.,;:]{0,32}$", text[time.end() : place.start])
    return bool(to_do) or (len(gap) <= NEAR and not re.search(r"[\d;]", gap))


def _rest_beside(text: str, time: re.Match[str]) -> int:
    before, behind = text[: time.start()], text[time.end() :]
    if _IS_HELD.search(before):
        return 0
    near = _BEFORE.search(before)
    if _BEHIND.search(behind) or (near and not _is_taken(text, near.start())):
        return 2
    near = _NEAR_BEFORE.search(before)
    if near and not _is_taken(text, near.start()):
        return 1
    return int(bool(_NEAR_BEHIND.search(behind)))


def _is_taken(text: str, start: int) -> bool:
    """Whether a word of rest belongs to a time in front of it, as in `20s rest , then 40s`."""
    time = _OWN_REST.search(text[:start])
    return bool(time and _BEHIND.search(text[time.end("time") :]))


def _pair(text: str, times: list[_Time], places: list[_Place]) -> dict[_Time, _Place]:
    """Each place with the time that belongs to it: all stand in front of theirs, or all behind."""
    found: dict[_Time, _Place] = {}
    firm = [one for one in places if one.kind == "between"]
    times_first = bool(times and firm) and times[0].start < firm[0].start
    for place in places:
        free = [one for one in times if one not in found and _distance(one, place) < FARTHEST_PLACE]
        if place.kind == "per":
            free = [one for one in free if one.rest == 2 and _is_right_beside(text, one, place)]
        before = [one for one in free if one.end <= place.start][-1:]
        after = [one for one in free if one.start >= place.end][:1]
        if place.kind in ("again", "ahead"):
            after = []
        if place.kind == "again" and before and _works_before(text, before[0]):
            continue
        best = (before or after) if times_first else (after or before)
        if best:
            found[best[0]] = place
    return found


def _works_before(text: str, time: _Time) -> bool:
    """Whether a rest follows a time of work: `work for 30s , rest for 10s and repeat the list`."""
    return bool(_WORK.search(text[: time.start]))


def _is_right_beside(text: str, time: _Time, place: _Place) -> bool:
    """Whether a rest is told of `per rounds`: `60s rest per rounds`, `per rounds : 60s rest`."""
    if time.end <= place.start:
        return bool(re.fullmatch(r"(?:[ \0]|of|rest|a)*", text[time.end : place.start]))
    colon = ":" if time.value == "0s" else ":?"
    return bool(re.fullmatch(rf" ?{colon} ?(?:rest )?:? ?", text[place.end : time.start]))


def _distance(time: _Time, place: _Place) -> int:
    return max(place.start - time.end, time.start - place.end)


def _spans(text: str, time: _Time, place: _Place | None = None) -> tuple[tuple[int, int], ...]:
    """What tells a rest: the time, its place, the words between, and the words of rest beside."""
    start, end = time.start, time.end
    if time.value != "0s":
        before, behind = _BEFORE.search(text[:start]), _BEHIND.search(text[end:])
        start = before.start() if before else start
        end += behind.end() if behind else 0
        with_ = _WITH.search(text[:start])
        start = with_.start() if with_ else start
    if place is None:
        return ((start, end),)
    if place.kind == "again":
        return ((start, end),)
    whole = (min(start, place.start), max(end, place.end))
    between = text[end : place.start] or text[place.end : start]
    if re.search(r"[\d\0]", between):
        return ((start, end), (place.start, place.end))
    return (whole,)


def _without_place(
    text: str, times: list[_Time], told: set[str], none_at: int
) -> Iterator[RestTold]:
    """Times of rest beside which no place stands: what the rest of the sentence makes them.

    `none_at`: where the sentence says that there is no rest; what follows stands behind all.
    """
    none = [one for one in times if one.value == "0s"]
    for time in none:
        yield RestTold("rest_exercises", "0s", _spans(text, time))
        told, none_at = told | {"rest_exercises"}, min(none_at, time.start)
    work = [one for one in times if not one.rest and one not in none]
    if "rest_exercises" in told and not none:
        for match in [*_TIME_OF_EACH.finditer(text), *_EACH_TIME.finditer(text)][:1]:
            start, end = match.span("time")
            if any(one.start == start for one in work):
                yield RestTold("each", match["time"], ((start, end),))
    for time in times:
        follows = none_at < time.start and _THEN.search(text[: time.start])
        if time in none or (time.rest < 2 and not follows):
            continue
        spans = _spans(text, time)
        earlier = [one for one in work if one.end <= time.start]
        if earlier and not follows and _OF_EACH.search(text):
            each = earlier[-1]
            yield RestTold("each", each.value, ((each.start, each.end),))
            yield RestTold("off", time.value, spans)
        else:
            closes = "rest_exercises" in told and none_at < time.start
            again = _AGAIN.search(text[time.end :]) and _OF_LIST.search(text)
            yield RestTold("rest_rounds" if closes or again else "rest", time.value, spans)
