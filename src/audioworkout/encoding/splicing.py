"""Every island of a plan as MP3 frames: kept ones as they are, missing ones encoded.

A fresh encoder's first frame refers to none before it, so an island's frames can stand between any
others; between islands stand frames of keep-awake noise from the start of one long encode of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from audioworkout.encoding.frames import frame_bytes, stands_alone
from audioworkout.encoding.lame import encode, fingerprint, scale
from audioworkout.errors import BuildError
from audioworkout.mixing.plan import NOISE_FRAMES, Gap, Island, Plan
from audioworkout.model.kept import Kept

SHELF = "islands"

Progress = Callable[[int, int], None]
"""Called with how many pieces are encoded and how many there are to encode."""


class Spliced(NamedTuple):
    """A plan's sound: distinct frames by name, and how many islands were encoded for it.

    `order` names the plan's islands one after the other.
    """

    quiet: bytes
    islands: Mapping[str, bytes]
    order: tuple[str, ...]
    encoded: int

    def frames(self, plan: Plan, kbps: int) -> Iterator[bytes | memoryview]:
        """The frames of the whole plan in order, nothing copied."""
        quiet = memoryview(self.quiet)
        keys = iter(self.order)
        for piece in plan.pieces:
            if isinstance(piece, Island):
                yield self.islands[next(keys)]
            else:
                yield from _gap(piece, quiet, frame_bytes(kbps))


class _Job(NamedTuple):
    """Something to encode: `island` None is the noise between islands."""

    name: str
    frames: int
    island: Island | None


def splice(plan: Plan, kbps: int, kept: Kept, progress: Progress) -> Spliced:
    """Find or make the frames of everything in the plan.

    Raises:
        BuildError: The encoder is missing or gave something else than it should.
    """
    order = tuple(island.key for island in plan.islands)
    by_key = dict(zip(order, plan.islands, strict=True))
    encoder = f"{fingerprint()} {kbps}"
    jobs = {key: _job(key, island.frames, island, encoder) for key, island in by_key.items()}
    jobs[""] = _job("quiet", NOISE_FRAMES, None, encoder)
    found = {key: _kept(job, kbps, kept) for key, job in jobs.items()}
    missing = [key for key, data in found.items() if data is None]
    made = _encode_all([jobs[key] for key in missing], kbps, kept, progress)
    ready = {key: data for key, data in found.items() if data is not None}
    ready.update(zip(missing, made, strict=True))
    return Spliced(ready.pop(""), ready, order, len(missing) - ("" in missing))


def _job(key: str, frames: int, island: Island | None, encoder: str) -> _Job:
    digest = hashlib.sha256(f"{key} {encoder}".encode()).hexdigest()[:32]
    return _Job(f"{'island' if island else 'quiet'}-{digest}.mp3", frames, island)


def _kept(job: _Job, kbps: int, kept: Kept) -> bytes | None:
    data = kept.get(SHELF, job.name)
    return data if data is not None and stands_alone(data, kbps, job.frames) else None


def _encode_all(jobs: list[_Job], kbps: int, kept: Kept, progress: Progress) -> list[bytes]:
    """Encode in as many threads as there are cores, two at most; keep each as it is done."""
    if not jobs:
        return []
    from concurrent.futures import ThreadPoolExecutor

    made: list[bytes] = []
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for job, data in zip(jobs, pool.map(lambda job: _encode(job, kbps), jobs), strict=True):
            kept.put(SHELF, job.name, data)
            made.append(data)
            progress(len(made), len(jobs))
    return made


def _encode(job: _Job, kbps: int) -> bytes:
    from audioworkout.mixing.render import pcm_of, render, render_noise

    samples = render(job.island) if job.island else render_noise(job.frames)
    data = encode(pcm_of(samples / scale(kbps)), kbps)
    if not stands_alone(data, kbps, job.frames):
        raise BuildError(
            f"the MP3 encoder gave {len(data)} bytes where {job.frames} whole frames were due",
            "Another version of lameenc may be installed than this program was made for.",
        )
    return data


def _gap(gap: Gap, quiet: memoryview, size: int) -> Iterator[memoryview]:
    left = gap.frames
    while left > 0:
        count = min(left, NOISE_FRAMES)
        yield quiet[: count * size]
        left -= count
