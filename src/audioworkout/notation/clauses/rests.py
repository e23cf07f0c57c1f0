"""Rests between sets: `rest 60s`, `45s on 15s off`, `60s walk`."""

from __future__ import annotations

from audioworkout.model.exercise import USUAL_BREATH
from audioworkout.notation.clauses.clause import (
    Atom,
    Parts,
    check_work_length,
    follows_x,
    make_remark,
)
from audioworkout.notation.clauses.words import ACTIVE_RESTS, PAUSE_WORDS
from audioworkout.notation.partial import BareTime, Entry
from audioworkout.notation.quantities import (
    DISTANCES,
    DURATION_HINT,
    LONGEST_DURATION,
    REST_NOUNS,
    TIME,
    make_distance,
    take_chain,
    take_duration,
)
from audioworkout.notation.tokens import Cursor, Trouble, number_of, shorten
from audioworkout.units import SECOND, Ms, format_duration


def read_work_and_rest(cursor: Cursor) -> Parts | None:
    """`45s on 15s off`, `20 s work, 10 s rest`, `work 40s`."""
    mark, start = cursor.at, cursor.here.start
    word = cursor.take("on", "work")
    found = _take_bare_on(cursor) if not word else None
    pair = found is not None
    found = take_duration(cursor, bare=False) if found is None else found
    if found is None or not (word or cursor.take("on", "work", "working")):
        cursor.at = mark
        return None
    check_work_length(found, start, cursor)
    end = cursor.before.end
    cursor.take(",", "/", "and", "-")
    rest = None
    after = cursor.at
    lead = cursor.take("off", "rest")
    rest = take_duration(cursor, bare=pair)
    if rest is None or not (lead or cursor.take("off", "rest", "recovery")):
        cursor.at = after
        if word is None or word.text == "work":
            atoms = (Atom("amount", (Entry(BareTime(found, found)),), start, end),)
            return {"atoms": atoms}
        cursor.at = mark
        return None
    if rest > LONGEST_DURATION:
        raise Trouble(start, cursor.before.end, "the rest is longer than 4 hours")
    atoms = (Atom("amount", (Entry(BareTime(found, found)),), start, end),)
    return {"atoms": atoms, "rest": rest}


def _take_bare_on(cursor: Cursor) -> Ms | None:
    """Take `40` of `40 on 20 off`: without a unit both are seconds."""
    first, second = cursor.here, cursor.ahead(2)
    if first.kind != "number" or cursor.ahead(1).text not in ("on", "work"):
        return None
    plain = second if second.kind == "number" else cursor.ahead(3)
    if plain.kind != "number" or "off" not in cursor.words or number_of(first) < LEAST_WORK:
        return None
    cursor.step()
    return round(number_of(first) * SECOND)


LEAST_WORK = 10
"""Seconds of work that need no unit: `40 on 20 off`."""


