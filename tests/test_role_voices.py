"""Two voices in one workout, who is looked for where, and an engine of another package."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from audioworkout.cli.main import run_program
from audioworkout.cli.screen import print_result
from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.model.callbacks import Warn
from audioworkout.model.request import Flags, Speech
from audioworkout.model.script import Line
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError
from audioworkout.voices import engines
from audioworkout.voices.clips import clip_names, speak_lines, speak_or_fall_back
from audioworkout.voices.role_voices import RoleVoices
from audioworkout.voices.ruler import Ruler
from audioworkout.voices.voice import Raw, Voice
from tiny_piper import write_voice

LINES = (Line("Breathe out."), Line("one", quick=True), Line("one"), Line("two", quick=True))
DOCUMENT = Path(__file__).parent.parent / "docs" / "voices.md"


@dataclass(frozen=True)
class Someone:
    """A voice that notes what it is asked, and can refuse."""

    name: str
    asked: list[tuple[str, ...]]
    fails: bool = False
    language: str = "en"

    @property
    def label(self) -> str:
        return self.name

    def fingerprint(self, line: Line) -> str:
        return self.name

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Raw]]:
        self.asked.append(tuple(line.text for line in lines))
        if self.fails:
            raise VoiceError(f"{self.name} is hoarse")
        yield from Ruler().speak(lines)

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        warn(f"{self.name} says {len(lines)} lines")


@pytest.fixture
def coach() -> Someone:
    return Someone("anna", [])


@pytest.fixture
def counter() -> Someone:
    return Someone("bert", [])


# --- a cast -----------------------------------------------------------------------------------


def test_each_voice_speaks_its_lines_in_one_go(coach: Someone, counter: Someone) -> None:
    cast = RoleVoices(coach, counter)
    clips = speak_lines(LINES, cast, MemoryCache())
    assert clips.keys() == set(LINES)
    assert coach.asked == [("Breathe out.", "one")]
    assert counter.asked == [("one", "two")]
    assert cast.label == "anna, counts bert"


def test_a_voice_without_lines_is_not_started(coach: Someone, counter: Someone) -> None:
    speak_lines([Line("one", quick=True)], RoleVoices(coach, counter), MemoryCache())
    assert coach.asked == []


def test_clips_are_shared_with_workouts_of_one_voice(coach: Someone, counter: Someone) -> None:
    cast, store = RoleVoices(coach, counter), MemoryCache()
    speak_lines(LINES, coach, store)
    speak_lines(LINES, counter, store)
    del coach.asked[:], counter.asked[:]
    speak_lines(LINES, cast, store)
    assert coach.asked == counter.asked == []
    assert len(set(clip_names(LINES, cast).values())) == len(LINES)


def test_each_remarks_on_its_own_lines(coach: Someone, counter: Someone) -> None:
    told: list[str] = []
    speak_or_fall_back(
        LINES, RoleVoices(coach, counter), lambda: None, MemoryCache(), warn=told.append
    )
    assert told == ["anna says 2 lines", "bert says 2 lines"]


def test_where_one_fails_the_spare_speaks_everything(coach: Someone) -> None:
    told: list[str] = []
    cast = RoleVoices(coach, Someone("bert", [], fails=True))
    who, clips = speak_or_fall_back(LINES, cast, Ruler, MemoryCache(), warn=told.append)
    assert who == Ruler()
    assert clips == speak_lines(LINES, Ruler(), MemoryCache())
    assert told[-1] == "bert is hoarse; ruler 150 wpm speaks instead"


def test_counts_really_sound_different() -> None:
    voice = engines.open_requested_voice(
        Speech(engine="espeak", voice="en-us", counts="espeak:en-us+m3")
    )
    assert voice.label == "espeak-ng en-us 150 wpm, counts espeak-ng en-us+m3 150 wpm"
    alone = engines.open_requested_voice(Speech(engine="espeak", voice="en-us"))
    cast, one = (speak_lines(LINES, each, MemoryCache()) for each in (voice, alone))
    assert [line for line in LINES if cast[line] != one[line]] == [LINES[1], LINES[3]]


# --- who is meant -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speech", "label"),
    [
        (Speech(voice="ruler:"), "ruler 150 wpm"),
        (Speech(voice="ESPEAK:de"), "espeak-ng de 150 wpm"),
        (Speech(engine="espeak", voice="espeak-ng:de"), "espeak-ng de 150 wpm"),
        (Speech(engine="ruler", counts="gmw/de"), "ruler 150 wpm, counts espeak-ng de 150 wpm"),
        (Speech(engine="espeak", counts="ruler:"), "espeak-ng en-us 150 wpm, counts ruler 150 wpm"),
    ],
)
def test_a_voice_can_name_its_engine(speech: Speech, label: str) -> None:
    assert engines.open_requested_voice(speech).label == label


def test_two_engines_for_one_voice_are_told() -> None:
    with pytest.raises(UsageError, match=r"'espeak-ng:de' is not of the engine 'ruler'"):
        engines.open_requested_voice(Speech(engine="ruler", voice="espeak-ng:de"))


@pytest.mark.parametrize("voice", ["C:\\voices\\anna", "no-such: voice"])
def test_other_colons_are_part_of_the_name(voice: str) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(repr(voice))):
        engines.open_requested_voice(Speech(voice=voice))


@pytest.mark.parametrize(
    ("voice", "message", "hint"),
    [
        ("ana", "no voice called 'ana', whoever is asked: .*piper, recorded", "`anna`"),
        ("en-us+m33", "espeak-ng has no variant called 'm33'", "`m3`"),
        ("en-us+", "espeak-ng has no variant called ''", "m1, m2, m3"),
        ("en-us+0", "espeak-ng has no variant called '0'", "f1, f2"),
        ("zzzzzz", "no voice called 'zzzzzz'", "audioworkout voices"),
        ("foo=en-us", "no voice called 'foo=en-us', and no role 'foo'", "are `coach` and `counts`"),
        ("counts=en-us+m3", "no voice called 'counts=en-us.m3'$", "`voice: {counts: NAME}`"),
        ("foo=rec/anna", "no role 'foo'", "are `coach` and `counts`"),
        ("rec/a=b", "'rec/a=b' is no folder", "audioworkout lines"),
        ("Espeak", "'Espeak' is a speech engine and no voice", "`--engine espeak-ng`"),
        ("ruler", "'ruler' is a speech engine", "`ruler:VOICE`"),
        ("nowhere/anna", "'nowhere/anna' is no folder", "audioworkout lines"),
        ("x" * 300, "no voice called 'xxx", "audioworkout voices"),
    ],
)
def test_what_no_engine_knows_is_compared_with_all_names(
    tmp_path: Path, voice: str, message: str, hint: str
) -> None:
    own = tmp_path / "voices"
    (own / "anna").mkdir(parents=True)
    (own / "anna" / "one-4c09cac114.wav").touch()
    with pytest.raises(UnknownNameError, match=message) as caught:
        engines.open_requested_voice(Speech(voice=voice, own=str(own)))
    assert hint in caught.value.hint


@pytest.mark.parametrize("engine", [None, "piper"])
@pytest.mark.parametrize("speaker", ["", "+2"])
def test_a_file_named_without_its_ending_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str | None, speaker: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_voice(Path("pv"), "tiny", speakers=3)
    with pytest.raises(UnknownNameError) as caught:
        engines.open_requested_voice(Speech(voice=f"pv/tiny{speaker}", engine=engine, own="voices"))
    assert caught.value.hint == f"did you mean `pv/tiny.onnx{speaker}`?"


def test_on_other_systems_the_systems_own_voice_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not there, so the bundled one speaks; a bundled voice by name is found all the same."""

    def no_voice(speech: Speech, warn: Warn) -> Voice:
        if speech.voice is None:
            warn("the system has no voice")
        raise UnknownNameError(f"this system has no voice called {speech.voice!r}")

    for default in ("default_engine", "other_default"):
        monkeypatch.setattr(engines, default, lambda *_: "system")
    monkeypatch.setattr("audioworkout.voices.system.open_voice", no_voice)
    assert (
        engines.open_requested_voice(Speech(voice="en-us+m3")).label == "espeak-ng en-us+m3 150 wpm"
    )
    with pytest.raises(UnknownNameError, match=r"no voice called 'Nobody'.*system"):
        engines.open_requested_voice(Speech(voice="Nobody"))
    told: list[str] = []
    with pytest.raises(UnknownNameError):
        engines.open_requested_voice(Speech(), told.append)
    assert told == ["the system has no voice"]
    assert engines.open_spare_voice(Speech()) == engines.open_requested_voice(
        Speech(engine="espeak")
    )
    assert engines.engine_names()[0] == "system"


