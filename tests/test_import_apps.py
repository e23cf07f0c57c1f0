"""Logs and programmes of other apps, with the columns and the syntax that they really have."""

import textwrap

import pytest

from audioworkout.errors import UsageError
from audioworkout.importing import ImportOptions, Source, import_document, read_document
from audioworkout.reading import Diagnostics, Folders
from audioworkout.reading.catalogue import Catalogue

HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,"
    "set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
)
STRONG = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes;Workout Duration"
)
STRONG_BEFORE = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)


@pytest.fixture(scope="module")
def catalogues():
    return {"en": Catalogue(Folders(), Diagnostics(), "en")}


@pytest.fixture
def rows_of(catalogues):
    def _rows(text: str, day: str = ""):
        options = ImportOptions(language="en", day=day)
        document = read_document(Source("a", textwrap.dedent(text).encode()))
        files = import_document(document, Folders(), options, catalogues).files
        return [{row.name: row.understood for row in file.rows} for file in files]

    return _rows


def hevy_rows(*sets: str) -> str:
    return "\n".join([HEVY, *sets])


def test_hevy_tells_dates_in_the_language_of_its_user(rows_of):
    text = hevy_rows(
        'Push,"3 févr. 2026, 18:00",,,Push Up,,,0,warmup,,10,,,',
        'Push,"3 févr. 2026, 18:00",,,Push Up,,,1,normal,,8,,,8',
        'Push,"3 févr. 2026, 18:00",,,Push Up,,,2,dropset,,8,,,8',
        'Push,"19 janv. 2026, 18:00",,,Push Up,,,0,normal,,5,,,',
        'Run,"May 15, 2026, 7:26 PM",,,Running,,,0,normal,,,5,1500,',
        'Run,"May 15, 2026, 7:26 PM",,,Plank,,,0,normal,,,,60,',
    )
    assert rows_of(text) == [
        {"Push Up": "2x8 @ RPE 8"},
        {"Running": "5 km, in 25 min", "Plank": "1 min"},
    ]
    assert rows_of(text, "2026-01-19") == [{"Push Up": "5"}]
    assert rows_of(text, "Run") == [{"Running": "5 km, in 25 min", "Plank": "1 min"}]
    with pytest.raises(UsageError, match="nothing was done on 2026-01-20"):
        rows_of(text, "2026-01-20")


def test_hevy_in_pounds_and_miles_with_a_superset(catalogues):
    head = HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    when = '"1 Jan 2026, 10:00"'
    text = "\n".join(
        [
            head,
            f"A,{when},,,Bicep Curl (Dumbbell),0,,0,normal,25,12,,,",
            f"A,{when},,,Triceps Pushdown,0,,0,normal,50,12,,,",
            f"A,{when},,,Bicep Curl (Dumbbell),0,,1,normal,25,12,,,",
            f"A,{when},,,Running,,,0,normal,,,3.1,,",
        ]
    )
    document = read_document(Source("a.csv", text.encode()))
    (file,) = import_document(document, Folders(), ImportOptions("en"), catalogues).files
    assert [row.understood for row in file.rows] == ["2x12 @ 25lb", "12 @ 50lb", "3.1 mi"]
    assert "- superset:" in file.text


def test_strong_with_units_in_columns_warm_up_sets_and_rest_timers(rows_of):
    def row(order: str, weight: str, reps: str, more: str = ";0;mi.;0") -> str:
        return f"2025-06-30 19:56:00;A;Squat (Barbell);{order};{weight};lbs;{reps};{more};;;62m"

    text = [STRONG, row("W", "50", "10"), row("1", "105,5", "8", "8,5;0;mi.;0")]
    text += [row("Rest Timer", "0", "0", ";0;mi.;120"), row("D", "90", "12")]
    text += ["2025-06-30 19:56:00;A;Pull Up (Assisted);1;30;lbs;8;;0;mi.;0;;;62m"]
    assert rows_of("\n".join(text)) == [
        {
            "back squat": "8 @ 105.5lb @ RPE 8.5, 12 @ 90lb, rest 2 min",
            "Assisted Pull Up": "8",
        }
    ]


def test_a_weight_without_a_unit_is_in_doubt(catalogues):
    text = f'{STRONG_BEFORE}\n2024-05-01 18:03:11,"A",52m,"Squat",1,60,8,0,0,"","",\n'
    text += '2024-05-01 18:03:11,"A",52m,"Push Up",1,0,8,0,0,"","",\n'
    document = read_document(Source("a.csv", text.encode()))
    (file,) = import_document(document, Folders(), ImportOptions("en"), catalogues).files
    assert [[doubt.field for doubt in row.doubts] for row in file.rows] == [["load"], []]


