"""The compiler: what is said when, and exactly how long everything lasts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from audioworkout.compiler import compile_routine, plan_routine, timing
from audioworkout.compiler.marks import HALF_TONE
from audioworkout.compiler.plan import Interval
from audioworkout.compiler.script import workout_length
from audioworkout.errors import UsageError
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import (
    Carry,
    Exercise,
    Finisher,
    Hold,
    Kit,
    Load,
    Prescription,
    Reps,
    Sides,
    Tempo,
    Timed,
)
from audioworkout.model.routine import (
    Announcement,
    How,
    Rest,
    Rests,
    Routine,
    Units,
    Work,
)
from audioworkout.model.script import Gap, Passage, Say
from audioworkout.model.timeline import Spoken
from audioworkout.ruler import ruler_ms
from audioworkout.views.json import timeline_data
from promises import keep_all
from samples import (
    ALL,
    HYDRANT,
    JACKS,
    LUNGE,
    MARCH,
    PLANK,
    SQUAT,
    WALK,
    Letters,
    circuit,
    emom,
    routine,
    superset,
    tabata,
)

EN = load_phrases("en")
LAST_THREE = {EN.say(key) for key in EN.pool("last_three")}
BRIEF = How(coaching="brief")
"""Nothing is said within a set but counts and marks of time."""


def work(exercise: Exercise, **changes: object) -> Work:
    return Work(exercise, exercise.prescription._replace(**changes))


def passages(a_routine: Routine, kind: str) -> list[Passage]:
    chapters = compile_routine(a_routine, EN).chapters
    return [part for chapter in chapters for part in chapter.passages if part.kind == kind]


def lines(a_routine: Routine) -> list[str]:
    """Everything that is said before the first work."""
    return [text for kind in ("intro", "prepare") for text in said(passages(a_routine, kind)[0])]


def said(passage: Passage) -> list[str]:
    return [item.text for slot in passage.slots for item in slot.items if isinstance(item, Say)]


def numbers(passage: Passage) -> list[tuple[int, int]]:
    """Moment within the passage and number of every count."""
    return list(_numbers(passage))


def _numbers(passage: Passage) -> Iterator[tuple[int, int]]:
    now = 0
    for slot in passage.slots:
        first = next((item for item in slot.items if isinstance(item, Say)), None)
        if first and first.number is not None:
            yield now, first.number
        now += slot.lasts


def pauses(*items: object, **how: object) -> list[int]:
    intervals = plan_routine(routine(*items, how=How(**how))).intervals  # type: ignore[arg-type] # as given
    return [interval.pause for interval in intervals]


# -- reps -----------------------------------------------------------------------------------------


def test_a_number_begins_before_the_effort_ends_the_same_for_every_rep() -> None:
    """A squat is 2 s down, 2 s up: each number begins 800 ms before it is up."""
    squats = passages(routine(work(SQUAT, amount=Reps(3, 3), sets=1)), "work")[0]
    assert numbers(squats) == [(3_200, 1), (7_200, 2), (11_200, 3)]
    assert squats.lasts == 12_000


def test_a_short_effort_is_counted_half_way_up() -> None:
    """A row starts at the bottom and rises in 3 s: half of that is more than 800 ms."""
    tempo = Tempo(2_000, 0, 1_000, 1_000)
    assert timing.count_offset(HYDRANT, tempo) == 500
    assert timing.count_offset(HYDRANT, tempo._replace(up=3_000)) == 2_200


def test_no_number_is_nearer_to_go_than_a_second_where_a_rep_lasts_two() -> None:
    """A hydrant rises in 1 s; all of its numbers move, so that the beat stays."""
    assert numbers(passages(routine(HYDRANT), "work")[0])[:2] == [(1_000, 1), (4_000, 2)]


def test_in_quicker_work_no_number_sounds_while_go_does() -> None:
    quick = work(HYDRANT, tempo=Tempo(800, 0, 800, 0), finisher=None)
    assert numbers(passages(routine(quick), "work")[0])[0] == (450, 1)


@pytest.mark.parametrize(
    ("starts", "effort", "offset"),
    [
        ("top", "up", 5_200),
        ("top", "down", 1_200),
        ("bottom", "up", 2_200),
        ("bottom", "down", 7_200),
    ],
)
def test_where_a_rep_starts_moves_its_number(starts: str, effort: str, offset: int) -> None:
    exercise = SQUAT._replace(starts=starts, effort=effort)
    tempo = Tempo(2_000, 1_000, 3_000, 3_000)
    assert timing.count_offset(exercise, tempo) == offset


def test_numbers_begin_earlier_where_the_last_would_outlast_the_span() -> None:
    """Half of a second's effort is too short for 'twelve' before a squat ends at the top."""
    tempo = Tempo(1_000, 0, 1_000, 0)
    (squats,) = passages(routine(work(SQUAT, amount=Reps(12, 12), tempo=tempo, sets=1)), "work")
    twelve = ruler_ms("twelve", 165)
    assert 500 < twelve < 800
    assert numbers(squats) == [(n * 2_000 - twelve, n) for n in range(1, 13)]


