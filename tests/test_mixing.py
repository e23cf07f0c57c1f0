"""Islands, levels and samples: what sounds together, how loud, and where each sample lies."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioworkout.dsp.limiter import limit_channel, true_peak
from audioworkout.dsp.loudness import clip_loudness, integrated_loudness, onset
from audioworkout.dsp.resampling import resample_clip
from audioworkout.dsp.tones import VOICE_LEVEL
from audioworkout.dsp.trimming import trim_clip
from audioworkout.mixing.gains import GAIN_STEP, MAX_GAIN, solve_gains
from audioworkout.mixing.islands import (
    GainedClip,
    Island,
    NoiseFrames,
    frames_for,
    gain_clips,
    plan_islands,
    schedule_key,
    with_gains,
)
from audioworkout.mixing.render import (
    VOICE_LIMIT,
    keep_awake_noise,
    pcm_of,
    render_blocks,
    render_island,
    samples_of,
)
from audioworkout.model.script import Line
from audioworkout.model.timeline import LEAD, Clip, Clips
from audioworkout.units import FRAME, RATE, SAMPLES_PER_MS
from mixes import CLIPS, WORDS, clip_of, timeline, word, workout

ONE, TWO, SEVENTEEN, SENTENCE = WORDS
CEILING = VOICE_LIMIT.ceiling


def planned(duration, *placed, gain=0, clips=CLIPS):
    score = timeline(duration, *placed, clips=clips)
    gained = gain_clips(score, clips)
    return plan_islands(score, with_gains(gained, dict.fromkeys(gained, gain)))


# --- islands


def test_an_island_begins_one_frame_early_and_is_sample_accurate():
    (island,) = planned(5_000, (2_010, "go")).islands
    assert island.frame == 2_000 // 24 - 1
    (part,) = island.parts
    assert island.frame * FRAME + part.at == 2_000 * SAMPLES_PER_MS
    assert FRAME <= part.at < 2 * FRAME


def test_an_island_at_the_very_start():
    (island,) = planned(5_000, (0, "go")).islands
    assert (island.frame, island.parts[0].at) == (0, -LEAD * SAMPLES_PER_MS)
    heard = render_island(island)[: 20 * SAMPLES_PER_MS] - keep_awake_noise(20 * SAMPLES_PER_MS)
    clip = samples_of(CLIPS.sounds["go"])[LEAD * SAMPLES_PER_MS :]
    np.testing.assert_allclose(heard, clip[: len(heard)], rtol=0, atol=1e-7)


def test_what_overlaps_or_touches_is_one_island_and_what_is_apart_is_not():
    length = CLIPS.sound("go")
    for apart, count in ((0, 1), (length, 1), (length + 40, 1), (length + 100, 2)):
        assert len(planned(9_000, (2_000, "go"), (2_000 + apart, "end")).islands) == count


def test_a_long_clip_holds_what_sounds_within_it():
    whole = planned(9_000, (2_000, SENTENCE), (2_100, "tick"), (3_500, "tick"))
    assert [len(island.parts) for island in whole.islands] == [3]


def test_equal_islands_have_equal_keys_wherever_they_stand():
    beat = 2_400  # a multiple of a frame
    whole = planned(20_000, *((2_000 + beat * n, ONE) for n in range(5)))
    assert len({island.key for island in whole.islands}) == 1
    shifted = planned(20_000, *((2_000 + (beat + 4) * n, ONE) for n in range(7)))
    assert len({island.key for island in shifted.islands}) == 6, "six phases of 4 ms in a frame"


def test_whatever_changes_the_sound_changes_the_key():
    one, louder_one = (planned(9_000, (2_000, ONE), gain=g).islands[0] for g in (0, 1))
    assert one.key != louder_one.key
    part = one.parts[0]
    other = GainedClip(part.clip.audio, "another sound", part.clip.gain)
    for change in (
        one._replace(parts=(part._replace(at=part.at + 1),)),
        one._replace(parts=(part._replace(clip=other),)),
        one._replace(parts=(part, part)),
        one._replace(frames=one.frames + 1),
    ):
        assert change.key != one.key
    assert one._replace(frame=one.frame + 9).key == one.key


SOURCES = st.sampled_from([*WORDS, "ready", "go", "tick", "pulse", "half", "end", "finish"])


@given(st.lists(st.tuples(st.integers(0, 20_000), SOURCES), max_size=12), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_islands_and_gaps_fill_the_file_exactly(placed, more):
    duration = max([at for at, _ in placed], default=0) + 1 + more
    whole = planned(duration, *placed)
    frames = 0
    for piece in whole.pieces:
        assert piece.frames > 0
        if isinstance(piece, Island):
            assert piece.frame == frames
        frames += piece.frames
    assert frames == whole.frames == frames_for(duration * SAMPLES_PER_MS)
    laid = [island.frame * FRAME + p.at for island in whole.islands for p in island.parts]
    assert laid == sorted((at - LEAD) * SAMPLES_PER_MS for at, _ in placed)
    for island in whole.islands:
        for part in island.parts:
            end = min(part.at + part.clip.samples, whole.samples - island.frame * FRAME)
            assert end <= island.samples


def test_a_file_without_a_sound_is_one_gap():
    assert list(planned(240).pieces) == [NoiseFrames(11)]


def test_finding_islands_takes_no_numpy():
    code = "import sys; from audioworkout.mixing import islands; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- levels


def test_speech_is_brought_to_the_level_the_sounds_were_made_for():
    score = timeline(9_000, (1_500, ONE), (3_000, TWO), (5_000, "go"))
    gained = gain_clips(score, CLIPS)
    for line in (ONE, TWO):
        assert CLIPS.lines[line].loudness + gained[line].gain / 100 == pytest.approx(
            VOICE_LEVEL, abs=0.051
        )
    assert gained["go"].gain == 0


def test_a_soft_number_is_softer_by_one_and_a_half_decibels():
    listed, soft = Line("one", True, listed=True), Line("one", True, listed=True, soft=True)
    clips = CLIPS._replace(lines={listed: CLIPS.lines[ONE], soft: CLIPS.lines[ONE]})
    gained = gain_clips(timeline(9_000, (1_500, listed), (5_000, soft), clips=clips), clips)
    assert gained[listed].gain - gained[soft].gain == 150


def test_volume_is_that_of_speech_against_sounds():
    score = timeline(9_000, (1_500, ONE), (5_000, "go"))
    plain, loud = (gain_clips(score, CLIPS, volume) for volume in (1.0, 2.0))
    assert loud[ONE].gain - plain[ONE].gain == 600
    assert loud["go"].gain == plain["go"].gain


def mixed(score, target, clips=CLIPS, volume=1.0):
    gained = gain_clips(score, clips, volume)
    found = solve_gains(score, gained, target)
    whole = plan_islands(score, with_gains(gained, found.gains))
    return found, np.concatenate(list(render_blocks(whole)))


@pytest.mark.parametrize("target", [-30.0, -23.0, -19.0, -16.0])
def test_the_mix_is_as_loud_as_was_asked(target):
    found, mix = mixed(workout(34), target)
    assert integrated_loudness(mix) == pytest.approx(target, abs=0.25)
    assert found.loudness == pytest.approx(integrated_loudness(mix), abs=0.1)
    assert true_peak(mix) <= CEILING + 0.1


def test_words_are_as_loud_as_each_other_even_after_the_limiter():
    score = workout(34)
    gained = gain_clips(score, CLIPS)
    gained = with_gains(gained, solve_gains(score, gained, -16.0).gains)
    levelled = {
        source: samples_of(clip.audio) * 10 ** (clip.gain / 2_000)
        for source, clip in gained.items()
    }
    assert any(true_peak(levelled[line]) > CEILING + 1 for line in WORDS), "nothing to limit"
    after = [
        clip_loudness(limit_channel(levelled[s], CEILING)) for s in (*WORDS, "ready", "go", "end")
    ]
    assert max(after) - min(after) < 0.5


def test_the_common_gain_moves_in_steps():
    quiet, loud = (
        solve_gains(workout(34), gain_clips(workout(34), CLIPS), target).gains["go"]
        for target in (-30.0, -29.9)
    )
    assert quiet % GAIN_STEP == loud % GAIN_STEP == 0


@pytest.mark.parametrize("silent", [b"", bytes(9_600)])
def test_silence_is_left_alone(silent):
    clips = Clips({ONE: Clip(silent, 0, float("-inf"))}, {})
    found, mix = mixed(timeline(3_000, (1_500, ONE), clips=clips), -19.0, clips)
    assert found.gains == {ONE: 0}
    assert found.loudness == float("-inf")
    assert integrated_loudness(mix) == pytest.approx(
        integrated_loudness(keep_awake_noise(RATE)), abs=0.5
    )


def test_a_target_out_of_reach_ends():
    found, mix = mixed(workout(34), 0.0)
    assert max(found.gains.values()) <= 100 * (MAX_GAIN + VOICE_LIMIT.max_make_up)
    assert true_peak(mix) <= CEILING + 0.5


def test_the_schedule_key_follows_what_is_heard():
    score = workout(34)
    gained = gain_clips(score, CLIPS)
    key = schedule_key(score, gained)
    assert key == schedule_key(score._replace(title="another"), gained)
    moved = (score.events[0]._replace(start_ms=1_501), *score.events[1:])
    assert key != schedule_key(score._replace(events=moved), gained)
    assert key != schedule_key(score, gain_clips(score, CLIPS, volume=0.5))
    assert key != schedule_key(score._replace(duration_ms=1_000_000), gained)


# --- samples


def test_samples_are_added_where_they_lie():
    tap = clip_of(np.array([0.5, -0.25, 0.125]))
    clips = Clips({ONE: tap}, {})
    (island,) = planned(3_000, (1_500, ONE), (1_500, ONE), clips=clips).islands
    parts = (part._replace(clip=part.clip._replace(gain=-602)) for part in island.parts)
    island = island._replace(parts=tuple(parts))
    heard = render_island(island) - keep_awake_noise(island.samples)
    at = 1_500 * SAMPLES_PER_MS - island.frame * FRAME
    assert heard[at : at + 3] == pytest.approx([0.5, -0.25, 0.125], abs=1e-3)
    heard[at : at + 3] = 0
    assert not heard.any()


def test_blocks_add_up_and_agree_with_the_islands():
    score = timeline(95_007, (1_500, SENTENCE), (94_700, "go"))
    whole = plan_islands(score, gain_clips(score, CLIPS))
    blocks = list(render_blocks(whole))
    assert sum(map(len, blocks)) == whole.samples == 95_007 * SAMPLES_PER_MS
    assert max(map(len, blocks)) <= 30 * RATE
    mix = np.concatenate(blocks)
    first = whole.islands[0]
    start = first.frame * FRAME
    assert np.array_equal(mix[start : start + first.samples], render_island(first))
    assert mix.dtype == np.float32


def test_keep_awake_noise_is_faint_even_and_always_the_same():
    noise = keep_awake_noise(2 * RATE)
    levels = np.sqrt(np.mean(np.square(noise.reshape(-1, 2_400)), axis=1))
    assert 20 * np.log10(levels) == pytest.approx(np.full(len(levels), -60), abs=0.5)
    assert np.abs(noise).max() < 10 ** (-55 / 20)
    assert np.array_equal(keep_awake_noise(1_001), noise[:1_001])
    # Known numbers, so that a Python or numpy that makes other noise is found out.
    assert np.frombuffer(pcm_of(noise[:4]), "<i2").tolist() == [6, 21, 19, 31]


def test_pcm_is_rounded_and_cut_at_full_scale():
    samples = np.array([0.0, 1.0, -1.0, 1.5, -1.5, 0.5])
    expected = [0, 32_767, -32_768, 32_767, -32_768, 16_384]
    assert np.frombuffer(pcm_of(samples), "<i2").tolist() == expected


# --- shaping


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_resampling_keeps_a_tone(rate):
    def tone(hertz):
        at = np.arange(hertz // 2) / hertz
        return np.sin(2 * np.pi * 1_000 * at) * np.hanning(len(at))

    np.testing.assert_allclose(resample_clip(tone(rate), rate), tone(RATE), rtol=0, atol=2e-3)


def test_trimming_puts_the_onset_where_mixing_expects_it():
    samples = np.concatenate([np.zeros(3_000), [1_000.0], np.full(999, 30_000.0), np.zeros(9_000)])
    clip = trim_clip(samples)
    assert (onset(clip.samples), clip.lead) == (LEAD * SAMPLES_PER_MS,) * 2
    assert len(clip.samples) == 1_000 + LEAD * SAMPLES_PER_MS
    assert clip.length == 21


def test_the_words_of_these_tests_differ_in_level():
    assert len({round(clip.loudness) for clip in WORDS.values()}) == 4
    assert word(300, 1) == word(300, 1)
    assert Line("one", quick=True) in WORDS
