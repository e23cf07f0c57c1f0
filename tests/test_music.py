"""Music beneath the voice: what is heard of it in the decoded MP3, and which files can be music."""

import io
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3
from PIL import Image

from audioworkout.audio_io import ffmpeg
from audioworkout.audio_io.sound_files import open_stream
from audioworkout.disk_cache import MemoryCache
from audioworkout.dsp.downmix import to_stereo
from audioworkout.dsp.limiter import limit_channel, true_peak
from audioworkout.dsp.loudness import clip_loudness, from_decibels, gated_loudness
from audioworkout.dsp.meter import read_meter, running_energies
from audioworkout.dsp.resampling import resample_blocks, resampled_length
from audioworkout.encoding import Track, frames, lame
from audioworkout.encoding.lame import encode_blocks
from audioworkout.errors import BuildError, UsageError
from audioworkout.mixing import songs
from audioworkout.mixing.ducking import music_curve
from audioworkout.mixing.islands import plan_islands
from audioworkout.mixing.levels import STEREO_LOUDNESS, level_clips_with_music
from audioworkout.mixing.music_bed import MOST_HELD, Bed, BlockReader, bed_blocks, bed_energies
from audioworkout.mixing.music_files import find_music
from audioworkout.mixing.render import pcm_of, render_blocks, samples_of
from audioworkout.mixing.stereo import (
    MIX_LIMIT,
    Music,
    cut_blocks,
    even_blocks,
    limited_blocks,
    mix_blocks,
)
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Span
from audioworkout.prefetch import DEPTH, prefetch, run_in_thread
from audioworkout.units import BITRATES, RATE, SAMPLES_PER_MS
from meters import loudness
from mixes import CLIPS, NOBODY, WORDS, timeline, workout, write_mix, write_mix_tracks
from songs import music_for, noise, opened, song_of, write

ONE, _, _, SENTENCE = WORDS
SOUND = Sound(music="noise")
SCORE = workout(60)
NOISE = noise(25)


def make(target, score=SCORE, sound=SOUND, samples=NOISE, cache=None):
    music = music_for(score, sound, samples)
    return write_mix(target, score, sound=sound, cache=cache, music=music)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    file = tmp_path_factory.mktemp("music") / "workout.mp3"
    return file, make(file)


@pytest.fixture(scope="module")
def heard(made):
    samples, rate = soundfile.read(made[0])
    assert rate == RATE
    return samples


# --- what is heard


def test_it_is_stereo_and_as_long_as_the_timeline_to_the_sample(made, heard):
    assert heard.shape == (SCORE.duration_ms * SAMPLES_PER_MS, 2)
    info = MP3(made[0]).info
    assert (info.channels, info.bitrate) == (2, 160_000)
    assert info.length == pytest.approx(SCORE.duration_ms / 1_000, abs=1e-4)
    assert made[1].size == made[0].stat().st_size


def test_it_is_as_loud_as_asked_and_says_so(made, heard):
    assert loudness(heard) == pytest.approx(STEREO_LOUDNESS, abs=0.5)
    assert made[1].loudness == pytest.approx(loudness(heard), abs=0.3)


@pytest.mark.parametrize("bitrate", [64, 160, 320])
def test_peaks_stay_below_minus_one(tmp_path, bitrate):
    sound = Sound(bitrate=bitrate, loudness=-14.0, music_level=-18.0)
    make(tmp_path / "t.mp3", workout(30), sound)
    samples, _ = soundfile.read(tmp_path / "t.mp3")
    assert max(map(true_peak, samples.T)) <= -1.0
    assert loudness(samples) == pytest.approx(-14.0, abs=0.5)


def levels(score=SCORE, sound=SOUND, samples=NOISE):
    music = music_for(score, sound, samples)
    return level_clips_with_music(music, score, CLIPS, sound, 1.0, MemoryCache()), music


def test_words_are_as_loud_as_each_other_after_the_limiter():
    clips = levels()[0].clips
    after = [
        clip_loudness(
            limit_channel(
                samples_of(clip.audio) * from_decibels(clip.gain / 100),
                MIX_LIMIT.ceiling,
                MIX_LIMIT.reach,
            )
        )
        for source, clip in clips.items()
        if source in WORDS
    ]
    assert max(after) - min(after) <= 1.0


