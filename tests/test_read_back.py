"""`check -v`: every item of a routine in words and time; and what `check` prints where."""

from __future__ import annotations

from pathlib import Path

import pytest

from audioworkout.cli.main import run_program
from audioworkout.cli.read_back import read_back, routine_length
from audioworkout.model.request import Flags
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders
from checks import check_file


def lines_of(tmp_path: Path, *items: str, **flags: object) -> list[str]:
    path = tmp_path / "t.yaml"
    path.write_text("title: T\nexercises:\n" + "".join(f"  - {item}\n" for item in items), "utf-8")
    return list(read_back(prepare_routine(str(path), Flags(**flags), Folders())))


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("plank: 3x30s", "Plank · 3 holds of 30 s · 45 s rest · 3:00"),
        ("plank: 40s", "Plank · hold of 40 s · 0:40"),
        ("plank: 90s", "Plank · hold of 1:30 · 1:30"),
        ("push ups: 1", "Push-Up · 1 rep · 0:04"),
        ("push ups: 2x8-10, rest 1 min", "Push-Up · 2 sets of 8-10 reps · 1 min rest · 2:10"),
        ("push ups: 10 @3-0-3-0", "Push-Up · 10 reps · tempo 3-0-3-0 · 1:00"),
        ("burpees: for 30s", "Burpees · 30 s of work · 0:30"),
        (
            "bench press: 5 @ 60kg, 5 @ 70kg, 5+ @ 80kg",
            "Bench Press · 3 sets of 5 reps @ 60kg, 5 reps @ 70kg and 5 reps and more in 30 s"
            " @ 80kg · 45 s rest · 2:40",
        ),
        ("bench press: 3x5 RPE 8", "Bench Press · 3 sets of 5 reps · RPE 8 · 45 s rest · 2:30"),
        ("side plank: 30s right, 45s left", "Side Plank · hold of 30 s right, 45 s left · 1:23"),
        ("forward lunge: 20 in all", "Forward Lunge · 20 reps in all, alternating · 1:10"),
        ('clamshells: 12 "red band"', "Clamshells · 12 reps each side · “red band” · 1:20"),
        (
            "21-15-9: [thruster: 40kg]",
            "Thruster · 21, 15 and 9 reps · 40kg · 3 rounds · 2:38",
        ),
        (
            "amrap 10 min: [pull up: 5, squat: 10]",
            "5 reps Pull-Up, 10 reps Bodyweight Squat · as many rounds as you can in 10 min"
            " · 10:00",
        ),
        (
            "fire hydrants: 10 per side, last rep 5 pulses",
            "Fire Hydrants · 10 reps each side · last rep 5 pulses · 1:18",
        ),
        (
            "dumbbell squat: 10 @2-0-2-0 2x8kg dumbbells",
            "Dumbbell Squat · 10 reps · 2x8kg dumbbells · tempo 2-0-2-0 · 0:40",
        ),
        (
            "farmers march: 50 ft out and back",
            "Farmer's March · 50 ft, out and back · 0:47",
        ),
    ],
)
def test_an_item_is_read_back_in_a_line(tmp_path: Path, item: str, line: str) -> None:
    assert lines_of(tmp_path, item) == [line]


def _seconds(clock: str) -> int:
    minutes, seconds = clock.split(":")
    return 60 * int(minutes) + int(seconds)


def test_rests_and_words_between_items_are_read_back(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "plank: 20s", "rest: 90s", "say: Breathe.", "push ups: 5") == [
        "Plank · hold of 20 s · 0:20",
        "say “Breathe.”",
        "rest · 1:30",
        "Push-Up · 5 reps · 0:18",
    ]


def test_words_and_rest_after_the_last_item_are_read_back(tmp_path: Path) -> None:
    found = lines_of(tmp_path, "plank: 20s", "say: Lie down.", "rest: 2 min", "say: Well done.")
    assert found[1:] == ["say “Lie down.”", "rest · 2 min", "say “Well done.”"]


def test_the_rounds_of_a_circuit_are_one_line_an_item(tmp_path: Path) -> None:
    found = lines_of(tmp_path, "circuit: {rounds: 3, exercises: [push ups: 10, plank: 20s]}")
    assert [line for line in found if not line.startswith("rest")] == [
        "Push-Up · 10 reps · 3 rounds · 1:45",
        "Plank · hold of 20 s · 3 rounds · 1:00",
    ]


