"""The music's curve: where it is down, how fast it moves, and what it does in rests."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.mixing.ducking import (
    CHANGE,
    COUNT_DUCK,
    DUCK_FALL,
    DUCK_RISE,
    FADED,
    HOLD,
    MUSIC_FADE_IN,
    MUSIC_FADE_OUT,
    Curve,
    music_curve,
)
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Span
from mixes import NOBODY, WORDS, timeline

ONE, TWO, _, SENTENCE = WORDS
SOUND = Sound(music_level=-24.0, duck=14.0)


def curve_of(*placed, duration=60_000, sound=SOUND, spans=()):
    return music_curve(timeline(duration, *placed)._replace(spans=spans), sound)


def test_it_is_down_before_the_cue_begins_and_up_after_it_ends():
    curve = curve_of((10_000, SENTENCE))
    end = timeline(60_000, (10_000, SENTENCE)).events[0].end_ms
    assert curve.level_at(10_000 - DUCK_FALL) == -24
    assert curve.level_at(10_000 - DUCK_FALL // 2) == pytest.approx(-31)
    assert [curve.level_at(at) for at in (10_000, (10_000 + end) // 2, end)] == [-38] * 3
    assert curve.level_at(end + DUCK_RISE // 2) == pytest.approx(-31)
    assert curve.level_at(end + DUCK_RISE) == -24


@pytest.mark.parametrize(("pause", "between"), [(HOLD - 1, -38), (HOLD, -24)])
def test_it_stays_down_between_cues_that_are_close(pause, between):
    end = timeline(60_000, (10_000, SENTENCE)).events[0].end_ms
    curve = curve_of((10_000, SENTENCE), (end + pause, SENTENCE))
    assert curve.level_at(end + DUCK_RISE) == between


def test_a_cue_within_a_longer_one_does_not_end_it():
    long = curve_of((10_000, SENTENCE))
    both = curve_of((10_000, SENTENCE), (10_500, "ready"))
    assert all(long.level_at(at) == both.level_at(at) for at in range(9_000, 14_000, 50))


def test_numbers_lower_it_less_than_words():
    curve = curve_of((10_000, ONE), (20_000, SENTENCE))
    assert (curve.level_at(10_100), curve.level_at(20_100)) == (-24 - COUNT_DUCK, -38)


def test_a_word_beside_a_number_goes_down_from_there():
    end = timeline(60_000, (10_000, ONE)).events[0].end_ms
    curve = curve_of((10_000, ONE), (end + HOLD - 1, SENTENCE))
    assert curve.level_at(end + DUCK_RISE) == -24 - COUNT_DUCK
    assert curve.level_at(end + HOLD) == -38


def test_it_stays_down_within_a_counted_set():
    numbers = [(10_000 + 3_000 * n, ONE) for n in range(4)]
    parts = (Span("work", 10_000, 30_000, NOBODY),)
    curve = curve_of(*numbers, spans=parts)
    assert {curve.level_at(at) for at in range(10_000, 19_300, 100)} == {-24 - COUNT_DUCK}
    assert curve.level_at(25_000) == -24
    between_sets = curve_of((10_000, ONE), (40_000, ONE), spans=spans("rest", *["work"] * 4))
    assert between_sets.level_at(25_000) == -24


def test_a_shallow_duck_is_the_same_for_all():
    curve = curve_of((10_000, ONE), (20_000, SENTENCE), sound=Sound(duck=3.0))
    assert curve.level_at(10_100) == curve.level_at(20_100) == -27


def test_beeps_are_cues_and_ticks_are_not():
    assert curve_of((10_000, "ready")).level_at(10_050) == -24 - COUNT_DUCK
    assert curve_of((10_000, "tick")).level_at(10_010) == -24


def test_without_ducking_it_stays_where_it_is():
    curve = curve_of((10_000, SENTENCE), sound=Sound(duck=0.0))
    assert {curve.level_at(at) for at in range(5_000, 20_000, 100)} == {-24}


def spans(*kinds):
    return tuple(Span(kind, 10_000 * n, 10_000 * (n + 1), NOBODY) for n, kind in enumerate(kinds))


def test_rests_have_a_level_of_their_own():
    parts = spans("intro", "work", "pulses", "rest", "switch", "work")
    curve = curve_of(sound=Sound(music_level=-20.0, music_rest=-30.0), spans=parts)
    assert [curve.level_at(10_000 * n + 5_000) for n in range(6)] == [-30, -20, -20, -30, -30, -20]
    assert curve.level_at(30_000) == -20
    assert curve.level_at(30_000 + CHANGE // 2) == pytest.approx(-25)


def test_left_out_the_level_of_rests_is_that_of_work():
    curve = curve_of(spans=spans("work", "rest", "work"))
    assert curve.level_at(15_000) == -24


def test_it_fades_in_and_out():
    curve = curve_of()
    assert curve.level_at(0) == curve.level_at(60_000) == -24 + FADED
    assert curve.level_at(MUSIC_FADE_IN) == curve.level_at(60_000 - MUSIC_FADE_OUT) == -24


@given(duration=st.integers(1, 9_000), at=st.integers(0, 8_000))
def test_the_shortest_of_files_has_a_curve(duration, at):
    curve = curve_of((at, "go"), duration=duration)
    assert all(-24 + FADED - 14 <= curve.level_at(each) <= -24 for each in range(0, duration, 100))


CURVES = st.lists(
    st.tuples(st.integers(0, 1_000), st.integers(-60, 0)), min_size=1, unique_by=lambda p: p[0]
).map(lambda points: Curve(*zip(*sorted(points), strict=True)))


@given(one=CURVES, other=CURVES, at=st.integers(-100, 1_100))
def test_the_sum_of_curves_is_their_sum_everywhere(one, other, at):
    assert (one + other).level_at(at) == pytest.approx(one.level_at(at) + other.level_at(at))


@given(
    starts=st.lists(st.integers(20, 500), max_size=12, unique=True),
    duck=st.floats(1, 40),
)
def test_every_word_is_ducked_and_nothing_jumps(starts, duck):
    placed = [(100 * start, SENTENCE) for start in sorted(starts)]
    curve = curve_of(*placed, sound=Sound(duck=duck))
    for event in timeline(60_000, *placed).events:
        assert curve.level_at(event.start_ms) == pytest.approx(-24 - duck)
        assert curve.level_at(event.end_ms) == pytest.approx(-24 - duck)
    levels = [curve.level_at(at) for at in range(2_000, 57_000, 50)]
    steps = [abs(b - a) for a, b in pairwise(levels)]
    assert max(steps) <= duck * 50 / DUCK_FALL + 1e-6
