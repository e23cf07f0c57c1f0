"""What a source says and no rule has used is told as a doubt, in the scope in which it stands."""

import re

import pytest

from audioworkout.importing import ImportOptions, Source, Written, import_document, read_document
from audioworkout.model.request import Flags, RoutineText
from audioworkout.model.routine import Work
from audioworkout.reading import Folders, read_routine

LIST = "\n10 {squat}\n12 {push_up}\n"
NAMES = {
    "en": {"squat": "squats", "push_up": "push-ups"},
    "de": {"squat": "Kniebeugen", "push_up": "Liegestütze"},
    "es": {"squat": "sentadillas", "push_up": "flexiones"},
    "fr": {"squat": "squats", "push_up": "pompes"},
}


def import_one(text: str, language: str = "en") -> Written:
    """The one workout of a text."""
    imported = import_document(
        read_document(Source("text.txt", text.encode())),
        Folders(),
        ImportOptions(language=language),
    )
    (file,) = imported.files
    return file


def doubted_fields(file: Written) -> set[str]:
    """Fields of the workout or of any of its items that are told as guesses."""
    return {one.field for one in file.doubts} | {
        one.field for row in file.rows for one in row.doubts
    }


OPEN = {
    "rest as needed": ("en", "Rest as needed between the two.", "rest"),
    "a breather": ("en", "Catch your breath before you go on.", "rest"),
    "again from the top": ("en", "Then start again from the top.", "rounds"),
    "the circuit again": ("en", "Repeat the circuit until the timer rings.", "rounds"),
    "kurze Pause": ("de", "Dazwischen darf eine kurze Pause sein.", "rest"),
    "wieder von vorn": ("de", "Danach geht es wieder von vorn los.", "rounds"),
    "descanso breve": ("es", "Entre los dos hay un descanso breve.", "rest"),
    "vuelve a empezar": ("es", "Después vuelve a empezar con calma.", "rounds"),
    "courte pause": ("fr", "On prend une courte pause entre les deux.", "rest"),
    "on recommence": ("fr", "Ensuite on recommence doucement.", "rounds"),
}


@pytest.mark.parametrize(("language", "told", "field"), OPEN.values(), ids=list(OPEN))
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_rests_and_rounds_without_a_figure_are_doubts(language, told, field, above):
    items = LIST.format(**NAMES[language])
    file = import_one(f"{told}\n{items}" if above else f"{items}\n{told}\n", language)
    assert field in doubted_fields(file)
    assert told[:20] in file.text