def read_rest(cursor: Cursor) -> Parts | None:
    """`rest 60s`, `60-90s rest between sets`, `2-2-1 min rest`, `60s walk`, `no rest`."""
    mark = cursor.at
    if cursor.phrases("no rest", "without rest", "no break"):
        _pass_between(cursor)
        return {"rest": 0}
    if found := _take_free_rest(cursor):
        return found
    small = cursor.text[cursor.here.start : cursor.here.end] == "r"  # `R 30s` is the right side
    timed = cursor.ahead(2).text in TIME.keys() | {":"}
    clock = small and cursor.ahead(1).kind == "number" and timed
    if cursor.here.text == "r" and (clock or cursor.ahead(1).text in (":", "=")):
        cursor.step()
        cursor.take(":", "=")
        found = _take_rest_time(cursor, bare=True)
        if found is not None:
            return found
        cursor.at = mark
        return None
    if found := _take_return(cursor) or _take_off(cursor):
        return found
    if cursor.take(*(REST_NOUNS - {"off"})):
        cursor.take(":", "of", "for", "is", "=", "about")
        _pass_between(cursor)
        cursor.take(":")
        found = _take_rest_time(cursor, bare=True)
        if found is None:
            word = cursor.before
            message = f"a time must follow `{word.text}`"
            raise Trouble(word.start, cursor.here.end, message, DURATION_HINT)
        _pass_between(cursor)
        return found
    if follows_x(cursor):
        return None
    cursor.take("with", "@")
    found = _take_spaced_rest(cursor) or _take_rest_time(cursor, bare=False)
    if found is not None:
        before = cursor.at
        cursor.take("easy")
        active = cursor.take(*ACTIVE_RESTS, *(f"{one}ing" for one in ACTIVE_RESTS))
        if active is None:
            cursor.at = before
        rests = cursor.take(*REST_NOUNS)
        if rests is None and active is None and _is_easy_rest(cursor):
            cursor.step()
            _pass_between(cursor)
            return {**found, "notes": ("easy in the rests",)}
        if rests and not active and _time_follows(cursor):
            # `40s rest 60s`: the rest is behind the word, unless a comma parts them.
            cursor.at = mark
            return None
        if rests is None and active is None and "rest_split" not in found:
            before = cursor.at
            between = cursor.here.text in ("between", "btw", "btwn", "b")
            if between:
                _pass_between(cursor)
            rests = cursor.before if cursor.at > before else None
        if (rests or active) and not ("rest_distance" in found and not active):
            if active:
                cursor.take("down", "back")
            _pass_between(cursor)
            name = active.text.removesuffix("ing") if active else None
            return {**found, **({"rest_exercise": name} if name else {})}
    cursor.at = mark
    return None


def _is_easy_rest(cursor: Cursor) -> bool:
    """Whether `easy` behind a time makes it a rest: in a line of several times, of work."""
    after = cursor.ahead(1)
    if after.text in ("between", "btw") and cursor.here.text in ("easy", "light", "gentle"):
        return True
    last = after.kind == "end" or after.text in (",", ")")
    before = [token.text for token in cursor.tokens[: cursor.at]]
    if "(" in before:
        return False  # `5 x (1 min hard, 1 min easy), 5 min easy`
    sets = "x" in before or any(word in before for word in ("sets", "rounds"))
    return cursor.here.text in ("easy", "light", "gentle") and last and sets and "," in before


def _take_free_rest(cursor: Cursor) -> Parts | None:
    """Take `rest as needed`, `full recovery`: a rest without a length is the usual one, told."""
    start = cursor.here.start
    if not cursor.phrases(*FREE_RESTS):
        return None
    _pass_between(cursor)
    written = " ".join(cursor.since(start).split()).lower()
    told = make_remark(
        start,
        cursor.before.end,
        f"`{shorten(written)}` has no length: the rest is as long as usual",
        "write its time, like `rest 2 min`",
    )
    return {"notes": (written,), **told}


FREE_RESTS = (
    *("rest as long as needed", "rest as long as you need", "rest as needed", "rest as required"),
    *("as much rest as needed", "rest fully", "rest well", "full rest", "complete rest"),
    *("rest when needed", "full recovery", "complete recovery", "recover fully"),
    *("rest until recovered", "rest till recovered", "rest until fresh"),
)
"""Rests whose end the listener decides."""


def _take_return(cursor: Cursor) -> Parts | None:
    """Take `walk back`, `jog back recovery`: the rest is the same distance again."""
    word = cursor.here.text
    ways = (f"{word} back down", f"{word} back", f"{word} down")
    if word not in ACTIVE_RESTS or not cursor.phrases(*ways):
        return None
    _ = cursor.phrases("to start", "to the start") or cursor.take(*REST_NOUNS)
    _pass_between(cursor)
    return {"rest_back": word, "rest_exercise": word}


