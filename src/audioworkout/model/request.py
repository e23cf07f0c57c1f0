"""What came from outside before and after reading: flags as typed, and the request made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Exercise, Side, Tempo
from audioworkout.model.routine import Routine, SourceSpan
from audioworkout.units import Ms

Grouping = Literal["set", "exercise", "none"]
"""What a chapter of the MP3 is: one set (of one side), one exercise; or there are none."""


@dataclass(frozen=True, slots=True)
class Flags:
    """The options of `build` and `script` as typed; None or empty where not given.

    Texts are parsed by reading, with the same rules and messages as the same fields in a file.
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
    tick: bool | None = None
    beeps: bool | None = None
    sounds: str | None = None
    engine: str | None = None
    voice: tuple[str, ...] = ()
    """Names, each of everybody's voice or `ROLE=NAME`."""
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
    """An exercise that nobody knows is an error."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Who speaks: None where the default of this machine or language applies."""

    engine: str | None = None
    voice: str | None = None
    """The voice, or that of coaching where counts have their own; `ENGINE:VOICE` names both."""
    counts: str | None = None
    """The voice of counts, pulses and countdowns; None: the same."""
    own: str | None = None
    """Folder with the person's own voices, where those given by name alone are looked for."""
    rate: int = 150
    """Words a minute of coaching."""
    volume: float = 1.0
    """Level of the voice against the beeps, 1.0 being the level they were made for."""
    language: str = "en"


class Sound(NamedTuple):
    """What plays besides the voice, and how loud the file is."""

    sounds: str | None = None
    """Folder with the user's own sounds, or None."""
    music: str | None = None
    music_level: float = -24.0
    """Integrated loudness of the music bed where nobody speaks (LUFS)."""
    music_rest: float | None = None
    """The same where no work is done; None: as during work."""
    music_shuffle: bool = False
    """Play the files of a folder in another order, which `music_seed` gives."""
    music_seed: int = 0
    music_crossfade: Ms = 3_000
    """How long one piece of music fades into the next, or into itself."""
    duck: float = 14.0
    """How far the music goes down beneath speech (dB)."""
    loudness: float | None = None
    """Integrated loudness of the whole file (LUFS); None: -19 mono, -16 with music in stereo."""
    bitrate: int | None = None
    """Constant bit rate (kbit/s); None: 96 mono, 160 with music in stereo."""


class Diagnostic(NamedTuple):
    """Something wrong or doubtful in what a person wrote.

    `line` and `column` count from 1; 0 where the place is not in a file (a flag). `width` is how
    many characters the caret underlines. `source` is the file's name, or `--flag`.
    """

    source: str
    line: int
    column: int
    width: int
    text: str
    """The whole line as written, for showing; empty where there is none."""
    message: str
    hint: str = ""
    fatal: bool = True
    """False: a warning, which does not stop a build."""
    fix: str | None = None
    """What certainly belongs in place of the underlined part; None where nobody can know."""

    @property
    def mended(self) -> str:
        """The whole line as it should be; empty where nobody can know."""
        if self.fix is None or not self.line:
            return ""
        start = self.column - 1
        return self.text[:start] + self.fix + self.text[start + self.width :]


class Page(NamedTuple):
    """A text that is being read: what it is called, and its lines for showing."""

    name: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """A line by its number from 1; a value without lines (a flag) is its own only line."""
        index = max(number - 1, 0)
        return self.lines[index] if index < len(self.lines) else ""

    def diagnose(self, span: SourceSpan, message: str, hint: str = "") -> Diagnostic:
        """An error about what stands at a place of this text."""
        text = self.line(span.line)
        return Diagnostic(self.name, *span, text=text, message=message, hint=hint)


class WantedExercise(NamedTuple):
    """An exercise that a flag names: as typed, and the catalogue's key for it (or empty)."""

    name: str
    key: str = ""


class Wishes(NamedTuple):
    """What is asked of a routine beside what is written in it: the input of `adapting`.

    None, empty or False: nothing is asked.
    """

    only: tuple[WantedExercise, ...] = ()
    skip: tuple[WantedExercise, ...] = ()
    begin_with: WantedExercise | None = None
    sets: int | None = None
    reps: tuple[int, int] | None = None
    tempo: Tempo | None = None
    first_side: Side | None = None
    own_rests: bool = True
    """False: a rest between sets was given by a flag and replaces those that items name."""
    shuffle: int | None = None
    """The seed of another order."""
    equipment: frozenset[str] | None = None
    """Keys of the kit that is there."""
    replacements: Mapping[str, Exercise] = MappingProxyType({})
    """By key: what replaces exercises without their kit, and what replaces that, and so on."""
    length: Ms | None = None
    """Length of the whole workout."""


class Request(NamedTuple):
    """Everything a build needs to know, checked."""

    routine: Routine
    speech: Speech = Speech()
    sound: Sound = Sound()
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    """What was done to meet a wish, for the person to know: rests made shorter, a move replaced."""
    phrases: Mapping[str, str] = MappingProxyType({})
    """The person's own sentences, by key (docs/languages.md)."""
    voices_at: Mapping[str, Diagnostic] = MappingProxyType({})
    """Where files name the voices of `coach` and `counts`: findings that say nothing yet."""
    wishes: Wishes = Wishes()
    wished_at: Mapping[str, Diagnostic] = MappingProxyType({})
    """Where each wish was written, by its field, and the `routine` as a whole: findings that say
    nothing yet."""
    page: Page = Page("", ())
    """The text that the routine was read from."""