def test_no_number_begins_more_than_800_ms_before_the_effort_ends() -> None:
    seventeen = work(SQUAT, amount=Reps(17, 17), sets=1)
    (squats,) = passages(routine(seventeen, how=How(rate=100)), "work")
    assert numbers(squats)[0] == (3_200, 1)


@pytest.mark.parametrize("tempo", [Tempo(1_000, 0, 0, 0), Tempo(1_000, 0, 0, 1_000)])
def test_a_rep_without_effort_still_ends_before_its_pulses(tempo: Tempo) -> None:
    script = compile_routine(routine(work(HYDRANT, tempo=tempo)), EN)
    keep_all(timeline_data(lay_out(script, Letters(), "ruler")))


def test_the_way_down_waits_for_a_number_that_takes_its_whole_pulse() -> None:
    slow = routine(work(HYDRANT, finisher=Finisher(17)), how=How(rate=100))
    *_, lowering = passages(slow, "pulses")[0].slots
    gap, _ = lowering.items
    assert isinstance(gap, Gap)
    assert gap.ms == ruler_ms("seventeen", 110) + 250 - 1_000
    *_, lowering = passages(routine(HYDRANT), "pulses")[0].slots
    assert lowering.items[0] == Gap(0)


def test_what_comes_next_is_repeated_in_five_words_at_most() -> None:
    def last_words(exercise: Exercise) -> str:
        return said(passages(routine(PLANK, exercise), "rest")[0])[-1]

    assert last_words(HYDRANT) == f"{HYDRANT.name}, left leg."
    long = HYDRANT._replace(key="long", name="Step Up to Reverse Lunge")
    assert last_words(long) == "Step Up to Reverse Lunge."


def test_optional_kit_is_offered_once() -> None:
    band = Kit("loop-band", optional=True)
    first = HYDRANT._replace(kit=(Kit("mat"), band))
    then = PLANK._replace(kit=(Kit("mat"), band))
    after, again = passages(routine(JACKS, first, then), "rest")
    assert said(after).count("A looped band if you like.") == 1
    assert "A looped band if you like." not in said(again)
    quiet = passages(routine(JACKS, first, how=How(coaching="off")), "rest")[0]
    assert "A looped band if you like." not in said(quiet)


def test_the_last_rep_stays_up_for_the_pulses_and_the_pulses_end_with_the_way_down() -> None:
    one_side = routine(work(HYDRANT, amount=Reps(12, 12)))
    reps, pulses = passages(one_side, "work")[0], passages(one_side, "pulses")[0]
    assert reps.lasts == 11 * 3_000 + 2_000
    assert pulses.lasts == 10 * 1_000 + 1_000
    assert [bell.at for bell in pulses.sound_cues] == [k * 1_000 for k in range(10)]
    assert numbers(pulses) == [(k * 1_000, k + 1) for k in range(10)]


def test_the_finisher_is_told_one_rep_ahead() -> None:
    words = said(passages(routine(HYDRANT), "work")[0])
    assert words[-2:] == ["Next rep, hold at the top", "fifteen"]


def test_fast_pulses_are_sounded_and_every_fifth_is_spoken() -> None:
    quick = work(HYDRANT, finisher=Finisher(20, 500))
    assert [n for _, n in numbers(passages(routine(quick), "pulses")[0])] == [5, 10, 15, 20]


def test_a_range_tells_its_bonus_after_the_low_end_in_place_of_last_three() -> None:
    words = said(passages(routine(work(SQUAT, sets=1)), "work")[0])
    bonus = {EN.say(key, n="two") for key in EN.pool("bonus")}
    assert words[words.index("eight") + 1] in bonus
    assert not LAST_THREE & set(words)


