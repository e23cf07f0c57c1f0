"""`print_voices`: lists voices, plays a sample of one, and downloads natural voices."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audioworkout.cli import completion
from audioworkout.cli.info import Row, align_columns
from audioworkout.cli.screen import Screen, print_result
from audioworkout.cli.user_paths import reading_folders
from audioworkout.errors import BuildError, UsageError, WorkoutError
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.model.request import Flags, Speech
from audioworkout.model.script import Context, Line
from audioworkout.model.timeline import Clips, Spoken, Timeline
from audioworkout.units import SECOND, Ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audioworkout.pipeline import Performance, Studio
    from audioworkout.voices.voice import VoiceInfo

MOST_VOICES = 12
"""An engine with more voices than this is summarised in a few lines."""

BEFORE: Ms = 500
SAMPLE_COUNTS = 5
"""Numbers in a sample, which follow a sentence and are a second apart."""
POLL_EVERY = 0.05
"""Seconds between two checks for the end."""


def print_voices(
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="CODE",
            help="Only voices that speak it: en, de, es, fr or any other.",
            autocompletion=completion.complete_languages,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every voice, a line each: more than a hundred.")
    ] = False,
    play: Annotated[
        str | None,
        typer.Option(
            "--play",
            metavar="NAME",
            help="Hear a sentence and a count in this voice; a file where there is no sound.",
        ),
    ] = None,
    get: Annotated[
        str | None,
        typer.Option(
            "--get", metavar="NAME", help="Fetch one of the natural voices from the network (8 MB)."
        ),
    ] = None,
) -> None:
    """Print who can speak here; the default voice is marked."""
    screen = Screen()
    if get is not None:
        print_result(str(download_voice(get.lower(), screen)))
    if play is not None:
        play_sample(play, language, screen)
    if get is None and play is None:
        print_result("\n".join(align_columns(list(list_voice_rows(language, everything, screen)))))


# --- listing ------------------------------------------------------------------------------------


def list_voice_rows(language: str | None, everything: bool, screen: Screen) -> Iterator[Row]:
    """Rows of engine, voice, languages, mark and title; an engine with many voices has a count."""
    from audioworkout.voices.engines import list_all_voices

    default = default_label(language or "en")
    for engine, known in list_all_voices(reading_folders().voices, screen.warn):
        speakers = [each for each in known if language is None or speaks_language(each, language)]
        shown = speakers
        if len(speakers) > MOST_VOICES and language is None and not everything:
            shown = [each for each in speakers if is_engine_default(engine, each)]
        for each in shown:
            mark = "default" if default.startswith(f"{engine} {each.name} ") else ""
            yield (
                engine,
                drop_controls(each.name),
                drop_controls(" ".join(each.languages)),
                mark,
                drop_controls(each.title),
            )
        if engine == "natural" and (language is None or language.lower().startswith("en")):
            yield from list_missing_voices(speakers)
        if len(shown) < len(speakers):
            yield (engine, f"and {len(speakers) - len(shown)} more", "", "", "--all, --language fr")


def default_label(language: str) -> str:
    """The default voice of a language; empty if there is none."""
    from audioworkout.voices.engines import open_requested_voice

    with suppress(WorkoutError):
        return open_requested_voice(Speech(language=language)).label
    return ""


def is_engine_default(engine: str, info: VoiceInfo) -> bool:
    """True if a voice is the engine's default for a language of workouts."""
    from audioworkout.voices.engines import find_engine

    for language in LANGUAGES:
        with suppress(WorkoutError):
            speech = Speech(engine=engine, language=language)
            voice = find_engine(engine).open_voice(speech, lambda message: None)
            if voice.label.startswith(f"{engine} {info.name} "):
                return True
    return False


def speaks_language(info: VoiceInfo, language: str) -> bool:
    """True if a voice speaks a language, whatever its country.

    >>> from audioworkout.voices.voice import VoiceInfo
    >>> [speaks_language(VoiceInfo("anna", ("de-DE",)), code) for code in ("de", "en")]
    [True, False]
    """
    wanted = strip_country(language)
    return any(code == "*" or strip_country(code) == wanted for code in info.languages)


def strip_country(code: str) -> str:
    """A language code without its country."""
    return re.split("[-_]", code.lower())[0]