def test_every_word_is_where_it_is_without_music(heard):
    """The middle of the file correlates best with the voice alone at no shift."""
    voice = np.concatenate(list(render_blocks(plan_islands(SCORE, levels()[0].clips))))
    middle = heard.mean(axis=1)
    for event in SCORE.events:
        first = event.start_ms * SAMPLES_PER_MS
        there = voice[first : first + 4_800]
        match = [there @ middle[first + shift : first + shift + 4_800] for shift in range(-3, 4)]
        assert int(np.argmax(match)) == 3, event


def test_the_voice_is_in_the_middle(heard):
    """What differs between the sides is music alone: it has no peak where words have theirs."""
    side = (heard[:, 0] - heard[:, 1]) / 2
    assert np.abs(side).max() < 0.3 * np.abs(heard).max()


def side_level(heard, start, stop):
    """Level of what differs between the channels, which is the music's alone (dB)."""
    part = heard[round(start * SAMPLES_PER_MS) : round(stop * SAMPLES_PER_MS)]
    return 20 * np.log10(np.std(part[:, 0] - part[:, 1]))


@pytest.mark.parametrize("duck", [14.0, 20.0])
def test_ducking_in_the_decoded_file(tmp_path, duck):
    score = timeline(20_000, (8_000, SENTENCE))
    end = score.events[0].end_ms
    sound = Sound(
        duck=duck, bitrate=320
    )  # so that it is not the voice's coding noise that is heard
    make(tmp_path / "t.mp3", score, sound)
    samples, _ = soundfile.read(tmp_path / "t.mp3")
    up = side_level(samples, 3_000, 7_600)
    assert side_level(samples, 8_050, end - 50) == pytest.approx(up - duck, abs=1.0)
    assert side_level(samples, 7_600, 7_690) == pytest.approx(up, abs=1.0), "not before 300 ms"
    assert side_level(samples, 7_820, 7_880) == pytest.approx(up - duck / 2, abs=1.5), "half way"
    assert side_level(samples, end + 320, end + 380) == pytest.approx(up - duck / 2, abs=1.5)
    assert side_level(samples, end + 750, end + 2_000) == pytest.approx(up, abs=1.0)


def test_music_is_so_far_below_words_as_asked(heard):
    """-24 beside words of a programme of -16, raised with them: the side shows the music alone."""
    result, music = levels()
    wanted = loudness_of_bed_at(SOUND.music_level + result.make_up)
    quiet = [at for at in range(2_000, 55_000, 50) if music.curve.level_at(at) == SOUND.music_level]
    at = next(at for at in quiet if all(at + n in quiet for n in range(0, 400, 50)))
    assert side_level(heard, at, at + 400) == pytest.approx(wanted, abs=1.0)


def loudness_of_bed_at(lufs):
    """What `side_level` reads of the noise at a loudness."""
    return side_level(NOISE, 0, 20_000) + lufs - loudness(NOISE)


def test_rests_can_be_softer(tmp_path):
    parts = (Span("work", 0, 10_000, NOBODY), Span("rest", 10_000, 20_000, NOBODY))
    score = timeline(20_000, (1_500, ONE))._replace(spans=parts)
    make(tmp_path / "t.mp3", score, Sound(music_rest=-34.0))
    samples, _ = soundfile.read(tmp_path / "t.mp3")
    work, rest = side_level(samples, 4_000, 9_900), side_level(samples, 11_100, 16_000)
    assert rest - work == pytest.approx(-10, abs=0.7)


# --- bytes


def test_the_same_bytes_cold_and_warm(made, tmp_path):
    cache = MemoryCache()
    make(tmp_path / "cold.mp3", cache=cache)
    make(tmp_path / "warm.mp3", cache=cache)
    assert made[0].read_bytes() == (tmp_path / "cold.mp3").read_bytes()
    assert made[0].read_bytes() == (tmp_path / "warm.mp3").read_bytes()


CUTS = (0, 14_501, 30_000, 30_024, 47_777, SCORE.duration_ms)


