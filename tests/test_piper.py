"""Piper's neural voices, through the real piper-tts with a voice of 700 bytes."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import engines, piper
from audioworkout.voices.clips import speak_lines, speak_or_fall_back
from audioworkout.voices.piper_driver import SAMPLE
from audioworkout.voices.voice import Raw, Voice
from tiny_piper import node, part, write_voice

speaks = pytest.mark.skipif(
    importlib.util.find_spec("piper") is None, reason="piper-tts has no wheel for this computer"
)
TINY = "en_US-tiny-low"
CHOIR = "de_DE-choir-low"
LINES = (Line("Breathe out."), Line("one", quick=True), Line("one"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A person's folder with a voice, and one of three speakers."""
    folder = tmp_path_factory.mktemp("voices")
    write_voice(folder, TINY)
    write_voice(folder, CHOIR, speakers=3)
    return str(folder)


def opened(own: str | None, voice: str | None, **speech: str | int) -> Voice:
    return engines.open_requested_voice(Speech(voice=voice, own=own, engine="piper", **speech))


# --- it speaks --------------------------------------------------------------------------------


@speaks
def test_every_line_is_spoken_at_its_rate(own: str) -> None:
    clips = speak_lines(LINES, opened(own, TINY), MemoryCache())
    quick, slow = clips[LINES[1]].length, clips[LINES[2]].length
    assert quick / slow == pytest.approx(150 / 165, abs=0.03)
    assert clips[LINES[0]].length > 2 * slow
    fast = speak_lines(LINES, opened(own, TINY, rate=200), MemoryCache())
    assert fast[LINES[2]].length / slow == pytest.approx(150 / 200, abs=0.03)


@speaks
def test_the_same_lines_in_a_fresh_process_give_the_same_bytes(own: str) -> None:
    """Though the model adds noise of its own, as trained ones do."""
    first, second = (list(opened(own, TINY).speak(LINES)) for _ in range(2))
    assert first == second
    assert [raw.rate for _, raw in first] == [16_000] * 3


@speaks
def test_what_else_is_spoken_changes_nothing(own: str) -> None:
    """Though the model draws random numbers, and goes on with them from line to line."""
    voice = opened(own, TINY)
    whole = dict(voice.speak(LINES))
    assert dict(voice.speak(LINES[::-1])) == whole
    for line in LINES:
        assert dict(voice.speak([line])) == {line: whole[line]}


@speaks
def test_its_noise_is_that_of_the_model_in_kind(own: str) -> None:
    """The same hum, with noise as loud as the model would draw it."""
    import numpy as np
    import onnxruntime

    from audioworkout.voices.fixed_noise import with_fixed_noise

    model = Path(own, f"{TINY}.onnx").read_bytes()
    inputs = {
        "input": np.zeros((1, 50), np.int64),
        "input_lengths": np.array([50]),
        "scales": np.array([0.667, 1, 0.8], np.float32),
    }
    drawn, fixed, again = (
        onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        .run(None, inputs)[0]
        .ravel()
        for data in (model, with_fixed_noise(model), with_fixed_noise(model))
    )
    hum = np.sin(np.float32(0.05) * np.arange(len(drawn), dtype=np.float32))
    assert np.array_equal(fixed, again)
    assert np.std(fixed - hum) == pytest.approx(np.std(drawn - hum), rel=0.05)
    assert not np.array_equal(fixed, drawn)


def test_a_model_without_chance_stays_as_it_is() -> None:
    from audioworkout.voices.fixed_noise import with_fixed_noise

    graph = part(7, part(1, node("Sin", ["input"], "output")))
    assert with_fixed_noise(graph) == graph
    for cut in (graph[:-1], b"\x0f", b"\xff"):
        with pytest.raises(ValueError, match="no protobuf"):
            with_fixed_noise(cut)


