"""Recordings as a voice: whose file belongs to which line, what is missing, what is refused."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.cli.main import run_program
from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import UnknownNameError, UsageError
from audioworkout.model.request import Flags, Speech
from audioworkout.model.script import Line
from audioworkout.normalizing.normalize import normalize_text
from audioworkout.preparing import list_routines, prepare_routine
from audioworkout.reading import Folders
from audioworkout.units import RATE, SAMPLES_PER_MS
from audioworkout.voices import engines
from audioworkout.voices.clips import clip_names, speak_lines, speak_or_fall_back
from audioworkout.voices.recorded import (
    list_voices,
    recording_file_name,
    recording_mark,
    recording_names,
    scan_folder,
)
from audioworkout.voices.recording_trim import read_recording, trim_noise
from audioworkout.voices.voice import Voice

WORDS = (Line("Breathe out."), Line("Rest 45s"), Line("one", quick=True), Line("one"))


def words(ms: int, rate: int = RATE, level: float = 0.5) -> np.ndarray:
    """A hum that stands for speech."""
    return level * np.sin(np.arange(rate * ms // 1_000) * 2 * np.pi * 300 / rate)


def record(folder: Path, text: str, samples, rate: int = RATE, suffix: str = ".wav") -> Path:
    folder.mkdir(exist_ok=True)
    path = (folder / recording_file_name(normalize_text(text))).with_suffix(suffix)
    opus = {"format": "OGG", "subtype": "OPUS"} if suffix == ".opus" else {}
    soundfile.write(path, samples, rate, **opus)
    return path


@pytest.fixture
def anna(tmp_path: Path) -> Path:
    """A folder with two recordings."""
    folder = tmp_path / "anna"
    record(folder, "Breathe out.", words(700))
    record(folder, "Rest 45s", words(900))
    return folder


def opened(folder: Path | str, **speech: str) -> Voice:
    return engines.open_requested_voice(Speech(voice=str(folder), **speech))


# --- names ------------------------------------------------------------------------------------


def test_a_name_depends_on_the_words_alone() -> None:
    assert recording_file_name("Rest, 45 seconds.") == recording_file_name("rest: 45 seconds!")
    assert recording_file_name("Rest, 45 seconds.") != recording_file_name("Rest, 44 seconds.")
    assert re.fullmatch(r"breathe-out-[0-9a-f]{10}\.wav", recording_file_name("Breathe out."))


@given(
    st.text(min_size=1), st.sampled_from(["", "003 ", "Anna - "]), st.sampled_from(["WAV", "mp3"])
)
def test_the_mark_survives_another_name(text: str, before: str, suffix: str) -> None:
    name = recording_file_name(text)
    assert len(recording_mark(name)) == 10
    assert recording_mark(f"{before}{recording_mark(name).upper()}.{suffix}") == recording_mark(
        name
    )


@pytest.mark.parametrize("name", ["", "one.wav", "-4c09cac11.wav", "4c09cac114", ".4c09cac114"])
def test_other_files_have_no_mark(name: str) -> None:
    assert recording_mark(name) == ""


def test_no_two_lines_of_all_routines_share_a_file() -> None:
    marks: dict[str, set[str]] = {}
    for routine in list_routines(Folders())[0]:
        for text in recording_names(lines_of(routine.key), "en").values():
            spelled = " ".join(re.findall(r"\w+", text.casefold()))
            marks.setdefault(recording_mark(recording_file_name(text)), set()).add(spelled)
    assert len(marks) > 500
    assert all(len(texts) == 1 for texts in marks.values())


def lines_of(name: str) -> tuple[Line, ...]:
    from audioworkout.compiler import compile_routine
    from audioworkout.languages import load_phrases

    return compile_routine(
        prepare_routine(name, Flags(), Folders()).routine, load_phrases("en")
    ).lines_in_order


def test_what_sounds_alike_is_recorded_once_and_in_order() -> None:
    lines = [Line("Two."), Line("one"), Line("one", quick=True), Line("rest 5s"), Line("Rest 5 s")]
    assert list(recording_names(lines, "en").values()) == ["Two.", "one", "rest 5 seconds"]
    assert list(recording_names([Line("5kg")], "de").values()) != ["5kg"]


# --- speaking ---------------------------------------------------------------------------------


def test_recordings_speak_and_the_default_voice_what_is_missing(anna: Path) -> None:
    voice = opened(anna)
    clips = speak_lines(WORDS, voice, MemoryCache())
    assert clips[WORDS[0]].length == pytest.approx(700, abs=12)
    assert clips[WORDS[1]].length == pytest.approx(900, abs=12)
    bundled = speak_lines(WORDS[2:], engines.open_requested_voice(Speech()), MemoryCache())
    assert bundled.items() <= clips.items()
    assert voice.label == f"recorded anna, else {engines.open_requested_voice(Speech()).label}"


def test_one_warning_tells_what_is_missing(anna: Path) -> None:
    told: list[str] = []
    lines = [*WORDS, *(Line(f"{n} more", quick=True) for n in range(2, 9))]
    for _ in range(2):  # of clips that are kept, too
        speak_or_fall_back(
            lines, opened(anna), lambda: None, store := MemoryCache(), warn=told.append
        )
        speak_or_fall_back(lines, opened(anna), lambda: None, store, warn=told.append)
    assert len(set(told)) == 1
    assert len(told) == 4
    assert told[0].startswith(f"8 of 10 lines are not in {anna}, so espeak-ng en-us 150 wpm speaks")
    assert "'one', '2 more', '3 more', ..." in told[0]
    assert f"audioworkout lines ROUTINE --voice {anna}" in told[0]


def test_complete_recordings_need_no_other_voice(
    anna: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = opened(anna)
    monkeypatch.setattr(
        "audioworkout.voices.espeak.Espeak.speak", lambda *_: pytest.fail("spoken by another")
    )
    speak_or_fall_back(WORDS[:2], voice, lambda: None, MemoryCache(), warn=pytest.fail)


def test_only_clips_of_changed_files_are_made_anew(anna: Path) -> None:
    before = clip_names(WORDS, opened(anna))
    record(anna, "Breathe out.", words(500))
    record(anna, "one", words(300))
    after = clip_names(WORDS, opened(anna))
    assert [before[line] == after[line] for line in WORDS] == [False, True, False, False]


def test_the_missing_are_kept_under_the_other_voices_name(anna: Path) -> None:
    alone = clip_names(WORDS, engines.open_requested_voice(Speech()))
    together = clip_names(WORDS, opened(anna))
    assert [alone[line] == together[line] for line in WORDS] == [False, False, True, True]


def test_recordings_for_coaching_another_voice_for_counts(anna: Path) -> None:
    voice = engines.open_requested_voice(Speech(voice=str(anna), counts="ruler:"))
    told: list[str] = []
    speak_or_fall_back(WORDS, voice, lambda: None, MemoryCache(), warn=told.append)
    assert told[0].startswith("1 of 3 lines")


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg", ".mp3", ".opus", ".aiff", ".WAV"])
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    record(tmp_path, "Breathe out.", np.stack([words(700), 0 * words(700)], axis=1), suffix=suffix)
    clip = speak_lines(WORDS[:1], opened(tmp_path), MemoryCache())[WORDS[0]]
    assert clip.length == pytest.approx(700, abs=30)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 96_000])
def test_every_rate_and_level_is_read(tmp_path: Path, rate: int) -> None:
    record(tmp_path, "Breathe out.", words(700, rate, level=0.01), rate)
    clip = speak_lines(WORDS[:1], opened(tmp_path), MemoryCache())[WORDS[0]]
    assert clip.length == pytest.approx(700, abs=12)
    assert max(map(abs, memoryview(clip.pcm).cast("h"))) > 28_000


def test_of_two_files_the_first_format_counts(anna: Path) -> None:
    record(anna, "Breathe out.", words(300), suffix=".mp3")
    clip = speak_lines(WORDS[:1], opened(anna), MemoryCache())[WORDS[0]]
    assert clip.length == pytest.approx(700, abs=12)


def remarks(folder: Path, lines=WORDS) -> list[str]:
    """What is told before the lines are spoken."""
    told: list[str] = []
    speak_or_fall_back(lines, opened(folder), lambda: None, MemoryCache(), warn=told.append)
    return told


@pytest.mark.parametrize("other", ["{}.mp3", "z {}.wav"])
def test_which_of_two_recordings_is_used_is_told(anna: Path, other: str) -> None:
    first = anna / recording_file_name("Breathe out.")
    second = anna / other.format(first.stem)
    soundfile.write(second, words(300), RATE)
    soundfile.write(anna / "nobody-0123456789.wav", words(300), RATE)
    soundfile.write(anna / "nobody-0123456789.mp3", words(300), RATE)
    assert remarks(anna, WORDS[:2]) == [
        f"1 line has several recordings in {anna}: {first.name} is used, not {second.name}"
    ]


def test_what_looks_like_a_recording_and_is_none_is_told_where_lines_are_missing(
    anna: Path,
) -> None:
    def touch(name: str) -> str:
        (anna / name).touch()
        return name

    spaced = touch(f"{Path(recording_file_name('one')).stem} (1).wav")
    webm = touch(f"{Path(recording_file_name('one')).stem}.webm")
    touch(f"{Path(recording_file_name('Breathe out.')).stem}.txt")
    touch(f"{Path(recording_file_name('Breathe out.')).stem} (1).wav")
    assert remarks(anna)[0].endswith(
        f"; not used: {spaced} does not end in a line's ten figures;"
        f" {webm} is no WAV, FLAC, MP3, Ogg, Opus or AIFF"
    )
    for number in range(3):
        touch(f"{number}.wav")
    assert "1.wav does not" in remarks(anna)[0]
    assert remarks(anna)[0].endswith("figures; ...")
    assert remarks(anna, WORDS[:2]) == []


def test_the_command_in_the_warning_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "anna's voice; sleep 9"
    record(folder, "Breathe out.", words(700))
    [told] = remarks(folder)
    command = told.partition("`")[2].partition("`")[0]
    assert shlex.split(command) == ["audioworkout", "lines", "ROUTINE", "--voice", str(folder)]


def test_what_is_no_ordinary_file_is_no_recording(anna: Path, tmp_path: Path) -> None:
    """A pipe would hang the build, and macOS leaves files of this name on foreign disks."""
    good = recording_file_name("one")
    (anna / f"._{good}").write_bytes(b"\0\5\x16\7")
    (anna / Path(good).with_suffix(".flac")).mkdir()
    (anna / Path(good).with_suffix(".ogg")).symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):  # Windows has none
        os.mkfifo(anna / Path(good).with_suffix(".mp3"))
    assert len(scan_folder(anna).recordings) == 2
    record(tmp_path, "one", words(300))
    (anna / good).symlink_to(tmp_path / good)
    assert scan_folder(anna).recordings[recording_mark(good)] == (anna / good,)
    assert scan_folder(anna).others == ()


@pytest.fixture
def locked(anna: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may not be read, whoever runs the tests."""
    iterdir = Path.iterdir

    def guarded(path: Path):
        if path == anna:
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", guarded)
    return anna


