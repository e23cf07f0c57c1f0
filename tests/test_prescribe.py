"""What a line and its exercise come to: what only the exercise can decide."""

from __future__ import annotations

import pytest

from audioworkout.model.exercise import (
    Breaths,
    Carry,
    Distance,
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
from audioworkout.model.request import Flags
from audioworkout.notation import parse_line
from audioworkout.reading.catalogue import Catalogue, Folders
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.dump import dump_routine
from audioworkout.reading.exercises import speed_of, timed_of
from audioworkout.reading.prescribe import Prescribed, prescribe
from audioworkout.reading.routines import read_routine


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(Folders(), Diagnostics(), "en")


def exercise(catalogue: Catalogue, name: str) -> Exercise:
    found = catalogue.named(name)
    assert found is not None
    return found


def decide(catalogue: Catalogue, item: str) -> Prescribed:
    """`name: line` with the exercise of the catalogue."""
    name, _, line = item.partition(": ")
    one, partial = exercise(catalogue, name), parse_line(line)
    between = catalogue.named(partial.rest_exercise) if partial.rest_exercise else None
    return prescribe(partial, one, one.prescription, between=between)


def meters(figure: str, window: int, unit: str = "m") -> Open:
    return Open(window, distance=Distance(figure, unit))  # type: ignore[arg-type]


AMOUNTS = [
    ("burpees: 20s", Timed(20_000, 20_000), 1),
    ("plank: 20s", Hold(20_000, 20_000), 1),
    ("push up: 1 min", Timed(60_000, 60_000), 1),
    # An estimated window ends 5 s before the next send-off; a roomy one is as long as ever.
    ("swim: 8 x 50 on 1:00", meters("50", 55_000), 8),
    ("swim: 4 x 50 on 2:00", meters("50", 70_000), 4),
    ("hamstring stretch: 30-60s", Hold(30_000, 60_000), 1),
    ("plank: 4x20s", Hold(20_000, 20_000), 4),
    ("plank: hold 20s, 4 times", Hold(20_000, 20_000), 4),
    ("glute bridge: 10x5s", Reps(10, 10), 1),
    ("glute bridge: 3x20s", Timed(20_000, 20_000), 3),
    ("cat cow: 10 rounds", Reps(10, 10), 1),
    ("plank: 3 rounds", Hold(30_000, 45_000), 3),
    ("farmers carry: 3x30m", Carry(30, 30, "m", False), 3),
    ("farmers carry: 20 yd", Carry(60, 60, "ft", False), 1),
    ("run: 6x400 m", meters("400", 170_000), 6),
    ("run: 5 km @ 5:00/km", meters("5", 1_500_000, "km"), 1),
    ("run: 10 km @ 5:00", meters("10", 3_000_000, "km"), 1),
    ("run: 8 x 50", meters("50", 25_000), 8),
    ("walk: 5m", Timed(300_000, 300_000), 1),
    ("run: 40m", meters("40", 20_000), 1),
    ("plank: 2m", Hold(120_000, 120_000), 1),
    ("dead hang: 6 x 7/3", Hold(7_000, 7_000), 6),
    ("side plank: 30/30", Hold(30_000, 30_000), 1),
    ("burpees: 40/20", Timed(40_000, 40_000), 1),
    ("shoulder press: 5/5", Reps(5, 5), 1),
    ("pull up: 4x max", Open(60_000), 4),
    ("push up: max in 45s", Open(45_000), 1),
    ("push up: 50 total", Open(350_000, total=50), 1),
    ("burpees: 20 cal", Open(80_000, calories=20), 1),
    ("push up: 5+", Open(30_000, at_least=5), 1),
    ("push up: 7+7+7", Reps(21, 21), 1),
    ("walking lunges: 100 steps", Steps(100, 100), 1),
    ("push up: 5 breaths", Breaths(5, 5), 1),
]


@pytest.mark.parametrize(("item", "amount", "sets"), AMOUNTS, ids=[item for item, *_ in AMOUNTS])
def test_what_the_exercise_decides(catalogue: Catalogue, item: str, amount, sets) -> None:
    found = decide(catalogue, item)
    meant = found.prescription
    assert found.errors == ()
    assert (meant.amount, meant.sets, meant.by_set) == (amount, sets, ())


SIDES = [
    ("split squat: 10", Sides("each")),
    ("side lunges: 10", Sides("alternating", "right")),
    ("side lunges: 20 alternating", Sides("alternating", "right", True)),
    ("side lunges: 10 per side, alternating", Sides("alternating", "right")),
    ("side lunges: 20 total", Sides("alternating", "right", True)),
    ("walking lunges: 100 steps", Sides("alternating", in_all=True)),
    ("walking lunges: 50 steps per leg", Sides("alternating")),
    ("fire hydrants: 12 both sides", Sides("each")),
    ("fire hydrants: 12 both sides together", Sides("together")),
    ("push up: 12 both sides", Sides("together")),
    ("side leg raise: 2x10 right only", Sides("one", "right")),
    ("split squat: 8 left, 10 right", Sides("each")),
]


@pytest.mark.parametrize(("item", "sides"), SIDES, ids=[item for item, _ in SIDES])
def test_how_the_sides_take_turns(catalogue: Catalogue, item: str, sides: Sides) -> None:
    assert decide(catalogue, item).prescription.sides == sides


def test_amounts_of_the_two_sides(catalogue: Catalogue) -> None:
    assert decide(catalogue, "split squat: 8 left, 10 right").prescription.by_side == (
        Reps(8, 8),
        Reps(10, 10),
    )
    assert decide(catalogue, "split squat: 9 in all").prescription.by_side == (
        Reps(5, 5),
        Reps(4, 4),
    )
    assert decide(catalogue, "split squat: 5L/5R").prescription.by_side is None


def sets_of(catalogue: Catalogue, item: str) -> tuple[SetSpec, ...]:
    found = decide(catalogue, item)
    assert found.errors == ()
    assert len(found.prescription.by_set) == found.prescription.sets
    return found.prescription.by_set


def test_one_amount_a_set(catalogue: Catalogue) -> None:
    for line in ("12, 10, 8", "12-10-8", "3x12-10-8"):
        specs = sets_of(catalogue, f"goblet squat: {line}")
        assert [spec.amount for spec in specs] == [Reps(12, 12), Reps(10, 10), Reps(8, 8)]
    assert len(sets_of(catalogue, "shoulder press: 3x 1-2-3 each arm")) == 9
    assert [s.amount.low for s in sets_of(catalogue, "push up: 1..3..1")] == [1, 2, 3, 2, 1]


def test_loads_and_efforts_by_set(catalogue: Catalogue) -> None:
    specs = sets_of(catalogue, "goblet squat: 5 @ 40kg, 5 @ 50kg, 5+ @ 60kg")
    assert [spec.load for spec in specs] == [Load(one, "kg") for one in ("40", "50", "60")]
    assert specs[2].amount == Open(30_000, at_least=5)
    specs = sets_of(catalogue, "goblet squat: 5 @85%, 3x5 @75%")
    assert [spec.effort[0].figure for spec in specs] == ["85", "75", "75", "75"]
    assert [s.amount for s in sets_of(catalogue, "goblet squat: 3x8+")][:2] == [Reps(8, 8)] * 2


def test_parts_of_a_set(catalogue: Catalogue) -> None:
    specs = sets_of(catalogue, "lateral raise: 15+4+4, rest 15s")
    assert [(s.amount.low, s.rest, s.part, s.parts) for s in specs] == [
        (15, 15_000, 1, 3),
        (4, 15_000, 2, 3),
        (4, None, 3, 3),
    ]
    specs = sets_of(catalogue, "goblet squat: 2x(2,2), rest 15s, 2 min")
    assert [s.rest for s in specs] == [15_000, 120_000, 15_000, 120_000]
    specs = sets_of(catalogue, "biceps curl: 10 @ 20kg, 8 @ 15kg, 6 @ 10kg, rest 0")
    assert [(s.part, s.lighter, s.rest) for s in specs] == [
        (1, False, 0),
        (2, True, 0),
        (3, True, None),
    ]
    specs = sets_of(catalogue, "lateral raise: 3x10 + drop set")
    assert (specs[3].amount, specs[3].lighter, specs[2].rest) == (Open(60_000), True, 10_000)
    specs = sets_of(catalogue, "dead hang: 3x(6x 7s on 3s off), rest 3 min")
    assert [s.rest for s in specs[:6]] == [3_000] * 5 + [180_000]


def test_rests(catalogue: Catalogue) -> None:
    specs = sets_of(catalogue, "run: 8-6-4-2 min, 2-2-1 min rest")
    assert [s.rest for s in specs] == [120_000, 120_000, 60_000, None]
    assert decide(catalogue, "run: 6x400 m every 3:30").prescription.every == 210_000
    meant = decide(catalogue, "run: 5x300 m, 60s walk").prescription
    assert (meant.rest, meant.rest_exercise and meant.rest_exercise.key) == (60_000, "walk")
    assert decide(catalogue, "run: 8x400m, 200m jog").prescription.rest == 85_000


def test_tempo_and_what_of_it_is_said(catalogue: Catalogue) -> None:
    def of(item: str) -> tuple[Tempo, frozenset[str]]:
        meant = decide(catalogue, item).prescription
        return meant.tempo, meant.announced

    assert of("push up: 5, pause 3s at bottom") == (Tempo(2000, 3000, 1000, 500), {"bottom"})
    assert of("chin tucks: 10 reps, 3s hold") == (Tempo(1000, 0, 1000, 3000), {"top"})
    assert of("glute bridge: 10x5s") == (Tempo(2000, 0, 1000, 5000), {"top"})
    assert of("bodyweight squat: 5 @4-2-1-0") == (Tempo(4000, 2000, 1000, 0), {"tempo"})
    assert of("pull up: 3x5, 5s negative") == (Tempo(5000, 0, 1000, 1000), {"tempo"})
    assert of("goblet squat: 8 slow") == (Tempo(4000, 0, 4000, 0), frozenset())
    assert of("goblet squat: 8, pause 2s") == (Tempo(2000, 2000, 2000, 0), {"bottom"})
    assert of("side lunges") == (Tempo(2000, 1000, 2000, 0), {"bottom"})


def test_breaths_and_their_phases() -> None:
    box = Exercise("box-breathing", "Box Breathing", Prescription(Breaths(10, 10)), timed="breaths")

    def amount(line: str) -> object:
        return prescribe(parse_line(line), box, box.prescription).prescription.amount

    square = (4_000, 4_000, 4_000, 4_000)
    assert amount("10 x in 4, hold 4, out 4, hold 4") == Breaths(10, 10, 5_000, square)
    assert amount("10 @4-4-4-4") == Breaths(10, 10, 5_000, square)
    assert amount("4 cycles 4-7-8") == Breaths(4, 4, 5_000, (4_000, 7_000, 8_000, 0))
    assert amount("6x 4-7-8") == Breaths(6, 6, 5_000, (4_000, 7_000, 8_000, 0))
    assert amount("5.5 in 5.5 out for 5 min") == Breaths(27, 27, 5_000, (5_500, 0, 5_500, 0))
    assert amount("2 min") == Breaths(24, 24)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("push up: 8/12", "two sides, or work and rest"),
        ("run: 5", "no number of reps"),
        ("glute bridge: 20 m", "covers no distance"),
        ("plank: 40s + 10 pulses", "pulses follow reps"),
        ("push up: 10, rest 60s, every 2 min", "contradict each other"),
        ("run: 60s in 2 min", "named twice"),
        ("push up: 12 @1-0-1-0, 0s down, 0s up", "too short to be counted"),
    ],
)
def test_what_does_not_go_together(catalogue: Catalogue, item: str, message: str) -> None:
    errors = decide(catalogue, item).errors
    assert any(message in error for error, _ in errors), errors


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("side lunges: 10", "10 is taken as the number for each side"),
        ("walking lunges: 100 steps", "both legs together"),
        ("fire hydrants: 12 both sides", "each side"),
        ("walk: 5m", "taken as minutes"),
        ("run: 40m", "taken as metres"),
        ("glute bridge: 10x5s", "10 reps with 5s at the top"),
        ("goblet squat: 8, pause 2s", "a pause at the bottom"),
    ],
)
def test_what_could_mean_something_else_is_told(
    catalogue: Catalogue, item: str, message: str
) -> None:
    assert any(message in warning for warning, _ in decide(catalogue, item).warnings)


