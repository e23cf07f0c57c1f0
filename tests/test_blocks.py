"""Blocks: as people write them, as exact timelines, and what holds for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioworkout.adapting import adapt
from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.compiler.script import measure_length
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import Hold, Open, Reps, SetSpec
from audioworkout.model.items import (
    exercises_in,
    filter_works,
    map_works,
    with_rounds,
    works_in,
)
from audioworkout.model.request import Flags, Request, Wishes
from audioworkout.model.routine import Announcement, Block, How, Item, Rest, Routine, Work
from audioworkout.model.timeline import Timeline
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError
from audioworkout.reading.dump import dump_routine
from audioworkout.reading.headings import CLUES, KIND_WORDS, read_heading
from audioworkout.reading.json_schema import make_schema
from audioworkout.units import MINUTE
from audioworkout.views import lrc, text
from audioworkout.views.card_content import card_contents
from audioworkout.views.grouping import group_chapters
from audioworkout.views.json import render as render_json
from audioworkout.views.json import timeline_data
from audioworkout.views.page.outline import group_by_exercise
from audioworkout.views.parse_json import parse_timeline
from audioworkout.voices.ruler import Ruler
from promises import keep_all
from samples import HYDRANT, JACKS, LUNGE, MARCH, PLANK, SQUAT, Letters, circuit, emom, routine

HERE = Path(__file__).parent
VALIDATOR = jsonschema.Draft202012Validator(make_schema())

CASES = {
    "amrap": "- amrap 4 min: [pull up: 5, push up: 10, bodyweight squat: 15]",
    "for-time": "- for time:\n"
    "    rounds: 21-15-9\n"
    "    cap: 4 min\n"
    "    exercises: [dumbbell thruster, pull up]",
    "for-time-nested": "- for time:\n"
    "    exercises:\n"
    "      - run: 400 m\n"
    "      - 3 rounds: [push up: 5, sit up: 5]\n"
    "      - rest: 60s\n"
    "      - run: 400 m",
    "interval-of-two": "- every 2 min x 2: [kettlebell swing: 15, burpees: 5]",
    "emom-with-rest": "- emom 3 min: [push up: 4, rest, bodyweight squat: 5]",
    "21-15-9": "- circuit: {rounds: 6-4-2, exercises: [push up, bodyweight squat]}",
    "run-walk": "- repeat 3 times: [run: 60s, walk: 90s]",
    "hard-easy": "- circuit: {rounds: 2, exercises: [run: 1 min hard, run: 1 min easy]}",
    "tabata-without-rest": "- tabata: {rounds: 4, rest: 0s, exercises: [burpees, plank]}",
    "superset-without-rest": "- superset:\n"
    "    transition: 0s\n"
    "    exercises: [goblet squat: 2x4, bent-over row: 2x4]",
    "repeaters": "- 2 rounds:\n"
    "    - tabata: {rounds: 3, work: 7s, rest: 3s, exercises: [dead hang]}\n"
    "    - say: Shake it out.",
    "member-rests": "- 2 rounds: [push up: 4 rest 30s, bodyweight squat: 4]",
}
"""Each becomes a workout of its own, whose whole timeline stands in `timelines/`."""


def request_of(items: str, flags: Flags | None = None) -> Request:
    return prepare_routine("-", flags or Flags(), Folders(), f"title: Test\nexercises:\n{items}\n")


def items_of(items: str) -> tuple[Item, ...]:
    return request_of(items).routine.items


def block_of(items: str) -> Block:
    (block,) = items_of(items)
    assert isinstance(block, Block)
    return block


def laid_out(a_routine: Routine, language: str = "en") -> Timeline:
    return lay_out(compile_routine(a_routine, load_phrases(language)), Ruler(), "ruler")


def indented(case: str) -> str:
    lines = CASES[case].split("\n")
    return "\n".join(line if line.startswith("define") else f"  {line}" for line in lines)


def case_routine(case: str) -> Routine:
    return request_of(indented(case)).routine


def said(timeline: Timeline, start: int, end: int) -> list[str]:
    return [
        event.line.text
        for event in timeline.events
        if hasattr(event, "line") and start <= event.start_ms < end
    ]


# -- exact timelines ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_the_timeline_is_as_written_down(case: str, golden: Callable[[Path, str], None]) -> None:
    golden(HERE / "timelines" / f"{case}.txt", text.render(laid_out(case_routine(case))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_everything_fits_and_keeps_the_promises(case: str, language: str) -> None:
    timeline = laid_out(case_routine(case), language)
    assert not timeline.problems
    keep_all(timeline_data(timeline))
    assert parse_timeline(render_json(timeline)) == timeline


@pytest.mark.parametrize("case", CASES)
def test_the_long_form_reads_back(case: str) -> None:
    one = case_routine(case)
    again = prepare_routine("-", Flags(), Folders(), dump_routine(one)).routine
    assert again.items == one.items


def test_couch_to_run_is_continuous_for_twenty_minutes() -> None:
    a_routine = prepare_routine("couch-to-run", Flags(), Folders()).routine
    spans = [span for span in laid_out(a_routine).spans if span.kind == "work"]
    intervals = [s for s in spans if (s.context.rounds or 1) == 8]
    assert len(intervals) == 16
    assert intervals[-1].end_ms - intervals[0].start_ms == 20 * MINUTE
    assert all(one.end_ms == two.start_ms for one, two in pairwise(intervals))


# -- as people write them -------------------------------------------------------------------------


WRITTEN = [
    (
        "- 3 rounds: [push up: 10, plank: 20s]",
        "- rounds: {rounds: 3, exercises: [push up: 10, plank: 20s]}",
    ),
    ("- 3 Rounds of: [push up: 10]", "- rounds: {rounds: 3, exercises: [push up: 10]}"),
    (
        "- 3 rounds:\n      push up: 10\n      plank: 20s",
        "- 3 rounds: [push up: 10, plank: 20s]",
    ),
    ("- repeat 8 times: [run: 60s]", "- repeat: {rounds: 8, exercises: [run: 60s]}"),
    ("- 8x: [run: 60s]", "- repeat: {rounds: 8, exercises: [run: 60s]}"),
    ("- 8 x (run 60s, walk 90s)", "- repeat 8 times: [run: 60s, walk: 90s]"),
    ("- 2 x (60s run, rest 30s)", "- repeat 2 times: [run: 60s, rest: 30s]"),
    (
        "- every 2 min x 5: [push up: 5]",
        "- every: {every: 2 min, rounds: 5, exercises: [push up: 5]}",
    ),
    (
        "- every 90s for 12 min: [push up: 5]",
        "- every: {every: 90s, minutes: 12, exercises: [push up: 5]}",
    ),
    (
        "- every minute for 4 min: [push up: 5]",
        "- every: {minutes: 4, exercises: [push up: 5]}",
    ),
    ("- emom 10: [push up: 5]", "- emom: {minutes: 10, exercises: [push up: 5]}"),
    ("- E2MOM x 5: [push up: 5]", "- emom: {every: 2 min, rounds: 5, exercises: [push up: 5]}"),
    (
        "- emom: {minutes: 10, every: 2 min, exercises: [push up: 5]}",
        "- emom: {every: 2 min, rounds: 5, exercises: [push up: 5]}",
    ),
    (
        "- emom: {minutes: 10, rounds: 5, exercises: [push up: 5]}",
        "- emom: {every: 2 min, rounds: 5, exercises: [push up: 5]}",
    ),
    ("- AMRAP 12 min: [push up: 5]", "- amrap: {minutes: 12, exercises: [push up: 5]}"),
    ("- 12 min AMRAP: [push up: 5]", "- amrap: {minutes: 12 min, exercises: [push up: 5]}"),
    (
        "- for time, cap 10 min: [push up: 50]",
        "- for time: {cap: 10 min, exercises: [push up: 50]}",
    ),
    (
        "- for time: {minutes: 10, exercises: [push up: 50]}",
        "- for time: {cap: 10 min, exercises: [push up: 50]}",
    ),
    ("- 5 rounds for time: [push up: 5]", "- for time: {rounds: 5, exercises: [push up: 5]}"),
    (
        "- 21-15-9: [push up, sit up]",
        "- circuit: {rounds: 21-15-9, exercises: [push up, sit up]}",
    ),
    (
        "- circuit: {rounds: [21, 15, 9], exercises: [push up]}",
        "- circuit: {rounds: 21-15-9, exercises: [push up]}",
    ),
    (
        "- circuit: {sets: 3, exercises: [push up]}",
        "- circuit: {rounds: 3, exercises: [push up]}",
    ),
    (
        "- circuit: [push up: 5-10-15, sit up: 10-20-30]",
        "- circuit: {rounds: 3, exercises: [push up: 5-10-15, sit up: 10-20-30]}",
    ),
    (
        "- repeat: {minutes: 20, exercises: [run: 60s, walk: 90s]}",
        "- repeat 8 times: [run: 60s, walk: 90s]",
    ),
    ("- tabata: {minutes: 4, exercises: [burpees]}", "- tabata: [burpees]"),
    (
        "- superset: {rounds: 3, exercises: [push up: 8, plank: 20s]}",
        "- superset: {sets: 3, exercises: [push up: 8, plank: 20s]}",
    ),
    (
        "- intervals: {rounds: 3, work: 40s, rest: 20s, exercises: [burpees, plank]}",
        "- intervals: {rounds: 3, rest: 20s, work: 40s, exercises: [burpees: 40s, plank: 40s]}",
    ),
]
"""What people write, and the same with a plain name and its fields."""


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_as_people_write_it(written: str, plain: str) -> None:
    assert items_of(f"  {written}") == items_of(f"  {plain}")


@pytest.mark.parametrize(("written", "plain"), WRITTEN)
def test_the_schema_knows_what_people_write(written: str, plain: str) -> None:
    for items in (written, plain):
        data = yaml.safe_load(f"title: T\nexercises:\n  {items}\n")
        assert list(VALIDATOR.iter_errors(data)) == []


def test_the_schema_refuses_fields_of_no_block() -> None:
    for wrong in ("circuit: {round: 3, exercises: [plank]}", "3 rounds: {exercise: [plank]}"):
        data = yaml.safe_load(f"title: T\nexercises:\n  - {wrong}\n")
        assert not VALIDATOR.is_valid(data)


def test_every_kind_of_heading_has_a_clue() -> None:
    """Texts with neither a clue nor a digit are not looked at as headings."""
    assert all(any(clue in words for clue in CLUES) for words in KIND_WORDS)


def test_no_heading_is_taken_for_one() -> None:
    for name in ("side lunges", "3x10", "plank", "90/90 stretch", "every", "row 3"):
        heading = read_heading(name)
        assert heading is None or heading.values == {}


def test_where_members_take_turns() -> None:
    assert block_of("  - emom 4: [push up: 5, sit up: 5]").turns
    assert not block_of("  - every 2 min x 2: [push up: 5, sit up: 5]").turns
    told = request_of("  - every 2 min x 2: [push up: 5, sit up: 5]").warnings
    assert [one.message for one in told] == ["all its exercises are done in each 2 min"]
    asked = "  - every: {every: 2 min, rounds: 4, turns: yes, exercises: [push up: 5, sit up: 5]}"
    assert not request_of(asked).warnings
    intervals = plan_routine(request_of(asked).routine).intervals
    assert [interval.bout.exercise.key for interval in intervals] == ["push-up", "sit-up"] * 2


def test_amounts_by_round_reach_members_that_name_none() -> None:
    block = block_of("  - circuit: {rounds: 21-15-9, exercises: [push up, plank: 20s]}")
    push, plank = works_in([block])
    assert [one.amount for one in push.prescription.by_set] == [
        Reps(21, 21),
        Reps(15, 15),
        Reps(9, 9),
    ]
    assert not plank.prescription.by_set
    intervals = plan_routine(routine(block)).intervals
    reps = [
        interval.bout.prescription.amount
        for interval in intervals
        if interval.bout.exercise.key == "push-up"
    ]
    assert reps == [Reps(21, 21), Reps(15, 15), Reps(9, 9)]
    assert {interval.bout.sets for interval in intervals} == {1}


def test_work_that_is_too_long_for_its_interval_is_told_at_its_place() -> None:
    with pytest.raises(
        RoutineError, match=r"-?:3:\d+: error: Burpees takes .* does not fit into the 30s"
    ):
        request_of("  - every 30s x 3: [burpees: 20]")


# -- plans ----------------------------------------------------------------------------------------


def starts(*items: Item) -> list[int]:
    now, found = 0, []
    for interval in plan_routine(routine(*items)).intervals:
        now += interval.pause
        found.append(now)
        amount = interval.bout.prescription.amount
        now += amount.window if isinstance(amount, Open) else 0
    return [start - found[0] for start in found]


def test_several_in_an_interval_are_one_stretch_of_open_work() -> None:
    block = block_of("  - every 2 min x 3: [push up: 5, sit up: 5]")
    assert starts(block) == [0, 120_000, 240_000]
    spans = [span for span in laid_out(routine(block)).spans if span.kind == "work"]
    assert {(span.mode, span.context.exercise, span.count) for span in spans} == {
        ("open", None, None)
    }
    assert [span.context.round for span in spans] == [1, 2, 3]


def test_a_block_at_ones_own_pace_of_one_exercise_is_that_exercise() -> None:
    (span,) = (
        s
        for s in laid_out(request_of("  - amrap 3 min: [burpees: 5]").routine).spans
        if s.kind == "work"
    )
    assert (span.mode, span.context.exercise) == ("open", "burpees")


def test_for_time_without_a_cap_has_time_to_spare_in_whole_minutes() -> None:
    (interval,) = plan_routine(
        request_of("  - for time: {rounds: 2, exercises: [push up: 10 @2-0-2-0]}").routine
    ).intervals
    assert interval.bout.prescription.amount == Open(2 * MINUTE)  # 2 x 10 x 4 s, half as much again


def test_a_turn_of_rest_is_a_whole_interval() -> None:
    intervals = plan_routine(
        request_of("  - emom 4: [push up: 5 @1-0-1-0, rest]").routine
    ).intervals
    assert [interval.pause for interval in intervals] == [10_000, 50_000 + 60_000]


def test_pauses_of_a_circuit_and_rests_of_its_members() -> None:
    members = "[push up: 5 rest 30s, sit up: 5, rest: 20s, plank: 20s]"
    written = f"  - circuit: {{rounds: 2, rest: 40s, transition: 12s, exercises: {members}}}"
    intervals = plan_routine(request_of(written).routine).intervals
    assert [interval.pause for interval in intervals] == [
        10_000,
        30_000,
        20_000,
        40_000,
        30_000,
        20_000,
    ]


def test_what_is_run_and_walked_for_a_time_runs_on_in_every_block() -> None:
    for kind in ("circuit", "superset"):
        intervals = plan_routine(request_of(f"  - {kind}: [run: 60s, walk: 30s]").routine).intervals
        assert [interval.pause for interval in intervals] == [10_000, 0]
    intervals = plan_routine(
        request_of("  - circuit: {transition: 5s, exercises: [run: 60s, walk: 30s]}").routine
    ).intervals
    assert [interval.pause for interval in intervals] == [10_000, 5_000]


def test_sides_take_turns_in_a_tabata() -> None:
    intervals = plan_routine(
        request_of("  - tabata: {rounds: 4, exercises: [side plank]}").routine
    ).intervals
    assert [interval.bout.side for interval in intervals] == ["left", "right"] * 2


def test_rounds_of_nested_blocks_are_told_apart() -> None:
    inner = circuit(SQUAT, PLANK, rounds=3)
    titles = [mark.title for mark in laid_out(routine(circuit(inner, JACKS, rounds=2))).chapters]
    assert "1/3 Squat · set 1/3 · round 2/2 · 3/3" in titles
    assert len(set(titles)) == len(titles)


# -- what is said ---------------------------------------------------------------------------------


def test_changes_are_announced_before_and_when_they_come() -> None:
    timeline = laid_out(case_routine("run-walk"))
    work = [span for span in timeline.spans if span.kind == "work"]
    ends = [said(timeline, one.end_ms - 10_000, one.end_ms) for one in work[:-1]]
    assert ends == [
        ["Ten seconds, then Walk, one minute, thirty seconds"],
        ["Ten seconds, then Run"],
        *[["Ten seconds, then Walk"], ["Ten seconds, then Run"]],
        ["Ten seconds, then Walk"],
    ]
    begins = [said(timeline, one.start_ms, one.start_ms + 6_000) for one in work]
    assert begins[1] == ["Walk.", "One done, two to go."]
    assert begins[4] == ["Run.", "The last one."]
    assert begins[5] == ["Walk.", "All three done."]


def test_open_work_ends_with_time() -> None:
    timeline = laid_out(request_of("  - amrap 3 min: [push up: 5, sit up: 5]\n  - plank").routine)
    end = next(span.end_ms for span in timeline.spans if span.kind == "work")
    assert said(timeline, end, end + 2_000) == ["Time. Keep your number."]


def test_time_left_and_time_gone() -> None:
    amrap = laid_out(request_of("  - amrap 12 min: [push up: 5, sit up: 5]").routine)
    start = next(span.start_ms for span in amrap.spans if span.kind == "work")
    told = {
        minute: said(amrap, start + minute * MINUTE, start + minute * MINUTE + 4_000)
        for minute in range(1, 12)
    }
    english = load_phrases("en")
    assert told[1] == ["Five, five."]
    assert told[2] == ["Ten minutes to go."]
    assert told[4] == []
    assert told[6][0] in {english.say(key) for key in english.pool("half")}
    assert told[7] == ["Five minutes to go."]
    assert told[11] == ["One minute to go."]
    timed = laid_out(request_of("  - for time, cap 5 min: [push up: 50, sit up: 50]").routine)
    start = next(span.start_ms for span in timed.spans if span.kind == "work")
    assert said(timed, start + 3 * MINUTE, start + 3 * MINUTE + 4_000) == ["Three minutes gone."]


def test_coaching_off_still_names_what_comes() -> None:
    a_routine = case_routine("run-walk")._replace(how=How(coaching="off"))
    timeline = laid_out(a_routine)
    assert "Then Walk." in said(timeline, 0, timeline.duration_ms)


# -- one traversal --------------------------------------------------------------------------------

NESTED = (circuit(SQUAT, circuit(PLANK, Rest(5_000), JACKS), Announcement("Hi.")), Rest(9_000))


def test_works_are_found_however_deep() -> None:
    assert [one.key for one in exercises_in(NESTED)] == ["squat", "plank", "jacks"]


def test_a_block_that_loses_its_last_work_is_gone() -> None:
    (left,) = filter_works(NESTED, lambda exercise: exercise.key == "squat", bare=True)
    assert isinstance(left, Block)
    assert [type(item) for item in left.items] == [Work]
    assert filter_works(NESTED, lambda exercise: False) == ()


def test_changing_no_work_changes_nothing() -> None:
    assert map_works(NESTED, lambda work: work) == NESTED


def test_another_number_of_rounds_takes_its_amounts_along() -> None:
    listed = tuple(SetSpec(Reps(n, n)) for n in (9, 6, 3))
    work = Work(SQUAT, SQUAT.prescription._replace(sets=3, by_set=listed, amount=Reps(9, 9)))
    block = circuit(work, PLANK, rounds=3)
    fewer, more = with_rounds(block, 2), with_rounds(block, 4)
    amounts = [
        [one.amount.high for one in next(works_in([b])).prescription.by_set] for b in (fewer, more)
    ]  # type: ignore[union-attr] # reps
    assert amounts == [[9, 6], [9, 6, 3, 3]]


# -- flags and fitting ----------------------------------------------------------------------------


def test_flags_reach_into_nested_blocks() -> None:
    written = "  - 2 rounds:\n      - 3 rounds: [push up: 10, plank: 20s]\n      - sit up: 8"
    only = request_of(written, Flags(only=("plank",))).routine
    assert [one.key for one in exercises_in(only.items)] == ["plank"]
    fewer = request_of(written, Flags(reps="6")).routine
    amounts = [work.prescription.amount for work in works_in(fewer.items)]
    assert amounts == [Reps(6, 6), Hold(20_000, 20_000), Reps(6, 6)]
    bare = request_of("  - amrap 5 min: [goblet squat: 5, push up: 5]", Flags(no_equipment=True))
    assert "goblet-squat" not in [one.key for one in exercises_in(bare.routine.items)]


def test_fitting_leaves_own_pace_alone_and_gives_inner_rounds_first() -> None:
    block = block_of("  - amrap 5 min: [push up: 5, sit up: 5]")
    inner = circuit(SQUAT, PLANK, rounds=3)
    whole = routine(block, circuit(inner, JACKS, rounds=2), MARCH)
    english = load_phrases("en")
    wishes = Wishes(length=14 * MINUTE)
    result = adapt(whole, wishes, lambda one, length: measure_length(one, length, english))
    changed, outer = result.routine.items[:2]
    assert changed == block
    assert isinstance(outer, Block)
    (left,) = (item for item in outer.items if isinstance(item, Block))
    assert left.rounds < 3
    assert outer.rounds == 2


# -- what holds for all of them -------------------------------------------------------------------

works = st.sampled_from([SQUAT, PLANK, JACKS, LUNGE, HYDRANT]).map(
    lambda exercise: Work(exercise, exercise.prescription._replace(sets=1))
)
told = st.sampled_from([Rest(0), Rest(2_000), Rest(20_000), Announcement("Drink.")])
pauses = st.sampled_from([None, 0, 1_000, 3_000, 12_000])


def blocks(inner: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    members = st.tuples(works, st.lists(inner | told, max_size=2)).map(
        lambda two: (two[0], *two[1])
    )
    rounds = st.builds(
        Block,
        st.sampled_from(["circuit", "rounds", "repeat", "superset", "intervals"]),
        members,
        st.integers(1, 3),
        rest=pauses,
        transition=pauses,
    )
    amraps = st.builds(
        Block, st.just("amrap"), members, minutes=st.integers(1, 5).map(lambda n: n * MINUTE)
    )
    timed = st.builds(Block, st.just("for time"), members, st.integers(1, 2))
    clocks = st.builds(
        Block,
        st.just("every"),
        members,
        st.integers(1, 3),
        every=st.just(240_000),
        turns=st.booleans(),
    )
    return rounds | amraps | timed | clocks


nested = blocks(blocks(works))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(nested | works, min_size=1, max_size=2),
    st.booleans(),
    st.sampled_from(["full", "brief", "off"]),
)
def test_every_block_keeps_the_promises(items: list[Item], beeps: bool, coaching: str) -> None:
    how = How(beeps=beeps, coaching=coaching)  # type: ignore[arg-type] # one of its words
    a_routine = routine(*items, how=how)
    script = compile_routine(a_routine, load_phrases("en"))
    timeline = lay_out(script, Letters(), "letters")
    assert timeline.duration_ms == script.lasts
    keep_all(timeline_data(timeline), beeps=beeps, counts="off" if timeline.problems else "up")
    assert parse_timeline(render_json(timeline._replace(problems=()))) == timeline._replace(
        problems=()
    )
    for mark in timeline.chapters:
        assert mark.title


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(3, 12), min_size=1, max_size=3), st.integers(2, 6))
def test_rounds_of_a_clock_begin_on_it(reps: list[int], minutes: int) -> None:
    works = [Work(SQUAT, SQUAT.prescription._replace(amount=Reps(n, n), sets=1)) for n in reps]
    timeline = lay_out(
        compile_routine(routine(emom(*works, minutes=minutes)), load_phrases("en")), Letters(), ""
    )
    spans = [span.start_ms for span in timeline.spans if span.kind == "work"]
    assert [start - spans[0] for start in spans] == [n * MINUTE for n in range(minutes)]


# -- what is seen ---------------------------------------------------------------------------------


def test_own_pace_is_seen_by_its_name_and_length() -> None:
    timeline = laid_out(request_of("  - plank\n  - amrap 4 min: [push up: 5, sit up: 5]").routine)
    mark = next(mark for mark in timeline.chapters if mark.title == "AMRAP · 4:00")
    (face,) = card_contents(timeline, [mark])
    assert (face.kind, face.name, face.amount, face.place) == ("work", "AMRAP", "4:00", "")
    assert [(piece.name, piece.amount) for piece in group_by_exercise(timeline)][2:3] == [
        ("AMRAP", "4:00")
    ]
    assert f"]{mark.title}\n" in lrc.render(timeline)


def test_many_short_chapters_are_put_together_round_by_round() -> None:
    timeline = laid_out(request_of("  - repeat 40 times: [run: 30s, walk: 30s]").routine)
    titles = [mark.title for mark in group_chapters(timeline)]
    assert titles[1:-1] == [f"Run + Walk · Round {n} of 40" for n in range(1, 41)]