def test_tracks_are_the_single_file_again(heard, tmp_path):
    tracks = [Track(tmp_path / f"{start}.mp3", start, end) for start, end in pairwise(CUTS)]
    music = music_for(SCORE, SOUND, NOISE)
    write_mix_tracks(tracks, SCORE, sound=SOUND, music=music)
    parts = [soundfile.read(track.target)[0] for track in tracks]
    assert [len(part) for part in parts] == [
        (track.end_ms - track.start_ms) * SAMPLES_PER_MS for track in tracks
    ]
    joined = np.concatenate(parts)
    assert np.std(joined - heard) < np.std(heard) / 8
    for at in CUTS[1:-1]:
        near = slice((at - 20) * SAMPLES_PER_MS, (at + 20) * SAMPLES_PER_MS)
        assert np.abs(joined[near] - heard[near]).max() < 0.1, "a click where tracks meet"


def test_a_single_track_has_its_own_part_of_the_music(heard, tmp_path):
    track = Track(tmp_path / "t.mp3", 30_024, 47_777)
    music = music_for(SCORE, SOUND, NOISE)
    write_mix_tracks([track], SCORE, sound=SOUND, music=music)
    part, _ = soundfile.read(track.target)
    whole = heard[30_024 * SAMPLES_PER_MS : 47_777 * SAMPLES_PER_MS]
    assert np.std(part - whole) < np.std(whole) / 8


@pytest.mark.parametrize("kbps", BITRATES)
def test_stereo_frames_are_what_is_said_of_them(kbps):
    """The level is kept, the header foretells the first frame's, every sample comes back."""
    tone = np.sin(2 * np.pi * 1_000 * np.arange(12_345) / RATE)
    both = 0.2 * np.stack([tone, tone], 1)
    encoded = b"".join(lame.encode_blocks([pcm_of(both / lame.encoder_gain(kbps))], kbps, 2))
    assert len(encoded) == 12 * frames.frame_size(kbps)
    foretold = frames.frame_header(kbps, 2)
    assert encoded[:3] == foretold[:3]
    assert encoded[3] & 0xCF == foretold[3]
    info = frames.info_frame(kbps, 12, len(both), 2)
    back, _ = soundfile.read(io.BytesIO(info + encoded))
    assert back.shape == both.shape
    middle = slice(2_000, 10_000)
    gain = (back[middle, 0] @ both[middle, 0]) / (both[middle, 0] @ both[middle, 0])
    assert gain == pytest.approx(1.0, abs=0.02)


def test_an_encoder_that_gives_too_little_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr("audioworkout.encoding.joining.Piece.feed", lambda piece, pcm: None)
    monkeypatch.setattr("audioworkout.encoding.joining.Piece.finish", lambda piece: None)
    with pytest.raises(BuildError, match="0 bytes where"):
        make(tmp_path / "t.mp3", workout(20))
    assert list(tmp_path.iterdir()) == []


def test_a_song_that_breaks_half_way_leaves_nothing_behind(tmp_path):
    def broken():
        yield NOISE[:RATE]
        raise UsageError("song.mp3 is no sound")

    song = replace(song_of(NOISE), open=broken)
    music = Music(Bed((song,), 0), music_curve(SCORE, SOUND))
    (tmp_path / "t.mp3").write_bytes(b"older")
    with pytest.raises(UsageError, match=r"song\.mp3"):
        write_mix(tmp_path / "t.mp3", SCORE, sound=SOUND, music=music)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("t.mp3", b"older")]


# --- the mix


def test_memory_does_not_grow_with_the_file():
    def peak(seconds):
        score = workout(seconds)
        result, music = levels(score)
        tracemalloc.start()
        for _ in mix_blocks(plan_islands(score, result.clips), music):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(600) < 1.3 * peak(60)


@given(sizes=st.lists(st.integers(0, 400), max_size=8), even_size=st.integers(1, 300))
def test_blocks_are_cut_and_joined_without_loss(sizes, even_size):
    whole = np.arange(2 * sum(sizes)).reshape(-1, 2)
    blocks = np.split(whole, np.cumsum(sizes)[:-1]) if sizes else []
    evened = list(even_blocks(blocks, even_size))
    assert all(len(block) == even_size for block in evened[:-1])
    assert np.array_equal(np.concatenate([whole[:0], *evened]), whole)
    lengths = sizes[::-1]
    stretches = [np.concatenate([whole[:0], *part]) for part in cut_blocks(blocks, lengths)]
    assert [len(part) for part in stretches] == lengths
    assert np.array_equal(np.concatenate([whole[:0], *stretches]), whole)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 99), size=st.integers(4, 400))
