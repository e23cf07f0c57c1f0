"""The coach: has the phrases and the person's wishes, and puts words to a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple
from zlib import crc32

from audioworkout.compiler import rules, timing
from audioworkout.compiler.bouts import Bout
from audioworkout.languages import Phrases
from audioworkout.model.exercise import Amount, Carry, Hold, Open, Reps, Steps, Timed
from audioworkout.model.routine import How
from audioworkout.model.script import BETWEEN, Context, Gap, Role, Say
from audioworkout.ruler import ruler_ms
from audioworkout.units import Ms

# What gives way first where a slot is too short; 0 never does.
REST, SETUP, AGAIN, FORM, MOTIVATE = 1, 2, 3, 4, 5

ROOM_PERCENT = 110
"""Of the ruler's length of words, room that is kept for them."""

CueKind = Literal["setup", "form", "breathing", "motivate", "easier", "safety"]


@dataclass
class Wordings:
    """Remembers what was said when, and chooses what was not said lately.

    The choice depends on the seed and on what was said before, and on nothing else: the same
    routine has the same words in every build.
    """

    seed: str
    said: dict[str, Ms] = field(default_factory=dict)
    """When each text was said last (ms from the start of the workout)."""

    def shuffle(self, texts: Iterable[str]) -> list[str]:
        """The texts in an order of this seed's own, those that were said longest ago first."""

        def rank(text: str) -> tuple[Ms, int]:
            return self.said.get(text, -1), crc32(f"{self.seed}:{text}".encode())

        return sorted(texts, key=rank)

    def choose(self, texts: Sequence[str], now: Ms) -> str | None:
        """The first text that was not said lately; None where all of them were."""
        for text in texts:
            if not self.is_fresh(text, now):
                continue
            self.said[text] = now
            return text
        return None

    def choose_anyway(self, texts: Sequence[str], now: Ms) -> str:
        """The same, or the text that was said longest ago."""
        text = self.choose(texts, now) or min(texts, key=lambda text: self.said[text])
        self.said[text] = now
        return text

    def take_back(self, say: Say, now: Ms) -> None:
        """Forget that words were said now: they were chosen, and then left out."""
        for key in (say.text, say.source):
            if self.said.get(key) == now:
                del self.said[key]

    def is_fresh(self, text: str, now: Ms, within: Ms = rules.NOT_AGAIN_WITHIN) -> bool:
        """Whether a text was not said within some time."""
        return text not in self.said or now - self.said[text] >= within