PLAIN = {
    "rounds and a rest": "3 rounds, rest 60 seconds between rounds:\n" + LIST,
    "sets and a rest": "Squat 3x10\nBench press 3x8\n\nRest 90 seconds between sets.\n",
    "days of rest": "2 rounds:\n"
    + LIST
    + "\nTake a day of rest after it, and two rest days a week.\n",
    "the rest of the day": "2 rounds:\n" + LIST + "\nEnjoy the rest of the 24 hours.\n",
    "the same rounds again": "3 rounds:\n" + LIST + "\nIn all 3 rounds keep breathing.\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=list(PLAIN))
def test_what_is_told_plainly_is_no_doubt(text: str):
    file = import_one(text.format(**NAMES["en"]))
    assert not doubted_fields(file) & {"rest", "rest_rounds", "rest_exercises", "rounds"}, file.text


def test_a_doubt_of_a_block_is_told_once_and_counts_for_each_of_its_exercises():
    file = import_one("3 rounds:\n10 squats\n12 push-ups\nRest as needed.\n")
    assert file.text.count("Rest as needed") == 1
    squats, push_ups = file.rows
    assert squats.doubts == push_ups.doubts != ()


RESTS = {
    "behind the last": ("3 rounds:\n10 squats\n12 push-ups\nRest 60 s\n", 60_000, None),
    "behind each": (
        "4 rounds:\n10 squats\nRest 90 seconds\n12 push-ups\nRest 90 seconds\n",
        90_000,
        90_000,
    ),
    "between the rounds": (
        "3 rounds:\n10 squats\n12 push-ups\nRest 3 mins, between rounds.\n",
        180_000,
        None,
    ),
    "as many rounds": (
        "3 sets of:\n10 squats\n12 push-ups\nRest 45 s between exercises, 2 min between rounds.\n",
        120_000,
        45_000,
    ),
}


@pytest.mark.parametrize(("text", "rest", "transition"), RESTS.values(), ids=list(RESTS))
def test_rests_among_the_exercises_of_a_block_are_its_own(text, rest, transition):
    routine = read_routine(RoutineText(import_one(text).text), Flags(), Folders()).routine
    (block,) = routine.items
    assert (block.kind, block.rest, block.transition) == ("circuit", rest, transition)


LABELS = {
    "en": "Rest\n  - Exercises: 2:00 min\n  - Sets: 1:00 min\n3 sets / exercise\n8-12 reps / set",
    "de": "Pausen\n  - Übungen: 2:00 Minuten\n  - Sätze: 1:00\n3 Sätze / Übung\n8-12 Wdh / Satz",
    "es": "Descanso\n- Ejercicios: 2 min\n- Series: 1 min\n3 series / ejercicio\n8-12 reps / serie",
    "fr": "Repos\n- Exercices : 2 min\n- Séries : 1 min\n3 séries / exercice\n8-12 reps / série",
}


@pytest.mark.parametrize("language", list(LABELS))
def test_labels_above_a_list_are_of_all_its_exercises(language: str):
    names = NAMES[language]
    file = import_one(f"{LABELS[language]}\n\n- {names['squat']}\n- {names['push_up']}\n", language)
    assert [row.understood for row in file.rows] == ["3x8-12", "3x8-12"]
    assert re.search(r"rest: {sets: (1 min|1:00), exercises: (2 min|2:00)}", file.text)


def test_rounds_of_the_exercises_above_are_not_those_below():
    file = import_one("10 squats\n12 push-ups\nAbove exercises x 2\n20 sit-ups\n8 burpees\n")
    block, *others = read_routine(RoutineText(file.text), Flags(), Folders()).routine.items
    assert (block.kind, block.rounds, len(block.items)) == ("circuit", 2, 2)
    assert len(others) == 2


def test_a_mere_group_is_no_circuit():
    """`Group 1` says nothing of rounds: its exercises stand one after the other."""
    text = "Group 1\nSquats: 3x10\nRows: 3x8\n\nGroup 2\nDips: 3x8\nLunges: 3x12\n"
    routine = read_routine(RoutineText(import_one(text).text), Flags(), Folders()).routine
    assert [type(item) for item in routine.items] == [Work] * 4


GROUPS = {
    "a list on a board": ("10 squats\n12 push-ups\n20 sit-ups\n", "111"),
    "with its rounds": ("3 rounds:\n10 squats\n12 push-ups\n", "00"),
    "with its sets": ("3 sets of 10 squats\n3 sets of 12 push-ups\n", "00"),
    "names in front": ("Squats: 10\nPush-ups: 12\n", "00"),
    "a word of turns": ("Squats: 10\nPush-ups: 12\n\nDo them as a circuit.\n", "11"),
    "a circuit without rounds": ("Circuit 1 (3 rounds)\n9 dips\n\nCircuit 2\nSquats 10\n", "01"),
    "two counts": ("3 rounds on Monday, 4 rounds on Friday.\n\n- Squats: 9\n- Dips: 9\n", "11"),
    "below the rounds": (
        "Squats x 10\nDips x 8\nRepeat the circuit 3 times.\n\nPlank, 30 seconds\n",
        "001",
    ),
    "another part of it": (
        "For time:\n30 squats\n20 burpees\nSkill work afterwards:\n10 pull-ups\n",
        "001",
    ),
}


@pytest.mark.parametrize(("text", "doubted"), GROUPS.values(), ids=list(GROUPS))
def test_rounds_are_doubted_where_nothing_says_how_often_it_is_done(text: str, doubted: str):
    file = import_one(text)
    fields = [{one.field for one in row.doubts} for row in file.rows]
    whole = {one.field for one in file.doubts}
    assert "".join(str(int("rounds" in one | whole)) for one in fields) == doubted


MEMBERS = "12 squats\n10 push-ups\n20 mountain climbers\n"
BLOCKS = {
    "often behind a label": (f"Block 1 x3\n{MEMBERS}\nBlock 2\n8 lunges\n", "circuit", 3, None),
    "rest behind a round": (
        f"3 rounds:\n{MEMBERS}Water break, 2 minutes, after every round\n",
        "circuit",
        3,
        120_000,
    ),
    "rest of sets": (f"3 sets:\n{MEMBERS}2 min. set rest.\n", "circuit", 3, 120_000),
    "rest told of all": (
        "Do three rounds. Each exercise takes 45 seconds, then rest for 15 seconds.\n"
        "Between the sets rest for 90 seconds.\n\n1. Squats\n2. Push-ups\n3. Lunges\n",
        "circuit",
        3,
        90_000,
    ),
    "rest behind a pair": (
        "A1) Squats 3x10\nA2) Dips 3x10\nno rest between the two, 1:00 after\n",
        "superset",
        3,
        60_000,
    ),
    "minutes on a list": (f"2 rounds of 6:00 on / 3:00 rest\n{MEMBERS}", "circuit", 2, 180_000),
    "for quality": (f"10:00 for quality\n{MEMBERS}", "amrap", 1, None),
    "so long in all": (f"Every 2 minutes for 16 minutes\n{MEMBERS}", "every", 8, None),
    "fewer from round to round": ("21-15-9\nThrusters\nBurpees\n", "circuit", 3, None),
    "a section with rounds": (f"Circuit (repeat 3-4 times)\n{MEMBERS}", "circuit", 3, None),
    "repeated below": (f"{MEMBERS}Repeat for 5 rounds\n", "circuit", 5, None),
    "rounds for time": (f"5 RFT\n{MEMBERS}", "for time", 5, None),
    "rests of both kinds": (
        f"3 rounds, 30 s of rest between exercises and 2 minutes between rounds:\n{MEMBERS}",
        "circuit",
        3,
        120_000,
    ),
    "rest at the end of all": (
        f"After completing all exercises, rest 90 s and repeat twice more.\n{MEMBERS}",
        "circuit",
        3,
        90_000,
    ),
    "what one round is": (
        "Do 10 reps of each exercise. That's one round. Do five rounds.\n- Squats\n- Dips\n",
        "circuit",
        5,
        None,
    ),
    "3x above a list": (f"3x\n{MEMBERS}", "circuit", 3, None),
    "sets above a list": (f"3 sets\n{MEMBERS}", "circuit", 3, None),
    "sets in turns": (f"Do 4 sets of all of it as a circuit.\n{MEMBERS}", "circuit", 4, None),
    "twice through one": (
        "1. Push-ups\nGo for 10 reps, twice through.\n\n2. Squats\nGo for 12 reps.\n",
        "",
        0,
        None,
    ),
}


@pytest.mark.parametrize(("text", "kind", "rounds", "rest"), BLOCKS.values(), ids=list(BLOCKS))
def test_blocks_have_the_rounds_and_rests_that_lines_tell(text, kind, rounds, rest):
    first, *_ = read_routine(RoutineText(import_one(text).text), Flags(), Folders()).routine.items
    if isinstance(first, Work):
        assert not kind
    else:
        assert (first.kind, first.rounds, first.rest) == (kind, rounds, rest)


def test_what_stands_behind_a_block_is_not_in_it():
    text = f"3 rounds\n{MEMBERS}Cash-out: 800 m run\n"
    routine = read_routine(RoutineText(import_one(text).text), Flags(), Folders()).routine
    block, run = routine.items
    assert len(block.items) == 3
    assert isinstance(run, Work)


def test_a_minute_of_rest_is_a_turn_of_an_emom():
    file = import_one("EMOM 12\nMin 1: 10 squats\nMin 2: 8 burpees\nMin 3: rest\n")
    assert re.search(r"burpees: 8\n(.*\n)? +- rest\n", file.text)
