"""The line of an imported exercise agrees with the sentences that tell of it, or is doubted."""

import pytest

from test_import_ledger import import_one

ACCOUNTS = {
    "a time beside reps": ("## Squat\nDo this 10 times. Rise over 4 seconds.", "pause"),
    "a load in passing": ("## Squat\nDo 10 reps with a 5 kg weight or so for the start.", "load"),
    "a percentage in the text": ("## Squat\nDo 5 sets of 5 reps at 80% of your best.", "effort"),
    "a word of effort": ("Squat 4x12 heavy\nDip 3 x 8", "effort"),
    "sides of a step": ("## Squat\nDo this 10 times. Lean to the other side.", "sides"),
    "tempo in words": ("## Squat\nDo 10 reps. Keep the tempo that you know.", "tempo"),
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