def test_the_limiter_keeps_below_its_ceiling_however_it_is_fed(seed, size):
    bursts = np.zeros(9_600, np.float32)
    bursts[np.random.default_rng(seed).integers(0, 9_600, 12)] = 1
    loud = noise(0.2, seed=seed) * (1 + 8 * np.convolve(bursts, np.hanning(200), "same"))[:, None]
    loud = loud.astype(np.float32)
    blocks = (loud[at : at + 24 * size] for at in range(0, len(loud), 24 * size))
    after = np.concatenate(list(limited_blocks(blocks, MIX_LIMIT)))
    assert after.shape == loud.shape
    assert max(map(true_peak, after.T)) <= -1.9
    ratio = after[np.abs(loud).min(axis=1) > 0.01] / loud[np.abs(loud).min(axis=1) > 0.01]
    assert np.abs(ratio[:, 0] - ratio[:, 1]).max() < 1e-4, "both channels alike"


def test_the_limiter_leaves_alone_what_is_below():
    soft = noise(1) * 0.5
    after = np.concatenate(list(limited_blocks(iter([soft]), MIX_LIMIT)))
    assert np.array_equal(after, soft)


# --- the bed


def played(bed, seconds):
    return BlockReader(bed_blocks(bed)).read(round(seconds * RATE))


@pytest.mark.parametrize("hertz", [110, 997])
def test_a_loop_that_fades_into_the_same_beat_is_no_louder_there(hertz):
    """The end of a loop is often its beginning again: both together would be 3 dB more."""
    at = np.arange(4 * RATE) / RATE
    beat = 0.3 * np.sin(2 * np.pi * hertz * at) * np.exp(-3 * (at % 0.5))
    bed = Bed((song_of(np.stack([beat, beat], 1).astype(np.float32)),), 3_000)
    heard = played(bed, 20)
    assert gated_loudness(bed_energies(bed, 20_000)) == pytest.approx(loudness(heard), abs=0.2)
    steps = np.abs(heard[: 18 * RATE, 0]).reshape(-1, RATE // 2).max(axis=1)
    assert steps.max() < 1.05 * steps.min()


def test_opposites_leave_no_noise_raised_between_them():
    beat = noise(4)
    heard = played(Bed((song_of(beat), song_of(-beat)), 3_000), 12)
    assert np.abs(heard).max() < 1.3 * np.abs(played(Bed((song_of(beat),), 0), 3)).max()


def test_a_loop_without_a_cross_fade_repeats_exactly():
    samples = noise(1.5)
    bed = Bed((song_of(samples),), 0)
    gain = from_decibels(bed.songs[0].gain)
    assert np.abs(played(bed, 6) - np.tile(samples, (4, 1)) * gain).max() < 2e-4


@pytest.mark.parametrize("crossfade", [500, 3_000])
def test_a_cross_fade_neither_dips_nor_swells(crossfade):
    loop = played(Bed((song_of(noise(4)),), crossfade), 20)
    level = 20 * np.log10([np.std(part) for part in np.split(loop, 80)])
    assert np.ptp(level[4:]) < 1.5


def test_songs_follow_each_other_each_at_its_loudness():
    loud, soft = noise(4, seed=1), noise(3, seed=2) / 30
    bed = Bed((song_of(loud), song_of(soft)), 1_000)
    heard = played(bed, 13)
    level = 20 * np.log10([np.std(part) for part in np.split(heard, 52)])
    assert np.ptp(level[:]) < 2.5
    again = heard[5 * RATE + 1_000 * 48 : 7 * RATE]
    assert np.abs(again - heard[1_000 * 48 : 2 * RATE]).max() < 1e-5, "the first once more"


def test_the_schedule_of_a_bed_is_what_is_heard():
    bed = Bed((song_of(noise(4.25)), song_of(noise(3.1, seed=2) / 5)), 1_000)
    heard = played(bed, 20)
    assert gated_loudness(bed_energies(bed, 20_000)) == pytest.approx(loudness(heard), abs=0.2)
    assert loudness(heard) == pytest.approx(0, abs=0.3)


def test_a_song_that_passes_full_scale_is_repeated_as_it_is():
    """A lossy file may decode to more than full scale."""
    samples = 6 * noise(4)
    assert np.abs(samples).max() > 1.5
    heard = played(Bed((song_of(samples),), 0), 8)
    twice = played(Bed((song_of(samples), song_of(samples)), 0), 8)
    np.testing.assert_allclose(heard, twice, rtol=0, atol=1e-3)


def test_a_long_song_is_not_held():
    song = song_of(noise(2))
    opens = []

    def count():
        opens.append(1)
        return song.open()

    for samples, expected in ((song.samples, 1), (MOST_HELD + 1, 2)):
        opens.clear()
        reader = BlockReader(bed_blocks(Bed((replace(song, samples=samples, open=count),), 0)))
        for _ in range(0, int(1.5 * samples), RATE):
            reader.read(RATE)
        assert len(opens) == expected


# --- resampling and meters


@pytest.mark.parametrize(
    "rate", [8_000, 11_025, 22_050, 32_000, 44_056, 44_100, 88_200, 96_000, 192_000]
)
def test_a_tone_stays_what_and_where_it_was(rate):
    hertz = 997
    wave = np.sin(2 * np.pi * hertz * np.arange(rate) / rate).astype(np.float32)
    blocks = np.array_split(np.stack([wave, -wave], 1), 7)
    after = np.concatenate(list(resample_blocks(blocks, rate)))
    wanted = np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)
    assert len(after) == resampled_length(rate, rate) == RATE
    inside = slice(2_000, -2_000)
    assert np.abs(after[inside, 0] - wanted[inside]).max() < 2e-4
    assert np.abs(after.sum(axis=1)).max() < 1e-6


