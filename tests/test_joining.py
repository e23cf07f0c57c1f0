"""Pieces joined decode as each of them alone, up to the joint and from it on."""

import io
import shutil
import subprocess
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from audioworkout.encoding.frames import frame_bytes, info_frame
from audioworkout.encoding.joining import OVERLAP, WARM, _joint, _windows, joined
from audioworkout.encoding.lame import encoded
from audioworkout.mixing.plan import frames_for
from audioworkout.units import FRAME, RATE

EVERY = 60
SECONDS = 16
KINDS = [(kbps, channels) for channels in (1, 2) for kbps in (32, 96, 160, 320)]


def music(channels):
    """Chords, noise and drums, whose attacks need short windows."""
    rng = np.random.default_rng(channels)
    at = np.arange(SECONDS * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * hertz * at) for hertz in (220, 277.2, 329.6, 3_000))
    drums = rng.normal(0, 1, len(at)) * np.exp(-40 * (at % 0.23))
    swell = rng.normal(0, 0.05, len(at)) * (1 + np.sin(2 * np.pi * at / 3))
    sides = [0.08 * chord + level * drums + swell for level in (0.2, 0.12)[:channels]]
    return np.rint(np.clip(np.stack(sides, axis=1), -1, 1) * 30_000).astype("<i2")


def pieces_of(samples, kbps, every=EVERY):
    """As `streaming` cuts and encodes them."""
    channels = samples.shape[1]
    starts = range(0, max(1, len(samples) - OVERLAP * FRAME), every * FRAME)
    parts = [samples[at : at + (every + OVERLAP) * FRAME] for at in starts[:-1]]
    parts.append(samples[starts[-1] :])
    return [b"".join(encoded([part.tobytes()], kbps, channels)) for part in parts]


def decoded(data, kbps, samples):
    """Float samples of shape (samples, channels); of each frame as it comes, nothing left out."""
    channels = samples.shape[1]
    frames = len(data) // frame_bytes(kbps)
    head = info_frame(kbps, frames, len(samples), channels)
    heard, rate = soundfile.read(io.BytesIO(head + data), always_2d=True)
    assert rate == RATE
    return heard


@pytest.mark.parametrize(("kbps", "channels"), KINDS)
def test_both_sides_of_every_joint_are_the_pieces_as_they_are(kbps, channels):
    samples = music(channels)
    pieces = pieces_of(samples, kbps)
    assert len(pieces) >= 10
    whole = b"".join(joined(pieces, kbps, channels, EVERY))
    size = frame_bytes(kbps)
    assert len(whole) == frames_for(len(samples)) * size
    heard = decoded(whole, kbps, samples)
    assert len(heard) == len(samples)
    begun = 0
    for number, piece in enumerate(pieces):
        start = number * EVERY * FRAME
        part = samples[start : start + (EVERY + OVERLAP) * FRAME]
        part = part if number < len(pieces) - 1 else samples[start:]
        alone = decoded(piece, kbps, part)
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        joint = _joint(piece[EVERY * size :], following, size, channels) if following else None
        end = len(alone) if joint is None else (EVERY + joint - 2) * FRAME
        # A decoder's last frame rings on into the next, so two frames beside a joint are both's.
        first = (begun + 2) * FRAME if number else 0
        same = heard[start + first : start + end] - alone[first:end]
        assert np.abs(same).max() < 1e-4
        begun = joint