# --- as it is written -------------------------------------------------------------------------

ROUTINE = "title: T\nexercises: [plank: 20s]\n"


def asked(
    tmp_path: Path, head: str, settings: str, voice: tuple[str, ...], engine: str | None = None
) -> Speech:
    (tmp_path / "settings.yaml").write_text(settings or "coaching: full\n")
    path = tmp_path / "t.yaml"
    path.write_text(head + ROUTINE)
    return prepare_routine(
        str(path), Flags(voice=voice, engine=engine), Folders(user=tmp_path)
    ).speech


@pytest.mark.parametrize(
    ("head", "settings", "flags", "coach", "counts"),
    [
        ("", "", (), None, None),
        ("voice: de\n", "", (), "de", None),
        ("voice: {coach: de, counts: en-us+m3}\n", "", (), "de", "en-us+m3"),
        ("voice: {counts: en-us+m3}\n", "", (), None, "en-us+m3"),
        ("", "", ("de", "counts=fr"), "de", "fr"),
        ("", "", ("counts=fr", "coach=de"), "de", "fr"),
        ("voice: de\n", "", ("counts=fr",), "de", "fr"),
        ("voice: {coach: de, counts: fr}\n", "", ("es",), "es", None),
        ("voice: {counts: fr}\n", "voice: de\n", (), "de", "fr"),
        ("", "", ("a=b",), "a=b", None),
        ("", "", ("COUNTS=fr", " Coach =de"), "de", "fr"),
        ("voice: rec/two  spaces \n", "", (), "rec/two  spaces", None),
        ("voice: 'two  spaces '\n", "", (), "two  spaces ", None),
        ("voice: .\n", "", (), ".", None),
        ("voice: >\n  rec/two\n  words\n", "", (), "rec/two words", None),
        ("", "", ("..", f"counts={'x/' * 400}"), "..", "x/" * 400),
    ],
)
def test_voices_by_role(tmp_path: Path, head, settings, flags, coach, counts) -> None:
    speech = asked(tmp_path, head, settings, flags)
    assert (speech.voice, speech.counts) == (coach, counts)
    assert speech.own == str(tmp_path / "voices")


