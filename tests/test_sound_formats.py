"""Other kinds of file: the same timeline, decoded by other people's code."""

import errno
import io
import os
import re
import struct
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

from audioworkout.audio_io import ffmpeg
from audioworkout.audio_io.sound_files import write_audio
from audioworkout.cli.report import StageTimer, report_lines
from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.loudness import integrated_loudness
from audioworkout.encoding.sound_formats import (
    SOUND_FORMATS,
    check_format,
    is_mp3_name,
    measure_file,
    write_sound,
)
from audioworkout.errors import BuildError, OutputError, UsageError
from audioworkout.mixing.islands import plan_islands
from audioworkout.mixing.levels import level_clips
from audioworkout.mixing.render import render_blocks
from audioworkout.model.request import Sound
from audioworkout.publish import sidecar_path
from audioworkout.tagging import ogg_pages
from audioworkout.units import RATE, SAMPLES_PER_MS
from audioworkout.views import cue
from mixes import CLIPS, mix_of, workout
from programs import run_audioworkout
from songs import music_for, noise

SCORE = workout(40)
TEXTS = {"title": "Legs – día", "artist": "audioworkout", "comment": "Stop if it hurts."}
SAMPLES = SCORE.duration_ms * SAMPLES_PER_MS
LIBRARY = [ending for ending, kind in SOUND_FORMATS.items() if kind]


