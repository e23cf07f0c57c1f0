"""The natural voice: the default for English, its spare, and voices that are fetched."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from audioworkout.cli.main import run_program
from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import BuildError, OutputError, UnknownNameError, UsageError, VoiceError
from audioworkout.model.request import Flags, Speech
from audioworkout.model.script import Line
from audioworkout.model.timeline import Spoken
from audioworkout.pipeline import NO_NATURAL, Studio
from audioworkout.reading import Folders, list_exercises
from audioworkout.voices import (
    engines,
    fetching,
    natural,
    natural_driver,
    natural_model,
    vocoder,
)
from audioworkout.voices.clips import preload_voice, speak_lines, speak_or_fall_back
from audioworkout.voices.natural_phonemizer import LexiconEntries, load_phonemizer
from audioworkout.voices.respelling import SOUNDS, respell

if not natural.is_installed() and not os.environ.get("CI"):
    pytest.skip("onnxruntime has no wheel for this computer", allow_module_level=True)

LINES = (Line("Next, wall sit."), Line("one", quick=True), Line("four", quick=True))
HIBARI = Path(importlib.util.find_spec("hibari").origin).parent
HEART = HIBARI / "assets" / "hibari.onnx"


def opened(**speech: str | int | None) -> natural.Natural:
    return natural.open_voice(Speech(**speech), pytest.fail)


def put_voice(own: Path, name: str = "emma", data: bytes = b"no model") -> Path:
    path = natural.place_of(name, own)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


# --- the package -------------------------------------------------------------------------------


def test_what_is_known_of_the_package_is_what_is_installed() -> None:
    from importlib.metadata import version

    assert version("hibari-tts") == natural.HIBARI
    table = json.loads((HIBARI / "assets" / "voices.json").read_text(encoding="utf-8"))
    assert {
        name: (model.file, model.size, model.sha256, model.language)
        for name, model in natural.MODELS.items()
    } == {
        name: (each["file"], each["bytes"], each["sha256"], each["language"])
        for name, each in table.items()
    }
    for name, model in natural.MODELS.items():
        who = "woman" if table[name]["gender"] == "female" else "man"
        assert model.title == f"{table[name]['accent']} {who}"


def test_the_model_that_speaks_is_the_one_that_was_tested() -> None:
    data = HEART.read_bytes()
    assert hashlib.sha256(data).hexdigest() == natural.MODELS[natural.DEFAULT].sha256
    assert len(data) == natural.MODELS[natural.DEFAULT].size


# --- who speaks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speech", "label"),
    [
        (Speech(), "natural heart 150 wpm"),
        (Speech(language="en-GB", rate=120), "natural heart 120 wpm"),
        (Speech(voice="Heart"), "natural heart 150 wpm"),
        (Speech(voice="natural:heart"), "natural heart 150 wpm"),
        (Speech(engine="natural"), "natural heart 150 wpm"),
        (Speech(counts="en-us+m3"), "natural heart 150 wpm, counts espeak-ng en-us+m3 150 wpm"),
        (Speech(voice="en-us"), "espeak-ng en-us 150 wpm"),
        (Speech(engine="espeak"), "espeak-ng en-us 150 wpm"),
        (Speech(language="de"), "espeak-ng de 150 wpm"),
        (Speech(language="es"), "espeak-ng es 150 wpm"),
        (Speech(language="fr"), "espeak-ng fr-fr 150 wpm"),
    ],
)
def test_who_speaks(
    natural_default: None, monkeypatch: pytest.MonkeyPatch, speech: Speech, label: str
) -> None:
    monkeypatch.setattr(engines, "other_default", lambda platform="": engines.BUNDLED)
    assert engines.open_requested_voice(speech).label == label


def test_it_is_listed_first(natural_default: None) -> None:
    listed = dict(engines.list_all_voices())
    assert next(iter(listed)) == "natural"
    assert [voice.name for voice in listed["natural"]] == ["heart"]


@pytest.mark.parametrize(
    ("speech", "error", "message", "hint"),
    [
        ({"voice": "hart"}, UnknownNameError, "no natural voice 'hart'", "`heart`"),
        ({"voice": "emma"}, UsageError, "emma is not on this computer", "voices --get emma"),
        ({"language": "de"}, UsageError, "English only", "--language de"),
        ({"rate": 79}, UsageError, "79 words a minute", "80 to 300"),
        ({"rate": 301}, UsageError, "301 words a minute", "espeak-ng"),
    ],
)
def test_what_it_cannot_is_told(
    speech: dict[str, str | int], error: type[UsageError], message: str, hint: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        opened(**speech)
    assert hint in caught.value.hint


@pytest.fixture
def uninstalled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer for which onnxruntime has no wheel."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "onnxruntime" else found(name)
    )


def studio(notes: list[str], warnings: list[str]) -> Studio:
    nothing = Folders(user=None)
    return Studio(MemoryCache(), nothing, lambda *_: None, warnings.append, notes.append)


def test_where_it_has_no_package_another_speaks_and_one_line_says_so(
    natural_default: None, uninstalled: None
) -> None:
    notes: list[str] = []
    told: list[str] = []
    here = studio(notes, told)
    voice = here.open_voice(here.prepare("hip-dips", Flags()))
    assert not voice.label.startswith("natural")
    assert (notes, told) == ([NO_NATURAL], [])
    for flags in (Flags(engine="ruler"), Flags(voice=("en-us",)), Flags(language="de")):
        here.open_voice(here.prepare("hip-dips", flags))
    assert (notes, told) == ([NO_NATURAL], [])
    assert natural.list_voices() == ()
    with pytest.raises(VoiceError, match="not installed") as caught:
        engines.open_requested_voice(Speech(voice="heart"))
    assert "--engine espeak-ng" in caught.value.hint


# --- how it speaks -----------------------------------------------------------------------------


def test_one_thread_and_four_give_the_same_bytes(tmp_path: Path) -> None:
    model = natural_driver.load_model(**json.loads(opened()._identifier()))
    given: list[Mapping[str, bytes]] = []
    for threads in (1, 4):
        folder = tmp_path / str(threads)
        folder.mkdir()
        driver = natural_driver.NaturalDriver(Silent())
        driver._pool._max_workers = threads
        driver._model = model
        for line in LINES * 2:
            driver.save_to_file(line.text, str(folder / f"{line.text}.wav"))
        driver.endLoop()
        driver.destroy()
        given.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert given[0] == given[1]
    assert len(given[0]) == len(LINES)


def test_a_line_gets_the_same_noise_however_much_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr(natural_driver, "_NOISE_FRAMES", 3)
    natural_driver._draw_noise_blocks.cache_clear()
    short, long, again = (natural_driver.draw_voice_noise(frames) for frames in (2, 7, 2))
    assert long.shape == (7, vocoder.BINS)
    assert np.array_equal(short, long[:2])
    assert np.array_equal(short, again)
    assert np.std(long) == pytest.approx(2**0.5, rel=0.05)
    natural_driver._draw_noise_blocks.cache_clear()


def test_the_vocoder_sounds_as_the_packages_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np
    from hibari import Hibari, dsp

    monkeypatch.setattr(natural_driver, "QUIET_LEVEL", -9)  # every frame is decoded
    ours = natural_driver.load_model(**json.loads(opened()._identifier()))
    theirs = natural_driver.NaturalModel(Hibari(), None)
    for text in ("Six.", "Next, fire hydrants.", "Sip, then sit."):
        ids = ours.package.ids(ours.package.phonemize(text)[0])
        pitch, start, rows = natural_driver.predict_rows(ours, ids, np.full(len(ids), 0.8, "f4"))
        noise = natural_driver.draw_voice_noise(len(pitch))
        theirs_of_line = natural_driver.predict_rows(theirs, ids, np.array([0.8], np.float32))
        assert start == 0
        assert np.array_equal(pitch, theirs_of_line.pitch)
        assert np.array_equal(rows, theirs_of_line.rows)

        class SameNoise:
            def standard_normal(self, size: object, dtype: object) -> np.ndarray:
                return np.ascontiguousarray(noise.T).view(np.float32)  # noqa: B023 - called at once

        columns = np.split(np.ascontiguousarray(rows.T), vocoder.VALUES)
        expected = dsp.synth(*columns, pitch, SameNoise())
        sound = vocoder.synthesize_frames(rows, pitch, noise)
        assert len(sound) == len(expected) == len(pitch) * vocoder.STEP
        assert np.abs(sound - expected).max() < 1e-3 * np.abs(expected).max()


def test_frames_that_nobody_hears_are_not_decoded() -> None:
    import numpy as np

    model = natural_driver.load_model(**json.loads(opened()._identifier()))
    ids = model.package.ids(model.package.phonemize("Next, fire hydrants.")[0])
    pitch, start, rows = natural_driver.predict_rows(model, ids, np.full(len(ids), 0.8, "f4"))
    assert start > 10
    assert len(pitch) - start - len(rows) > 30
    silence = np.full((130, 9), natural_driver.QUIET_LEVEL - 1, np.float32)
    assert natural_driver.find_heard_frames(silence) == (0, 9)
    silence[natural_driver.LEVEL_CHANNEL, 5] = 1
    assert natural_driver.find_heard_frames(silence) == (2, 7)
    silence[natural_driver.LEVEL_CHANNEL] = 1
    assert natural_driver.find_heard_frames(silence) == (0, 9)


def test_pulses_have_their_pitch_and_stop_where_there_is_none() -> None:
    import numpy as np

    pitch = np.array([100.0] * 10 + [0.0] * 4, np.float32)
    pulses = vocoder.make_pulses(pitch)
    [peaks] = np.nonzero(pulses > 0.9 * pulses.max())
    assert np.diff(peaks)[np.diff(peaks) > 1].mean() == pytest.approx(
        vocoder.VOCODER_RATE / 100, abs=2
    )
    assert not pulses[-3 * vocoder.STEP :].any()


def test_a_model_of_another_form_is_not_cut() -> None:
    data = HEART.read_bytes()
    other = data.replace(b'"\x05Split', b'"\x05Spilt')  # the operator's name and its tag
    assert other != data
    whole = natural_model.cut_model(other)
    assert whole.decoder is None
    assert len(whole.predictor) == len(other)
    predictor, decoder = natural_model.cut_model(data)
    assert decoder is not None
    assert len(predictor) < len(decoder) < len(data)
    with pytest.raises(ValueError, match="no protobuf"):
        natural_model.cut_model(data[:1000])


def test_silence_around_a_line_is_short_and_between_sentences_it_stays() -> None:
    import numpy as np
    from hibari import Hibari

    model = natural_driver.load_model(**json.loads(opened()._identifier()))
    text, speed = "Well done. Rest.", 0.8
    mine = natural_driver.synthesize(model, text, speed)
    whole = Hibari()(text, speed=speed, seed=1)

    def quiet(samples: np.ndarray) -> tuple[int, int, int]:
        """Lengths of the silence before, within and after the words (ms)."""
        levels = np.abs(samples[: len(samples) // 24 * 24].reshape(-1, 24)).max(axis=1)
        [loud] = np.nonzero(levels > levels.max() / 100)
        return int(loud[0]), int(np.diff(loud).max()), len(levels) - int(loud[-1])

    before, within, after = quiet(mine)
    before_whole, within_whole, after_whole = quiet(whole)
    assert 25 <= before <= 75
    assert 5 <= after <= 75
    assert min(before_whole, after_whole) > 200
    assert within == pytest.approx(within_whole, abs=100)
    assert len(whole) - len(mine) > 24 * 200


def test_a_phonemizer_that_parses_little_reads_as_the_package_does() -> None:
    from hibari.g2p import G2P

    lines = [
        f"Next, {each.name}. {' '.join(each.cues.form)}"
        for each in list_exercises(Folders(user=None))[0]
    ]
    lines += ['"Read" {it} \\ live; 12 reps, 3:2, 45 s - zzyzx', "ate", "I read, I have read."]
    for british in (False, True):
        ours = load_phonemizer(HIBARI / "assets", british=british)
        theirs = G2P(british=british)
        assert [ours(line) for line in lines] == [theirs(line) for line in lines]


def test_an_entry_of_a_lexicon_is_found_without_reading_the_others() -> None:
    for file in (HIBARI / "assets").glob("lexicon_*.json.gz"):
        text = gzip.decompress(file.read_bytes())
        whole, entries = json.loads(text), LexiconEntries(text)
        names = [*list(whole)[::200], *(name for name in whole if isinstance(whole[name], dict))]
        assert {name: entries.get(name) for name in names} == {name: whole[name] for name in names}
        for missing in ("", "DEFAULT", "NOUN", "'", "zzzz", "~"):
            assert entries.get(missing) is None


class Silent:
    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        pass

    def notify(self, topic: str, **kwargs: object) -> None:
        assert topic == "finished-utterance"


def test_sound_beyond_full_scale_is_made_softer_and_not_clipped() -> None:
    import numpy as np

    loud = np.array([0.5, -2.0, 1.0], np.float32)
    assert natural_driver.int16_of(loud).tolist() == [8192, -32767, 16384]
    assert natural_driver.int16_of(loud / 2).tolist() == [8192, -32767, 16384]
    assert natural_driver.int16_of(loud / 4).tolist() == [4096, -16384, 8192]


def test_a_worker_that_was_prepared_speaks_and_one_without_words_ends() -> None:
    voice = opened()
    with preload_voice(voice, store := MemoryCache()):
        [worker] = voice._worker
        clips = speak_lines(LINES, voice, store)
    assert worker.process.poll() is not None
    assert not voice._worker
    assert clips == speak_lines(LINES, opened(), MemoryCache())
    with preload_voice(voice, store):
        assert not voice._worker, "it spoke before, so that most is kept"
    with preload_voice(voice, MemoryCache()):
        [worker] = voice._worker
    assert worker.process.poll() is not None


# --- what goes wrong ---------------------------------------------------------------------------


def spoken(voice: natural.Natural) -> tuple[str, list[str]]:
    """Who spoke in the end, and what was told."""
    told: list[str] = []
    speech = Speech(engine="natural")
    who, clips = speak_or_fall_back(
        LINES, voice, lambda: engines.open_spare_voice(speech), MemoryCache(), warn=told.append
    )
    assert clips == speak_lines(LINES, who, MemoryCache())
    return who.label, told


@pytest.mark.parametrize("how", ["damaged", "vanished"])
def test_a_model_that_does_not_load_gives_way_to_the_bundled_voice(
    tmp_path: Path, how: str
) -> None:
    path = put_voice(tmp_path)
    voice = opened(voice="emma", own=str(tmp_path))
    if how == "vanished":
        path.unlink()
    who, [told] = spoken(voice)
    assert who == "espeak-ng en-us 150 wpm"
    assert {"damaged": f"the model {path} is damaged", "vanished": "No such file"}[how] in told
    assert told.endswith("espeak-ng en-us 150 wpm speaks instead")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("__version__ = '0.3.0'", "hibari-tts 0.2.1 is needed, and 0.3.0 is installed"),
        ("raise MemoryError('no room for the model')", "no room for the model"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "crashed (-9)"),
    ],
)
def test_another_version_no_memory_and_a_killed_worker_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    if "SIGKILL" in body and not hasattr(signal, "SIGKILL"):
        message = "crashed"
    (tmp_path / "hibari.py").write_text(body)
    monkeypatch.syspath_prepend(str(tmp_path))
    who, [told] = spoken(opened())
    assert who == "espeak-ng en-us 150 wpm"
    assert message in told


def test_a_worker_killed_in_the_middle_is_told() -> None:
    voice = opened()
    voice.prepare()
    [worker] = voice._worker
    speaking = voice.speak([Line(f"line {n}, and some words after it") for n in range(60)])
    next(speaking)
    worker.process.kill()
    with pytest.raises(VoiceError, match="engine natural crashed"):
        list(speaking)


# --- voices that are fetched -------------------------------------------------------------------


@contextmanager
def serving(answers: Mapping[str, bytes], cut: int | None = None) -> Iterator[str]:
    """A server on this computer that has these files; of each it sends so many bytes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = answers.get(self.path.removeprefix("/"))
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write((data or b"")[:cut])

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder of voices, where none is yet; nothing is known of the network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config" / "voices"


