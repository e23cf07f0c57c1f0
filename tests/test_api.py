"""The interface for programs: its examples run, it keeps no state, and it works in processes."""

import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

import audioworkout
from audioworkout import api
from audioworkout.errors import DoesNotFitError, UsageError

DOCUMENT = (Path(__file__).parent.parent / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"<!-- example: (\w+) -->\n```python\n(.*?)```\n```\n(.*?)```", DOCUMENT, re.DOTALL
)
TINY = audioworkout.RoutineText("get_ready: 4s\nexercises: [plank: 4s]\n", name="tiny")
RULER = audioworkout.Flags(engine="ruler")


@pytest.mark.parametrize(("name", "code", "told"), EXAMPLES, ids=[one[0] for one in EXAMPLES])
def test_the_examples_print_what_the_document_says(name, code, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = StringIO()
    with redirect_stdout(out):
        exec(code, {})
    assert out.getvalue() == told


def test_there_are_three_examples_and_every_name_is_told():
    assert [one[0] for one in EXAMPLES] == ["script", "check", "build"]
    functions = [name for name in api.__all__ if "_" in name]
    assert [name for name in functions if f"`{name}(" not in DOCUMENT] == []


def test_importing_the_package_loads_nothing():
    code = "import sys, audioworkout; print([m for m in sys.modules if 'audioworkout.' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_only_names_of_the_interface_are_had_from_the_package():
    assert audioworkout.read_workout is api.read_workout
    assert {*audioworkout.__all__} == {*api.__all__}
    with pytest.raises(AttributeError, match="examine_file"):
        audioworkout.examine_file  # noqa: B018 - to look is enough


def test_all_that_is_wrong_comes_as_values():
    with pytest.raises(audioworkout.RoutineError) as caught:
        audioworkout.read_workout(audioworkout.RoutineText("exercises: [plak: 4s]\nlevl: normal"))
    assert [(one.source, one.line, one.fix) for one in caught.value.findings] == [
        ("workout.yaml", 1, "plank"),
        ("workout.yaml", 2, "level"),
    ]
    assert isinstance(caught.value, UsageError)


def test_a_path_is_read_and_checked(tmp_path):
    file = tmp_path / "core.yaml"
    file.write_text("exercises: [plank: 40s]\n")
    assert audioworkout.read_workout(file).routine.key == "core"
    assert audioworkout.check_workout(file).findings == ()


def test_what_goes_in_and_comes_out_can_be_pickled(tmp_path):
    checked = audioworkout.check_workout(TINY)
    request = audioworkout.read_workout(TINY, RULER)
    timeline = audioworkout.script_workout(request)
    for each in (TINY, RULER, checked, request, timeline):
        assert pickle.loads(pickle.dumps(each)) == each


def test_threads_share_a_studio():
    studio = audioworkout.make_studio()
    request = audioworkout.read_workout(TINY, RULER, studio)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: audioworkout.script_workout(request, studio), range(8)))
    assert set(map(repr, made)) == {repr(made[0])}


def test_strict_writes_nothing_where_a_cue_does_not_fit(tmp_path):
    words = "far too many words " * 20
    text = f"get_ready: 3s\nexercises: [plank: 4s, say: {words}, rest: 4s, plank: 4s]\n"
    crowded = audioworkout.RoutineText(text)
    request = audioworkout.read_workout(crowded, RULER)
    target = tmp_path / "x.wav"
    with pytest.raises(DoesNotFitError, match="not fit"):
        audioworkout.build_workout(request, target, strict=True, day=date(2026, 1, 5))
    assert not target.exists()


def test_a_target_is_looked_at_before_the_work(tmp_path):
    request = audioworkout.read_workout(TINY, RULER)
    with pytest.raises(UsageError, match="is a folder"):
        audioworkout.build_workout(request, tmp_path)
