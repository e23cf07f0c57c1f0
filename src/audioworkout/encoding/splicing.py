"""Every island of a plan as MP3 frames: kept ones as they are, missing ones encoded.

A fresh encoder's first frame refers to none before it, so an island's frames can stand between any
others; between islands stand frames of keep-awake noise from the start of one long encode of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.ahead import load_modules
from audioworkout.encoding.frames import frame_bytes, stands_alone
from audioworkout.encoding.lame import encoded, fingerprint, scale
from audioworkout.errors import BuildError
from audioworkout.mixing.plan import NOISE_FRAMES, Gap, Island, Plan
from audioworkout.model.kept import Kept
from audioworkout.units import RATE

if TYPE_CHECKING:
    from audioworkout.mixing.render import Floats

SHELF = "islands"
_QUIET = "quiet"
_BLOCK = 2 * RATE

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

    key: str
    name: str
    frames: int
    island: Island | None


def splice(plan: Plan, kbps: int, kept: Kept, progress: Progress) -> Spliced:
    """Find or make the frames of everything in the plan.

    Raises:
        BuildError: The encoder is missing or gave something else than it should.
    """
    encoder = f"{fingerprint()} {kbps}"
    order = tuple(island.key for island in plan.islands)
    by_key = dict(zip(order, plan.islands, strict=True))
    jobs = {key: _job(key, island.frames, island, encoder) for key, island in by_key.items()}
    jobs[_QUIET] = _job(_QUIET, NOISE_FRAMES, None, encoder)
    found = {key: _kept(job, kbps, kept) for key, job in jobs.items()}
    missing = [jobs[key] for key, data in found.items() if data is None]
    made = _encode_all(missing, kbps, kept, progress)
    ready = {key: data for key, data in found.items() if data is not None} | made
    return Spliced(ready.pop(_QUIET), ready, order, len(missing) - (_QUIET in made))


def _job(key: str, frames: int, island: Island | None, encoder: str) -> _Job:
    digest = hashlib.sha256(f"{key} {encoder}".encode()).hexdigest()[:32]
    return _Job(key, f"{'island' if island else 'quiet'}-{digest}.mp3", frames, island)


def _kept(job: _Job, kbps: int, kept: Kept) -> bytes | None:
    data = kept.get(SHELF, job.name)
    return data if data is not None and stands_alone(data, kbps, job.frames) else None


def _encode_all(jobs: list[_Job], kbps: int, kept: Kept, progress: Progress) -> dict[str, bytes]:
    """Encode in as many threads as there are cores, two at most; keep each as it is done.

    What is the same sound but for its place in the first frame is mixed once.
    """
    if not jobs:
        return {}
    from concurrent.futures import ThreadPoolExecutor

    load_modules("audioworkout.mixing.render")
    alike: dict[str, list[_Job]] = {}
    for job in jobs:
        alike.setdefault(job.island.shape if job.island else "", []).append(job)
    made: dict[str, bytes] = {}
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for done in pool.map(partial(_encode, kbps=kbps), alike.values()):
            for job, data in done:
                if job.island is None or job.island.faithful:
                    kept.put(SHELF, job.name, data)
                made[job.key] = data
                progress(len(made), len(jobs))
    return made


def _encode(jobs: Sequence[_Job], kbps: int) -> list[tuple[_Job, bytes]]:
    """Islands of one shape, or the noise between islands."""
    from audioworkout.mixing.render import alone, laid, mixed, render_noise

    first = jobs[0].island
    if first is None:
        return [(job, _frames(render_noise(job.frames), job.frames, kbps)) for job in jobs]
    sound = mixed(first, alone(kbps))
    return [(job, _frames(laid(job.island, sound), job.frames, kbps)) for job in jobs if job.island]


def _frames(samples: Floats, frames: int, kbps: int) -> bytes:
    """In blocks, lest every step from samples to frames holds the whole once more."""
    from audioworkout.mixing.render import pcm_of

    blocks = (samples[at : at + _BLOCK] for at in range(0, len(samples), _BLOCK))
    data = b"".join(encoded((pcm_of(block / scale(kbps)) for block in blocks), kbps, 1))
    if not stands_alone(data, kbps, frames):
        raise BuildError(
            f"the MP3 encoder gave {len(data)} bytes where {frames} whole frames were due",
            "Another version of lameenc may be installed than this program was made for.",
        )
    return data


def _gap(gap: Gap, quiet: memoryview, size: int) -> Iterator[memoryview]:
    left = gap.frames
    while left > 0:
        count = min(left, NOISE_FRAMES)
        yield quiet[: count * size]
        left -= count
