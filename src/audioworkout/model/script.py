"""What is said and sounded, in slots; the lengths of speech are not known yet.

The model is TeX's: a **Slot** is a box of exact length, its words are set in order and its **Gap**s
are glue that stretches to fill it. Sounds on the beat are **SoundCue**s at exact moments, in
parallel to the words: they take no room in a slot and never move.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Amount, Mode, Side
from audioworkout.units import Ms

Role = Literal[
    "intro",
    "announce",
    "setup",
    "form",
    "motivate",
    "halfway",
    "countdown",
    "count",
    "pulse",
    "switch",
    "rest",
    "outro",
]
SoundName = Literal["ready", "go", "tick", "pulse", "half", "end", "finish"]
SOUND_NAMES: tuple[SoundName, ...] = ("ready", "go", "tick", "pulse", "half", "end", "finish")
SpanKind = Literal["intro", "prepare", "work", "pulses", "rest", "switch", "outro"]

QUICK: frozenset[Role] = frozenset({"count", "pulse", "countdown"})
"""Roles that are spoken a tenth faster than coaching."""


BETWEEN: Ms = 250
"""Minimum pause between two spoken lines."""


def quick_rate(rate: int) -> int:
    """Words a minute of counts: a tenth faster than coaching (docs/timing.md).

    >>> quick_rate(150)
    165
    """
    return round(1.1 * rate)


class Line(NamedTuple):
    """A distinct text to be spoken: the unit that a voice renders and the cache stores."""

    text: str
    quick: bool = False
    """True: counts, a tenth faster than coaching."""
    listed: bool = False
    """True: spoken as within a list, so that the voice does not fall at its end."""
    soft: bool = False
    """True: a little softer than other lines (`SOFTER_COUNT`)."""

    def rate(self, coaching: int) -> int:
        """Words a minute of this line, given the rate of coaching."""
        return quick_rate(coaching) if self.quick else coaching


CountShape = Literal["", "listed", "soft"]
"""How a number of a count is spoken: falling, as within a list, or so and softer."""


class Say(NamedTuple):
    """Words to be spoken within a slot.

    `shorter`: other wordings to try, in order, if the first does not fit. `yields`: 0 is never left
    out and becomes a problem; of the others the highest is left out first. `after`: minimum gap
    behind it (ms) if it is the last of its slot and the next slot begins with words. `source`: the
    key of its phrase, or `cue.form` and the like for cues of an exercise; tells why it is said.
    `shape`: how a number is spoken.
    """

    text: str
    role: Role
    number: int | None = None
    side: Side | None = None
    shorter: tuple[str, ...] = ()
    yields: int = 0
    after: Ms = 0
    source: str = ""
    shape: CountShape = ""

    @property
    def line(self) -> Line:
        """The first wording, as a line."""
        return Line(self.text, self.role in QUICK, bool(self.shape), self.shape == "soft")

    @property
    def lines(self) -> tuple[Line, ...]:
        """All wordings as lines, the first choice first."""
        first = self.line
        return first, *(first._replace(text=text) for text in self.shorter)


class Gap(NamedTuple):
    """Glue: at least `ms` long; gets `stretch` shares of the time that is left over."""

    ms: Ms
    stretch: int = 0


class Slot(NamedTuple):
    """A box of exactly `lasts` ms. Of neighbouring gaps only the longer counts."""

    lasts: Ms
    items: tuple[Say | Gap, ...] = ()


class SoundCue(NamedTuple):
    """A sound at exactly `at` ms after the start of its passage."""

    at: Ms
    name: SoundName
    side: Side | None = None


class Context(NamedTuple):
    """The exercise, set, side and round of a passage or chapter; None if not applicable."""

    exercise: str | None = None
    set: int | None = None
    sets: int | None = None
    side: Side | None = None
    round: int | None = None
    rounds: int | None = None
    name: str = ""
    """The exercise's name as written, complete; chapter titles may be cut."""
    amount: Amount | None = None
    """The amount of one set, as announced; for each side if there are sides."""


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Passage:
    """One span of the script: slots in order, and sound cues in parallel."""

    kind: SpanKind
    slots: tuple[Slot, ...]
    sound_cues: tuple[SoundCue, ...] = ()
    context: Context = NO_CONTEXT
    mode: Mode | None = None
    count: int | None = None

    @property
    def lasts(self) -> Ms:
        """Length of the passage: the sum of its slots."""
        return sum(slot.lasts for slot in self.slots)


TITLE_LENGTH = 45
"""Characters of a chapter's title: longer ones are cut or hidden by players."""


class Chapter(NamedTuple):
    """Passages with one title; a rest belongs to the exercise that follows it."""

    title: str
    passages: tuple[Passage, ...]
    context: Context = NO_CONTEXT


class Script(NamedTuple):
    """The whole workout as it will be led, complete except for the lengths of speech."""

    title: str
    routine: str
    language: str
    chapters: tuple[Chapter, ...]
    kit: tuple[str, ...] = ()
    """What to have at hand, each thing in the words of the language."""
    mood: str = "lively"

    @property
    def lasts(self) -> Ms:
        """Length of the workout; independent of the voice."""
        return sum(passage.lasts for chapter in self.chapters for passage in chapter.passages)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every distinct line that may be spoken, sorted: engines speak them in this order."""
        return tuple(sorted(self.lines_in_order))

    @property
    def lines_in_order(self) -> tuple[Line, ...]:
        """Every distinct line, in the order of the workout."""
        return tuple(
            dict.fromkeys(
                line
                for chapter in self.chapters
                for passage in chapter.passages
                for slot in passage.slots
                for item in slot.items
                if isinstance(item, Say)
                for line in item.lines
            )
        )
