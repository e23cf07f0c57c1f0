"""From the facts of an item to its line in the notation, and what of it is a guess.

The line is written in the words of the notation and read by its parser: no amount is parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from audioworkout.importing.item_doubts import find_item_doubts
from audioworkout.importing.outline import AMOUNT_FIELDS, Doubt, Item
from audioworkout.importing.phrases import Fact
from audioworkout.model.exercise import Exercise, Hold
from audioworkout.notation import NotationError, PartialPrescription, parse_duration, parse_line
from audioworkout.units import SECOND, Ms

LONGEST_SHORT_HOLD: Ms = 15 * SECOND
"""A longer hold is no pause within a rep."""


SHORTEST_SET: Ms = 5 * SECOND
"""A shorter time is part of a rep."""


_CONTESTED = {
    "reps": "amount",
    "times": "amount",
    "time": "amount",
    "hold": "amount",
    "count": "amount",
    "list": "amount",
    "sets": "sets",
    "rest": "rest",
    "rest_sets": "rest",
    "load": "load",
}
"""Fields of which a source may say several values, and which field of the line is unsure then."""


_COUNTED = frozenset({"reps", "times", "sets", "more", "more_sets", "count", "list", "max"})
"""Fields one of which tells how often an exercise is done."""
FEWEST_SWAPPED = 12
"""Sets from which on `20 x 2` is taken for two sets of twenty."""
MOST_SWAPPED = 4
HEAVIEST_KG = 40
"""A load without a unit is in kilograms up to this one, and a heavier one in pounds."""


class Composed(NamedTuple):
    """The line of an item and its doubts; `fields` tells what of it the source says."""

    line: str
    doubts: tuple[Doubt, ...]


class ItemContext(NamedTuple):
    """What stands around an item: page-wide facts, and whether rounds or a clock lead it."""

    facts: Mapping[str, Fact]
    in_rounds: bool = False
    clocked: bool = False


def compose_item(item: Item, context: ItemContext, level: str = "") -> Composed:
    """The line of an item."""
    return _Composer(item, context, level).compose()


def low_end(value: str) -> str:
    """The low end of a range: `2-3` is `2`.

    >>> low_end("2-3"), low_end("4")
    ('2', '4')
    """
    return value.split("-")[0]


def middle_time(value: str) -> str:
    """The middle of a range of times, and minutes by their name.

    >>> middle_time("60-90s"), middle_time("2-3 min"), middle_time("2m")
    ('75s', '150s', '2 min')
    """
    match = re.fullmatch(r"(\d+)-(\d+) ?(s|min)", value)
    if match:
        middle = (int(match[1]) + int(match[2])) / 2
        return f"{middle:g}s" if match[3] == "s" else f"{round(middle * 60)}s"
    return re.sub(r"(?<=\d) ?m$", " min", value)


class _Composer:
    def __init__(self, item: Item, context: ItemContext, level: str) -> None:
        self.item = item
        self.context = context
        self.exercise: Exercise | None = item.name.exercise
        self.doubts = list(item.doubts)
        self.page = context.facts
        self.own = self._own_facts(level)
        self._take_told_of_all()

    # --- which facts ---

    def _own_facts(self, level: str) -> dict[str, Fact]:
        facts = list(self.item.facts)
        if self.item.levels:
            wanted = level or (
                "normal" if "normal" in self.item.levels else next(iter(self.item.levels))
            )
            wanted = wanted if wanted in self.item.levels else next(iter(self.item.levels))
            facts = self.item.levels[wanted] + facts
            if not level:
                self._doubt("amount", f"the source has levels; this is the {wanted} one")
        if self.item.weeks:
            facts = self.item.weeks + facts
            self._doubt("amount", "the source grows by week; this is the first")
        found: dict[str, Fact] = {}
        for fact in facts:
            first = found.setdefault(fact.field, fact)
            if fact is first and fact.unsure:
                self._doubt(_CONTESTED.get(fact.field, fact.field), fact.unsure)
            if fact is not first and fact.field in _CONTESTED and fact.value != first.value:
                self._doubt(
                    _CONTESTED[fact.field], f"the source says {first.value} and {fact.value}"
                )
        if (label := found.pop("held_for", None)) is not None:
            counted = not {"reps", "count", "times"}.isdisjoint(found)
            paused = counted and not self._is_long(label.value, LONGEST_SHORT_HOLD)
            name = "pause" if paused else "hold"
            found.setdefault(name, label._replace(field=name))
        if {"each", "work"} & set(self.page) and not set(found) & (AMOUNT_FIELDS - {"steps"}):
            found.pop("steps", None)  # of its description: `Two steps forward, two back.`
        return found

    def _take_told_of_all(self) -> None:
        """Add how often, and on which sides, each exercise is done, where that is told of all.

        `Do each stretch twice on both sides` says so of what is held for a time of its own.
        """
        times = self.page.get("times")
        timed = {"hold", "time"} & set(self.own) and not _COUNTED & set(self.own)
        if times is not None and timed and not self.context.in_rounds:
            self.own["times"] = times
        sides = self.page.get("sides")
        both = self.exercise is not None and self.exercise.prescription.sides.order == "together"
        if sides is None or sides.unsure or {"sides", "only"} & set(self.own):
            return
        if both:
            self._doubt("sides", f"`{sides.value}` is told of all exercises")
        else:
            self.own["sides"] = sides

    def _value(self, field: str) -> str:
        fact = self.own.get(field)
        return fact.value if fact else ""

    def _doubt(self, field: str, reason: str) -> None:
        if not any(one.field == field for one in self.doubts):
            self.doubts.append(Doubt(field, reason))

    # --- the line ---

    def compose(self) -> Composed:
        amount = self._direct() or self._amount()
        clauses = [one for one in self._clauses(amount) if one]
        line = ", ".join([amount, *clauses]) if amount else ", ".join(clauses)
        line = re.sub(", (per|each direction)", r" \1", self._readable(line), count=1)
        for field, reason in find_item_doubts(self.item, self.own, line, _parse_prescription(line)):
            self._doubt(field, reason)
        return Composed(line, tuple(self.doubts))

    def _direct(self) -> str:
        """The line as the source has it, in the sets that are told of all exercises."""
        partial = _parse_prescription(self.item.direct) if self.item.direct else None
        if partial is None:
            return self.item.direct
        sets = (
            self._sets(sure=True)
            if re.match(r"\d+(?:-\d+)?(?! ?[x×]| ?sets|, \d)", self.item.direct)
            else ""
        )
        return self._with_sets(sets, self.item.direct)

    def _readable(self, line: str) -> str:
        """The line without what the notation refuses; each such clause is told as a doubt."""
        parts = line.split(", ") if line else []
        while parts:
            try:
                parse_line(", ".join(parts))
                return ", ".join(parts)
            except NotationError:
                bad = self._bad_part(parts)
                self._doubt(
                    _field_of_clause(parts[bad]), f"`{parts[bad]}` could not be written as a line"
                )
                parts.pop(bad)
        return ""

    @staticmethod
    def _bad_part(parts: list[str]) -> int:
        for n in range(len(parts) - 1, 0, -1):
            try:
                parse_line(", ".join(parts[:n] + parts[n + 1 :]))
                return n
            except NotationError:
                continue
        return len(parts) - 1

    def _amount(self) -> str:
        own = self.own
        sets = self._sets()
        if self._is_swapped():
            return self._with_sets(self._value("reps"), self._value("sets"))
        if "first_two" in own:
            self._doubt("amount", "as many as possible: the window is our guess")
            return ", ".join([self._value("first_two")] * 2 + ["max"])
        if "list" in own:
            figures = re.sub(r"\s*[,/]\s*", "-", self._value("list"))
            count = len(figures.split("-"))
            if sets and count == 3 and sets != "3":
                return f"{sets}x({figures.replace('-', ', ')})"
            return figures.replace("-", ", ")
        if "max" in own and not ("each" in self.page and not {"sets", "reps"} & set(own)):
            window = f", in {self._value('window')}" if "window" in own else ""
            if "time" in own and not window:
                return self._with_sets(sets, f"for {self._value('time')}")
            if "reps" in own:
                return self._with_sets(sets, f"{low_end(self._value('reps'))}+")
            self._doubt("amount", "as many as possible: the window is our guess")
            return self._with_sets(sets, "max") + window
        counted = self._counted(sets)
        if counted:
            return counted
        if "hold" in own:
            return self._with_sets(sets, f"hold {self._value('hold')}")
        if "time" in own:
            return self._with_sets(sets, self._timed(self._value("time")))
        if "clock" in own:
            return self._timed(subtract_clock(self._value("clock")))
        return self._from_page(sets)

    def _is_swapped(self) -> bool:
        """Whether `20 x 2` says the reps first: many sets of few reps are rare."""
        sets, reps = self._value("sets"), self._value("reps")
        if not (sets and reps.isdigit()) or int(low_end(sets)) < FEWEST_SWAPPED:
            return False
        swapped = int(reps) <= MOST_SWAPPED
        if swapped:
            self._doubt("sets", f"{sets} x {reps}: taken for {reps} sets of {sets}")
            self._doubt("amount", f"{sets} x {reps}: taken for {reps} sets of {sets}")
        return swapped

    def _counted(self, sets: str) -> str:
        """Reps, steps, distances and calories, and what a hold beside them means."""
        own = self.own
        hold = self._value("hold")
        reps = self._value("reps")
        times = self._value("times")
        if not reps and times and "count" in own and not hold:
            reps = self._value("count")
        if reps and times and not sets:
            sets, times = low_end(times), ""
            self._doubt("sets", "so many reps, and repeated: taken for sets")
        if not reps and "count" in own and not hold:
            reps = "" if times and int(low_end(times)) > MOST_SWAPPED else self._value("count")
            if reps and times and not sets:
                sets, times = low_end(times), ""
                self._doubt("sets", "so many, and repeated: taken for sets")
        if sets and not ({"sets", "more_sets"} | AMOUNT_FIELDS) & set(own) and "rounds" in own:
            self._doubt("amount", "rounds of an exercise without an amount: taken for reps")
            return self._value("rounds")
        if hold and (times or (reps and self._is_long(hold))) and self._is_long(hold):
            count = low_end(times or reps)
            if not self._is_long(hold, LONGEST_SHORT_HOLD):
                self._doubt("amount", "a short hold, repeated: taken for sets of it")
            elif not times:
                for field in ("amount", "pause"):
                    self._doubt(field, "reps and a hold: taken for sets of the hold")
            if sets and sets != count:
                self._doubt("sets", "holds, repetitions and sets: taken for sets of one hold")
            return self._with_sets(sets if sets and not times else count, f"hold {hold}")
        if "breaths" in own and not reps:
            self._doubt("amount", "a breath is taken as 5 s")
            if "more" in own and not sets:
                times = str(int(low_end(self._value("more"))) + 1)
            return self._with_sets(sets or low_end(times), f"{self._value('breaths')} breaths")
        if times and not reps:
            if "time" in own and not hold and not self._is_moment(self._value("time")):
                return self._with_sets(low_end(times), self._timed(self._value("time")))
            reps = times
        if reps and hold and self._is_long(hold):
            return self._with_sets(sets, f"{reps} reps")
        if reps:
            if "time" in own:
                self._doubt("amount", "the source names reps and a time; the reps are taken")
            if self._counts_steps():
                return self._with_sets(sets, f"{reps} steps")
            return self._with_sets(sets, reps)
        if "distance" in own:
            way = " out and back" if self._walks_back() else ""
            return self._with_sets(sets, f"{_spaced(self._value('distance'))}{way}")
        if "steps" in own:
            return self._with_sets(sets, f"{self._value('steps')} steps")
        if "cal" in own:
            return self._with_sets(sets, f"{low_end(self._value('cal'))} cal")
        if hold and "more" in own:
            return self._with_sets(str(int(low_end(self._value("more"))) + 1), f"hold {hold}")
        if "time" in own and "more" in own:
            count = str(int(low_end(self._value("more"))) + 1)
            return self._with_sets(count, self._timed(self._value("time")))
        if "more" in own:
            self._doubt("amount", "only how often more is told")
            return str(int(low_end(self._value("more"))) + 1)
        return ""

    def _sets(self, *, sure: bool = False) -> str:
        """How many sets; of a range the low end, told.

        `sure`: what is only taken for all exercises is told as a doubt, and not taken.
        """
        value = self._value("sets")
        if not value and "more_sets" in self.own:
            return str(int(low_end(self._value("more_sets"))) + 1)
        if not value and "rounds" in self.own:
            value = self._value("rounds")
            self._doubt("rounds", "rounds told of one exercise: taken for its sets")
        if not value and "more" in self.own and {"reps", "times", "count"} & set(self.own):
            value = str(int(low_end(self._value("more"))) + 1)
        if not value and "times" in self.page and not self.context.in_rounds:
            value = self.page["times"].value if {"hold", "time"} & set(self.page) else ""
        if not value and "sets" in self.page and not self.context.in_rounds:
            unsure = self.page["sets"].unsure
            value = "" if sure and unsure else self.page["sets"].value
            if unsure:
                self._doubt("sets", unsure)
        if "-" in value:
            self._doubt("sets", f"{value} sets: the low end is taken")
        return low_end(value)

    @staticmethod
    def _with_sets(sets: str, amount: str) -> str:
        if not sets or sets == "1":
            return amount
        return f"{sets}x {amount}" if not amount[0].isdigit() else f"{sets}x{amount}"

    def _from_page(self, sets: str) -> str:
        """The amount of all exercises, where the source tells it once."""
        page = self.page
        if self.context.clocked:
            return ""
        counted = [field for field in page if field in ("reps", "times")]
        if {"hold", "time"} & set(page):
            counted = [field for field in counted if field != "times"]
        for field, form in (
            ("each", ""),
            ("work", ""),
            ("list", "{}"),
            *((field, "{}") for field in counted[:1]),
            ("hold", "hold {}"),
            ("time", ""),
        ):
            if field in page:
                value = page[field].value
                if field == "list":
                    value = re.sub(r"\s*[-,]\s*", ", ", value)
                if page[field].unsure:
                    self._doubt("amount", page[field].unsure)
                amount = form.format(value) if form else self._timed(value)
                return self._with_sets(sets, amount)
        default = self.exercise is not None
        self._doubt(
            "amount",
            "the source names no amount: " + ("the exercise's own" if default else "10 reps"),
        )
        if default:
            return f"{sets} sets" if sets and sets != "1" else ""
        return self._with_sets(sets, self._usual())

    def _usual(self) -> str:
        return "hold 30s" if self._is_held() else "10"

    def _timed(self, time: str) -> str:
        held = self._is_held() or "held" in self.own
        return f"hold {time}" if held else f"for {time}"

    def _is_held(self) -> bool:
        if self.exercise is not None:
            return self.exercise.timed == "hold"
        return self.item.name.held

    def _is_long(self, hold: str, least: Ms = 5 * SECOND) -> bool:
        """Whether a hold is a set of its own and no pause within a rep.

        `least`: what a hold must exceed where the exercise is one that is held.
        """
        try:
            lasts = parse_duration(hold.split("-")[-1].strip())
        except NotationError:
            return True
        stretched = self._is_held() and not (
            self.exercise is not None and not isinstance(self.exercise.prescription.amount, Hold)
        )
        return lasts > LONGEST_SHORT_HOLD or (lasts > least and stretched)

    @staticmethod
    def _is_moment(time: str) -> bool:
        """Whether a time is too short for a set of its own: `rise for 2 seconds`."""
        try:
            return parse_duration(time.split("-")[-1].strip()) <= SHORTEST_SET
        except NotationError:
            return False

    def _counts_steps(self) -> bool:
        return "steps" in self.own and "reps" not in self.own

    def _walks_back(self) -> bool:
        return any(
            re.search(r"\b(?:walk|carry|march|go|run) .{0,12}back\b|out and back|turn around", one)
            for one in self.item.told
        )

    # --- the clauses ---

    def _clauses(self, amount: str) -> Iterator[str]:
        partial = _parse_prescription(self.item.direct) if self.item.direct else None
        yield self._sides(amount, partial)
        if "first" in self.own and "sides" in self.own:
            yield self._value("first")
        if "directions" in self.own:
            yield "each direction"
        yield from self._pauses(amount)
        if "tempo" in self.own:
            yield f"@{self._value('tempo')}"
        if "down" in self.own:
            yield self._value("down")
        if "pulses" in self.own:
            yield f"last rep {low_end(self._value('pulses'))} pulses"
        if "load" in self.own:
            load = self._value("load")
            yield load if not load[-1].isdigit() else f"@ {load}"
        if "weight" in self.own and "load" not in self.own:
            weight = float(self._value("weight"))
            unit = "kg" if weight <= HEAVIEST_KG else "lb"
            self._doubt("load", f"{weight:g} has no unit: taken for {unit}")
            yield f"@ {weight:g}{unit}"
        if "rpe" in self.own:
            yield f"RPE {self._value('rpe')}"
        if "rir" in self.own:
            yield f"{low_end(self._value('rir'))} RIR"
        if "percent" in self.own:
            yield self._value("percent").replace(" ", "")
        yield self._rest(partial)
        if "note" in self.own and amount and self.item.name.exercise is not None:
            yield f'"{self._value("note")}"'

    def _pauses(self, amount: str) -> Iterator[str]:
        own = self.own
        counts = bool(re.search(r"\d", amount)) and "hold" not in amount and "for" not in amount
        if "pause" in own and "hold" not in amount:
            pause = _high_time(self._value("pause"))
            yield f"pause {pause} at {self._value('where') or 'top'}"
        elif "hold" in own and counts and not self._is_long(self._value("hold")):
            yield f"pause {_high_time(self._value('hold'))} at top"
        elif counts and "rest" in own and self._is_moment(self._value("rest")):
            yield f"pause {_high_time(self._value('rest'))} at {self._value('where') or 'top'}"
        elif "vague" in own and counts and not self._pauses_itself():
            yield f"pause 1s at {self._value('where') or 'top'}"
            self._doubt("pause", "a pause without its length: taken as 1 s")

    def _pauses_itself(self) -> bool:
        if self.exercise is None:
            return False
        tempo = self.exercise.prescription.tempo
        return bool(tempo.top or tempo.bottom)

    def _sides(self, amount: str, partial: PartialPrescription | None) -> str:
        if partial is not None and partial.order is not None:
            return ""
        if "only" in self.own:
            return f"{self._value('only')} only"
        if self.item.name.side and "sides" not in self.own:
            return f"{self.item.name.side} only"
        sides = self._value("sides") or ("" if _is_walk(amount) else self._value("switch"))
        alternating = "alternating" in self.own or self.item.name.alternating
        if "alternating" in self.own and not self._turns_in_description():
            sides = self._value("sides")  # an order to take turns says more than a step
        default = self.exercise.prescription.sides.order if self.exercise else "together"
        if not sides and not alternating and "sides" in self.page and default == "together":
            if self.exercise is None and amount and not _is_walk(amount):
                return self.page["sides"].value
            self._doubt("sides", "the source tells sides of all exercises")
        if not sides and not alternating:
            if not _is_walk(amount):
                self._doubt_sides()
            return ""
        if sides and alternating and self._turns_in_description():
            self._doubt("sides", "that the sides take turns is told in the description alone")
        if sides and (alternating or (default == "alternating" and self._takes_turns())):
            return f"{sides}, alternating"
        if sides:
            if "sides" not in self.own and not amount:
                return ""
            return sides
        return "alternating" if "for" not in amount and "hold" not in amount else ""

    def _takes_turns(self) -> bool:
        """Whether the description lets the sides take turns rep by rep: right, then left."""
        if "switch" in self.own and "sides" not in self.own:
            return False
        told = " ".join(self.item.told)
        return "left" in told and "right" in told and "first" not in self.own

    def _turns_in_description(self) -> bool:
        """Whether only a sentence without an amount lets the sides take turns."""
        fact = self.own.get("alternating")
        return fact is not None and not any(
            "alternating" in one and re.search(r"\d", one) for one in self.item.told
        )

    def _doubt_sides(self) -> None:
        """A name of one side without a word of the other leaves the sides open."""
        if self.exercise is None and self.item.name.one_sided:
            self._doubt("sides", "its name tells of one side, and nothing is told of the other")

    def _rest(self, partial: PartialPrescription | None) -> str:
        if partial is not None and partial.rest is not None:
            return ""
        value = self._value("rest_sets") or self._value("rest")
        if not value or ("rest_sets" not in self.own and self._is_moment(value)):
            return ""
        if "-" in value:
            self._doubt("rest", f"a rest of {value}: the middle is taken")
        return f"rest {middle_time(value)}"


def _is_walk(amount: str) -> bool:
    """Whether an amount is a distance, on which the legs change by themselves."""
    return bool(re.search(r"\d (?:ft|m|yd|km|mi)\b", amount))


def _parse_prescription(line: str) -> PartialPrescription | None:
    try:
        return parse_line(line)
    except NotationError:
        return None


def _high_time(time: str) -> str:
    """The high end of a range of times: `1-2s` is `2s`."""
    return re.sub(r"^[\d.]+-", "", time)


def _spaced(distance: str) -> str:
    """`400m` as `400 m`."""
    return re.sub(r"(?<=\d) ?(?=[a-z])", " ", distance)


def subtract_clock(clock: str) -> str:
    """The time between two moments of a clock: `3:00-3:30` is `30s`."""
    start, end = (parse_duration(one) for one in clock.split("-"))
    return f"{(end - start) // SECOND}s"


def _field_of_clause(clause: str) -> str:
    """The field of an item that a clause belongs to."""
    for field, pattern in (
        ("rest", "rest"),
        ("sides", "per |alternating|left|right|side"),
        ("pause", "pause"),
        ("tempo", "@"),
        ("pulses", "pulses"),
        ("load", "kg|lb"),
    ):
        if re.search(pattern, clause):
            return field
    return "amount"
