"""The prescription line, both ways, and what is said about lines that cannot be read."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout import notation
from audioworkout.model.exercise import (
    BreathPhases,
    Breaths,
    Carry,
    Effort,
    Finisher,
    Hold,
    Load,
    Open,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation import (
    Entry,
    Group,
    NotationError,
    PartialPrescription,
    format_line,
    parse_line,
    reads_as_line,
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


def one(amount: RawAmount, times: int | None = None) -> tuple[Group, ...]:
    """The groups of a line with one amount."""
    return (Group((Entry(amount),), times),)


MEANS = [
    ("12", PartialPrescription(one(BareCount(12, 12)))),
    ("12-15 reps", PartialPrescription(one(Reps(12, 15)))),
    ("3x40s", PartialPrescription(one(BareTime(40_000, 40_000), 3))),
    ("hold 40s", PartialPrescription(one(Hold(40_000, 40_000)))),
    ("for 1-2 min", PartialPrescription(one(Timed(60_000, 120_000)))),
    ("400 m", PartialPrescription(one(BareDistance("400", "400", "m", True)))),
    ("1,5 km", PartialPrescription(one(BareDistance("1.5", "1.5", "km")))),
    ("50-100 feet out and back", PartialPrescription(one(Carry(50, 100, "ft", True)))),
    ("10 steps", PartialPrescription(one(Steps(10, 10)))),
    ("5 breaths", PartialPrescription(one(Breaths(5, 5)))),
    ("30/30", PartialPrescription(one(Pair(BareCount(30, 30), BareCount(30, 30))))),
    ("5L/4R", PartialPrescription(one(Sided(BareCount(5, 5), BareCount(4, 4))))),
    ("10 rounds", PartialPrescription(one(Rounds(10)))),
    ("max in 45s", PartialPrescription(one(Open(0)), window=45_000)),
    ("5+", PartialPrescription(one(Open(0, at_least=5)))),
    ("20 cal", PartialPrescription(one(Open(0, calories=20)))),
    ("50 total", PartialPrescription(one(BareCount(50, 50)), total=True)),
    (
        "12, 10, 8",
        PartialPrescription((Group(tuple(Entry(BareCount(n, n)) for n in (12, 10, 8))),)),
    ),
    (
        "3x 1-2-3",
        PartialPrescription(
            (Group(tuple(Entry(BareCount(n, n)) for n in (1, 2, 3)), 3, "repeat"),)
        ),
    ),
    (
        "15+4+4, rest 15s",
        PartialPrescription(
            (Group(tuple(Entry(BareCount(n, n)) for n in (15, 4, 4)), None, "plus"),), rest=15_000
        ),
    ),
    (
        "in 4, hold 7, out 8",
        PartialPrescription(phases=BreathPhases(4_000, 7_000, 8_000)),
    ),
    (
        "rest 60s, @2-0-2-0, 3 sets of 8 to 10 per leg + 10 pulses with 2x8kg dumbbells",
        PartialPrescription(
            one(BareCount(8, 10), 3),
            order="each",
            limb="leg",
            tempo=Tempo(2_000, 0, 2_000, 0),
            finisher=Finisher(10),
            load=Load("8", "kg", 2, "dumbbell"),
            rest=60_000,
        ),
    ),
    (
        '12, pause 1s at top, RPE 8, "yellow band", left first',
        PartialPrescription(
            one(BareCount(12, 12)),
            first="left",
            pause_top=1_000,
            effort=(Effort("rpe", "8"),),
            notes=("yellow band",),
        ),
    ),
    ("", PartialPrescription()),
]


@pytest.mark.parametrize(("text", "partial"), MEANS, ids=[text for text, _ in MEANS])
def test_what_a_line_says(text: str, partial: PartialPrescription) -> None:
    assert parse_line(text) == partial


SPELLINGS: dict[str, tuple[str, ...]] = {
    "12": (
        "012",
        "12",
        "twelve",
    ),
    "12 reps": (
        "12 reps",
        "12x",
        "12 Reps",
        "12 times",
    ),
    "12-15": (
        "12-15",
        "12 - 15",
        "12–15",
        "12 to 15",
        "twelve to fifteen",
    ),
    "3x12": (
        "3x12",
        "3 x 12",
        "3×12",
        "3X12",
        "3 sets of 12",
        "three sets of twelve",
        "12 x 3 sets",
        "3 rounds of 12",
        "3 sets x 12",
        "3-4 x 12",
    ),
    "3x12 reps": (
        "12 reps x 3 sets",
        "12 reps for 3 sets",
        "3 x 12 reps",
    ),
    "40s": (
        "40s",
        "40 secs",
        ":40",
        "0:40",
        '40"',
        "40 s",
        "forty seconds",
    ),
    "1m30s": (
        "1:30",
        "1m30s",
        "1 min 30 sec",
        "1 1/2 min",
        "1.5 min",
        "1,5 min",
        "1½ min",
    ),
    "2 min": (
        "2 min",
        "2:00",
        "2'",
        "120s",
    ),
    "hold 40s": (
        "hold 40s",
        "hold 40",
        "hold for 40 seconds",
        "40s hold",
    ),
    "for 40s": (
        "for 40s",
        "AMRAP 40s",
        "40s amrap",
        "amrap for 40 s",
    ),
    "12, 10, 8": (
        "12, 10, 8",
        "12,10,8",
        "12-10-8",
        "12/10/8",
        "12 10 8",
    ),
    "15, 12": (
        "15-12",
        "15, 12",
        "15 12",
    ),
    "1, 2, 3, 4, 5": (
        "1..5",
        "ladder 1-5",
        "1-5 ladder",
        "1 up to 5",
        "ladder of 1 to 5",
    ),
    "5, 4, 3, 2, 1": (
        "5..1",
        "5 down to 1",
        "5 to 1",
        "descending ladder 5-1",
    ),
    "1, 2, 3, 2, 1": (
        "1..3..1",
        "pyramid 1-3",
    ),
    "2, 4, 6": ("2..6 by 2",),
    "3x(1, 2, 3)": (
        "3x(1,2,3)",
        "3x 1-2-3",
    ),
    "3x12, 10, 8": (
        "3x12-10-8",
        "3x12, 10, 8",
    ),
    "5x(3x2), rest 15s, 2 min": (
        "5x(2,2,2), rest 15s, 2 min",
        "5x(2,2,2) rest 15s rest 2 min",
    ),
    "3x(6x7s), rest 3s, 3 min": (
        "3x(6x 7s on 3s off), rest 3 min",
        "3x(6x7/3), rest 3 min",
    ),
    "15+4+4, rest 15s": (
        "15+4+4, rest 15s",
        "15 + 4 + 4 rest 15s",
    ),
    "5 @ 40kg, 5 @ 50kg": (
        "5 @ 40kg, 5 @ 50kg",
        "5 @40kg 5 @50kg",
        "40kg x 5, 50kg x 5",
        "5 40kg, 5 50kg",
    ),
    "8 @ 85kg, 8 @ 85kg, 8 @ 80kg": (
        "3x8 85, 85, 80kg",
        "3x8 @ 85, 85, 80kg",
        "3x8, 85kg, 85kg, 80kg",
    ),
    "5 @ 65%, 5 @ 75%, 5+ @ 85%": (
        "65%x5, 75%x5, 85%x5+",
        "5 @65%, 5 @75%, 5+ @85%",
    ),
    "5 @ 85%, 3x5 @ 75%": (
        "5 @85%, 3x5 @75%",
        "5 @%85, 3x5 @%75",
    ),
    "7, 175lb": (
        "175 lb x 7",
        "7 @ 175 lbs",
        "175# x 7",
    ),
    "5x5, @60": (
        "5x5x60",
        "5x5 @ 60",
    ),
    "5x5, 60kg": (
        "5x5x60kg",
        "5x5 60kg",
        "5x5 @ 60 kg",
    ),
    "5, 60kg": (
        "5x60kg",
        "5 @ 60kg",
    ),
    "3x10, +10kg": (
        "3x10 +10kg",
        "3x10, BW + 10kg",
    ),
    "20, bodyweight": (
        "20 BW",
        "20 bodyweight",
    ),
    "3x8, RPE 8": (
        "3x8 @8",
        "3x8 RPE 8",
        "3x8 @ RPE 8",
        "3x8, 8 rpe",
    ),
    "3x8, 2 RIR": (
        "3x8, 2 RIR",
        "3x8 RIR 2",
        "3x8, leave 2 in the tank",
        "3x8, two in reserve",
    ),
    "3x5, 80%": (
        "3x5 @80%",
        "3x5 80% of 1RM",
        "3x5 at 80 %",
    ),
    "30 min, rate 20": (
        "30 min @ r20",
        "30 min rate 20",
        "30 min, 20 spm",
    ),
    "20 min, zone 2": (
        "20 min Z2",
        "20 min, zone 2",
        "20 min @ zone 2",
    ),
    "5 km, 5:00/km": (
        "5 km @ 5:00/km",
        "5k pace 5:00 per km",
        "5 km, 5:00 min/km",
    ),
    "3x40s, rest 1 min": (
        "3x40s rest 60s",
        "rest 60s, 3x40s",
        "3x40s, 60s rest",
        "3x40s w/ 60s rest",
        "3x40s rest 60s between sets",
        "3x40s 1 min recovery",
        "3x40s rest: 60",
        "3x40s - rest 60s",
    ),
    "3x30 m, rest 45s": (
        "3x30m 45s rest",
        "3x30 m, rest 45",
    ),
    "3x1 min, rest 30s": (
        "3x1 min 30s rest",
        "3x1:00 rest :30",
    ),
    "3x10, rest 1m30s": (
        "3x10, 1 min 30s rest",
        "3x10 rest 1m30s",
    ),
    "3x10, rest 3 min": ("3x10 rest 3m",),
    "3x10, rest 1m15s": ("3x10 60-90s rest",),
    "3x8, RPE 8, rest 2 min": ("3x8 @8 120s",),
    "45s, rest 15s": (
        "45s on 15s off",
        "45s on/15s off",
        "work 45s rest 15s",
        "45s work, 15s rest",
    ),
    "3x12, rest 1 min": (
        "3x12,60s rest",
        "3 x 12 - 60 sec rest",
        "3x12 | 60s rest",
    ),
    "8 min, 6 min, 4 min, 2 min-1 min rest": ("8-6-4 min, 2-1 min rest",),
    "5x300 m, 1 min walk": (
        "5x300 m, 60s walk",
        "5x300m 60s walking",
    ),
    "8x400 m, 200 m jog": ("8x400m, 200m jog",),
    "6x400 m, every 3m30s": ("6x400 m every 3:30",),
    "8x50, every 1 min": (
        "8 x 50 on 1:00",
        "8x50 every minute",
    ),
    "10x50, @ 1:10": ("10x50 @ 1:10",),
    "12 per side": (
        "12 per side",
        "12 (per side)",
        "12 each side",
        "12 ea. side",
        "12/side",
        "12 each",
        "12 a side",
    ),
    "12 per leg": (
        "12 per leg",
        "12 on each leg",
    ),
    "20 alternating": (
        "20 alternating",
        "20 alt",
    ),
    "10 per side alternating": (
        "10 per side, alternating",
        "10 each side alternating",
    ),
    "20, in all": ("20 in all",),
    "2x10 right side only": (
        "2x10 right only",
        "2x10, only the right side",
    ),
    "12 per side, left first": (
        "12, left then right",
        "12 per side, left first",
    ),
    "5x8 left / 10 right": (
        "5x 8 left, 10 right",
        "5x 8L/10R",
    ),
    "12 both sides together": (
        "12 both sides together",
        "12 together",
        "12 both arms",
    ),
    "12 both sides": ("12 both sides",),
    "10, each direction": (
        "10 each direction",
        "10 each way",
        "10 in each direction",
    ),
    "12, @2-0-2-0": (
        "12 @2-0-2-0",
        "12 @2020",
        "12 tempo 2–0–2–0",
        "12 @ 2/0/2/0",
    ),
    "12, @2-0-1-0": (
        "12 @20X0",
        "12 @20x0",
    ),
    "12, slow": (
        "12 slow",
        "12 slowly",
    ),
    "3x5, 5s negative": (
        "3x5, 5 s negative",
        "3x5 5s eccentric",
        "3x5 (5s lowering)",
    ),
    "12, pause 1s at top": (
        "12, pause 1s at top",
        "12 pause for 1 s at the top",
        "12, 1s hold at top",
        "12 squeeze 1s",
    ),
    "12, hold 5s": (
        "12, hold 5s",
        "12, 5s hold",
    ),
    "10 reps, hold 5s": (
        "hold 5s, 10 times",
        "10 reps, 5 s hold",
    ),
    "10x hold 5s": ("hold 5 sec x 10",),
    "2x30s per leg": (
        "30s each leg x 2",
        "2x30s each leg",
    ),
    "12, last rep 10 pulses": (
        "12, last rep 10 pulses",
        "12 then 10 pulses",
        "12 + 10 pulses",
    ),
    "12, last rep 10 pulses every 0.8s": ("12 + 10 pulses every 0.8s",),
    "3x max": (
        "3xAMRAP",
        "3 x max",
        "3x failure",
        "3 sets to failure",
        "3x as many as possible",
    ),
    '10, "up to 10"': ("up to 10",),
    '10 reps, "3 times a day"': ("10 reps, 3 times a day",),
    "3x10, drop set": (
        "3x10 + drop set",
        "3x10, then a dropset",
    ),
    "10 sets, in 4 hold 4 out 4 hold 4": ("10 x in 4, hold 4, out 4, hold 4",),
    "10 breaths, in 5 out 5": (
        "10 breaths, 5 in 5 out",
        "10 breaths, inhale 5 exhale 5",
    ),
    "4x(4, 7, 8)": ("4 cycles 4-7-8",),
    "4x(100 @ free, 50 @ kick), rest 10s": ('4 x 100 free/50 kick, 10" rest',),
    "10x(1 min @ hard, 1 min @ easy), rest 0s": (
        "10x1 min hard / 1 min easy",
        "10 x 1 min hard, 1 min easy",
        "10x (1 min hard, 1 min easy)",
    ),
    "1000 m": ("1,000 m",),
    "12.5kg": ("12,5kg",),
    "50 ft out and back": ("50' out and back",),
}


@pytest.mark.parametrize(
    ("canonical", "text"), [(line, text) for line, texts in SPELLINGS.items() for text in texts]
)
def test_every_spelling(canonical: str, text: str) -> None:
    assert format_line(parse_line(text)) == canonical
    assert format_line(parse_line(canonical)) == canonical
    assert parse_line(canonical) == parse_line(text)


WRONG = [
    ("600 reps", "600 reps", "more than 500 reps", ""),
    ("12.5", "12.5", "whole numbers", ""),
    ("12,5", "12,5", "whole numbers", "`12, 5`"),
    ("0", "0", "at least 1", ""),
    ("9" * 5000, "9" * 300, "", ""),
    ("12345678901", "12345678901", "far too large", ""),
    ("51 sets of 10", "51", "from 1 to 50", ""),
    ("5h", "5h", "longer than 4 hours", ""),
    ("12 rest 5 hours", "5 hours", "longer than 4 hours", ""),
    ("40s-50ft", "40s-50ft", "same unit", ""),
    ("12 per sde", "per sde", "must follow `per`", "did you mean `12 per side`?"),
    ("12 reps, lat rep 10 pulses", "lat rep", "not understood", "last rep 10 pulses`?"),
    ("12 pe side", "pe side", "not understood", "did you mean `12 per side`?"),
    ("12, resst 60s", "resst", "not understood", "did you mean `12, rest 60s`?"),
    ("12, blue", "blue", "not understood", "a line is read like"),
    ("12 kg blue", "blue", "not understood", "`3x8 @ 60kg"),
    ("3 km blue", "blue", "not understood", "`4x400 m"),
    ("12, rest", "rest", "a time must follow `rest`", "`45s`"),
    ("12 @2-0", "2-0", "is not a tempo", "`2-0-2-0`"),
    ("12 @", "@", "a tempo is missing", "`2-0-2-0`"),
    ("12 @0000", "0000", "too short", "0.5s"),
    ("12 @99-0-2-0", "99-0-2-0", "longer than a minute", ""),
    ("12 pause", "pause", "a length and a place", "at top"),
    ("3x12 hold 40s", "hold 40s", "the amount is named twice", "`pause 40s at top`"),
    ("12 per leg per side", "per side", "the sides are named twice", ""),
    ("12 per side both sides", "12 per side both sides", "together and apart", ""),
    ("12 @2020 @3030", "@3030", "the tempo is named twice", ""),
    ("12 every 0.8s", "12 every 0.8s", "belongs to pulses", ""),
    ("12 out and back", "12 out and back", "needs a distance", ""),
    ("carry 50", "50", "needs a unit", "`50 ft`"),
    ("hold", "hold", "a time must follow `hold`", ""),
    ("1:75", "1:75", "not a time", "`1:30`"),
    ("1:60", "1:60", "not a time", "`1:30`"),
    ("12 5000kg", "5000", "at most 1000 kg", ""),
    ("12, pause 70s at top", "70s at top", "at most a minute", ""),
    ("3x8 2-0-X-0", "2-0", "", "`10 @2-0-2-0`"),
    ("3x8 3-1-3", "3-1-3", "the amount is named twice", "`10 @2-0-2-0`"),
    ("3x8, 20kg, 30kg", "30kg", "2 times for 3 sets", "one for each set"),
    ("3x8, 2-2-2 min rest x", "x", "", ""),
    ("100 a day", "100 a day", "spread over a day", "`3x10`"),
    ("20/15 breaths", "20/15 breaths", "two amounts", "`20 breaths`"),
    ("EMOM 10", "EMOM 10", "reps or minutes", "`10 every minute`"),
    ("AMRAP 10", "AMRAP 10", "a unit of time", "`amrap 10 min`"),
    ("1..200", "1..200", "more than 50 sets", ""),
    ("12, rest 60s, rest 90s", "12", "the rest is named twice", ""),
    ("3x10, 2 sets", "2 sets", "the sets are named twice", ""),
    ("3x(1, 2", "(1, 2", "a bracket", ""),
    ("50x(1,2,3)", "50x", "more than 50", ""),
    ("12 reps 50 m", "50 m", "the amount is named twice", ""),
    ("5+ s", "s", "not understood", ""),
    ("RPE 12", "12", "from 1 to 10", ""),
    ("5x5x8", "8", "a weight or an effort", "`8kg`"),
    ("5 @ 60kg, 5, 5 @ 70kg, 80kg", "80kg", "the load is named twice", "for each set"),
    ("1..5, 3x400 m", "400 m", "the amount is named twice", ""),
    ("10-8-6 rest 60s 2 min", "2 min", "the amount is named twice", ""),
    ("1:30, 8 h off", "8 h", "longer than 4 hours", ""),
    ("10 on 20 HR", "20 HR", "4 hours", ""),
]


@pytest.mark.parametrize(
    ("text", "where", "message", "hint"), WRONG, ids=[w[0][:30] for w in WRONG]
)
def test_what_cannot_be_read(text: str, where: str, message: str, hint: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_line(text)
    problem = caught.value.problems[0]
    assert text[problem.start : problem.end].startswith(where)
    assert message in problem.message
    assert hint in problem.hint


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(NotationError) as caught:
        parse_line("12 per sde, resst 60s, @2-0")
    assert [problem.start for problem in caught.value.problems] == [3, 12, 24]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("3x8 120s", "120s", "taken as the rest"),
        ("5 @ 225", "@ 225", "taken as a weight"),
        ("@201", "@201", "taken as a weight"),
        ("3x12-10-8", "12-10-8", "one amount for each"),
        ("3-4 sets", "3-4 sets", "the low end"),
        ("3x10 60-90s rest", "60-90s", "the middle is taken, 1m15s"),
        ("10 to 1", "10 to 1", "taken as a ladder"),
    ],
)
def test_what_could_mean_something_else_is_told(text: str, where: str, message: str) -> None:
    (remark,) = parse_line(text).remarks
    assert text[remark.start : remark.end] == where
    assert message in remark.message


@pytest.mark.parametrize(
    ("text", "line"),
    [("3x10, rest 60s", True), ("push-ups", False), ("90/90", True), ("max", True), ("60s", True)],
)
def test_whether_a_text_reads_as_a_line(text: str, line: bool) -> None:
    assert reads_as_line(text) is line


AMOUNTS = (
    *("12", "8-12", "12 reps", "3x10", "3 x 8-10", "3 sets of 12", "twelve"),
    *("3x40s", "hold 40s", "for 40s", "2x hold 30s", "1:30", "40 s"),
    *("12, 10, 8", "10-8-6", "15-12", "3x(1,2,3)", "3x 1-2-3", "3x12-10-8", "1..5", "5 down to 1"),
    *("15+4+4", "3x8+", "5+", "max", "3x max", "3xAMRAP", "to failure", "50 total", "20 cal"),
    *("400 m", "6x400m", "1.5 km", "1 mile", "50 ft out and back", "200-400-200 m"),
    *("20 steps", "5 breaths", "30/30", "6 x 7/3", "8 left, 10 right", "5L/5R", "10 reps x 3 sets"),
)
WITH_LOADS = (
    *("5 @ 40kg, 5 @ 50kg, 5 @ 60kg", "65%x5, 75%x5, 85%x5+", "175 lb x 7, 170 lb x 6"),
    *("5 @85%, 3x5 @75%", "3x8 85, 85, 80kg"),
)
CLAUSES = (
    ("rest 60s", "60s rest", "rest 1:30", "90s rest between sets", "w/ 60s rest", "rest 60-90s"),
    ("@2-0-2-0", "@30X0", "tempo 3-1-1", "@2020", "5s negative"),
    ("pause 1s at top", "2s pause at bottom", "squeeze 2s"),
    ('"yellow band"', '"slowly, please"', "3x/day", "3 times a day"),
    ("last rep 10 pulses", "then 10 pulses", "+ 10 pulses every 0.8s"),
)
SIDES = ("per side", "each leg", "/side", "alternating", "right only", "both sides", "left first")
LOADS = ("20kg", "2x8kg dumbbells", "with 20 lb", "+10kg", "12.5 kg", "12,5kg", "20#")
EFFORTS = ("RPE 8", "2 RIR", "80%", "easy", "zone 2", "slow", "RPE 7-8")


def clauses_of(chance: random.Random) -> list[str]:
    """A line from parts that go together; the amount is somewhere among its clauses."""
    loaded = chance.random() < 0.2
    parts = [chance.choice(WITH_LOADS if loaded else AMOUNTS)]
    parts += [chance.choice(kind) for kind in CLAUSES if chance.random() < 0.4]
    if not re.search(r"left|/|L", parts[0]) and chance.random() < 0.4:
        parts.append(chance.choice(SIDES))
    if not loaded and chance.random() < 0.4:
        parts.append(chance.choice(LOADS))
    if not loaded and chance.random() < 0.4:
        parts.append(chance.choice(EFFORTS))
    return parts


def respelt(line: str, chance: random.Random) -> str:
    """The same line with other spaces between numbers, units and `x`."""
    if chance.random() < 0.5:
        line = re.sub(r"(?<=[0-9])(?=(?:kg|lb|s|min|km|reps|x)\b)", " ", line)
        return re.sub(r"(?<=[0-9])x(?=[0-9])", " x ", line)
    line = re.sub(r"(?<=[0-9]) (?=(?:kg|lb|s|min|km|m|reps|x)\b)", "", line)
    return re.sub(r"(?<=[0-9]) ?x ?(?=[0-9])", "x", line)


def without_commas(parts: list[str]) -> Iterator[str]:
    """Each clause without the commas within it, where a list has them."""
    for part in parts:
        yield part if '"' in part or re.search(r"[0-9],[0-9]", part) else part.replace(",", "")


def ambiguous(parts: list[str]) -> bool:
    """Whether two clauses read as one without the comma: `60s rest 40 s`, `80% max`."""
    return any(
        (a.endswith("rest") and re.match(r"1:30|40 s|2s|5s", b)) or (a == "80%" and b == "max")
        for a, b in pairwise(parts)
    )


def joined(parts: list[str], chance: random.Random) -> str:
    """Clauses with or without commas between and within them, in capitals or as they are."""
    line = ", ".join(parts)
    if not ambiguous(parts) and chance.random() < 0.7:
        line = " ".join(without_commas(parts))
    if chance.random() < 0.3:
        line = "".join(
            one if one.startswith('"') else one.upper() for one in re.split(r'("[^"]*")', line)
        )
    return line


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 2**32))
def test_commas_spaces_and_order_change_nothing(seed: int) -> None:
    """10,000 spellings: twenty of each seed, as drawing a seed takes as long as reading some."""
    chance = random.Random(seed)
    for _ in range(5):
        assert_order_means_nothing(chance, spellings=4)


def assert_order_means_nothing(chance: random.Random, spellings: int) -> None:
    parts = clauses_of(chance)
    line = ", ".join(parts)
    meant = parse_line(line)
    assert parse_line(format_line(meant)) == meant, (line, format_line(meant))
    for _ in range(spellings):
        chance.shuffle(parts)
        other = respelt(joined(parts, chance), chance)
        assert parse_line(other) == meant, (line, other)


WORDS = st.sampled_from(notation.VOCABULARY) | st.sampled_from([*"3x-/,@()+%", "12", "60", "4.5"])


def test_a_weight_without_unit_beside_its_amount_reads_back() -> None:
    assert format_line(parse_line("1@11 1")) == "1 @ 11, 1"
    assert parse_line("1 @ 11, 1") == parse_line("1@11 1")


@pytest.mark.parametrize(
    "text",
    [
        *("1 round 1 max", "3x(5, 5, max), rest 90s", "ladder 5, max", "1..5, 8", "20 - 10/8 reps"),
        *("60s - 40s", "1 to 10", "60s then 60s", "60s/90s", "RIR 8", "rest 20 ft"),
        *("rest 60s, rest 60s", "10 reps, hold 5s @ 20kg", "3x(5 @ 60kg @ RPE 8, max @ 40kg)"),
        *("+20kg dumbbells", "2x8-12kg", "7/3 x 6, 3 sets", "60 cal fast, 40s slow"),
        *("1 @ 60, 2 @ 60, 3", "3 sets, 5 @ 60 5", "10-8-6 and 5-4-3"),
    ],
)
def test_what_is_written_for_a_line_reads_as_the_line(text: str) -> None:
    partial = parse_line(text)
    assert parse_line(format_line(partial)) == partial


@pytest.mark.parametrize(
    "text", ["3x (pyramid)", "3x 10/8 minute hold", "3x(5, max leave 1)", "2-1 ft 1"]
)
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(NotationError):
        parse_line(text)


@settings(max_examples=1_000, deadline=None)
@given(
    st.text(max_size=60)
    | st.text("0123456789x-@:/., smpthrolde+%'()", max_size=40)
    | st.lists(WORDS, max_size=12).map(" ".join)
)
def test_nothing_but_a_line_or_a_problem_within_it(text: str) -> None:
    try:
        partial = parse_line(text)
    except NotationError as error:
        for problem in error.problems:
            assert 0 <= problem.start <= problem.end <= len(text)
            assert problem.message
            assert problem.start < len(text)
    else:
        for remark in partial.remarks:
            assert 0 <= remark.start < remark.end <= len(text)
        assert parse_line(format_line(partial)) == partial


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("45", 45_000),
        ("0", 0),
        ("1:30", 90_000),
        ("1:02:03", 3_723_000),
        ("1m", 60_000),
        ("2 minutes", 120_000),
        ("1h", 3_600_000),
        ("0.8", 800),
        (" 45 s ", 45_000),
    ],
)
def test_durations(text: str, ms: int) -> None:
    assert notation.parse_duration(text) == ms


@pytest.mark.parametrize(
    "text", ["5x", "x", "", "-5", "no", "12 reps", "50 ft", "1:30:99", "45s x"]
)
def test_no_durations(text: str) -> None:
    with pytest.raises(NotationError):
        notation.parse_duration(text)


def test_a_range_says_what_must_come_first() -> None:
    with pytest.raises(NotationError, match="low end must come first"):
        notation.parse_range("15-12")


def test_a_field_of_one_kind_takes_no_other() -> None:
    assert notation.parse_amount("12", "reps") == Reps(12, 12)
    assert notation.parse_amount("12", "steps") == Steps(12, 12)
    assert notation.parse_amount("12", "for") == Timed(12_000, 12_000)
    with pytest.raises(NotationError, match="not a number of reps"):
        notation.parse_amount("40s", "reps")
    with pytest.raises(NotationError, match="needs a unit"):
        notation.parse_amount("50", "carry")


def test_sides_of_a_field() -> None:
    sides = notation.parse_sides("each, left first")
    assert (sides.order, sides.first, sides.limb) == ("each", "left", None)
    with pytest.raises(NotationError, match="not understood"):
        notation.parse_sides("sometimes")


@pytest.mark.parametrize("text", ["10 reps" + " " * 286 + "rst 60s", "ß" * 76, "rst " * 75])
def test_advice_that_would_be_too_long_is_not_given(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_line(text)
    assert caught.value.problems
