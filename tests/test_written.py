"""What people write in other languages becomes the workout that they mean.

Each line of `whiteboard/<language>.jsonl` is a routine as somebody there types it, with what it
means: `steps` (or `structure`, which may be a block) are done one after the other. A step says what
is done (`do`) with `reps`, `hold_s`, `work_s`, `metres` or at one's `own_pace`, or a rest in
between; `must_be_said` are patterns of spoken lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from audioworkout import api
from audioworkout.languages.written import WRITTEN, load_common_words, load_written
from audioworkout.model.request import Flags, RoutineText
from audioworkout.notation import parse_line
from audioworkout.reading import Folders, RoutineError
from audioworkout.reading.catalogue import Catalogue, yaml_files
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.localizing import find_written_language
from audioworkout.reading.routines import as_routine
from audioworkout.reading.source import read_text
from audioworkout.reading.vocabularies import load_vocabulary
from audioworkout.reading.yaml_text import parse_yaml

CASES = Path(__file__).parent / "whiteboard"
OWN_PACE = {"open", "distance"}
TIMED = {"for", "open", "breaths"}
STUDIO = api.make_studio()

Step = Mapping[str, Any]
Span = Mapping[str, Any]


def cases() -> Iterator[Any]:
    for language in WRITTEN:
        for line in (CASES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield pytest.param(case["yaml"], case["meaning"], id=case["id"])


def script(routine: str, **flags: Any) -> Mapping[str, Any]:
    request = api.read_workout(RoutineText(routine), Flags(engine="ruler", **flags), STUDIO)
    return json.loads(api.render_view(api.script_workout(request, STUDIO), "json"))


def lasts(span: Span) -> float:
    return (span["end_ms"] - span["start_ms"]) / 1000


def within(value: float, wanted: Any) -> bool:
    low, high = wanted if isinstance(wanted, list) else (wanted, wanted)
    return low - 0.01 <= value <= high + 0.01


def faults_of_work(span: Span, step: Step) -> Iterator[str]:
    """How a piece of work differs from a step."""
    mode, length = span["mode"], lasts(span)
    if span["exercise"] != step["do"]:
        yield f"{span['exercise']}, not {step['do']}"
    if "reps" in step and not (
        mode in ("reps", "steps", "breaths") and within(span["count"] or 0, step["reps"])
    ):
        yield f"{mode} {span['count']}, not {step['reps']} reps"
    if "top_s" in step and length < (step["top_s"] + 1) * (span["count"] or 1):
        yield f"{length:g} s are too short for pauses of {step['top_s']} s"
    if "hold_s" in step and not (mode == "hold" and within(length, step["hold_s"])):
        yield f"{mode} for {length:g} s, not a hold of {step['hold_s']} s"
    if "work_s" in step and not (mode in TIMED and within(length, step["work_s"])):
        yield f"{mode} for {length:g} s, not work of {step['work_s']} s"
    if "metres" in step and mode not in OWN_PACE | {"carry"}:
        yield f"{mode}, not a distance"
    if step.get("own_pace") and mode not in OWN_PACE:
        yield f"{mode}, not at one's own pace"
    if "lasts_s" in step and not within(length, step["lasts_s"]):
        yield f"{length:g} s, not {step['lasts_s']} s"
    if "cycles" in step and span["count"] not in (None, step["cycles"]):
        yield f"{span['count']} cycles, not {step['cycles']}"
    if not step.get("alternating") and span["side"] != step.get("side"):
        yield f"side {span['side']}, not {step.get('side')}"


def faults_of_steps(steps: list[Step], made: Mapping[str, Any]) -> Iterator[str]:
    """How all work and the pauses within it differ from the steps."""
    work: list[Span] = []
    gaps: list[float] = []
    for span in made["spans"]:
        if span["kind"] == "work":
            work.append(span)
            gaps.append(0)
        elif gaps:
            gaps[-1] += lasts(span)
    wanted = [step for step in steps if "do" in step]
    rests = [step["rest_s"] for step in steps if "do" not in step]
    if len(work) != len(wanted):
        yield f"{len(work)} pieces of work, not {len(wanted)}"
    for number, (span, step) in enumerate(zip(work, wanted, strict=False), 1):
        yield from (f"work {number}: {fault}" for fault in faults_of_work(span, step))
    if len(rests) == len(wanted) - 1:
        for number, (gap, rest) in enumerate(zip(gaps, rests, strict=False), 1):
            if rest is not None and not within(gap, rest):
                yield f"rest {number}: {gap:g} s, not {rest} s"


def faults_of_block(block: Step, made: Mapping[str, Any], words: str) -> Iterator[str]:
    """How a block at one's own pace differs from what is wanted."""
    work = [span for span in made["spans"] if span["kind"] == "work"]
    total = sum(map(lasts, work))
    if not within(total, 60 * block["minutes"]):
        yield f"{total:g} s, not {block['minutes']} min"
    if any(span["mode"] not in OWN_PACE for span in work):
        yield "not at one's own pace"
    for name, _ in block["items"]:
        if name not in words.casefold():
            yield f"{name} is not said"


