"""The input of a build: flags as typed, and the request made from them and the routine file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Exercise, Side, Tempo
from audioworkout.model.routine import Routine, SourceSpan
from audioworkout.units import Ms

Grouping = Literal["set", "exercise", "none"]
"""What a chapter of the MP3 is: one set (of one side), one exercise, or no chapters."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The options of `build` and `script` as typed; None or empty if not given.

    They are parsed by reading, with the same rules and messages as the fields of a file.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    begin_with: str | None = None
    shuffle: bool = False
    seed: int | None = None
    rounds: int | None = None
    sets: int | None = None
    reps: str | None = None
    level: str | None = None
    minutes: float | None = None
    warm_up: bool = False
    cool_down: bool = False
    pace: str | None = None
    tempo: str | None = None
    rest: str | None = None
    rest_exercises: str | None = None
    rest_sides: str | None = None
    get_ready: str | None = None
    first_side: str | None = None
    equipment: str | None = None
    no_equipment: bool = False
    coaching: str | None = None
    count: str | None = None
    mood: str | None = None
    count_shape: bool | None = None
    tick: bool | None = None
    beeps: bool | None = None
    sounds: str | None = None
    engine: str | None = None
    voice: tuple[str, ...] = ()
    """Names of voices: `NAME` for all roles, or `ROLE=NAME`."""
    rate: int | None = None
    volume: str | None = None
    language: str | None = None
    music: str | None = None
    music_level: float | None = None
    music_rest: float | None = None
    music_shuffle: bool = False
    music_crossfade: str | None = None
    duck: float | None = None
    loudness: float | None = None
    bitrate: int | None = None
    units: str | None = None
    space: str | None = None
    strict: bool = False
    """An unknown exercise is an error."""


class Speech(NamedTuple):
    """The voice; None means the default of this computer or language."""

    engine: str | None = None
    voice: str | None = None
    """The voice, or the coach's voice if counts have their own; `ENGINE:VOICE` names both."""
    counts: str | None = None
    """The voice of counts, pulses and countdowns; None: the coach's."""
    own: str | None = None
    """Folder of the user's own voices, which names without an engine are looked up in."""
    rate: int = 150
    """Words a minute of coaching."""
    volume: float = 1.0
    """Level of the voice relative to the sound cues, as a factor; 1.0 is the default balance."""
    language: str = "en"


class Sound(NamedTuple):
    """Sound cues, music, and the loudness of the file."""

    sounds: str | None = None
    """Folder with the user's own sounds, or None."""
    music: str | None = None
    music_level: float = -24.0
    """Integrated loudness of the music bed without speech (LUFS)."""
    music_rest: float | None = None
    """The same during rests; None: as during work."""
    music_shuffle: bool = False
    """Play the files of a folder in random order, with the seed `music_seed`."""
    music_seed: int = 0
    music_crossfade: Ms = 3_000
    """Overlap of one piece of music with the next, or with its own start."""
    duck: float = 14.0
    """How far the music is lowered during speech (dB)."""
    loudness: float | None = None
    """Integrated loudness of the whole file (LUFS); None: -19 mono, -16 with music in stereo."""
    bitrate: int | None = None
    """Constant bit rate (kbit/s); None: 96 mono, 160 with music in stereo."""


class RoutineText(NamedTuple):
    """A routine that is not in a file: its YAML and its name."""

    text: str
    name: str = "workout"
    """What a file of it would be called, without the ending."""
    shown: str = ""
    """What messages call it; empty: its name with the ending."""
    folder: Path | None = None
    """Where the files lie that it names (music, sounds); None: where the program runs."""


Source = str | RoutineText
"""A routine to be read: a built-in name, a path, or the text itself."""


class Diagnostic(NamedTuple):
    """An error or a warning about what a person wrote.

    `line` and `column` count from 1; 0 if the place is not in a file (a flag). `width` is the
    number of characters that the caret underlines. `source` is the file's name, or `--flag`.
    """

    source: str
    line: int
    column: int
    width: int
    text: str
    """The whole line as written, to be shown; empty if there is none."""
    message: str
    hint: str = ""
    fatal: bool = True
    """False: a warning, which does not stop a build."""
    fix: str | None = None
    """The certain replacement of the underlined part; None if there is none."""

    @property
    def mended(self) -> str:
        """The whole corrected line; empty if there is no certain fix."""
        if self.fix is None or not self.line:
            return ""
        start = self.column - 1
        return self.text[:start] + self.fix + self.text[start + self.width :]


class Page(NamedTuple):
    """A text that is read: its name, and its lines for messages."""

    name: str
    lines: tuple[str, ...]
    language: str = "en"
    """What its prescription lines are written in."""

    def line(self, number: int) -> str:
        """A line by its number from 1; a value without lines (a flag) is its own only line."""
        index = max(number - 1, 0)
        return self.lines[index] if index < len(self.lines) else ""

    def diagnose(self, span: SourceSpan, message: str, hint: str = "") -> Diagnostic:
        """An error about a place in this text."""
        text = self.line(span.line)
        return Diagnostic(self.name, *span, text=text, message=message, hint=hint)


class WantedExercise(NamedTuple):
    """An exercise named by a flag: as typed, and its key in the catalogue (empty if unknown)."""

    name: str
    key: str = ""


class Wishes(NamedTuple):
    """What flags and settings ask for beyond the routine file: the input of `adapting`.

    None, empty or False: nothing is asked for.
    """

    only: tuple[WantedExercise, ...] = ()
    skip: tuple[WantedExercise, ...] = ()
    begin_with: WantedExercise | None = None
    sets: int | None = None
    reps: tuple[int, int] | None = None
    tempo: Tempo | None = None
    first_side: Side | None = None
    own_rests: bool = True
    """False: a flag gave the rest between sets, which replaces those of the items."""
    shuffle: int | None = None
    """The seed of a random order; None: the order as written."""
    equipment: frozenset[str] | None = None
    """Keys of the available equipment."""
    replacements: Mapping[str, Exercise] = MappingProxyType({})
    """Exercises by key: what replaces an exercise without its kit, what replaces that, ..."""
    length: Ms | None = None
    """Length of the whole workout."""
    warm_up: tuple[Exercise, ...] = ()
    """What a warm-up is chosen from, the first in any case; empty where none is to be added."""
    cool_down: tuple[Exercise, ...] = ()
    """What a cool-down is chosen from; empty where none is to be added."""


class Request(NamedTuple):
    """Everything a build needs, checked."""

    routine: Routine
    speech: Speech = Speech()
    sound: Sound = Sound()
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    """Changes that were made for a wish, to be shown: rests made shorter, an exercise replaced."""
    phrases: Mapping[str, str] = MappingProxyType({})
    """The user's own sentences, by key (docs/languages.md)."""
    voices_at: Mapping[str, Diagnostic] = MappingProxyType({})
    """Where files name the voices of `coach` and `counts`: diagnostics without a message yet."""
    wishes: Wishes = Wishes()
    wished_at: Mapping[str, Diagnostic] = MappingProxyType({})
    """Where each wish was written, by its field, and the `routine` as a whole: diagnostics without
    a message yet."""
    page: Page = Page("", ())
    """The text that the routine was read from."""
