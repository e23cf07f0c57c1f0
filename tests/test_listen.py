"""The instrument that listens: it reads what was put there, and notices what is wrong."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from audioworkout.dsp.loudness import clip_loudness
from audioworkout.mixing.ducking import music_curve
from audioworkout.mixing.islands import gain_clips, plan_islands
from audioworkout.mixing.render import pcm_of, render_blocks
from audioworkout.model.request import Sound
from audioworkout.model.timeline import Clip, Clips
from audioworkout.units import RATE
from mixes import CLIPS, WORDS, timeline, workout, write_mix

SCRIPTS = Path(__file__).parent.parent / "scripts"
ONE, TWO, SEVENTEEN, SENTENCE = WORDS
SCORE = workout(36)


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)


@pytest.fixture
def hearing() -> ModuleType:
    return importlib.import_module("_hearing")


@pytest.fixture
def pictures() -> ModuleType:
    return importlib.import_module("_pictures")


@pytest.fixture
def material() -> ModuleType:
    return importlib.import_module("_material")


@pytest.fixture
def listen() -> ModuleType:
    return importlib.import_module("listen")


def heard_of(*channels: np.ndarray) -> np.ndarray:
    """Samples within -1 to 1 as a decoder gives them."""
    return np.frombuffer(pcm_of(np.stack(channels, axis=1)), np.int16).reshape(-1, len(channels))


def mixed(score=SCORE, clips=CLIPS) -> np.ndarray:
    """A timeline as it sounds, at the levels its clips have of themselves."""
    blocks = render_blocks(plan_islands(score, gain_clips(score, clips)))
    return heard_of(np.concatenate(list(blocks)))


# --- reading ----------------------------------------------------------------------------------


def test_beyond_both_ends_there_is_silence(hearing: ModuleType) -> None:
    heard = np.array([[100], [200], [300]], np.int16)
    read = hearing.read_samples(heard, -2, 6) * 32_768
    assert read.tolist() == [0, 0, 100, 200, 300, 0]
    assert (hearing.read_samples(heard, 1, 1) * 32_768).tolist() == [200]
    assert not hearing.read_samples(heard, -9, 4).any()
    assert not hearing.read_samples(heard, 9, 4).any()


def test_voice_and_turned_music_are_told_apart(hearing: ModuleType) -> None:
    heard = np.array([[700, -300], [100, 100]], np.int16)
    assert (hearing.read_samples(heard, 0, 2, hearing.MIDDLE) * 32_768).tolist() == [200, 100]
    assert (hearing.read_samples(heard, 0, 2, hearing.SIDE) * 32_768).tolist() == [500, 0]


# --- when -------------------------------------------------------------------------------------


def test_every_word_and_sound_is_found_to_the_sample(hearing: ModuleType) -> None:
    onsets = hearing.find_onsets(mixed(), SCORE, CLIPS)
    assert [onset.event for onset in onsets] == list(SCORE.events)
    assert {onset.late for onset in onsets} == {0}
    assert min(onset.alike for onset in onsets) > 0.9


@pytest.mark.parametrize("late", [-300, 1, 1_105])
def test_a_decoder_that_is_late_is_noticed(hearing: ModuleType, late: int) -> None:
    onsets = hearing.find_onsets(np.roll(mixed(), late, axis=0), SCORE, CLIPS)
    assert {onset.late for onset in onsets} == {late}


def test_another_word_is_not_taken_for_it(hearing: ModuleType) -> None:
    others = {**WORDS, TWO: WORDS[SEVENTEEN]}
    onsets = hearing.find_onsets(mixed(), SCORE, Clips(others, CLIPS.sounds))
    alike = {onset.event.line: onset.alike for onset in onsets if hasattr(onset.event, "line")}
    assert alike[TWO] < 0.5 < alike[ONE]


@pytest.mark.parametrize("late", [0, 480, -960])
def test_a_recording_that_is_late_or_has_lost_its_beginning_is_noticed(
    hearing: ModuleType, late: int
) -> None:
    said = WORDS[SENTENCE]
    pcm = bytes(2 * late) + said.pcm if late >= 0 else said.pcm[-2 * late :]
    assert hearing.measure_lateness(Clip(pcm, said.length, said.loudness), said) == late / 48


# --- how loud ---------------------------------------------------------------------------------


def test_spread_is_that_of_the_widest_pair(hearing: ModuleType) -> None:
    levels = {ONE: -20.0, TWO: -19.5, SEVENTEEN: -19.0, SENTENCE: -17.9}
    found = hearing.measure_spread(levels)
    assert (found.cues, found.softest) == (4, ONE.text)
    assert (found.widest, found.middle) == pytest.approx((2.1, -19.25))
    assert hearing.measure_spread({}).cues == 0


def test_a_word_that_is_too_loud_is_noticed(hearing: ModuleType) -> None:
    score = timeline(20_000, *((2_000 * n, line) for n, line in enumerate(WORDS, 1)))
    levels = hearing.measure_words(mixed(score), score, CLIPS, clip_loudness)
    assert levels.keys() == WORDS.keys()
    assert hearing.measure_spread(levels).widest < 0.2
    louder = mixed(score).copy()
    louder[4 * RATE : 5 * RATE] //= 2
    levels = hearing.measure_words(louder, score, CLIPS, clip_loudness)
    assert hearing.measure_spread(levels).widest == pytest.approx(6, abs=0.3)
    assert hearing.measure_spread(levels).softest == TWO.text


def test_beeps_count_as_words_do_and_ticks_do_not(hearing: ModuleType) -> None:
    score = timeline(9_000, (1_000, ONE), (3_000, "go"), (5_000, "tick"))
    levels = hearing.measure_cues(mixed(score), score, CLIPS, clip_loudness)
    assert levels.keys() == {ONE, "go"}
    assert hearing.measure_spread(levels).widest < 0.2


def test_a_small_loudspeaker_leaves_out_what_is_low(hearing: ModuleType) -> None:
    at = np.arange(RATE) / RATE
    low, high = (np.sin(2 * np.pi * hertz * at).astype(np.float32) for hertz in (125, 2_000))
    assert hearing.small_loudness(high) == pytest.approx(clip_loudness(high), abs=0.1)
    assert hearing.small_loudness(low) < clip_loudness(low) - 30


def test_a_word_that_begins_late_is_noticed(hearing: ModuleType) -> None:
    score = timeline(9_000, (1_000, ONE), (3_000, SENTENCE))
    assert max(map(abs, hearing.measure_beginnings(mixed(score), score, CLIPS))) < 1
    late = np.roll(mixed(score), 480, axis=0)
    assert hearing.measure_beginnings(late, score, CLIPS) == pytest.approx([10, 10], abs=1)


def test_words_beneath_beeps_are_left_out(hearing: ModuleType) -> None:
    score = timeline(9_000, (1_000, ONE), (3_000, SENTENCE), (4_000, "go"), (7_000, "tick"))
    assert [each.start_ms for each in hearing.events_alone(score, CLIPS)] == [1_000, 7_000]


@pytest.mark.parametrize("ms", [150, 1_000])
def test_plain_loudness_of_a_tone_is_that_of_the_standard(hearing: ModuleType, ms: int) -> None:
    """A sine of 997 Hz at full scale reads -3.01 LUFS in one channel."""
    tone = np.sin(2 * np.pi * 997 * np.arange(48 * ms) / RATE)
    around = np.pad(tone, (480, 0)).astype(np.float32)
    assert hearing.plain_loudness(around) == pytest.approx(-3.01, abs=0.1)


# --- what encoding changes ----------------------------------------------------------------------


def test_a_frame_that_is_lost_is_noticed(hearing: ModuleType) -> None:
    mix = mixed()
    assert hearing.measure_noise(mix, mix + np.int16(1)).spoiled == 0
    heard = mix.copy()
    heard[SCORE.events[0].start_ms * 48 :][:500] = 0
    noise = hearing.measure_noise(heard, mix)
    assert noise.at == SCORE.events[0].start_ms // 24 * 24
    assert 10 < noise.ratio < 60
    assert noise.most > -40
    assert noise.spoiled == 1


# --- the music --------------------------------------------------------------------------------


def ducked(hearing: ModuleType, late: int, duck: float) -> list:
    """What is found of a tone that follows the curve, late by so many ms."""
    score = timeline(
        40_000,
        (10_000, SENTENCE),
        (12_500, SENTENCE),
        (20_000, SENTENCE),
        (27_000, ONE),
        (33_000, "tick"),
    )
    curve = music_curve(score, Sound(duck=duck))
    at = np.arange(40_000 * 48)
    levels = np.interp(at / 48 - late, curve.moments, curve.levels)
    tone = np.sin(2 * np.pi * 1_000 * at / RATE) * 10 ** (levels / 20)
    voice = 0.2 * np.sin(2 * np.pi * 1_001 * at / RATE)
    return hearing.find_ducks(heard_of(voice + tone, voice - tone), score)


def test_the_curve_is_read_as_it_is(hearing: ModuleType) -> None:
    found = ducked(hearing, 0, 14)
    assert len(found) == 2, "two are close together, numbers are lowered less, ticks are no cues"
    for duck in found:
        assert (duck.high, duck.low, duck.most) == pytest.approx((-24, -38, -38), abs=0.3)
        moments = (duck.falls, duck.fallen, duck.fall, duck.rises, duck.risen, duck.rise)
        assert moments == pytest.approx((279, 21, 240, 50, 650, 560), abs=4)


def test_music_that_is_late_or_too_loud_is_noticed(hearing: ModuleType) -> None:
    for duck in ducked(hearing, 40, 10):
        assert duck.high - duck.low == pytest.approx(10, abs=0.2)
        assert duck.falls == pytest.approx(270 - 40, abs=4)
        assert duck.fallen == 0
        assert duck.risen == pytest.approx(630 + 40, abs=4)


# --- the quiet --------------------------------------------------------------------------------


def test_dips_and_silence_are_found(hearing: ModuleType) -> None:
    wave = np.where(np.arange(4 * RATE) % 2, 328, -328).astype(np.int16)
    wave[RATE : RATE + 480] = 33
    wave[2 * RATE : 2 * RATE + 7] = 0
    heard = wave[:, None]
    level, moment = hearing.find_quietest(heard, 10)
    assert (level, moment) == (pytest.approx(-60, abs=0.1), 1_000)
    assert hearing.count_longest_silence(heard) == 7
    levels = hearing.measure_around(heard, [RATE], 2, 12)
    assert [round(each) for each in levels] == [-40] * 2 + [-60] * 10 + [-40] * 2


def test_silence_at_the_end_counts(hearing: ModuleType) -> None:
    assert hearing.count_longest_silence(np.array([[0], [0], [3], [0], [0], [0]], np.int16)) == 3


# --- what is listened to ----------------------------------------------------------------------


def test_the_song_is_the_same_each_time_and_stereo(tmp_path: Path, material: ModuleType) -> None:
    import soundfile

    first, second = (material.write_song(tmp_path / f"{n}.wav", bars=3) for n in "ab")
    assert first.read_bytes() == second.read_bytes()
    samples, rate = soundfile.read(first)
    assert (rate, len(samples)) == (44_100, 3 * 4 * round(44_100 * 60 / 126))
    assert np.abs(samples).max() == pytest.approx(0.8, abs=1e-3)
    assert np.abs(samples[:, 0] - samples[:, 1]).max() > 0.1


def test_turned_music_has_no_middle(tmp_path: Path, material: ModuleType) -> None:
    import soundfile

    song = tmp_path / "song.wav"
    soundfile.write(song, np.random.default_rng(1).uniform(-0.9, 0.9, (5_000, 2)), 44_100)
    samples, rate = soundfile.read(material.write_turned(song, tmp_path / "turned.wav"))
    assert rate == 44_100
    assert not samples.sum(axis=1).any()
    assert np.abs(samples[:, 0] - soundfile.read(song)[0][:, 0]).max() < 1e-4


def test_recordings_are_uneven_and_have_the_noise_of_their_room(material: ModuleType) -> None:
    words = np.sin(np.arange(RATE) / 20)
    takes = [material.make_recording(words, -50, np.random.default_rng(n)) for n in range(5)]
    peaks = [20 * np.log10(np.abs(take).max()) for take in takes]
    assert all(-25 < peak < -3 for peak in peaks)
    assert max(peaks) - min(peaks) > 3
    noise = [20 * np.log10(take[: RATE // 6].std()) for take in takes]
    assert noise == pytest.approx([-48.5] * 5, abs=0.5)


# --- decoders ---------------------------------------------------------------------------------


def test_every_decoder_here_gives_the_same_samples(tmp_path: Path) -> None:
    decoders = importlib.import_module("_decoders")
    score, mp3 = workout(20), tmp_path / "a.mp3"
    write_mix(mp3, score)
    heard = {
        name: decoders.decode_file(by, mp3, 1, tmp_path / f"{number}.raw")
        for number, (name, by) in enumerate(decoders.find_decoders().items())
    }
    first = next(iter(heard.values())).astype(int)
    assert len(first) == score.duration_ms * 48
    for name, other in heard.items():
        assert other.shape == first.shape, name
        assert np.abs(first - other).max() <= 1, name


def test_a_program_that_fails_is_no_short_file() -> None:
    decoders = importlib.import_module("_decoders")
    with pytest.raises(decoders.subprocess.CalledProcessError):
        list(decoders.pipe_output("false"))


# --- pictures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("hertz", [440, 5_000])
@pytest.mark.parametrize("seconds", [1, 6])
def test_a_tone_is_bright_where_its_frequency_is(
    pictures: ModuleType, hertz: int, seconds: int
) -> None:
    count = seconds * RATE + 2 * pictures.AROUND
    tone = 0.001 * np.sin(2 * np.pi * hertz * np.arange(count) / RATE)
    image = pictures.make_spectrum(tone.astype(np.float32), 50, 300)
    assert image.shape == (300, 50, 3)
    rows = image.sum(axis=2).argmax(axis=0)
    shown = np.geomspace(pictures.HIGH, pictures.LOW, 300)[rows]
    assert np.abs(shown / hertz - 1).max() < 0.2


def test_marks_stand_at_their_moments(pictures: ModuleType) -> None:
    quiet = np.zeros(10 * RATE + 2 * pictures.AROUND, np.float32)
    marks = [pictures.Mark(65_000, 66_000, "one", "said")]
    image = np.asarray(pictures.draw_stretch(quiet, 60_000, marks))
    colour = [int(pictures.COLOURS["said"][n : n + 2], 16) for n in (1, 3, 5)]
    columns = np.flatnonzero((image == colour).all(axis=2).any(axis=0))
    assert columns.min() == pytest.approx(pictures.LEFT + pictures.WIDTH / 2, abs=1)
    assert columns.max() == pytest.approx(pictures.LEFT + 0.6 * pictures.WIDTH, abs=2)


# --- the script -------------------------------------------------------------------------------


@pytest.fixture
def routine(tmp_path: Path) -> str:
    path = tmp_path / "tiny.yaml"
    path.write_text("title: Tiny\nget_ready: 4s\nexercises:\n  - plank: 10s\n")
    return str(path)


def tables_in(text: str) -> Iterator[list[list[str]]]:
    for table in text.split("\n### ")[1:]:
        rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line[:1] == "|"]
        assert all(row[0] != "" for row in rows)
        yield rows[2:]


def test_all_tables_are_told(
    listen: ModuleType,
    material: ModuleType,
    routine: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(listen, "find_decoders", lambda: {"libsndfile": listen.by_soundfile})
    monkeypatch.setattr(listen, "ROOMS", (-60.0,))
    monkeypatch.setattr(listen, "RATES", (320,))
    monkeypatch.setattr(listen, "BUILDS", (*listen.BUILDS[:3], listen.BUILDS[-1]))
    song = material.write_song(tmp_path / "song.wav", bars=4)
    listen.main(["--routine", routine, "--music", str(song)])
    tables = tables_in(capsys.readouterr().out)
    loud, cues, begun, changed, recordings, decoders, ducking, quiet = tables
    assert {row[0] for row in loud} <= set(listen.BUILDS)
    for row in loud:
        assert float(row[2]) == pytest.approx(float(row[1]), abs=0.5)
        assert float(row[4]) <= -1
    assert all(float(width) < 3 for row in cues for width in row[2:4])
    assert all(float(width) < 2.5 for row in cues for width in row[4:6])
    assert all(float(row[2]) <= 5 and float(row[3]) <= 15 for row in begun)
    assert changed[-1][0] == "natural, music, 320 kbit/s"
    assert all(float(row[1]) > 15 and row[3] == "0" for row in changed)
    assert len(recordings) == 1
    assert [row[2:5] for row in decoders] == [["exact", decoders[0][3], "0"]] * 2
    assert len(ducking) == 11
    assert len(quiet) == 5


def test_a_picture_is_drawn_instead(
    listen: ModuleType, routine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.png"
    listen.main(["--routine", routine, "--of", "espeak", "--picture", "0:01", "5.5", str(target)])
    assert capsys.readouterr().out == f"{target}\n"
    assert Image.open(target).size == (1_276, 1_012)