def test_a_folder_that_cannot_be_read_is_told(locked: Path) -> None:
    for voice in (str(locked), "anna", "recorded:anna"):
        with pytest.raises(UsageError, match=f"{locked} cannot be read: Permission denied"):
            opened(voice, own=str(locked.parent))


def test_a_folder_that_cannot_be_read_hides_no_other_voice(locked: Path) -> None:
    record(locked.parent / "bert", "one", words(300))
    assert [voice.name for voice in list_voices(locked.parent)] == ["bert"]
    with pytest.raises(UnknownNameError) as caught:
        opened("berd", own=str(locked.parent))
    assert "`bert`" in caught.value.hint
    with pytest.raises(UsageError, match="cannot be read"):
        list_voices(locked)


WARM = """
import sys
from pathlib import Path
from audioworkout.disk_cache import DiskCache
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices.clips import speak_lines
from audioworkout.voices.engines import open_requested_voice
voice = open_requested_voice(Speech(voice=sys.argv[1]))
speak_lines([Line("Breathe out."), Line("one")], voice, DiskCache(Path(sys.argv[2])))
print(sorted({"numpy", "soundfile", "pyttsx3"} & sys.modules.keys()))
"""


def test_what_is_kept_is_not_read_again(anna: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WARM, str(anna), str(tmp_path / "cache")]
    loaded = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in "12"
    ]
    assert [each.strip() for each in loaded] == ["['numpy', 'soundfile']", "[]"]


