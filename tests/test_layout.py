"""Layout: glue, shorter wordings, what gives way, and problems; promises over random routines."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out, set_glue
from audioworkout.model.exercise import (
    Carry,
    Exercise,
    Finisher,
    Hold,
    Prescription,
    Reps,
    Sides,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.model.routine import Announcement, How, Rest, Rests, Work
from audioworkout.model.script import Gap, Line, Say, Slot, SoundName, SpanKind
from audioworkout.model.timeline import Sounded
from audioworkout.units import GRID, round_up
from audioworkout.views.json import timeline_data
from promises import keep_all
from samples import (
    ALL,
    HYDRANT,
    JACKS,
    LUNGE,
    PLANK,
    SQUAT,
    WALK,
    Letters,
    circuit,
    routine,
    superset,
    tabata,
)

EN = load_phrases("en")


class Table:
    """A measure from a table: 100 ms a letter unless told otherwise."""

    def line(self, line: Line) -> int:
        return 100 * len(line.text)

    def sound(self, name: SoundName) -> int:
        return 100


def moments(slot: Slot, start: int = 0) -> list[tuple[str, int]]:
    placed, problems = set_glue(slot, start, Table())
    assert not problems
    return [(words.line.text, words.at) for words in placed]


def say(text: str, yields: int = 0, *shorter: str) -> Say:
    return Say(text, "form", yields=yields, shorter=shorter)


def test_words_follow_each_other_a_breath_apart_on_the_grid() -> None:
    words = (say("ab"), say("cd"))
    assert moments(Slot(2_000, words), 1_000) == [("ab", 1_000), ("cd", 1_464)]


def test_where_the_grid_leaves_no_room_a_finer_one_does() -> None:
    words = (say("ab"), say("cd"))
    assert moments(Slot(664, words), 1_000) == [("ab", 1_000), ("cd", 1_464)]
    assert moments(Slot(652, words), 1_000) == [("ab", 1_000), ("cd", 1_452)]


def test_glue_takes_what_is_left() -> None:
    items = (say("ab"), Gap(0, 1), say("cd"))
    assert moments(Slot(2_000, items)) == [("ab", 0), ("cd", 1_752)]
    assert moments(Slot(10_000, items)) == [("ab", 0), ("cd", 9_768)]


def test_two_gaps_share_by_their_stretch() -> None:
    items = (Gap(0, 1), say("ab"), Gap(0, 3), say("cd"))
    (_, first), (_, second) = moments(Slot(8_000, items))
    assert first == pytest.approx((8_000 - 650) / 4, abs=3 * GRID)
    assert second == pytest.approx(8_000 - 200, abs=3 * GRID)


def test_a_gap_at_the_end_takes_its_share_too() -> None:
    items = (Gap(0, 1), say("ab"), Gap(0, 1))
    ((text, at),) = moments(Slot(1_000, items))
    assert (text, at) == ("ab", round_up((1_000 - 200 - GRID) // 2, GRID))


def test_neighbouring_gaps_count_once_as_the_longer() -> None:
    assert moments(Slot(2_000, (say("a"), Gap(400), Gap(600), say("b"))))[1] == ("b", 720)


def test_a_beat_is_exact_off_the_grid() -> None:
    assert moments(Slot(500, (say("a"),)), 1_333) == [("a", 1_333)]


def test_the_shorter_wording_is_taken_before_anything_is_left_out() -> None:
    items = (say("a" * 10, 0, "b" * 5), say("c" * 3, 1))
    assert [text for text, _ in moments(Slot(1_100, items))] == ["b" * 5, "c" * 3]


def test_what_yields_most_goes_first_and_late_words_before_early_ones() -> None:
    items = (say("one", 1), say("two", 2), say("six", 2), say("ten"))
    assert [text for text, _ in moments(Slot(1_408, items))] == ["one", "two", "ten"]
    assert [text for text, _ in moments(Slot(900, items))] == ["one", "ten"]
    assert [text for text, _ in moments(Slot(300, items))] == ["ten"]


def test_what_never_yields_is_a_problem_with_its_place_and_size() -> None:
    placed, problems = set_glue(Slot(500, (say("abc"), say("defg"))), 2_000, Table())
    assert [words.line.text for words in placed] == ["abc"]
    (problem,) = problems
    assert (problem.at_ms, problem.by_ms) == (2_300, 300 + 250 + 400 - 500)
    assert "defg" in problem.what


class LongSounds(Letters):
    """A measure of someone's own sounds, longer than any pause."""

    def sound(self, name: SoundName) -> int:
        return 600_000


def test_a_sound_longer_than_its_span_ends_with_it() -> None:
    timeline = lay_out(compile_routine(routine(SQUAT, PLANK), EN), LongSounds(), "")
    ends = {span.end_ms for span in timeline.spans}
    sounds = [event for event in timeline.events if isinstance(event, Sounded)]
    assert sounds
    assert {event.end_ms for event in sounds} <= ends


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("rest", "a longer rest, about 1 s"),
        ("prepare", "--get-ready"),
        ("switch", "--rest-sides"),
        ("intro", "--rate"),
        ("work", "longer work"),
    ],
)
def test_a_problem_tells_what_makes_room_where_it_is(kind: SpanKind, hint: str) -> None:
    _, (problem,) = set_glue(Slot(500, (say("abc"), say("defg"))), 0, Table(), kind)
    assert hint in problem.hint
    assert "brief" not in problem.hint  # would leave out only what has given way already


