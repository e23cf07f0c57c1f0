"""Workouts that are told in sentences, orders and rows of names, and pages that hold none."""

from __future__ import annotations

import pytest

from audioworkout.importing.convert import ImportOptions, import_document
from audioworkout.importing.documents import Source, read_document
from audioworkout.importing.refusals import NoWorkoutError
from audioworkout.reading import Folders
from audioworkout.reading.catalogue import Catalogue

CATALOGUES: dict[str, Catalogue] = {}
"""Those that were loaded for a test before."""


def import_items(text: str, language: str = "") -> list[str]:
    """The items of a text, each as the file has it: `Squats: 3x12`."""
    document = read_document(Source("text.md", text.encode()))
    imported = import_document(document, Folders(), ImportOptions(language), CATALOGUES)
    return [f"{row.name}: {row.understood}" for file in imported.files for row in file.rows]


ORDERS = {
    "in a numbered list": (
        "en",
        "A break at the desk\n\n1. Tilt your head left then right 20 seconds.\n"
        "2. Open your chest, hands behind you, 15 seconds.\n3. Circle your wrists, 30 seconds.\n",
        ["Tilt your head left then right", "Open your chest", "Circle your wrists"],
    ),
    "in a marked list": (
        "de",
        "Eine Pause\n\n- Nacken dehnen: 20 Sekunden pro Seite\n- Schultern kreisen 10 Mal\n"
        "- Hände ausschütteln, 15 Sekunden\n",
        ["Nacken dehnen", "Schultern kreisen", "Hände ausschütteln"],
    ),
}


@pytest.mark.parametrize(("language", "text", "names"), ORDERS.values(), ids=list(ORDERS))
def test_lists_of_orders_with_amounts_are_exercises(language: str, text: str, names: list[str]):
    assert [item.partition(":")[0] for item in import_items(text, language)] == names


ROWS = {
    "with dashes": "Deadlift – Bent over row – Front squat\n\nSix reps of each exercise.\n",
    "with arrows": "Deadlift → Bent over row → Front squat\n\n6 repetitions of each exercise.\n",
    "with strokes": "Do 6 reps of each exercise.\n\nDeadlift / Bent over row / Front squat\n",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=list(ROWS))
def test_names_in_a_row_are_exercises(text: str):
    assert import_items(text) == ["Deadlift: 6", "Bent over row: 6", "Front squat: 6"]


SINGLE = {
    "sets and reps": (
        "en",
        "One-Leg Thing Row\n\nSets: 2 Reps: 15 Rest: 60 seconds\n\nPull.\n\nUp.",
    ),
    "hold and repeat": (
        "es",
        "Rotación de espalda baja\n\nGire.\n\nSostenga durante 20 segundos.\n\nRepita 5 veces.\n",
    ),
}


@pytest.mark.parametrize(("language", "text"), SINGLE.values(), ids=list(SINGLE))
def test_a_page_of_one_exercise_is_a_workout(language: str, text: str):
    assert len(import_items(text, language)) == 1