def write(target, sound=None, music=None):
    told = []
    mix = mix_of(SCORE, sound=sound, music=music, lossy=False)
    result = write_sound(target, mix, TEXTS, lambda *each: told.append(each))
    assert result.size == target.stat().st_size
    assert told[-1] == (-(-SAMPLES // RATE), -(-SAMPLES // RATE))
    return result


def music():
    return music_for(SCORE, Sound(), noise(20))


def reference():
    levels = level_clips(SCORE, CLIPS, Sound(), 1.0, MemoryCache())
    return np.concatenate(list(render_blocks(plan_islands(SCORE, levels.clips))))


@pytest.mark.parametrize("ending", LIBRARY)
def test_length_and_every_onset_are_those_of_the_timeline(tmp_path, ending):
    file = tmp_path / f"a{ending}"
    write(file)
    heard, rate = soundfile.read(file)
    assert rate == RATE
    assert heard.shape == (SAMPLES,)
    voice = reference()
    for event in SCORE.events:
        first = event.start_ms * SAMPLES_PER_MS
        there = voice[first : first + 4_800]
        match = [there @ heard[first + shift : first + shift + 4_800] for shift in range(-3, 4)]
        assert int(np.argmax(match)) == 3, event


@pytest.mark.parametrize("ending", LIBRARY)
def test_loudness_and_peaks_with_music(tmp_path, ending):
    file = tmp_path / f"a{ending}"
    result = write(file, music=music())
    reading = measure_file(file)
    assert reading.samples == SAMPLES
    assert reading.loudness == pytest.approx(-16.0, abs=0.5)
    assert reading.loudness == pytest.approx(result.loudness, abs=0.3)
    assert reading.true_peak <= -1.0
    assert soundfile.info(file).channels == 2


@pytest.mark.parametrize("ending", [".wav", ".flac"])
def test_what_loses_nothing_is_the_mix_itself(tmp_path, ending):
    write(tmp_path / f"a{ending}")
    heard, _ = soundfile.read(tmp_path / f"a{ending}")
    assert np.abs(heard - reference()).max() < 1.01 / 32_768


@pytest.mark.parametrize("ending", LIBRARY)
def test_the_same_bytes_twice(tmp_path, ending):
    for name in ("a", "b"):
        write(tmp_path / f"{name}{ending}")
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_every_page_of_an_ogg_keeps_its_checksum(tmp_path):
    """libsndfile's own checksums are right before, and ours are the same function of the page."""
    soundfile.write(tmp_path / "a.ogg", noise(3), RATE)
    before = (tmp_path / "a.ogg").read_bytes()
    serial = struct.unpack_from("<I", before, 14)[0]
    file = io.BytesIO(before)
    ogg_pages.set_serial(file)
    after = file.getvalue()
    assert struct.unpack_from("<I", after, 14)[0] == ogg_pages.SERIAL
    pages = [at for at in range(len(before)) if before.startswith(b"OggS", at)]
    assert len(pages) > 3
    for start, stop in pairwise([*pages, len(before)]):
        page = bytearray(before[start:stop])
        page[22:26] = bytes(4)
        assert ogg_pages.ogg_checksum(page) == struct.unpack_from("<I", before, start + 22)[0]
        page[14:18] = ogg_pages.SERIAL.to_bytes(4, "little")
        assert ogg_pages.ogg_checksum(page) == struct.unpack_from("<I", after, start + 22)[0]
    assert serial != ogg_pages.SERIAL


@pytest.mark.parametrize("data", [b"ID3", b"x" * 40])
def test_what_is_no_ogg_is_not_settled(data):
    with pytest.raises(ValueError, match="no page"):
        ogg_pages.set_serial(io.BytesIO(data))


def test_a_wav_is_one_any_program_reads(tmp_path):
    write(tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getparams()[:4] == (1, 2, RATE, SAMPLES)


@pytest.mark.parametrize("ending", [".wav", ".flac", ".ogg", ".opus"])
def test_it_says_what_it_is(tmp_path, ending):
    write(tmp_path / f"a{ending}")
    with soundfile.SoundFile(tmp_path / f"a{ending}") as file:
        assert (file.title, file.artist) == (TEXTS["title"], "audioworkout")
        assert file.comment == TEXTS["comment"]


needs_ffmpeg = pytest.mark.skipif(
    ffmpeg.find_ffmpeg() is None and not os.environ.get("CI"), reason="ffmpeg is not installed"
)


@needs_ffmpeg
def test_m4a_by_ffmpeg(tmp_path):
    file = tmp_path / "a.m4a"
    write(file)
    raw = b"".join(ffmpeg.decode_file(ffmpeg.find_ffmpeg(), file, 1))
    heard = np.frombuffer(raw, "<f4")
    assert len(heard) == pytest.approx(SAMPLES, abs=2 * 1_024)
    voice = reference()
    for event in SCORE.events[:10]:
        first = event.start_ms * SAMPLES_PER_MS
        there = voice[first : first + 4_800]
        match = [there @ heard[first + shift : first + shift + 4_800] for shift in range(-3, 4)]
        assert int(np.argmax(match)) == 3, event


@needs_ffmpeg
@pytest.mark.parametrize(
    ("given", "with_music", "kbps"), [(None, False, 96), (None, True, 160), (128, False, 128)]
)
def test_the_bit_rate_of_an_m4a_is_that_of_an_mp3(tmp_path, monkeypatch, given, with_music, kbps):
    asked = []

    def note(program, pcm, channels, target, words):
        asked.append(words[words.index("-b:a") + 1])
        ffmpeg_encode(program, pcm, channels, target, words)

    ffmpeg_encode = ffmpeg.encode_file
    monkeypatch.setattr(ffmpeg, "encode_file", note)
    write(tmp_path / "a.m4a", Sound(bitrate=given), music() if with_music else None)
    assert asked == [f"{kbps}k"]


@needs_ffmpeg
@pytest.mark.parametrize("with_music", [False, True])
def test_an_m4a_is_measured(tmp_path, with_music):
    result = write(tmp_path / "a.m4a", music=music() if with_music else None)
    reading = measure_file(result.path, 2 if with_music else 1)
    assert reading.loudness == pytest.approx(result.loudness, abs=0.3)
    assert reading.true_peak <= -1.0 + 1.0  # AAC at 96 kbit/s goes a little beyond
    assert "loudness as decoded" in report_lines(result, StageTimer())


@needs_ffmpeg
def test_an_m4a_is_the_same_bytes_twice_and_says_what_it_is(tmp_path):
    for name in ("a.m4a", "b.m4a"):
        write(tmp_path / name, music=music())
    assert (tmp_path / "a.m4a").read_bytes() == (tmp_path / "b.m4a").read_bytes()
    from mutagen.mp4 import MP4

    tags = MP4(tmp_path / "a.m4a")
    assert tags["\xa9nam"] == [TEXTS["title"]]
    assert tags.info.channels == 2
    assert tags.info.sample_rate == RATE


@needs_ffmpeg
def test_when_ffmpeg_fails_nothing_is_left_behind(tmp_path, monkeypatch):
    def refuse(program, pcm, channels, target, words):
        ffmpeg_encode(program, pcm, channels, target, ("-c:a", "nothing", "-f", "ipod"))

    ffmpeg_encode = ffmpeg.encode_file
    monkeypatch.setattr(ffmpeg, "encode_file", refuse)
    (tmp_path / "a.m4a").write_bytes(b"older")
    with pytest.raises(BuildError, match=r"ffmpeg could not write the M4A: .*nothing"):
        write(tmp_path / "a.m4a")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.m4a", b"older")]


def test_without_ffmpeg_an_m4a_is_refused_before_the_work(monkeypatch):
    monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: None)
    with pytest.raises(BuildError, match="not installed") as caught:
        check_format(Path("a.m4a"))
    assert "wav, flac, ogg, opus" in caught.value.hint


@pytest.mark.parametrize("name", ["a.wma", "a.AAC", "a.aiff"])
def test_a_kind_that_is_not_written_is_refused(name):
    with pytest.raises(UsageError, match="files are written") as caught:
        check_format(Path(name))
    assert "mp3, wav, flac, ogg, opus, m4a" in caught.value.hint


@pytest.mark.parametrize("name", ["a", "a.mp3", "a.MP3", "legs.2", "a.b.c"])
def test_any_other_name_is_an_mp3(name):
    check_format(Path(name))
    assert is_mp3_name(Path(name))


def test_ctrl_c_leaves_the_older_file(tmp_path):
    def interrupt(*told):
        raise KeyboardInterrupt

    (tmp_path / "a.flac").write_bytes(b"older")
    with pytest.raises(KeyboardInterrupt):
        write_sound(tmp_path / "a.flac", mix_of(SCORE, lossy=False), TEXTS, interrupt)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.flac", b"older")]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(OutputError, match="there is no folder"):
        write(tmp_path / "nowhere" / "a.wav")


KINDS = [*LIBRARY, pytest.param(".m4a", marks=needs_ffmpeg)]


@pytest.mark.skipif(os.name != "posix", reason="limits are those of POSIX")
@pytest.mark.parametrize("ending", KINDS)
def test_a_file_that_cannot_grow_is_told_by_its_name(tmp_path, ending):
    """The limit of a file's size stands for a full disk: nobody need mount one."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OutputError) as caught:
            write(tmp_path / f"a{ending}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert str(caught.value) == f"could not write {tmp_path / 'a'}{ending}: File too large"
    assert "-o" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("ending", LIBRARY)
def test_a_full_disk_is_told(ending):
    with pytest.raises(OSError, match="No space left on device") as caught:
        write_audio(Path("/dev/full"), [noise(3)], 2, SOUND_FORMATS[ending], {})
    assert caught.value.errno == errno.ENOSPC


def test_what_nobody_can_explain_is_still_told(tmp_path, monkeypatch):
    def fail(*_):
        raise soundfile.LibsndfileError(2)

    monkeypatch.setattr(soundfile.SoundFile, "write", fail)
    with pytest.raises(OutputError, match="could not be written: System error") as caught:
        write(tmp_path / "a.wav")
    assert ".part" not in str(caught.value)
    assert "disk may be full" in caught.value.hint


def test_files_beside_leave_out_the_ending():
    assert sidecar_path(Path("out/a.flac"), "lrc") == Path("out/a.lrc")
    assert sidecar_path(Path("out/a.2"), "lrc") == Path("out/a.2.lrc")


def test_a_cue_sheet_names_the_kind_of_file():
    score = SCORE._replace(chapters=())
    assert 'FILE "a.flac" WAVE' in cue.render(score, "a.flac")
    assert 'FILE "a.mp3" MP3' in cue.render(score, "a.mp3")


# --- from the command line

ROUTINE = """\
title: Short
coaching: brief
exercises:
  - plank: 20s
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "short.yaml").write_text(ROUTINE)
    soundfile.write(home / "song.flac", noise(5, 44_100), 44_100)
    return home


def test_a_build_with_music_tells_what_came_of_it(folder):
    done = run_audioworkout(
        "build", "short.yaml", "--music", "song.flac", "-v", "--json", folder=folder
    )
    assert (done.returncode, done.stdout) == (0, "output/short.mp3\n"), done.stderr
    for wanted in ("MB", "as decoded", "dBTP", "gain of words", "music raised", "in all:"):
        assert wanted in done.stderr
    heard, _ = soundfile.read(folder / "output" / "short.mp3")
    assert heard.shape[1] == 2
    told = run_audioworkout("script", "short.yaml", "--format", "json", folder=folder)
    assert (folder / "output" / "short.json").read_text() == told.stdout, "the same timeline"


def test_a_build_without_music_tells_of_islands(folder):
    done = run_audioworkout("build", "short.yaml", "-v", "-o", "voice.flac", folder=folder)
    assert done.returncode == 0, done.stderr
    heard, _ = soundfile.read(folder / "voice.flac")
    assert integrated_loudness(heard) == pytest.approx(-19, abs=0.5)
    done = run_audioworkout("build", "short.yaml", "-v", folder=folder)
    assert "islands: " in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--music", "nowhere.mp3"), "there is no music at nowhere.mp3"),
        (("--music", ""), "no piece of music is named"),
        (("--music", "short.yaml"), "short.yaml is no sound that can be read"),
        (("--music", "song.flac", "--music-rest", "5"), "--music-rest"),
        (("--music", "song.flac", "--music-crossfade", "2 min"), "--music-crossfade"),
        (("-o", "x.wma"), "no wma files are written"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(folder, words, message):
    done = run_audioworkout("build", "short.yaml", *words, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("music", ['""', '"  "'])
def test_music_without_a_name_is_refused_where_it_is_written(folder, music):
    """It would be the routine's own folder, and whatever sound lies there."""
    (folder / "mute.yaml").write_text(f"title: S\nmusic: {music}\nexercises: [plank: 10s]\n")
    done = run_audioworkout("check", "mute.yaml", folder=folder)
    assert done.returncode == 2
    assert "mute.yaml:2:8: error: no piece of music is named" in done.stderr + done.stdout


def test_music_may_lie_at_home(folder, monkeypatch):
    (folder / "home.yaml").write_text("title: S\nmusic: ~/none.wav\nexercises: [plank: 10s]\n")
    done = run_audioworkout("script", "home.yaml", folder=folder)
    assert f"there is no music at {os.path.expanduser('~')}" in done.stderr  # noqa: PTH111


def test_music_is_not_replaced_by_the_workout_it_plays_in(folder):
    song = (folder / "song.flac").read_bytes()
    done = run_audioworkout(
        "build", "short.yaml", "--music", ".", "-o", "./song.flac", folder=folder
    )
    assert done.returncode == 2
    assert "song.flac is the music itself, and would be replaced" in done.stderr
    assert (folder / "song.flac").read_bytes() == song


def test_a_shuffle_without_a_seed_tells_the_one_it_took(folder):
    done = run_audioworkout(
        "script", "short.yaml", "--music", "song.flac", "--music-shuffle", folder=folder
    )
    assert "--seed" in done.stderr


def test_a_build_tells_the_seed_it_took_and_the_music_without_its_folder(folder):
    words = ("--music", str(folder / "song.flac"), "--music-shuffle", "-o", "told.mp3")
    done = run_audioworkout("build", "short.yaml", *words, folder=folder)
    seed = re.search(r"--seed \d+", done.stderr)[0]
    said = ID3(folder / "told.mp3").getall("COMM")[0].text[0]
    assert f"short {seed} --music song.flac --music-shuffle (" in said
    assert str(folder) not in said


def test_a_shuffle_of_no_music_is_a_warning(folder):
    done = run_audioworkout("script", "short.yaml", "--music-shuffle", "--duck", "9", folder=folder)
    assert done.returncode == 0
    assert "warning: --music-shuffle, --duck: there is no music" in done.stderr
    assert "shuffled" not in done.stderr
