"""The words of a line that several clauses know, and the nearest one to a misspelt word."""

from __future__ import annotations

import difflib
import re

from audioworkout.model.kit import LOADS
from audioworkout.notation.partial import Limb
from audioworkout.notation.quantities import (
    BREATHS,
    CALORIES,
    DISTANCES,
    REPS,
    REST_NOUNS,
    STEPS,
    TIME,
    WAYS,
)
from audioworkout.notation.tokens import Words

LIMBS: dict[str, Limb | None] = {
    **dict.fromkeys(("side", "sides"), None),
    **dict.fromkeys(("leg", "legs", "foot", "feet", "knee", "knees"), "leg"),
    **dict.fromkeys(("arm", "arms", "hand", "hands", "elbow", "shoulder"), "arm"),
}
"""Words for a side, and the limb they name; `foot` is also a unit, but never behind `per`."""
SIDE_WORDS = {"left": "left", "right": "right", "l": "left", "r": "right"}
POUNDS = frozenset({"lb", "lbs", "pound", "pounds", "#"})
KILOS = frozenset({"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"})
PAUSE_WORDS = ("pause", "hold", "squeeze", "iso")
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
    *("tempo", "threshold"),
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
_EQUIPMENT = """
band bands miniband loop vest belt box bench step chair wall rope ropes towel block blocks strap
straps bar rings pole pillow mat roller backpack bag sandbag plate plates ball bolster dumbbell
dumbbells kettlebell kettlebells db dbs kb kbs barbell cable machine platform sliders weight weights
shoes support stick theraband therabands tubing tube cord bosu trx parallettes hurdle hurdles fins
paddles buoy kickboard snorkel edge sloper slopers jug jugs counter worktop table sofa couch rail
doorway doorframe rack stair stairs bed
"""
EQUIPMENT = frozenset(_EQUIPMENT.split())
"""What an exercise may be done with: said, where no weight of it is written."""
_KINDS = """
red yellow green blue black purple orange grey gray silver gold white pink brown light medium heavy
thin thick mini long short resistance loop empty low high big small swiss medicine med exercise foam
weighted trap ez smith yoga hip two dip wooden rubber strong kitchen pull
"""
EQUIPMENT_KINDS = frozenset(_KINDS.split())
"""What may stand before it."""
EQUIPMENT_LEADS = ("with", "using", "on", "from", "holding", "against", "facing")
BODY_STARTS = ("feet", "hands", "heels", "back", "rear", "front", "elbows", "knees")
EQUIPMENT_STARTS = (
    "w",
    "hold",
    "lean",
    "leaning",
    *BODY_STARTS,
    *EQUIPMENT_LEADS,
    *EQUIPMENT,
    *EQUIPMENT_KINDS,
)
INCHES = ("inch", "inches", "in", '"')
WATTS = ("w", "watt", "watts")
MEASURES = frozenset((*INCHES, *WATTS, "cm", "mm", "incline", "grade", "gradient", "pace"))
"""Words that make a number a height, a length or a slope, which is said."""
MACHINE_SETTINGS = ("level", "resistance", "gear", "setting", "speed")
"""What a machine is set to, before its number."""
MEASURE_LEADS = ("at", "on", "onto", "to", "over", "from", "off")
"""What may stand before a height: `onto a 20 inch box`."""
_MANNERS = """
eyes closed, eyes open, assisted, unassisted, strict, unbroken, weighted, deficit, paused, seated
standing, kneeling, touch and go, as needed, one at a time, no pause, dead stop, quality, singles
partials, banded, strict form, good form, perfect form, smooth, alternating grip, mixed grip
switch hands, switch sides, change hands, change sides, switch legs, switch arms
from knees, from the knees, on knees, on your knees, on the knees, on my knees, knees down
feet elevated, feet up, feet together, feet apart, feet raised, heels elevated, heels raised
hands elevated, hands raised, knees bent, bent knees, bent knee, bent legs, knees straight
straight knee, straight knees, straight leg, straight legs, legs straight, straight arms
arms overhead
arms crossed, hands on hips, hands free, no hands, hands behind head, one leg at a time
wide grip, close grip, narrow grip, neutral grip, reverse grip, supinated, pronated, underhand
overhand, hammer grip, wide stance, narrow stance, close stance, staggered stance, wide, narrow
max hang, max hangs, lock off, lock offs, lock - off, half crimp
full crimp, open hand, open crimp, three finger drag, four fingers
full range, full range of motion, full rom, pain free, pain - free, pain free range, no pain
if no pain, within comfort, as tolerated, to tolerance, to fatigue
heart rate, hr, max hr, nose breathing, nasal breathing, breathing out, no rush
practice, skill work, attempts
race pace, goal pace, marathon pace, half marathon pace, mile pace, threshold pace, steady state
conversational pace, talking pace, race effort, by feel, negative split, build
progressive, uphill, downhill, barefoot, up hill, down hill, hills, strides
stride, pickups, fast finish, long run, recovery run, easy run, fartlek, parkrun
pull, drill, breaststroke, backstroke, butterfly, breast, fly, im, choice, stroke, no breath
high cadence, low cadence, big gear, small gear, out of the saddle, in the saddle
warm up, warm - up, warmup, cool down, cool - down, cooldown, warm down, warm up sets
working sets, work sets, back off set, back off sets, top set, top sets, feeder sets
on the floor, on floor, on the ground, on grass, on the grass, on the track, on track, on a hill
on hills, on the flat, on trail, on the spot, in place, on toes, on your toes, lying, lying down
"""
MANNER_NOTES = tuple(one.strip() for one in re.split(r"[,\n]", _MANNERS.strip()))
"""How it is done, in words that are said as they are."""
NAME_WORDS = (
    EQUIPMENT
    | (EQUIPMENT_KINDS - {"light", "medium", "heavy"})
    | {words.split()[0] for words in MANNER_NOTES}
) - {"on", "from", "eyes", "no", "as", "one", "full", "in", "if", "to", "by", "out", "up"}
"""Words that say how a known exercise is done, and that belong to the name of an unknown one."""
FREQUENCIES = ("day", "week", "hour", "morning", "evening", "daily", "weekly", "hourly")
"""Behind `3 times a`: said with the exercise, not done."""
BREATH_PARTS = {
    **dict.fromkeys(("in", "inhale"), "in"),
    **dict.fromkeys(("out", "exhale"), "out"),
    **dict.fromkeys(("hold", "pause"), "hold"),
}
"""The phases of a breath; holding is either full or empty by its place."""
DOWN = ("negative", "negatives", "eccentric", "lowering", "lower", "down", "descent")
"""The way down of a rep, which a tempo names first."""
UP = ("concentric", "lifting", "lift", "raise", "up", "ascent")
ALTERNATING = ("alternating", "alternate", "alternately", "alternated", "alt")
SET_WORDS = ("set", "sets")
ROUND_WORDS = ("round", "rounds", "rd", "rds", "cycle", "cycles")
OPEN_WORDS = ("max", "amrap", "failure", "maximum", "amsap", "amap", "me")
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
    *PAUSE_WORDS,
    *REST_NOUNS,
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


def find_nearest_word(word: str, vocabulary: Words | None = None) -> str:
    """The word of this notation that a misspelt one may stand for; empty where it is one.

    Words of a `vocabulary` come first: a line in German has a misspelt German word.
    """
    if vocabulary is not None and len(word) > 2:
        near = difflib.get_close_matches(word, vocabulary.spellings, n=1, cutoff=0.8)
        if near and near[0] != word:
            return near[0]
    if word in _KNOWN or len(word) < 2 or not word.isascii():
        return ""
    near = difflib.get_close_matches(word, VOCABULARY, n=3, cutoff=0.7)
    return next((one for one in near if one[0] == word[0]), near[0] if near else "")
