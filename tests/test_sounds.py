"""Built-in sounds, and a person's own: read, levelled, cut, or refused by name."""

import subprocess
import sys
import wave

import numpy as np
import pytest
import soundfile

from audioworkout import sounds
from audioworkout.dsp.limiter import true_peak
from audioworkout.dsp.loudness import audible_extent, clip_loudness
from audioworkout.errors import BuildError, UsageError
from audioworkout.model.script import SOUND_NAMES
from audioworkout.model.timeline import LEAD
from audioworkout.sounds import load_sounds
from audioworkout.units import RATE, SAMPLES_PER_MS


def samples_of(clip):
    return np.frombuffer(clip.pcm, "<i2") / 32_768


def beep(seconds=0.2, rate=RATE, hertz=1_000, quiet=0.05, level=0.3):
    """Quiet, then a tone that ends in a fade."""
    at = np.arange(int(seconds * rate)) / rate
    tone = level * np.sin(2 * np.pi * hertz * at) * np.minimum(1, (seconds - at) * 100)
    return np.concatenate([np.zeros(int(quiet * rate)), tone])


@pytest.mark.parametrize("calm", [False, True])
@pytest.mark.parametrize("name", SOUND_NAMES)
def test_what_is_written_down_of_the_built_in_ones_is_so(name, calm):
    clip = load_sounds(calm=calm)[name]
    start, end = audible_extent(samples_of(clip))
    assert start == LEAD * SAMPLES_PER_MS
    assert clip.length == -(-(end - start) // SAMPLES_PER_MS)
    assert clip.loudness == pytest.approx(clip_loudness(samples_of(clip)), abs=0.02)


def modules_after(code):
    script = f"import sys\n{code}\nprint(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return set(run.stdout.split())


def test_the_built_in_ones_need_no_numpy():
    loaded = modules_after("from audioworkout.sounds import load_sounds; load_sounds()")
    assert not loaded & {"numpy", "pydub", "soundfile"}


def test_pydub_is_not_heard_of(tmp_path):
    soundfile.write(tmp_path / "go.wav", beep(), RATE)
    loaded = modules_after(
        "from pathlib import Path; from audioworkout.sounds import load_sounds\n"
        f"load_sounds(Path({str(tmp_path)!r}))"
    )
    assert "pydub" in loaded


@pytest.mark.parametrize(
    ("suffix", "subtype"),
    [
        (".wav", "PCM_16"),
        (".wav", "PCM_U8"),
        (".wav", "PCM_24"),
        (".wav", "FLOAT"),
        (".flac", "PCM_16"),
        (".ogg", "VORBIS"),
        (".mp3", "MPEG_LAYER_III"),
        (".aiff", "PCM_16"),
        (".WAV", "PCM_16"),
    ],
)
def test_ones_own_sound_is_as_loud_as_the_one_it_replaces(tmp_path, suffix, subtype):
    file = tmp_path / f"Go{suffix}"
    soundfile.write(file, beep(), RATE, subtype=subtype)
    clip = load_sounds(tmp_path)["go"]
    samples = samples_of(clip)
    assert clip.loudness == pytest.approx(-20.0, abs=0.3)
    assert clip.loudness == pytest.approx(clip_loudness(samples), abs=0.01)
    assert audible_extent(samples)[0] == LEAD * SAMPLES_PER_MS
    assert clip.length == pytest.approx(200, abs=8)
    assert true_peak(samples) <= -5.9


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000])
def test_any_rate_keeps_its_pitch(tmp_path, rate):
    soundfile.write(tmp_path / "half.wav", beep(rate=rate, seconds=0.5), rate)
    samples = samples_of(load_sounds(tmp_path)["half"])
    spectrum = np.abs(np.fft.rfft(samples, 1 << 16))
    assert np.argmax(spectrum) * RATE / (1 << 16) == pytest.approx(1_000, abs=5)


@pytest.mark.parametrize("channels", [2, 6])
def test_channels_are_mixed_to_one(tmp_path, channels):
    soundfile.write(tmp_path / "end.wav", np.tile(beep()[:, None], channels), RATE)
    alone = tmp_path / "alone"
    alone.mkdir()
    soundfile.write(alone / "end.wav", beep(), RATE)
    together, one = (samples_of(load_sounds(f)["end"]) for f in (tmp_path, alone))
    np.testing.assert_allclose(together, one, rtol=0, atol=2e-3)


def test_a_float_file_with_the_extensible_header_is_not_noise(tmp_path):
    soundfile.write(tmp_path / "go.wav", beep(), RATE, format="WAVEX", subtype="FLOAT")
    samples = samples_of(load_sounds(tmp_path)["go"])
    assert np.abs(np.diff(samples)).max() < 0.2 * np.abs(samples).max()


def test_a_calm_workout_has_soft_bells():
    beeps, bells = load_sounds(), load_sounds(calm=True)
    same = {name for name in SOUND_NAMES if beeps[name] == bells[name]}
    assert same == {"tick", "pulse"}
    assert all(bells[name].loudness < beeps[name].loudness for name in {*SOUND_NAMES} - same)