@pytest.mark.parametrize(("routine", "meaning"), list(cases()))
def test_what_is_written_becomes_what_is_meant(routine: str, meaning: Mapping[str, Any]) -> None:
    made = script(routine)
    words = " | ".join(event["text"] for event in made["events"] if event["kind"] == "say")
    wanted = meaning.get("steps") or meaning["structure"]
    if isinstance(wanted, list):
        faults = list(faults_of_steps(wanted, made))
    else:
        faults = list(faults_of_block(wanted, made, words))
    faults += [
        f"`{one}` is not said"
        for one in meaning.get("must_be_said", ())
        if not re.search(one, words, re.IGNORECASE)
    ]
    assert not faults


@pytest.mark.parametrize("language", WRITTEN)
def test_english_lines_are_read_in_every_language(language: str) -> None:
    vocabulary = load_vocabulary(language)
    for line in (
        "3x8-10 per side, @2-0-2-0, rest 60s",
        "3x40s rest 60s",
        "12, 10, 8",
        "max in 60s",
        "8 left, 10 right",
        "5 @ 40kg, 5 @ 50kg",
        "pause 2s at bottom, 10",
        "5km @ 5:00/km",
    ):
        assert parse_line(line, vocabulary) == parse_line(line), line


@pytest.mark.parametrize("language", WRITTEN)
def test_english_words_keep_their_meaning(language: str) -> None:
    vocabulary = load_vocabulary(language)
    lines = (
        "10, last rep 3 pulses",
        "3 sets of 8 reps",
        "10 every minute",
        "50 total",
        "4 cycles",
        "30s iso",
        "10 times",
    )
    for line in lines:
        assert parse_line(line, vocabulary) == parse_line(line), line


@pytest.mark.parametrize("language", WRITTEN)
def test_every_phrase_of_a_table_is_put_into_known_words(language: str) -> None:
    tables = load_written(language)
    seen: dict[str, str] = {}
    for meant, phrases in (*tables.UNITS.items(), *tables.PHRASES.items()):
        for phrase in phrases.split("|"):
            assert phrase == phrase.strip() and phrase, (meant, phrases)
            assert phrase.count("#") == meant.count("#"), phrase
            assert phrase not in seen, f"`{phrase}` is both `{seen.get(phrase)}` and `{meant}`"
            seen[phrase] = meant


def read_error(routine: str) -> str:
    with pytest.raises(RoutineError) as error:
        script(routine)
    return str(error.value)


def test_mistakes_are_told_where_they_stand() -> None:
    told = read_error(
        "Sprache: de\nÜbungen:\n  - Kniebeugen: 3 x 12 Wiederhohlungen, Pause 1 Min.\n"
    )
    assert "workout.yaml:3:24" in told
    assert "Wiederholungen" in told.casefold() or "wiederholungen" in told


def test_a_routine_is_led_in_the_language_of_its_words() -> None:
    assert script("- Kniebeugen: 10\n- Liegestütze: 10\n")["language"] == "de"
    assert script("- squats: 10\n- Liegestütze: 10\n- plank: 30s\n")["language"] == "en"
    assert script("- Kniebeugen: 10\n- Liegestütze: 10\n", language="en")["language"] == "en"


def test_the_language_of_a_flag_reads_what_could_be_any() -> None:
    routine = "- burpees: 3x10, Pause 30 s\n"
    rests = [
        lasts(span) for span in script(routine, language="de")["spans"] if span["kind"] == "rest"
    ]
    assert rests == [30, 30]


def warnings_of(routine: str, **flags: Any) -> list[str]:
    request = api.read_workout(RoutineText(routine), Flags(engine="ruler", **flags), STUDIO)
    return [finding.message for finding in request.warnings]


OWN = """define:
  hip circle:
    default: 10
    setup: [Stand with your hands on your hips.]
exercises: [hip circle, plank: 30s]
"""


def test_an_own_exercise_without_words_of_the_language_is_told_once() -> None:
    (told,) = warnings_of(OWN, language="de")
    assert told == "`hip circle` has no words in the language of the workout, `de`"
    assert not warnings_of(OWN)


def test_an_own_exercise_with_words_of_the_language_is_right() -> None:
    words = "    languages: {de: {name: Hüftkreisen, setup: [Stell dich aufrecht hin.]}}\n"
    assert not warnings_of(OWN.replace("exercises:", words + "exercises:"), language="de")
    german = OWN.replace("Stand with your hands on your hips.", "Stell dich aufrecht hin.")
    assert not warnings_of(f"Sprache: de\n{german}")


