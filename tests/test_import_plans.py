"""Plans of several days, tables, parts and loads become routine files, a day each."""

import pytest

from audioworkout.importing import Imported, ImportOptions, Source, import_document, read_document
from audioworkout.reading import Folders


def import_text(text: str, language: str = "") -> Imported:
    """What comes of a text; the language is found out where none is given."""
    return import_document(
        read_document(Source("plan.md", text.encode())), Folders(), ImportOptions(language=language)
    )


def items_of(imported: Imported) -> list[list[str]]:
    """The items of each file, `name: what was understood`."""
    return [[f"{row.name}: {row.understood}" for row in file.rows] for file in imported.files]


DAYS = {
    "a split told by colons": (
        "- PUSH:\n- Bench press 3x5\n- Dips 3x8\n- PULL:\n- Barbell row 3x5\n- Chin-ups 3x8\n"
        "- Legs:\n- Back squat 3x5\n- Calf raises 4x12\n",
        [
            ["Bench press: 3x5", "Dips: 3x8"],
            ["Barbell row: 3x5", "Chin-ups: 3x8"],
            ["Back squat: 3x5", "Calf raises: 4x12"],
        ],
    ),
    "a split in headings of two languages": (
        "# Trainingsplan\n\n- 3 Sätze / Übung\n- 8-12 Wiederholungen / Satz\n- Das ist für die\n\n"
        "## Beine\n\n- Beinpresse\n- Wadenheben\n\n## Push\n\n- Bankdrücken\n- Dips\n",
        [["Beinpresse: 3x8-12", "Wadenheben: 3x8-12"], ["Bankdrücken: 3x8-12", "Dips: 3x8-12"]],
    ),
    "muscles as parts of one workout": (
        "## Chest\n\n- Bench press 3x8\n- Dips 3x10\n\n## Triceps\n\n- Skull crushers 3x12\n",
        [["Bench press: 3x8", "Dips: 3x10", "Skull crushers: 3x12"]],
    ),
    "short names of days in notes": (
        "mon\nsquat 4x8\nrow 3x10\n\nweds\ndips 3x8\nlunge 3x12\n",
        [["squat: 4x8", "row: 3x10"], ["dips: 3x8", "lunge: 3x12"]],
    ),
    "aims in front of the first day": (
        "## Goals\n- Stronger glutes and a better squat\n- 20 min cardio\n\n"
        "## Day 1\n- Squats 3x10\n- Plank 30 s\n\n## Day 2\n- Lunges 3x8\n- Dips 3x6\n",
        [["Squats: 3x10", "Plank: 30 s"], ["Lunges: 3x8", "Dips: 3x6"]],
    ),
}


@pytest.mark.parametrize(("text", "days"), DAYS.values(), ids=list(DAYS))
def test_each_day_of_a_plan_is_a_file(text: str, days: list[list[str]]):
    assert items_of(import_text(text)) == days


LINES = {
    "parts with a theme are no circuits": (
        "#### Block A: Back\n1. Face pulls 3x15\n\n#### Block B: Chest & triceps\n2. Dips 3x8\n",
        ["Face pulls: 3x15", "Dips: 3x8"],
    ),
    "lists within the items of a list": (
        "1. **Incline push-ups:** 3 sets x 8-12 reps\n   - *Kinder to the chest than flat press*\n"
        "2. **Dips:** 3 sets x 8 reps\n   - *Controlled movement, no deep squat*\n",
        ["Incline push-ups: 3 sets x 8-12 reps", "Dips: 3 sets x 8 reps"],
    ),
    "a label in front of an exercise": (
        "- Bench press 5x5\n- Core: Leg raises 3x8-12\n- Squats 5x5\n- Core: Planks 3x30s\n",
        ["Bench press: 5x5", "Leg raises: 3x8-12", "Squats: 5x5", "Planks: 3x30s"],
    ),
    "repetitions in a column of times": (
        "| Exercise | Time/Reps |\n|---|---|\n| Squats | 10-12 reps |\n| Plank | 30 |\n",
        ["Squats: 10-12", "Plank: hold 30 s"],
    ),
}


