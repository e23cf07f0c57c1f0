"""How long things last by default, and how level and pace change it. All lengths in ms.

The figures and their sources are explained in docs/timing.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast

from audioworkout.model.exercise import (
    FLOOR,
    MM_PER_UNIT,
    Amount,
    Breaths,
    Carry,
    Distance,
    DistanceUnit,
    Exercise,
    Hold,
    Open,
    Position,
    Prescription,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.model.routine import How, Level, Pace, Units
from audioworkout.units import SECOND, Ms, round_to, round_up

GET_READY: Ms = 10 * SECOND
BETWEEN_SETS: Ms = 45 * SECOND
BETWEEN_EXERCISES: Ms = 60 * SECOND
TRANSITION: Ms = 10 * SECOND
TRANSITION_WITH_CHANGE: Ms = 15 * SECOND
SUPERSET_TRANSITION: Ms = 10 * SECOND

SWITCH_STANDING: Ms = 5 * SECOND
SWITCH_FLOOR: Ms = 8 * SECOND
SWITCH_BAND: Ms = 10 * SECOND

TO_FLOOR: Ms = 5 * SECOND
TO_STANDING: Ms = 6 * SECOND
FETCH_KIT: Ms = 10 * SECOND

REST_FACTOR: dict[Level, float] = {"beginner": 1.3, "normal": 1.0, "advanced": 0.8}
PACE_PERCENT: dict[Pace, int] = {"easy": 125, "normal": 100, "brisk": 80}

COUNT_LEAD: Ms = 800
"""A number begins at most this long before the effort's end."""

TENTHS_OF_MM = {"ft": 3_048, "m": 10_000}
_UNIT: dict[Units, Literal["ft", "m"]] = {"metric": "m", "imperial": "ft"}


def apply_pace(ms: Ms, pace: Pace) -> Ms:
    """A beat's length at a pace, to the nearest millisecond."""
    return round_to(ms * PACE_PERCENT[pace], 100) // 100


def apply_pace_to_tempo(tempo: Tempo, pace: Pace) -> Tempo:
    """Every phase of a rep at a pace."""
    return Tempo(*(apply_pace(ms, pace) for ms in (tempo.down, tempo.bottom, tempo.up, tempo.top)))


