"""Every sentence that is spoken, one module per language; this one chooses and fills them in.

Beside them stand what is seen (`screen/`), what signs are called (`signs/`), what people write
(`written/`) and the words of exercise files (`exercise_files/`), a module per language in each.

A language is a module with a table of templates (`PHRASES`) and the little grammar that tables
cannot hold: number words (`number`), their form before a noun (`counted`), which amounts are
singular (`singular`), lists (`listed`) and the decimal sign (`DECIMAL`). Templates are filled with
`str.format`; a key ending in `.one` or `.other` is chosen by how many there are. Nothing here knows
of time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from audioworkout.languages.tables import Language, NormalizationTable
from audioworkout.model.exercise import (
    Amount,
    BreathPhases,
    Breaths,
    Carry,
    Distance,
    Effort,
    Hold,
    Kit,
    Load,
    Open,
    Reps,
    Side,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.units import MINUTE, SECOND, Ms

LANGUAGES: dict[str, str] = {
    "en": "audioworkout.languages.en",
    "de": "audioworkout.languages.de",
    "es": "audioworkout.languages.es",
    "fr": "audioworkout.languages.fr",
}
"""Language codes and the modules that hold their sentences."""


def load_language(code: str) -> Language:
    """The module of a language, a code of `LANGUAGES`; imported when it is first wanted."""
    return cast(Language, import_module(LANGUAGES[code]))


def load_screen_words(code: str) -> Mapping[str, str]:
    """Labels by key, in a language of `LANGUAGES`."""
    words: Mapping[str, str] = import_module(f"{__name__}.screen.{code}").SCREEN_WORDS
    return words


def load_sign_words(code: str) -> NormalizationTable:
    """What signs and units are called, in a language of `LANGUAGES`."""
    return cast(NormalizationTable, import_module(f"{__name__}.signs.{code}").SIGN_WORDS)


_SENTENCE_START = re.compile(r"(?<=[.!?] )\w")


class Phrases(NamedTuple):
    """The sentences of one language. All methods return text ready to be spoken."""

    language: str
    templates: Mapping[str, str]
    number_words: Callable[[int], str]
    """Number words for 0 to 999: 15 is 'fifteen'."""
    counted_words: Callable[[int, str], str]
    """The same before the noun of a key: 21 'reps' are 'veintiuna', but 21 'minutes' 'veintiún'."""
    singular: Callable[[float], bool]
    """Whether an amount takes the `.one` form: 1 does; in French 0 and 1.5 do too."""
    decimal: str
    """What is said between units and tenths: a point or a comma, as engines read it."""
    listed: Callable[[Sequence[str]], str]
    """Words as a list: 'a mat, a step and a towel'."""
    plural: Callable[[str, int], str]
    """The name of an exercise behind a number: ten 'Push-Ups'."""

    def say(self, key: str, **values: str) -> str:
        """The sentence `key` with its blanks filled; sentences in it begin with a capital."""
        text = _SENTENCE_START.sub(
            lambda found: found[0].upper(), self.templates[key].format(**values)
        )
        return text[:1].upper() + text[1:]

    def pool(self, key: str) -> list[str]:
        """The keys of all wordings of a sentence: `sip`, `sip.2`, `sip.3`, ..."""
        found = [key]
        while (another := f"{key}.{len(found) + 1}") in self.templates:
            found.append(another)
        return found

    def part(self, key: str, **values: str) -> str:
        """Like `say`, for the middle of a sentence: the case of letters is left alone."""
        return self.templates[key].format(**values)

    def number(self, n: int) -> str:
        """A number in words; from a thousand on in digits, which every engine reads rightly."""
        return self.number_words(n) if n < 1_000 else str(n)

    def brief_number(self, n: int) -> str:
        """A number as in fast counting: above twenty, its last digit alone."""
        return self.number(n % 10 or n % 100 or n) if n > 20 else self.number(n)

    def counted(self, n: int, noun: str) -> str:
        """A number as it stands before (or for) the noun of a key: 'une' of 'répétitions'."""
        return self.counted_words(n, noun) if n < 1_000 else str(n)

    def form(self, key: str, n: float) -> str:
        """The key of the form for a count: `key.one` or `key.other`."""
        return f"{key}.one" if self.singular(n) else f"{key}.other"

    def many(self, key: str, n: int) -> str:
        """`n` of something: the `.one` or `.other` form, `{n}` in words."""
        return self.part(self.form(key, n), n=self.counted(n, key))

    def range(self, key: str, low: int, high: int) -> str:
        """`low` to `high` of something: 'twelve to fifteen reps'."""
        if low == high:
            return self.many(key, high)
        both = self.part("range", low=self.counted(low, key), high=self.counted(high, key))
        return self.part(f"{key}.other", n=both)

    def duration(self, ms: Ms) -> str:
        """A length in words, to the second: 'one minute, thirty seconds'."""
        minutes, seconds = divmod((ms + SECOND // 2) // SECOND, 60)
        if not minutes:
            return self.many("seconds", seconds)
        if not seconds:
            return self.many("minutes", minutes)
        return self.part(
            "duration",
            minutes=self.many("minutes", minutes),
            seconds=self.many("seconds", seconds),
        )

    def about_minutes(self, ms: Ms) -> str:
        """A length to the nearest minute, at least one: 'twenty-eight minutes'."""
        return self.many("minutes", max(1, (ms + MINUTE // 2) // MINUTE))

    def side(self, side: Side, limb: str) -> str:
        """'left leg', 'right arm', 'left side'."""
        return self.part(f"side.{side}.{limb}")

    def amount(self, amount: Amount, own_pace: bool = False) -> str:
        """How much, without sets and sides: 'twelve to fifteen reps', 'fifty feet out and back'.

        `own_pace`: of a distance or calories, that they are done at one's own pace.
        """
        match amount:
            case Reps(low, high):
                return self.range("reps", low, high)
            case Steps(low, high):
                return self.range("steps", low, high)
            case Hold():
                return self.part("hold", duration=self.seconds_of(amount))
            case Timed():
                return self.part("timed", duration=self.seconds_of(amount))
            case Carry(low, high, unit, back):
                distance = self.range(f"distance.{unit}", low, high)
                return self.part("carry.back" if back else "carry.one_way", distance=distance)
            case Breaths(low, high, _, phases):
                breaths = self.range("breaths", low, high)
                if phases is None:
                    return breaths
                return self.part("tempo", amount=breaths, tempo=self.breath(phases))
            case Open():
                told = self._open(amount, self.many("reps", amount.at_least or amount.total))
                paced = own_pace and (amount.distance or amount.calories)
                return self.part("open.pace", amount=told) if paced else told

    def brief_amount(self, amount: Amount) -> str:
        """The same within a list of sets: of reps the figure alone."""
        match amount:
            case Reps(low, high):
                return self.brief_range("reps", low, high)
            case Open():
                number = self.counted(amount.at_least or amount.total, "reps")
                return self._open(amount, number)
            case _:
                return self.amount(amount)

    def brief_range(self, noun: str, low: int, high: int) -> str:
        """One number or two, without what they count: 'twelve to fifteen'."""
        last = self.counted(high, noun)
        return last if low == high else self.part("range", low=self.counted(low, noun), high=last)

    def _open(self, amount: Open, reps: str) -> str:
        if amount.distance:
            return self.distance(amount.distance)
        if amount.calories:
            return self.many("calories", amount.calories)
        if amount.total:
            return self.part("in_all", amount=reps)
        return self.part("open.at_least", reps=reps) if amount.at_least else self.part("open.max")

    def distance(self, distance: Distance) -> str:
        """A distance as written: 'four hundred metres', '1.5 kilometres'."""
        return self.measured(f"distance.{distance.unit}", distance.figure)

    def tempo(self, tempo: Tempo) -> str:
        """The phases of a rep in seconds, without those that take no time: 'four down, one up'."""
        keys = ("tempo.down", "tempo.hold", "tempo.up", "tempo.hold")
        return self._phases(zip(keys, tempo, strict=True))

    def breath(self, phases: BreathPhases) -> str:
        """The phases of a breath in seconds: 'in four, hold seven, out eight'."""
        keys = ("phase.in", "phase.hold", "phase.out", "phase.hold")
        return self._phases(zip(keys, phases, strict=True))

    def _phases(self, phases: Iterable[tuple[str, Ms]]) -> str:
        return ", ".join(
            self.part(key, n=self.figures(f"{ms / SECOND:g}")) for key, ms in phases if ms
        )

    def pause(self, lasts: Ms) -> str:
        """The length of a pause within a rep: 'two seconds', '1.5 seconds'."""
        return self.measured("seconds", f"{lasts / SECOND:g}")

    def effort(self, effort: Effort) -> str:
        """How hard a set is to be, as a sentence: 'Effort eight of ten.', 'Easy.'."""
        key = f"effort.{effort.kind}"
        match effort.kind:
            case "word":
                key = f"effort.{effort.figure.replace(' ', '-')}"
                return self.say(key) if key in self.templates else _sentence(effort.figure)
            case "pace":
                number, _, unit = effort.unit.rpartition(" ")
                duration = self.duration(effort.lasts)
                if not number:
                    return self.say(f"{key}.{unit}", duration=duration)
                distance = self.measured(f"distance.{unit}", number)
                return self.say(key, duration=duration, distance=distance)
            case "rir" if effort.figure.isdigit():
                left = int(effort.figure)
                key = self.form(key, left) if left else "effort.rir.none"
                return self.say(key, n=self.counted(left, "reps"))
            case "rir":
                return self.say(f"{key}.other", n=self.figures(effort.figure, "reps"))
        return self.say(key, n=self.figures(effort.figure))

    def note(self, words: str) -> str:
        """A note as a sentence: of a note with a phrase of its own that phrase, else its words."""
        key = f"note.{words.replace(' ', '-')}"
        return self.say(key) if key in self.templates else _sentence(words)

    def seconds_of(self, amount: Hold | Timed) -> str:
        """How long a hold or timed work is, without its verb: 'twenty to thirty seconds'."""
        low, high = amount.low, amount.high
        if low == high:
            return self.duration(high)
        if high < MINUTE:
            return self.range("seconds", low // SECOND, high // SECOND)
        return self.part("range", low=self.duration(low), high=self.duration(high))

    def figures(self, figures: str, noun: str = "") -> str:
        """A figure as written, or two joined by a dash, in words."""
        low, dash, high = figures.replace("–", "-").partition("-")
        if low and dash and high:
            ends = {"low": self.figures(low, noun), "high": self.figures(high, noun)}
            return self.part("range", **ends)
        if not figures.isdigit():
            return figures.replace(".", self.decimal)
        return self.counted(int(figures), noun) if noun else self.number(int(figures))

    def measured(self, key: str, figures: str) -> str:
        """A measured quantity with the noun of a key, figures as written: '7.5 kilos'.

        Two with a dash between them are a range: '20-24' is 'twenty to twenty-four kilos'.
        """
        if "-" in figures:
            return self.part(f"{key}.other", n=self.figures(figures, key))
        if figures.isdigit():
            return self.many(key, int(figures))
        return self.part(self.form(key, float(figures)), n=figures.replace(".", self.decimal))

    def weight(self, figures: str, unit: str) -> str:
        """A weight: 'eight kilos', '7.5 kilos'; a bare figure without a unit."""
        return self.measured(f"weight.{unit}", figures) if unit else self.figures(figures)

    def load(self, load: Load) -> str:
        """What is lifted: 'twenty kilos', 'two dumbbells of eight kilos', 'two times a pound'."""
        weight = self.weight(load.weight, load.unit)
        if load.added:
            weight = self.part("weight.added", weight=weight)
        if f"kit.{load.kit}.one" in self.templates:
            return self.part(
                "load.kit", kit=self.many(f"kit.{load.kit}", load.count), weight=weight
            )
        if load.count == 1:
            return weight
        return self.part("load.each", count=self.number(load.count), weight=weight)

    def kit(self, kit: Kit) -> str:
        """One thing to have at hand: 'two dumbbells'; a word unknown here is said as written."""
        key = f"kit.{kit.key}"
        if f"{key}.one" in self.templates:
            words = self.many(key, kit.count)
        else:
            name = kit.key.replace("-", " ")
            words = name if kit.count == 1 else f"{self.number(kit.count)} {name}"
        return self.part("kit_optional", kit=words) if kit.optional else words

    def kit_list(self, kits: Sequence[Kit]) -> str:
        """Several things to have at hand, as a list."""
        return self.listed([self.kit(kit) for kit in kits])


def _sentence(words: str) -> str:
    """Words with a capital in front and a full stop behind, unless they end in a sign."""
    words = words.strip()
    stop = "" if words.endswith((".", "!", "?", "…")) else "."
    return f"{words[:1].upper()}{words[1:]}{stop}"


def _is_replaced(key: str, own: Mapping[str, str]) -> bool:
    """True if a wording belongs to a pool whose first wording the user has replaced."""
    name, _, number = key.rpartition(".")
    return number.isdigit() and name in own


def load_phrases(language: str, own: Mapping[str, str] | None = None) -> Phrases:
    """The sentences of a language (a code of `LANGUAGES`); `own` ones replace them key by key.

    Replacing the first wording of a pool (`sip`) drops the built-in others (`sip.2`, ...).
    """
    module = load_language(language)
    templates: Mapping[str, str] = module.PHRASES
    if own:
        kept = {key: text for key, text in templates.items() if not _is_replaced(key, own)}
        templates = {**kept, **own}
    return Phrases(
        language,
        templates,
        module.number,
        module.counted,
        module.singular,
        module.DECIMAL,
        module.listed,
        module.plural,
    )
