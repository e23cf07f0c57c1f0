"""The prescription line, both ways, and what is said about lines that cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout import notation
from audioworkout.model.exercise import (
    Carry,
    Finisher,
    Hold,
    Load,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.notation import NotationError, Written, parse, write
from audioworkout.notation.clauses import KITS

SAME = [
    ("12", Written(amount=Reps(12, 12))),
    ("12 reps", Written(amount=Reps(12, 12))),
    ("1 rep", Written(amount=Reps(1, 1))),
    ("010", Written(amount=Reps(10, 10))),
    ("12-15", Written(amount=Reps(12, 15))),
    ("12 - 15 Reps", Written(amount=Reps(12, 15))),
    ("12–15", Written(amount=Reps(12, 15))),
    ("12 to 15", Written(amount=Reps(12, 15))),
    ("3x12", Written(sets=3, amount=Reps(12, 12))),
    ("3 x 12", Written(sets=3, amount=Reps(12, 12))),
    ("3×12", Written(sets=3, amount=Reps(12, 12))),
    ("3X12", Written(sets=3, amount=Reps(12, 12))),
    ("3 sets of 12", Written(sets=3, amount=Reps(12, 12))),
    ("1 set of 12 reps", Written(sets=1, amount=Reps(12, 12))),
    ("40s", Written(amount=Hold(40_000, 40_000))),
    ("hold 40s", Written(amount=Hold(40_000, 40_000))),
    ("hold 40", Written(amount=Hold(40_000, 40_000))),
    ("40 secs", Written(amount=Hold(40_000, 40_000))),
    ("1:30", Written(amount=Hold(90_000, 90_000))),
    ("0:45", Written(amount=Hold(45_000, 45_000))),
    ("1m30s", Written(amount=Hold(90_000, 90_000))),
    ("1 min 30 sec", Written(amount=Hold(90_000, 90_000))),
    ("2 min", Written(amount=Hold(120_000, 120_000))),
    ("hold 1m", Written(amount=Hold(60_000, 60_000))),
    ("30-45s", Written(amount=Hold(30_000, 45_000))),
    ("1-2 min", Written(amount=Hold(60_000, 120_000))),
    ("for 40s", Written(amount=Timed(40_000, 40_000))),
    ("AMRAP 40s", Written(amount=Timed(40_000, 40_000))),
    ("amrap 2 min", Written(amount=Timed(120_000, 120_000))),
    ("40s amrap", Written(amount=Timed(40_000, 40_000))),
    ("50 ft", Written(amount=Carry(50, 50, "ft", False))),
    ("15 m", Written(amount=Carry(15, 15, "m", False))),
    ("15m", Written(amount=Carry(15, 15, "m", False))),
    ("50 feet one way", Written(amount=Carry(50, 50, "ft", False))),
    ("50-100 feet out and back", Written(amount=Carry(50, 100, "ft", True))),
    ("3 x 50 ft out and back", Written(sets=3, amount=Carry(50, 50, "ft", True))),
    ("10 steps", Written(amount=Steps(10, 10))),
    ("10-12 steps", Written(amount=Steps(10, 12))),
    (
        "10 steps each leg alternating, right first",
        Written(amount=Steps(10, 10), order="alternating", limb="leg", first="right"),
    ),
    ("12 per side", Written(amount=Reps(12, 12), order="each")),
    ("12 (per side)", Written(amount=Reps(12, 12), order="each")),
    ("12 alt", Written(amount=Reps(12, 12), order="alternating")),
    ("12 w/ 20 lb", Written(amount=Reps(12, 12), load=Load("20", "lb"))),
    ("12 each side", Written(amount=Reps(12, 12), order="each")),
    ("12 ea side", Written(amount=Reps(12, 12), order="each")),
    ("12 ea. side", Written(amount=Reps(12, 12), order="each")),
    ("12/side", Written(amount=Reps(12, 12), order="each")),
    ("12 each", Written(amount=Reps(12, 12), order="each")),
    ("12 per leg", Written(amount=Reps(12, 12), order="each", limb="leg")),
    ("12 on each leg", Written(amount=Reps(12, 12), order="each", limb="leg")),
    ("12 each arm", Written(amount=Reps(12, 12), order="each", limb="arm")),
    ("12 alternating", Written(amount=Reps(12, 12), order="alternating")),
    ("12 both sides together", Written(amount=Reps(12, 12), order="together")),
    ("12, left first", Written(amount=Reps(12, 12), first="left")),
    ("12, right leg first", Written(amount=Reps(12, 12), first="right")),
    ("12, left then right", Written(amount=Reps(12, 12), order="each", first="left")),
    ("12 @2-0-2-0", Written(amount=Reps(12, 12), tempo=Tempo(2000, 0, 2000, 0))),
    ("12 @2020", Written(amount=Reps(12, 12), tempo=Tempo(2000, 0, 2000, 0))),
    ("12 @20X0", Written(amount=Reps(12, 12), tempo=Tempo(2000, 0, 1000, 0))),
    ("12 @20x0", Written(amount=Reps(12, 12), tempo=Tempo(2000, 0, 1000, 0))),
    ("12 @4/2/1", Written(amount=Reps(12, 12), tempo=Tempo(4000, 2000, 1000, 0))),
    ("12 @1-0-1-0.5", Written(amount=Reps(12, 12), tempo=Tempo(1000, 0, 1000, 500))),
    ("12 tempo 2–0–2–0", Written(amount=Reps(12, 12), tempo=Tempo(2000, 0, 2000, 0))),
    ("12, pause 1s at top", Written(amount=Reps(12, 12), pause_top=1000)),
    ("12, pause for 1 s at the top", Written(amount=Reps(12, 12), pause_top=1000)),
    ("12, hold 2s at top", Written(amount=Reps(12, 12), pause_top=2000)),
    ("12, squeeze 2s at top", Written(amount=Reps(12, 12), pause_top=2000)),
    ("12 squeeze 2s", Written(amount=Reps(12, 12), pause_top=2000)),
    ("12, 2s pause at bottom", Written(amount=Reps(12, 12), pause_bottom=2000)),
    ("12, last rep 10 pulses", Written(amount=Reps(12, 12), finisher=Finisher(10))),
    ("12, on the last rep 10 pulses", Written(amount=Reps(12, 12), finisher=Finisher(10))),
    ("12 then 10 pulses", Written(amount=Reps(12, 12), finisher=Finisher(10))),
    ("12 + 10 pulses", Written(amount=Reps(12, 12), finisher=Finisher(10))),
    (
        "12, last rep 10 pulses every 0.8s",
        Written(amount=Reps(12, 12), finisher=Finisher(10, 800)),
    ),
    ("12, 20kg", Written(amount=Reps(12, 12), load=Load("20", "kg"))),
    ("12 with 20 lb", Written(amount=Reps(12, 12), load=Load("20", "lb"))),
    ("3x10x7.5kg", Written(sets=3, amount=Reps(10, 10), load=Load("7.5", "kg"))),
    (
        "3x10 2x8kg dumbbells",
        Written(sets=3, amount=Reps(10, 10), load=Load("8", "kg", 2, "dumbbell")),
    ),
    ("12 8kg dumbbells", Written(amount=Reps(12, 12), load=Load("8", "kg", 2, "dumbbell"))),
    ("12, rest 60s", Written(amount=Reps(12, 12), rest=60_000)),
    ("12 rest 1:30", Written(amount=Reps(12, 12), rest=90_000)),
    ("12 rest 45", Written(amount=Reps(12, 12), rest=45_000)),
    ("12, 60s rest", Written(amount=Reps(12, 12), rest=60_000)),
    ("rest 60s 12", Written(amount=Reps(12, 12), rest=60_000)),
    ("@3-0-3-0", Written(tempo=Tempo(3000, 0, 3000, 0))),
    ("3 sets", Written(sets=3)),
    ("", Written()),
    (
        "rest 60s, @2-0-2-0, 3 sets of 8 to 10 per leg + 10 pulses with 2x8kg dumbbells",
        Written(
            3,
            Reps(8, 10),
            "each",
            "leg",
            None,
            Tempo(2000, 0, 2000, 0),
            None,
            None,
            Finisher(10),
            Load("8", "kg", 2, "dumbbell"),
            60_000,
        ),
    ),
]


@pytest.mark.parametrize(("text", "written"), SAME, ids=[text for text, _ in SAME])
def test_every_spelling(text: str, written: Written) -> None:
    assert parse(text) == written


WRONG = [
    ("600", "600", "more than 500 reps", ""),
    ("12.5", "12.5", "whole numbers", ""),
    ("0", "0", "at least 1", ""),
    ("9" * 5000, "9" * 300, "", ""),
    ("12345678901", "12345678901", "far too large", ""),
    ("51x10", "51", "from 1 to 50", ""),
    ("5h", "5h", "longer than 4 hours", ""),
    ("12 rest 5 hours", "5 hours", "longer than 4 hours", ""),
    ("15-12 reps", "15-12 reps", "low end must come first", "`12-15 reps`"),
    ("45-30s", "45-30s", "low end must come first", "`30-45s`"),
    ("40s-50ft", "40s-50ft", "same unit", ""),
    ("3x", "3x", "an amount must follow", "`3x12`"),
    ("12 per sde", "per sde", "must follow `per`", "did you mean `12 per side`?"),
    ("12 reps, lat rep 10 pulses", "lat rep", "not understood", "last rep 10 pulses`?"),
    ("12 pe side", "pe side", "not understood", "did you mean `12 per side`?"),
    ("12, resst 60s", "resst", "not understood", "did you mean `12, rest 60s`?"),
    ("12, blue", "blue", "not understood", "a line is read like"),
    ("12, rest", "rest", "a time must follow `rest`", "`45s`"),
    ("12 @2-0", "2-0", "is not a tempo", "`2-0-2-0`"),
    ("12 @8", "8", "is not a tempo", "`2-0-2-0`"),
    ("12 @", "@", "a tempo is missing", "`2-0-2-0`"),
    ("12 @0000", "0000", "too short", "0.5s"),
    ("12 @99-0-2-0", "99-0-2-0", "longer than a minute", ""),
    ("12 pause 1s", "pause 1s", "a length and a place", "at top"),
    ("3x12 hold 40s", "hold 40s", "the amount is named twice", "`hold 40s at top`"),
    ("12 reps 60s", "60s", "the amount is named twice", "rest 60s"),
    ("12 per leg per side", "per side", "the sides are named twice", ""),
    ("12 per side both sides", "12 per side both sides", "together and apart", ""),
    ("12 @2020 @3030", "@3030", "the tempo is named twice", ""),
    ("12 every 0.8s", "12 every 0.8s", "belongs to pulses", ""),
    ("12 + 10 pulses every 9s", "9s", "longer than 5s", ""),
    ("12 out and back", "12 out and back", "needs a distance", ""),
    ("carry 50", "50", "needs a unit", "`50 ft`"),
    ("hold", "hold", "a time must follow `hold`", ""),
    ("12 left", "left", "which side begins", "did you mean `12 left first`?"),
    ("1:75", "1:75", "not a time", "`1:30`"),
    ("1:60", "1:60", "not a time", "`1:30`"),
    ("30s 1 min", "1 min", "the amount is named twice", "rest 60s"),
    ("1:3", "1:3", "not a time", "`1:30`"),
    ("12, then rest 60s", "then", "pulses must follow", ""),
    ("12 5000kg", "5000", "at most 1000 kg", ""),
    ("12, pause 70s at top", "70s at top", "at most a minute", ""),
    ("21-15-9", "21-15-9", "neither a number nor a range", "`@2-0-2-0`"),
    ("3x8 2-0-X-0", "2-0-X-0", "neither a number nor a range", "`@2-0-2-0`"),
    ("8, 8, 6", "8", "the amount is named twice", "an item of its own"),
    ("1 km", "km", "not understood", "`ft` or `m`"),
    ("max reps", "max reps", "not understood", "`amrap 40s`"),
    ("twelve", "twelve", "not understood", "figures"),
]


@pytest.mark.parametrize(
    ("text", "where", "message", "hint"), WRONG, ids=[w[0][:30] for w in WRONG]
)
def test_what_cannot_be_read(text: str, where: str, message: str, hint: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    problem = caught.value.problems[0]
    assert text[problem.start : problem.end].startswith(where)
    assert message in problem.message
    assert hint in problem.hint


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(NotationError) as caught:
        parse("12 per sde, resst 60s, @1")
    assert [problem.start for problem in caught.value.problems] == [3, 12, 24]


side = st.sampled_from(["left", "right"])
ms = st.integers(1_000, 14_400_000)
phase = st.integers(0, 60_000)


def ranges(least: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(least, most), st.integers(least, most)).map(
        lambda pair: (min(pair), max(pair))
    )


amounts = st.one_of(
    ranges(1, 500).map(lambda ends: Reps(*ends)),
    ranges(1, 500).map(lambda ends: Steps(*ends)),
    ranges(1_000, 14_400_000).map(lambda ends: Hold(*ends)),
    ranges(1_000, 14_400_000).map(lambda ends: Timed(*ends)),
    st.builds(
        lambda ends, unit, back: Carry(*ends, unit, back),
        ranges(1, 10_000),
        st.sampled_from(["ft", "m"]),
        st.booleans(),
    ),
)
tempos = st.builds(Tempo, st.integers(500, 60_000), phase, phase, phase)
weights = st.integers(1, 10_000).map(lambda tenths: f"{tenths / 10:g}")
loads = st.builds(
    Load,
    weights,
    st.sampled_from(["kg", "lb"]),
    st.integers(1, 10),
    st.sampled_from(["", *KITS]),
)


@st.composite
def lines(draw: st.DrawFn) -> Written:
    order = draw(st.sampled_from([None, "together", "each", "alternating"]))
    limbs = [None, "leg", "arm"] if order in ("each", "alternating") else [None]
    return Written(
        sets=draw(st.none() | st.integers(1, 50)),
        amount=draw(st.none() | amounts),
        order=order,
        limb=draw(st.sampled_from(limbs)),
        first=draw(st.none() | side),
        tempo=draw(st.none() | tempos),
        pause_top=draw(st.none() | phase),
        pause_bottom=draw(st.none() | phase),
        finisher=draw(
            st.none() | st.builds(Finisher, st.integers(1, 500), st.integers(300, 5_000))
        ),
        load=draw(st.none() | loads),
        rest=draw(st.none() | st.integers(0, 14_400_000)),
    )


@given(lines())
def test_what_is_written_reads_back(written: Written) -> None:
    assert parse(write(written)) == written


@given(lines())
def test_case_does_not_matter(written: Written) -> None:
    assert parse(write(written).upper()) == written


@given(lines().map(write), st.randoms())
def test_clauses_stand_in_any_order(line: str, random: object) -> None:
    clauses = line.split(", ")
    random.shuffle(clauses)  # type: ignore[attr-defined]
    if any(clause.startswith(("left", "right")) for clause in clauses[1:]):
        clauses.sort(key=lambda clause: clause.startswith(("left", "right")))
    assert parse(", ".join(clauses)) == parse(line)


@given(st.text(max_size=60) | st.text("0123456789x-@:/., smpthrolde", max_size=40))
def test_nothing_but_a_line_or_a_problem_within_it(text: str) -> None:
    try:
        written = parse(text)
    except NotationError as error:
        for problem in error.problems:
            assert 0 <= problem.start <= problem.end <= len(text)
            assert problem.message
            assert problem.start < len(text)
    else:
        assert parse(write(written)) == written


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
    assert notation.parse_sides("each, left first") == ("each", "left", None)
    with pytest.raises(NotationError, match="not understood"):
        notation.parse_sides("sometimes")


@pytest.mark.parametrize("text", ["10 reps" + " " * 286 + "rst 60s", "ß" * 76, "rst " * 75])
def test_advice_that_would_be_too_long_is_not_given(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert caught.value.problems
