"""How much is done: `12-15 reps`, `hold 40s`, `10-8-6`, `30/30`, `15+4+4`, `1..10`, `400 m`."""

from __future__ import annotations

from itertools import pairwise

from audioworkout.model.exercise import Effort, Open
from audioworkout.notation.clauses.clause import Atom, Parts, make_remark, require_whole_number
from audioworkout.notation.clauses.efforts import take_effort
from audioworkout.notation.clauses.open_work import read_open_work
from audioworkout.notation.clauses.words import EFFORT_FORMS, EFFORT_WORDS, LEADS, SET_WORDS
from audioworkout.notation.partial import BareCount, BareTime, Entry, Pair
from audioworkout.notation.quantities import (
    DURATION_HINT,
    MOST_REPS,
    MOST_SETS,
    REPS,
    REST_NOUNS,
    TIME,
    Chain,
    Quantity,
    make_raw_amount,
    require_counts,
    require_times,
    take_chain,
    take_quantity,
)
from audioworkout.notation.tokens import Cursor, Token, Trouble


def read_amounts(cursor: Cursor) -> Parts | None:
    """`12-15 reps`, `hold 40s`, `for 40s`, `10-8-6`, `30/30`, `15+4+4`, `1..10`, `400 m`."""
    mark, start = cursor.at, cursor.here.start
    up_to = cursor.phrases("up to", "at most", "max")
    if cursor.here.text == "from" and cursor.ahead(2).text in ("down", "up", "to"):
        cursor.step()
    ladder = cursor.take("ladder", "pyramid", "descending", "ascending", "countdown")
    if ladder and (one_end := _read_ladder_of_one_end(cursor, ladder)) is not None:
        return one_end
    word = None if ladder or up_to else cursor.take(*LEADS)
    if word and word.text == "for" and cursor.phrase("time"):
        hint = "write the amount first, like `100 for time`"
        raise Trouble(start, cursor.before.end, "the amount of `for time` is missing", hint)
    lead = LEADS[word.text] if word else ""
    if lead == "hold":
        cursor.take("for", ":", "of")
    if lead in ("hold", "for") and (opened := read_open_work(cursor)) is not None:
        return opened  # `hold for as long as possible`
    found = take_chain(cursor, bare=lead in ("hold", "for"))
    if found is None:
        if not word and not up_to and not ladder:
            cursor.at = mark
            return None
        what, hint = "a time", DURATION_HINT
        if lead == "carry":
            what, hint = "a distance", "write `50 ft` or `15 m`"
        elif not word:
            what, hint = "a number", "write it like `up to 10` or `ladder 1-10`"
        last = cursor.before
        end = max(last.end, cursor.here.end)
        raise Trouble(last.start, end, f"{what} must follow `{last.text}`", hint)
    return _build_amounts(cursor, found, lead, start, ladder, up_to)


def read_counted_at(cursor: Cursor) -> Parts | None:
    """`@ 10 reps`, `@ 8-10 reps`: the amount of `4 sets @ 10 reps`."""
    ranged = cursor.ahead(2).text in ("-", "to")
    counted = cursor.ahead(4 if ranged else 2).text in REPS
    if cursor.here.text != "@" or cursor.ahead(1).kind != "number" or not counted:
        return None
    cursor.step()
    return read_amounts(cursor)


def _read_ladder_of_one_end(cursor: Cursor, ladder: Token) -> Parts | None:
    """`ladder to 10`, `pyramid to 6`, `descending from 10`: the other end is 1.

    A list behind the word, `ladder 1, 2, 3`, stands for itself. None where both ends follow.
    """
    start = ladder.start
    cursor.take("ladder", "pyramid")
    lead = cursor.phrases("down from", "up to", "from", "of", ":", "to")
    falls = lead == "down from" or ladder.text in ("descending", "countdown")
    number, after = cursor.here, cursor.ahead(1)
    if number.kind != "number" and cursor.before is ladder:
        return {}  # `1, 2, 3, 2, 1 ladder`
    if number.kind != "number" or after.text in ("-", "to", "..", "/", "x", "down", "up"):
        return None
    if after.text == "," and cursor.ahead(2).kind == "number":
        return _read_ladder_rungs(cursor, start)
    top = require_whole_number(cursor.step(), MOST_SETS, "rungs")
    cursor.take(*REPS)
    rungs = [*range(1, top + 1)]
    if ladder.text == "pyramid":
        rungs += rungs[-2::-1]
    elif falls:
        rungs.reverse()
    entries = tuple(Entry(BareCount(one, one)) for one in rungs)
    ends = f"{rungs[0]}..{top}..1" if ladder.text == "pyramid" else f"{rungs[0]}..{rungs[-1]}"
    said = make_remark(start, cursor.before.end, f"taken as `{ends}`")
    return {"atoms": (Atom("amount", entries, start, cursor.before.end, joint=".."),), **said}