@pytest.mark.parametrize(
    ("flags", "said", "hint"),
    [
        (("",), "--voice: error: no voice is named", "audioworkout voices"),
        ((" ",), "error: no voice is named", "a folder of recordings"),
        (("counts=",), "--voice counts=: error: no voice is named", "write `counts=NAME`"),
        (("COACH= ",), "error: no voice is named", "write `coach=NAME`"),
        (("a\0b",), "has no NUL in it", ""),
    ],
)
def test_a_voice_without_a_name_is_told(tmp_path: Path, flags, said, hint) -> None:
    with pytest.raises(RoutineError) as caught:
        asked(tmp_path, "", "", flags)
    assert said in str(caught.value)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("head", "settings", "voice", "expected"),
    [
        ("voice: system:Samantha\n", "", (), ("ruler", None, None)),
        ("voice: {coach: rec/anna, counts: fr}\n", "voice: en-gb\n", (), ("ruler", None, None)),
        ("voice: {counts: fr}\n", "voice: en-gb\n", ("counts=de",), ("ruler", None, "de")),
        ("voice: fr\n", "engine: piper\n", ("piper:x",), ("ruler", "piper:x", None)),
    ],
)
def test_an_engine_on_the_command_line_wins_over_voices_of_files(
    tmp_path: Path, head, settings, voice, expected
) -> None:
    speech = asked(tmp_path, head, settings, voice, engine="ruler")
    assert (speech.engine, speech.voice, speech.counts) == expected


@pytest.mark.parametrize(
    ("head", "voice", "expected"),
    [
        ("voice: high\n", (), ("whistle", "high")),
        ("voice: piper:x\n", (), (None, "piper:x")),
        ("", ("piper:x",), (None, "piper:x")),
        ("", (), ("whistle", None)),
    ],
)
def test_a_voice_that_names_its_engine_wins_over_that_of_the_settings(
    tmp_path: Path, head, voice, expected
) -> None:
    speech = asked(tmp_path, head, "engine: whistle\n", voice)
    assert (speech.engine, speech.voice) == expected


# --- an engine of another package -------------------------------------------------------------