def test_last_three_from_eight_reps_on() -> None:
    eight = said(passages(routine(work(SQUAT, amount=Reps(8, 8))), "work")[0])
    seven = said(passages(routine(work(SQUAT, amount=Reps(7, 7))), "work")[0])
    assert eight[eight.index("five") + 1] in LAST_THREE
    assert not LAST_THREE & set(seven)


def test_alternating_reps_are_one_span_and_count_per_side() -> None:
    (span,) = passages(routine(LUNGE), "work")
    counts = [item for slot in span.slots for item in slot.items if isinstance(item, Say)]
    counts = [item for item in counts if item.role == "count"]
    assert [(count.text, count.number, count.side) for count in counts[:4]] == [
        ("right", 1, "right"),
        ("one", 1, "left"),
        ("right", 2, "right"),
        ("two", 2, "left"),
    ]
    assert span.count == 16
    assert span.context.side is None


def test_counting_down_ends_with_one() -> None:
    down = routine(work(SQUAT, amount=Reps(4, 4)), how=How(count="down"))
    assert [n for _, n in numbers(passages(down, "work")[0])] == [4, 3, 2, 1]


def test_ticks_mark_the_reps_where_no_number_does() -> None:
    silent = passages(routine(work(SQUAT, amount=Reps(3, 3)), how=How(count="off")), "work")[0]
    assert [bell.at for bell in silent.sound_cues if bell.name == "tick"] == [0, 4_000, 8_000]
    assert not said(silent)


def test_steps_take_a_second_each() -> None:
    (walk,) = passages(routine(WALK), "work")
    assert (walk.lasts, walk.count, walk.mode) == (20_000, 20, "steps")
    assert numbers(walk)[:3] == [(500, 1), (1_500, 1), (2_500, 2)]


def test_the_last_five_are_counted_down_and_every_rep_ticks() -> None:
    squats = work(SQUAT, amount=Reps(8, 8), sets=1)
    (led,) = passages(routine(squats, how=How(count="last5")), "work")
    starts = [3_200 + 4_000 * n for n in range(3, 8)]
    assert numbers(led) == list(zip(starts, [5, 4, 3, 2, 1], strict=True))
    assert len([bell for bell in led.sound_cues if bell.name == "tick"]) == 8


# -- level and pace -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "reps", "feet_ms"), [("beginner", 8, 22), ("normal", 10, 33), ("advanced", 10, 44)]
)
def test_levels(level: str, reps: int, feet_ms: int) -> None:
    """50, 75 and 100 ft at 0.7 m/s, each way rounded up to a second."""
    led = routine(work(SQUAT, sets=1), MARCH, how=How(level=level))  # type: ignore[arg-type] # text
    squats, march, _ = passages(led, "work")
    assert squats.count == reps
    assert march.lasts == (2 * feet_ms + 3) * 1_000


def test_the_rest_of_a_level_follows() -> None:
    assert pauses(SQUAT, level="beginner")[1] == 60_000  # 45 s x 1.3, to 5 s
    assert pauses(SQUAT, level="advanced")[1] == 35_000
    assert pauses(SQUAT, level="advanced", rests=Rests(sets=44_001))[1] == 44_001


def test_pace_changes_every_phase_but_not_the_pulses() -> None:
    brisk = routine(HYDRANT, how=How(pace="brisk"))
    assert passages(brisk, "work")[0].lasts == 14 * 2_400 + 1_600
    assert passages(brisk, "pulses")[0].lasts == 10 * 1_000 + 800


# -- timed work and carries -----------------------------------------------------------------------


def test_a_hold_has_its_half_its_ten_seconds_and_counts_down() -> None:
    (hold,) = passages(routine(PLANK, how=BRIEF), "work")
    half, *others = said(hold)
    assert half in {EN.say(key) for key in EN.pool("half")}
    assert others == ["Ten seconds", "three", "two", "one"]
    assert [n for _, n in numbers(hold)] == [3, 2, 1]
    assert [bell.at for bell in hold.sound_cues] == [0, 20_000]


def test_a_short_hold_has_neither() -> None:
    (hold,) = passages(routine(work(PLANK, amount=Hold(15_000, 15_000)), how=BRIEF), "work")
    assert said(hold) == ["three", "two", "one"]