def _read_ladder_rungs(cursor: Cursor, start: int) -> Parts:
    """`1, 2, 3` behind `ladder`: one list, so that `x 3` behind it is the whole ladder."""
    rungs = [cursor.step()]
    while cursor.here.text == "," and cursor.ahead(1).kind == "number":
        cursor.step()
        rungs.append(cursor.step())
    cursor.take(*REPS)
    counts = [require_whole_number(one, MOST_REPS, "reps") for one in rungs]
    entries = tuple(Entry(BareCount(count, count)) for count in counts)
    return {"atoms": (Atom("amount", entries, start, cursor.before.end, joint="rungs"),)}


def _build_amounts(
    cursor: Cursor, found: Chain, lead: str, start: int, ladder: Token | None, up_to: str
) -> Parts:
    """What a chain is, by its sign and the words around it."""
    words = ("ladder", "pyramid") if not ladder else ()
    crossed = any(token.text == "x" for token in cursor.tokens[: cursor.at])
    after = cursor.take(*words) if words else None
    if _is_countdown(cursor, found):
        cursor.step()
        top = found.links[0]
        found = found._replace(links=(top, top._replace(value=1.0, figure="1")), joint="..")
    down = cursor.phrases("down to", "up to") if len(found.links) == 1 and not lead else ""
    said: Parts = {}
    if down:
        end = take_quantity(cursor, bare=False)
        if end is None:
            raise found.fault("needs the other end of its ladder", "write `10..1`")
        found = found._replace(
            links=(found.links[0], end),
            joint="..",
            end=cursor.before.end,
            written=cursor.since(start),
        )
    cursor.take("ladder")
    name = ladder or after
    by = 1
    if found.joint == ".." and cursor.take("by"):
        step = cursor.number()
        if step is None:
            raise found.fault("needs a number behind `by`", "write `2..10 by 2`")
        by = require_whole_number(step, 100, "steps of a ladder")
    shape = name.text if name else ""
    if (shape or found.joint in ("..", "to", "-")) and len(found.links) == 2:
        back = cursor.phrases("and back down", "and back again", "and down again", "and back")
        shape = "pyramid" if back and found.kind == "bare" else shape
    entries, joint = _make_entries(cursor, found, lead, shape, by)
    if lead == "hold" and len(entries) == 1:
        joint = "hold"
    timed = not lead and found.kind == "time" and len(found.links) <= 2 and joint == ""
    if timed and found.joint != "/":
        if cursor.take("hold", "holds", "iso", "hang", "holding"):
            joint = "hold"
            entries = (Entry(make_raw_amount(found, found.links[0], found.links[-1], "hold")),)
        elif crossed and cursor.ahead(1).kind != "number" and cursor.take(*_BOUTS):
            pass  # `3 x 2 min rounds`
        elif cursor.take("amrap", "max"):
            entries = (Entry(make_raw_amount(found, found.links[0], found.links[-1], "for")),)
    if found.kind == "cal" and found.joint == "/":
        said = _tell_first(start, cursor.before.end, found)
    if up_to:
        said = {"notes": (f"{up_to} {found.written}",)}
    if found.joint == "to" and joint == "..":
        first, last = found.links[0].figure, found.links[-1].figure
        what = f"`{found.written}` is taken as a ladder, `{first}..{last}`"
        said = make_remark(start, cursor.before.end, what)
    return {"atoms": (Atom("amount", entries, start, cursor.before.end, joint=joint),), **said}


_BOUTS = ("rounds", "bouts", "efforts", "intervals", "pieces")
"""What people call the sets of timed work, behind its time."""


def _is_countdown(cursor: Cursor, found: Chain) -> bool:
    """Whether `!` is glued to a number: `10!` is ten, nine, down to one."""
    single = len(found.links) == 1 and found.kind == "bare" and not found.open
    return single and cursor.here.text == "!" and cursor.glued() and found.values[0] >= 3