def count_offset(exercise: Exercise, tempo: Tempo) -> Ms:
    """When in a rep its number begins: half the effort, at most 800 ms, before the effort's end.

    A rep without effort (`2-0-0-0`) is counted as if the whole rep were effort.
    """
    effort = tempo.up if exercise.effort == "up" else tempo.down
    if not effort:
        return tempo.beat - min(tempo.beat // 2, COUNT_LEAD)
    before = {
        ("top", "up"): tempo.down + tempo.bottom,
        ("top", "down"): 0,
        ("bottom", "up"): 0,
        ("bottom", "down"): tempo.up + tempo.top,
    }[exercise.starts, exercise.effort]
    return before + effort - min(effort // 2, COUNT_LEAD)


def last_rep_length(exercise: Exercise, tempo: Tempo) -> Ms:
    """How long the last rep lasts when a finisher follows: it ends after its top pause.

    Where going up takes no time at all (`2-0-0-0`), it is a rep like the others.
    """
    return (exercise.starts == "bottom" and tempo.up + tempo.top) or tempo.beat


def apply_level(amount: Amount, level: Level) -> Amount:
    """The amount of a level: the low end, the whole range, or the high end.

    A distance cannot be stopped half-way round, so a carry's normal level is the middle. Open work
    has no range: its window is the same for everyone.
    """
    if isinstance(amount, Open) or (level == "normal" and not isinstance(amount, Carry)):
        return amount
    low, high = amount.low, amount.high
    chosen = {"beginner": low, "normal": (low + high) // 2, "advanced": high}[level]
    return replace(amount, low=chosen, high=chosen)


def carry_ways(carry: Carry, exercise: Exercise, space: int | None) -> tuple[Ms, ...]:
    """How long each way of a carry takes, rounded up to a second; turns lie between them.

    Args:
        carry: The distance of one way; its high end is walked.
        exercise: Gives the walking speed.
        space: Length of the room in mm: the whole distance becomes laps of it.
    """
    way = carry.high * TENTHS_OF_MM[carry.unit]
    whole = way * (2 if carry.back else 1)
    lap = min(way, space * 10) if space else way
    full, rest = divmod(whole, lap)
    return tuple(_walk_time(lap, exercise) for _ in range(full)) + (
        (_walk_time(rest, exercise),) if rest else ()
    )


def convert_carry(carry: Carry, units: Units | None) -> Carry:
    """A carry with its distance in other units, for saying: its time is that of the one written.

    >>> convert_carry(Carry(50, 75, "ft", True), "metric")
    Carry(low=15, high=23, unit='m', back=True)
    >>> convert_carry(Carry(15, 15, "m", True), "imperial")
    Carry(low=50, high=50, unit='ft', back=True)
    """
    unit = carry.unit if units is None else _UNIT[units]
    if unit == carry.unit:
        return carry
    low, high = (
        _round_distance(way * TENTHS_OF_MM[carry.unit], unit) for way in (carry.low, carry.high)
    )
    return Carry(low, high, unit, carry.back)


def _round_distance(tenths_of_mm: int, unit: Literal["ft", "m"]) -> int:
    """A distance to the metre, or to five feet where it is twenty or more."""
    exact = tenths_of_mm / TENTHS_OF_MM[unit]
    return max(1, round_to(exact, 5 if unit == "ft" and exact >= 20 else 1))


_OTHER_UNIT: dict[Units, dict[DistanceUnit, DistanceUnit]] = {
    "metric": {"mi": "km", "yd": "m", "ft": "m"},
    "imperial": {"km": "mi", "m": "yd"},
}


def distance_in_units(distance: Distance, units: Units | None) -> Distance:
    """A distance in other units, for saying: to a tenth of a long unit, to five of a short one.

    >>> distance_in_units(Distance("5", "km"), "imperial")
    Distance(figure='3.1', unit='mi')
    >>> distance_in_units(Distance("400", "m"), "imperial")
    Distance(figure='435', unit='yd')
    """
    unit = _OTHER_UNIT[units].get(distance.unit) if units else None
    if unit is None:
        return distance
    exact = distance.mm / MM_PER_UNIT[unit]
    if unit in ("km", "mi"):
        return Distance(f"{max(0.1, exact):.1f}".removesuffix(".0"), unit)
    return Distance(str(max(1, round_to(exact, 5 if exact >= 20 else 1))), unit)


def _walk_time(tenths_of_mm: int, exercise: Exercise) -> Ms:
    per_second = exercise.speed * 10
    return -(-tenths_of_mm // per_second) * SECOND


def distance_lasts(distance: Distance, exercise: Exercise, prescription: Prescription) -> Ms:
    """How long a distance is estimated to take: at the pace that was asked for, else the usual."""
    for effort in prescription.effort:
        if effort.kind == "pace":
            number, _, unit = effort.unit.rpartition(" ")
            each = Distance(number or "1", cast(DistanceUnit, unit))
            return distance.mm * effort.lasts // each.mm
    return distance.mm * SECOND // exercise.speed


def is_floor(position: Position) -> bool:
    """Whether one has to get down for it."""
    return position in FLOOR


def default_switch(exercise: Exercise) -> Ms:
    """The pause for changing sides."""
    if any("band" in kit.key and not kit.optional for kit in exercise.kit):
        return SWITCH_BAND
    return SWITCH_FLOOR if is_floor(exercise.position) else SWITCH_STANDING


def change_time(before: Exercise, after: Exercise, fetches: bool) -> Ms:
    """What getting down or up, and fetching kit, adds to a default rest."""
    down, up = is_floor(after.position), is_floor(before.position)
    change = TO_FLOOR if down and not up else TO_STANDING if up and not down else 0
    return change + (FETCH_KIT if fetches else 0)


def default_rest(base: Ms, added: Ms, how: How) -> Ms:
    """A default rest: additions, then the level's factor, to 1 s under 15 s and to 5 s above."""
    raw = (base + added) * REST_FACTOR[how.level]
    return round_to(raw, SECOND if raw < 15 * SECOND else 5 * SECOND)


@dataclass(frozen=True, slots=True)
class BeatGrid:
    """The grid of one bout of reps or steps.

    `count` beats of `beat` ms, the last one `last` ms; a number begins `offset` into each.
    """

    count: int
    beat: Ms
    last: Ms
    offset: Ms

    @property
    def lasts(self) -> Ms:
        """Length of the whole grid."""
        return (self.count - 1) * self.beat + self.last


def has_tempo(exercise: Exercise, prescription: Prescription) -> bool:
    """Whether a rep lasts as its tempo says, and not its exercise's beat.

    Quick work has a tempo where one was written or chosen: another than its exercise's own.
    """
    own, meant = exercise.prescription.tempo, prescription.tempo
    chosen = "tempo" in prescription.announced or (own.down, own.up) != (meant.down, meant.up)
    return exercise.beat is None or chosen


def rep(exercise: Exercise, prescription: Prescription, how: How) -> tuple[Ms, Ms]:
    """How long one rep lasts at this pace, and when in it its number begins.

    Quick work has a beat of its own, unless it has a tempo; a pause that was written makes it
    longer.
    """
    tempo = apply_pace_to_tempo(prescription.tempo, how.pace)
    if exercise.beat is None or has_tempo(exercise, prescription):
        return tempo.beat, count_offset(exercise, tempo)
    beat = apply_pace(exercise.beat, how.pace)
    number = beat - min(beat // 2, COUNT_LEAD)
    if "bottom" in prescription.announced:
        beat += tempo.bottom
    if "top" in prescription.announced:
        beat += tempo.top
    return beat, number


def beat_grid(exercise: Exercise, prescription: Prescription, how: How) -> BeatGrid:
    """The grid of a bout: both sides together where they alternate.

    Of open work, that of the reps that are counted aloud before the rest is the listener's: as many
    as its window has room for.
    """
    match prescription.amount:
        case Steps():
            step = apply_pace(exercise.step, how.pace)
            return BeatGrid(counted_in(prescription), step, step, step - min(step // 2, COUNT_LEAD))
        case Reps():
            beat, offset = rep(exercise, prescription, how)
            last = beat
            if prescription.finisher and has_tempo(exercise, prescription):
                last = last_rep_length(exercise, apply_pace_to_tempo(prescription.tempo, how.pace))
            return BeatGrid(counted_in(prescription), beat, last, offset)
        case Open(window):
            beat, offset = rep(exercise, prescription, how)
            return BeatGrid(min(counted_in(prescription), window // beat), beat, beat, offset)
        case other:
            raise TypeError(f"{other!r} has no beats")


def counted_in(prescription: Prescription) -> int:
    """How many reps or steps are counted aloud in one work span: 0 where nothing is.

    Both sides together where they alternate.
    """
    sides = prescription.sides
    match prescription.amount:
        case Reps(_, number) | Steps(_, number) | Open(at_least=number):
            both = sides.order == "alternating" and not sides.in_all
            return number * 2 if both else number
        case _:
            return 0


def lowering_time(prescription: Prescription, how: How) -> Ms:
    """What follows the last pulse: the way down."""
    return apply_pace(prescription.tempo.down, how.pace)


def work_length(exercise: Exercise, prescription: Prescription, how: How) -> Ms:
    """Length of one work span: one set, one side (both together where they alternate)."""
    match prescription.amount:
        case Hold(_, high) | Timed(_, high):
            return high
        case Open(window):
            return window
        case Breaths(_, high, every, phases):
            return high * (phases.lasts if phases else every)
        case Carry() as carry:
            ways = carry_ways(carry, exercise, how.space)
            return sum(ways) + (len(ways) - 1) * exercise.turn
        case _:
            return beat_grid(exercise, prescription, how).lasts


def estimate_own_pace(exercise: Exercise, prescription: Prescription, how: How) -> Ms:
    """Time that an amount takes at the listener's own pace, all its sets and sides.

    What is counted takes half as long again as at its beat, a distance a seventh longer than at
    its pace; rests are part of it.
    """
    match prescription.amount:
        case Hold(_, high) | Timed(_, high):
            once = high
        case Carry():
            once = work_length(exercise, prescription, how) * 115 // 100
        case Open(window):
            once = window
        case _:
            once = work_length(exercise, prescription, how) * 3 // 2
    sides = 2 if prescription.sides.order == "each" else 1
    rest = (prescription.rest or 0) * prescription.sets
    return once * sides * prescription.sets + rest


def pulses_length(prescription: Prescription, how: How) -> Ms:
    """Length of the pulses span after it; 0 without a finisher."""
    if prescription.finisher is None:
        return 0
    finisher = prescription.finisher
    return finisher.pulses * finisher.every + lowering_time(prescription, how)


def round_up_to_seconds(ms: Ms) -> Ms:
    """Rounded up to a whole second."""
    return round_up(ms, SECOND)