def test_what_an_exercise_says_of_itself(catalogue: Catalogue) -> None:
    assert exercise(catalogue, "jumping jacks").beat == 1_000
    assert exercise(catalogue, "run").speed == 2_778
    assert exercise(catalogue, "run").travels == "own pace"
    assert exercise(catalogue, "glute bridge").travels == ""
    assert exercise(catalogue, "chest opener").timed == "hold"
    assert timed_of("pigeon-pose", None) == "hold"
    assert timed_of("sled-push", None) == "work"
    assert speed_of("2:00/100 m") == 833
    assert speed_of("fast") is None
    assert speed_of("0:00/km") is None


LISTED = (
    *("goblet squat: 12, 10, 8", "goblet squat: 5 @ 40kg RPE 8, 5+ @ 50kg", "push up: 3x8+"),
    *("lateral raise: 15+4+4, rest 15s", "lateral raise: 3x10 + drop set", "side lunges: 8, 6, 4"),
    *("goblet squat: 2x(2,2), rest 15s, 2 min", "run: 8-6-4-2 min, 2-2-1 min rest"),
    *("run: 5x300 m, 60s walk", "run: 6x400 m every 3:30", "run: 200-400-200 m"),
    *("push up: 5, pause 3s at bottom", 'push up: 5 @3-0-1-0, "slowly now", 3x/day'),
    *("goblet squat: 8 @ 60", "pull up: 5 +10kg 80% 2 RIR", "run: 5 km @ 5:00/km easy"),
    *("push up: 10 breaths, in 4 hold 4 out 4", "split squat: 9 in all"),
    *("side plank: 20s left, 30s right", "goblet squat: 4x8 slow", "chin tucks: 10 reps, 3s hold"),
)


@pytest.mark.parametrize("item", [*(item for item, *_ in AMOUNTS + SIDES), *LISTED])
def test_what_is_shown_reads_back(item: str) -> None:
    name, _, line = item.partition(": ")
    text = f"title: T\nexercises:\n  - {name}: '{line}'\n"
    routine = read_routine("-", Flags(), Folders(), text).routine
    shown = dump_routine(routine, Folders())
    assert read_routine("-", Flags(), Folders(), shown).routine.items == routine.items, shown


@pytest.mark.parametrize(
    "line",
    ["12, 10, 8", "2x5 @ 40kg", "max in 45s", "5+", "400 metres", "8 left, 10 right", "4x for 20s"],
)
def test_a_default_is_shown_as_a_line(line: str) -> None:
    text = f"title: T\ndefine: {{thing: {{default: '{line}'}}}}\nexercises: [thing]\n"
    routine = read_routine("-", Flags(), Folders(), text).routine
    shown = dump_routine(routine, Folders())
    assert read_routine("-", Flags(), Folders(), shown).routine.items == routine.items, shown
