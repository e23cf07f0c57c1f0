"""The prescription line: clauses in any order, all that is wrong told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from audioworkout.model.exercise import (
    BreathPhases,
    Effort,
    Finisher,
    Load,
)
from audioworkout.names import is_slip
from audioworkout.notation.assembly import assemble
from audioworkout.notation.clauses.clause import (
    Parts,
    Table,
    make_remark,
    require_whole_number,
)
from audioworkout.notation.clauses.clocks import read_interval
from audioworkout.notation.clauses.finishers import SLOWEST_PULSE
from audioworkout.notation.clauses.loads import read_load
from audioworkout.notation.clauses.table import (
    CLAUSES,
    EFFORT_CLAUSES,
    PAUSE_CLAUSES,
    PHASES_CLAUSES,
    SIDES_CLAUSES,
)
from audioworkout.notation.clauses.tempo import PAUSE_HINT
from audioworkout.notation.clauses.words import VOCABULARY, find_nearest_word
from audioworkout.notation.partial import (
    BareDistance,
    Group,
    Order,
    PartialPrescription,
)
from audioworkout.notation.quantities import MOST_REPS
from audioworkout.notation.tokens import (
    LONGEST_NOTATION,
    Cursor,
    NotationError,
    NotationProblem,
    Trouble,
    Words,
    shorten,
)
from audioworkout.notation.values import make_carry, parse_whole_text
from audioworkout.units import MINUTE, SECOND, Ms, format_duration

LINE_HINT = "a line is read like `3x8-10 per side, @2-0-2-0, rest 60s`"
SIDES_HINT = "write `per side`, `alternating` or `both sides together`, with `left first` if wanted"

_CALLED = {
    "sets": "the sets are",
    "back": "the way is",
    "each": "the sides are",
    "alternating": "the sides are",
    "together": "the sides are",
    "both": "the sides are",
    "only": "the sides are",
    "first": "the first side is",
    "directions": "the directions are",
    "tempo": "the tempo is",
    "down": "the way down is",
    "up": "the way up is",
    "pause": "the pause is",
    "pause_top": "the pause at the top is",
    "pause_bottom": "the pause at the bottom is",
    "pulses": "the pulses are",
    "every": "the time from start to start is",
    "at_time": "the time from start to start is",
    "rest": "the rest is",
    "rests": "the rest is",
    "rest_split": "the rest is",
    "rest_distance": "the rest is",
    "rest_back": "the rest is",
    "restated": "the amount is",
    "window": "the time is",
    "in_sets_of": "the sets are",
    "phases": "the phases of the breath are",
}
"""What every part is called where it is named twice."""
_SEVERAL = ("atoms", "notes", "remarks", "thens")
_HARMLESS = (
    "rest_pause",
    "total",
    "in_all",
    "drop_set",
    "rest_exercise",
    "last_open",
    "each_alone",
)


def parse_line(text: str, vocabulary: Words | None = None) -> PartialPrescription:
    """Read one prescription line; `vocabulary`: of the language it is written in.

    >>> parse_line("3x8-10 per side @2-0-2-0 rest 60s").groups[0].times
    3

    Raises:
        NotationError: With everything that cannot be read, each at its exact place.
    """
    return _make_partial(_read_all(text, CLAUSES, vocabulary=vocabulary))


def reads_as_line(text: str, sized: bool = True, vocabulary: Words | None = None) -> bool:
    """Whether a text is a prescription line; `sized`: one that says how much.

    >>> reads_as_line("3x10, rest 60s"), reads_as_line("push-ups"), reads_as_line("slow")
    (True, False, False)
    """
    try:
        parts, troubles = _read_clauses(Cursor(text, vocabulary), CLAUSES, hints=False)
        if troubles:
            return False
        partial = _make_partial(parts)
    except (Trouble, NotationError):
        return False
    has_size = partial.has_amount or partial.sets is not None or partial.phases is not None
    return has_size or not sized


def parse_sides(text: str, vocabulary: Words | None = None) -> PartialPrescription:
    """How sides take turns and which begins: order, limb, first, in_all and total of a line.

    >>> (parse_sides("per leg, right first").order, parse_sides("alternating").order)
    ('each', 'alternating')

    Raises:
        NotationError: It says something else.
    """
    return _make_partial(_read_all(text, SIDES_CLAUSES, SIDES_HINT, vocabulary))


def parse_pause(text: str, vocabulary: Words | None = None) -> tuple[Ms | None, Ms | None]:
    """Pauses at the top and at the bottom: `1s at top`, `1s at top, 2s at bottom`.

    >>> parse_pause("1s at top"), parse_pause("pause 2 at bottom")
    ((1000, None), (None, 2000))

    Raises:
        NotationError: It is no pause, or does not say where.
    """
    parts = _read_all(text, PAUSE_CLAUSES, PAUSE_HINT, vocabulary)
    if "pause" in parts:
        problem = NotationProblem(0, len(text), "a pause has a length and a place", PAUSE_HINT)
        raise NotationError((problem,))
    return parts.get("pause_top"), parts.get("pause_bottom")


def parse_load(text: str, vocabulary: Words | None = None) -> Load:
    """What is lifted: `20kg`, `2x8kg dumbbells`.

    >>> parse_load("2x8kg dumbbells").kit
    'dumbbell'

    Raises:
        NotationError: It is no weight with its unit.
    """

    def read(cursor: Cursor) -> Load | None:
        if cursor.take("@") and cursor.here.kind == "number" and cursor.ahead(1).kind == "end":
            return Load(cursor.step().text, "")
        found = read_load(cursor)
        return found["atoms"][-1].value if found else None

    hint = "write `20kg`, `20 lb` or `2x8kg dumbbells`"
    return parse_whole_text(text, read, "a load", hint, vocabulary)


def parse_efforts(text: str, vocabulary: Words | None = None) -> tuple[Effort, ...]:
    """How hard it is to be: `RPE 8`, `80%, easy`.

    >>> [effort.kind for effort in parse_efforts("RPE 8, easy")]
    ['rpe', 'word']

    Raises:
        NotationError: It is no effort.
    """
    hint = "write `RPE 8`, `2 RIR`, `80%`, `5:00/km` or `easy`"
    parts = _read_all(text, EFFORT_CLAUSES, hint, vocabulary)
    return tuple(atom.value for atom in parts.get("atoms", ()))


def parse_phases(text: str, vocabulary: Words | None = None) -> BreathPhases:
    """The phases of a breath: `in 4 hold 7 out 8`.

    Raises:
        NotationError: They are none.
    """
    hint = "write `in 4, hold 4, out 4, hold 4`"
    parts = _read_all(text, PHASES_CLAUSES, hint, vocabulary)
    if "phases" not in parts:
        raise NotationError((NotationProblem(0, len(text), "no phases of a breath", hint),))
    phases: BreathPhases = parts["phases"]
    return phases


def parse_finisher(text: str, vocabulary: Words | None = None) -> Finisher:
    """Pulses of a last rep: `10`, `10 pulses`, `10 every 0.8s`.

    >>> parse_finisher("10 every 0.8s")
    Finisher(pulses=10, every=800)

    Raises:
        NotationError: It is no number of pulses.
    """

    def read(cursor: Cursor) -> Finisher | None:
        number = cursor.number()
        if number is None:
            return None
        cursor.take("pulse", "pulses")
        start = cursor.here.start
        pace = read_interval(cursor)
        if pace and pace["every"] > SLOWEST_PULSE:
            raise Trouble(start, cursor.before.end, "longer than 5s between two pulses")
        return Finisher(
            require_whole_number(number, MOST_REPS, "pulses"), pace["every"] if pace else SECOND
        )

    hint = "write `10` or `10 every 0.8s`"
    return parse_whole_text(text, read, "a number of pulses", hint, vocabulary)


def _read_all(text: str, clauses: Table, hint: str = "", vocabulary: Words | None = None) -> Parts:
    """Every part of a text, or everything that is wrong with it."""
    try:
        cursor = Cursor(text, vocabulary)
        parts, troubles = _read_clauses(cursor, clauses)
    except Trouble as trouble:
        raise NotationError((trouble.problem,)) from None
    if troubles:
        many = len(troubles)
        hint = hint or _find_closest_form(cursor)
        raise NotationError(tuple(_add_hint(cursor, one, clauses, hint, many) for one in troubles))
    return parts


def _read_clauses(
    cursor: Cursor, clauses: Table, hints: bool = True
) -> tuple[Parts, list[Trouble]]:
    """Every clause, and every trouble, in order; without `hints` the first trouble ends it.

    Looking for what a misspelt word may have meant takes most of the time of what is no line.
    """
    parts: Parts = {}
    troubles: list[Trouble] = []
    while not cursor.over:
        start = cursor.here.start
        try:
            found = _read_words_in_brackets(cursor, clauses) or clauses.read(cursor)
            if found is None:
                found = _read_cue(cursor, clauses)
            if found is None:
                if not hints:
                    raise Trouble(start, start, "not understood")
                raise _pass_unknown_words(cursor, clauses)
            _add_parts(parts, _keep_own_words(found, start, cursor), start, cursor)
        except Trouble as trouble:
            troubles.append(trouble)
            if not hints:
                return parts, troubles
            _skip_to_comma(cursor)
    if clauses is CLAUSES and not troubles:
        try:
            parts = assemble(parts.pop("atoms", ()), parts | {"end": len(cursor.text)})
        except Trouble as trouble:
            troubles.append(trouble)
    troubles.extend(_find_contradictions(parts, cursor.text))
    return parts, troubles


def _read_words_in_brackets(cursor: Cursor, clauses: Table) -> Parts | None:
    """`(chest up)`: words in brackets that are no clause are said; None where they are one."""
    if clauses is not CLAUSES or cursor.here.text not in _BRACKETS:
        return None
    tokens, at = cursor.tokens, cursor.at + 1
    free = tokens[at].text in _ASIDES
    while tokens[at].kind == "word" or (
        tokens[at].text in (",", "-", "&", "/", "'", "!") or (free and tokens[at].text not in ")]")
    ):
        if tokens[at].kind == "end":
            return None
        at += 1
    words = tokens[cursor.at + 1 : at]
    if tokens[at].text != _BRACKETS[cursor.here.text] or not words:
        return None
    inner = Cursor(cursor.text[words[0].start : words[-1].end])
    slips = not free and any(_is_slip_of_line(one.text) for one in words)
    if slips or (not free and not _read_clauses(inner, clauses)[1]):
        return None
    start, end = words[0].start, words[-1].end
    said = " ".join(cursor.text[start:end].replace('"', "").split())
    cursor.pass_over(tokens[at].end)
    return {"notes": (said,)} | make_remark(start, end, f"`{shorten(said)}` is only said")


def _read_cue(cursor: Cursor, clauses: Table) -> Parts | None:
    """`- keep your elbows in`: two words or more behind a sign, none of them one of a line."""
    parted = re.search(r"[,;:.!–—-]", cursor.text[cursor.before.start : cursor.here.start])
    if clauses is not CLAUSES or not cursor.at or not (parted or cursor.before.text in ",-("):
        return None
    words = [*takewhile(lambda token: token.kind == "word", cursor.tokens[cursor.at :])]
    after = cursor.ahead(len(words))
    if len(words) < 2 or not (after.kind == "end" or after.text in (",", "-", "(", ")")):
        return None
    known = [one for one in words if one.text in VOCABULARY and one.text not in _PLAIN_WORDS]
    if known or any(_is_slip_of_line(one.text) for one in words):
        return None
    start, end = words[0].start, words[-1].end
    said = " ".join(cursor.text[start:end].replace('"', "").split())
    cursor.pass_over(end)
    return {"notes": (said,)} | make_remark(start, end, f"`{shorten(said)}` is only said")


_PLAIN_WORDS = frozenset(("in", "out", "at", "the", "to", "with", "on", "up", "down", "all", "of"))
"""Words of a line that a sentence has as well."""
_ASIDES = frozenset(
    ("or", "if", "aim", "use", "keep", "eg", "scale", "scaled", "add", "note", "optional", "try")
)
"""Words that begin a remark in brackets: `(or 5 from the knees)`."""
_BRACKETS = {"(": ")", "[": "]"}


def _is_slip_of_line(word: str) -> bool:
    """Whether a word is one of a line with a letter wrong."""
    near = find_nearest_word(word) if len(word) > 3 else ""
    return bool(near) and is_slip(word, near)


def _skip_to_comma(cursor: Cursor) -> None:
    """Go on behind the next comma, so that one mistake is told once."""
    while not cursor.over and cursor.step().text != ",":
        pass


def _keep_own_words(found: Parts, start: int, cursor: Cursor) -> Parts:
    """What a clause said, with words that are only said as they were written.

    A line in German is translated before it is read; its words are said in German all the same.
    """
    if "notes" not in found or cursor.vocabulary is None:
        return found
    written = " ".join(cursor.since(start).replace('"', "").split()).strip(" ,;")
    plain = cursor.text.casefold()
    notes = tuple(one if one.casefold() in plain else written for one in found["notes"])
    return {**found, "notes": notes}


def _add_parts(parts: Parts, found: Parts, start: int, cursor: Cursor) -> None:
    """Add what a clause said, unless it has been said before."""
    for part, value in found.items():
        if part in _SEVERAL:
            parts[part] = (*parts.get(part, ()), *value)
        elif part == "rest" and part in parts and "rest_within" not in parts:
            parts["rest_within"], parts["rest"] = sorted((parts["rest"], value))
        elif part in parts and part not in _HARMLESS:
            hint = ""
            raise Trouble(start, cursor.before.end, f"{_CALLED[part]} named twice", hint)
        else:
            parts[part] = value


def _pass_unknown_words(cursor: Cursor, clauses: Table) -> Trouble:
    """Pass over all words up to where a clause begins again; one trouble for them all."""
    start, mended, changed, certain = cursor.here.start, "", False, True
    while not cursor.over and not _clause_begins(cursor, clauses):
        word = cursor.step()
        near = find_nearest_word(word.text, cursor.vocabulary)
        changed = changed or bool(near)
        certain = certain and bool(near) and is_slip(word.text, near)
        mended += near or cursor.text[word.start : word.end]
        mended += " " if cursor.here.start > word.end else ""
    written = shorten(cursor.since(start))
    fix = mended.rstrip() if changed else ""
    return Trouble(start, cursor.before.end, f"`{written}` is not understood", "", fix, certain)


def _clause_begins(cursor: Cursor, clauses: Table) -> bool:
    """Whether a clause begins here, right or wrong; nothing is taken."""
    mark = cursor.at
    try:
        return clauses.read(cursor) is not None
    except Trouble:
        return True
    finally:
        cursor.at = mark


def _add_hint(
    cursor: Cursor, trouble: Trouble, clauses: Table, hint: str, troubles: int
) -> NotationProblem:
    """The problem with a hint: its own, or what its fix makes of the line where that helps."""
    problem, text = trouble.problem, cursor.text
    if trouble.fix and not problem.hint:
        mended = text[: problem.start] + trouble.fix + text[problem.end :]
        # Mended it may be longer than a line may be, and then it is of no help.
        left = troubles
        if len(mended) <= LONGEST_NOTATION:
            left = len(_read_clauses(Cursor(mended, cursor.vocabulary), clauses)[1])
        if left < troubles:
            better = trouble.fix if left else mended.strip()
            hint = f"did you mean `{better}`?"
            return problem._replace(hint=hint, fix=trouble.fix if trouble.certain else None)
    unclear = problem.message.endswith("understood")
    return problem._replace(hint=problem.hint or (hint if unclear else ""))


_FORMS = (
    (("@", "tempo", "slow"), "`3x8 @2-0-2-0, rest 60s`"),
    (("kg", "lb", "lbs", "%", "rpe", "rir"), "`3x8 @ 60kg, RPE 8, rest 2 min`"),
    (("km", "mi", "mile", "miles", "m", "yd", "ft", "feet"), "`4x400 m, rest 90s`"),
    (("breath", "breaths", "breathe", "in", "inhale"), "`10 breaths, in 4 hold 4 out 4 hold 4`"),
    (("max", "amrap", "failure", "total"), "`3x max, rest 90s`"),
    (("side", "leg", "arm", "left", "right", "each"), "`3x10 per side, left first`"),
    (("s", "sec", "min", "hold", "rest", ":"), "`3x40s, rest 60s`"),
)
"""Words of a line, and the form that a line with them has."""


def _find_closest_form(cursor: Cursor) -> str:
    """The form that a line looks most like."""
    for signs, form in _FORMS:
        if cursor.words.intersection(signs):
            return f"a line is read like {form}"
    return LINE_HINT


def _find_contradictions(parts: Mapping[str, Any], text: str) -> Iterator[Trouble]:
    """What can only be seen when the whole line is read."""
    end = len(text)
    groups: tuple[Group, ...] = parts.get("groups", ())
    amounts = [entry.amount for group in groups for entry in group.entries]
    if (
        "back" in parts
        and "groups" in parts
        and not (amounts and all(isinstance(one, BareDistance) for one in amounts))
    ):
        hint = "write the distance, like `50 ft out and back`"
        yield Trouble(0, end, "a way there and back needs a distance", hint)
    every = parts.get("every", MINUTE)
    if every <= SLOWEST_PULSE and "pulses" not in parts:
        yield Trouble(0, end, "`every` belongs to pulses", "write `10 pulses every 0.8s`")
    apart = {"each", "alternating", "only"} & set(parts)
    if ("together" in parts or "both" in parts) and apart:
        yield Trouble(0, end, "the sides cannot be both together and apart", SIDES_HINT)
    if "only" in parts and {"each", "alternating"} & set(parts):
        yield Trouble(0, end, "the sides cannot be one and both", SIDES_HINT)
    if "every" in parts and "at_time" in parts:
        yield Trouble(0, end, "the time from start to start is named twice")
    if "rest_within" in parts and groups and all(group.form == "each" for group in groups):
        hint = f"write one, like `rest {format_duration(parts['rest'])}`"
        yield Trouble(0, end, "the rest is named twice", hint)


def _make_partial(parts: Parts) -> PartialPrescription:
    """The parts as they are handed on."""
    groups = parts.get("groups", ())
    if "back" in parts:
        groups = tuple(_make_carries(group, parts["back"]) for group in groups)
    pulses, every = parts.get("pulses"), parts.get("every")
    finisher = None
    if pulses and every is not None and every <= SLOWEST_PULSE:
        finisher, every = Finisher(pulses, every), None
    elif pulses:
        finisher = Finisher(pulses)
    if parts.get("each_alone") and not any(group.times for group in groups):
        parts = {name: part for name, part in parts.items() if name != "each_alone"}
    limb = next((parts[one] for one in ("each", "alternating", "only") if parts.get(one)), None)
    same = (
        "sets",
        "each_alone",
        "first",
        "in_all",
        "total",
        "directions",
        "tempo",
        "down",
        "up",
        "pause_top",
    )
    more = ("pause_bottom", "pause", "hold", "load", "effort", "phases", "rest", "rest_within")
    last = ("rests", "rest_distance", "rest_exercise", "at_time", "window", "drop_set", "remarks")
    return PartialPrescription(
        groups=groups,
        order=_get_order(parts),
        limb=limb,
        finisher=finisher,
        notes=tuple(dict.fromkeys(parts.get("notes", ()))),
        every=every,
        **{name: parts[name] for name in (*same, *more, *last) if name in parts},
    )


def _get_order(parts: Parts) -> Order | None:
    if "alternating" in parts:
        return "each alternating" if "each" in parts else "alternating"
    if "only" in parts:
        return "one"
    orders: tuple[Order, ...] = ("each", "together", "both")
    return next((one for one in orders if one in parts), None)


def _make_carries(group: Group, back: bool) -> Group:
    """Distances with a way are carries."""
    return group._replace(
        entries=tuple(
            entry._replace(amount=make_carry(entry.amount, back))
            if isinstance(entry.amount, BareDistance)
            else entry
            for entry in group.entries
        )
    )
