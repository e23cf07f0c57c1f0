"""The sounds: what the table promises, and that the files kept are what the script makes."""

import runpy
import wave
from pathlib import Path

import numpy as np
import pytest

from audioworkout.dsp.limiter import true_peak
from audioworkout.dsp.loudness import audible_extent, clip_loudness
from audioworkout.dsp.tones import BELLS, TONES, VOICE_LEVEL, render_tone
from audioworkout.model.script import SOUND_NAMES
from audioworkout.model.timeline import LEAD
from audioworkout.units import RATE, SAMPLES_PER_MS

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "make_sounds.py"))


def test_the_files_are_what_the_script_makes(tmp_path):
    for made in SCRIPT["write_sounds"](tmp_path / "new"):
        kept = ROOT / "sounds" / made.relative_to(tmp_path / "new")
        assert made.read_bytes() == kept.read_bytes(), "run scripts/make_sounds.py"


def test_every_sound_has_its_file_and_its_line():
    assert tuple(TONES) == SOUND_NAMES
    readme = (ROOT / "sounds" / "README.md").read_text("utf-8")
    for name in SOUND_NAMES:
        assert f"`{name}.wav`" in readme


SCORES = {name: TONES[name] for name in SOUND_NAMES} | {
    f"calm/{name}": bell for name, bell in BELLS.items()
}


@pytest.mark.parametrize("name", SCORES)
def test_a_file_is_mono_16_bit_at_48_khz(name):
    with wave.open(str(ROOT / "sounds" / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)


@pytest.mark.parametrize("name", SCORES)
def test_onset_level_and_peak(name):
    samples = render_tone(SCORES[name])
    assert samples.dtype == np.float32
    assert audible_extent(samples)[0] == LEAD * SAMPLES_PER_MS
    assert clip_loudness(samples) == pytest.approx(VOICE_LEVEL + SCORES[name].level, abs=0.01)
    assert true_peak(samples) <= -6.0


@pytest.mark.parametrize("name", SCORES)
def test_edges_do_not_click(name):
    samples = render_tone(SCORES[name])
    loudest = np.abs(samples).max()
    assert np.abs(samples[:: len(samples) - 1]).max() < loudest / 1_000
    # The steepest a sine of the highest partial can go between two samples.
    score = SCORES[name]
    highest = max(note.hertz for note in score.notes) * score.partials[-1][0]
    assert np.abs(np.diff(samples)).max() <= loudest * 2 * np.pi * highest / RATE


def pitch(samples):
    """Frequency of the strongest partial (hertz)."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 17))
    return np.argmax(spectrum) * RATE / (1 << 17)


@pytest.mark.parametrize("name", SCORES)
def test_pitches_are_those_of_the_table(name):
    samples = render_tone(SCORES[name])[LEAD * SAMPLES_PER_MS :]
    notes = SCORES[name].notes
    for note, end in zip(notes, [*(following.at for following in notes[1:]), None], strict=True):
        last = note.at + note.lasts if end is None else min(end, note.at + note.lasts)
        heard = pitch(samples[note.at * SAMPLES_PER_MS : last * SAMPLES_PER_MS])
        assert heard == pytest.approx(note.hertz, rel=0.02)
        assert 800 <= note.hertz <= 2_000