def _take_off(cursor: Cursor) -> Parts | None:
    """Take `off 90s` behind a distance, as running clubs write a rest."""
    start, far = cursor.here.start, cursor.at > 0 and cursor.before.text in DISTANCES
    if cursor.here.text != "off" or not far:
        return None
    mark = cursor.at
    cursor.step()
    found = _take_rest_time(cursor, bare=False)
    if found is None or cursor.here.text == "on":
        cursor.at = mark
        return None
    time = cursor.since(start).removeprefix("off").strip()
    message = f"`{cursor.since(start)}` is taken as the rest"
    hint = f"write `rest {time}`, or `every {time}` from start to start"
    return found | make_remark(start, cursor.before.end, message, hint)


def _time_follows(cursor: Cursor) -> bool:
    """Whether a time with its unit comes next, and no word for a rest behind it."""
    mark = cursor.at
    try:
        found = take_chain(cursor, bare=False, joints="-to")
        timed = found is not None and found.kind == "time"
        paused = cursor.here.text in PAUSE_WORDS and cursor.ahead(1).kind != "number"
        return timed and not paused and cursor.here.text not in REST_NOUNS | {"on", "off"}
    except Trouble:
        return False
    finally:
        cursor.at = mark


def _take_spaced_rest(cursor: Cursor) -> Parts | None:
    """`1 min 30s` before `rest`: 90 s, or an amount of a minute and 30 s of rest."""
    mark, start = cursor.at, cursor.here.start
    first = take_duration(cursor, bare=False)
    second = take_duration(cursor, bare=False) if cursor.here.kind == "number" else None
    if first is None or second is None or cursor.here.text not in REST_NOUNS:
        cursor.at = mark
        return None
    if first + second > LONGEST_DURATION:
        raise Trouble(start, cursor.before.end, "the rest is longer than 4 hours")
    return {"rest_split": (first, second)}


def _take_rest_time(cursor: Cursor, *, bare: bool) -> Parts | None:
    """One time, a range of two (its middle), one for each set, or a distance."""
    start = cursor.here.start
    mark = cursor.at
    if not bare and cursor.here.kind != "number" and cursor.here.text != ":":
        return None
    found = take_chain(cursor, bare=bare, joints="-to/")
    if found is None or found.kind not in ("time", "distance", "breaths"):
        cursor.at = mark
        return None
    if found.kind == "breaths":
        rest = round(sum(found.values) / len(found.links)) * USUAL_BREATH
        said = f"`{shorten(found.written)}` are taken as {format_duration(rest)} of rest"
        return {"rest": rest, **make_remark(start, found.end, said)}
    if found.kind == "distance":
        link = found.links[0]
        return (
            {"rest_distance": make_distance(found, link, link)} if len(found.links) == 1 else None
        )
    values = [round(value) for value in found.values]
    if any(not 0 <= value <= LONGEST_DURATION for value in values):
        raise found.fault("is longer than 4 hours")
    if len(values) == 1:
        return {"rest": values[0]}
    if len(values) == 2 and values[0] <= values[1] and found.joint in ("-", "to"):
        middle = (values[0] + values[1]) // 2
        said = f"of `{shorten(found.written)}` the middle is taken, {format_duration(middle)}"
        return {"rest": middle, **make_remark(start, found.end, said)}
    if found.joint == "/":
        cursor.at = mark
        return None
    return {"rests": tuple(values)}


def _pass_between(cursor: Cursor) -> None:
    """Take words that say where a rest stands: between sets, which it does anyway."""
    mark = cursor.at
    if cursor.take("between", "after", "per", "in", "btw", "btwn") or cursor.phrase("b / w"):
        between = cursor.before.text in ("between", "btw", "btwn", "w") or cursor.take("between")
        cursor.take("each", "every", "the")
        words = ("sets", "set", "rounds", "round", "intervals", "interval", "efforts")
        if not (cursor.take(*words) or between):
            cursor.at = mark
