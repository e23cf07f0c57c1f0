"""What one item prescribes: sets that differ, open work, breaths, sides, loads and efforts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine, plan_routine, timing
from audioworkout.compiler.bouts import IntervalError
from audioworkout.compiler.script import workout_length
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import (
    Amount,
    BreathPhases,
    Breaths,
    Cues,
    Distance,
    Effort,
    Exercise,
    Hold,
    Kit,
    Load,
    Open,
    Prescription,
    Reps,
    SetSpec,
    Sides,
    Tempo,
    Timed,
)
from audioworkout.model.routine import How, Rests, Routine, Work
from audioworkout.model.script import Line
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.views import json, text
from audioworkout.views.amounts import describe_sets_together
from audioworkout.views.json import timeline_data
from audioworkout.views.page.outline import group_by_exercise
from audioworkout.views.parse_json import parse_timeline
from audioworkout.views.screen_words import words_for
from promises import keep_all
from samples import HYDRANT, JACKS, LUNGE, SQUAT, Letters, routine, superset

HERE = Path(__file__).parent
SECOND = 1_000
CUES = Cues(("Set your feet.",), ("Stay tall.", "Breathe."), motivate=("Strong to the end.",))
PULL_UP = Exercise(
    "pull-up", "Pull-up", Prescription(Reps(5, 5)), position="hanging", starts="bottom", cues=CUES
)
BENCH = Exercise("bench-press", "Bench Press", Prescription(Reps(5, 5)), kit=(Kit("barbell"),))
ROW = Exercise(
    "row", "Row", Prescription(Reps(8, 8), sides=Sides("each", "left")), limb="arm", cues=CUES
)
RUN = Exercise(
    "run",
    "Run",
    Prescription(Timed(60_000, 60_000)),
    speed=2_778,
    travels="own pace",
    cues=CUES,
)
WALKING = Exercise("walk", "Walk", Prescription(Timed(60_000, 60_000)), travels="own pace")
BOX = Exercise("box", "Box Breathing", Prescription(Breaths(5, 5)), position="sitting")
JACK = Exercise("jacks", "Jumping Jacks", Prescription(Reps(50, 50)), beat=1_000)


def kilos(weight: int) -> Load:
    return Load(str(weight), "kg")


def sets(*specs: SetSpec | Amount, **fields: object) -> Prescription:
    """A list of sets that differ."""
    listed = tuple(one if isinstance(one, SetSpec) else SetSpec(one) for one in specs)
    whole = Prescription(listed[0].amount, len(listed), by_set=listed)
    return whole._replace(**fields)


def parts(*amounts: int, rest: int, last: int | None = None, **fields: object) -> list[SetSpec]:
    """The parts of one set of so many reps each; `last` is the rest after the set."""
    number = len(amounts)
    rests = [rest] * (number - 1) + [rest if last is None else last]
    return [
        SetSpec(Reps(reps, reps), rest=after, part=place, parts=number)._replace(**fields)
        for place, (reps, after) in enumerate(zip(amounts, rests, strict=True), 1)
    ]


DROPS = [
    one._replace(load=kilos(weight), lighter=one.part > 1)
    for one, weight in zip(parts(10, 8, 6, rest=0), (20, 15, 10), strict=True)
]
OPEN_400 = Open(170_000, distance=Distance("400", "m"))
CASES: dict[str, Work] = {
    "max": Work(PULL_UP, Prescription(Open(60_000), 2, rest=90_000)),
    "five-and-more": Work(
        BENCH,
        sets(
            SetSpec(Reps(5, 5), kilos(60)),
            SetSpec(Reps(5, 5), kilos(70)),
            SetSpec(Open(30_000, at_least=5), kilos(80)),
            rest=120_000,
        ),
    ),
    "total": Work(PULL_UP, Prescription(Open(170_000, total=21))),
    "distance": Work(RUN, Prescription(OPEN_400, 2, rest=120_000)),
    "send-offs": Work(RUN, Prescription(OPEN_400, 2, every=210_000)),
    "walk-between": Work(RUN, Prescription(OPEN_400, 2, rest=60_000, rest_exercise=WALKING)),
    "ladder": Work(PULL_UP, sets(*(Reps(n, n) for n in range(1, 6)), rest=20_000)),
    "clusters": Work(
        BENCH,
        sets(*(2 * parts(2, 2, rest=15_000, last=120_000)), load=kilos(100)),
    ),
    "drop-set": Work(SQUAT, sets(*DROPS)),
    "rest-pause": Work(SQUAT, sets(*parts(15, 4, 4, rest=15_000))),
    "box-breathing": Work(
        BOX, Prescription(Breaths(4, 4, 5_000, BreathPhases(4_000, 4_000, 4_000, 4_000)))
    ),
    "breaths": Work(BOX, Prescription(Breaths(5, 5))),
    "left-and-right": Work(
        ROW,
        Prescription(Reps(8, 8), sides=Sides("each", "left"), by_side=(Reps(8, 8), Reps(10, 10))),
    ),
    "right-only": Work(ROW, Prescription(Reps(3, 3), sides=Sides("one", "right"))),
    "in-all": Work(LUNGE, Prescription(Reps(7, 7), sides=Sides("alternating", "right", True))),
    "jacks": Work(JACK, Prescription(Reps(33, 33))),
    "tempo": Work(
        SQUAT,
        Prescription(
            Reps(5, 5),
            3,
            tempo=Tempo(4_000, 2_000, 1_000, 0),
            announced=frozenset({"tempo"}),
            effort=(Effort("rpe", "8"),),
            notes=("yellow band",),
        ),
    ),
    "by-load": Work(
        SQUAT,
        sets(*(SetSpec(Reps(8, 8), kilos(weight)) for weight in (85, 85, 80)), rest=60_000),
    ),
}


def laid_out(a_routine: Routine, language: str = "en") -> Timeline:
    script = compile_routine(a_routine._replace(language=language), load_phrases(language))
    return lay_out(script, Letters(), "ruler")


def told(timeline: Timeline) -> list[str]:
    """Everything said but numbers, in order."""
    return [
        event.line.text
        for event in timeline.events
        if isinstance(event, Spoken) and event.number is None
    ]


def say(prescription: Prescription, exercise: Exercise = SQUAT) -> list[str]:
    """What is said of a prescription in the rest before it."""
    timeline = laid_out(routine(JACKS, Work(exercise, prescription)))
    (start, end) = next((s.start_ms, s.end_ms) for s in timeline.spans if s.kind == "rest")
    return [
        event.line.text
        for event in timeline.events
        if isinstance(event, Spoken) and start <= event.start_ms < end
    ]


@pytest.mark.parametrize("name", CASES)
def test_the_timeline_is_as_written_down(name: str, golden: Callable[[Path, str], None]) -> None:
    timeline = laid_out(routine(CASES[name]))
    golden(HERE / "timelines" / f"{name}.txt", text.render(timeline))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_everything_fits_in_every_language(name: str, language: str) -> None:
    timeline = laid_out(routine(JACKS, CASES[name]), language)
    assert not timeline.problems
    keep_all(timeline_data(timeline))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_as_written_down(
    language: str, golden: Callable[[Path, str], None]
) -> None:
    """Every distinct sentence of all cases, to be read by somebody who speaks the language."""
    said = [line for case in CASES.values() for line in told(laid_out(routine(case), language))]
    said += [note for effort in EFFORTS for note in [load_phrases(language).effort(effort)]]
    golden(HERE / "languages" / f"{language}-sets.txt", "\n".join(dict.fromkeys(said)) + "\n")


EFFORTS = (
    Effort("rpe", "8"),
    Effort("rpe", "7-8"),
    Effort("rpe", "8.5"),
    Effort("rir", "0"),
    Effort("rir", "1"),
    Effort("rir", "2"),
    Effort("rir", "1-2"),
    Effort("percent", "80"),
    Effort("zone", "2"),
    Effort("rate", "24"),
    Effort("pace", "5:00", "km"),
    Effort("pace", "9:30", "mi"),
    Effort("pace", "2:05", "500 m"),
    *(
        Effort("word", word)
        for word in (
            *("easy", "moderate", "hard", "light", "heavy", "slow", "fast", "steady", "relaxed"),
            *("gentle", "brisk", "sprint", "free", "kick", "ramp", "bodyweight", "explosive"),
            *("controlled", "all out", "with a smile"),
        )
    ),
)


# -- what is announced ----------------------------------------------------------------------------


def amount_of(prescription: Prescription, exercise: Exercise = SQUAT) -> str:
    return say(prescription, exercise)[2]


def reps(n: int, **fields: object) -> Prescription:
    return Prescription(Reps(n, n))._replace(**fields)


@pytest.mark.parametrize(
    ("prescription", "sentence"),
    [
        (sets(Reps(12, 12), Reps(10, 10), Reps(8, 8)), "Three sets: twelve, ten, eight."),
        (sets(*(Reps(n, n) for n in range(10, 0, -1))), "A ladder: ten sets, from ten to one."),
        (
            sets(*(Reps(n, n) for n in (1, 2, 3, 2, 1))),
            "A ladder: five sets, from one to three and back.",
        ),
        (
            sets(*(Reps(n, n) for n in (2, 4, 6, 8))),
            "A ladder: four sets, from two to eight in steps of two.",
        ),
        (sets(*3 * (Reps(1, 1), Reps(2, 2), Reps(3, 3))), "Nine sets, the first one rep."),
        (
            sets(Hold(40_000, 40_000), Timed(60_000, 60_000)),
            "Two sets: hold for forty seconds, one minute.",
        ),
        (sets(*parts(15, 4, 4, rest=15_000)), "In three parts: fifteen, four, four."),
        (sets(*DROPS), "Drop set: ten, eight, six."),
        (sets(*2 * parts(2, 2, rest=15_000)), "Two sets in parts: two, two."),
        (
            reps(5, tempo=Tempo(2_000, 3_000, 2_000, 0), announced=frozenset({"bottom"})),
            "Five reps, three seconds at the bottom.",
        ),
        (
            reps(5, tempo=Tempo(2_000, 0, 1_000, 1_500), announced=frozenset({"top"})),
            "Five reps, 1.5 seconds at the top.",
        ),
        (
            reps(5, tempo=Tempo(4_000, 2_000, 1_000, 0), announced=frozenset({"tempo"})),
            "Five reps: four down, hold two, one up.",
        ),
        (reps(20, sides=Sides("alternating", "left", True)), "Twenty reps in all."),
        (Prescription(Open(60_000), 4), "Four sets, as many as you can."),
        (Prescription(Open(60_000, at_least=5)), "Five reps, and more if you can."),
        (Prescription(Open(60_000, total=50)), "Fifty reps in all."),
        (Prescription(Open(60_000, calories=20)), "Twenty calories at your own pace."),
        (Prescription(OPEN_400), "Four hundred metres at your own pace."),
        (
            Prescription(
                Open(1_500_000, distance=Distance("5", "km")),
                effort=(Effort("pace", "5:00", "km"),),
            ),
            "Five kilometres.",
        ),
        (
            sets(*(Open(90_000, distance=Distance(m, "m")) for m in ("400", "200"))),
            "Two sets: four hundred metres, two hundred metres.",
        ),
        (
            Prescription(Open(60_000, distance=Distance("1.5", "km"))),
            "1.5 kilometres at your own pace.",
        ),
        (Prescription(Breaths(5, 5)), "Five breaths."),
        (
            Prescription(Breaths(6, 6, 5_000, BreathPhases(4_000, 7_000, 8_000))),
            "Six breaths: in four, hold seven, out eight.",
        ),
    ],
)  # fmt: skip
def test_the_amount_is_said(prescription: Prescription, sentence: str) -> None:
    assert amount_of(prescription) == sentence


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (kilos(85), "With eighty-five kilos."),
        (Load("225", ""), "At two hundred and twenty-five."),
        (Load("10", "kg", added=True), "With ten kilos added."),
        (Load("12.5", "kg"), "With 12.5 kilos."),
        (Load("20-24", "kg"), "With twenty to twenty-four kilos."),
    ],
)
def test_the_load_is_said(weight: Load, sentence: str) -> None:
    assert sentence in say(reps(5, load=weight))


def test_effort_and_notes_are_said() -> None:
    said = say(reps(5, effort=(Effort("rpe", "8"), Effort("word", "easy")), notes=("red band",)))
    assert said[3:6] == ["Effort eight of ten.", "Easy.", "Red band."]


def test_both_sides_are_said_where_they_differ_and_each_again_when_it_comes() -> None:
    two = CASES["left-and-right"].prescription
    assert say(two, ROW)[2:4] == [
        "Eight reps on the left, ten reps on the right.",
        "Left arm first.",
    ]
    slow = laid_out(routine(CASES["left-and-right"], how=How(rests=Rests(sides=10_000))))
    assert "Switch sides. Right arm, ten reps." in told(slow)


def test_another_set_says_what_is_different_in_it() -> None:
    by_load = told(laid_out(routine(CASES["by-load"])))
    assert "Set two of three." in by_load
    assert "Last set, eighty kilos: eight." in by_load
    more = told(laid_out(routine(CASES["five-and-more"])))
    assert "Last set, eighty kilos: five, and more if you can." in more


def test_an_effort_of_its_own_is_said_before_its_set() -> None:
    easy, hard = (Effort("word", word) for word in ("easy", "hard"))
    both = sets(SetSpec(Reps(5, 5), effort=(easy,)), SetSpec(Reps(5, 5), effort=(hard,)))
    said = told(laid_out(routine(Work(SQUAT, both))))
    assert said.index("Easy.") < said.index("The last set of the day.") < said.index("Hard.")


def test_a_barbell_is_put_back_between_the_parts_of_a_set() -> None:
    assert "Rack. Fifteen seconds." in told(laid_out(routine(CASES["clusters"])))


def test_units_change_how_a_distance_of_ones_own_pace_is_said_and_not_how_long_it_lasts() -> None:
    plain, imperial = (routine(CASES["distance"], how=How(units=u)) for u in (None, "imperial"))
    assert "Two sets, four hundred and thirty-five yards at your own pace." in told(
        laid_out(imperial)
    )
    assert plan_routine(plain).lasts == plan_routine(imperial).lasts


# -- lengths --------------------------------------------------------------------------------------


def spans(work: Work, **how: object) -> list[tuple[str, int, int | None]]:
    timeline = laid_out(routine(work, how=How(**how)))  # type: ignore[arg-type] # as given
    return [
        (span.kind, span.end_ms - span.start_ms, span.count)
        for span in timeline.spans
        if span.kind not in ("intro", "prepare", "outro")
    ]


@pytest.mark.parametrize("level", ["beginner", "normal", "advanced"])
@pytest.mark.parametrize("pace", ["easy", "normal", "brisk"])
def test_no_wish_changes_a_window(level: str, pace: str) -> None:
    assert spans(CASES["total"], level=level, pace=pace) == [("work", 170_000, None)]


def test_a_breath_lasts_what_its_phases_do() -> None:
    assert spans(CASES["box-breathing"], pace="brisk") == [("work", 4 * 16_000, None)]
    assert spans(CASES["breaths"]) == [("work", 25_000, None)]


def test_rests_within_and_between_clusters() -> None:
    assert [lasts for kind, lasts, _ in spans(CASES["clusters"]) if kind == "rest"] == [
        15_000,
        120_000,
        15_000,
    ]


def test_the_rests_of_a_list_are_those_after_each_set() -> None:
    rests = [30_000, 60_000, None]
    listed = sets(*(SetSpec(Reps(2, 2), rest=rest) for rest in rests))
    assert [lasts for kind, lasts, _ in spans(Work(SQUAT, listed)) if kind == "rest"] == rests[:2]


def test_sets_start_on_the_clock() -> None:
    timeline = laid_out(routine(CASES["send-offs"]))
    starts = [span.start_ms for span in timeline.spans if span.kind == "work"]
    assert [two - one for one, two in pairwise(starts)] == [210_000]
    (warning,) = (e for e in timeline.events if isinstance(e, Spoken) and "Next one" in e.line.text)
    assert starts[1] - warning.start_ms == 10_000


def test_both_sides_stand_between_two_starts_on_the_clock() -> None:
    both = Work(ROW, Prescription(Reps(5, 5), 2, Sides("each"), every=60_000))
    lasts = [lasts for _, lasts, _ in spans(both)]
    assert lasts == [20_000, 5_000, 20_000, 15_000, 20_000, 5_000, 20_000]


def test_what_takes_longer_than_its_interval_is_refused() -> None:
    long = Work(RUN, Prescription(OPEN_400, 2, every=170_000))
    with pytest.raises(IntervalError, match=r"2m50s and cannot begin again every 2m50s") as caught:
        plan_routine(routine(long))
    assert caught.value.hint


def test_an_exercise_may_fill_the_rests() -> None:
    intervals = plan_routine(routine(CASES["walk-between"])).intervals
    assert [(interval.bout.exercise.key, interval.pause) for interval in intervals] == [
        ("run", 10_000),
        ("walk", 0),
        ("run", 0),
    ]
    assert timing.work_length(WALKING, intervals[1].bout.prescription, How()) == 60_000


def test_one_side_alone() -> None:
    (span,) = (s for s in laid_out(routine(CASES["right-only"])).spans if s.kind == "work")
    assert (span.context.side, span.count) == ("right", 3)


def test_of_an_odd_number_in_all_the_first_side_has_one_more() -> None:
    timeline = laid_out(routine(CASES["in-all"]))
    counts = [
        (event.side, event.number)
        for event in timeline.events
        if isinstance(event, Spoken) and event.role == "count"
    ]
    assert counts == [
        (side, n) for n in (1, 2, 3, 4) for side in ("right", "left") if (side, n) != ("left", 4)
    ]
    down = laid_out(routine(CASES["in-all"], how=How(count="down")))
    numbers = [e.number for e in down.events if isinstance(e, Spoken) and e.role == "count"]
    assert numbers == [4, 3, 3, 2, 2, 1, 1]


def test_fifty_jacks_take_fifty_seconds_and_a_tempo_that_was_written_its_own() -> None:
    assert spans(Work(JACK, reps(50))) == [("work", 50_000, 50)]
    slow = reps(5, tempo=Tempo(2_000, 0, 2_000, 0), announced=frozenset({"tempo"}))
    assert spans(Work(JACK, slow)) == [("work", 20_000, 5)]
    slowly = reps(5, tempo=Tempo(3_000, 0, 3_000, 0), effort=(Effort("word", "slow"),))
    assert spans(Work(JACK, slowly)) == [("work", 30_000, 5)]
    paused = reps(5, tempo=Tempo(2_000, 0, 2_000, 2_000), announced=frozenset({"top"}))
    assert spans(Work(JACK, paused)) == [("work", 15_000, 5)]


def test_a_window_too_short_for_its_reps_counts_those_that_fit() -> None:
    assert spans(Work(SQUAT, Prescription(Open(10_000, at_least=5)))) == [("work", 10_000, 2)]


def test_the_half_of_a_distance_is_estimated_from_its_pace() -> None:
    def half(prescription: Prescription) -> int:
        timeline = laid_out(routine(Work(RUN, prescription)))
        start = next(s.start_ms for s in timeline.spans if s.kind == "work")
        return next(e.start_ms for e in timeline.events if getattr(e, "name", "") == "half") - start

    km = Open(415_000, distance=Distance("1", "km"))
    assert half(Prescription(km)) == 180_000
    assert half(Prescription(km, effort=(Effort("pace", "5:00", "km"),))) == 150_000
    assert half(Prescription(km, effort=(Effort("pace", "2:00", "500 m"),))) == 120_000
    assert half(Prescription(Open(100_000, distance=Distance("1", "km")))) == 50_000


def test_more_sets_of_a_list_repeat_its_last_and_clusters_stay_whole() -> None:
    cluster = sets(*parts(2, 2, rest=15_000), *parts(1, 1, rest=15_000))
    assert (cluster.set_count, cluster.sets) == (2, 4)
    assert [one.amount.low for one in cluster.with_sets(3).by_set] == [2, 2, 1, 1, 1, 1]  # type: ignore[union-attr] # reps
    assert cluster.with_sets(1).by_set == cluster.by_set[:2]
    assert reps(5).with_sets(4) == reps(5, sets=4)


def test_a_level_takes_its_end_of_every_range() -> None:
    ranges = sets(Reps(8, 12), Reps(6, 8))
    intervals = plan_routine(routine(Work(SQUAT, ranges), how=How(level="beginner"))).intervals
    assert [interval.bout.prescription.amount for interval in intervals] == [Reps(8, 8), Reps(6, 6)]
    sided = reps(8, sides=Sides("each"), by_side=(Reps(6, 8), Reps(8, 10)))
    intervals = plan_routine(routine(Work(ROW, sided), how=How(level="advanced"))).intervals
    assert [interval.bout.prescription.amount for interval in intervals] == [
        Reps(8, 8),
        Reps(10, 10),
    ]


def test_a_superset_goes_by_whole_sets() -> None:
    pair = superset(CASES["clusters"], Work(SQUAT, reps(5, sets=2)))
    intervals = plan_routine(routine(pair)).intervals
    assert [
        (interval.bout.exercise.key, interval.bout.set, interval.bout.part)
        for interval in intervals
    ] == [
        ("bench-press", 1, 1),
        ("bench-press", 1, 2),
        ("squat", 1, 0),
        ("bench-press", 2, 1),
        ("bench-press", 2, 2),
        ("squat", 2, 0),
    ]


@pytest.mark.parametrize("name", CASES)
def test_the_timeline_reads_back_from_its_json(name: str) -> None:
    timeline = laid_out(routine(CASES[name]))
    assert parse_timeline(json.render(timeline)) == timeline._replace(problems=())


# -- what is seen ---------------------------------------------------------------------------------

SEEN = {
    "max": "2 × max",
    "five-and-more": "5 reps, 5 reps, 5+ reps",
    "total": "21 reps in all",
    "distance": "2 × 400 m",
    "ladder": "1, 2, 3, 4, 5 reps",
    "clusters": "4 × 2 reps",
    "drop-set": "10, 8, 6 reps",
    "box-breathing": "4 breaths 4-4-4-4",
    "breaths": "5 breaths",
    "left-and-right": "8 / 10 reps",
    "right-only": "3 reps",
    "in-all": "7 reps",
}


@pytest.mark.parametrize("name", SEEN)
def test_the_amount_is_seen(name: str) -> None:
    timeline = laid_out(routine(CASES[name]))
    work = [span for span in timeline.spans if span.kind == "work"]
    assert describe_sets_together(work, words_for("en")) == SEEN[name]
    (plan_item,) = (
        piece for piece in group_by_exercise(timeline) if piece.chapters[0][1].context.exercise
    )
    assert plan_item.amount == SEEN[name].split(" × ")[-1]


def test_chapters_of_parts_are_told_apart() -> None:
    titles = [mark.title for mark in laid_out(routine(CASES["clusters"])).chapters]
    assert titles[1:3] == [
        "1/1 Bench Press · set 1/2 · part 1/2",
        "1/1 Bench Press · set 1/2 · part 2/2",
    ]


# -- promises -------------------------------------------------------------------------------------

numbers = st.integers(1, 12)
windows = st.integers(1, 40).map(lambda n: n * 5 * SECOND)
phases = st.integers(1, 8).map(lambda n: n * SECOND)
distances = st.builds(
    Distance, st.sampled_from(["100", "400", "1.5"]), st.sampled_from(["m", "km", "mi", "yd"])
)
amounts = st.one_of(
    numbers.map(lambda n: Reps(n, n)),
    st.builds(Open, windows, numbers | st.just(0)),
    st.builds(Open, windows, st.just(0), numbers),
    st.builds(Open, windows, st.just(0), st.just(0), distances),
    st.builds(Breaths, st.just(1), numbers, phases),
    st.builds(
        Breaths,
        st.just(1),
        numbers,
        st.just(5_000),
        st.builds(BreathPhases, phases, phases, phases, phases | st.just(0)),
    ),
    st.integers(2, 90).map(lambda s: Timed(s * SECOND, s * SECOND)),
)
weights = st.none() | numbers.map(kilos)
efforts = st.lists(st.sampled_from(EFFORTS), max_size=2).map(tuple)
specs = st.builds(
    SetSpec, amounts, weights, efforts, st.none() | st.integers(0, 60).map(lambda s: s * SECOND)
)
clusters = st.lists(numbers, min_size=2, max_size=3).map(lambda n: parts(*n, rest=15_000))
lists = st.lists(specs.map(lambda one: [one]) | clusters, min_size=1, max_size=4)


@st.composite
def works(draw: st.DrawFn) -> Work:
    listed = [one for group in draw(lists) for one in group]
    first = listed[0].amount
    counted = all(isinstance(one.amount, Reps) for one in listed)
    orders = ["together", "each", "one", *(["alternating"] if counted else [])]
    sides = Sides(draw(st.sampled_from(orders)), draw(st.sampled_from(["left", "right"])))
    in_all = sides.order == "alternating" and draw(st.booleans())
    prescription = Prescription(
        first,
        len(listed),
        sides._replace(in_all=in_all),
        by_set=tuple(listed),
        effort=draw(efforts),
        notes=draw(st.sampled_from([(), ("yellow band",)])),
        announced=draw(st.sampled_from([frozenset(), frozenset({"tempo"}), frozenset({"top"})])),
        rest_exercise=draw(st.sampled_from([None, None, WALKING])),
    )
    beat = draw(st.sampled_from([None, 500, 750, 1_000, 1_500]))
    return Work(draw(st.sampled_from([SQUAT, HYDRANT, ROW, RUN]))._replace(beat=beat), prescription)


hows = st.builds(
    How,
    level=st.sampled_from(["beginner", "normal", "advanced"]),
    pace=st.sampled_from(["easy", "normal", "brisk"]),
    coaching=st.sampled_from(["full", "brief", "off"]),
    count=st.sampled_from(["up", "down", "last5", "off"]),
    mood=st.sampled_from(["calm", "plain", "lively"]),
    beeps=st.booleans(),
    units=st.sampled_from([None, "metric", "imperial"]),
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(works(), hows, st.integers(60, 160))
def test_every_prescription_keeps_the_promises(work: Work, how: How, percent: int) -> None:
    """Whatever is prescribed, wished, and however fast the voice; windows are exact."""

    class Voice(Letters):
        def line(self, line: Line) -> int:
            return super().line(line) * percent // 100

    script = compile_routine(routine(work, how=how), load_phrases("en"))
    timeline = lay_out(script, Voice(), "voice")
    data = timeline_data(timeline)
    assert (
        timeline.duration_ms
        == script.lasts
        == workout_length(routine(work, how=how), load_phrases("en"))
    )
    fits = not timeline.problems
    keep_all(data, beeps=how.beeps, counts=how.count if fits else "off")
    for span in data["spans"]:
        if span["mode"] == "open":
            assert span["end_ms"] - span["start_ms"] == span["amount"]["window"]