def test_the_end_of_timed_work_is_marked_from_15_s_on() -> None:
    countdown = ["three", "two", "one"]
    (thirty,) = passages(routine(JACKS, how=BRIEF), "work")
    assert said(thirty)[1:] == ["Ten seconds", *countdown]
    (fifteen,) = passages(routine(work(JACKS, amount=Timed(15_000, 15_000)), how=BRIEF), "work")
    (shorter,) = passages(routine(work(JACKS, amount=Timed(14_000, 14_000)), how=BRIEF), "work")
    assert said(fifteen) == countdown
    assert said(shorter) == []


def test_a_calm_end_is_not_counted_down() -> None:
    calm = routine(PLANK, how=How(mood="calm"))
    assert not {"three", "two", "one"} & set(said(passages(calm, "work")[0]))


def test_a_carry_turns_half_way() -> None:
    march = passages(routine(MARCH), "work")[0]
    assert march.lasts == 69_000
    assert [(bell.at, bell.name) for bell in march.sound_cues] == [(0, "go"), (33_000, "half")]
    assert "Turn around" in said(march)


def test_a_small_room_turns_a_carry_into_laps() -> None:
    carry = Carry(10, 10, "m", True)
    room = timing.carry_ways(carry, MARCH._replace(speed=1_000), 6_000)
    assert room == (6_000, 6_000, 6_000, 2_000)
    laps = passages(routine(work(MARCH, amount=carry, sets=1), how=How(space=6_000)), "work")[0]
    assert said(laps).count("Turn around") == 3
    whole = " ".join(lines(routine(work(MARCH, amount=carry, sets=1), how=How(space=6_000))))
    assert "Four times across the room." in whole
    assert "metres" not in whole
    wide = lines(routine(work(MARCH, amount=carry, sets=1), how=How(space=10_000)))
    assert "Ten metres out and back." in wide


@pytest.mark.parametrize(
    ("carry", "units", "told"),
    [
        (Carry(50, 75, "ft", True), None, "Sixty-two feet out and back."),
        (Carry(50, 100, "ft", True), "metric", "Twenty-three metres out and back."),
        (Carry(15, 15, "m", False), "imperial", "Fifty feet."),
        (Carry(3, 3, "m", False), "imperial", "Ten feet."),
        (Carry(1, 1, "ft", False), "metric", "One metre."),
    ],
)
def test_units_change_what_is_said_and_shown_and_not_how_long_it_lasts(
    carry: Carry, units: Units | None, told: str
) -> None:
    march = work(MARCH, amount=carry, sets=1)
    asked, plain = routine(march, how=How(units=units)), routine(march)
    assert told in lines(asked)
    assert plan_routine(asked).lasts == plan_routine(plain).lasts
    shown = passages(asked, "work")[0].context.amount
    assert isinstance(shown, Carry)
    assert shown.unit == {"metric": "m", "imperial": "ft", None: carry.unit}[units]


# -- pauses ---------------------------------------------------------------------------------------


def test_default_rests_add_up_what_the_change_takes() -> None:
    """60 s; +5 to the floor, +10 for the mat; back up +6, rounded to 5 s."""
    assert pauses(JACKS, HYDRANT._replace(prescription=PLANK.prescription), JACKS) == [
        10_000,
        75_000,
        65_000,
    ]


def test_a_rest_that_was_asked_for_is_exact() -> None:
    assert pauses(JACKS, HYDRANT, rests=Rests(exercises=61_234))[1] == 61_234
    assert pauses(JACKS, Rest(7_777), HYDRANT)[1] == 7_777
    assert pauses(work(SQUAT, rest=33_333))[1:] == [33_333, 33_333]


@pytest.mark.parametrize(
    ("exercise", "lasts"),
    [
        (HYDRANT._replace(position="standing", kit=()), 5_000),
        (HYDRANT, 8_000),
        (HYDRANT._replace(kit=(Kit("loop-band"),)), 10_000),
    ],
)
def test_changing_sides_takes_longer_on_the_floor_and_with_a_band(
    exercise: Exercise, lasts: int
) -> None:
    assert pauses(exercise)[1] == lasts


def test_sides_of_several_sets_take_turns() -> None:
    intervals = plan_routine(routine(work(HYDRANT, sets=2))).intervals
    assert [(interval.bout.set, interval.bout.side, interval.kind) for interval in intervals] == [
        (1, "left", "prepare"),
        (1, "right", "switch"),
        (2, "left", "rest"),
        (2, "right", "switch"),
    ]