@pytest.mark.parametrize(("text", "items"), LINES.values(), ids=list(LINES))
def test_lines_of_plans(text: str, items: list[str]):
    imported = import_text(text)
    assert items_of(imported) == [items]
    assert "circuit" not in imported.files[0].text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "- Seitheben Kurzhanteln (leicht): 3x10\n- Kniebeuge High-Bar: 5x5\n"),
        ("es", "- Press inclinado con mancuernas: 3x10\n- Peso muerto barra: 5x5\n"),
        ("fr", "- Squats profonds lents : 12 reps\n- Pompes : 10 reps\n"),
        ("en", "- Lateral raise dumbbell: 3x10\n- Hip thrust barbell: 5x5\n"),
    ],
)
def test_names_with_equipment_are_those_of_the_catalogue(language: str, text: str):
    (file,) = import_text(text, language).files
    assert "define:" not in file.text


@pytest.mark.parametrize(
    "heading",
    ["### Warm-up & mobility (15 min)", "### Warm-up and stretches", "Warm-up / activation:"],
)
def test_a_section_of_two_names(heading: str):
    (file,) = import_text(f"{heading}\n- Arm circles: 10\n\n### Strength\n- Squats: 3x5\n").files
    head, _, main = file.text.partition("exercises:")
    assert "warm_up:" in head and "Arm circles" in head and "Squats" in main


SETS = {
    "sets told below a name": (
        "### Bench press\n- [ ] 39kg × 5\n- [ ] 45kg × 5\n- [x] 51kg × 5 + AMRAP\n\n"
        "### Back squat\n- [ ] 60kg × 5\n- [ ] 60kg × 5\n",
        ["Bench press: 5 @ 39kg, 5 @ 45kg, 5+ @ 51kg", "Back squat: 2x5 @ 60kg"],
    ),
    "sets by percentages, without those to warm up": (
        "Dips 3x8\nSquat\nWarm up: 5 x 40%, 5 x 50%\n65% x 5\n75% for 5 reps\n5+ at 85%\n",
        ["Dips: 3x8", "Squat: 5 @ 65%, 5 @ 75%, 5+ @ 85%"],
    ),
    "sets in one line": (
        "Bench press - 135lbs/12 reps, 225lbs/10 reps.\n"
        "Squat: 12 @ 60 kg, 10 @ 70 kg, 2 x 8 @ 80 kg\n",
        ["Bench press: 12 @ 135lb, 10 @ 225lb", "Squat: 1x12 @ 60kg, 1x10 @ 70kg, 2x8 @ 80kg"],
    ),
    "parts of a log": (
        "Warm up\nBench press - 2 sets/12 reps\n\nPower phase\nDips - 6 sets/1 rep/20lbs.\n"
        "*3 minutes rest after each set*\n",
        ["Bench press: 2 sets/12 reps", "Dips: 6 sets/1 rep/20lbs, rest 3 min"],
    ),
    "a superset within a line, and marks that stand twice": (
        "- * Bench press 3x5\n- Dumbbell press 4x8 superset with Lateral raises 3x15\n- Dips 3x8\n",
        ["Bench press: 3x5", "Dumbbell press: 4x8", "Lateral raises: 3x15", "Dips: 3x8"],
    ),
    "how long a section lasts": (
        "Warm-up: 5-10 minutes\n- Arm circles\n- Leg swings: 10\n\nWorkout\n- Squats 3x8\n",
        ["Arm circles: its usual amount", "Leg swings: 10", "Squats: 3x8"],
    ),
    "as many as possible, and what is added later": (
        "Chin-ups 4x AMRAP\nDeadlift 1x5\n\nAdd 2.5kg every workout.\n",
        ["Chin-ups: 4x AMRAP", "Deadlift: 1x5"],
    ),
}


@pytest.mark.parametrize(("text", "items"), SETS.values(), ids=list(SETS))
def test_sets_and_their_loads(text: str, items: list[str]):
    assert items_of(import_text(text)) == [items]


TABLES_OF_DAYS = {
    "a column for each day": "| | Monday | Wednesday |\n|---|---|---|\n"
    "| 1 | Squat 5x5 | Deadlift 1x5 |\n"
    "| 2 | Dips 3x8 | Chin-ups 3x6 |\n",
    "lists in the cells": "| Day 1 | Day 2 |\n|---|---|\n"
    "| Squat 5x5<br>Dips 3x8 | <ul><li>Deadlift 1x5</li><li>Chin-ups 3x6</li></ul> |\n",
    "a row for each day": "| Day | Workout |\n|---|---|\n| Monday | Squat 5x5, Dips 3x8 |\n"
    "| Tuesday | Rest |\n| Wednesday | Deadlift 1x5, Chin-ups 3x6 |\n",
    "sentences below each day": "Monday: Lower Body A\nBegin with five sets of five reps of the "
    "squat. Then do three sets of eight reps on dips.\n\nThursday: Pull B\nStart with one set of "
    "five reps of the deadlift. Finish with three sets of six reps of chin-ups.\n",
}


