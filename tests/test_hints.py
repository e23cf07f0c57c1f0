"""What a hint shows, written where it belongs, is a routine without that fault."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import audioworkout
from audioworkout.errors import UsageError
from audioworkout.model.request import Diagnostic, Flags
from audioworkout.preparing import examine_file, prepare_routine, show_long_form
from audioworkout.reading import Diagnostics, Folders, RoutineError, field_types, fields
from audioworkout.reading.field_types import Field, Fields
from audioworkout.reading.nodes import Map
from audioworkout.reading.settings_file import change_setting, check_setting, find_setting
from audioworkout.reading.source import read_text
from audioworkout.reading.yaml_text import parse_yaml
from hint_sites import find_hints

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(path for path in WRONG.glob("*.yaml") if path.stem != "hyphen-without-space-first")
"""All but the one whose list is a single text over several lines."""
SOURCE = Path(audioworkout.__file__).parent
ROOMS = ("notation", "reading", "adapting")

IN_WORDS = (
    *("must stand before it", "indent it two spaces more", "make it a file of its own"),
    *("a space stands behind", "its keys beneath", "a tempo is in seconds"),
    *("every item begins with", "begin each item with"),
)
"""Hints that tell what to do with several lines, or with a number that only the writer knows."""


def findings_of(text: str) -> tuple[Diagnostic, ...]:
    return examine_file("-", Folders(), text).findings


def results(text: str, finding: Diagnostic, sample: str) -> Iterator[str]:
    """The file with a sample of a hint in every place in which a person may put it."""
    lines = text.split("\n")
    sample = sample.replace("...", "plank")
    line = lines[finding.line - 1]
    start, end = finding.column - 1, finding.column - 1 + finding.width
    indent = line[: len(line) - len(line.lstrip())]
    key = sample.partition(":")[0].strip("- ")
    places = [
        line[:start] + sample + line[end:],
        indent + "- " + sample.removeprefix("- "),
        indent + sample,
        re.sub(r":(?=\s).*", lambda _: f": {sample}", line, count=1),
        f"{line}, {sample}",
        f"{line}\n{indent}{sample}",
        f"{line.partition(':')[0]}:\n{indent}  {sample}",
        re.sub(rf"\b{re.escape(key)}: *[^,{{}}]+", lambda _: sample, line, count=1),
        re.sub(r"\{", lambda _: f"{{{sample}, ", line, count=1),
        line[:start] + re.sub(r"\{[^{}]*\}", lambda _: sample, line[start:], count=1),
    ]
    for place in places:
        yield "\n".join([*lines[: finding.line - 1], place, *lines[finding.line :]])
    if re.match("define:|Eigene Übungen:|d[eé]finir:", sample):
        yield f"{sample}\n{text}"


def find_samples(finding: Diagnostic) -> list[str]:
    """What a hint shows that can be written: no rest alone, and no word that is not the answer."""
    samples = re.findall(r"`([^`]+)`", finding.hint)
    if any(words in finding.hint for words in IN_WORDS) or not finding.line:
        return []
    if "did you mean" in finding.hint:
        return samples
    return [one for one in samples if re.search(r"\d|\w+ \w|\w: ", one) and one != "- rest: 60s"]


def is_mended_by(text: str, finding: Diagnostic, sample: str) -> bool:
    """Whether a sample, in some place, takes a fault away and brings no error."""
    before = sum(one.fatal for one in findings_of(text)) - finding.fatal
    for result in results(text, finding, sample):
        after = findings_of(result)
        same = any(one.message == finding.message and one.line == finding.line for one in after)
        if not same and sum(one.fatal for one in after) <= before:
            return True
    return False


def split_routine(path: Path) -> list[str]:
    """A file, or where its items are cases of their own a routine for each of them."""
    text = path.read_text(encoding="utf-8")
    if not path.stem.startswith("hints-of-"):
        return [text]
    head, *items = re.split(r"(?m)^(?=  - )", text)
    return [head + item for item in items]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_hint_leads_to_a_right_file(path: Path) -> None:
    try:
        texts = split_routine(path)
    except UnicodeDecodeError:
        return
    wrong = [
        (finding.message, sample)
        for text in texts
        for finding in findings_of(text)
        for sample in find_samples(finding)
        if not is_mended_by(text, finding, sample)
    ]
    assert not wrong


def test_plain_text_is_a_routine_with_a_dash_before_each_line() -> None:
    text = (WRONG / "plain-text-with-key.yaml").read_text("utf-8")
    assert not findings_of(re.sub(r"(?m)^(?=.)", "- ", text))


def prepare(name: str = "hip-dips", **flags: Any) -> None:
    prepare_routine(name, Flags(**flags), Folders())


def change(key: str, value: str, text: str = "") -> None:
    changed = change_setting(text, find_setting(key), value)
    check_setting(changed, key, value, Folders())


ANOTHER = """define:
  hip circle: {default: 10, setup: [Stand with your hands on your hips.]LANGUAGES}