def test_the_rest_says_what_is_next_the_most_needed_first() -> None:
    rest = passages(routine(JACKS, HYDRANT, how=BRIEF), "rest")[0]
    assert said(rest) == [
        "Rest, one minute, fifteen seconds.",
        "Next, Hydrant, on hands and knees.",
        "Twelve to fifteen reps with each leg.",
        "Left leg first.",
        "On the last rep, ten pulses.",
        "You need a mat.",
        "A looped band if you like.",
        "Stop if anything hurts.",
        "Pause the player whenever you need longer.",
        "Get down on hands and knees.",
        "Hands under shoulders.",
        "Hydrant, left leg.",
    ]


def test_coaching_fades_from_set_to_set() -> None:
    one, two = passages(routine(JACKS, SQUAT), "work")[1:3]
    assert set(SQUAT.cues.form) & set(said(one))
    assert not set(SQUAT.cues.form) & set(said(two))
    assert set(SQUAT.cues.motivate) & {
        text for rest in passages(routine(JACKS, SQUAT), "rest") for text in said(rest)
    }


@pytest.mark.parametrize(("coaching", "present"), [("brief", True), ("off", False)])
def test_less_coaching(coaching: str, present: bool) -> None:
    rest = passages(routine(JACKS, HYDRANT, how=How(coaching=coaching)), "rest")[0]  # type: ignore[arg-type] # text
    assert ("Hands under shoulders." in said(rest)) is present
    assert "Hips level." not in said(rest)
    assert any(text.startswith("Next, Hydrant") for text in said(rest))


def test_words_end_four_seconds_before_go_in_long_pauses_and_before_the_beeps_in_short_ones() -> (
    None
):
    rest = passages(routine(JACKS, HYDRANT), "rest")[0]
    switch = passages(routine(HYDRANT), "switch")[0]
    *_, quiet = rest.slots
    assert (quiet.lasts, quiet.items) == (4_000, ())
    assert switch.slots[0].lasts == 8_000 - 3_250
    assert [bell.at for bell in switch.sound_cues] == [0, 5_000, 6_000, 7_000]


def test_without_beeps_three_two_one_go_is_spoken() -> None:
    quiet = routine(SQUAT, how=How(beeps=False))
    assert said(passages(quiet, "prepare")[0])[-3:] == ["three", "two", "one"]
    assert said(passages(quiet, "work")[0])[0] == "Go"
    names = {
        bell.name
        for kind in ("work", "rest")
        for p in passages(quiet, kind)
        for bell in p.sound_cues
    }
    assert not names & {"ready", "go", "end", "half", "finish"}


def test_a_very_short_pause_says_the_side_over_the_beeps() -> None:
    hurried = routine(HYDRANT, how=How(rests=Rests(sides=2_500)))
    switch = passages(hurried, "switch")[0]
    assert switch.lasts == 2_500
    assert not lay_out(compile_routine(hurried, EN), Letters(), "").problems


def test_the_persons_own_sentence_is_said_in_the_next_pause() -> None:
    rest = passages(routine(JACKS, Announcement("Grab your band."), SQUAT), "rest")[0]
    assert said(rest)[1] == "Grab your band."
    outro = passages(routine(JACKS, Announcement("Stretch.")), "outro")[0]
    assert "Stretch." in said(outro)


def test_a_weight_that_is_named_takes_the_place_of_the_usual_one() -> None:
    goblet = SQUAT._replace(kit=(Kit("dumbbell"),))
    swap = routine(JACKS, work(goblet, load=Load("24", "kg", 1, "kettlebell"), sets=1))
    told = " ".join([*lines(swap), *said(passages(swap, "rest")[0])])
    assert "With a kettlebell of twenty-four kilos." in told
    assert "You need" not in told  # it was named with its load
    assert "Have ready: a kettlebell." in told
    assert "dumbbell" not in told


def test_an_exercise_that_comes_again_is_another_set() -> None:
    twice = routine(*(work(one, sets=1) for one in (PLANK, JACKS, PLANK)))
    assert "You did two exercises and three sets." in " ".join(said(passages(twice, "outro")[0]))


def test_half_way_is_said_at_half_where_no_tone_is_played() -> None:
    def offset(beeps: bool) -> int:
        one = routine(work(PLANK, amount=Hold(30_000, 30_000)), how=How(beeps=beeps))
        timeline = lay_out(compile_routine(one, EN), Letters(), "")
        (start,) = (span.start_ms for span in timeline.spans if span.kind == "work")
        (half,) = (e for e in timeline.events if isinstance(e, Spoken) and e.role == "halfway")
        return half.start_ms - start - 15_000

    assert offset(beeps=False) < 20
    assert offset(beeps=True) >= HALF_TONE


