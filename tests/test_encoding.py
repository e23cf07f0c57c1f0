"""The MP3 itself, decoded by two libraries that know nothing of how it was made."""

import errno
import io
import os
import pickle
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3, BitrateMode

from audioworkout import encoding
from audioworkout.disk_cache import DiskCache, MemoryCache
from audioworkout.dsp.limiter import true_peak
from audioworkout.dsp.loudness import from_decibels, integrated_loudness
from audioworkout.encoding import frames, lame, splicing
from audioworkout.errors import BuildError, OutputError, UsageError
from audioworkout.mixing.gains import solve_gains
from audioworkout.mixing.islands import event_source, gain_clips, plan_islands, with_gains
from audioworkout.mixing.render import pcm_of, render_blocks, samples_of
from audioworkout.model.request import Sound
from audioworkout.model.script import Line
from audioworkout.units import BITRATES, RATE, SAMPLES_PER_MS
from mixes import CLIPS, WORDS, timeline, workout, write_mix

ONE = next(iter(WORDS))
WORKOUT = workout(50)


def write(target, score=WORKOUT, cache=None, **options):
    return write_mix(target, score, sound=Sound(**options), cache=cache)


def decoded(file):
    """Samples of a file by libsndfile, which has mpg123 inside."""
    samples, rate = soundfile.read(file)
    assert (rate, samples.ndim) == (RATE, 1)
    return samples


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workout written once, with what was kept."""
    cache = MemoryCache()
    file = tmp_path_factory.mktemp("made") / "workout.mp3"
    return file, write(file, cache=cache), cache


@pytest.fixture(scope="module")
def heard(made):
    return decoded(made[0])


def mix(score=WORKOUT, target=-19.0):
    """The samples that went into the encoder, and the takes they were made of."""
    takes = gain_clips(score, CLIPS)
    takes = with_gains(takes, solve_gains(score, takes, target).gains)
    layout = plan_islands(score, takes)
    return np.concatenate(list(render_blocks(layout))), layout, takes


# --- what is heard


def test_the_length_is_exact_to_the_sample(heard):
    assert len(heard) == WORKOUT.duration_ms * SAMPLES_PER_MS


@pytest.mark.parametrize("duration", [1, 23, 24, 25, 4_999, 31_003])
def test_any_length_is_exact(tmp_path, duration):
    file = tmp_path / "t.mp3"
    placed = ((duration - 500, ONE),) if duration > 1_000 else ()
    write(file, timeline(duration, *placed))
    assert len(decoded(file)) == duration * SAMPLES_PER_MS


def test_another_decoder_hears_the_same(made, heard):
    miniaudio = pytest.importorskip("miniaudio")
    other = miniaudio.decode_file(
        str(made[0]), miniaudio.SampleFormat.FLOAT32, nchannels=1, sample_rate=RATE
    )
    assert len(other.samples) == len(heard)
    assert np.abs(np.asarray(other.samples) - heard).max() < 1e-4


def onset_errors(samples, takes):
    """For each event after quiet: ms between its moment and its first audible sample.

    Audible is -45 dB of the clip's peak, but never below the keep-awake noise.
    """
    errors, reached = [], 0
    for event in WORKOUT.events:
        if event.start_ms >= reached + 60:
            take = takes[event_source(event)]
            peak = np.abs(samples_of(take.clip)).max() * from_decibels(take.gain / 100)
            threshold = max(peak * from_decibels(-45), from_decibels(-50))
            at = event.start_ms * SAMPLES_PER_MS
            near = np.abs(samples[at - 1_920 : at + 1_920]) > threshold
            errors.append((int(np.argmax(near)) - 1_920) / SAMPLES_PER_MS)
        reached = max(reached, event.end_ms)
    return np.abs(errors)


def test_every_onset_is_where_the_timeline_says(heard):
    _, _, takes = mix()
    errors = onset_errors(heard, takes)
    assert len(errors) > 20
    assert errors.max() <= 10, "the contract's limit"
    assert np.median(errors) <= 1


def test_no_event_is_off_by_a_sample(heard):
    """Each event correlates best with the mix at no shift, wherever in the file it is."""
    reference, _, _ = mix()
    for event in WORKOUT.events:
        first = event.start_ms * SAMPLES_PER_MS
        there = reference[first : first + 4_800]
        match = [there @ heard[first + shift : first + shift + 4_800] for shift in range(-3, 4)]
        assert int(np.argmax(match)) == 3, event


def test_it_is_never_digitally_silent(heard):
    window = 2_400
    power = np.cumsum(np.square(heard))
    levels = np.sqrt((power[window:] - power[:-window]) / window)
    assert 20 * np.log10(levels.min()) > -68
    quiet = heard[: 1_300 * SAMPLES_PER_MS]
    assert 20 * np.log10(np.sqrt(np.mean(np.square(quiet)))) == pytest.approx(-60, abs=1)
    assert np.abs(quiet).max() < from_decibels(-48)


def test_it_is_as_loud_as_asked_and_says_so(made, heard):
    assert integrated_loudness(heard) == pytest.approx(-19.0, abs=0.5)
    assert made[1].loudness == pytest.approx(integrated_loudness(heard), abs=0.2)
    assert true_peak(heard) <= -1.0


@pytest.mark.parametrize("bitrate", [32, 160, 320])
def test_peaks_stay_below_minus_one_at_any_bit_rate(tmp_path, bitrate):
    write(tmp_path / "t.mp3", bitrate=bitrate, loudness=-16.0)
    samples = decoded(tmp_path / "t.mp3")
    assert true_peak(samples) <= -1.0
    assert integrated_loudness(samples) == pytest.approx(-16.0, abs=0.5)
    assert MP3(tmp_path / "t.mp3").info.bitrate == 1_000 * bitrate


def noise_ratio(samples, reference):
    error = samples - reference
    return 10 * np.log10(np.sum(np.square(reference)) / np.sum(np.square(error)))


def test_splicing_is_as_good_as_encoding_the_whole(heard):
    reference, layout, _ = mix()
    encoded = b"".join(lame.encode_blocks([pcm_of(reference / lame.encoder_gain(96))], 96, 1))
    info = frames.info_frame(96, layout.frames, layout.samples)
    at_once = decoded(io.BytesIO(info + encoded))
    spliced, ordinary = noise_ratio(heard, reference), noise_ratio(at_once, reference)
    assert spliced > 18
    assert spliced > ordinary - 1.5


def test_a_gap_longer_than_the_noise_is_filled(tmp_path):
    write(tmp_path / "t.mp3", timeline(95_000, (1_500, ONE)))
    late = decoded(tmp_path / "t.mp3")[5 * RATE :].reshape(-1, RATE)
    levels = 20 * np.log10(np.sqrt(np.mean(np.square(late), axis=1)))
    assert levels == pytest.approx(np.full(len(levels), -60), abs=1.5)


@pytest.mark.parametrize("kbps", BITRATES)
def test_no_bit_rate_changes_the_level(kbps):
    tone = 0.2 * np.sin(2 * np.pi * 1_000 * np.arange(RATE) / RATE)
    encoded = b"".join(lame.encode_blocks([pcm_of(tone / lame.encoder_gain(kbps))], kbps, 1))
    count = len(encoded) // frames.frame_size(kbps)
    back = decoded(io.BytesIO(frames.info_frame(kbps, count, len(tone)) + encoded))
    assert (back @ tone) / (tone @ tone) == pytest.approx(1.0, abs=0.003)


# --- bytes


def test_the_same_bytes_cold_and_warm(made, tmp_path):
    file, result, cache = made
    cold, warm = tmp_path / "cold.mp3", tmp_path / "warm.mp3"
    write(cold)
    again = write(warm, cache=cache)
    assert cold.read_bytes() == warm.read_bytes() == file.read_bytes()
    assert (again.encoded, again.reused) == (0, result.encoded)
    assert result.size == file.stat().st_size
    assert result.loudness == again.loudness


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: b"\xff" * len(data),
        lambda data: data[: len(data) // 2] + data[len(data) // 2 + 3 :] + b"abc",
        lambda data: data[:4] + b"\x7f" + data[5:],
        lambda data: b"0 not-a-number",
    ],
    ids=["cut", "empty", "garbage", "shifted", "leaning on others", "text"],
)
def test_damaged_entries_are_made_again(made, tmp_path, damage):
    class Damaged(MemoryCache):
        def get(self, shelf, name):
            data = super().get(shelf, name)
            return None if data is None else damage(data)

    cache = Damaged()
    write(tmp_path / "first.mp3", cache=cache)
    result = write(tmp_path / "second.mp3", cache=cache)
    assert result.encoded == made[1].encoded
    assert (tmp_path / "second.mp3").read_bytes() == made[0].read_bytes()


def test_another_bit_rate_or_encoder_uses_other_entries(made, tmp_path, monkeypatch):
    cache = made[2]
    assert write(tmp_path / "t.mp3", cache=cache, bitrate=64).reused == 0
    monkeypatch.setattr(splicing, "encoder_fingerprint", lambda: "LAME of tomorrow")
    assert write(tmp_path / "t.mp3", cache=cache).reused == 0


def test_equal_islands_are_encoded_once(tmp_path):
    score = timeline(30_000, *((2_400 * n, ONE) for n in range(1, 9)))
    told = []
    result = write_mix(
        tmp_path / "t.mp3", score, progress=lambda done, total: told.append((done, total))
    )
    assert (result.encoded, result.reused) == (1, 0)
    assert told == [(1, 2), (2, 2)], "the island, and the noise"


def test_a_small_change_encodes_only_what_changed(made, tmp_path):
    cache = MemoryCache()
    first = write(tmp_path / "t.mp3", cache=cache)
    later = timeline(
        WORKOUT.duration_ms, *((e.start_ms, event_source(e)) for e in WORKOUT.events[1:])
    )
    second = write(tmp_path / "t.mp3", later, cache=cache)
    assert second.encoded <= 1
    assert second.reused >= first.encoded - 1


def test_a_warm_build_needs_no_numpy(tmp_path):
    cache = DiskCache(tmp_path / "kept")
    cold = tmp_path / "cold.mp3"
    write(cold, cache=cache)
    job = tmp_path / "job"
    job.write_bytes(pickle.dumps((WORKOUT, CLIPS, Sound())))
    code = f"""