def list_missing_voices(here: Sequence[VoiceInfo]) -> Iterator[Row]:
    """The natural voices that are not on this computer; none if the engine does not work."""
    from audioworkout.voices.natural import MODELS

    known = {each.name for each in here}
    for name, model in MODELS.items() if known else ():
        if name not in known:
            yield ("natural", name, model.language, "", f"{model.title}: voices --get {name}")


def drop_controls(text: str) -> str:
    r"""A name without control characters; undecodable bytes of file names stay.

    >>> drop_controls("an\x1b[31mna\n")
    'an[31mna'
    """
    return "".join(each for each in text if each.isprintable() or "\udc80" <= each <= "\udcff")


# --- downloading -------------------------------------------------------------------------------


def download_voice(name: str, screen: Screen) -> Path:
    """Download a voice and print its address and target; returns its file."""
    from audioworkout.voices import natural

    own = reading_folders().voices
    if own is None:
        raise UsageError("there is no folder for voices of your own")
    model = natural.model_to_fetch(name)
    screen.note(f"Fetching {name} ({model.title}, {model.size / 1e6:.1f} MB) from {natural.HUB}")
    return natural.fetch_voice(
        name, own, lambda done, of: screen.progress("Fetching", done // 1_000, of // 1_000)
    )


# --- playing a sample -------------------------------------------------------------------------


def play_sample(name: str, language: str | None, screen: Screen) -> None:
    """Play a sample of a voice; without a sound device it is written to a file."""
    from tempfile import TemporaryDirectory

    from audioworkout.audio_io.sound_files import open_samples
    from audioworkout.cli.build import choose_target, open_studio
    from audioworkout.encoding.sound_formats import write_sound
    from audioworkout.playing.deck import Deck
    from audioworkout.playing.speaker import play_aloud

    studio = open_studio(screen)
    sample = speak_sample(studio, name, language or guess_language(name))

    def write(target: Path) -> None:
        write_sound(target, studio.mix(sample, lossy=False), {"title": name}, lambda *_: None)

    with TemporaryDirectory(prefix="audioworkout-") as folder:
        write(file := Path(folder, "sample.wav"))
        with open_samples(file) as samples:
            deck = Deck(samples, sample.timeline.duration_ms)
            try:
                with play_aloud(deck):
                    while not deck.over:
                        time.sleep(POLL_EVERY)
            except BuildError as error:
                write(
                    target := choose_target(None, f"voice-{make_file_stem(name)}").with_suffix(
                        ".wav"
                    )
                )
                screen.note(f"{error}: the sample is in a file")
                print_result(str(target))


def speak_sample(studio: Studio, name: str, language: str) -> Performance:
    """Speak a sentence and a count in a voice, as in a workout."""
    from audioworkout.pipeline import Performance
    from audioworkout.voices.clips import speak_lines

    request = studio.prepare("hip-dips", Flags(voice=(name,), language=language))
    voice = studio.open_voice(request)
    phrases = load_phrases(request.routine.language, request.phrases)
    sentence = Line(phrases.say("outro.well"))
    counts = [Line(phrases.number(n), quick=True) for n in range(1, SAMPLE_COUNTS + 1)]
    clips = Clips(speak_lines([sentence, *counts], voice, studio.cache), {})
    begin = BEFORE + clips.line(sentence) + SECOND
    placed = [(BEFORE, sentence), *((begin + n * SECOND, each) for n, each in enumerate(counts))]
    events = tuple(
        Spoken(at, at + clips.line(line), "intro", line, Context()) for at, line in placed
    )
    lasts = events[-1].end_ms + SECOND
    timeline = Timeline(name, name, language, voice.label, lasts, (), (), events)
    return Performance(request, timeline, clips)


def guess_language(name: str) -> str:
    """The language of workouts that a voice speaks; English if there is none."""
    from audioworkout.voices.engines import list_all_voices

    plain = name.rpartition(":")[2].partition("+")[0].lower()
    for _, known in list_all_voices(reading_folders().voices):
        for info in known:
            if info.name.lower() == plain:
                spoken = map(strip_country, info.languages)
                return next((code for code in spoken if code in LANGUAGES), "en")
    return "en"


def make_file_stem(name: str) -> str:
    """A voice's name as part of a file name.

    >>> make_file_stem("voices/en_US-joe-medium.onnx"), make_file_stem("espeak-ng:de")
    ('en-us-joe-medium', 'espeak-ng-de')
    """
    plain = re.sub(r".*[/\\]", "", name.lower()).removesuffix(".onnx")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "sample"
