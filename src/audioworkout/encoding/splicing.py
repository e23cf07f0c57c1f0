"""Builds mono files from islands: cached ones as they are, missing ones encoded.

The first frame of a fresh encoder does not use the bit reservoir of earlier frames, so the frames
of an island can follow any others. The gaps between islands are filled with frames of keep-awake
noise, cut from the start of one long encode of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.encoding.frames import frame_size, is_self_contained
from audioworkout.encoding.lame import encode_blocks, encoder_fingerprint, encoder_gain
from audioworkout.errors import BuildError
from audioworkout.mixing.islands import NOISE_FRAMES, Island, IslandPlan, NoiseFrames
from audioworkout.model.cache import Cache
from audioworkout.model.callbacks import StepProgress
from audioworkout.prefetch import load_modules
from audioworkout.text import short_digest
from audioworkout.units import RATE

if TYPE_CHECKING:
    from audioworkout.dsp.arrays import Float32Array

BUCKET = "islands"
_QUIET = "quiet"
_BLOCK = 2 * RATE


class Spliced(NamedTuple):
    """The frames of a plan, by island key.

    `quiet` holds the frames of noise, `order` the keys of the plan's islands one after the other;
    `encoded` is how many islands were not in the cache.
    """

    quiet: bytes
    islands: Mapping[str, bytes]
    order: tuple[str, ...]
    encoded: int

    def frames(self, plan: IslandPlan, kbps: int) -> Iterator[bytes | memoryview]:
        """The frames of the whole plan in order, without copies."""
        quiet = memoryview(self.quiet)
        keys = iter(self.order)
        for piece in plan.pieces:
            if isinstance(piece, Island):
                yield self.islands[next(keys)]
            else:
                yield from _gap_frames(piece, quiet, frame_size(kbps))


class _Job(NamedTuple):
    """An island to load or encode; `island` None is the noise in the gaps."""

    key: str
    name: str
    frames: int
    island: Island | None


def encode_islands(plan: IslandPlan, kbps: int, cache: Cache, progress: StepProgress) -> Spliced:
    """Load or encode the frames of everything in the plan.

    Raises:
        BuildError: The encoder is missing, or its output has a wrong length.
    """
    encoder = f"{encoder_fingerprint()} {kbps}"
    order = tuple(island.key for island in plan.islands)
    by_key = dict(zip(order, plan.islands, strict=True))
    jobs = {key: _make_job(key, island.frames, island, encoder) for key, island in by_key.items()}
    jobs[_QUIET] = _make_job(_QUIET, NOISE_FRAMES, None, encoder)
    found = {key: _load_cached(job, kbps, cache) for key, job in jobs.items()}
    missing = [jobs[key] for key, data in found.items() if data is None]
    made = _encode_all(missing, kbps, cache, progress)
    ready = {key: data for key, data in found.items() if data is not None} | made
    return Spliced(ready.pop(_QUIET), ready, order, len(missing) - (_QUIET in made))


def _make_job(key: str, frames: int, island: Island | None, encoder: str) -> _Job:
    digest = short_digest(f"{key} {encoder}".encode())
    return _Job(key, f"{'island' if island else 'quiet'}-{digest}.mp3", frames, island)


def _load_cached(job: _Job, kbps: int, cache: Cache) -> bytes | None:
    data = cache.get(BUCKET, job.name)
    return data if data is not None and is_self_contained(data, kbps, job.frames) else None


def _encode_all(
    jobs: list[_Job], kbps: int, cache: Cache, progress: StepProgress
) -> dict[str, bytes]:
    """Encode in as many threads as there are cores, two at most; cache each when it is done.

    Islands of the same shape are mixed once.
    """
    if not jobs:
        return {}
    from concurrent.futures import ThreadPoolExecutor

    load_modules("audioworkout.mixing.render")
    by_shape: dict[str, list[_Job]] = {}
    for job in jobs:
        by_shape.setdefault(job.island.shape if job.island else "", []).append(job)
    made: dict[str, bytes] = {}
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for done in pool.map(partial(_encode_job, kbps=kbps), by_shape.values()):
            for job, data in done:
                if job.island is None or job.island.faithful:
                    cache.put(BUCKET, job.name, data)
                made[job.key] = data
                progress(len(made), len(jobs))
    return made


def _encode_job(jobs: Sequence[_Job], kbps: int) -> list[tuple[_Job, bytes]]:
    """The frames of islands of one shape, or of the noise."""
    from audioworkout.mixing.render import mix_clips, place_in_frames, render_noise, voice_limit

    first = jobs[0].island
    if first is None:
        return [(job, _render_frames(render_noise(job.frames), job.frames, kbps)) for job in jobs]
    sound = mix_clips(first, voice_limit(kbps))
    return [
        (job, _render_frames(place_in_frames(job.island, sound), job.frames, kbps))
        for job in jobs
        if job.island
    ]


def _render_frames(samples: Float32Array, frames: int, kbps: int) -> bytes:
    """Encode samples in blocks, so that intermediate copies of the whole are not in memory."""
    from audioworkout.mixing.render import pcm_of

    blocks = (samples[at : at + _BLOCK] for at in range(0, len(samples), _BLOCK))
    data = b"".join(
        encode_blocks((pcm_of(block / encoder_gain(kbps)) for block in blocks), kbps, 1)
    )
    if not is_self_contained(data, kbps, frames):
        raise BuildError(
            f"the MP3 encoder gave {len(data)} bytes where {frames} whole frames were due",
            "Another version of lameenc may be installed than this program was made for.",
        )
    return data


def _gap_frames(gap: NoiseFrames, quiet: memoryview, size: int) -> Iterator[memoryview]:
    left = gap.frames
    while left > 0:
        count = min(left, NOISE_FRAMES)
        yield quiet[: count * size]
        left -= count