def test_what_48_khz_cannot_hold_is_gone():
    wave = np.sin(2 * np.pi * 30_000 * np.arange(96_000) / 96_000).astype(np.float32)[:, None]
    after = np.concatenate(list(resample_blocks([wave], 96_000)))
    assert np.abs(after[2_000:-2_000]).max() < 1e-4


@settings(max_examples=20, deadline=None)
@given(count=st.integers(0, 3_000), size=st.integers(1, 999), rate=st.sampled_from([44_100, 8_000]))
def test_no_sample_is_lost_however_it_comes(count, size, rate):
    wave = noise(1, rate)[:count]
    blocks = [wave[at : at + size] for at in range(0, count, size)]
    parts = np.concatenate([wave[:0], *resample_blocks(blocks, rate)])
    whole = np.concatenate([wave[:0], *resample_blocks([wave], rate)])
    assert len(parts) == resampled_length(count, rate)
    assert np.abs(parts - whole).max(initial=0) < 1e-6


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_the_meter_agrees_with_the_filter_that_runs_on(rate):
    bass = np.sin(2 * np.pi * 55 * np.arange(4 * rate) / rate)[:, None].astype(np.float32)
    samples = noise(4, rate) + 0.3 * bass
    blocks = np.array_split(samples, 11)
    at_once = np.concatenate(list(resample_blocks([samples], rate)))
    found = gated_loudness(np.concatenate(list(running_energies(blocks, rate))))
    assert found == pytest.approx(loudness(at_once), abs=0.2)


def test_the_meter_finds_the_true_peak_across_blocks():
    wave = 0.5 * np.sin(2 * np.pi * 12_000 * np.arange(RATE) / RATE + np.pi / 4)
    both = np.stack([wave, wave / 2], 1).astype(np.float32)
    reading = read_meter(both[at : at + 777] for at in range(0, RATE, 777))
    assert reading.true_peak == pytest.approx(true_peak(wave), abs=0.1)
    assert reading.samples == RATE


def test_an_empty_file_has_no_loudness():
    assert read_meter([]) == (reading := read_meter(iter(()))), reading
    assert reading.samples == 0


def test_more_channels_become_two():
    centre = np.zeros((10, 6), np.float32)
    centre[:, 2] = 1
    assert to_stereo(centre) == pytest.approx(np.full((10, 2), 0.5**0.5))
    effects = np.zeros((10, 6), np.float32)
    effects[:, 3] = 1
    assert not to_stereo(effects).any()
    assert np.array_equal(to_stereo(np.ones((3, 1), np.float32)), np.ones((3, 2)))