@speaks
@pytest.mark.parametrize("rate", [120, 150, 200])
def test_a_rate_means_what_it_means_for_the_bundled_voice(own: str, rate: int) -> None:
    """Whatever a voice's own pace is: this one takes 50 ms for a phoneme and 50 after it."""
    lines = [Line(text) for text in SAMPLE]
    bundled = engines.open_requested_voice(Speech(engine="espeak", rate=rate))
    tiny = opened(own, TINY, rate=rate)
    took = [
        sum(clip.length for clip in speak_lines(lines, voice, MemoryCache()).values())
        for voice in (tiny, bundled)
    ]
    assert took[0] / took[1] == pytest.approx(1, abs=0.05)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that carries a voice, as `pip` leaves it."""
    model = write_voice(tmp_path / "nan_voice" / "data", "en_GB-nan-low")
    info = tmp_path / "nan_piper_voice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nan-piper-voice\nVersion: 1.0\n")
    files = [model, model.with_name(model.name + ".json")]
    records = [f"{file.relative_to(tmp_path).as_posix()},,\n" for file in files]
    (info / "RECORD").write_text("".join(records))
    monkeypatch.syspath_prepend(str(tmp_path))
    return model


@speaks
@pytest.mark.parametrize(
    "voice", ["nan", "en_GB-nan-low", "NAN", "piper:nan", "nan+0", "en_gb-nan-low+0"]
)
def test_a_voice_in_a_package_is_found_by_its_name(package: Path, own: str, voice: str) -> None:
    for folder in (own, None):
        found = engines.open_requested_voice(Speech(voice=voice, own=folder))
        assert isinstance(found, piper.Piper)
        assert found.model == package.resolve()


@speaks
def test_a_voice_in_a_package_is_listed_and_ones_own_come_first(
    package: Path, own: str, tmp_path: Path
) -> None:
    assert "en_GB-nan-low" in [voice.name for voice in piper.list_voices(None)]
    assert opened(None, None).label.startswith("piper en_GB-nan-low")
    assert opened(own, None).label.startswith(f"piper {TINY}")
    mine = write_voice(tmp_path / "mine", "en_GB-nan-low")
    assert opened(str(mine.parent), "en_GB-nan-low").model == mine
    assert [voice.name for voice in piper.list_voices(mine.parent)] == ["en_GB-nan-low"]


@speaks
def test_speakers_differ(own: str) -> None:
    by_name, by_number, first = (
        dict(opened(own, CHOIR + speaker).speak(LINES[:1])) for speaker in ("+p2", "+2", "")
    )
    assert by_name == by_number != first


@speaks
@pytest.mark.parametrize(
    "voice", [f"piper:{TINY}", TINY, f"{{}}/{TINY}.onnx", f"{TINY}.onnx", "tiny", "piper:Tiny"]
)
def test_voices_are_found_by_name_and_path_without_naming_the_engine(own: str, voice: str) -> None:
    found = engines.open_requested_voice(Speech(voice=voice.format(own), own=own))
    assert found.label == f"piper {TINY} 150 wpm"


@speaks
def test_without_a_name_the_language_decides(own: str) -> None:
    assert opened(own, None).label.startswith(f"piper {TINY}")
    assert opened(own, None, language="de-AT").label.startswith(f"piper {CHOIR}")
    with pytest.raises(UnknownNameError, match="speaks 'fr'"):
        opened(own, None, language="fr")


@speaks
def test_voices_are_listed(own: str) -> None:
    listed = dict(engines.list_all_voices(Path(own)))["piper"]
    assert [(voice.name, voice.languages) for voice in listed] == [
        (CHOIR, ("de_DE",)),
        (TINY, ("en_US",)),
    ]
    assert "piper" not in dict(engines.list_all_voices(None))


@speaks
def test_clips_are_made_anew_when_a_file_changes(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    before = opened(None, str(path)).fingerprint(LINES[0])
    moved = tmp_path / "elsewhere.onnx"
    for suffix in ("", ".json"):
        shutil.copy(f"{path}{suffix}", f"{moved}{suffix}")
    assert opened(None, str(moved)).fingerprint(LINES[0]) == before
    for changed in (path, Path(f"{path}.json")):
        changed.write_bytes(changed.read_bytes() + b" ")
        before, old = opened(None, str(path)).fingerprint(LINES[0]), before
        assert before != old


# --- it does not ------------------------------------------------------------------------------


@speaks
def test_a_damaged_model_gives_way_to_the_bundled_voice(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    path.write_bytes(path.read_bytes()[:300])
    speech = Speech(voice=str(path))
    told: list[str] = []
    voice, spare = engines.open_requested_voice(speech), engines.open_spare_voice(speech)
    who, clips = speak_or_fall_back(LINES, voice, lambda: spare, MemoryCache(), warn=told.append)
    assert who == spare
    assert clips.keys() == set(LINES)
    assert told[0].startswith("the speech engine piper failed")
    assert told[0].endswith("espeak-ng en-us 150 wpm speaks instead")


@pytest.mark.parametrize("how", ["os.abort()", "raise ImportError('no libstdc++')", "exit()"])
def test_a_library_that_does_not_load_is_told(
    tmp_path: Path, own: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    (tmp_path / "onnxruntime.py").write_text(f"import os\n{how}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(piper, "_piper_version", lambda: "1.0")
    with pytest.raises(VoiceError, match=r"speech engine piper (crashed|failed.*stdc)"):
        speak_lines(LINES, opened(own, TINY), MemoryCache())


def test_without_the_package_there_is_a_hint(own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(VoiceError, match="not installed") as caught:
        opened(own, TINY)
    assert "audioworkout[piper]" in caught.value.hint
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert piper.list_voices(Path(own)) == ()


@pytest.mark.parametrize(
    ("voice", "message", "hint"),
    [
        ("en_US-tny-low", "no Piper voice .*en_US-tny-low.onnx", f"`{TINY}`"),
        ("en_US-tny-low", "no Piper voice .*en_US-tny-low.onnx", "rhasspy/piper-voices"),
        ("x" * 300, "no Piper voice .*xxx", "rhasspy/piper-voices"),
        ("elsewhere/anna.onnx", "no Piper voice elsewhere/anna.onnx", "rhasspy/piper-voices"),
        (f"{TINY}+p1", "no speaker 'p1'", "0 to 0"),
        (f"{CHOIR}+p22", "no speaker 'p22'", "`p2`"),
        (f"{CHOIR}+3", "no speaker '3'", "0 to 2"),
        (f"{CHOIR}+zz", "no speaker 'zz'", "p0, p1, p2"),
        (f"{CHOIR}+", "no speaker ''", "p0, p1, p2"),
    ],
)
def test_unknown_voices_and_speakers_are_told(
    own: str, voice: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        opened(own, voice)
    assert hint in caught.value.hint


def test_without_a_folder_of_ones_own_the_page_is_named() -> None:
    for own in (None, "/nowhere"):
        with pytest.raises(UnknownNameError) as caught:
            opened(own, "anna")
        assert "rhasspy/piper-voices" in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"audio": null}',
        b'{"audio": {"sample_rate": 1}}',
        b'{"audio": {"sample_rate": 3999}}',
        b'{"audio": {"sample_rate": 1000000}}',
        b'{"audio": {"sample_rate": true}}',
        b'{"audio": {"sample_rate": 16000}, "num_speakers": true}',
        b'{"audio": {"sample_rate": "high"}}',
        b'{"audio": {"sample_rate": 16000}, "num_speakers": "x"}',
        b'{"audio": {"sample_rate": 16000}, "language": "en"}',
        b'{"audio": {"sample_rate": 16000}, "espeak": [1]}',
        b'{"audio": {"sample_rate": 16000}, "speaker_id_map": {"p1": "one"}}',
    ],
)
def test_a_damaged_description_is_told_and_hides_no_other_voice(
    tmp_path: Path, content: bytes
) -> None:
    write_voice(tmp_path, CHOIR)
    path = write_voice(tmp_path)
    Path(f"{path}.json").write_bytes(content)
    with pytest.raises(UsageError, match=rf"{TINY}\.onnx\.json does not describe a Piper voice"):
        opened(None, str(path))
    with pytest.raises(UnknownNameError, match="speaks 'en'"):
        opened(str(tmp_path), None)
    assert [voice.name for voice in piper.list_voices(tmp_path)] in ([CHOIR], [])


@pytest.mark.parametrize("content", ["{}", '{"audio": {}}'])
def test_a_rate_that_is_missing_is_named(tmp_path: Path, content: str) -> None:
    path = write_voice(tmp_path)
    Path(f"{path}.json").write_text(content)
    with pytest.raises(UsageError, match="`audio` does not tell a sample_rate"):
        opened(None, str(path))


@speaks
def test_sound_that_cannot_be_speech_is_refused_whoever_gave_it(
    own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = opened(own, TINY)
    sound = "audioworkout.voices.process.read_engine_file"
    monkeypatch.setattr(sound, lambda path: Raw(bytes(200), 1))
    with pytest.raises(VoiceError, match="engine piper gave sound of 1 samples a second"):
        speak_lines(LINES, voice, MemoryCache())
    monkeypatch.setattr(sound, lambda path: Raw(bytes(2 * 4_000 * 30), 4_000))
    with pytest.raises(VoiceError, match="engine piper gave 30 seconds of sound for 'one'"):
        speak_lines(LINES[1:], voice, MemoryCache())


def test_a_model_alone_is_no_voice(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    Path(f"{path}.json").unlink()
    assert piper.list_voices(tmp_path) == ()
    for speech in (
        Speech(voice=str(path)),
        Speech(voice=f"piper:{TINY}", own=str(tmp_path)),
        Speech(voice=TINY, own=str(tmp_path)),
    ):
        with pytest.raises(UsageError, match=r"no en_US-tiny-low\.onnx\.json beside it"):
            engines.open_requested_voice(speech)


def test_what_a_description_says_is_null_is_left_open(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    told = {"num_speakers": None, "language": None, "espeak": None, "speaker_id_map": None}
    Path(f"{path}.json").write_text(json.dumps({"audio": {"sample_rate": 16_000}, **told}))
    assert [voice.languages for voice in piper.list_voices(tmp_path)] in ([("",)], [])
    with pytest.raises(UsageError, match="no speaker '3'"):
        opened(None, f"{path}+3")


@speaks
@pytest.mark.parametrize("voice", ["EN_us-TINY-low", f"piper:{TINY.upper()}"])
def test_names_are_found_whatever_their_case(own: str, voice: str) -> None:
    assert (
        engines.open_requested_voice(Speech(voice=voice, own=own)).label == f"piper {TINY} 150 wpm"
    )


@speaks
@pytest.mark.parametrize("speaker", ["p2", "2"])
def test_a_path_may_name_a_speaker_without_the_engine(own: str, speaker: str) -> None:
    voice = f"{own}/{CHOIR}.onnx+{speaker}"
    assert (
        engines.open_requested_voice(Speech(voice=voice)).label
        == f"piper {CHOIR}+{speaker} 150 wpm"
    )


@pytest.mark.parametrize("voice", [f"{CHOIR}+7", f"{CHOIR}+nobody"])
def test_a_speaker_who_does_not_exist_is_told_without_the_engine(own: str, voice: str) -> None:
    with pytest.raises(UsageError, match=f"{CHOIR} has no speaker"):
        engines.open_requested_voice(Speech(voice=voice, own=own))


@pytest.mark.parametrize("voice", ["en_US-lessac-medium", "en_GB-alba-medium", "de_DE-choir"])
def test_a_name_like_pipers_tells_where_such_voices_come_from(own: str, voice: str) -> None:
    for folder in (own, None):
        with pytest.raises(UnknownNameError, match=rf"no Piper voice .*{voice}\.onnx") as caught:
            engines.open_requested_voice(Speech(voice=voice, own=folder))
        assert "rhasspy/piper-voices" in caught.value.hint


def test_descriptions_may_say_little(tmp_path: Path) -> None:
    path = write_voice(tmp_path)
    Path(f"{path}.json").write_text(json.dumps({"audio": {"sample_rate": 16_000}}))
    assert [voice.languages for voice in piper.list_voices(tmp_path)] in ([("",)], [])
