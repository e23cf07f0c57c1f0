"""Raw sound to clip: exact onset, exact length, the same wave at another rate; and its file."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.audio_io.clip_files import (
    HEADER_SIZE,
    ClipFacts,
    cache_file_name,
    clip_to_wave,
    parse_facts,
    wave_to_clip,
)
from audioworkout.audio_io.engine_files import read_engine_file
from audioworkout.dsp.loudness import clip_levels, onset
from audioworkout.dsp.resampling import resample_clip
from audioworkout.dsp.trimming import FADE, SOFT_LEAD, trim_clip
from audioworkout.errors import VoiceError
from audioworkout.model.timeline import LEAD, Clip
from audioworkout.units import RATE, SAMPLES_PER_MS
from audioworkout.voices.clip_maker import MOST_BELOW, make_clip, speech_loudness
from audioworkout.voices.voice import Raw

LEAD_SAMPLES = LEAD * SAMPLES_PER_MS
FADE_SAMPLES = FADE * SAMPLES_PER_MS


def raw_of(samples, rate: int = RATE) -> Raw:
    return Raw(np.asarray(samples, dtype=np.int16).tobytes(), rate)


def buzz(samples: int, level: int) -> list[int]:
    """A square wave of 4 kHz, which every loudspeaker gives."""
    return ([level] * 6 + [-level] * 6) * (samples // 12) + [level] * (samples % 12)


def pcm_of(clip: Clip | None):
    assert clip is not None
    return np.frombuffer(clip.pcm, dtype="<i2")


def test_one_sample_becomes_the_shortest_clip() -> None:
    clip = make_clip(raw_of([0, 0, 9_000, 0]))
    heard = pcm_of(clip)
    assert clip is not None
    assert clip.length == 1
    assert np.flatnonzero(heard).tolist() == [LEAD_SAMPLES]
    assert heard[LEAD_SAMPLES] == 29_204
    assert len(heard) == LEAD_SAMPLES + 1


@pytest.mark.parametrize(("samples", "ms"), [(47, 1), (48, 1), (49, 2), (480, 10), (481, 11)])
def test_length_is_rounded_up(samples: int, ms: int) -> None:
    clip = make_clip(raw_of([0] * 99 + buzz(samples, 5_000) + [0] * 7))
    assert clip is not None
    assert clip.length == ms


def test_what_is_below_the_threshold_does_not_count() -> None:
    quiet = round(20_000 * 10 ** (-46 / 20))
    clip = make_clip(raw_of([quiet] * 960 + buzz(96, 20_000) + [-quiet] * 2_000))
    heard = pcm_of(clip)
    assert clip is not None
    assert clip.length == 2
    assert abs(heard[LEAD_SAMPLES - 1]) > 100, "the quiet before an attack is kept"
    assert heard[0] == 0, "and fades from nothing"
    assert len(heard) == LEAD_SAMPLES + 96


def breath_and_vowel(ms: int, level: float):
    """A soft beginning of so many ms, so many dB below what follows."""
    wave = np.sin(np.arange(300 * SAMPLES_PER_MS + ms * SAMPLES_PER_MS) / 5)
    wave[: ms * SAMPLES_PER_MS] *= 10 ** (level / 20)
    return 20_000 * wave


@pytest.mark.parametrize(
    ("ms", "level", "kept"),
    [(30, -35.0, 30), (80, -35.0, SOFT_LEAD), (30, -25.0, 0), (30, -50.0, 0)],
)
def test_what_is_softer_than_30_db_leads_by_60_ms_at_most(ms: int, level: float, kept: int) -> None:
    clip = make_clip(raw_of(breath_and_vowel(ms, level)))
    assert clip is not None
    heard = pcm_of(clip).astype(float)
    assert clip.lead == onset(heard)
    assert clip.lead / SAMPLES_PER_MS == pytest.approx(kept + LEAD, abs=0.5)
    assert clip.lead <= 60 * SAMPLES_PER_MS


def test_an_end_that_stops_dead_fades_over_some_ms() -> None:
    clip = make_clip(raw_of(20_000 * np.sign(np.sin(np.arange(9_600) / 5))))
    heard = np.abs(pcm_of(clip).astype(float))
    full = np.flatnonzero(heard > heard.max() * 10 ** (-1 / 20))[-1]
    gone = np.flatnonzero(heard > heard.max() * 10 ** (-40 / 20))[-1]
    assert 4 < (gone - full) / SAMPLES_PER_MS < 8
    assert len(heard) - full <= FADE_SAMPLES


@pytest.mark.parametrize("samples", [[], [0] * 500, [33, -33] * 500, [0, 0, 20, 0]])
def test_silence_is_no_clip(samples: list[int]) -> None:
    assert make_clip(raw_of(samples)) is None


def test_the_lowest_sample_and_an_odd_byte_are_no_trouble() -> None:
    heard = pcm_of(make_clip(Raw(raw_of([-32_768, 100]).pcm + b"\1", RATE)))
    assert heard[LEAD_SAMPLES] == -29_204


def test_loudness_is_that_of_the_finished_samples() -> None:
    clip = make_clip(raw_of(9_000 * np.sin(np.arange(30_000) / 7)))
    assert clip is not None
    levels = clip_levels(pcm_of(clip).astype(np.float32) / 32_768)
    assert clip.loudness == speech_loudness(levels)


@pytest.mark.parametrize("low", [0.0, 0.5, 2.0, 8.0])
def test_a_small_loudspeaker_gives_most_of_every_word(low: float) -> None:
    """Where more of a sound lies too low for it, that is lowered; other sounds stay as they are."""
    at = np.arange(24_000) / RATE
    wave = np.sin(2 * np.pi * 1_500 * at) + low * np.sin(2 * np.pi * 200 * at)
    clip = make_clip(raw_of(20_000 * wave / np.abs(wave).max()))
    levels = clip_levels(pcm_of(clip).astype(np.float32) / 32_768)
    before = clip_levels(wave.astype(np.float32))
    assert levels.below == pytest.approx(min(before.below, MOST_BELOW), abs=0.2)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 47_999, 96_000])
def test_a_tone_is_the_same_tone_at_another_rate(rate: int) -> None:
    def tone(at: int):
        seconds = np.arange(at // 5) / at
        return np.sin(2 * np.pi * 1_000 * seconds) * np.sin(np.pi * 5 * seconds) ** 2

    wanted, got = tone(RATE), resample_clip(tone(rate), rate)
    assert len(got) == pytest.approx(len(wanted), abs=6)
    size = min(len(got), len(wanted))
    assert np.abs(got[:size] - wanted[:size]).max() < 1e-3


def test_nothing_new_appears_above_the_old_band() -> None:
    noise = np.random.default_rng(1).normal(size=4_410) * np.hanning(4_410)
    spectrum = np.abs(np.fft.rfft(resample_clip(noise, 22_050)))
    above = int(len(spectrum) * 11_025 / 24_000) + 20
    assert spectrum[above:].max() < spectrum.max() * 1e-3


@given(
    st.lists(st.integers(-32_000, 32_000), min_size=1, max_size=80).filter(
        lambda samples: max(map(abs, samples)) > 33
    ),
    st.sampled_from([8_000, 22_050, RATE]),
)
def test_the_onset_is_always_where_it_belongs(samples: list[int], rate: int) -> None:
    clip = make_clip(raw_of(samples, rate))
    heard = pcm_of(clip).astype(float)
    assert clip is not None
    assert onset(heard) == clip.lead
    assert LEAD_SAMPLES <= clip.lead < LEAD_SAMPLES + SOFT_LEAD * SAMPLES_PER_MS
    assert clip.length == -(-(len(heard) - clip.lead) // SAMPLES_PER_MS)


def test_trimming_changes_no_audible_sample() -> None:
    samples = np.array([0.0] * 10 + [1_900.0, -30_000.0, 200.0, 900.0] * 200 + [0.0] * 10)
    kept = trim_clip(samples)
    assert (kept.lead, kept.length) == (LEAD_SAMPLES, 17)
    assert len(kept.samples) == LEAD_SAMPLES + 800
    before_fade = slice(LEAD_SAMPLES, LEAD_SAMPLES + 800 - FADE_SAMPLES)
    assert kept.samples[before_fade].tolist() == samples[10 : 810 - FADE_SAMPLES].tolist()


# --- the file of a clip -----------------------------------------------------------------------

CLIP = Clip(struct.pack("<4h", 1, -2, 3, -4), 1_234, -17.25)


@given(
    st.binary(max_size=20),
    st.integers(0, 2**32 - 1),
    st.floats(allow_nan=False),
    st.integers(0, 2**32 - 1),
)
def test_a_clip_comes_back_from_its_file(
    half: bytes, length: int, loudness: float, lead: int
) -> None:
    clip = Clip(2 * half, length, loudness, lead)
    data = clip_to_wave(clip)
    assert wave_to_clip(data) == clip
    facts = ClipFacts(length, loudness, lead, clip.digest, clip.samples)
    assert parse_facts(data[:HEADER_SIZE], len(data)) == facts


def test_the_file_is_a_wave_that_others_read() -> None:
    with wave.open(io.BytesIO(clip_to_wave(CLIP) + b"whatever a store appends")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.readframes(99) == CLIP.pcm


@pytest.mark.parametrize("at", [0, 4, 8, 22, 24, 36, 44, 48, 56, 60, 75, 76, 80, 84])
def test_another_file_is_no_clip(at: int) -> None:
    data = bytearray(clip_to_wave(CLIP))
    data[at] ^= 1
    assert wave_to_clip(bytes(data)) is None


@pytest.mark.parametrize("cut", [0, 10, 87, 88, 95])
def test_part_of_a_file_is_no_clip(cut: int) -> None:
    assert wave_to_clip(clip_to_wave(CLIP)[:cut]) is None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Next: Wall Sit.", "next-wall-sit-"),
        ("Für die Hüfte!", "fur-die-hufte-"),
        ("休憩", "line-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("x" * 99, "x" * 40 + "-"),
        ("\ud800", "line-"),
    ],
)
def test_names_are_readable_and_plain(text: str, slug: str) -> None:
    name = cache_file_name(text, "voice" + text)
    assert name.startswith(slug)
    assert len(name) == len(slug) + 10 + len(".wav")
    assert name != cache_file_name(text, "other" + text)


# --- files that engines leave -----------------------------------------------------------------


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)


def aiff(order: bytes, samples: bytes, channels: int = 1, bits: int = 16) -> bytes:
    rate = struct.pack(">HQ", 16_383 + 14, 22_050 << (63 - 14))
    common = struct.pack(">hIh", channels, 4, bits) + rate + order
    odd = chunk(b"NAME", b"odd")
    sound = chunk(b"SSND", struct.pack(">II", 2, 0) + b"xx" + samples)
    return chunk(b"FORM", b"AIFC" + chunk(b"COMM", common) + odd + sound)


@pytest.mark.parametrize(
    ("data", "samples"),
    [
        (aiff(b"", struct.pack(">3h", 1, -2, 300)), [1, -2, 300]),
        (aiff(b"NONE", struct.pack(">3h", 1, -2, 300)), [1, -2, 300]),
        (aiff(b"twos", struct.pack(">2h", 1, 300)), [1, 300]),
        (aiff(b"sowt", struct.pack("<2h", 1, 300)), [1, 300]),
        (aiff(b"sowt", struct.pack("<4h", 10, 30, -10, -30), channels=2), [20, -20]),
    ],
)
def test_aiff_in_every_order(tmp_path: Path, data: bytes, samples: list[int]) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    raw = read_engine_file(path)
    assert raw.rate == 22_050
    assert np.frombuffer(raw.pcm, dtype=np.int16).tolist() == samples


def test_stereo_waves_are_mixed(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(struct.pack("<4h", 100, 300, -100, -300))
    assert read_engine_file(tmp_path / "a.wav") == raw_of([200, -200], 16_000)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"FORM",
        b"<html>not found",
        aiff(b"fl32", b"1234"),
        aiff(b"", b"", bits=24),
        aiff(b"", b"", channels=0),
        chunk(b"FORM", b"AIFF" + chunk(b"SSND", bytes(8))),
    ],
)
def test_what_is_no_sound_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    with pytest.raises(VoiceError, match="no sound that can be read"):
        read_engine_file(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="no sound that can be read"):
        read_engine_file(tmp_path / "a.wav")
