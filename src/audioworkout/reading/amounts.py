"""Converts the fields of the long form to a `PartialPrescription`, and back."""

from __future__ import annotations

from dataclasses import replace

from audioworkout.model.exercise import (
    Amount,
    Breaths,
    Carry,
    Distance,
    Hold,
    Open,
    Prescription,
    Reps,
    SetSpec,
    Steps,
    Timed,
)
from audioworkout.notation import (
    Entry,
    Group,
    NotationError,
    NotationProblem,
    Order,
    PartialPrescription,
    Words,
    parse_amount,
    parse_line,
)
from audioworkout.notation.partial import BareCount, BareDistance, BareTime, RawAmount, Sided
from audioworkout.reading.field_types import Values


def parse_counts(text: str, *, vocabulary: Words | None = None) -> Amount | tuple[Group, ...]:
    """Parse the reps of a field: `12`, `8-10`, and as in a line `12, 10, 8`, `5+`, `max`.

    Raises:
        NotationError: The text is not an amount of reps.
    """
    try:
        return parse_amount(text, "reps", vocabulary)
    except NotationError as error:
        try:
            partial = parse_line(text, vocabulary)
        except NotationError:
            raise error from None
        entries = [entry for group in partial.groups for entry in group.entries]
        counts = all(isinstance(one.amount, BareCount | Reps | Open) for one in entries)
        if not entries or not counts or partial != PartialPrescription(partial.groups):
            raise
        return partial.groups


def parse_open(text: str, *, vocabulary: Words | None = None) -> PartialPrescription:
    """Parse open work: `max in 60s`, `5+ in 20s`, `50 total`, `400 m in 2:00`, `20 cal`.

    Raises:
        NotationError: The text has another form.
    """
    partial = parse_line(text, vocabulary)
    entries = [entry for group in partial.groups for entry in group.entries]
    amounts = [entry.amount for entry in entries]
    plain = replace(partial, window=None, total=False)
    right = len(amounts) == 1 and plain == PartialPrescription(partial.groups)
    if right and isinstance(amounts[0], BareDistance):
        # The field is one of open work, so `5 m` are metres.
        group = Group((Entry(replace(amounts[0], minutes=False)),), partial.groups[0].times)
        return replace(partial, groups=(group,))
    if right and (isinstance(amounts[0], Open) or partial.total):
        return partial
    hint = "write `max in 60s`, `5+`, `50 total`, `20 cal` or `400 m in 2 min`"
    raise NotationError((NotationProblem(0, len(text), "no open work", hint),))


def parse_by_side(text: str, *, vocabulary: Words | None = None) -> Sided:
    """Parse an amount for each side: `8 left, 10 right`.

    Raises:
        NotationError: The text has another form.
    """
    partial = parse_line(text, vocabulary)
    amounts = [entry.amount for group in partial.groups for entry in group.entries]
    if len(amounts) == 1 and isinstance(amounts[0], Sided):
        return amounts[0]
    raise NotationError((NotationProblem(0, len(text), "no two sides", "`8 left, 10 right`"),))


def parse_part(text: str, *, vocabulary: Words | None = None) -> tuple[int, int]:
    """Parse the position in a cluster or drop set: `2 of 3`.

    Raises:
        NotationError: The text has another form.
    """
    del vocabulary  # it holds figures and `of` alone
    words = text.split()
    if len(words) == 3 and words[1] == "of" and words[0].isdigit() and words[2].isdigit():
        part, parts = int(words[0]), int(words[2])
        if 1 <= part <= parts <= 50:
            return part, parts
    raise NotationError((NotationProblem(0, len(text), "no part of a set", "`2 of 3`"),))


def set_of(values: Values, named: list[str]) -> SetSpec | None:
    """One set of the field `by_set`; None if it has no amount of its own."""
    found = values[named[0]] if named else None
    amount = settled_open(found) if isinstance(found, PartialPrescription) else found
    if not isinstance(amount, Reps | Steps | Hold | Timed | Carry | Breaths | Open):
        return None
    part, parts = values.get("part", (0, 0))
    return SetSpec(
        amount,
        values.get("load"),
        values.get("effort", ()),
        values.get("rest"),
        part,
        parts,
        values.get("lighter", False),
    )


def settled_open(partial: PartialPrescription) -> Open | None:
    """Open work with its written window; None if the window is left out."""
    amount, window = partial.groups[0].entries[0].amount, partial.window
    if window is None:
        return None
    match amount:
        case BareDistance(low, _, unit):
            return Open(window, distance=Distance(low, unit))
        case BareCount(_, high) | Reps(_, high):
            return Open(window, total=high)
        case Open():
            return replace(amount, window=window)
    return None