def test_a_number_that_does_not_fit_a_quick_beat_gives_way_to_its_tick() -> None:
    quick = SQUAT._replace(beat=500)
    one = routine(work(quick, amount=Reps(100, 100), sets=1))
    timeline = lay_out(compile_routine(one, EN), Letters(), "")
    assert timeline.problems == ()
    counts = [e.number for e in timeline.events if isinstance(e, Spoken) and e.role == "count"]
    assert counts == list(range(5, 100, 5))
    ticks = [e for e in timeline.events if not isinstance(e, Spoken) and e.name == "tick"]
    assert len(ticks) == 100


def test_a_load_is_announced() -> None:
    loaded = work(SQUAT, load=Load("8", "kg", 2))
    assert "With two times eight kilos." in said(passages(routine(JACKS, loaded), "rest")[0])


def test_a_rest_after_all_work_is_done_and_what_is_said_in_it_is_said() -> None:
    ending = (Rest(60_000), Announcement("Breathe."), Rest(30_000), Announcement("Stretch now."))
    one = routine(work(PLANK), *ending, how=How(coaching="off"))
    *_, rest, outro = (part for c in compile_routine(one, EN).chapters for part in c.passages)
    assert (rest.kind, rest.lasts, outro.kind) == ("rest", 90_000, "outro")
    assert said(rest) == ["Rest, one minute, thirty seconds.", "Breathe."]
    assert "Stretch now." in said(outro)
    keep_all(timeline_data(lay_out(compile_routine(one, EN), Letters(), "")))
    without = one._replace(items=one.items[:1])
    assert workout_length(one, EN) - 90_000 >= workout_length(without, EN)


def test_the_last_rest_comes_after_the_cool_down_and_after_every_round() -> None:
    items = (work(PLANK), Rest(20_000))
    one = routine(*items)._replace(rounds=2, cool_down=(work(JACKS), Rest(5_000)))
    assert [interval.pause for interval in plan_routine(one).intervals] == [10_000, 20_000, 20_000]
    assert plan_routine(one).last_rest.lasts == 5_000


def test_a_last_rest_of_nothing_keeps_its_announcement() -> None:
    one = routine(work(PLANK), Announcement("Breathe."), Rest(0))
    assert (plan_routine(one).last_rest.lasts, plan_routine(one).closing) == (0, ("Breathe.",))


# -- groups ---------------------------------------------------------------------------------------


def order(*items: object) -> list[tuple[str, int, int | None]]:
    intervals = plan_routine(routine(*items)).intervals  # type: ignore[arg-type] # as given
    return [
        (interval.bout.exercise.key, interval.bout.set, interval.bout.round)
        for interval in intervals
    ]


def test_a_circuit_goes_round() -> None:
    block = circuit(JACKS, PLANK, rounds=2, rest=30_000, transition=12_000)
    assert order(block) == [("jacks", 1, 1), ("plank", 1, 1), ("jacks", 1, 2), ("plank", 1, 2)]
    assert pauses(block) == [10_000, 12_000, 30_000, 12_000]


def test_a_superset_does_set_by_set() -> None:
    pair = superset(work(SQUAT, sets=2), work(JACKS, sets=3))
    keys = [(key, number) for key, number, _ in order(pair)]
    assert keys == [("squat", 1), ("jacks", 1), ("squat", 2), ("jacks", 2), ("jacks", 3)]


def test_a_tabata_is_four_minutes_less_one_pause() -> None:
    block = tabata(JACKS, PLANK)
    assert [key for key, _, _ in order(block)] == ["jacks", "plank"] * 4
    assert plan_routine(routine(block)).lasts == 10_000 + 8 * 20_000 + 7 * 10_000


def test_every_minute_begins_on_the_minute() -> None:
    block = emom(work(SQUAT, amount=Reps(5, 5), sets=1), JACKS, minutes=4)
    intervals = plan_routine(routine(block)).intervals
    starts, now = [], 0
    for interval in intervals:
        now += interval.pause
        starts.append(now - intervals[0].pause)
        now += timing.work_length(interval.bout.exercise, interval.bout.prescription, How())
    assert starts == [0, 60_000, 120_000, 180_000]