# --- files


KINDS = {
    "pcm_16.wav": {},
    "pcm_u8.wav": {"subtype": "PCM_U8"},
    "pcm_24.wav": {"subtype": "PCM_24"},
    "float.wav": {"subtype": "FLOAT"},
    "a.flac": {},
    "a.ogg": {},
    "a.mp3": {},
    "a.opus": {"format": "OGG", "subtype": "OPUS"},
    "a.aiff": {},
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_can_be_music(tmp_path, name):
    samples = noise(3)
    (song,) = opened(write(tmp_path / name, samples, **KINDS[name])).songs
    assert song.samples == pytest.approx(3 * RATE, abs=2_400)
    assert song.loudness == pytest.approx(loudness(samples), abs=0.6)
    assert sum(len(block) for block in song.open()) == song.samples


@pytest.mark.parametrize(
    ("rate", "channels"), [(8_000, 1), (44_056, 2), (44_100, 2), (96_000, 2), (48_000, 6)]
)
def test_every_rate_and_number_of_channels(tmp_path, rate, channels):
    file = write(tmp_path / "a.wav", noise(2, rate, channels), rate, subtype="PCM_16")
    (song,) = opened(file).songs
    blocks = list(song.open())
    assert all(block.shape[1] == 2 for block in blocks)
    assert sum(map(len, blocks)) == song.samples == 2 * RATE


def test_m4a_is_read_by_ffmpeg(tmp_path):
    file = tmp_path / "a.m4a"
    samples = noise(3)
    if ffmpeg.find_ffmpeg() is None:
        pytest.skip("ffmpeg is not installed")
    ffmpeg.encode_file(
        ffmpeg.find_ffmpeg(), [pcm_of(samples)], 2, file, ("-c:a", "aac", "-f", "ipod")
    )
    (song,) = opened(file).songs
    assert song.samples == pytest.approx(3 * RATE, abs=3_000)
    assert song.loudness == pytest.approx(loudness(samples), abs=1)


def test_without_ffmpeg_its_kinds_are_refused_by_name(tmp_path, monkeypatch):
    (tmp_path / "a.m4a").write_bytes(b"\0\0\0\x18ftypM4A ")
    monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: None)
    with pytest.raises(UsageError, match=r"a\.m4a is no sound that can be read") as caught:
        opened(tmp_path / "a.m4a")
    assert "With ffmpeg installed M4A" in caught.value.hint


BAD = {
    "quiet.wav": (lambda: 1e-3 * noise(2), RATE, "too quiet for music: below -70 LUFS"),
    "silent.wav": (lambda: np.zeros((2 * RATE, 2)), RATE, "is silent"),
    "short.wav": (lambda: noise(0.2), RATE, "lasts 0.2 s"),
    "empty.wav": (lambda: noise(0), RATE, "lasts 0.0 s"),
    "odd.wav": (lambda: noise(1), 2_000, "2000 samples a second, and music has 4000"),
    "many.wav": (lambda: noise(1, channels=10), RATE, "10 channels"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_music_is_refused_by_name(tmp_path, name):
    samples, rate, message = BAD[name]
    file = write(tmp_path / name, samples(), rate)
    with pytest.raises(UsageError, match=message) as caught:
        opened(file)
    assert str(file) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("data", [b"", b"a text", b"ID3\x03\0\0\0\0\0\0" + bytes(500)])
@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_is_no_sound_is_refused_by_name(tmp_path, monkeypatch, data, there):
    if not there:
        monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: None)
    file = tmp_path / "a.mp3"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=r"a\.mp3 is (no sound|empty)") as caught:
        opened(file)
    assert ("is empty" in str(caught.value)) == (not data)


@pytest.mark.parametrize("kbps", [32, 64, 128])
def test_an_mp3_of_few_bits_is_read_without_a_gap(tmp_path, kbps):
    """Its frames lean on those before them: a decoder that is moved about garbles what comes."""
    pcm = np.rint(noise(8) * 32_767).astype("<i2").tobytes()
    file = tmp_path / "a.mp3"
    file.write_bytes(b"".join(encode_blocks([pcm], kbps, 2)))
    with soundfile.SoundFile(file) as whole:
        wanted = whole.read(whole.frames, dtype="float32")
    with open_stream(file) as stream:
        heard = np.concatenate(list(stream.blocks))
    assert np.abs(heard[: len(wanted)] - wanted).max() < 1e-6


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_need_not_be_text(tmp_path):
    file = tmp_path / os.fsdecode(b"bad\xff.wav")
    file.write_bytes(write(tmp_path / "a.wav", noise(2)).read_bytes())
    assert opened(file).songs