class Coach(NamedTuple):
    """Says things in one language, as much as the person wants to hear."""

    phrases: Phrases
    how: How
    wordings: Wordings
    now: Ms = 0
    """When the passage begins that words are put to (ms from the start of the workout)."""

    @property
    def talks(self) -> bool:
        """Whether anything is said besides names, amounts, changes and counts."""
        return self.how.coaching != "off"

    @property
    def explains(self) -> bool:
        """Whether form and motivation are coached too."""
        return self.how.coaching == "full"

    @property
    def calm(self) -> bool:
        """Whether the mood is calm: no countdown."""
        return self.how.mood == "calm"

    @property
    def cheers(self) -> bool:
        """Whether anything is said to cheer the listener on."""
        return self.explains and self.how.mood == "lively"

    @property
    def ticks(self) -> bool:
        """Whether every rep is ticked: as asked for, else where not every number is spoken."""
        if self.how.tick is not None:
            return self.how.tick
        return self.how.count in ("off", "last5")

    def say(
        self, key: str, role: Role, *, yields: int = 0, short: tuple[str, ...] = (), **blanks: str
    ) -> Say:
        """A phrase; `short`: keys of ever shorter wordings with the same blanks."""
        return self.fill(key, role, blanks, yields=yields, short=short)

    def fill(
        self,
        key: str,
        role: Role,
        blanks: Mapping[str, str],
        *,
        yields: int = 0,
        short: tuple[str, ...] = (),
    ) -> Say:
        """The same with the blanks in a mapping."""
        shorter = tuple(self.phrases.say(one, **blanks) for one in short)
        text = self.phrases.say(key, **blanks)
        return Say(text, role, shorter=shorter, yields=yields, source=key)

    def vary(
        self,
        key: str,
        role: Role,
        *,
        yields: int = 0,
        short: tuple[str, ...] = (),
        room: Ms | None = None,
        **blanks: str,
    ) -> Say:
        """A phrase that has a pool of wordings: the next of them in the order of the seed.

        `room`: of a pool, only those wordings that last no longer by the ruler, if there are any.
        """
        pool = self.phrases.pool(key)
        if room is not None:
            wordings = {one: self.fill(one, role, blanks) for one in pool}
            pool = [one for one in pool if self.lasts([wordings[one]]) <= room] or pool[:1]
        if len(pool) > 1 or room is not None:
            key = self.wordings.choose_anyway(self.wordings.shuffle(pool), self.now)
        return self.say(key, role, yields=yields, short=short, **blanks)

    def vary_if_fresh(self, key: str, role: Role, *, yields: int) -> list[Say]:
        """The same, or nothing where all wordings were said lately: the phrase may be left out."""
        chosen = self.wordings.choose(self.wordings.shuffle(self.phrases.pool(key)), self.now)
        return [self.say(chosen, role, yields=yields)] if chosen else []

    def cues(self, kind: CueKind, texts: Iterable[str]) -> list[Say]:
        """Cues of an exercise that were not said lately, in the given order; all count as said.

        Those of set-up and safety are said however often.
        """
        free = kind not in ("setup", "safety")
        chosen = [text for text in texts if not free or self.wordings.is_fresh(text, self.now)]
        for text in chosen:
            self.wordings.said[text] = self.now
        return [self.make_cue(kind, text) for text in chosen]

    def cue(self, kind: CueKind, texts: Sequence[str]) -> list[Say]:
        """The first cue that was not said lately, if there is one."""
        chosen = self.wordings.choose(texts, self.now)
        return [self.make_cue(kind, chosen)] if chosen else []

    @staticmethod
    def make_cue(kind: CueKind, text: str) -> Say:
        """A cue of an exercise as something to say."""
        return Say(text, _CUE_ROLES[kind], yields=_CUE_RANKS[kind], source=f"cue.{kind}")

    def number(self, n: int, role: Role) -> Say:
        """A spoken number."""
        return Say(self.phrases.number(n), role, number=n, source=role)

    def name(self, bout: Bout) -> str:
        """What a bout is called where it is read: its exercise, or the block or exercises it is."""
        if bout.exercise.key:
            return bout.exercise.name
        return self._block_name(bout) or " + ".join(
            dict.fromkeys(work.exercise.name for work in bout.works)
        )

    def said(self, bout: Bout) -> str:
        """The same as it is spoken."""
        if bout.exercise.key:
            return bout.exercise.said
        return self._block_name(bout) or self.phrases.listed(
            list(dict.fromkeys(work.exercise.said for work in bout.works))
        )

    def _block_name(self, bout: Bout) -> str:
        kind = bout.turns[-1].block.kind
        keys = {"amrap": "block.amrap", "for time": "block.for_time"}
        return self.phrases.part(keys[kind]) if kind in keys else ""

    def side(self, bout: Bout) -> str:
        """The side a bout works, or begins with, in words: 'left leg'."""
        return self.phrases.side(bout.side or bout.prescription.sides.first, bout.exercise.limb)

    def amount(self, bout: Bout) -> str:
        """How much a set is, in words: a distance as laps where the room is too small for it.

        With the sides it is for, and with the pause or tempo that was asked for.
        """
        amount = bout.prescription.amount
        if isinstance(amount, Carry):
            laps = len(timing.carry_ways(amount, bout.exercise, self.how.space))
            if laps > 1 + amount.back:
                return self.around(bout, self.phrases.many("laps", laps))
        if bout.prescription.by_side and bout.prescription.sides.order == "each":
            left, right = bout.prescription.by_side
            return self._with_tempo(bout, self._by_side(left, right))
        if isinstance(announced := self.announced(bout), Hold):
            return self.around_all(bout, (announced,))
        return self.around(bout, self.bare_amount(bout))

    def _by_side(self, left: Amount, right: Amount) -> str:
        """An amount for each side: 'eight reps left, ten reps right'; a hold has one verb."""
        if isinstance(left, Hold) and isinstance(right, Hold):
            both = {"left": self.phrases.seconds_of(left), "right": self.phrases.seconds_of(right)}
            return self.phrases.part("hold", duration=self.phrases.part("by_side", **both))
        both = {"left": self.phrases.amount(left), "right": self.phrases.amount(right)}
        return self.phrases.part("by_side", **both)

    def around_all(self, bout: Bout, amounts: Sequence[Amount]) -> str:
        """The amounts of several sets in words, with what belongs to them.

        Holds have one verb around them all, sides included: where it stands is the language's
        matter ('zwanzig, dreißig Sekunden pro Bein halten').
        """
        holds = [self.phrases.seconds_of(one) for one in amounts if isinstance(one, Hold)]
        if len(holds) == len(amounts):
            told = self.phrases.part("hold", duration=self.each(bout, ", ".join(holds)))
            return self._with_tempo(bout, told)
        return self.around(bout, ", ".join(map(self.phrases.brief_amount, amounts)))

    def bare_amount(self, bout: Bout) -> str:
        """How much a set is, without its sides, pause or tempo."""
        own = all(effort.kind != "pace" for effort in bout.prescription.effort)
        return self.phrases.amount(self.announced(bout), own_pace=own)

    def around(self, bout: Bout, told: str) -> str:
        """An amount in words with what belongs to it: its sides, its pause or tempo."""
        return self._with_tempo(bout, self.each(bout, told))

    def each(self, bout: Bout, told: str) -> str:
        """An amount in words, for each side where there are two."""
        sides, amount = bout.prescription.sides, bout.prescription.amount
        counted = isinstance(amount, Reps | Steps | Open)
        if sides.order == "alternating" and sides.in_all and counted:
            return self.phrases.part("in_all", amount=told)
        if sides.order == "each" or (sides.order == "alternating" and counted):
            limb = "" if bout.exercise.limb == "side" else f".{bout.exercise.limb}"
            return self.phrases.part(f"each{limb}", amount=told)
        return told

    def _with_tempo(self, bout: Bout, told: str) -> str:
        prescribed = bout.prescription
        if "tempo" in prescribed.announced:
            return self.phrases.part(
                "tempo", amount=told, tempo=self.phrases.tempo(prescribed.tempo)
            )
        for place, lasts in (("bottom", prescribed.tempo.bottom), ("top", prescribed.tempo.top)):
            if place in prescribed.announced and lasts:
                duration = self.phrases.pause(lasts)
                told = self.phrases.part(f"pause.{place}", amount=told, duration=duration)
        return told

    def announced(self, bout: Bout) -> Amount:
        """The amount as it is said and shown: a distance in the units the person asked for."""
        amount = bout.prescription.amount
        if isinstance(amount, Open) and bout.tasks:
            return Timed(amount.window, amount.window)
        if isinstance(amount, Open) and amount.distance:
            distance = timing.distance_in_units(amount.distance, self.how.units)
            return replace(amount, distance=distance)
        return timing.convert_carry(amount, self.how.units) if isinstance(amount, Carry) else amount

    def context(self, bout: Bout) -> Context:
        """What a passage around this bout is about."""
        return Context(
            bout.exercise.key or None,
            bout.set,
            bout.sets,
            bout.side,
            bout.round or 1,
            bout.rounds,
            self.name(bout),
            self.announced(bout),
        )

    def lasts(self, items: Iterable[Say | Gap]) -> Ms:
        """Length of words and the gaps between them by the ruler (ms)."""
        total, spoken = 0, False
        for item in items:
            if isinstance(item, Gap):
                total += item.ms
                continue
            rate = item.line.rate(self.how.rate)
            total += ruler_ms(item.text, rate) + (BETWEEN if spoken else 0)
            spoken = True
        return total


_CUE_ROLES: dict[CueKind, Role] = {
    "setup": "setup",
    "safety": "setup",
    "form": "form",
    "breathing": "form",
    "easier": "form",
    "motivate": "motivate",
}
_CUE_RANKS: dict[CueKind, int] = {
    "setup": SETUP,
    "safety": 0,
    "form": FORM,
    "breathing": FORM,
    "easier": FORM,
    "motivate": MOTIVATE,
}


def coach_for(phrases: Phrases, how: How, key: str) -> Coach:
    """A coach who has said nothing yet.

    Args:
        phrases: The sentences of the language.
        how: How the workout is led.
        key: The routine's key: chooses among wordings unless `how` has a seed.
    """
    return Coach(phrases, how, Wordings(key if how.seed is None else str(how.seed)))