def test_a_voice_is_fetched_and_speaks(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of another voice's model, for its own is not in the package."""
    heart, emma = natural.MODELS["heart"], natural.MODELS["emma"]
    model = emma._replace(sha256=heart.sha256, size=heart.size)
    monkeypatch.setattr(natural, "MODELS", {**natural.MODELS, "emma": model})
    with serving({emma.file: HEART.read_bytes()}) as url:
        monkeypatch.setattr(natural, "HUB", url)
        assert run_program(["voices", "--get", "Emma"]) == 0
    out, err = capsys.readouterr()
    assert Path(out.strip()) == natural.place_of("emma", mine)
    assert f"Fetching emma (British woman, 7.9 MB) from {url}" in err
    assert [path.name for path in (mine / "natural").iterdir()] == [emma.file]
    voice = engines.open_requested_voice(Speech(voice="emma", own=str(mine)))
    assert voice.label == "natural emma 150 wpm"
    assert speak_lines(LINES[:1], voice, MemoryCache())[LINES[0]].length > 500
    assert run_program(["voices"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if " emma " in line)
    assert "--get" not in row


@pytest.mark.parametrize(
    ("size", "cut", "message"),
    [
        (9, None, "is not the file that was tested"),
        (8, None, "is not the file that was tested"),
        (10, None, "is not the file that was tested"),
        (9, 3, "cannot be reached: IncompleteRead|is not the file that was tested"),
    ],
)
def test_what_is_not_the_voice_is_not_kept(
    tmp_path: Path, size: int, cut: int | None, message: str
) -> None:
    target = tmp_path / "new" / "a.onnx"
    with serving({"a": b"not right"}, cut) as url, pytest.raises(BuildError, match=message):
        fetching.fetch_file(url + "a", target, size, "00", lambda done, of: None)
    assert list((tmp_path / "new").iterdir()) == []


def test_an_older_file_stays_where_the_new_one_does_not_come(tmp_path: Path) -> None:
    target = tmp_path / "a.onnx"
    target.write_bytes(b"old")
    with serving({}) as url:
        with pytest.raises(BuildError, match="is not there: 404"):
            fetching.fetch_file(url + "a", target, 3, "00")
        right = hashlib.sha256(b"new").hexdigest()
    with pytest.raises(BuildError, match="cannot be reached") as caught:
        fetching.fetch_file(url + "a", target, 3, right)
    assert "network" in caught.value.hint
    assert target.read_bytes() == b"old"
    with serving({"a": b"new"}) as url:
        fetching.fetch_file(url + "a", target, 3, right)
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.onnx"]


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="could not write"):
        fetching.fetch_file("http://127.0.0.1:9/", tmp_path / "file" / "a", 1, "00")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--get", "heart"], 2, "came with the program"),
        (["--get", "nobody"], 2, "There are heart, emma"),
        (["--get", "emma"], 1, "Is there a network?"),
        (["--play", "nobody"], 2, "no voice called 'nobody'"),
    ],
)
def test_what_cannot_be_fetched_or_heard_is_told(
    mine: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.setattr(natural, "HUB", "http://127.0.0.1:9/")
    assert run_program(["voices", *words]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert not (mine / "natural").exists() or not os.listdir(mine / "natural")  # noqa: PTH208


# --- the command -------------------------------------------------------------------------------


def test_a_few_lines_tell_who_can_speak(
    mine: Path, natural_default: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["voices"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) < 20
    assert rows[0].split() == ["natural", "heart", "en-US", "default", "American", "woman"]
    assert sum("voices --get" in row for row in rows) == 4
    assert [row.split()[1] for row in rows if row.startswith("espeak-ng")][:4] == [
        "de",
        "en-us",
        "es",
        "fr-fr",
    ]
    assert run_program(["voices", "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 100


def test_voices_of_a_language(
    mine: Path, natural_default: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["voices", "--language", "fr"]) == 0
    rows = [row.split() for row in capsys.readouterr().out.splitlines()]
    assert {row[1] for row in rows} >= {"fr-fr", "fr-be", "ruler"}
    assert not {row[0] for row in rows} & {"natural"}
    assert [row[1] for row in rows if "default" in row] == ["fr-fr"]


@pytest.mark.parametrize("voice", ["ruler:", "de"])
def test_a_sample_is_written_where_there_is_no_sound(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], voice: str
) -> None:
    import wave

    from audioworkout.playing import speaker

    def nothing() -> None:
        raise BuildError("this computer has no sound device that works")

    monkeypatch.setattr(speaker, "_import_miniaudio", nothing)
    assert run_program(["voices", "--play", voice]) == 0
    out, err = capsys.readouterr()
    assert "no sound device" in err
    with wave.open(out.strip()) as file:
        assert 6 < file.getnframes() / file.getframerate() < 15


def test_a_sample_is_played(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from audioworkout.playing import speaker

    played: list[int] = []

    @contextmanager
    def heard(deck) -> Iterator[None]:
        while not deck.over:
            played.append(len(deck.take(48_000)))
        yield

    monkeypatch.setattr(speaker, "play_aloud", heard)
    assert run_program(["voices", "--play", "ruler:"]) == 0
    assert capsys.readouterr() == ("", "")
    assert sum(played) > 6 * 96_000
    assert not Path("output").exists()


# --- on the beat -------------------------------------------------------------------------------

FAST = """\
title: Fast
exercises:
  - jumping jacks: 30 @0.5-0-0.5-0
  - squat: 20 @0.4-0-0.4-0
"""


def test_thirty_reps_of_a_second_and_twenty_of_eight_tenths_are_counted(tmp_path: Path) -> None:
    (tmp_path / "fast.yaml").write_text(FAST)
    here = studio([], told := [])
    timeline = here.perform(
        here.prepare(str(tmp_path / "fast.yaml"), Flags(engine="natural"))
    ).timeline
    spoken_counts = [
        event for event in timeline.events if isinstance(event, Spoken) and event.role == "count"
    ]
    assert (timeline.problems, told) == ((), [])
    assert [event.number for event in spoken_counts] == [*range(1, 31), 5, 10, 15, 20]
    assert all(event.end_ms - event.start_ms <= 800 for event in spoken_counts[30:])


@pytest.mark.parametrize("rate", [120, 150, 200])
def test_a_rate_means_what_it_means_for_the_bundled_voice(rate: int) -> None:
    """Over many lines within 5 %; of a dozen the mean is less sure."""
    took = []
    for engine in ("natural", "espeak"):
        voice = engines.open_requested_voice(Speech(engine=engine, rate=rate))
        took.append(sum(c.length for c in speak_lines(PACE, voice, MemoryCache()).values()))
    assert took[0] / took[1] == pytest.approx(1, abs=0.1)


PACE = [
    *(Line(word, quick=True) for word in ("one", "five", "eleven", "seventeen", "twenty")),
    *map(
        Line,
        (
            "Next, dumbbell squat.",
            "Eight to ten reps, three sets.",
            "Hands under your shoulders, knees under your hips.",
            "Rest, forty-five seconds.",
            "Keep your back flat, and breathe out as you lift.",
            "You need two dumbbells.",
            "Switch sides. Left leg.",
            "Well done. Walk around and let your breath settle.",
        ),
    ),
]


def test_words_it_would_say_wrong_are_respelt() -> None:
    assert respell("Bodyweight squat, deadlifts") == (
        "[Bodyweight](/bˈɑdiwˌAt/) squat, [deadlifts](/dˈɛdlˌɪfts/)"
    )
    assert respell("12 reps, one-arm row") == "12 reps, one-arm row"
    known = set(json.loads((HIBARI / "assets" / "vocab.json").read_text(encoding="utf-8")))
    assert all(known.issuperset(sound) for sound in SOUNDS.values())
