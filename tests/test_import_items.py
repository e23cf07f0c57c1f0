"""The line of an imported exercise agrees with the sentences that tell of it, or is doubted."""

import re

import pytest

from test_import_ledger import import_one

ACCOUNTS = {
    "a time beside reps": ("## Squat\nDo this 10 times. Rise over 4 seconds.", "pause"),
    "a load in passing": ("## Squat\nDo 10 reps with a 5 kg weight or so for the start.", "load"),
    "a percentage in the text": ("## Squat\nDo 5 sets of 5 reps at 80% of your best.", "effort"),
    "a word of effort": ("Squat 4x12 heavy\nDip 3 x 8", "effort"),
    "sides of a step": ("## Squat\nDo this 10 times. Lean to the other side.", "sides"),
    "tempo in words": ("## Squat\nDo 10 reps. Keep the tempo that you know.", "tempo"),
    "a rest that is not read": ("Squat 5 x 5, 2-2:30 Minutes of REST in between", "rest"),
    "a number told twice": ("## Squat\nDo 10 reps to the front and 10 to the back.", "sets"),
    "a word in front": ("Neutral grip pull-up 4 x 5\nDip 3 x 8", "name"),
}


@pytest.mark.parametrize(("text", "field"), ACCOUNTS.values(), ids=list(ACCOUNTS))
def test_what_a_line_does_not_say_of_its_sentences_is_a_doubt(text, field):
    file = import_one(f"{text}\n\n## Push-up\nDo 12 reps.\n")
    assert field in {one.field for one in file.rows[0].doubts}
    assert not file.rows[-1].doubts


PLAIN = {
    "a hold that is in the line": "## Squat\nDo 10 reps. Hold for 2 seconds at the bottom.",
    "a load with its line": "Squat 3 x 10, 20 kg",
    "sides in order": "## Split squat\nDo 10 reps on each leg.",
    "weights in both hands": "## Squat\nTake a dumbbell in each hand. Do 10 reps.",
    "what is to come later": "## Squat\nDo 10 reps. Once you can, hold for 30 seconds.",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=list(PLAIN))
def test_what_a_line_says_of_its_sentences_is_no_doubt(text):
    file = import_one(f"{text}\n\n## Push-up\nDo 12 reps.\n")
    assert not file.unsure, [row.doubts for row in file.rows]


READ = {
    "one side in a name": ("Left side plank 30 seconds", "side plank", "hold 30s, left only"),
    "a mark without a blank": ("-50 squats", "squats", "50"),
    "seconds behind a colon": (":20 Hollow hold", "Hollow hold", "hold 0:20"),
    "turns from side to side": (
        "Squat\n12 reps, alternating from side to side",
        "Squat",
        "12, alternating",
    ),
    "tempo with colons": ("Squat\n8 reps, tempo 3:0:2:0", "Squat", "8, @3-0-2-0"),
    "an address": ("Squat\n8 reps https://example.org/watch?t=17s", "Squat", "8"),
    "rounds of one exercise": ("Squat\n12-15 reps, twice through.", "Squat", "2x12-15"),
    "a load for each hand": ("Lunge 3 x 8 each leg, 2x12 kg", "Lunge", "3 x 8 each leg, 2x12 kg"),
    "two loads without a unit": ("15 Kettlebell swings 70/55", "Kettlebell swings", "15, @ 70lb"),
    "a movement of what is held": ("Plank raise\nFor 30 seconds.", "Plank raise", "for 30s"),
}


@pytest.mark.parametrize(("text", "name", "line"), READ.values(), ids=list(READ))
def test_the_line_of_an_item_is_read(text, name, line):
    marks = "" if "\n" not in text else "## "
    file = import_one(f"{marks}{text}\n{marks}Push-up\n10 reps\n{marks}Dip\n10 reps\n")
    assert (file.rows[0].name, file.rows[0].understood) == (name, line)


def test_items_below_a_condition_may_stand_instead_of_others():
    file = import_one("20 squats\n400 m run\n\nIf you are unable to run:\n500 m row\n")
    assert [[one.field for one in row.doubts] for row in file.rows][-1].count("order") == 1
    assert not any("order" in {one.field for one in row.doubts} for row in file.rows[:-1])


def test_an_amount_in_the_sentence_of_one_exercise_is_no_guess():
    text = (
        "This one is for an easy day. Start with 3 sets of 10 squats. "
        "Then do 2 sets of 12 lunges and 2 sets of 8 push-ups."
    )
    doubts = [{one.field for one in row.doubts} for row in import_one(text).rows]
    assert [("order" in one, "amount" in one) for one in doubts] == [
        (True, False),
        (True, True),
        (True, True),
    ]


def test_the_rest_below_the_last_exercise_of_a_superset_is_that_of_the_superset():
    file = import_one(
        "A1) Squat 3 x 8\nA2) Dip 3 x 8\nRest 75 sec after A2.\n\n"
        "B1) Curl 3 x 8\nB2) Lunge 3 x 8 each leg\nRest 60 s\n"
    )
    assert re.findall(r"^    rest: (.*)", file.text, re.M) == []
    assert re.findall(r"superset:\n +rest: (.*)", file.text) == ["75s", "60s"]
    assert not any("rest" in row.understood for row in file.rows)


def test_an_exercise_that_is_headed_twice_with_its_amounts_stands_twice():
    file = import_one(
        "Leg lift:\n\nDo 2 sets of 10.\n\nLeg lift:\n\nRepeat: 8 times.\n\n"
        "Squat:\n\nDo 12 reps.\n\nDip:\n\nDo 10 reps.\n"
    )
    assert [row.name for row in file.rows] == ["Leg lift", "Leg lift", "Squat", "Dip"]


def test_a_rest_of_all_between_exercises_is_a_doubt():
    text = "10 squats\n12 push-ups\n\nDo all exercises without rest.\n\n20 lunges\n10 dips\n"
    assert "rest_exercises" in {one.field for one in import_one(text).doubts}


def test_rounds_in_running_text_are_a_doubt():
    text = (
        "This one is for an easy day. Start with 3 sets of 10 squats. "
        "Then do 2 sets of 12 lunges. Complete 4 rounds."
    )
    assert {"rounds", "rest_rounds"} <= {one.field for one in import_one(text).doubts}
