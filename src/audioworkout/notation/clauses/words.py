"""The words of a line that several clauses know, and the nearest one to a misspelt word."""

from __future__ import annotations

import difflib

from audioworkout.model.kit import LOADS
from audioworkout.notation.partial import Limb
from audioworkout.notation.quantities import (
    BREATHS,
    CALORIES,
    DISTANCES,
    REPS,
    RESTS,
    STEPS,
    TIME,
    WAYS,
)

LIMBS: dict[str, Limb | None] = {
    **dict.fromkeys(("side", "sides"), None),
    **dict.fromkeys(("leg", "legs", "foot", "feet", "knee", "knees"), "leg"),
    **dict.fromkeys(("arm", "arms", "hand", "hands", "elbow", "shoulder"), "arm"),
}
"""Words for a side, and the limb they name; `foot` is also a unit, but never behind `per`."""
SIDE_WORDS = {"left": "left", "right": "right", "l": "left", "r": "right"}
POUNDS = frozenset({"lb", "lbs", "pound", "pounds", "#"})
KILOS = frozenset({"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"})
PAUSES = ("pause", "hold", "squeeze", "iso")
"""A pause within a rep; `hold` may also lead an amount."""
LEADS = {
    "hold": "hold",
    "for": "for",
    "work": "for",
    "carry": "carry",
    "walk": "carry",
}
"""Words that lead an amount, and the field of the long form that it fills."""
EFFORT_WORDS = (
    *("easy", "moderate", "hard", "light", "heavy", "slow", "fast", "steady", "relaxed"),
    *("gentle", "brisk", "sprint", "free", "kick", "ramp", "bodyweight", "explosive", "controlled"),
)
"""How a set is to be done, in a word; `slow` also lengthens the reps."""
EFFORT_FORMS = {
    "bw": "bodyweight",
    "slowly": "slow",
    "gently": "gentle",
    "easily": "easy",
    "quick": "fast",
    "quickly": "fast",
    "freestyle": "free",
    "kicking": "kick",
    "medium": "moderate",
}
ACTIVE_RESTS = ("walk", "jog", "march", "run", "row", "swim", "bike", "plank")
"""What may fill a rest: `60s walk`."""
FREQUENCIES = ("day", "week", "hour", "morning", "evening", "daily", "weekly")
"""Behind `3 times a`: said with the exercise, not done."""
BREATH_PARTS = {
    **dict.fromkeys(("in", "inhale"), "in"),
    **dict.fromkeys(("out", "exhale"), "out"),
    **dict.fromkeys(("hold", "pause"), "hold"),
}
"""The phases of a breath; holding is either full or empty by its place."""
DOWN = ("negative", "negatives", "eccentric", "lowering", "down", "descent")
"""The way down of a rep, which a tempo names first."""
UP = ("concentric", "up", "ascent")
ALTERNATING = ("alternating", "alternate", "alternately", "alternated", "alt")
SET_WORDS = ("set", "sets")
ROUND_WORDS = ("round", "rounds", "cycle", "cycles")
OPEN_WORDS = ("max", "amrap", "failure", "maximum", "amsap")
UNITS = frozenset(
    (*TIME, *DISTANCES, *REPS, *STEPS, *BREATHS, *CALORIES, *POUNDS, *KILOS, "%", "rpe", "rir")
)
"""What makes a number behind `@` or `x` something else than an effort or a number of sets."""
VOCABULARY: tuple[str, ...] = (
    *(unit for unit in TIME if unit.isalpha()),
    *DISTANCES,
    *REPS,
    *STEPS,
    *BREATHS,
    *CALORIES,
    *LIMBS,
    *(unit for unit in POUNDS if unit.isalpha()),
    *KILOS,
    *LEADS,
    *PAUSES,
    *RESTS,
    *LOADS,
    *(f"{kit}s" for kit in LOADS),
    *EFFORT_WORDS,
    *EFFORT_FORMS,
    *ROUND_WORDS,
    *OPEN_WORDS,
    *(word for words in WAYS for word in words.split()),
    *("x", "sets", "set", "of", "per", "each", "alternating", "both", "together", "only", "total"),
    *("left", "right", "first", "then", "last", "pulses", "pulse", "every", "tempo", "ladder"),
    *("at", "the", "top", "bottom", "with", "to", "between", "direction", "negative", "zone"),
    *("rpe", "rir", "within", "twice", "pyramid", "all", "cap", "pace", "rate"),
)
"""Every word a line may have, for mending misspelt ones."""
_KNOWN = frozenset(VOCABULARY)


def find_nearest_word(word: str) -> str:
    """The word of this notation that a misspelt one may stand for; empty where it is one."""
    if word in _KNOWN or len(word) < 2 or not word.isascii():
        return ""
    near = difflib.get_close_matches(word, VOCABULARY, n=3, cutoff=0.7)
    return next((one for one in near if one[0] == word[0]), near[0] if near else "")