def test_a_language_that_is_not_the_one_of_the_words_is_told() -> None:
    (told,) = warnings_of("language: es\nexercises: [Kniebeugen, Liegestütze, Unterarmstütz]\n")
    assert told == "most of it is written in `de`, and it is read and led in `es`"


BUILT_IN = sorted(path.stem for path in yaml_files(Folders().home / "routines"))


@pytest.mark.parametrize("language", WRITTEN)
def test_built_in_routines_have_words_in_every_language(language: str) -> None:
    path = Folders().home / "routines" / "languages" / f"{language}.yaml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert sorted(entries) == BUILT_IN
    for key, entry in entries.items():
        english = (Folders().home / "routines" / f"{key}.yaml").read_text(encoding="utf-8")
        assert set(entry) - {"say"} == {"title", "description"}, key
        assert len(entry.get("say", ())) == len(re.findall(r"- say:", english)), key


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("de", "Erster Lauf", "Das war der letzte Lauf."),
        ("es", "Primera carrera", "Esa fue la última carrera."),
        ("fr", "Première course", "C'était la dernière course."),
    ],
)
def test_a_built_in_routine_is_called_in_its_language(language: str, title: str, said: str) -> None:
    request = api.read_workout("couch-to-run", Flags(engine="ruler", language=language), STUDIO)
    made = json.loads(api.render_view(api.script_workout(request, STUDIO), "json"))
    assert request.routine.title == title
    assert said in " ".join(event.get("text", "") for event in made["events"])


def test_english_names_are_of_no_other_language() -> None:
    name = "a very long name of an exercise that goes on and on"
    assert script(f"- {name}: 3 reps\n")["language"] == "en"


@pytest.mark.parametrize(
    ("routine", "language"),
    [
        ("Titel: Beine\nÜbungen: [burpees: 10]\n", "de"),
        ("titre: Circuit\nexercices: [jumping jacks: 10]\n", "fr"),
        ("título: X\nejercicios: [burpees: 10]\n", "es"),
        ("- burpees: 20 au poids du corps\n", "fr"),
        ("- burpees: 20 con el peso del cuerpo\n", "es"),
        ("- burpees: 20 mit dem eigenen Körpergewicht\n", "de"),
        ("- burpees: 20, then slow\n", "en"),
        ("exercises: [push-up: 10]\nnotes: x\n", None),
        ("- xyzzy\n", None),
    ],
)
def test_the_language_is_found_from_keys_then_from_words(
    routine: str, language: str | None
) -> None:
    found = language_of(routine, Catalogue(Folders(user=None), Diagnostics()))
    assert found == language or (language is None and found in (None, "en"))


def test_english_lines_are_led_in_english() -> None:
    catalogue = Catalogue(Folders(user=None), Diagnostics())
    lines = (CASES / "en.jsonl").read_text(encoding="utf-8")
    routines = [json.loads(line)["yaml"] for line in lines.splitlines()]
    routines.append("- bench 4x6-8 @ 70-75% 1RM, 2-3 min rest\n")
    foreign = [one for one in routines if language_of(one, catalogue) not in (None, "en")]
    assert not foreign


def language_of(routine: str, catalogue: Catalogue) -> str | None:
    """The language that the words of a routine tell."""
    page, text = read_text("workout.yaml", routine)
    root = as_routine(parse_yaml(page, text))
    return find_written_language(root, catalogue.knows_in, catalogue.english_words())


@pytest.mark.parametrize("language", WRITTEN)
def test_common_words_tell_a_language_from_english(language: str) -> None:
    """What is English too tells nothing, so few words are."""
    shared = load_common_words(language) & load_common_words("en")
    assert shared <= {"an", "in", "on", "per", "no"}


@pytest.mark.parametrize(
    ("routine", "said"),
    [
        ("Übungen: [Kniebeugen: 5, Dehnen: [Wadendehnung: 20 Sek. je Seite]]\n", "Dehnen."),
        ("ejercicios: [sentadillas: 5, estirar: [estiramiento de gemelo: 20 seg]]\n", "Estirar."),
        ("exercices: [pompes: 5, étirements: [étirement du mollet: 20 s]]\n", "Étirements."),
    ],
)
def test_a_part_among_the_items_is_said(routine: str, said: str) -> None:
    made = script(routine)
    assert [span["exercise"] for span in made["spans"] if span["kind"] == "work"][-1] == (
        "calf-stretch"
    )
    assert said in [event["text"] for event in made["events"] if event["kind"] == "say"]


def test_a_word_of_a_line_may_belong_to_the_name() -> None:
    (work, *_) = [s for s in script("- pull up: 3x5 negative\n")["spans"] if s["kind"] == "work"]
    assert work["exercise"] == "negative-pull-up"
    assert "negitive" in read_error("- pull up: 3x5 negitive\n")