@pytest.mark.parametrize(("kbps", "channels"), KINDS[1:4] + KINDS[5:])
def test_a_joint_is_heard_no_more_than_the_rest(kbps, channels):
    """What coding adds, per frame, beside joints and elsewhere, with one encoder and with many."""
    samples = music(channels)
    reference = samples / 32_768

    def errors(data):
        heard = decoded(data, kbps, samples)
        scale = float((heard * reference).sum() / np.square(reference).sum())
        wrong = np.square(heard - scale * reference)
        return wrong[: len(wrong) // FRAME * FRAME].reshape(-1, FRAME * channels).mean(axis=1)

    pieces = pieces_of(samples, kbps)
    many = errors(b"".join(joined(pieces, kbps, channels, EVERY)))
    one = errors(b"".join(encoded([samples.tobytes()], kbps, channels)))
    size = frame_bytes(kbps)
    beside = np.zeros(len(many), bool)
    for number, (early, late) in enumerate(pairwise(pieces), 1):
        at = number * EVERY + _joint(early[EVERY * size :], late, size, channels)
        beside[at - 1 : at + 3] = True
    decibels = 10 * np.log10(many[beside].mean() / one[beside].mean())
    assert decibels < 0.5
    assert many[beside].max() < 1.5 * one.max()


def test_one_piece_is_left_as_it_is():
    data = b"".join(encoded([music(1)[: 3 * RATE].tobytes()], 96, 1))
    assert b"".join(joined([data], 96, 1, EVERY)) == data
    assert b"".join(joined([], 96, 1, EVERY)) == b""


SIZE = frame_bytes(96)


def frame(reservoir=0, windows=(0, 0)):
    """A mono frame of silence that uses so many bytes before it, with these block types."""
    side = reservoir << 136 - 9
    for granule, window in enumerate(windows):
        side |= (4 | window if window else 0) << 136 - (18 + 59 * granule + 33) - 3
    return (bytes(4) + side.to_bytes(17, "big")).ljust(SIZE, b"\0")


def test_what_cannot_be_read_is_never_chosen():
    """Where the earlier piece leaves nothing free, only the first frame of the later can follow."""
    late = frame() + frame(9) * (OVERLAP - 1)
    assert _joint(frame() * OVERLAP, late, SIZE, 1) == 0
    assert _joint(frame(9) * OVERLAP, late, SIZE, 1) == WARM


def test_a_joint_waits_until_the_windows_fit():
    long, short, lengthening = frame(), frame(windows=(2, 2)), frame(windows=(3, 0))
    late = long * WARM + short + lengthening + long * (OVERLAP - WARM - 2)
    assert _joint(long * OVERLAP, late, SIZE, 1) == WARM + 2
    same = _joint(late, late, SIZE, 1)
    assert same == WARM + 1, "before the first short window comes a long one that does not shorten"
    assert _joint(long * OVERLAP, frame() + short * (OVERLAP - 1), SIZE, 1) == WARM, "none fits"


def test_windows_are_read_from_the_side_information():
    steady = np.zeros((RATE, 1), "<i2")
    steady[RATE // 2 :, 0] = 20_000 * np.sign(np.sin(np.arange(RATE // 2)))
    size = frame_bytes(96)
    data = b"".join(encoded([steady.tobytes()], 96, 1))
    kinds = [kind for at in range(0, len(data), size) for kind in _windows(data, at, 1)]
    place = kinds.index(1)
    assert kinds[:place] == [0] * place
    assert 2 in kinds[place + 1 : place + 3]
    assert 3 in kinds[place + 2 : place + 6]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize(("kbps", "channels"), [(96, 1), (160, 2)])
def test_another_decoder_has_nothing_to_say_against_it(kbps, channels, tmp_path):
    samples = music(channels)
    data = b"".join(joined(pieces_of(samples, kbps), kbps, channels, EVERY))
    head = info_frame(kbps, len(data) // frame_bytes(kbps), len(samples), channels)
    file = tmp_path / "t.mp3"
    file.write_bytes(head + data)
    words = ["ffmpeg", "-v", "warning", "-i", str(file), "-f", "s16le", "-"]
    done = subprocess.run(words, capture_output=True, check=True)
    assert not done.stderr
    heard = np.frombuffer(done.stdout, "<i2").reshape(-1, channels) / 32_768
    assert np.abs(heard - decoded(data, kbps, samples)).max() < 2e-4