def test_a_song_that_cannot_be_read_any_more_is_left_out(tmp_path, monkeypatch):
    if ffmpeg.find_ffmpeg() is None:
        pytest.skip("ffmpeg is not installed")
    other = write(tmp_path / "b.wav", noise(2))
    words = ("-i", str(other), str(tmp_path / "a.m4a"))
    subprocess.run([ffmpeg.find_ffmpeg(), "-loglevel", "error", *words], check=True)
    cache, told = MemoryCache(), []
    assert len(opened(tmp_path / "a.m4a", other, cache=cache).songs) == 2
    monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: None)
    assert len(opened(tmp_path / "a.m4a", other, cache=cache, told=told).songs) == 1
    assert "a.m4a is no sound that can be read" in told[0]


def test_a_picture_is_told_to_have_no_sound(tmp_path):
    if ffmpeg.find_ffmpeg() is None:
        pytest.skip("ffmpeg is not installed")
    Image.new("RGB", (8, 8)).save(tmp_path / "cover.png")
    with pytest.raises(UsageError, match="is no sound that can be read"):
        opened(tmp_path / "cover.png")


@pytest.mark.parametrize("loud", [1e30, -1e12, np.inf])
@pytest.mark.filterwarnings("error")
def test_samples_that_are_no_sound_are_refused(tmp_path, loud):
    samples = noise(2)
    samples[RATE, 1] = loud
    file = write(tmp_path / "a.wav", samples, subtype="FLOAT")
    if np.isinf(loud):
        (song,) = opened(file).songs
        assert np.isfinite(song.loudness), "what is no number is a click at most"
        return
    with pytest.raises(UsageError, match="samples that are no sound") as caught:
        opened(file)
    assert str(file) in str(caught.value)


@pytest.mark.filterwarnings("error")
def test_integers_written_as_floats_are_only_loud(tmp_path):
    samples = noise(3)
    quiet = write(tmp_path / "quiet.wav", samples, subtype="FLOAT")
    loud = write(tmp_path / "loud.wav", samples * np.float32(2**23), subtype="FLOAT")
    one, two = (opened(file).songs[0].loudness for file in (quiet, loud))
    assert two - one == pytest.approx(20 * np.log10(2**23), abs=0.01)


def test_what_ffmpeg_cannot_read_either_is_told_so(tmp_path):
    if ffmpeg.find_ffmpeg() is None:
        pytest.skip("ffmpeg is not installed")
    (tmp_path / "a.m4a").write_bytes(b"\0\0\0\x18ftypM4A ")
    with pytest.raises(UsageError, match=r"a\.m4a is no sound") as caught:
        opened(tmp_path / "a.m4a")
    assert "ffmpeg reads M4A, AAC and WMA besides" in caught.value.hint


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
def test_a_device_is_no_music():
    with pytest.raises(UsageError, match="/dev/null is no sound file"):
        find_music(Path("/dev/null"))


def test_a_file_cut_off_is_used_as_far_as_it_goes(tmp_path):
    file = write(tmp_path / "a.mp3", noise(6))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    (song,) = opened(file).songs
    assert 2 * RATE < song.samples < 4 * RATE
    assert sum(len(block) for block in song.open()) == pytest.approx(song.samples, abs=2_400)


def test_of_a_folder_what_cannot_be_used_is_left_out_and_told(tmp_path):
    write(tmp_path / "1.wav", noise(2))
    (tmp_path / "2.mp3").write_bytes(b"a text")
    write(tmp_path / "3.wav", noise(2, seed=3))
    told = []
    bed = opened(*find_music(tmp_path), told=told)
    assert [Path(song.name).name for song in bed.songs] == ["1.wav", "3.wav"]
    assert len(told) == 1
    assert "2.mp3 is no sound" in told[0]