REFUSED = {
    "guidelines by goal": (
        "How many reps\n\n- Muscular hypertrophy: 3-6 sets of 6-12 reps\n"
        "- Strength training: 2-6 sets of 6 reps\n- Endurance training: 2-3 sets of 12 reps\n"
    ),
    "a recipe": "Pancakes\n\n1. Mix it 2 minutes.\n2. Rest it 30 minutes.\n3. Fry 1 minute.\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_workout_is_refused(text: str):
    with pytest.raises(NoWorkoutError):
        import_items(text, "en")


def test_front_matter_is_the_title_and_no_text():
    text = "---\ntitle: Hips\nlang: en\ntags: [a, b]\n---\n\n- Squats: 3 x 12\n- Plank: 30 s\n"
    document = read_document(Source("text.md", text.encode()))
    assert (document.title, document.language) == ("Hips", "en")
    assert [line.number for line in document.lines] == [7, 8]
    between = "---\nSquats: 3 x 12\n---\nLunges: 2 x 8\n"
    assert len(import_items(between)) == 2


PROSE = {
    "numbers in words and nouns that stand first": (
        "fr",
        "On commencera par courir sur place pendant 40 secondes. Puis on effectuera "
        "15 extensions de chevilles, 12 mouvements de pont et dix pompes inclinées.",
        ["courir: for 40s", "extensions de chevilles: 15", "pont: 12", "pompes inclinées: 10"],
    ),
    "reps of a name": (
        "es",
        "Comienza con 12 repeticiones de levantamiento de peso muerto, seguidas de nueve "
        "repeticiones de press de banca, y termina con seis repeticiones de dominadas.",
        ["levantamiento de peso muerto: 12", "press de banca: 9", "dominadas: 6"],
    ),
    "an order in a long notice": (
        "en",
        "This workout is from last year (click here to see the original), and it is a hard one "
        "that took me some time to get through when I tried it in the park with all of my friends "
        "that August. Start by performing 20 Box Thrusters then 20 Burpees. Record your time.",
        ["Box Thrusters: 20", "Burpees: 20"],
    ),
    "an amount for all, and what a sentence brings in": (
        "de",
        "Wir beginnen mit Squats. Danach sind Liegestütze an der Reihe, man mag sie oder nicht. "
        "Zum Schluss folgen die Burpees. Jede Übung eine Minute lang machen.",
        ["Squats: for 1 min", "Liegestütze: for 1 min", "Burpees: for 1 min"],
    ),
    "names of which only the end is known, and an amount for each set": (
        "en",
        "Monday asks for little. Do three sets of 10 reps on the single leg press, then two sets "
        "of 12 on the rope pushdown, using the same weight for each set.",
        ["single leg press: 3x10", "rope pushdown: 2x12"],
    ),
    "what the exercises are": (
        "en",
        "You do 20 seconds of work followed by 10 seconds of rest. Today's exercises are Burpees "
        "and shadow boxing.",
        ["Burpees: for 20s", "shadow boxing: for 20s"],
    ),
    "what is spoken of again": (
        "en",
        "I do ten pull-ups, then 20 push-ups, then 15 goblet squats.\n\nWhen I began I could only "
        "do 3 pull-ups.",
        ["pull-ups: 10", "push-ups: 20", "goblet squats: 15"],
    ),
    "verbs with an amount behind them": (
        "en",
        "Go easy today. Run 400 m to get warm, then do 12 push-ups and 15 squats. Walk for "
        "5 minutes to end it.",
        ["Run: 400 m", "push-ups: 12", "squats: 15", "Walk: for 5 min"],
    ),
}


@pytest.mark.parametrize(("language", "text", "items"), PROSE.values(), ids=list(PROSE))
def test_running_text_is_read_by_its_sentences(language: str, text: str, items: list[str]):
    assert import_items(text, language) == items


TALES = {
    "a study": (
        "The team asked 24 adults to do 15 chair stands every hour. A third did 3 sets of 10 calf "
        "raises and held a wall sit for 45 seconds. The squat group's levels fell."
    ),
    "a test of a product": (
        "Each tester did 3 sets of 12 squats, 3 sets of 10 rows and 20 lunges with it.\n\n"
        "Best buy: GripLoop, £15\nIt was loose after 40 chest presses.\n\nAvoid: FlexBand, £9"
    ),
    "a review of a book": (
        "The squat gets 80 pages. Roe wants three sets of five, and he wants it heavy. The "
        "deadlift gets one set of five. The press follows, with three sets of five again."
    ),
    "what words mean": (
        "A plan that says 3 x 10 squats means ten squats and a rest, three times.\n\nA set of 8 "
        "curls may be followed by 6 rows."
    ),
    "a report on one exercise": (
        "Bench press and the chest\n\nParticipants: 24 men\nSets: 3\nRepetitions: 12\n\n"
        "The study showed that the chest grew."
    ),
    "orders that are no training": (
        "1. Hold the board for 30 seconds.\n2. Turn each screw 10 times, then do the other side.\n"
        "3. Raise it and press for 20 seconds. Repeat 3 times.\n4. Step back."
    ),
    "a timetable": "Monday\n07:00 Spin 45 min\n12:15 Pilates 60 min\n18:00 Kettlebells 60 min",
    "prices": "- Pull-up bar, £18\n- Plank board 2 min timer, £40\n- Step 3 levels, £25",
    "a list without amounts in an article": (
        "There are four slow lifts. They are fun.\n\n1. The squat\n2. The press\n3. The row\n"
        "4. The deadlift\n\nEach has its friends.\n\nThey go back a long way.\n\nMore next week."
        "\n\nA bar is enough."
    ),
    "two words of counting": "I like runs. This week had two runs, three walks and two rides.",
    "what one did": "She can do 50 push-ups, 30 squats and a plank, he told the paper in 2019.",
    "theory": "Squats, deadlifts and presses feel different at 30 reps than at five, I find.",
}


CLOSINGS = {
    "en": "- 15 squats\n- 12 lunges\n\nFinish with 50 crunches and a plank for 30 seconds.\n",
    "de": "- 15 Kniebeugen\n- 12 Ausfallschritte\n\nZum Schluss 50 Sit-ups, dann Plank 30 s.\n",
    "es": "- 15 sentadillas\n- 12 zancadas\n\nPara terminar 50 abdominales y plancha 30 s.\n",
    "fr": "- 15 squats\n- 12 fentes\n\nPour finir 50 abdos puis la planche 30 secondes.\n",
}


@pytest.mark.parametrize("language", CLOSINGS)
def test_a_sentence_below_a_list_that_brings_exercises_in_is_read(language: str):
    assert len(import_items(CLOSINGS[language], language)) == 4


FOREIGN_TALES = {
    "de": "Die erste Gruppe machte 3 Sätze mit 10 Kniebeugen, die zweite hielt die Planke 30 s.",
    "es": "Hizo 3 series de 5 sentadillas y 12 dominadas, y aguantó 45 segundos en plancha.",
    "fr": "Elle faisait 50 pompes et 100 abdos chaque matin. Les squats, trois séries de dix, "
    "venaient ensuite.",
}


@pytest.mark.parametrize("language", FOREIGN_TALES)
def test_tales_in_other_languages_are_refused(language: str):
    with pytest.raises(NoWorkoutError):
        import_items(f"2024\n\n{FOREIGN_TALES[language]}\n\nA.\n\nB.\n", language)


def test_a_guideline_by_goal_is_refused_and_blocks_with_such_names_are_not():
    guideline = (
        "Chest training\n\nAim for strength\nSets: 3 to 6\nReps: 1-5\nRest: 3 min\nFor example the"
        " bench press\n\nAim for hypertrophy\nSets: 3 to 5\nReps: 6-12\nRest: 60 s\nFor example the"
        " cable fly\n"
    )
    with pytest.raises(NoWorkoutError, match="amounts by goal \\(`hypertrophy`, `strength`\\)"):
        import_items(guideline, "en")
    blocks = "Strength\nSquat 5x5\nBench press 5x5\n\nEndurance\nBurpees 3x20\nPlank 3x60 s\n"
    assert len(import_items(blocks, "en")) == 4


def test_orders_among_tales_are_a_workout():
    text = (
        "Ten minutes with Ann\n\nShe opens with 50 star jumps. The first exercise is the push-up: "
        "do three sets of ten.\n\nFor the legs she likes reverse lunges. Aim for 12 on each leg.\n"
    )
    assert len(import_items(text, "en")) == 3


@pytest.mark.parametrize("text", TALES.values(), ids=list(TALES))
def test_what_prescribes_nothing_is_refused(text: str):
    with pytest.raises(NoWorkoutError):
        import_items(f"News\n\n{text}\n\nIt was a long day.\n\nNo more.\n\nThe end.\n", "en")