def test_what_does_not_fit_beside_a_number_needs_a_slower_tempo() -> None:
    counted = (say("one")._replace(role="count", number=1), say("hold"))
    _, (problem,) = set_glue(Slot(500, counted), 0, Table(), "work")
    assert "a slower tempo" in problem.hint


def test_words_keep_their_distance_from_the_next_slot() -> None:
    close = say("abcd")._replace(after=250)
    assert set_glue(Slot(500, (close,)), 0, Table())[1]
    assert not set_glue(Slot(650, (close,)), 0, Table())[1]


def test_no_distance_is_kept_for_words_that_were_left_out() -> None:
    optional = say("abc", 1)._replace(after=250)
    assert moments(Slot(400, (say("abcd"), optional))) == [("abcd", 0)]


# -- promises over random routines ----------------------------------------------------------------

phases = st.integers(0, 12).map(lambda quarter: quarter * 250)
tempos = st.builds(Tempo, st.integers(3, 12).map(lambda q: q * 250), phases, st.just(1_000), phases)
counted = st.integers(1, 20).flatmap(lambda low: st.integers(low, 24).map(lambda high: (low, high)))
amounts = st.one_of(
    counted.map(lambda ends: Reps(*ends)),
    counted.map(lambda ends: Steps(*ends)),
    st.integers(2, 90).map(lambda s: Hold(s * 1_000, s * 1_000)),
    st.integers(2, 90).map(lambda s: Timed(s * 1_000, s * 1_500)),
    st.builds(Carry, st.integers(5, 50), st.integers(50, 99), st.just("ft"), st.booleans()),
)
finishers = st.none() | st.builds(Finisher, st.integers(1, 20), st.integers(800, 1_200))
orders = st.sampled_from(["together", "each", "alternating"])


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    amount = draw(amounts)
    countable = isinstance(amount, Reps | Steps)
    order = draw(orders) if countable else draw(st.sampled_from(["together", "each"]))
    prescription = Prescription(
        amount,
        sets=draw(st.integers(1, 3)),
        sides=Sides(order, draw(st.sampled_from(["left", "right"]))),
        tempo=draw(tempos),
        finisher=draw(finishers) if isinstance(amount, Reps) and order != "alternating" else None,
    )
    return draw(st.sampled_from(ALL))._replace(
        prescription=prescription,
        starts=draw(st.sampled_from(["top", "bottom"])),
        effort=draw(st.sampled_from(["up", "down"])),
        position=draw(st.sampled_from(["standing", "back", "side"])),
    )


works = exercises().map(lambda exercise: Work(exercise, exercise.prescription))
items = st.one_of(
    works,
    st.integers(0, 90).map(lambda s: Rest(s * 1_000)),
    st.just(Announcement("Grab your band.")),
    st.builds(
        lambda some, rounds: circuit(*some, rounds=rounds),
        st.lists(works, min_size=1, max_size=2),
        st.integers(1, 2),
    ),
    st.lists(works, min_size=2, max_size=2).map(lambda two: superset(*two)),
    st.just(tabata(JACKS, SQUAT, rounds=3)),
)
pauses = st.none() | st.integers(1_500, 90_000)
hows = st.builds(
    How,
    level=st.sampled_from(["beginner", "normal", "advanced"]),
    pace=st.sampled_from(["easy", "normal", "brisk"]),
    coaching=st.sampled_from(["full", "brief", "off"]),
    count=st.sampled_from(["up", "down", "last5", "off"]),
    mood=st.sampled_from(["calm", "plain", "lively"]),
    tick=st.sampled_from([None, True, False]),
    beeps=st.booleans(),
    rests=st.builds(Rests, pauses, pauses, pauses, pauses),
    space=st.none() | st.integers(2_000, 9_000),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(items, min_size=1, max_size=4), works, hows, st.integers(60, 160))
def test_every_timeline_keeps_its_promises(
    some: list[object], work: Work, how: How, percent: int
) -> None:
    """Whatever the routine, the wishes and the speed of the voice."""

    class Slow(Letters):
        def line(self, line: Line) -> int:
            return super().line(line) * percent // 100

    script = compile_routine(routine(*some, work, how=how), EN)  # type: ignore[arg-type] # any item
    timeline = lay_out(script, Slow(), "slow")
    data = timeline_data(timeline)
    assert data["duration_ms"] == script.lasts
    fits = not timeline.problems
    keep_all(data, beeps=how.beeps, counts=how.count if fits else "off")


def test_the_length_does_not_depend_on_the_voice() -> None:
    script = compile_routine(routine(*ALL), EN)
    assert lay_out(script, Letters(), "").duration_ms == lay_out(script, Table(), "").duration_ms


def test_nothing_is_left_out_of_the_samples() -> None:
    for exercise in (SQUAT, HYDRANT, LUNGE, PLANK, WALK):
        assert not lay_out(compile_routine(routine(exercise), EN), Letters(), "").problems