def test_the_rest_is_built_in(tmp_path):
    soundfile.write(tmp_path / "go.wav", beep(), RATE)
    own, built_in = load_sounds(tmp_path), load_sounds()
    assert tuple(own) == SOUND_NAMES
    assert [name for name in SOUND_NAMES if own[name] != built_in[name]] == ["go"]


def test_a_tick_is_levelled_as_a_tick(tmp_path):
    soundfile.write(tmp_path / "tick.flac", beep(seconds=0.05), RATE)
    assert load_sounds(tmp_path)["tick"].loudness == pytest.approx(-32, abs=0.3)


def test_a_long_sound_is_cut_and_fades(tmp_path):
    soundfile.write(tmp_path / "finish.wav", beep(seconds=5, hertz=440), RATE)
    clip = load_sounds(tmp_path)["finish"]
    assert 2_980 <= clip.length <= 3_000
    samples = samples_of(clip)
    last = audible_extent(samples)[1]
    assert np.abs(samples[last - 48 : last]).max() < np.abs(samples).max() / 4


def test_a_click_is_limited_not_brought_to_level(tmp_path):
    click = np.zeros(RATE // 2)
    click[100] = 0.9
    soundfile.write(tmp_path / "go.wav", click, RATE)
    assert true_peak(samples_of(load_sounds(tmp_path)["go"])) <= -5.8


def test_wav_comes_before_mp3(tmp_path):
    soundfile.write(tmp_path / "go.mp3", beep(seconds=0.9), RATE)
    soundfile.write(tmp_path / "go.wav", beep(seconds=0.1), RATE)
    assert load_sounds(tmp_path)["go"].length < 200


@pytest.mark.parametrize("name", ["go.wav", "go.mp3", "go.m4a", "go.flac"])
@pytest.mark.parametrize("data", [b"", b"just words", b"RIFF\x24\0\0\0WAVEfmt "])
def test_a_file_that_is_no_sound_is_refused_by_name(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError) as caught:
        load_sounds(tmp_path)
    assert str(tmp_path / name) in str(caught.value)
    assert caught.value.hint


def test_a_sound_that_is_cut_off_is_refused_by_name(tmp_path):
    file = tmp_path / "go.wav"
    soundfile.write(file, beep(), RATE)
    file.write_bytes(file.read_bytes()[:9_000])
    with pytest.raises(UsageError, match=r"go\.wav is cut off"):
        load_sounds(tmp_path)


@pytest.mark.parametrize("samples", [np.zeros(4_800), np.zeros(0)])
def test_silence_is_refused_by_name(tmp_path, samples):
    soundfile.write(tmp_path / "half.wav", samples, RATE)
    with pytest.raises(UsageError, match=r"half\.wav is silent"):
        load_sounds(tmp_path)


def test_a_folder_with_a_sounds_name_is_refused(tmp_path):
    (tmp_path / "go.wav").mkdir()
    with pytest.raises(UsageError, match=r"go\.wav"):
        load_sounds(tmp_path)


def test_a_missing_folder_and_a_file_in_its_place(tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(UsageError, match="no folder of sounds") as caught:
            load_sounds(folder)
        assert "ready, go, tick, pulse, half, end, finish" in caught.value.hint


def test_a_folder_without_any_name_that_is_looked_for(tmp_path):
    soundfile.write(tmp_path / "gong.wav", beep(), RATE)
    (tmp_path / "go.txt").touch()
    with pytest.raises(UsageError, match="holds no sound") as caught:
        load_sounds(tmp_path)
    assert "ready, go, tick" in caught.value.hint


def test_built_in_sounds_beside_the_package_come_first(tmp_path, monkeypatch):
    monkeypatch.setattr(sounds, "__file__", str(tmp_path / "src" / "audioworkout" / "sounds.py"))
    for folder in (tmp_path / "sounds", tmp_path / "src" / "audioworkout" / "sounds"):
        folder.mkdir(parents=True)
        assert sounds._built_in_folder() == folder


def test_damaged_built_in_sounds_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sounds, "_built_in_folder", lambda: tmp_path)
    with pytest.raises(BuildError, match=r"ready\.wav"):
        load_sounds()
    (tmp_path / "ready.wav").write_bytes(b"no")
    with pytest.raises(BuildError, match="damaged"):
        load_sounds()


def test_without_soundfile_there_is_a_hint(tmp_path, monkeypatch):
    (tmp_path / "go.wav").touch()
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with pytest.raises(BuildError, match="no sound file") as caught:
        load_sounds(tmp_path)
    assert "soundfile" in caught.value.hint


def test_built_in_files_are_readable_by_anything():
    with wave.open(str(sounds._built_in_folder() / "go.wav")) as file:
        assert file.getnframes() * 2 == len(load_sounds()["go"].pcm)