@pytest.fixture
def whistle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of docs/voices.md, installed as its text says."""
    text = DOCUMENT.read_text(encoding="utf-8")
    blocks = dict(re.findall(r"`(\S+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL))
    (tmp_path / "whistle.py").write_text(blocks["whistle.py"])
    groups = re.search(r'\[project.entry-points."(.*)"\]\n(.*) = "(.*)"', blocks["pyproject.toml"])
    assert groups is not None
    info = tmp_path / "whistle-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: whistle\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[{}]\n{} = {}\n".format(*groups.groups()))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "whistle", raising=False)


@pytest.mark.usefixtures("whistle")
def test_the_engine_of_the_documents_works() -> None:
    voice = engines.open_requested_voice(Speech(engine="whistle", rate=120))
    assert voice.label == "whistle 120 wpm"
    clips = speak_lines(LINES, voice, MemoryCache())
    assert clips[LINES[1]].length < clips[LINES[2]].length < clips[LINES[0]].length
    assert voice.fingerprint(LINES[0]) != Ruler(120).fingerprint(LINES[0])
    assert "whistle" in dict(engines.list_all_voices())
    assert engines.open_requested_voice(Speech(counts="whistle:high")).label.endswith(
        "whistle 150 wpm"
    )


@pytest.mark.usefixtures("whistle")
def test_its_unknown_voices_are_told() -> None:
    with pytest.raises(UnknownNameError, match="low"):
        engines.open_requested_voice(Speech(voice="whistle:low"))
    with pytest.raises(
        UnknownNameError, match="no voice called 'HIGH', whoever is asked"
    ) as caught:
        engines.open_requested_voice(Speech(voice="HIGH"))
    assert caught.value.hint == "did you mean `whistle:high`?"


RAISED: dict[str, BaseException] = {
    "cancelled": asyncio.CancelledError(),
    "hoarse": VoiceError("hoarse"),
    "usage": UsageError("not so"),
    "interrupted": KeyboardInterrupt(),
    "killed": SystemExit(143),
}
INT16 = np.ones(8_000, np.int16)


def wrong_sound(raw: Raw) -> dict[str, tuple[object, object]]:
    """What is no sound of speech, by what is wrong with it."""
    return {
        "rate": (raw.pcm, 0),
        "huge": (raw.pcm, 10**9),
        "text": ("la", 8_000),
        "floats": (INT16.astype(np.float32), 8_000),
        "stereo": (np.stack([INT16, INT16], 1), 8_000),
        "long": (np.tile(INT16, 300), 8_000),
    }


class Odd:
    """An engine, and its voice, that does one thing wrong."""

    language, languages, title = "en", ("en",), ""

    def __init__(self, wrong: str) -> None:
        self.error = wrong
        self.name = "od\n\x1b\u202ed[31m" if wrong == "colours" else "odd"

    @property
    def label(self) -> str:
        self.err("label")
        return f"{self.name} 150 wpm"

    def err(self, where: str) -> None:
        if self.error == "talks":
            sys.stdout.write(f"odd: {where}\n")
        if self.error.endswith(f" in {where}") and self.error.split()[0] in RAISED:
            raise RAISED[self.error.split()[0]]
        if self.error == where:
            raise ZeroDivisionError(f"in {where}")
        if self.error == f"exit in {where}":
            sys.exit(7)

    def open_voice(self, speech: Speech, warn: Warn) -> object:
        self.err("open")
        return "no voice" if self.error == "nobody" else self

    def list_voices(self, own: Path | None) -> list[object]:
        self.err("list")
        return [3 if self.error == "nobody" else self]

    def fingerprint(self, line: Line) -> str:
        self.err("fingerprint")
        return self.error

    def remark(self, lines: Sequence[Line], warn: Warn) -> None:
        self.err("remark")

    def speak(self, lines: Sequence[Line]) -> Iterator[tuple[Line, object]]:
        spoken = dict(Ruler().speak(lines))
        first = lines[0]
        try:
            yield first, spoken.pop(first)
        except GeneratorExit:
            self.err("speak at its end")
            raise
        self.err("speak")
        if self.error == "twice":
            yield first, next(Ruler().speak([first]))[1]
        if self.error == "unasked":
            yield next(iter(Ruler().speak([Line("uh")])))
        for line, raw in spoken.items():
            yield line, Raw(*wrong_sound(raw).get(self.error, raw))  # type: ignore[arg-type]


@pytest.fixture
def odd(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Odd:
    engine = Odd(request.param)
    monkeypatch.setattr(engines, "_entry_points", lambda: {"odd": lambda: engine})
    return engine


SPEAKING = [
    "fingerprint",
    "remark",
    "speak",
    "exit in speak",
    "cancelled in speak",
    "twice",
    "unasked",
]


@pytest.mark.parametrize("odd", [*SPEAKING, *wrong_sound(Raw(b"", 1))], indirect=True)
def test_another_packages_engine_that_errs_gives_way_and_is_named(odd: Odd) -> None:
    told: list[str] = []
    voice = engines.open_requested_voice(Speech(engine="odd"))
    spare = engines.open_spare_voice(Speech(engine="odd"))
    who, clips = speak_or_fall_back(LINES, voice, lambda: spare, MemoryCache(), warn=told.append)
    assert who is spare
    assert clips.keys() == set(LINES)
    assert told[0].startswith("the speech engine 'odd' ")
    assert told[0].endswith("; espeak-ng en-us 150 wpm speaks instead")
    if odd.error in SPEAKING[:3]:
        assert f"ZeroDivisionError: in {odd.error}" in told[0]


OPENING = ["open", "exit in open", "cancelled in open", "hoarse in open", "nobody"]


@pytest.mark.parametrize("odd", [*OPENING, "label"], indirect=True)
def test_another_packages_engine_that_does_not_open_gives_way_and_is_named(odd: Odd) -> None:
    told: list[str] = []
    voice = engines.open_requested_voice(Speech(engine="odd", language="de", rate=120), told.append)
    assert voice.label == "espeak-ng de 120 wpm"
    [warning] = told
    if odd.error == "hoarse in open":
        assert warning == "hoarse; espeak-ng de 120 wpm speaks instead"
    else:
        assert re.match(r"the speech engine 'odd' failed: (\w+Error|SystemExit)", warning)


@pytest.mark.parametrize("odd", ["usage in open"], indirect=True)
def test_what_another_packages_engine_calls_wrong_stays_wrong(odd: Odd) -> None:
    with pytest.raises(UsageError, match="not so"):
        engines.open_requested_voice(Speech(engine="odd"), pytest.fail)


def test_another_packages_engine_that_cannot_be_imported_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load() -> object:
        raise ImportError("no libodd")

    monkeypatch.setattr(engines, "_entry_points", lambda: {"odd": load})
    told: list[str] = []
    assert engines.open_requested_voice(Speech(voice="odd:high"), told.append).label.startswith(
        "espeak-ng"
    )
    assert told[0].startswith("the speech engine 'odd' cannot be loaded: ImportError: no libodd; ")


@pytest.mark.parametrize("odd", ["interrupted in speak", "killed in speak"], indirect=True)
def test_who_ends_the_program_ends_it_in_another_packages_engine_too(odd: Odd) -> None:
    voice = engines.open_requested_voice(Speech(engine="odd"))
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        list(voice.speak(LINES))


@pytest.mark.parametrize("odd", ["talks"], indirect=True)
def test_what_another_packages_engine_prints_is_no_result(
    odd: Odd, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = engines.open_requested_voice(Speech(engine="odd"))
    voice.fingerprint(LINES[0])
    for line, _ in voice.speak(LINES):
        print_result(f"ours: {line.text}")
    list(engines.list_all_voices())
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"ours: {line.text}" for line in LINES]
    heard = {line.removeprefix("odd: ") for line in err.splitlines()}
    assert heard == {"open", "label", "fingerprint", "speak", "list"}


@pytest.mark.parametrize("odd", ["talks"], indirect=True)
def test_a_voice_of_another_package_that_is_left_in_the_middle_ends_in_silence(
    odd: Odd, capsys: pytest.CaptureFixture[str]
) -> None:
    speaking = engines.open_requested_voice(Speech(engine="odd")).speak(LINES)
    next(iter(speaking))
    speaking.close()  # type: ignore[attr-defined]  # it is a generator
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("odd: speak at its end\n")


@pytest.mark.parametrize("odd", ["colours"], indirect=True)
def test_names_that_would_steer_a_terminal_are_listed_without(
    odd: Odd, capsys: pytest.CaptureFixture[str]
) -> None:
    assert engines.open_requested_voice(Speech(engine="odd")).label == "odd[31m 150 wpm"
    assert run_program(["voices"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("odd "))
    assert line.split() == ["odd", "odd[31m", "en"]


@pytest.mark.parametrize("odd", ["list", "exit in list", "nobody"], indirect=True)
def test_an_engine_that_does_not_list_is_left_out_with_a_warning(odd: Odd) -> None:
    told: list[str] = []
    listed = dict(engines.list_all_voices(None, told.append))
    assert "odd" not in listed
    assert "ruler" in listed
    assert len(told) == 1
    assert told[0].startswith("the speech engine 'odd' failed: ")
    assert told[0].endswith("; its voices are left out")


@pytest.mark.parametrize("odd", ["list"], indirect=True)
def test_the_command_lists_the_others_and_warns(
    odd: Odd, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["voices"]) == 0
    out, err = capsys.readouterr()
    assert "ruler" in out
    assert f"warning: the speech engine {odd.name!r} failed" in err


@pytest.mark.parametrize("odd", [""], indirect=True)
def test_an_engine_without_fault_speaks_for_itself(odd: Odd) -> None:
    voice = engines.open_requested_voice(Speech(engine="odd"))
    assert (
        speak_or_fall_back(LINES, voice, lambda: None, MemoryCache(), warn=pytest.fail)[0] is voice
    )
    assert dict(engines.list_all_voices(None, pytest.fail))["odd"][0].name == "odd"