def test_parts_of_one_piece_of_work_are_told_in_their_order(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "run: 5 min easy, 20 min tempo, 5 min easy") == [
        "Run · 5 min of work · easy · 5:00",
        "Run · 20 min of work · tempo · 20:00",
        "Run · 5 min of work · easy · 5:00",
    ]
    assert lines_of(tmp_path, "bike: 8x30s hard / 90s easy") == [
        "Bike · 30 s of work · hard · 8 rounds · 4:00",
        "Bike · 1:30 of work · easy · 8 rounds · 12:00",
    ]
    (alike,) = lines_of(tmp_path, "run: 5 min easy, 10 min easy, 5 min easy")
    assert alike.startswith("Run · 3 sets of 5, 10 and 5 min of work")


def test_the_rounds_of_an_emom_are_told(tmp_path: Path) -> None:
    found = lines_of(tmp_path, "emom: {minutes: 4, exercises: [push ups: 10, squats: 8]}")
    assert found[0] == "Push-Up · 10 reps · every 1 min · 2 rounds · 2:00"


def test_rests_are_those_of_a_fitted_workout(tmp_path: Path) -> None:
    (short,), (long,) = (
        lines_of(tmp_path, "plank: 3x60s", minutes=minutes) for minutes in (4.2, 4.5)
    )
    assert _seconds(long.rpartition(" · ")[2]) > _seconds(short.rpartition(" · ")[2])


@pytest.mark.parametrize(
    "path", sorted(Path("tests/routines").resolve().glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_routine_can_be_read_back(path: Path) -> None:
    if any(one.fatal for one in check_file(str(path), Folders())):
        return
    request = prepare_routine(str(path), Flags(), Folders())
    told = list(read_back(request))
    assert told
    assert routine_length(request) > 0


# What is printed where


def test_check_v_reads_back_after_the_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("title: T\nexercises: [plank: 6 min]\n")
    assert run_program(["check", "-v", str(path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "t.yaml:2:20: warning: " in out
    assert out.endswith("1 exercise\n  Plank · hold of 6 min · 6:00\n")


def test_nothing_is_read_back_of_a_file_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("title: T\nexercises: [plnak]\n")
    assert run_program(["check", "-v", str(path)]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 4


@pytest.mark.parametrize(
    "items",
    ["[plnak]", "[plnak, say: hello]", "[rest: 5s, plnak: 10]", "[{push ups: 3z10}, rest: 1 min]"],
)
def test_a_misspelt_item_is_one_finding(tmp_path: Path, items: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(f"title: T\nexercises: {items}\n")
    found = [one for one in check_file(str(path), Folders()) if one.fatal]
    assert len(found) == 1
    assert "no exercise in it" not in found[0].message


def test_a_workout_of_rests_alone_is_still_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("title: T\nexercises: [rest: 30s, say: hello]\n")
    assert [one.message for one in check_file(str(path), Folders())] == [
        "`exercises` has no exercise in it"
    ]


# Music and sounds that are none


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("music: no.wav\n", "t.yaml:1:8: error: there is no music at"),
        ("music: t.yaml\n", "t.yaml:1:8: error: "),
        ("music: folder\n", "t.yaml:1:8: error: there is no music in"),
    ],
)
def test_music_that_is_none_is_told_where_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: str, place: str
) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / "t.yaml"
    path.write_text(f"{head}title: T\nexercises: [plank: 20s]\n")
    assert run_program(["check", str(path)]) == 2
    out = capsys.readouterr().out.replace(f"{tmp_path}/", "")
    assert out.startswith(place)
    assert out.count(" error: ") == 1


def test_sounds_and_music_of_the_settings_are_told_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path))
    settings = tmp_path / "settings.yaml"
    settings.write_text("rate: 150\nsounds: nowhere\n")
    path = tmp_path / "t.yaml"
    path.write_text("title: T\nexercises: [plank: 20s]\n")
    for file in (settings, path):
        assert run_program(["check", str(file)]) == 2
        out = capsys.readouterr().out
        assert out.startswith(f"{settings}:2:9: error: ")
    settings.write_text(f"sounds: {Path('sounds').resolve()}\n")
    assert run_program(["check", str(settings), str(path)]) == 0
    assert capsys.readouterr().out == ""
