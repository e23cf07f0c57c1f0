"""Plays a deck: the only module that imports miniaudio, which includes its native library.

`python-sounddevice` was the alternative; on Linux it needs PortAudio installed by the system.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from types import ModuleType

from audioworkout.errors import BuildError
from audioworkout.playing.deck import Deck
from audioworkout.quiet import quiet_stderr
from audioworkout.units import RATE

LATENCY = 80
"""Sound buffered ahead in the device (ms): the screen is ahead of the sound by at most this."""
SILENT_STEP = 0.02
"""Seconds between two steps of silent playing."""

_WITHOUT = "`play --mute` shows the workout without sound; `audioworkout page` plays in a browser."


@contextmanager
def play_aloud(deck: Deck, backend: str | None = None) -> Iterator[None]:
    """Play a deck until the context ends.

    Args:
        deck: The deck to play.
        backend: Name of a miniaudio backend (`NULL` is silent), or None for the default.

    Raises:
        BuildError: miniaudio is not installed, or there is no sound device.
    """
    miniaudio = _import_miniaudio()
    backends = [miniaudio.Backend[backend]] if backend else None
    try:
        with quiet_stderr:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=deck.channels,
                sample_rate=RATE,
                buffersize_msec=LATENCY,
                backends=backends,
                app_name="audioworkout",
            )
    except miniaudio.MiniaudioError as error:
        raise BuildError("this computer has no sound device that works", _WITHOUT) from error
    try:
        device.start(_sample_generator(deck))
        yield
    finally:
        device.close()


@contextmanager
def play_silently(deck: Deck, now: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Run a deck by the clock, without sound."""
    ended = threading.Event()
    thread = threading.Thread(target=_run_clock, args=(deck, ended, now), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _run_clock(deck: Deck, ended: threading.Event, now: Callable[[], float]) -> None:
    before = now()
    while not ended.wait(SILENT_STEP):
        after = now()
        deck.take(round((after - before) * RATE))
        before = after


def _sample_generator(deck: Deck) -> Generator[bytes, int, None]:
    """The generator that miniaudio asks for samples; it must be started and wait for a number."""
    feed = _sample_blocks(deck)
    next(feed)
    return feed


def _sample_blocks(deck: Deck) -> Generator[bytes, int, None]:
    wanted = yield b""
    while True:
        wanted = yield deck.take(wanted)


def _import_miniaudio() -> ModuleType:
    try:
        import miniaudio
    except ImportError as error:
        raise BuildError(
            "nothing is installed that could make a sound here",
            f'`pip install "audioworkout[play]"` adds it. {_WITHOUT}',
        ) from error
    module: ModuleType = miniaudio
    return module