import pickle, sys
from pathlib import Path
from audioworkout.disk_cache import DiskCache
from audioworkout.encoding import write_mp3
from audioworkout.mixing.mix import make_mix
folder = Path({str(tmp_path)!r})
cache = DiskCache(folder / "kept")
mix = make_mix(*pickle.loads(Path({str(job)!r}).read_bytes()), cache=cache)
print(write_mp3(folder / "warm.mp3", mix, cache=cache).encoded)
print([name for name in ("numpy", "concurrent.futures", "pydub") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["0", "[]"]
    assert (tmp_path / "warm.mp3").read_bytes() == cold.read_bytes()


def test_a_tag_stands_in_front(tmp_path, made):
    tag = b"ID3\x03\0\0\0\0\0\x0bTIT2\0\0\0\x01\0\0\0"
    result = write_mix(tmp_path / "t.mp3", WORKOUT, cache=made[2], tag=lambda: tag)
    data = (tmp_path / "t.mp3").read_bytes()
    assert data == tag + made[0].read_bytes()
    assert result.size == len(data)


def test_the_frame_in_front_tells_players_the_length(made):
    info = MP3(made[0]).info
    assert (info.bitrate, info.bitrate_mode) == (96_000, BitrateMode.CBR)
    assert (info.channels, info.sample_rate, info.version, info.layer) == (1, RATE, 1, 3)
    assert info.length == pytest.approx(WORKOUT.duration_ms / 1_000, abs=1e-4)
    assert not info.sketchy


def test_frames_are_checked():
    encoded = b"".join(lame.encode_blocks([bytes(2 * 5_000)], 96, 1))
    assert frames.is_self_contained(encoded, 96, 6)
    assert not frames.is_self_contained(encoded, 96, 5)
    assert not frames.is_self_contained(encoded[288:] + encoded[:288], 128, 6)


@pytest.mark.parametrize("bitrate", [0, 8, 95, 384, -96])
def test_a_bit_rate_that_does_not_exist_is_refused(tmp_path, bitrate):
    with pytest.raises(UsageError, match=f"{bitrate} kbit/s") as caught:
        write(tmp_path / "t.mp3", bitrate=bitrate)
    assert "32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320" in caught.value.hint
    assert not (tmp_path / "t.mp3").exists()


def test_an_encoder_that_gives_something_else_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(splicing, "encode_blocks", lambda blocks, kbps, channels: [b"noise"])
    with pytest.raises(BuildError, match="5 bytes where"):
        write(tmp_path / "t.mp3")
    assert list(tmp_path.iterdir()) == []


def test_without_the_encoder_there_is_a_hint(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "lameenc", None)
    with pytest.raises(BuildError, match="cannot be loaded") as caught:
        write(tmp_path / "t.mp3")
    assert "pip install lameenc" in caught.value.hint


# --- writing

OLDER = b"an older file"


@pytest.fixture
def target(tmp_path):
    file = tmp_path / "out" / "workout.mp3"
    file.parent.mkdir()
    file.write_bytes(OLDER)
    return file


def untouched(file):
    return file.read_bytes() == OLDER and list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EIO, "Choose another place"),
        (errno.EROFS, "Nothing can be written"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_older_file(target, made, monkeypatch, code, hint, step):
    def fail(*_args, **_options):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, step)), fail)
    with pytest.raises(OutputError) as caught:
        write(target, cache=made[2])
    monkeypatch.undo()
    assert str(caught.value) == f"could not write {target}: {os.strerror(code)}"
    assert hint in caught.value.hint
    assert untouched(target)