exercises: [hip circle, plank: 30s]
"""


def read_in_german(languages: str) -> None:
    text = ANOTHER.replace("LANGUAGES", languages)
    request = prepare_routine("-", Flags(language="de"), Folders(), text)
    if request.warnings:
        raise RoutineError(request.warnings)


def check_phrases(folder: Path, text: str) -> None:
    path = folder / "phrases" / "en.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    prepare_routine("hip-dips", Flags(), Folders(user=folder))


def read_loop(folder: Path) -> None:
    loop = folder / "loop"
    loop.symlink_to(loop)
    prepare_routine("hip-dips", Flags(), Folders(user=loop))


def read_pipe(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    try:
        prepare_routine(name, Flags(), Folders(), "- plank: 30s\n")
    finally:
        (folder / "pipe").unlink()


Action = Callable[[Path], object]
ELSEWHERE: tuple[tuple[str, Action, Action], ...] = (
    ("12", lambda _: prepare(reps="soon"), lambda _: prepare(reps="12")),
    ("coach=NAME", lambda _: prepare(voice=("coach=",)), lambda _: prepare(voice=("coach=x",))),
    ("audioworkout voices", lambda _: prepare(engine=" "), lambda _: prepare(engine="ruler")),
    ("dumbbell", lambda _: prepare(equipment="zzz"), lambda _: prepare(equipment="dumbbell")),
    ("audioworkout list", lambda _: prepare("zzz"), lambda _: prepare("hip-dips")),
    (
        "audioworkout list",
        lambda _: show_long_form("zzz", Flags(), Folders()),
        lambda _: show_long_form("plank", Flags(), Folders()),
    ),
    (
        "name a file in it",
        lambda _: prepare(f"{WRONG}/"),
        lambda _: prepare(str(WRONG.parent / "routines" / "carry.yaml")),
    ),
    ("use `-` for", lambda _: prepare("/dev/null"), lambda folder: read_pipe(folder, "-")),
    ("use `-` and", lambda to: read_pipe(to, f"{to}/pipe"), lambda folder: read_pipe(folder, "-")),
    (
        "a page of text",
        lambda _: prepare_routine("-", Flags(), Folders(), "# \n" * 400_000),
        lambda _: prepare_routine("-", Flags(), Folders(), "- plank: 30s\n"),
    ),
    ("There are", lambda _: find_setting("zzz"), lambda _: find_setting("rate")),
    (
        "--unset",
        lambda _: change("rate", ""),
        lambda _: change_setting("rate: 100\n", "rate", None),
    ),
    (
        "in the file itself",
        lambda _: change("rate", "120", "{rate: 100}\n"),
        lambda _: change("rate", "120", "rate: 100\n"),
    ),
    (
        "docs/languages.md",
        lambda folder: check_phrases(folder, "- Go!\n"),
        lambda folder: check_phrases(folder, "go: Go!\n"),
    ),
    (
        "AUDIOWORKOUT_CONFIG",
        read_loop,
        lambda folder: prepare_routine("hip-dips", Flags(), Folders(user=folder)),
    ),
    (
        "languages: {de: {name: ",
        lambda _: read_in_german(""),
        lambda _: read_in_german(
            ", languages: {de: {name: Hüftkreisen, setup: [Steh aufrecht.], form: [Kreise groß.]}}"
        ),
    ),
)
"""Hints that no line of a file leads to, what is wrong, and what is done as they say."""


def told_elsewhere(folder: Path) -> Iterator[str]:
    """The hint of each case; it is asserted that what it says works."""
    for words, wrong, right in ELSEWHERE:
        with pytest.raises(UsageError) as caught:
            wrong(folder)
        right(folder)
        error = caught.value
        hint = error.findings[0].hint if isinstance(error, RoutineError) else error.hint
        assert words in hint
        yield hint


def test_every_hint_is_tried(tmp_path: Path) -> None:
    """Each hint in the source is one of a case here or in `wrong`, so what it says was done."""
    shown = [*told_elsewhere(tmp_path)]
    shown += [path.read_text("utf-8") for path in WRONG.glob("*.txt")]
    told = "\n".join(shown)
    paths = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
    paths += [SOURCE / "errors.py", SOURCE / "preparing.py"]
    sites = find_hints(paths, SOURCE)
    assert len(sites) > 150
    missing = [site for site in sites if not re.search(site.pattern, told)]
    assert not missing, "add a case to tests/wrong/hints-of-*.yaml, or to ELSEWHERE"


TABLES = [
    table
    for module in (fields, field_types)
    for table in vars(module).values()
    if isinstance(table, tuple) and table and all(isinstance(one, Field) for one in table)
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[0].name)
def test_what_a_field_is_told_to_be_is_taken(table: Fields) -> None:
    """The description of a field, which is in messages and documents, shows values that read."""
    for field in table:
        for sample in re.findall(r"`([^`]+)`", field.kind.what):
            page, text = read_text("t.yaml", f"{field.name}: {sample}\n".replace("...", "breathe"))
            root = parse_yaml(page, text)
            assert isinstance(root, Map)
            diagnostics = Diagnostics()
            field.kind.read(root.pairs[0][1], diagnostics)
            assert not diagnostics.fatal, (field.name, diagnostics.told)


IN_OTHER_LANGUAGES = {
    "de": """