def _make_entries(
    cursor: Cursor, found: Chain, lead: str, ladder: str, by: int
) -> tuple[tuple[Entry, ...], str]:
    """The amounts of a chain, and the sign that joins them; empty for one amount."""
    links, joint = found.links, found.joint
    if found.open and len(links) > 1:
        *before, final = _make_list(found._replace(open=False), lead)
        least = require_counts(found, links[-1], links[-1])[0]
        return (*before, final._replace(amount=Open(0, at_least=least))), "-"
    if found.open:
        low = links[0]
        if low.kind not in ("bare", "reps"):
            raise found.fault(": `+` follows a number of reps", "write `5+`, or `max in 45s`")
        return (Entry(Open(0, at_least=require_counts(found, low, low)[0])),), ""
    falling = len(links) == 2 and links[0].value > links[1].value
    if (
        joint in ("-", "to")
        and not ladder
        and len(links) == 2
        and not lead
        and found.kind == "bare"
    ):
        ladder = _find_unsaid_ladder(cursor, found)
    if ladder and len(links) > 2 and joint in ("-", "/"):
        first, top, last = found.values[0], found.values[1], found.values[-1]
        if len(links) == 3 and first == last and top - first > 1 and joint == "-":
            return _make_ladder(found, by, pyramid=False), ".."  # `pyramid 1-5-1`
        return _make_list(found, lead), "-"
    if joint == ".." or (ladder and len(links) == 2) or (joint == "to" and falling):
        return _make_ladder(found, by, pyramid=ladder == "pyramid"), ".."
    if ladder and len(links) == 1:
        raise found.fault("is one number, and a ladder has two ends", "write `1..10`")
    if len(links) == 1 or (len(links) == 2 and joint in ("-", "to") and not falling):
        entry = Entry(
            make_raw_amount(found, links[0], links[-1], lead), effort=_take_entry_effort(cursor)
        )
        return _take_entries_with_efforts(cursor, entry)
    if len(links) == 2 and joint == "/" and found.kind == "cal":
        return (Entry(make_raw_amount(found, links[0], links[0], lead)),), ""
    if len(links) == 2 and joint == "/":
        return (Entry(_make_pair(found)),), ""
    if joint == "+":
        if found.kind not in ("bare", "reps"):
            raise found.fault(": `+` joins numbers of reps")
        return _make_list(found, lead), "+"
    if any(link.value == 0 for link in links):
        tempo = found.written if len(links) in (3, 4) else "2-0-2-0"
        hint = f"a tempo stands behind its amount, like `10 @{tempo}`"
        raise found.fault("is neither a number nor a range", hint)
    return _make_list(found, lead), "-"


def _find_unsaid_ladder(cursor: Cursor, found: Chain) -> str:
    """`ladder` where `20-1` or `1-10` can be nothing else.

    Raises:
        Trouble: It may be a ladder or something else.
    """
    first, last = found.values
    sets = any(token.text in ("x", *SET_WORDS) for token in cursor.tokens)
    low, high = min(first, last), max(first, last)
    if low != 1 or high < SHORTEST_LADDER or (first < last and sets and high < PLAIN_LADDER):
        return ""
    ladder = f"`{first:g}..{last:g}`"
    if high < PLAIN_LADDER and first < last:
        hint = f"write {ladder} for a ladder, `{first:g} to {last:g} reps` for a range"
        raise found.fault("may be a ladder or a range", hint)
    if sets:
        hint = f"write {ladder} without a number of sets; for a range `2-{high:g}`"
        raise found.fault("may be a ladder or a range", hint)
    return "ladder"


SHORTEST_LADDER = 4
PLAIN_LADDER = 6
"""`1-6` is no range that anybody trains in."""


def _take_entry_effort(cursor: Cursor) -> tuple[Effort, ...]:
    """Take a word of effort before another amount: `100 free/50 kick`, `30s hard, 90s easy`."""
    mark = cursor.at
    cursor.take("@", "at")
    if cursor.here.text == "x" or cursor.ahead(1).text == "x":
        cursor.at = mark
        return ()
    try:
        found = take_effort(cursor)
    except Trouble:
        found = None  # told by the clause of efforts
    slash = cursor.here.text == "/" and cursor.ahead(1).kind == "number"
    if found is None or not ((slash and found.kind == "word") or _is_segment_next(cursor)):
        cursor.at = mark
        return ()
    return (found,)


