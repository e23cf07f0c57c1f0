"""From what a line says and what its exercise is to a complete prescription. Pure.

The notation leaves open what only the exercise can decide: a bare time (a hold or work), a distance
(carried or at one's own pace), a pair like `30/30`, `10x5s`. All of that is decided here, and what
could have been meant otherwise is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from audioworkout.model.exercise import (
    USUAL_BREATH,
    Amount,
    BreathPhases,
    Breaths,
    Distance,
    Effort,
    Exercise,
    Hold,
    Load,
    Open,
    Prescription,
    Reps,
    SetSpec,
    Sides,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation import (
    LONGEST_DURATION,
    MOST_REPS,
    MOST_SETS,
    SHORTEST_REP,
    Entry,
    Group,
    PartialPrescription,
)
from audioworkout.notation.partial import (
    BareCount,
    BareDistance,
    BareTime,
    Pair,
    RawAmount,
    Rounds,
    Sided,
)
from audioworkout.notation.values import make_carry
from audioworkout.units import MINUTE, SECOND, Ms, format_duration, round_up

Remark = tuple[str, str]
"""A message and a hint."""

MAX_WINDOW: Ms = MINUTE
"""Of `max`, where no window is written."""
WINDOW_STEP: Ms = 5 * SECOND
CALORIE: Ms = 4 * SECOND
PLENTY = 1.15
"""How much longer the window of a distance is than the distance takes at the usual pace."""
LEAST_METRES = 25
"""A bare number of what is run, rowed or swum is metres from here on."""
SPRINT_METRES = 60
"""Below it `m` may also have been minutes."""
SHORTEST_DISTANCE: Ms = 5 * SECOND
"""Metres that would last less than this, and have no sets, were minutes."""
STILL: Ms = 10 * MINUTE
"""Metres of what stays in its place were minutes up to here; beyond it nobody means them."""
TOP_HOLD: Ms = 10 * SECOND
"""`10x5s` of what is counted: up to here a pause in each rep, beyond it a set of work."""
SIDE_REPS = 15
"""Equal pairs below it are a number for each side, from it on seconds of work and rest."""
IN_ALL_REPS = 10
"""An even bare number of what alternates, from here on, may as well count both sides."""
DROP_REST: Ms = 10 * SECOND
"""The rest before the part of a drop set that `drop set` adds: time to take less weight."""


class Prescribed(NamedTuple):
    """What a line comes to; the prescription is whole even where there are errors."""

    prescription: Prescription
    warnings: tuple[Remark, ...] = ()
    errors: tuple[Remark, ...] = ()


def prescribe(
    partial: PartialPrescription,
    exercise: Exercise,
    default: Prescription,
    *,
    breath: Ms = USUAL_BREATH,
    between: Exercise | None = None,
) -> Prescribed:
    """What a line prescribes of an exercise.

    A line with an amount replaces sets, finisher, load and rest; one without changes only what it
    names. Sides, tempo and pauses that it does not name come from the default either way.

    Args:
        partial: What the line says.
        exercise: What is done.
        default: Its default prescription, as the workout changes it.
        breath: Length of a calm breath where the line has no phases (ms).
        between: What `partial.rest_exercise` names.
    """
    return _Resolver(partial, exercise, default, breath, between).run()


def is_counted(exercise: Exercise) -> bool:
    """True if the exercise is usually done for a number of reps."""
    return isinstance(exercise.prescription.amount, Reps | Steps)


class _Resolver:
    """One line and its exercise."""

    def __init__(
        self,
        partial: PartialPrescription,
        exercise: Exercise,
        default: Prescription,
        breath: Ms,
        between: Exercise | None,
    ) -> None:
        self.partial = partial
        self.exercise = exercise
        self.default = default
        self.breath = breath
        self.between = between
        self.warnings: list[Remark] = []
        self.errors: list[Remark] = []
        self.rest = partial.rest
        self.within = partial.rest_within
        self.effort = partial.effort
        self.notes = partial.notes
        self.top = partial.pause_top
        self.every = partial.every
        self.phases = partial.phases
        self.by_side: tuple[Amount, Amount] | None = None
        self.order: str | None = partial.order
        self.first = partial.first
        self.groups = partial.groups
        self.window = partial.window
        self.tempo = default.tempo
        self._doubled = bool(partial.directions) and not self._directions_are_sides

    def run(self) -> Prescribed:
        """Everything, in the order in which it depends on each other."""
        self._efforts_of_travel()
        self._breaths()
        self._hold_or_pause()
        self._pairs()
        self._stretches()
        self._send_off()
        self._directions()
        self.tempo = self._tempo()
        specs = self._specs()
        meant = self._base(specs)
        meant = self._sides(meant)
        meant = self._by_side(meant)
        self._check(meant)
        return Prescribed(meant, tuple(self.warnings), tuple(self.errors))

    # --- before the amounts ---

    def _efforts_of_travel(self) -> None:
        """`R60` of what is not rowed or ridden is a rest, and `tempo` a tempo without figures."""
        if self._runs:
            return
        for effort in self.effort:
            if effort.kind == "rate" and self.rest is None and "-" not in effort.figure:
                self.effort = tuple(one for one in self.effort if one != effort)
                self.rest = round(float(effort.figure) * SECOND)
                text = format_duration(self.rest)
                self.warnings.append((f"{text} is taken as the rest", f"write `rest {text}`"))
            elif effort.kind == "word" and effort.figure == "tempo":
                hint = "write down, pause, up, pause in seconds, like `@2-0-2-0`"
                self.errors.append(("a tempo is missing", hint))

    def _breaths(self) -> None:
        """`4-7-8` of breathing is its phases; so are `@4-4-4-4` and `10x in 4 ...`."""
        breathing = self.exercise.timed == "breaths"
        length = self._breathing_length() if breathing else None
        if breathing and len(self.groups) == 1 and self.phases is None:
            group = self.groups[0]
            figures = [e.amount.low for e in group.entries if isinstance(e.amount, BareCount)]
            if len(figures) == len(group.entries) and len(figures) in (3, 4):
                lengths = [figure * SECOND for figure in figures]
                self.phases = BreathPhases(*lengths)
                count = BareCount(group.times, group.times) if group.times else None
                self.groups = (Group((Entry(count),)),) if count else ()
        if breathing and self.phases is None and self.partial.tempo is not None:
            down, bottom, up, top = self.partial.tempo
            self.phases = BreathPhases(down, bottom, up, top)
        if self.phases is None:
            return
        if length is not None:
            self.groups = (length,)
        sets = self.partial.sets
        if not self.groups and sets:
            self.groups = (Group((Entry(BareCount(sets, sets)),)),)
        elif not self.groups:
            self.groups = (Group((Entry(_raw(self.default.amount)),)),)

    def _breathing_length(self) -> Group | None:
        """`for 5 min` behind the phases of `4-4-4-4 for 5 min`, taken out of the amounts."""
        if len(self.groups) != 2:
            return None
        last = self.groups[1]
        amount = last.entries[0].amount
        if len(last.entries) > 1 or not isinstance(amount, Timed | BareTime | Breaths | Rounds):
            return None
        self.groups = self.groups[:1]
        return last

    def _hold_or_pause(self) -> None:
        """`10 reps, hold 5s` and `10x5s`: pauses at the top of what is counted, else holds."""
        if len(self.groups) != 1 or len(self.groups[0].entries) != 1:
            return
        group, entry = self.groups[0], self.groups[0].entries[0]
        amount, hold = entry.amount, self.partial.hold
        if hold is not None and isinstance(amount, BareCount | Reps):
            if self.exercise.timed == "hold" and group.times is None:
                self._regroup(entry._replace(amount=Hold(hold, hold)), amount.low)
            else:
                self._pause_at_top(hold)
            return
        if not isinstance(amount, BareTime | Hold) or not is_counted(self.exercise):
            return
        if group.times is None or amount.high > TOP_HOLD or self.exercise.timed == "hold":
            return
        self._pause_at_top(amount.low)
        reps = group.times
        self._regroup(entry._replace(amount=Reps(reps, reps)), None)
        text = format_duration(amount.low)
        self.warnings.append(
            (
                f"taken as {reps} reps with {text} at the top of each",
                f"for sets of work write `{reps}x for {text}`",
            )
        )

    def _pause_at_top(self, ms: Ms) -> None:
        if self.top is not None:
            self.errors.append(("the pause at the top is named twice", ""))
        self.top = ms

    def _regroup(self, entry: Entry, times: int | None) -> None:
        self.groups = (Group((entry,), times),)

    def _pairs(self) -> None:
        """`5/5` for each side, `30/30` seconds of work and rest."""
        for group in self.groups:
            for entry in group.entries:
                if isinstance(entry.amount, Pair | Sided) and (
                    len(self.groups) > 1 or len(group.entries) > 1
                ):
                    self.errors.append(("a pair of amounts stands alone", "write two items"))
                    self.groups = ()
                    return
        if len(self.groups) == 1 and isinstance(self.groups[0].entries[0].amount, Pair):
            self._pair(self.groups[0].entries[0], self.groups[0].entries[0].amount)
        elif len(self.groups) == 1 and isinstance(self.groups[0].entries[0].amount, Sided):
            entry, sided = self.groups[0].entries[0], self.groups[0].entries[0].amount
            self.order, self.first = "each", self.partial.first or sided.first
            if sided.left != sided.right:
                left, right = (self._amount(side) for side in (sided.left, sided.right))
                self.by_side = (left, right)
            self._regroup(entry._replace(amount=sided.left), self.groups[0].times)

    def _pair(self, entry: Entry, pair: Pair) -> None:
        left, right, times = pair.left, pair.right, self.groups[0].times
        held = self.exercise.timed == "hold"
        sided = self.default.sides.order != "together"
        if isinstance(left, BareTime) and isinstance(right, BareTime):
            if left == right and sided:
                self.order = "each"
                self._regroup(entry._replace(amount=left), times)
            else:
                self._on_off(entry, left.low, right.low, times)
            return
        equal = left == right
        if equal and (sided or (left.low < SIDE_REPS and not held)):
            self.order = self.partial.order or "each"
            amount: RawAmount = left
            if held:
                amount = BareTime(left.low * SECOND, left.low * SECOND)
            self._regroup(entry._replace(amount=amount), times)
        elif (held or left.low >= SIDE_REPS) and not (self._runs and left.low >= 100):
            self._on_off(entry, left.low * SECOND, right.low * SECOND, times)
        else:
            self.errors.append(
                (
                    f"`{left.low}/{right.low}` may be two sides, or work and rest",
                    f"write `{left.low} left, {right.low} right`"
                    f" or `{left.low}s on, {right.low}s off`",
                )
            )
            self._regroup(entry._replace(amount=left), times)

    @property
    def _runs(self) -> bool:
        return self.exercise.travels == "own pace"

    def _on_off(self, entry: Entry, work: Ms, off: Ms, times: int | None) -> None:
        if self.rest is not None:
            self.errors.append(("the rest is named twice", ""))
        self.rest = off
        if times is None and self.partial.sets is None:
            message = "a rest between the sets of one set never comes"
            hint = "the rest after an exercise is `- rest: 60s` on a line of its own"
            self.warnings.append((message, hint))
        self._regroup(entry._replace(amount=BareTime(work, work)), times)

    def _stretches(self) -> None:
        """Refuse `run: 10 min easy, 6x30s`: parts of several kinds, and nothing between them."""
        timed = all(isinstance(e.amount, BareTime) for g in self.groups for e in g.entries)
        rests = self.rest is not None or bool(self.partial.rests) or self.every is not None
        if self._runs and timed and not rests and len({g.times for g in self.groups}) > 1:
            hint = f"write an item for each part, like `{self.exercise.name.lower()}: 10 min easy`"
            self.errors.append(("nothing says what is between the parts", hint))

    def _send_off(self) -> None:
        """`@ 1:10`: a pace of what is measured in km or miles, else from start to start."""
        at = self.partial.at_time
        if at is None:
            return
        units = {
            entry.amount.unit
            for group in self.groups
            for entry in group.entries
            if isinstance(entry.amount, BareDistance)
        }
        unit = next((one for one in ("km", "mi") if one in units), "")
        if not unit and self._rests_too():
            self.window = at  # `4x800 m @ 3:20, 2 min jog`: how long each takes
            return
        if not unit:
            self.every = at
            return
        minutes, rest = divmod(at, MINUTE)
        pace = Effort("pace", f"{minutes}:{rest // SECOND:02}", unit)
        self.effort = (*self.effort, pace)

    def _rests_too(self) -> bool:
        """Whether the line names rests as well, so that a time behind `@` is that of the work."""
        partial = self.partial
        return partial.rest is not None or bool(partial.rests) or partial.rest_distance is not None

    @property
    def _directions_are_sides(self) -> bool:
        """True if `each way` of what has sides is each side; a circle is drawn both ways round."""
        sided = self.default.sides.order != "together" and self.order is None
        return bool(self.partial.directions) and sided and "circle" not in self.exercise.key

    def _directions(self) -> None:
        """`each direction` is twice as many sets, one each way."""
        words = self.partial.directions
        if not words:
            return
        if self._directions_are_sides:
            self.order = "each"
            return
        self.notes = (*self.notes, words)

    # --- tempo ---

    def _tempo(self) -> Tempo:
        """The default's, or the written one; a phase or a pause replaces that of its name."""
        partial = self.partial
        tempo = partial.tempo or self.default.tempo
        slow = any(one.kind == "word" and one.figure == "slow" for one in self.effort)
        if slow and partial.tempo is None:
            tempo = tempo._replace(down=tempo.down * 2, up=tempo.up * 2)
        down, up, bottom = partial.down, partial.up, partial.pause_bottom
        if partial.pause is not None:
            place = "bottom" if self.exercise.starts == "top" else "top"
            text = format_duration(partial.pause)
            if place == "bottom":
                bottom = partial.pause if bottom is None else bottom
            else:
                self.top = partial.pause if self.top is None else self.top
            other = "top" if place == "bottom" else "bottom"
            message = f"taken as a pause at the {place}"
            self.warnings.append((message, f"write `pause {text} at {place}` or `at {other}`"))
        return Tempo(
            tempo.down if down is None else down,
            tempo.bottom if bottom is None else bottom,
            tempo.up if up is None else up,
            tempo.top if self.top is None else self.top,
        )

    def _announced(self) -> frozenset[Literal["tempo", "top", "bottom"]]:
        """What of the tempo the line has written, or the default has as a pause."""
        partial = self.partial
        if partial.tempo or partial.down is not None or partial.up is not None:
            return frozenset({"tempo"})
        said: set[Literal["tempo", "top", "bottom"]] = set(self.default.announced)
        if self.top is not None:
            said.add("top")
        if partial.pause_bottom is not None or (
            partial.pause is not None and self.exercise.starts == "top"
        ):
            said.add("bottom")
        return frozenset(said)

    # --- amounts ---

    def _amount(self, raw: RawAmount, sets: bool = False) -> Amount:
        """One amount, decided. `sets`: it has a number of sets."""
        match raw:
            case BareCount(low, high):
                return self._bare_count(low, high)
            case BareTime(low, high):
                return self._bare_time(low, high)
            case BareDistance():
                return self._distance(raw, sets)
            case Rounds(count):
                return self._counted(count, count)
            case Pair(left, _) | Sided(left, _):
                return self._amount(left)
            case Reps(low, high):
                return self._counted(low, high)
            case Timed(low, _) | Hold(low, _):
                if self.phases is not None:
                    return self._breaths_for(low)
                return raw
            case Breaths(low, high, every):
                length = self.breath if every == USUAL_BREATH else every
                return Breaths(low, high, length, self.phases)
            case Open():
                return self._open(raw)
            case _:
                return raw

    def _counted(self, low: int, high: int) -> Amount:
        if self.window is not None:
            return Open(self.window, total=high)
        if self.phases is not None or self.exercise.timed == "breaths":
            return Breaths(low, high, self.breath, self.phases or self._own_phases())
        if self.partial.total and not self._sided:
            beat = self.tempo.beat
            return Open(self._estimate(high * beat * 2), total=high)
        return Reps(low, high)

    @property
    def _sided(self) -> bool:
        """True if `total` counts both sides: where there are sides at all."""
        order = self.order or self.default.sides.order
        return order not in ("together", "one")

    def _own_phases(self) -> BreathPhases | None:
        own = self.default.amount
        return own.phases if isinstance(own, Breaths) else None

    def _bare_count(self, low: int, high: int) -> Amount:
        if not self._runs:
            if high > MOST_REPS:
                self.errors.append((f"`{high}` is more than {MOST_REPS} reps", ""))
                return Reps(1, 1)
            return self._counted(low, high)
        if low >= LEAST_METRES:
            return self._distance(BareDistance(f"{low}", f"{high}", "m"), True)
        name = self.exercise.name
        self.errors.append(
            (f"{name} is no number of reps: `{low}` of what?", f"write `{low} min` or `{low} km`")
        )
        return Reps(low, high)

    def _bare_time(self, low: Ms, high: Ms) -> Amount:
        if self.phases is not None or self.exercise.timed == "breaths":
            return self._breaths_for(low)
        if self.exercise.timed == "hold":
            return Hold(low, high)
        return Timed(low, high)

    def _breaths_for(self, length: Ms) -> Breaths:
        """As many whole breaths as fit best."""
        phases = self.phases or self._own_phases()
        count = max(1, round(length / (phases.lasts if phases else self.breath)))
        return Breaths(count, count, self.breath, phases)

    def _distance(self, raw: BareDistance, sets: bool) -> Amount:
        """Carried, at one's own pace, or minutes after all."""
        distance = Distance(raw.low, raw.unit)
        lasts = distance.mm * SECOND // max(1, self.exercise.speed)
        minutes = float(raw.low) * MINUTE
        goes = bool(self.exercise.travels)
        still = not goes and minutes <= STILL
        unlikely = raw.minutes and not sets and (still or (goes and lasts < SHORTEST_DISTANCE))
        if unlikely and minutes <= LONGEST_DURATION and minutes % SECOND == 0:
            message = f"`{raw.low} m` is taken as minutes"
            self.warnings.append((message, f"write `{raw.low} min`, or `{raw.low} metres`"))
            return self._bare_time(int(minutes), round(float(raw.high) * MINUTE))
        if not goes:
            name = self.exercise.name
            hint = "write reps or a time, like `12` or `40s`"
            hint = f"for minutes write `{raw.low} min`" if raw.minutes else hint
            self.errors.append((f"{name} covers no distance", hint))
            return Reps(1, 1)
        if self.exercise.travels == "carry":
            return self._carry(raw)
        if raw.minutes and distance.mm < SPRINT_METRES * 1_000:
            message = f"`{raw.low} m` is taken as metres"
            self.warnings.append((message, f"for minutes write `{raw.low} min`"))
        if raw.low != raw.high:
            message = f"of `{raw.low}-{raw.high} {raw.unit}` the low end is taken"
            self.warnings.append((message, ""))
        pace = self._pace(distance)
        window = self.window or pace or self._estimate(round(lasts * PLENTY))
        return Open(window, distance=distance)

    def _carry(self, raw: BareDistance) -> Amount:
        if self.window is not None:
            return Open(self.window, distance=Distance(raw.low, raw.unit))
        return make_carry(raw, back=False)

    def _pace(self, distance: Distance) -> Ms | None:
        """How long a distance takes at the written pace, exactly."""
        for effort in self.effort:
            if effort.kind == "pace":
                minutes, _, seconds = effort.figure.partition(":")
                time = int(minutes) * MINUTE + round(float(seconds or 0) * SECOND)
                figure, _, unit = effort.unit.rpartition(" ")
                whole = Distance(figure or "1", unit)  # type: ignore[arg-type]
                return round(time * distance.mm / whole.mm)
        return None

    def _open(self, raw: Open) -> Open:
        """Open work with the window that was written, or one that is worked out."""
        if raw.window or self.window is not None:
            return _with_window(raw, raw.window or self.window or 0)
        beat = self.tempo.beat
        if raw.at_least:
            return _with_window(raw, self._estimate(raw.at_least * beat * 3 // 2))
        if raw.total:
            return _with_window(raw, self._estimate(raw.total * beat * 2))
        if raw.calories:
            return _with_window(raw, self._estimate(raw.calories * CALORIE))
        return _with_window(raw, self._estimate(MAX_WINDOW))

    def _estimate(self, ms: Ms) -> Ms:
        """A window for work that may last `ms`; it ends before the next send-off."""
        window = max(WINDOW_STEP, round_up(ms, WINDOW_STEP))
        if self.every is not None and window >= self.every:
            return max(WINDOW_STEP, (self.every - WINDOW_STEP) // WINDOW_STEP * WINDOW_STEP)
        return window

    # --- sets ---

    def _specs(self) -> list[SetSpec]:
        """Every set by itself; empty if the line has no amount."""
        specs: list[SetSpec] = []
        for group in self.groups:
            specs += self._of_group(group)
        if self.partial.drop_set:
            specs = self._dropped(specs)
        specs = self._drop_by_load(specs)
        for number, rest in enumerate(self.partial.rests[: len(specs)]):
            specs[number] = specs[number]._replace(rest=rest)
        if self._doubled:
            specs = [spec for spec in specs for _ in range(2)]
        if len(specs) > MOST_SETS:
            self.errors.append((f"{len(specs)} sets are more than {MOST_SETS}", ""))
            specs = specs[:MOST_SETS]
        return specs

    def _of_group(self, group: Group) -> list[SetSpec]:
        times = group.times or 1
        many = bool(group.times) or len(group.entries) > 1 or len(self.groups) > 1
        if len(group.entries) == 1 and isinstance(group.entries[0].amount, Rounds):
            return self._rounds(group.entries[0].amount.count)
        entries = [self._spec(entry, many) for entry in group.entries]
        if len(entries) == 1:
            return self._last_open(group.entries[0], entries * times)
        if group.form == "plus":
            return self._plus(entries) * times
        if group.form == "each":
            return entries
        if self.within is None:
            return entries * times
        return self._parts(entries, self.within, self.rest) * times

    def _spec(self, entry: Entry, sets: bool) -> SetSpec:
        return SetSpec(self._amount(entry.amount, sets), entry.load, entry.effort)

    def _rounds(self, count: int) -> list[SetSpec]:
        """`10 rounds`: reps of what is counted, sets of what is timed."""
        if is_counted(self.exercise) or self.exercise.timed == "breaths":
            return [SetSpec(self._counted(count, count))]
        return [SetSpec(self.default.amount)] * min(count, MOST_SETS)

    def _last_open(self, entry: Entry, specs: list[SetSpec]) -> list[SetSpec]:
        """`3x8+`: only the last set is open."""
        amount = entry.amount
        if not (isinstance(amount, Open) and amount.at_least and len(specs) > 1):
            return specs
        before = self._counted(amount.at_least, amount.at_least)
        return [*(spec._replace(amount=before) for spec in specs[:-1]), specs[-1]]

    def _plus(self, entries: list[SetSpec]) -> list[SetSpec]:
        """`15+4+4`: rest-pause where there is a rest, else one set of them all."""
        within = self.rest if self.within is None else self.within
        if within is not None:
            return self._parts(entries, within, None if self.within is None else self.rest)
        counts = [spec.amount.high for spec in entries if isinstance(spec.amount, Reps)]
        self.notes = (*self.notes, " plus ".join(map(str, counts)))
        return [entries[0]._replace(amount=Reps(sum(counts), sum(counts)))]

    def _parts(self, entries: list[SetSpec], within: Ms, after: Ms | None) -> list[SetSpec]:
        """Parts of one set, with a short rest between them."""
        many = len(entries)
        return [
            spec._replace(rest=within if part < many else after, part=part, parts=many)
            for part, spec in enumerate(entries, 1)
        ]

    def _dropped(self, specs: list[SetSpec]) -> list[SetSpec]:
        """`3x10 + drop set`: behind the last set as many as possible with less weight."""
        if not specs:
            amount, sets = self.default.amount, self.partial.sets or self.default.sets
            specs = [SetSpec(amount)] * sets
        last = specs[-1]._replace(rest=DROP_REST, part=1, parts=2)
        lighter = SetSpec(Open(self.window or MAX_WINDOW), part=2, parts=2, lighter=True)
        return [*specs[:-1], last, lighter]

    def _drop_by_load(self, specs: list[SetSpec]) -> list[SetSpec]:
        """`10 @ 20kg, 8 @ 15kg, rest 0`: a drop set, its weights falling without a rest."""
        if (
            len(specs) < 2
            or self.rest is None
            or self.rest > DROP_REST
            or any(s.parts for s in specs)
        ):
            return specs
        weights = [_total_weight(spec.load) for spec in specs]
        falling = all(
            low is not None and high is not None and low > high for low, high in pairwise(weights)
        )
        if not falling:
            return specs
        made = self._parts(specs, self.rest, None)
        return [made[0], *(spec._replace(lighter=True) for spec in made[1:])]

    # --- the whole ---

    def _base(self, specs: list[SetSpec]) -> Prescription:
        """The prescription without its sides."""
        partial, default = self.partial, self.default
        base = default
        sets = partial.sets or default.sets
        by_set: tuple[SetSpec, ...] = default.by_set
        if specs:
            base = Prescription(specs[0].amount, sides=default.sides)
            sets = len(specs)
            by_set = () if _are_equal_sets(specs) else tuple(specs)
            if not by_set:
                base = base._replace(load=specs[0].load, effort=specs[0].effort)
        elif partial.sets and by_set:
            by_set = default.with_sets(partial.sets).by_set
        rest = self.rest if self.rest is not None else self._rest_by_distance()
        if by_set and any(spec.parts for spec in by_set) and self.within is None:
            rest = None  # it stands within the parts
        return base._replace(
            sets=sets * (2 if self._doubled and not specs else 1),
            tempo=self.tempo,
            finisher=partial.finisher or base.finisher,
            load=partial.load or base.load,
            rest=base.rest if rest is None else rest,
            effort=self.effort or base.effort,
            notes=self.notes or base.notes,
            by_set=by_set,
            announced=self._announced(),
            every=self.every or base.every,
            rest_exercise=self.between or base.rest_exercise,
        )

    def _rest_by_distance(self) -> Ms | None:
        """`200m jog`: as long as that takes at the usual pace, rounded up to 5 s."""
        raw = self.partial.rest_distance
        if raw is None:
            return None
        speed = (self.between or self.exercise).speed
        return round_up(Distance(raw.low, raw.unit).mm * SECOND // speed, WINDOW_STEP)

    def _sides(self, meant: Prescription) -> Prescription:
        """How the sides take turns, and whether the amount counts both."""
        partial, own = self.partial, self.default.sides
        first = self.first or own.first
        has = own.order != "together"
        order = self.order
        steps = isinstance(meant.amount, Steps)
        in_all = partial.in_all or (partial.total and self._sided)
        sides = own._replace(first=first)
        if partial.has_amount:
            sides = sides._replace(in_all=False)
        match order:
            case "one":
                sides = Sides("one", first)
            case "together":
                sides = Sides("together", first)
            case "both":
                sides = self._both(sides, has)
            case "alternating":
                sides = Sides("alternating", first, partial.has_amount)
            case "each alternating":
                sides = Sides("alternating", first)
                meant = self._of_both_sides(meant)
            case "each" if own.order == "alternating" and isinstance(meant.amount, Timed):
                sides = Sides("alternating", first)
                meant = self._of_both_sides(meant)
            case "each":
                walked = steps and own.order == "alternating"
                # Nobody walks ten steps on one leg: `each leg` says how many.
                sides = Sides("alternating" if walked else "each", first)
            case _:
                if partial.has_amount and steps and has:
                    sides = Sides("alternating", first, True)
                    self._tell_steps(meant.amount)
        if in_all and sides.order != "together":
            if order is None and own.order == "each" and not steps:
                return self._halved(meant, sides)
            sides = sides._replace(order="alternating", in_all=True)
        if sides.order == "alternating" and isinstance(meant.amount, Timed | Hold):
            sides = sides._replace(in_all=True)  # time is never counted for each side
        self._tell_in_all(meant, sides)
        return meant._replace(sides=sides)

    def _of_both_sides(self, meant: Prescription) -> Prescription:
        """`30s per side` of what alternates is one stretch of a minute."""
        if not self.partial.has_amount:
            return meant

        def double(amount: Amount) -> Amount:
            if not isinstance(amount, Timed | Hold):
                return amount
            return type(amount)(2 * amount.low, 2 * amount.high)

        return meant.map_amounts(double)

    def _both(self, sides: Sides, has: bool) -> Sides:
        """`both sides`: each of them where the exercise has sides."""
        if not has:
            return Sides("together", sides.first)
        hint = "write `per side`, or `both sides together` to leave none out"
        self.warnings.append(("`both sides` is taken as each side", hint))
        return sides

    def _halved(self, meant: Prescription, sides: Sides) -> Prescription:
        """`20 in all` where a whole side follows the other: half for each."""
        amount = meant.amount
        if isinstance(amount, Reps):
            more, less = (amount.high + 1) // 2, max(1, amount.high // 2)
            both = (Reps(more, more), Reps(less, less))
            ordered = both if sides.first == "left" else both[::-1]
            if more != less:
                self.by_side = ordered
            meant = meant._replace(amount=ordered[0])
        return meant._replace(sides=sides)

    def _tell_steps(self, amount: Amount) -> None:
        if isinstance(amount, Steps):
            text = f"{amount.low}" if amount.low == amount.high else f"{amount.low}-{amount.high}"
            message = f"{text} steps are taken as both legs together"
            self.warnings.append((message, f"for each leg write `{text} steps per leg`"))

    def _tell_in_all(self, meant: Prescription, sides: Sides) -> None:
        """A bare number of what alternates: a side or in all, both are usual."""
        named = self.partial.order or self.partial.in_all or self.partial.total
        if named or not self.partial.has_amount or meant.by_set:
            return
        amount = meant.amount
        if sides.order != "alternating" or sides.in_all or not isinstance(amount, Reps):
            return
        text = f"{amount.low}"
        if amount.low == amount.high >= IN_ALL_REPS and amount.low % 2 == 0:
            hint = f"write `{text} per side`, or `{text} in all`"
            self.warnings.append((f"{text} is taken as the number for each side", hint))

    def _by_side(self, meant: Prescription) -> Prescription:
        if self.by_side is None:
            return meant
        return meant._replace(by_side=self.by_side)

    def _check(self, meant: Prescription) -> None:
        """What can only be seen when a line and its exercise have come together."""
        amounts = meant.amounts
        if meant.finisher and not all(isinstance(one, Reps) for one in amounts):
            self.errors.append(("pulses follow reps, and here are none", "give it reps, like `12`"))
        if meant.paced and meant.tempo.beat < SHORTEST_REP:
            beat = format_duration(meant.tempo.beat)
            message = f"a rep of {beat} is too short to be counted"
            self.errors.append((message, "give it a longer tempo"))
        if meant.every is not None and self.partial.rest is not None:
            message = "a rest and a time from start to start contradict each other"
            self.errors.append((message, "the rest is what remains: leave it out"))
        timed = [one for one in amounts if isinstance(one, Hold | Timed)]
        if any(isinstance(one, Timed) for one in amounts) and any(
            isinstance(one, Reps) for one in amounts
        ):
            self.errors.append(("the amount is named twice", "write two items"))
        if self.window is not None and timed and not self.phases:
            self.errors.append(("the time is named twice", "write one of them"))


def _are_equal_sets(specs: Sequence[SetSpec]) -> bool:
    """True if all sets are the same and stand for themselves."""
    return all(spec == specs[0] for spec in specs) and specs[0].parts == 0 and specs[0].rest is None


def _with_window(amount: Open, window: Ms) -> Open:
    return Open(window, amount.at_least, amount.total, amount.distance, amount.calories)


def _total_weight(load: Load | None) -> float | None:
    return float(load.weight.split("-")[0]) * load.count if load else None


def _raw(amount: Amount) -> RawAmount:
    """A settled amount as a line would have it, to be counted in breaths."""
    return BareCount(amount.low, amount.high) if isinstance(amount, Reps) else amount
