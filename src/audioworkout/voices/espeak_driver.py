"""A pyttsx3 driver for the espeak-ng library that espeakng_loader carries.

It implements the interface that pyttsx3's own dummy driver documents. The library is called in its
synchronous mode, so an utterance is complete when `save_to_file` returns and properties apply to
exactly what follows them. pyttsx3's own espeak driver plays asynchronously and, in 2.99, writes
only the last of several files, loses property changes, and needs an installed library.

Runs in the worker process only (the library is not thread-safe), and imports nothing of this
program, so that the worker starts fast.

Two counters in it go on from one utterance to the next, whatever is called in between, so that a
line would sound a little otherwise, and last some milliseconds more or less, after others. They are
set back where they can be found: the same words then sound the same, whatever else is to be spoken
or was kept from before. Voices with breath in them and those of the synthesiser `klatt` remember
more.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
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
_COUNTERS = ("Flutter_ix", "cycle_count")  # of the pitch's tremor, and of its periods
_ELF_64 = b"\x7fELF\x02\x01"  # little-endian
_SECTION = struct.Struct("<IIQQQQIIQQ")  # of an ELF file: name, kind, flags, address, place, ...
_SYMBOL_TABLE = 2  # SHT_SYMTAB
_SYMBOL = struct.Struct("<IBBHQQ")  # name, kind, visibility, section, value, size
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
        self._counters = _find_counters(self._library, Path(espeakng_loader.get_library_path()))

    def _initialised(self) -> int:
        hertz: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, self._data_path(), _DONT_EXIT)
        if hertz <= 0:
            raise RuntimeError(f"espeak-ng found no data in {espeakng_loader.get_data_path()}")
        self._library.espeak_SetSynthCallback(self._callback)
        return hertz

    def _data_path(self) -> bytes:
        """The data folder as the library takes it: in the file system's bytes, and short."""
        data = Path(espeakng_loader.get_data_path())
        if len(_encode_file_name(data)) <= _LONGEST_PATH:
            return _encode_file_name(data)
        self._short_way = tempfile.TemporaryDirectory(prefix="espeak", ignore_cleanup_errors=True)
        short = Path(self._short_way.name) / data.name  # the library wants just this name
        try:
            short.symlink_to(data, target_is_directory=True)
        except OSError:  # Windows lets only some users make links
            shutil.copytree(data, short)
        return _encode_file_name(short)

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
        for counter in self._counters:
            counter.value = 0
        self._pcm.clear()
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        encoded = text.encode("utf-8") + b"\0"
        status = self._library.espeak_Synth(
            encoded, ctypes.c_size_t(len(encoded)), 0, 0, 0, _UTF8_ENDPAUSE, None, None
        )
        if status != 0:
            raise RuntimeError(f"espeak-ng refused the text (status {status})")
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._hertz)
            file.writeframes(b"".join(self._pcm))
        self._proxy.notify("finished-utterance", completed=True)

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


def _find_counters(library: ctypes.CDLL, path: Path) -> list[ctypes.c_int]:
    """What the library counts on from one utterance to the next; empty where it is not found.

    No function tells of these counters. The file's table of symbols does, which only linkers and
    debuggers read otherwise: a file that is no 64-bit ELF, or was stripped of it, has none.
    """
    symbols = _read_symbols(path.read_bytes())
    if not all(symbols.get(name, (0, 0))[1] == ctypes.sizeof(ctypes.c_int) for name in _COUNTERS):
        return []
    known = ctypes.cast(library.espeak_Synth, ctypes.c_void_p).value or 0
    base = known - symbols["espeak_Synth"][0]
    return [ctypes.c_int.from_address(base + symbols[name][0]) for name in _COUNTERS]


def _read_symbols(elf: bytes) -> dict[str, tuple[int, int]]:
    """Place and size of everything that has a name, without the number behind a static one."""
    if not elf.startswith(_ELF_64):
        return {}
    start = struct.unpack_from("<Q", elf, 0x28)[0]
    size, count = struct.unpack_from("<HH", elf, 0x3A)
    sections = [_SECTION.unpack_from(elf, start + number * size) for number in range(count)]
    found = {}
    for _, kind, _, _, at, length, strings, *_ in sections:
        if kind == _SYMBOL_TABLE:
            names = sections[strings][4]
            for name, _, _, _, place, wide in _SYMBOL.iter_unpack(elf[at : at + length]):
                text = elf[names + name : elf.index(b"\0", names + name)].decode("ascii", "replace")
                found[text.partition(".")[0]] = place, wide
    return found


def _encode_file_name(path: Path) -> bytes:
    """As C's `fopen` wants it: on Windows in the system's code page.

    Raises:
        RuntimeError: The code page has no such characters.
    """
    try:
        return str(path).encode("mbcs") if sys.platform == "win32" else os.fsencode(path)
    except UnicodeEncodeError as error:
        raise RuntimeError(f"espeak-ng cannot read a folder named {path}") from error