@pytest.mark.parametrize("text", TABLES_OF_DAYS.values(), ids=list(TABLES_OF_DAYS))
def test_days_of_tables_and_sentences(text: str):
    days = items_of(import_text(text))
    names = [[one.partition(":")[0].lower() for one in day] for day in days]
    assert names == [["squat", "dips"], ["deadlift", "chin-ups"]]
    amounts = [one.partition(": ")[2] for day in days for one in day]
    assert [amount.lstrip("1x") for amount in amounts] == ["5x5", "3x8", "5", "3x6"]


def test_a_day_of_rest_heads_no_table():
    text = (
        "Day 3\n40 squats\n\nDay 4 - Rest Day\nStretch!\n\nDay 5\n45 squats\n\nDay 6\n50 squats\n"
    )
    assert items_of(import_text(text)) == [["squats: 40"], ["squats: 45"], ["squats: 50"]]


def test_a_superset_within_a_line_is_a_block():
    (file,) = import_text("Dumbbell press 4x8 superset with Lateral raises 3x15\nDips 3x8\n").files
    head, _, behind = file.text.partition("superset:")
    assert "Dumbbell press" in behind and "Dips" in behind and "exercises:" in head


def test_columns_of_levels_are_levels_and_one_may_have_a_name_of_its_own() -> None:
    table = (
        "# Plan\n\n| Exercise | To begin with | Intermediate | Advanced |{rest}\n"
        "|---|---|---|---|{line}\n| Goblet squat | 2 x 8 | 3 x 10 | 4 x 12 |{of}\n"
        "| Plank | 2 x 15 s | 3 x 30 s | 3 x 60 s |{of}\n"
    )
    imported = import_text(table.format(rest="", line="", of=""))
    assert items_of(imported) == [["Goblet squat: 3x10", "Plank: 3x hold 30s"]]
    assert [doubt.field for row in imported.files[0].rows for doubt in row.doubts] == ["amount"] * 2
    rested = import_text(table.format(rest=" Rest |", line="---|", of=" 60 s |"))
    assert items_of(rested)[0][0] == "Goblet squat: 3x10, rest 60s"


def test_chapters_of_a_video_last_until_the_next_one() -> None:
    text = "Cardio\n\n{}\n\nNew video on Monday.\n"
    chapters = "0:00 Warm-up march\n0:40 Side steps\n1:40 High knees\n2:25 Squats\n3:00 Outro"
    assert items_of(import_text(text.format(chapters)))[0] == [
        "Warm-up march: for 40s",
        "Side steps: for 60s",
        "High knees: for 45s",
        "Squats: for 35s",
    ]
    times = "0:30 plank\n0:40 side steps\n0:50 high knees\n1:00 wall sit"
    assert items_of(import_text(text.format(times)))[0][0] == "plank: 0:30"


def test_an_amount_in_front_of_a_colon_and_a_description() -> None:
    text = (
        "Legs\n\nSumo box squats x 8 reps: Start standing in front of a chair. Repeat.\n\n"
        "Romanian deadlift 3 x 8 each side: Stand with feet apart, holding a dumbbell. Repeat.\n"
    )
    assert items_of(import_text(text)) == [
        ["Sumo box squats: 8", "Romanian deadlift: 3 x 8 each side"]
    ]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "PHASE 1 (weeks 0 to 2)", "PHASE 2 (weeks 3 to 6)"),
        ("de", "Phase 1 (Woche 1-2)", "Phase 2 (Woche 3-6)"),
        ("es", "Fase 1: semanas 1 y 2", "Fase 2: semanas 3 a 6"),
        ("fr", "Phase 1 (semaines 1 et 2)", "Phase 2 (semaines 3 à 6)"),
    ],
)
def test_phases_of_some_weeks_are_workouts(language: str, first: str, second: str) -> None:
    text = f"{first}\n\nSquats 3x5\nBurpees 3x8\n\n{second}\n\nSquats 3x8\nBurpees 3x12\n"
    items = items_of(import_text(text, language))
    assert [[one.replace(" x ", "x") for one in of_phase] for of_phase in items] == [
        ["Squats: 3x5", "Burpees: 3x8"],
        ["Squats: 3x8", "Burpees: 3x12"],
    ]