def test_ctrl_c_while_encoding_leaves_the_older_file(target):
    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_mix(target, WORKOUT, progress=interrupt)
    assert untouched(target)


def test_a_missing_folder_is_told_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "encode_islands", lambda *_: pytest.fail("the work was begun"))
    with pytest.raises(OutputError, match="there is no folder") as caught:
        write(tmp_path / "nowhere" / "t.mp3")
    assert "Make it first" in caught.value.hint


def test_a_folder_in_its_place_is_told(tmp_path):
    with pytest.raises(UsageError, match="is a folder") as caught:
        write(tmp_path)
    assert "Name a file" in caught.value.hint


def test_a_name_too_long_is_told(tmp_path, made):
    with pytest.raises(OutputError) as caught:
        write(tmp_path / f"{'x' * 300}.mp3", cache=made[2])
    assert "shorter name" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed_and_stays(target, made):
    link = target.with_name("link.mp3")
    link.symlink_to(target)
    write(link, cache=made[2])
    assert link.is_symlink()
    assert target.read_bytes() == made[0].read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_file_has_the_usual_permissions(tmp_path, made):
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    write(tmp_path / "t.mp3", cache=made[2])
    assert stat.S_IMODE((tmp_path / "t.mp3").stat().st_mode) == stat.S_IMODE(
        ordinary.stat().st_mode
    )


def test_a_line_without_a_clip_is_a_fault_of_the_program(tmp_path):
    score = timeline(5_000, (1_500, ONE))
    with pytest.raises(KeyError):
        write_mix(tmp_path / "t.mp3", score, type(CLIPS)({Line("other"): CLIPS.lines[ONE]}, {}))