def _is_segment_next(cursor: Cursor) -> bool:
    """Whether a time and a word of effort come next, behind signs: `, 90s easy`."""
    at = 0
    while cursor.ahead(at).text in SEGMENT_SIGNS:
        at += 1
    number, unit, sign = (cursor.ahead(at + n) for n in range(3))
    timed = number.kind == "number" and unit.text in TIME
    signed = sign.text == "@"
    manner = cursor.ahead(at + 3) if signed else sign
    behind = cursor.ahead(at + 3 + signed).text
    rests = behind in REST_NOUNS | {"between", "btw"}  # `5 min easy between`
    percent = manner.kind == "number" and behind == "%"
    zone = manner.text in ("z", "zone")
    named = manner.text in (*EFFORT_WORDS, *EFFORT_FORMS) or zone or percent
    return timed and named and not rests


SEGMENT_SIGNS = (",", "/", "+", "&", "and", "then")
"""Between two stretches of one piece of work."""


def _take_entries_with_efforts(cursor: Cursor, entry: Entry) -> tuple[tuple[Entry, ...], str]:
    """Take `/50 kick` behind `100 free`, `, 90s easy` behind `30s hard`."""
    entries = [entry]
    while entries[-1].effort and (cursor.here.text in SEGMENT_SIGNS or _is_time_here(cursor)):
        mark = cursor.at
        while cursor.take(*SEGMENT_SIGNS):
            pass
        found = take_chain(cursor, bare=False, joints="-to")
        if found is None:
            cursor.at = mark
            break
        effort = _take_entry_effort(cursor)
        if not effort:
            cursor.take("@")
            effort = _take_last_effort(cursor)
        if not effort:
            cursor.at = mark
            break
        amount = make_raw_amount(found, found.links[0], found.links[-1])
        entries.append(Entry(amount, effort=effort))
    if len(entries) == 1:
        return tuple(entries), ""
    timed = all(isinstance(one.amount, BareTime) for one in entries)
    return tuple(entries), "segments" if timed else "-"


def _take_last_effort(cursor: Cursor) -> tuple[Effort, ...]:
    """Take the effort of the last stretch: a word, a zone or a percentage."""
    mark = cursor.at
    try:
        found = take_effort(cursor)
    except Trouble:
        found = None  # told by the clause of efforts
    if found is None or found.kind not in ("word", "zone", "percent"):
        cursor.at = mark
        return ()
    return (found,)


def _is_time_here(cursor: Cursor) -> bool:
    return cursor.here.kind == "number" and cursor.ahead(1).text in TIME


def _tell_first(start: int, end: int, found: Chain) -> Parts:
    """Say and tell that of `20/15 cal`, for men and for women, the first is taken."""
    first, second = (link.figure for link in found.links)
    message = f"of `{found.written}` the first is taken"
    hint = f"write the one that is yours, like `{second} cal`"
    return {"notes": (f"{first} or {second}",), **make_remark(start, end, message, hint)}


def _make_list(found: Chain, lead: str) -> tuple[Entry, ...]:
    """One amount for each link."""
    if len(found.links) > MOST_SETS:
        raise found.fault(f"is a list of more than {MOST_SETS} sets")
    return tuple(Entry(make_raw_amount(found, link, link, lead)) for link in found.links)


def _make_ladder(found: Chain, by: int, *, pyramid: bool) -> tuple[Entry, ...]:
    """Every rung from each end to the next."""
    ends = list(found.links)
    if pyramid and len(ends) == 2:
        ends.append(ends[0])
    rungs: list[Quantity] = [ends[0]]
    require_counts(found, ends[0], max(ends, key=lambda link: link.value), most=10_000)
    for low, high in pairwise(ends):
        way = 1 if high.value >= low.value else -1
        if abs(high.value - low.value) / by > MOST_SETS:
            raise found.fault(f"is a ladder of more than {MOST_SETS} sets")
        value = low.value + way * by
        while (high.value - value) * way >= 0:
            rungs.append(low._replace(value=value, figure=f"{value:g}"))
            value += way * by
    if len(rungs) > MOST_SETS:
        raise found.fault(f"is a ladder of more than {MOST_SETS} sets")
    return tuple(Entry(make_raw_amount(found, rung, rung)) for rung in rungs)


def _make_pair(found: Chain) -> Pair:
    """`5/5`, `30/30s`."""
    left, right = found.links
    if found.kind == "time":
        return Pair(*(BareTime(*require_times(found, one, one)) for one in (left, right)))
    if found.kind not in ("bare", "reps"):
        hint = f"write the one that is yours, like `{found.written.split('/')[0]} {found.kind}`"
        raise found.fault("is two amounts", hint)
    return Pair(*(BareCount(*require_counts(found, one, one)) for one in (left, right)))
