"""A pyttsx3 driver for the espeak-ng library in the package espeakng_loader.

It implements the interface that pyttsx3's dummy driver documents. The library is called in its
synchronous mode, so an utterance is complete when `save_to_file` returns, and properties apply
exactly to the utterances after them. pyttsx3's own espeak driver plays asynchronously and, in 2.99,
writes only the last of several files, loses property changes, and needs an installed library.

It runs in the worker process only (the library is not thread-safe), and imports only one
small module of this program, so that the worker starts fast.

Two counters in the library continue from one utterance to the next, so that the same line would
sound slightly different, and be some milliseconds longer or shorter, after other lines. They are
reset if they can be found: then the same words always sound the same, whatever else is spoken or
cached. Breathy voices, and those of the synthesiser `klatt`, have more such state.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import espeakng_loader

from audioworkout.voices.file_driver import FileDriver, Proxy, create_wave

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000  # otherwise the library ends the process if its data are missing
_UTF8_ENDPAUSE = 0x1 | 0x1000  # CHARS_UTF8 | ENDPAUSE; SSML stays off
_RATE = 1  # espeakRATE, in words a minute
_SEED = 1  # for breathy voices; the library would take the time of day
_COUNTERS = ("Flutter_ix", "cycle_count")  # of the pitch's tremor, and of its periods
_ELF_64 = b"\x7fELF\x02\x01"  # little-endian
_SECTION = struct.Struct("<IIQQQQIIQQ")  # of an ELF file: name, kind, flags, address, place, ...
_SYMBOL_TABLE = 2  # SHT_SYMTAB
_SYMBOL = struct.Struct("<IBBHQQ")  # name, kind, visibility, section, value, size
_LONGEST_PATH = 159  # the library's buffer for the data folder, in bytes

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def buildDriver(proxy: Proxy) -> EspeakDriver:  # noqa: N802 - the name pyttsx3 calls
    """The entry point of every pyttsx3 driver."""
    return EspeakDriver(proxy)


class EspeakDriver(FileDriver):
    """Speaks into WAV files: int16, mono, at the library's own rate."""

    def __init__(self, proxy: Proxy) -> None:
        """Load and initialise the library.

        Raises:
            RuntimeError: The library or its data cannot be loaded.
        """
        super().__init__(proxy)
        self._pcm: list[bytes] = []
        self._callback = _Callback(self._collect)  # a reference: the library has only a pointer
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._short_path: tempfile.TemporaryDirectory[str] | None = None
        self._hertz = self._initialise()
        self._counters = _find_counters(self._library, Path(espeakng_loader.get_library_path()))

    def _initialise(self) -> int:
        hertz: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, self._data_path(), _DONT_EXIT)
        if hertz <= 0:
            raise RuntimeError(f"espeak-ng found no data in {espeakng_loader.get_data_path()}")
        self._library.espeak_SetSynthCallback(self._callback)
        return hertz

    def _data_path(self) -> bytes:
        """The data folder in the form that the library accepts: file system bytes, and short."""
        data = Path(espeakng_loader.get_data_path())
        if len(_encode_file_name(data)) <= _LONGEST_PATH:
            return _encode_file_name(data)
        self._short_path = tempfile.TemporaryDirectory(prefix="espeak", ignore_cleanup_errors=True)
        short = Path(self._short_path.name) / data.name  # the library requires this name
        try:
            short.symlink_to(data, target_is_directory=True)
        except OSError:  # on Windows only some users may create links
            shutil.copytree(data, short)
        return _encode_file_name(short)

    def _collect(self, samples: int | None, count: int, events: int | None) -> int:
        """Called with the address of some samples, with None at the end; 0 means: continue."""
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
        with create_wave(filename, self._hertz) as file:
            file.writeframes(b"".join(self._pcm))
        self._proxy.notify("finished-utterance", completed=True)

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 - pyttsx3's name
        """Set `voice` (an identifier such as `gmw/en-US+f2`) or `rate` (words a minute).

        Raises:
            KeyError: There is no such property.
            ValueError: There is no such voice, or the library does not support the rate.
        """
        setters: dict[str, Callable[[], int]] = {
            "voice": lambda: self._library.espeak_SetVoiceByName(str(value).encode("utf-8")),
            "rate": lambda: self._library.espeak_SetParameter(_RATE, int(value), 0),
        }
        if setters[name]() != 0:
            raise ValueError(f"espeak-ng knows no {name} {value!r}")
        self._properties[name] = value

    def destroy(self) -> None:
        """Release the library and the temporary link to its data."""
        self._library.espeak_Terminate()
        if self._short_path is not None:
            self._short_path.cleanup()


def _find_counters(library: ctypes.CDLL, path: Path) -> list[ctypes.c_int]:
    """The counters of the library that continue between utterances; empty if they are not found.

    No function gives access to them. The symbol table of the file does, which normally only linkers
    and debuggers read: a file that is not 64-bit ELF, or is stripped, has none.
    """
    symbols = _read_symbols(path.read_bytes())
    if not all(symbols.get(name, (0, 0))[1] == ctypes.sizeof(ctypes.c_int) for name in _COUNTERS):
        return []
    known = ctypes.cast(library.espeak_Synth, ctypes.c_void_p).value or 0
    base = known - symbols["espeak_Synth"][0]
    return [ctypes.c_int.from_address(base + symbols[name][0]) for name in _COUNTERS]


def _read_symbols(elf: bytes) -> dict[str, tuple[int, int]]:
    """Address and size of every symbol, by its name without a numeric suffix."""
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
    """A path in the encoding of C's `fopen`: on Windows the system's code page.

    Raises:
        RuntimeError: The code page does not have these characters.
    """
    try:
        return str(path).encode("mbcs") if sys.platform == "win32" else os.fsencode(path)
    except UnicodeEncodeError as error:
        raise RuntimeError(f"espeak-ng cannot read a folder named {path}") from error
