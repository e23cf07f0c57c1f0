"""Pieces joined decode as each of them alone, up to the joint and from it on."""

import io
import shutil
import subprocess

import numpy as np
import pytest
import soundfile

from audioworkout.encoding.frames import frame_size, info_frame
from audioworkout.encoding.joining import WARM_UP, Piece, _find_joint, join_pieces
from audioworkout.encoding.lame import encode_blocks
from audioworkout.mixing.islands import frames_for, samples_in
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
    """As `streaming` cuts them, encoded."""
    cuts = range(0, len(samples), every * FRAME)
    parts = [samples[at : at + every * FRAME].tobytes() for at in cuts]
    return [Piece(part, kbps, samples.shape[1]).encode() for part in parts]


def decoded(data, kbps, channels, count=None):
    """Float samples of shape (samples, channels): all there are, or so many."""
    frames = len(data) // frame_size(kbps)
    whole = samples_in(frames) if count is None else count
    head = info_frame(kbps, frames, whole, channels)
    heard, rate = soundfile.read(io.BytesIO(head + data), always_2d=True)
    assert rate == RATE
    assert len(heard) == whole
    return heard


@pytest.mark.parametrize(("kbps", "channels"), KINDS)
def test_both_sides_of_every_joint_are_the_pieces_as_they_are(kbps, channels):
    samples = music(channels)
    pieces = pieces_of(samples, kbps)
    assert len(pieces) >= 10
    parts = list(join_pieces(pieces))
    whole = b"".join(parts)
    size = frame_size(kbps)
    assert len(whole) == frames_for(len(samples)) * size
    heard = decoded(whole, kbps, channels, len(samples))
    ends = np.cumsum([len(part) // size for part in parts]).tolist()
    alone = iter(pieces)
    start = 0  # the frame of the whole at which a piece began to be encoded
    for begun, end in zip([0, *ends[:-1]], ends, strict=True):
        piece = next(alone)
        while start + piece.length <= begun:  # it was taken over by the one before
            start, piece = start + EVERY, next(alone)
        sound = decoded(bytes(piece.frames), kbps, channels)
        # A decoder's last frame rings on into the next, so two frames beside a joint are both's.
        first, last = (begun + 2) * FRAME if begun else 0, (end - 2) * FRAME
        wrong = heard[first:last] - sound[first - start * FRAME : last - start * FRAME]
        assert wrong.size
        assert np.abs(wrong).max() < 1e-4
        start += EVERY


@pytest.mark.parametrize(("kbps", "channels"), KINDS[1:4] + KINDS[5:])
def test_a_joint_is_heard_no_more_than_the_rest(kbps, channels):
    """What coding adds, per frame, beside joints and elsewhere, with one encoder and with many."""
    samples = music(channels)
    reference = samples / 32_768

    def errors(data):
        heard = decoded(data, kbps, channels, len(samples))
        scale = float((heard * reference).sum() / np.square(reference).sum())
        wrong = np.square(heard - scale * reference)
        return wrong[: len(wrong) // FRAME * FRAME].reshape(-1, FRAME * channels).mean(axis=1)

    parts = list(join_pieces(pieces_of(samples, kbps)))
    many = errors(b"".join(parts))
    one = errors(b"".join(encode_blocks([samples.tobytes()], kbps, channels)))
    beside = np.zeros(len(many), bool)
    for at in np.cumsum([len(part) // frame_size(kbps) for part in parts[:-1]]):
        beside[at - 1 : at + 3] = True
    assert beside.sum() > 20
    decibels = 10 * np.log10(many[beside].mean() / one[beside].mean())
    assert decibels < 0.5
    assert many[beside].max() < 1.5 * one.max()


def test_one_piece_is_left_as_it_is():
    samples = music(1)[: 3 * RATE].tobytes()
    assert b"".join(join_pieces([Piece(samples, 96, 1).encode()])) == b"".join(
        encode_blocks([samples], 96, 1)
    )
    assert b"".join(join_pieces([])) == b""


def test_a_last_piece_however_short_is_there():
    samples = music(2)[: 2 * EVERY * FRAME + 5]
    whole = b"".join(join_pieces(pieces_of(samples, 160)))
    assert len(whole) == frames_for(len(samples)) * frame_size(160)


# --- choosing, with frames made by hand


SIZE = frame_size(96)


def frame(reservoir=0, windows=(0, 0)):
    """A mono frame of silence that uses so many bytes before it, with these block types."""
    side = reservoir << 136 - 9
    for granule, window in enumerate(windows):
        side |= (4 | window if window else 0) << 136 - (18 + 59 * granule + 33) - 3
    return (bytes(4) + side.to_bytes(17, "big")).ljust(SIZE, b"\0")


class Made(Piece):
    """A piece with given frames, and given ones for when it goes on."""

    def __init__(self, frames, beyond=b""):
        super().__init__(bytes(2 * len(frames) // SIZE * FRAME), 96, 1)
        self.frames += frames
        self._beyond = beyond

    def feed(self, pcm):
        self.frames += self._beyond[: len(pcm) // (2 * FRAME) * SIZE]
        self._beyond = self._beyond[len(pcm) // (2 * FRAME) * SIZE :]


def joint(early, late):
    return _find_joint(Made(frame() * 9, early), Made(late))


def test_a_joint_waits_until_there_is_room_for_what_is_borrowed():
    late = frame(9) * 40
    assert joint(frame(9) * 40, late) == WARM_UP
    assert joint(frame(8) * 20 + frame(9) * 20, late) == 20
    assert joint(frame(8) * 40, late) is None


def test_a_joint_waits_until_the_windows_fit():
    long, short, lengthening = frame(), frame(windows=(2, 2)), frame(windows=(3, 0))
    late = long * WARM_UP + short + lengthening + long * 20
    assert joint(long * 30, late) == WARM_UP + 2
    assert joint(late, late) == WARM_UP + 1, "before short comes a long one that does not shorten"
    assert joint(long * 30, frame() + short * 29) is None


def test_what_finds_no_joint_is_left_to_the_encoder_before():
    early, late, last = Made(frame(1) * 9, frame(2) * 70), Made(frame(9) * 40), Made(frame() * 30)
    last.finish = lambda: None
    expected = frame(1) * 9 + frame(2) * (40 + WARM_UP) + frame() * (30 - WARM_UP)
    assert b"".join(join_pieces([early, late, last])) == expected


def test_windows_are_read_from_the_side_information():
    steady = np.zeros((RATE, 1), "<i2")
    steady[RATE // 2 :, 0] = 20_000 * np.sign(np.sin(np.arange(RATE // 2)))
    piece = Piece(steady.tobytes(), 96, 1).encode()
    kinds = [kind for each in range(40) for kind in piece.block_types(each)]
    place = kinds.index(1)
    assert kinds[:place] == [0] * place
    assert 2 in kinds[place + 1 : place + 3]
    assert 3 in kinds[place + 2 : place + 6]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize(("kbps", "channels"), [(96, 1), (160, 2)])
def test_another_decoder_has_nothing_to_say_against_it(kbps, channels, tmp_path):
    samples = music(channels)
    data = b"".join(join_pieces(pieces_of(samples, kbps)))
    head = info_frame(kbps, len(data) // frame_size(kbps), len(samples), channels)
    file = tmp_path / "t.mp3"
    file.write_bytes(head + data)
    words = ["ffmpeg", "-v", "warning", "-i", str(file), "-f", "s16le", "-"]
    done = subprocess.run(words, capture_output=True, check=True)
    assert not done.stderr
    heard = np.frombuffer(done.stdout, "<i2").reshape(-1, channels) / 32_768
    assert np.abs(heard - decoded(data, kbps, channels, len(samples))).max() < 2e-4