def test_a_log_without_names_of_workouts_gives_its_newest_day(rows_of):
    text = """\
        Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind
        2024-01-15,Squat,Legs,100,,5,,,,,wr
        2024-01-15,Plank,Core,,,,,,0:01:30,,wr
        2024-01-10,Bench Press,Chest,,135,5,,,,,wr
        """
    assert rows_of(text) == [{"Squat": "5 @ 100kg", "Plank": "1m30s"}]


def test_shared_workouts_in_two_languages(rows_of):
    text = """\
        Evening Workout
        Wednesday, 30 September 2026 at 8:01 pm

        Bicep Curl (Barbell)
        W1: 5 kg × 15 [Warm-up]
        Set 1: 10 kg × 15 reps
        Set 2: 10 kg × 12 reps [Failure]

        Running
        Set 1: 5 km · 25:00
        https://link.strong.app/abc
        Pull
        miércoles, 8 de julio de 2026, 16:07

        Pull Up (Assisted)
        Serie 1: -20 kg × 8
        Serie 2: -20 kg × 8
        Crunch
        Serie 1: +5 kg × 17
        """
    assert rows_of(text) == [
        {"Bicep Curl": "15 @ 10kg, 12 @ 10kg", "Running": "5 km, in 25 min"},
        {"Assisted Pull Up": "2x8", "Crunch": "17 @ +5kg"},
    ]


def test_liftosaur_reuses_sets_and_leaves_out_templates_and_scripts(rows_of):
    text = """\
        # Week 1
        ## Day 1
        /// A template
        t1 / used: none / 1x6, 3x3 / 80%
        // Pause **2 seconds**
        Squat[1,1-4] / ...t1 / progress: custom(attempt: 0) {~
          if (completedReps >= reps) { weights += 5lb / 2 }
        ~}
        main: Bench Press / 3x8-12+ @8+ 60kg+ / warmup: 1x5 45lb
        Plank / 3x1 60s|30s / 0lb
        ## Day 2
        Deadlift / 3x8 / ! 1x10 80kg / 90s
        Lat Pulldown, Cable / 4x5 (Main), 1x5+ (AMRAP) / 20s / superset: A
        Push Up / ...Squat / superset: A
        # Week 2
        ## Day 1
        t1 / 1x7, 3x4 / 85%
        Squat / 5x5
        """
    assert rows_of(text) == [
        {
            "Squat": "1x6 @ 80%, 3x3 @ 80%",
            "Bench Press": "3x8+ @ 60kg @ RPE 8",
            "Plank": "3x1 min, rest 30s",
        },
        {
            "Deadlift": "10 @ 80kg, rest 1m30s",
            "Lat Pulldown": "4x5, 1x5+, rest 20s",
            "Push Up": "1x6 @ 80%, 3x3 @ 80%",
        },
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Squat / ...Squat\nPush Up / ...Squat\nPlank / 3x10",  # what reuses itself
        "Squat / ...Bench\nBench / ...Squat\nPlank / 3x10",
        "Squat / 3x8 {~ never closed",
        "Squat / 99999x99999\nPlank / 1x0",
        f"{HEVY}\n,,,,,,,,,,,,,\nA,nowhere,,,Squat,,,x,y,z,1e9,-3,,\nA,,,,Plank,,,,,,,,9999999999,",
        f"{STRONG}\n2025-13-45 99:99:99;A;Squat;1;1e99;kg;NaN",
    ],
)
def test_broken_exports_end_in_a_workout_or_a_reason(rows_of, text):
    try:
        assert rows_of(text)
    except UsageError as error:
        assert str(error)


def test_a_column_of_notes_is_read_and_what_is_left_of_it_told(catalogues):
    text = (
        "Exercise,Sets,Reps,Notes\nSquat,3,10,go low\nLunge,3,8,each leg\nDips,3,8,drop 5 later\n"
    )
    document = read_document(Source("a.csv", text.encode()))
    (file,) = import_document(document, Folders(), ImportOptions("en"), catalogues).files
    assert [row.understood for row in file.rows] == ["3x10", "3x8 per leg", "3x8"]
    assert [[doubt.reason for doubt in row.doubts] for row in file.rows] == [
        [],
        [],
        ["its note says more: drop 5 later"],
    ]
