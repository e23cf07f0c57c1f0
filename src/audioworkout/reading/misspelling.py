"""Finds the known names that a misspelt name may mean; other unknown names are new exercises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from audioworkout.names import LONG_WORD, is_slip, letters_off, split_words

SHORT_WORD = 3
"""Shorter words never count as misspelt (letters)."""
MOST_MISSPELT_WORDS = 8
"""Names of more words never count as misspelt."""

_TRAINING = """
a and at behind body box by clean cross down fast for from full front half hand heavy high hops
in into it jerk knee knees left light long low lunge march mid mobility my no of off on one or
out over press pull push rack reach right rise roll run short single sit ski skip slam sled slow
snatch spin split sprint stand start static step stick stiff stop swim swing tempo the three to
toe top tuck turn twist two up walk wall warm wide with without

ab air ape arch arm back ball band bar barbell bear beast bell bench bend bike bird blade block
board boat bow bounce bound brace brake breath bug bull cable calf camel carry cat chain chair chest
chin chop circle clam clamp clap climb clock coil cool core cow crab crane crawl crow crown curl
cut cycle dance dead deep depth dip disc dive dog dolphin donkey dot drag dragon drill drive
drop duck dumbbell dynamic eagle elbow face fan farm feet fin finger fish flag flat flex flight
flip float flow flutter fly foam foot fold free frog gait gallop gate glide glute goblet
gorilla grip ground guard gym hack half halo ham hammer hang heart heel helm hero hike hill
hinge hip hit hold hollow hook hop horse hover hug hula hundred hurdle inch inner jab jack jog
jump kick kite kneel lat leap leg lift lock loop lotus lying machine mat mountain mule muscle
neck needle open outer overhead pace pad paddle pallof palm park peck pec pendulum pigeon pike
pillar pin pistol pivot plank plate plie plow point pose power pulse punch quad quick race rail
rain raise ramp range ranger rear recline rest reverse ring rock rocket rope rotation round row
ruck run saw scap scissor scoop seal seat shake shift shin shoot shot shoulder shrug shuffle
side sign skate skater slide sling snap snow soft sole sphinx spider spine spring squat squeeze
stab stack stair star stone straight strap stretch stride strike sumo sun surf swan sweep switch
swoop table tap tear thigh throw thrust thruster tibia tic tilt tire toss track trail tree trot
trunk truck tug tuck tumble tyre upper vault wag waiter wave wheel whip wing windmill wood worm
wrist yoga zig zombie zone
"""
TRAINING_WORDS = frozenset(_TRAINING.split())
"""Common words of training, which are never misspellings of other words."""


class Misspellings:
    """Finds the known names that a misspelt name may mean.

    A misspelt name has as many words as the known one, and each word that differs has an edit
    distance of 1 (2 from `LONG_WORD` letters on), a swap of neighbours counting as one edit. Words
    in `TRAINING_WORDS` are never misspelt.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        for name in known:
            self._names.setdefault(split_words(name), name)
        self._words = frozenset(word for words in self._names for word in words)
        self._shortened: dict[str, set[str]] = {}
        for word in self._words:
            for short in _shortened(word):
                self._shortened.setdefault(short, set()).add(word)

    def find(self, name: str) -> tuple[str, ...]:
        """The known names that a name may be a misspelling of; none if it is a new name."""
        words = split_words(name)
        if not 0 < len(words) <= MOST_MISSPELT_WORDS:
            return ()
        near = [self._near(word) for word in words]
        if not all(near):
            return ()
        found: dict[str, int] = {}
        for choice in product(*near):
            meant = self._names.get(choice)
            if meant is not None and choice != words:
                found[meant] = sum(map(letters_off, words, choice))
        least = min(found.values(), default=0)
        return tuple(meant for meant, off in found.items() if off == least)

    def _near(self, word: str) -> tuple[str, ...]:
        """The known words near a word; the word itself if it is in `TRAINING_WORDS`."""
        if word in self._words or word in TRAINING_WORDS or len(word) < SHORT_WORD:
            return (word,)
        likely = {one for short in _shortened(word) for one in self._shortened.get(short, ())}
        return tuple(sorted(one for one in likely if is_slip(word, one)))


def _shortened(word: str) -> Iterator[str]:
    """A word without any one letter (long words: any two); near words share one of these."""
    shorter = {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
    if len(word) >= LONG_WORD - 2:
        shorter |= {one[:n] + one[n + 1 :] for one in shorter for n in range(len(one))}
    return iter(shorter)