def partial_of(values: Values, named: list[str]) -> PartialPrescription:
    """The fields of an item as a `PartialPrescription`, which a line gives too."""
    sides: PartialPrescription = values.get("sides", PartialPrescription())
    top, bottom = values.get("pause", (None, None))
    partial = PartialPrescription(
        sets=values.get("sets"),
        order=sides.order,
        limb=sides.limb,
        first=sides.first,
        in_all=sides.in_all,
        total=sides.total,
        tempo=values.get("tempo"),
        pause_top=top,
        pause_bottom=bottom,
        finisher=values.get("pulses"),
        load=values.get("load"),
        effort=values.get("effort", ()),
        notes=tuple(note.replace('"', "'") for note in values.get("notes", ())),
        phases=values.get("phases"),
        rest=values.get("rest"),
        rest_exercise=values.get("between"),
        every=values.get("every"),
        window=values.get("window"),
    )
    sets = values.get("sets")
    if values.get("by_set"):
        return replace(partial, groups=(Group((Entry(values["by_set"][0].amount),)),), sets=None)
    if "by_side" in values:
        return replace(partial, groups=(Group((Entry(values["by_side"]),), sets),), sets=None)
    if not named:
        return partial
    found = values[named[0]]
    if isinstance(found, PartialPrescription):
        group = found.groups[0]._replace(times=sets or found.groups[0].times)
        window = found.window if partial.window is None else partial.window
        return replace(partial, groups=(group,), sets=None, window=window, total=found.total)
    if isinstance(found, tuple):
        groups = found
        if sets is not None and len(groups) == 1:
            form = "each" if len(groups[0].entries) == sets else "repeat"
            groups = (groups[0]._replace(times=sets, form=form),)
        return replace(partial, groups=groups, sets=None)
    return replace(partial, groups=(Group((Entry(found),), sets),), sets=None)


def partial_of_prescription(meant: Prescription) -> PartialPrescription:
    """A complete prescription as a `PartialPrescription` that resolves to the same one."""
    rest, within = meant.rest, None
    if meant.by_set:
        entries = tuple(Entry(raw_amount(s.amount), s.load, s.effort) for s in meant.by_set)
        parts = all(spec.parts == meant.sets for spec in meant.by_set)
        lighter = any(spec.lighter for spec in meant.by_set)
        groups = (Group(entries, None, "plus" if parts and not lighter else "each"),)
        if parts:
            rest = meant.by_set[0].rest
    else:
        amount: RawAmount = raw_amount(meant.amount)
        if meant.by_side:
            left, right = meant.by_side
            amount = Sided(_bare_amount(left), _bare_amount(right))
        groups = (Group((Entry(amount),), meant.sets if meant.sets > 1 else None),)
    rests = tuple(spec.rest for spec in meant.by_set if spec.rest is not None and not spec.parts)
    first = meant.amount
    sides = meant.sides
    order: Order | None = sides.order
    if sides.order == "alternating" and not sides.in_all:
        order = "each alternating"
    return PartialPrescription(
        groups=groups,
        order=order,
        first=sides.first,
        tempo=meant.tempo,
        pause_top=meant.tempo.top if "top" in meant.announced else None,
        pause_bottom=meant.tempo.bottom if "bottom" in meant.announced else None,
        finisher=meant.finisher,
        load=meant.load,
        effort=meant.effort,
        notes=meant.notes,
        phases=first.phases if isinstance(first, Breaths) else None,
        rest=rest,
        rest_within=within,
        rests=rests,
        rest_exercise=meant.rest_exercise.key if meant.rest_exercise else None,
        every=meant.every,
        window=first.window if isinstance(first, Open) and not meant.by_set else None,
    )


def raw_amount(amount: Amount) -> RawAmount:
    """A resolved amount as a line would write it."""
    match amount:
        case Reps(low, high):
            return BareCount(low, high)
        case Open(distance=distance) if distance is not None:
            return BareDistance(distance.figure, distance.figure, distance.unit)
        case Open():
            return replace(amount, window=0)
    return amount


def _bare_amount(amount: Amount) -> BareCount | BareTime:
    if isinstance(amount, Hold | Timed):
        return BareTime(amount.low, amount.high)
    low, high = (amount.low, amount.high) if isinstance(amount, Reps | Steps) else (1, 1)
    return BareCount(low, high)


def apply_exact(meant: Prescription, values: Values) -> Prescription:
    """Apply what only the long form can say: each set by itself, and which phases are announced."""
    specs: tuple[SetSpec, ...] = values.get("by_set", ())
    if specs:
        if meant_phases := values.get("phases"):
            specs = tuple(_with_phases(spec, meant_phases) for spec in specs)
        meant = meant._replace(
            by_set=specs, sets=len(specs), amount=specs[0].amount, load=values.get("load")
        )
    if "announced" in values:
        words = [word for word in values["announced"] if word != "no"]
        return meant._replace(announced=frozenset(words))
    return meant


def _with_phases(spec: SetSpec, phases: object) -> SetSpec:
    if isinstance(spec.amount, Breaths):
        return spec._replace(amount=replace(spec.amount, phases=phases))  # type: ignore[arg-type]
    return spec