Übungen:
  - Unterarmstütz: 30
  - Ausfallschritte: 20 Schritte
  - Beckenheben: 10x5s
  - Seitliche Ausfallschritte: 10
  - Seitstütz: 30 Sek., Pause 20 Sek.
  - Wadenheben: 2x15, langsam senken
  - Purzelbaum
  - Kniebeugen: 3x10 bla
""",
    "es": """
ejercicios:
  - Plancha: 30
  - Zancadas: 20 pasos
  - Puente de glúteos: 10x5s
  - Zancadas laterales: 10
  - Plancha lateral: 30 seg, descanso 20 seg
  - Elevación de talones: 2x15, bajada lenta
  - Voltereta
""",
    "fr": """
exercices:
  - Planche: 30
  - Fentes: 20 pas
  - Pont fessier: 10x5s
  - Fentes latérales: 10
  - Planche latérale: 30 sec, repos 20 sec
  - Mollets: 2x15, descente lente
  - Roulade
""",
}
ENGLISH = re.compile(r"\b(?:per|side|leg|in all|rest|steps|for|define|negative|rounds)\b")


@pytest.mark.parametrize("language", IN_OTHER_LANGUAGES)
def test_a_hint_shows_what_to_write_in_the_language_of_the_routine(language: str) -> None:
    text = IN_OTHER_LANGUAGES[language]
    findings = findings_of(text)
    samples = [(one, sample) for one in findings for sample in find_samples(one)]
    assert len(samples) >= 6
    assert [sample for _, sample in samples if ENGLISH.search(sample)] == []
    assert [one for one in samples if not is_mended_by(text, *one)] == []
