"""How long things last by default, and how level and pace change it. All lengths in ms.

The figures and their sources are explained in docs/timing.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from audioworkout.model.exercise import (
    FLOOR,
    Amount,
    Carry,
    Exercise,
    Hold,
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

    A distance cannot be stopped half-way round, so a carry's normal level is the middle.
    """
    if level == "normal" and not isinstance(amount, Carry):
        return amount
    low, high = amount.low, amount.high
    chosen = {"beginner": low, "normal": (low + high) // 2, "advanced": high}[level]
    match amount:
        case Reps():
            return Reps(chosen, chosen)
        case Steps():
            return Steps(chosen, chosen)
        case Hold():
            return Hold(chosen, chosen)
        case Timed():
            return Timed(chosen, chosen)
        case Carry(_, _, unit, back):
            return Carry(chosen, chosen, unit, back)


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


def _walk_time(tenths_of_mm: int, exercise: Exercise) -> Ms:
    per_second = exercise.speed * 10
    return -(-tenths_of_mm // per_second) * SECOND


def is_floor(position: Position) -> bool:
    """Whether one has to get down for it."""
    return position in FLOOR


def fetches_kit(before: Exercise | None, after: Exercise) -> bool:
    """Whether something must be fetched that was not needed just before."""
    had = {kit.key for kit in before.kit if not kit.optional} if before else set()
    return any(kit.key not in had for kit in after.kit if not kit.optional)


def default_switch(exercise: Exercise) -> Ms:
    """The pause for changing sides."""
    if any("band" in kit.key and not kit.optional for kit in exercise.kit):
        return SWITCH_BAND
    return SWITCH_FLOOR if is_floor(exercise.position) else SWITCH_STANDING


def change_time(before: Exercise, after: Exercise) -> Ms:
    """What getting down or up and fetching kit adds to a default rest."""
    down, up = is_floor(after.position), is_floor(before.position)
    change = TO_FLOOR if down and not up else TO_STANDING if up and not down else 0
    return change + (FETCH_KIT if fetches_kit(before, after) else 0)


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


def beat_grid(exercise: Exercise, prescription: Prescription, how: How) -> BeatGrid:
    """The grid of a bout: both sides together where they alternate."""
    amount = prescription.amount
    times = 2 if prescription.sides.order == "alternating" else 1
    if isinstance(amount, Steps):
        step = apply_pace(exercise.step, how.pace)
        return BeatGrid(amount.high * times, step, step, step - min(step // 2, COUNT_LEAD))
    assert isinstance(amount, Reps)
    tempo = apply_pace_to_tempo(prescription.tempo, how.pace)
    last = last_rep_length(exercise, tempo) if prescription.finisher else tempo.beat
    return BeatGrid(amount.high * times, tempo.beat, last, count_offset(exercise, tempo))


def lowering_time(prescription: Prescription, how: How) -> Ms:
    """What follows the last pulse: the way down."""
    return apply_pace(prescription.tempo.down, how.pace)


def work_length(exercise: Exercise, prescription: Prescription, how: How) -> Ms:
    """Length of one work span: one set, one side (both together where they alternate)."""
    match prescription.amount:
        case Hold(_, high) | Timed(_, high):
            return high
        case Carry() as carry:
            legs = carry_ways(carry, exercise, how.space)
            return sum(legs) + (len(legs) - 1) * exercise.turn
        case _:
            return beat_grid(exercise, prescription, how).lasts


def pulses_length(prescription: Prescription, how: How) -> Ms:
    """Length of the pulses span after it; 0 without a finisher."""
    if prescription.finisher is None:
        return 0
    finisher = prescription.finisher
    return finisher.pulses * finisher.every + lowering_time(prescription, how)


def round_up_to_seconds(ms: Ms) -> Ms:
    """Rounded up to a whole second."""
    return round_up(ms, SECOND)
