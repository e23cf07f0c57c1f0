"""A pyttsx3 driver for the espeak-ng library that espeakng_loader carries.

It implements the interface that pyttsx3's own dummy driver documents. The library is called in its
synchronous mode, so an utterance is complete when `save_to_file` returns and properties apply to
exactly what follows them. pyttsx3's own espeak driver plays asynchronously and, in 2.99, writes
only the last of several files, loses property changes, and needs an installed library.

Runs in the worker process only (the library is not thread-safe), and imports nothing of this
program, so that the worker starts fast.

What the library remembers of an utterance changes the next one, in pitch and by some milliseconds:
not even `espeak_Terminate` and `espeak_Initialize` make it forget. So each utterance is spoken by a
copy of this process as it was set up, where the system can copy one: the same words then sound the
same, whatever else is to be spoken or was kept from before.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import espeakng_loader

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000  # without it missing data make the library end the process
_UTF8_ENDPAUSE = 0x1 | 0x1000  # CHARS_UTF8 | ENDPAUSE; SSML stays off
_RATE = 1  # espeakRATE, in words a minute
_SEED = 1  # of voices with breath in them, which the library begins by the time of day
_FAILED = 255  # exit status of a copy that failed for no reason of the system's
_LONGEST_PATH = 159  # the library's buffer for the data folder, in bytes

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Proxy(Protocol):
    """What pyttsx3 hands a driver."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802 - pyttsx3's name
        """False: the next command of the queue may run."""

    def notify(self, topic: str, **kwargs: object) -> None:
        """Report what happened to whoever is connected to `topic`."""


def buildDriver(proxy: Proxy) -> EspeakDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry of every pyttsx3 driver."""
    return EspeakDriver(proxy)


class EspeakDriver:
    """Speaks into WAV files: int16, mono, at the library's own rate."""

    def __init__(self, proxy: Proxy) -> None:
        """Load and initialise the library.

        Raises:
            RuntimeError: The library or its data cannot be loaded.
        """
        self._proxy = proxy
        self._pcm: list[bytes] = []
        self._properties: dict[str, object] = {"voice": "", "rate": 150, "volume": 1.0}
        self._callback = _Callback(self._take)  # kept alive: the library holds only a pointer
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._short_way: tempfile.TemporaryDirectory[str] | None = None
        self._hertz = self._initialised()

    def _initialised(self) -> int:
        hertz: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, self._data_path(), _DONT_EXIT)
        if hertz <= 0:
            raise RuntimeError(f"espeak-ng found no data in {espeakng_loader.get_data_path()}")
        self._library.espeak_SetSynthCallback(self._callback)
        return hertz

    def _data_path(self) -> bytes:
        """The data folder as the library takes it: in the file system's bytes, and short."""
        data = Path(espeakng_loader.get_data_path())
        if len(_file_name(data)) <= _LONGEST_PATH:
            return _file_name(data)
        self._short_way = tempfile.TemporaryDirectory(prefix="espeak", ignore_cleanup_errors=True)
        short = Path(self._short_way.name) / data.name  # the library wants just this name
        try:
            short.symlink_to(data, target_is_directory=True)
        except OSError:  # Windows lets only some users make links
            shutil.copytree(data, short)
        return _file_name(short)

    def _take(self, samples: int | None, count: int, events: int | None) -> int:
        """Called with the address of some samples, with none at the end; 0 means: go on."""
        if samples is not None and count > 0:
            self._pcm.append(ctypes.string_at(samples, count * 2))
        return 0

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak `text` into a WAV file.

        Raises:
            RuntimeError: The library refused the text.
            OSError: The file cannot be written.
        """
        if hasattr(os, "fork"):
            _in_a_copy(lambda: self._speak(text, filename))
        else:
            self._speak(text, filename)
        self._proxy.notify("finished-utterance", completed=True)

    def _speak(self, text: str, filename: str) -> None:
        self._pcm.clear()
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        encoded = text.encode("utf-8") + b"\0"
        status = self._library.espeak_Synth(
            encoded, ctypes.c_size_t(len(encoded)), 0, 0, 0, _UTF8_ENDPAUSE, None, None
        )
        if status != 0:
            raise RuntimeError("espeak-ng refused the text")
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._hertz)
            file.writeframes(b"".join(self._pcm))

    def say(self, text: str) -> None:
        """Not possible: this driver has no loudspeaker."""
        raise RuntimeError("this driver speaks into files only")

    def stop(self) -> None:
        """Nothing to stop: an utterance ends before anything else can be asked."""

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """`voice`, `rate` or `volume` as set; KeyError for others."""
        return self._properties[name]

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (an identifier such as `gmw/en-US+f2`) or `rate` (words a minute).

        Raises:
            KeyError: There is no such property.
            ValueError: There is no such voice, or the library takes no such rate.
        """
        setters: dict[str, Callable[[], int]] = {
            "voice": lambda: self._library.espeak_SetVoiceByName(str(value).encode("utf-8")),
            "rate": lambda: self._library.espeak_SetParameter(_RATE, int(value), 0),
        }
        if setters[name]() != 0:
            raise ValueError(f"espeak-ng knows no {name} {value!r}")
        self._properties[name] = value

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Run everything queued; in synchronous mode that is one call."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Nothing is left running."""

    def destroy(self) -> None:
        """Free the library and the short way to its data."""
        self._library.espeak_Terminate()
        if self._short_way is not None:
            self._short_way.cleanup()


def _in_a_copy(work: Callable[[], None]) -> None:
    """Do it in a copy of this process, which is gone afterwards.

    Raises:
        RuntimeError: It failed, or the copy crashed.
        OSError: The system failed it.
    """
    copy = os.fork()
    if copy == 0:
        code = _FAILED
        try:
            work()
            code = 0
        except OSError as error:
            code = error.errno if error.errno and error.errno < _FAILED else _FAILED
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code < 0:
        raise RuntimeError(f"espeak-ng crashed (signal {-code})")
    if code == _FAILED:
        raise RuntimeError("espeak-ng refused the text")
    if code:
        raise OSError(code, os.strerror(code))


def _file_name(path: Path) -> bytes:
    """As C's `fopen` wants it: on Windows in the system's code page.

    Raises:
        RuntimeError: The code page has no such characters.
    """
    try:
        return str(path).encode("mbcs") if sys.platform == "win32" else os.fsencode(path)
    except UnicodeEncodeError as error:
        raise RuntimeError(f"espeak-ng cannot read a folder named {path}") from error
