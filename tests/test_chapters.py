"""How many chapters a player is shown, what their titles and pictures say, and the JSON of them."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import Reps
from audioworkout.model.routine import Work
from audioworkout.model.script import Context
from audioworkout.model.timeline import Mark, Timeline
from audioworkout.text import cut_to_length
from audioworkout.views import render_view
from audioworkout.views.amounts import describe_amount
from audioworkout.views.card_content import CardContent, card_contents, cover_content
from audioworkout.views.grouping import CHAPTER_LIMIT, TITLE_LENGTH, group_chapters
from audioworkout.views.screen_words import words_for
from samples import ALL, HYDRANT, LUNGE, PLANK, SQUAT, WALK, Letters, circuit, routine


def timeline_of(*items, language="en", **fields) -> Timeline:
    made = routine(*items, language=language, **fields)
    return lay_out(compile_routine(made, load_phrases(language)), Letters(), "ruler")


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return timeline_of(*ALL)


def marks(*abouts: tuple[str | None, int]) -> Timeline:
    """A timeline of one-second chapters, each an exercise and a set."""
    chapters = tuple(
        Mark(f"{exercise} {number}", at * 1_000, at * 1_000 + 1_000, Context(exercise, number, 3))
        for at, (exercise, number) in enumerate(abouts)
    )
    return Timeline("T", "t", "en", "", 1_000 * len(chapters), chapters, (), ())


# Grouping


def test_one_chapter_a_set_is_what_the_timeline_has(timeline):
    assert group_chapters(timeline) == timeline.chapters
    assert group_chapters(timeline, "none") == ()


def test_one_chapter_an_exercise(timeline):
    assert [mark.title for mark in group_chapters(timeline, "exercise")] == [
        "Introduction",
        "1/7 March",
        "2/7 Hydrant",
        "3/7 Squat",
        "4/7 Lunge",
        "5/7 Plank",
        "6/7 Band Walk",
        "7/7 Jumping Jacks",
        "Finish",
    ]


def test_rounds_of_an_exercise_are_chapters_of_their_own():
    block = circuit(LUNGE, PLANK, rounds=2)
    titles = [mark.title for mark in group_chapters(timeline_of(block), "exercise")]
    assert titles[1:-1] == [
        "1/2 Lunge · round 1/2",
        "2/2 Plank · round 1/2",
        "1/2 Lunge · round 2/2",
        "2/2 Plank · round 2/2",
    ]


def test_too_many_sets_become_one_chapter_an_exercise():
    many = SQUAT.prescription._replace(sets=40)
    found = group_chapters(timeline_of(Work(SQUAT, many), Work(LUNGE, many)))
    assert [mark.title for mark in found] == ["Introduction", "1/2 Squat", "2/2 Lunge", "Finish"]


def test_too_many_exercises_become_one_chapter_with_their_neighbours():
    short = SQUAT.prescription._replace(sets=1, amount=Reps(1, 1))
    works = [Work(SQUAT._replace(key=f"s{n}", name=f"Squat {n}"), short) for n in range(70)]
    found = group_chapters(timeline_of(*works))
    assert len(found) == 36
    assert found[1].title == "2/70 Squat 1 +1"


@given(
    st.lists(st.tuples(st.sampled_from([None, "a", "b", "c"]), st.integers(1, 3)), min_size=1),
    st.sampled_from(["set", "exercise"]),
    st.integers(1, 70),
)
def test_chapters_stay_few_in_order_and_without_gaps(abouts, by, most):
    given_marks = marks(*abouts)
    found = group_chapters(given_marks, by, most)
    assert 1 <= len(found) <= most
    assert found[0].start_ms == 0
    assert found[-1].end_ms == given_marks.duration_ms
    assert all(one.end_ms == two.start_ms for one, two in itertools.pairwise(found))
    assert {mark.start_ms for mark in found} <= {mark.start_ms for mark in given_marks.chapters}
    assert all(len(mark.title) <= TITLE_LENGTH for mark in found)


def test_a_cut_title_has_exactly_the_room():
    assert cut_to_length("a" * 45, TITLE_LENGTH) == "a" * 45
    assert cut_to_length("a" * 46, TITLE_LENGTH) == "a" * 44 + "…"


# Faces


def test_faces_tell_exercise_side_set_and_amount(timeline):
    found = card_contents(timeline, timeline.chapters)
    assert found[3] == CardContent(
        "work",
        "Hydrant",
        "2/7",
        "12–15",
        "reps",
        "+ 10 pulses",
        side="left",
        sides=("Left", "Right"),
    )
    assert found[6] == CardContent(
        "work", "Squat", "3/7", "8–10", "reps", set=2, sets=3, note="Set 2 of 3"
    )
    amounts = [(face.amount, face.unit, face.more) for face in found]
    assert amounts[1] == ("75", "ft", "out and back")
    assert amounts[8] == ("8", "reps", "each side")
    assert amounts[9] == ("40 s", "hold", "")
    assert amounts[10] == ("10", "steps", "each side")
    assert amounts[11] == ("30 s", "", "")
    assert found[0] == CardContent("frame", "Introduction", amount="18 s")


def test_the_face_of_an_exercise_with_several_sets_has_no_set(timeline):
    squat = card_contents(timeline, group_chapters(timeline, "exercise"))[3]
    assert (squat.set, squat.sets, squat.note, squat.side) == (None, 3, "", None)


def test_the_face_of_both_sides_says_so(timeline):
    hydrant = card_contents(timeline, group_chapters(timeline, "exercise"))[2]
    assert (hydrant.side, hydrant.sides) == (None, ("Left", "Right"))


def test_faces_speak_the_language_of_the_workout():
    german = timeline_of(HYDRANT, WALK, language="de")
    found = card_contents(german, german.chapters)
    assert found[1].sides == ("Links", "Rechts")
    assert (found[1].unit, found[3].unit) == ("Wiederholungen", "Schritte")
    held = timeline_of(PLANK, language="de")
    work = next(span for span in held.spans if span.kind == "work")
    assert describe_amount(work, words_for("de")) == "40 s halten"
    assert cover_content(german).unit == "Minuten"


def test_the_cover_tells_title_length_and_exercises(timeline):
    face = cover_content(timeline)
    plain = CardContent("cover", "Test", amount="19", unit="minutes", more="7 exercises")
    assert face._replace(rhythm=()) == plain
    assert [kind for kind, _ in face.rhythm] == [span.kind for span in timeline.spans]
    assert face.rhythm[-1] == ("outro", 1_000)


# JSON


def test_chapters_json_is_version_1_2_0(timeline):
    data = json.loads(render_view(timeline, "chapters"))
    assert data["version"] == "1.2.0"
    assert [each["title"] for each in data["chapters"]] == [m.title for m in timeline.chapters]
    assert [round(1_000 * each["startTime"]) for each in data["chapters"]] == [
        mark.start_ms for mark in timeline.chapters
    ]
    assert data["chapters"][0]["startTime"] == 0
    assert all(set(each) == {"startTime", "endTime", "title"} for each in data["chapters"])
    assert len(data["chapters"]) <= CHAPTER_LIMIT