def test_a_folder_of_nothing_usable_is_refused(tmp_path):
    for name in ("1.mp3", "2.mp3"):
        (tmp_path / name).write_bytes(b"a text")
    with pytest.raises(UsageError, match="none of the 2 files"):
        opened(*find_music(tmp_path))


def test_files_come_in_the_order_of_their_names(tmp_path):
    names = ["1 a.mp3", "02 b.flac", "2 c.OGG", "10 d.mp3", "x.wav", "Y.wav"]
    for name in [*names, "cover.jpg", "._1 a.mp3", "list.m3u"]:
        (tmp_path / name).touch()
    (tmp_path / "folder.mp3").mkdir()
    found = [path.name for path in find_music(tmp_path)]
    assert found == names
    assert find_music(tmp_path / "x.wav") == (tmp_path / "x.wav",)


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no music at"):
        find_music(tmp_path / "nowhere")
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UsageError, match="there is no music in"):
        find_music(tmp_path)


def three(folder):
    for n in range(3):
        write(folder / f"{n}.wav", noise(2, seed=n))
    return find_music(folder)


def order(bed):
    return [Path(song.name).stem for song in bed.songs]


def test_a_seed_gives_an_order(tmp_path):
    files = three(tmp_path)
    orders = {
        seed: order(opened(*files, sound=Sound(music_shuffle=True, music_seed=seed)))
        for seed in range(6)
    }
    again = order(opened(*files, sound=Sound(music_shuffle=True, music_seed=3)))
    assert again == orders[3]
    assert len({tuple(each) for each in orders.values()}) > 1
    assert order(opened(*files)) == ["0", "1", "2"]


def test_no_more_files_are_looked_at_than_needed(tmp_path):
    (tmp_path / "9.mp3").write_bytes(b"a text")
    files = [*three(tmp_path)]
    bed = opened(*files, sound=Sound(music_crossfade=0), duration=3_000)
    assert order(bed) == ["0", "1"]


def test_what_was_measured_is_kept_whatever_the_file_is_called(tmp_path, monkeypatch):
    cache = MemoryCache()
    first = opened(write(tmp_path / "a.wav", noise(2)), cache=cache)
    monkeypatch.setattr(songs, "_measure_song", lambda file: pytest.fail("listened to it again"))
    second = opened((tmp_path / "a.wav").rename(tmp_path / "b.wav"), cache=cache)
    assert second.songs[0].samples == first.songs[0].samples
    assert np.array_equal(second.songs[0].hops.energies, first.songs[0].hops.energies)


@pytest.mark.parametrize("damage", [b"", b"123", b"12345678901"])
def test_what_was_kept_and_is_damaged_is_measured_again(tmp_path, damage):
    class Damaged(MemoryCache):
        def get(self, bucket, name):
            return None if super().get(bucket, name) is None else damage

    cache = Damaged()
    file = write(tmp_path / "a.wav", noise(2))
    opened(file, cache=cache)
    assert opened(file, cache=cache).songs[0].samples == 2 * RATE


# --- ahead


def test_results_come_in_order_and_no_further_ahead_than_wanted():
    begun = []

    def call(n):
        begun.append(n)
        return n

    results = prefetch((lambda n=n: call(n)) for n in range(100))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    results.close()
    assert len(begun) <= 3 + DEPTH


def test_an_error_comes_where_its_result_would():
    results = prefetch(iter([lambda: 1, lambda: 1 // 0, lambda: 3]))
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_a_call_begun_is_under_way_and_its_error_comes_where_it_is_asked_for():
    under_way = Event()
    wait = run_in_thread(lambda: under_way.set() or 7)
    assert under_way.wait(10)
    assert wait() == wait() == 7
    fails = run_in_thread(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        fails()


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{}'\n",
    ],
    ids=["m3u8", "concat"],
)
def test_a_playlist_named_as_a_sound_opens_no_other_file(tmp_path, text):
    if ffmpeg.find_ffmpeg() is None:
        pytest.skip("ffmpeg is not installed")
    soundfile.write(tmp_path / "secret.mp3", np.ones(48_000) / 4, 48_000)
    file = tmp_path / "song.m4a"
    file.write_text(text.format(tmp_path / "secret.mp3"))
    with pytest.raises(ffmpeg.FFmpegError):
        list(ffmpeg.decode_file(ffmpeg.find_ffmpeg(), file, 2))
