"""Every sentence that is spoken, one module per language; this one chooses and fills them in.

A language is a module with a table of templates (`PHRASES`) and the little grammar that tables
cannot hold: number words (`number`), their form before a noun (`counted`), which amounts are
singular (`singular`), lists (`listed`) and the decimal sign (`DECIMAL`). Templates are filled with
`str.format`; a key ending in `.one` or `.other` is chosen by how many there are. Nothing here knows
of time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Literal, NamedTuple

from audioworkout.model.exercise import Amount, Carry, Hold, Kit, Load, Reps, Side, Steps, Timed
from audioworkout.units import MINUTE, SECOND, Ms

LANGUAGES: dict[str, str] = {
    "en": "audioworkout.languages.en",
    "de": "audioworkout.languages.de",
    "es": "audioworkout.languages.es",
    "fr": "audioworkout.languages.fr",
}
"""Language codes and the modules that hold their sentences."""


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

    def say(self, key: str, **values: str) -> str:
        """The sentence `key` with its blanks filled; its first letter is made a capital."""
        text = self.templates[key].format(**values)
        return text[:1].upper() + text[1:]

    def part(self, key: str, **values: str) -> str:
        """Like `say`, for the middle of a sentence: the case of letters is left alone."""
        return self.templates[key].format(**values)

    def number(self, n: int) -> str:
        """A number in words; from a thousand on in digits, which every engine reads rightly."""
        return self.number_words(n) if n < 1_000 else str(n)

    def brief_number(self, n: int) -> str:
        """A number as people count who count fast: above twenty its last digit alone."""
        return self.number(n % 10 or n % 100 or n) if n > 20 else self.number(n)

    def counted(self, n: int, noun: str) -> str:
        """A number as it stands before (or for) the noun of a key: 'une' of 'répétitions'."""
        return self.counted_words(n, noun) if n < 1_000 else str(n)

    def form(self, key: str, n: float) -> str:
        """The key of the form that so many take: `key.one` or `key.other`."""
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

    def amount(self, amount: Amount) -> str:
        """How much, without sets and sides: 'twelve to fifteen reps', 'fifty feet out and back'."""
        match amount:
            case Reps(low, high):
                return self.range("reps", low, high)
            case Steps(low, high):
                return self.range("steps", low, high)
            case Hold(low, high):
                return self.part("hold", duration=self._durations(low, high))
            case Timed(low, high):
                return self.part("timed", duration=self._durations(low, high))
            case Carry(low, high, unit, back):
                distance = self.range(f"distance.{unit}", low, high)
                return self.part("carry.back" if back else "carry.one_way", distance=distance)

    def _durations(self, low: Ms, high: Ms) -> str:
        if low == high:
            return self.duration(high)
        if high < MINUTE:
            return self.range("seconds", low // SECOND, high // SECOND)
        return self.part("range", low=self.duration(low), high=self.duration(high))

    def weight(self, figures: str, unit: Literal["kg", "lb"]) -> str:
        """A weight whose figures are as a person wrote them: 'eight kilos', '7.5 kilos'."""
        if figures.isdigit():
            return self.many(f"weight.{unit}", int(figures))
        form = self.form(f"weight.{unit}", float(figures))
        return self.part(form, n=figures.replace(".", self.decimal))

    def load(self, load: Load) -> str:
        """What is lifted: 'twenty kilos', 'two dumbbells of eight kilos', 'two times a pound'."""
        weight = self.weight(load.weight, load.unit)
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


def load_phrases(language: str, own: Mapping[str, str] | None = None) -> Phrases:
    """The sentences of a language (a code of `LANGUAGES`); `own` ones replace them key by key."""
    module = import_module(LANGUAGES[language])
    templates: dict[str, str] = {**module.PHRASES, **(own or {})}
    return Phrases(
        language,
        templates,
        module.number,
        module.counted,
        module.singular,
        module.DECIMAL,
        module.listed,
    )