def test_work_longer_than_its_minute_is_refused() -> None:
    with pytest.raises(UsageError, match="does not fit"):
        plan_routine(routine(emom(work(MARCH, sets=1), minutes=3)))


def test_rounds_repeat_what_stands_between_warm_up_and_cool_down() -> None:
    twice = routine(SQUAT, rounds=2, warm_up=(work(JACKS),), cool_down=(work(PLANK),))
    keys = [interval.bout.exercise.key for interval in plan_routine(twice).intervals]
    assert keys == ["jacks", *["squat"] * 6, "plank"]


# -- the whole ------------------------------------------------------------------------------------


def test_the_length_is_known_without_laying_out() -> None:
    assert workout_length(routine(*ALL), EN) == compile_routine(routine(*ALL), EN).lasts


def test_first_words_tell_length_kit_and_the_first_exercise() -> None:
    intro = said(passages(routine(MARCH, HYDRANT), "intro")[0])
    assert intro[:4] == [
        "Test.",
        "About seven minutes.",
        "Have ready: two dumbbells, a mat and a looped band if you like.",
        "We begin with March.",
    ]
    assert "You need two dumbbells." not in intro


def test_last_words_tell_what_was_done() -> None:
    outro = said(passages(routine(work(SQUAT, amount=Reps(8, 8), sets=2), LUNGE), "outro")[0])
    assert "You did two exercises, three sets and thirty-two reps." in outro


def test_first_and_last_words_last_whole_seconds() -> None:
    for kind in ("intro", "outro"):
        assert passages(routine(*ALL), kind)[0].lasts % 1_000 == 0


def test_chapter_titles_fit_a_lock_screen() -> None:
    long = HYDRANT._replace(name="Single-Leg Romanian Deadlift with Reach")
    sets = routine(Work(long, HYDRANT.prescription._replace(sets=3)))
    titles = [chapter.title for chapter in compile_routine(sets, EN).chapters]
    assert all(len(title) <= 45 for title in titles)
    assert titles[1].endswith("… · left · set 1/3")


def test_sides_first_right() -> None:
    right = work(HYDRANT, sides=Sides("each", "right"))
    assert [interval.bout.side for interval in _intervals(right)] == ["right", "left"]


def _intervals(*items: Work) -> tuple[Interval, ...]:
    return plan_routine(routine(*items)).intervals


def test_a_prescription_of_nothing_but_an_amount() -> None:
    bare = Exercise("x", "X", Prescription(Reps(1, 1)))
    assert passages(routine(bare), "work")[0].lasts == 4_000


def test_free_cues_are_eight_seconds_apart_in_timed_work_too() -> None:
    cued = PLANK._replace(cues=SQUAT.cues)
    for seconds in range(4, 61):
        hold = Hold(seconds * 1_000, seconds * 1_000)
        span = passages(routine(work(cued, amount=hold)), "work")[0]
        starts, now = [], 0
        for slot in span.slots:
            if any(
                isinstance(item, Say) and item.role in ("form", "motivate") for item in slot.items
            ):
                starts.append(now)
            now += slot.lasts
        assert all(two - one >= 8_000 for one, two in pairwise(starts))


def test_where_a_number_does_not_fit_its_beat_the_fifths_are_said_and_every_step_ticks() -> None:
    """A step of 0.8 s: ten with each leg."""
    (steps,) = passages(routine(WALK, how=How(pace="brisk")), "work")
    assert numbers(steps) == [(9 * 800 + 400, 5), (19 * 800 + 400, 10)]
    assert [bell.at for bell in steps.sound_cues if bell.name == "tick"] == [
        n * 800 for n in range(20)
    ]


def test_own_first_and_last_words_leave_all_between_as_it_is() -> None:
    phrases = load_phrases("en")
    plain = routine(SQUAT)
    greeted = plain._replace(opening=("anna, week three", "new today"), closing=("on friday",))
    scripts = [compile_routine(one, phrases) for one in (plain, greeted)]
    said = [
        [
            item.text
            for chapter in each.chapters
            for part in chapter.passages
            for item in words(part)
        ]
        for each in scripts
    ]
    assert said[1][:2] == ["Anna, week three.", "New today."]
    assert said[1][-1] == "On friday."
    assert scripts[0].chapters[1:-1] == scripts[1].chapters[1:-1]


def words(passage: Passage) -> list[Say]:
    return [item for slot in passage.slots for item in slot.items if isinstance(item, Say)]