# --- the room ---------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", [0.0, 0.001, 0.02])
def test_the_sound_of_the_room_is_no_speech(tmp_path: Path, noise: float) -> None:
    """A beat must not wait for the hiss before a word."""
    quiet = np.zeros(800 * SAMPLES_PER_MS)
    samples = (
        np.concatenate([quiet, words(600), quiet]) + 0.02
    )  # and an offset, as cheap cards have
    samples += np.random.default_rng(1).normal(scale=noise, size=len(samples))
    record(tmp_path, "Breathe out.", samples)
    clip = speak_lines(WORDS[:1], opened(tmp_path), MemoryCache())[WORDS[0]]
    assert 590 < clip.length < 760


@pytest.mark.parametrize("room", [-70.0, -60.0, -52.0])
def test_a_breath_before_a_word_is_its_beginning(room: float) -> None:
    """As of "three": 80 ms of hiss, 34 dB below the vowel; the noise as a whole hides it."""
    chance = np.random.default_rng(2)
    hiss = np.diff(chance.normal(size=80 * SAMPLES_PER_MS + 1), 2, prepend=0)
    said = np.concatenate([hiss / np.abs(hiss).max() * 10 ** (-34 / 20) * 2, words(300)])
    quiet = np.zeros(500 * SAMPLES_PER_MS)
    samples = np.concatenate([quiet, said, quiet])
    samples += chance.normal(scale=10 ** (room / 20), size=len(samples))
    found = trim_noise(samples, RATE)
    begins = np.flatnonzero(samples == found[len(found) // 2])[0] - len(found) // 2
    assert begins / SAMPLES_PER_MS == pytest.approx(500, abs=10)
    assert len(found) / SAMPLES_PER_MS == pytest.approx(380 + 20, abs=20)
    assert found[0] == found[-1] == 0


def test_speech_without_a_pause_is_left_whole() -> None:
    samples = words(400)
    assert trim_noise(samples, RATE) is samples
    assert len(trim_noise(samples[:100], RATE)) == 100
    assert len(trim_noise(samples[:0], RATE)) == 0


def noise(ms: int, peak: float, kind: float = 0, rate: int = RATE) -> np.ndarray:
    """A room with a peak (dBFS); kind 0 is white, 0.5 pink, 1 brown from 20 Hz on."""
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(size=rate * ms // 1_000))
    hertz = np.fft.rfftfreq(rate * ms // 1_000, 1 / rate)
    samples = np.fft.irfft(spectrum * np.maximum(hertz, 20) ** -kind, rate * ms // 1_000)
    return samples / np.abs(samples).max() * 10 ** (peak / 20)


@pytest.mark.parametrize("rate", [8_000, RATE])
@pytest.mark.parametrize("kind", [0, 0.5, 1])
@pytest.mark.parametrize("peak", [-57, -47])
def test_a_room_in_which_nobody_speaks_is_refused(
    tmp_path: Path, peak: float, kind: float, rate: int
) -> None:
    for ms in (300, 2_000, 8_000):
        path = record(tmp_path, "a", noise(ms, peak, kind, rate), rate)
        with pytest.raises(UsageError, match="holds nothing but the sound of the room"):
            read_recording(path)


@pytest.mark.parametrize("room", [-80, -58])
def test_quiet_speech_is_none(tmp_path: Path, room: float) -> None:
    """As from across the room: a syllable that fades."""
    said = words(400, level=10 ** (-46 / 20)) * np.linspace(1, 0, 400 * SAMPLES_PER_MS)
    quiet = np.zeros(500 * SAMPLES_PER_MS)
    samples = np.concatenate([quiet, said, quiet])
    path = tmp_path / "a.wav"
    soundfile.write(path, samples + noise(1_400, room), RATE, subtype="PCM_24")
    assert 300 < len(read_recording(path).pcm) // 2 / SAMPLES_PER_MS < 460
    soundfile.write(path, said, RATE, subtype="PCM_24")
    assert read_recording(path).pcm


@pytest.mark.parametrize(
    "channels", [(1, -1), (1, -0.9), (-1, 1, 0, 0), (1, 0), (0, 0, 0, 0, 0.5, 0)]
)
def test_channels_that_cancel_each_other_are_no_silence(
    tmp_path: Path, channels: tuple[float, ...]
) -> None:
    said = words(700)[:, None] * channels + 0.02 * np.arange(len(channels))
    raw = read_recording(record(tmp_path, "a", said))
    samples = np.frombuffer(raw.pcm, np.int16) / 32_767
    np.testing.assert_allclose(np.abs(samples), np.abs(words(700)) * 2, rtol=0, atol=1e-3)


# --- what is refused --------------------------------------------------------------------------


def test_silent_damaged_and_endless_files_are_refused_by_name(tmp_path: Path) -> None:
    cases = {
        "is silent": record(tmp_path, "a", np.zeros(9_000)),
        "is longer than a minute": record(tmp_path, "b", words(61_000, 8_000), 8_000),
        "is no sound that can be read": record(tmp_path, "c", words(50)),
    }
    cases["is no sound that can be read"].write_bytes(b"RIFF and no more")
    for message, path in cases.items():
        with pytest.raises(UsageError, match=f"{re.escape(str(path))} {message}"):
            read_recording(path)
    with pytest.raises(UsageError, match="is silent"):
        speak_lines([Line("a")], opened(tmp_path), MemoryCache())


def cut(path: Path, share: float) -> Path:
    """Leave only the beginning of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


@pytest.mark.parametrize("before", [b"", b"ID3\4\0\0\0\0\1\0" + bytes(128)])
@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".mp3"])
def test_what_is_cut_off_is_refused_by_name(
    tmp_path: Path, suffix: str, share: float, before: bytes
) -> None:
    path = record(tmp_path, "a", words(2_000), suffix=suffix)
    if suffix == ".mp3":
        path.write_bytes(before + path.read_bytes())
    assert read_recording(path).pcm
    cut(path, share)
    with pytest.raises(UsageError, match=rf"{re.escape(str(path))} is cut off: of 2\.0 s it has"):
        read_recording(path)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_flac_that_is_cut_off_cannot_be_read(tmp_path: Path, share: float) -> None:
    path = cut(record(tmp_path, "a", words(2_000), suffix=".flac"), share)
    with pytest.raises(UsageError, match=f"{re.escape(str(path))} is no sound that can be read"):
        read_recording(path)


READ = """
import sys, threading
from pathlib import Path
from audioworkout.errors import UsageError
from audioworkout.voices.recording_trim import read_recording
done = threading.Event()
if sys.argv[2] == "talking":
    threading.Thread(target=done.wait).start()
try:
    read_recording(Path(sys.argv[1]))
except UsageError as error:
    print(error, file=sys.stderr)
done.set()
"""


@pytest.mark.parametrize("other", ["nobody", "talking"])
def test_what_a_decoder_writes_to_standard_error_is_not_heard(tmp_path: Path, other: str) -> None:
    """Unless other threads might be speaking: nothing of theirs may be lost."""
    path = cut(record(tmp_path, "a", words(2_000), suffix=".mp3"), 0.5)
    command = [sys.executable, "-c", READ, str(path), other]
    err = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    *noises, told = err.splitlines()
    assert told.startswith(f"{path} is cut off")
    assert other == "talking" or not noises


def test_a_closed_standard_error_stops_nobody(tmp_path: Path) -> None:
    path = record(tmp_path, "a", words(300))
    code = f"import os; os.close(2)\n{READ}\nprint('read')"
    command = [sys.executable, "-c", code, str(path), "nobody"]
    assert subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout == b"read\n"


def test_a_length_that_nobody_knew_is_no_promise(tmp_path: Path) -> None:
    """As in what ffmpeg writes into a pipe, and an MP3 whose first frame counts no others."""
    wav = record(tmp_path, "a", words(700))
    data = bytearray(wav.read_bytes())
    data[4:8] = data[40:44] = b"\xff" * 4
    wav.write_bytes(data + b"Xing")
    mp3 = record(tmp_path, "b", words(700), suffix=".mp3")
    mp3.write_bytes(mp3.read_bytes().replace(b"Xing", b"Info").replace(b"Info", bytes(4)))
    cut(mp3, 0.5)
    assert read_recording(wav).pcm
    assert read_recording(mp3).pcm


@pytest.mark.parametrize("rate", [1, 100, 199, 3_999])
def test_a_rate_too_low_for_speech_is_refused_by_name(tmp_path: Path, rate: int) -> None:
    path = record(tmp_path, "a", np.ones(2 * rate) / 2, rate)
    with pytest.raises(UsageError, match=f"{re.escape(str(path))} has {rate} samples a second"):
        read_recording(path)


def test_an_empty_file_is_silent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is silent"):
        read_recording(record(tmp_path, "a", np.zeros(0)))


def test_what_phones_record_is_refused_and_not_overlooked(anna: Path) -> None:
    path = record(anna, "one", words(300))
    path.rename(path.with_suffix(".m4a"))
    path.with_suffix(".m4a").write_bytes(b"\0\0\0 ftypM4A ")
    with pytest.raises(UsageError, match=r"\.m4a is no sound that can be read") as caught:
        speak_lines(WORDS, opened(anna), MemoryCache())
    assert "MP3" in caught.value.hint


@pytest.mark.parametrize("voice", [None, "nowhere/at/all", "nowhere"])
def test_without_a_folder_there_is_a_hint(voice: str | None) -> None:
    with pytest.raises(UnknownNameError, match="no folder") as caught:
        engines.open_requested_voice(Speech(engine="recorded", voice=voice))
    assert "audioworkout lines" in caught.value.hint


def test_a_folder_without_recordings_is_told(tmp_path: Path) -> None:
    (tmp_path / "holiday.wav").write_bytes(b"")
    (tmp_path / "notes-4c09cac114.txt").write_bytes(b"")
    with pytest.raises(UsageError, match="holds no recording") as caught:
        speak_or_fall_back(WORDS, opened(tmp_path), lambda: None, MemoryCache())
    assert str(caught.value).endswith(
        ": not used: holiday.wav does not end in a line's ten figures"
    )


def test_folders_of_ones_own_are_found_by_name_and_listed(anna: Path) -> None:
    (anna.parent / "empty").mkdir()
    own = str(anna.parent)
    assert opened("anna", own=own).label.startswith("recorded anna")
    assert opened("recorded:anna", own=own) == opened("anna", own=own) == opened("ANNA", own=own)
    assert [(voice.name, voice.title) for voice in list_voices(anna.parent)] == [
        ("anna", "2 recordings")
    ]
    assert list_voices(None) == list_voices(anna.parent / "nowhere") == ()


# --- the command ------------------------------------------------------------------------------

ROUTINE = "title: T\nexercises: [plank: 20s]\n"


@pytest.fixture
def routine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"AUDIOWORKOUT_{name}", str(tmp_path / name))
    path = tmp_path / "t.yaml"
    path.write_text(ROUTINE)
    return str(path)


def test_every_line_is_printed_numbered_with_its_file(
    routine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["lines", routine]) == 0
    out = capsys.readouterr().out.splitlines()
    rows = [re.fullmatch(r" *(\d+)  (\S+\.wav)  +(.+)", line) for line in out]
    assert all(rows)
    assert [int(row[1]) for row in rows if row] == list(range(1, len(out) + 1))
    assert all(row[2] == recording_file_name(row[3]) for row in rows if row)
    assert len({row[2] for row in rows if row}) == len(out) > 10
    assert rows[0] is not None
    assert rows[0][3] == "T."


def test_what_is_there_is_marked(
    routine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bert"
    folder.mkdir()
    assert run_program(["lines", routine, "--voice", str(folder)]) == 0
    total = len(capsys.readouterr().out.splitlines())
    record(folder, "T.", words(300))
    assert run_program(["lines", routine, "--voice", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert re.match(r" *1  recorded  t-[0-9a-f]{10}\.wav +T\.$", out.splitlines()[0])
    assert out.count("recorded") == 1
    assert f"1 of {total} lines are in {folder}" in err
    assert scan_folder(folder).recordings.keys() == {recording_mark(recording_file_name("T."))}


def test_counts_with_a_voice_of_their_own_are_left_out(
    routine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = []
    for words_ in ([], ["--voice", "counts=en-us+m3"]):
        assert run_program(["lines", routine, *words_]) == 0
        listed.append({line.split(maxsplit=2)[2] for line in capsys.readouterr().out.splitlines()})
    assert listed[0] - listed[1] == {"three", "two", "one"}


def listed(words_: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, bool]:
    """What `lines` prints: whether each text is marked."""
    assert run_program(["lines", *words_]) == 0
    rows = [re.split(r"  +", line.strip()) for line in capsys.readouterr().out.splitlines()]
    return {row[-1]: "recorded" in row[1:-2] for row in rows}


@pytest.mark.parametrize("form", ["{}", "recorded:{}", "coach={}", "counts={}"])
def test_a_folder_is_found_as_a_build_finds_it(
    routine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    for text in ("T.", "two"):
        record(tmp_path / "bert", text, words(300))
    everything = listed([routine], capsys)
    voice = form.format(tmp_path / "bert")
    marked = listed([routine, "--voice", voice], capsys)
    counts = {"three", "two", "one"}
    wanted = counts if form == "counts={}" else everything.keys()
    assert marked == {text: text in ("T.", "two") for text in everything if text in wanted}


def test_coach_and_counts_are_looked_for_in_a_folder_each(
    routine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything = listed([routine], capsys)
    for name, text in (("anna", "T."), ("bert", "two")):
        record(tmp_path / name, text, words(300))
    anna, bert = tmp_path / "anna", tmp_path / "bert"
    command = ["lines", routine, "--voice", str(anna), "--voice", f"counts={bert}"]
    assert run_program(command) == 0
    out, err = capsys.readouterr()
    found = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert {row[-1]: row[-3] for row in found} == {
        text: "bert" if text in ("three", "two", "one") else "anna" for text in everything
    }
    assert [row[-1] for row in found if row[1] == "recorded"] == ["T.", "two"]
    assert [row[0] for row in found] == [str(n) for n in range(1, len(found) + 1)]
    assert f"1 of 3 lines are in {bert}" in err
    both = ["--voice", str(anna), "--voice", f"counts=recorded:{anna}"]
    assert listed([routine, *both], capsys).keys() == everything.keys()
    english = ["--voice", "en-us", "--voice", f"counts={bert}"]
    assert listed([routine, *english], capsys) == {"three": False, "two": True, "one": False}


@pytest.mark.parametrize(
    "words_",
    [
        ["--voice", "nosuch/folder"],
        ["--voice", "nosuchvoice"],
        ["--voice", "recorded:nosuch"],
        ["--voice", "counts=nosuchvoice"],
        ["--engine", "nosuch"],
        ["--engine", "recorded"],
    ],
)
def test_an_unknown_voice_is_what_it_is_in_a_build(
    routine: str, capsys: pytest.CaptureFixture[str], words_: list[str]
) -> None:
    told = []
    for command in ("lines", "script"):
        assert run_program([command, routine, *words_]) == 2
        told.append(capsys.readouterr())
    assert told[0] == told[1]
    assert told[0].out == ""


def test_without_a_voice_nobody_has_to_speak(routine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engines, "open_requested_voice", lambda *_: pytest.fail("asked for a voice")
    )
    assert run_program(["lines", routine]) == 0


def test_lines_tells_which_files_are_used_and_which_are_not(
    routine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bert"
    wav, mp3 = (record(folder, "T.", words(300), suffix=suffix) for suffix in (".wav", ".mp3"))
    (folder / "two (1).wav").touch()
    assert run_program(["lines", routine, "--voice", str(folder)]) == 0
    err = capsys.readouterr().err
    assert f"{wav.name} is used, not {mp3.name}" in err
    assert f"in {folder}, not used: two (1).wav does not end in a line's ten figures" in err
