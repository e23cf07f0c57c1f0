"""Decodes an MP3 with every decoder that is installed on this computer."""

from __future__ import annotations

import base64
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

Heard = npt.NDArray[np.int16]
"""A decoded file of shape (samples, channels), memory-mapped."""
Decoder = Callable[[Path], Iterator[bytes]]
"""Decodes a file to int16 samples in native byte order, channels interleaved."""

BLOCK = 1 << 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --mute-audio "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PATIENCE = 120
"""Longest wait for an answer of the browser (s); half an hour in stereo takes it 730 MB."""

CHOOSER = "document.body.innerHTML = '<input type=file>'"
DECODE = """
const [rate, done] = arguments;
document.querySelector('input').files[0].arrayBuffer()
  .then((data) => new OfflineAudioContext(1, 1, rate).decodeAudioData(data))
  .then((sound) => {
    window.channels = [...Array(sound.numberOfChannels).keys()].map((n) => sound.getChannelData(n));
    done(null);
  })
  .catch((error) => done(String(error)));
"""
FETCH = """
const [start, count, done] = arguments;
const parts = window.channels.map((one) => one.subarray(start, start + count));
const ints = new Int16Array(parts.length * parts[0].length);
parts.forEach((part, n) => part.forEach((value, at) => {
  ints[parts.length * at + n] = Math.max(-32768, Math.min(32767, Math.round(32768 * value)));
}));
const reader = new FileReader();
reader.onload = () => done(reader.result.split(',')[1] || '');
reader.readAsDataURL(new Blob([ints]));
"""
RATE = 48_000


def find_decoders() -> dict[str, Decoder]:
    """The installed decoders by name and version."""
    found: dict[str, Decoder] = {}
    if program := shutil.which("ffmpeg"):
        found[f"ffmpeg {read_version(program, '-version')}"] = by_ffmpeg
    import soundfile

    found[f"libsndfile {soundfile.__libsndfile_version__}"] = by_soundfile
    if program := shutil.which("mpg123"):
        found[f"mpg123 {read_version(program, '--version')}"] = by_mpg123
    if importlib.util.find_spec("miniaudio"):
        import miniaudio

        found[f"dr_mp3 of miniaudio {miniaudio.__version__}"] = by_miniaudio
    if browser := find_browser():
        found[f"Chromium {read_version(browser[0], '--version')}"] = by_browser
    return found


def read_version(program: str, option: str) -> str:
    """The first version number in a program's output; empty if there is none."""
    told = subprocess.run([program, option], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", told)
    return found[0] if found else ""


def decode_file(by: Decoder, file: Path, channels: int, target: Path) -> Heard:
    """Decode a file to raw samples at `target`; an incomplete sample is an error.

    Raises:
        ValueError: The decoder's output is empty or ends within a sample.
    """
    with target.open("wb") as out:
        out.writelines(by(file))
    return np.memmap(target, np.int16, "r").reshape(-1, channels)


def by_ffmpeg(file: Path) -> Iterator[bytes]:
    """The decoder of ffmpeg, which works in floats; its resampler rounds them."""
    quiet = ("-hide_banner", "-nostdin", "-loglevel", "error")
    return pipe_output("ffmpeg", *quiet, "-i", f"file:{file}", "-f", "s16le", "pipe:1")


def by_mpg123(file: Path) -> Iterator[bytes]:
    """mpg123 with its default options."""
    return pipe_output("mpg123", "--quiet", "--stdout", str(file))


def pipe_output(*words: str) -> Iterator[bytes]:
    """The standard output of a program.

    Raises:
        CalledProcessError: It failed.
    """
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while block := process.stdout.read(BLOCK):
            yield block
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)


def by_soundfile(file: Path) -> Iterator[bytes]:
    """libsndfile, whose MP3 decoder is a copy of mpg123's."""
    import soundfile

    with soundfile.SoundFile(file) as sound:
        for block in sound.blocks(BLOCK, dtype="int16"):
            yield block.tobytes()


def by_miniaudio(file: Path) -> Iterator[bytes]:
    """dr_mp3, which is used in games and small players."""
    import miniaudio

    for block in miniaudio.mp3_stream_file(str(file), BLOCK):
        yield block.tobytes()


def find_browser() -> tuple[str, str] | None:
    """Paths of Chromium and its driver; None if one is missing."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser and driver and importlib.util.find_spec("selenium"):
        return browser, driver
    return None


def by_browser(file: Path) -> Iterator[bytes]:
    """The decoder of a web page: decodeAudioData, its result fetched in pieces.

    Raises:
        ValueError: The browser cannot decode it.
    """
    with open_browser() as chrome:
        chrome.execute_script(CHOOSER)
        chrome.find_element("css selector", "input").send_keys(str(file.absolute()))
        if trouble := chrome.execute_async_script(DECODE, RATE):
            raise ValueError(f"{file}: {trouble}")
        start = 0
        while data := base64.b64decode(chrome.execute_async_script(FETCH, start, BLOCK)):
            yield data
            start += BLOCK


@contextmanager
def open_browser() -> Iterator[Chrome]:
    """A headless browser, which is closed when the context ends."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    found = find_browser()
    assert found is not None
    options = ChromeOptions()
    options.binary_location = found[0]
    for flag in FLAGS.split():
        options.add_argument(flag)
    chrome = Chrome(options, Service(found[1]))
    chrome.set_script_timeout(PATIENCE)
    try:
        yield chrome
    finally:
        chrome.quit()
