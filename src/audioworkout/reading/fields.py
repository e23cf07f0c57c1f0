"""The field tables: every key of every mapping, in one place.

The reader, the JSON Schema, the settings file, the flags and the tables of the documentation are
all made from these.
"""

from __future__ import annotations

from functools import partial
from typing import get_args

from audioworkout import notation
from audioworkout.languages import LANGUAGES
from audioworkout.model.exercise import Position, Side
from audioworkout.model.routine import Coaching, Count, Level, Mood, Pace, Units
from audioworkout.notation import MOST_ROUNDS, MOST_SETS
from audioworkout.reading.amounts import parse_by_side, parse_counts, parse_open, parse_part
from audioworkout.reading.blocks import BLOCK_LENGTH, ROUNDS
from audioworkout.reading.field_types import (
    BREATHING,
    ENGINE,
    KIT_LIST,
    LINE,
    MUSIC,
    NAME,
    NAMES,
    PAUSE,
    PAUSES,
    SENTENCE,
    SENTENCES,
    SHARE,
    SWITCH,
    TEMPO,
    VOICE,
    Field,
    Fields,
    FieldType,
    choice_type,
    decimal_type,
    duration_type,
    integer_type,
    list_type,
    listed_type,
    notation_type,
    number_choice_type,
    raw_type,
    sentence_type,
)
from audioworkout.units import BITRATES, HOUR, MINUTE, SECOND

CATEGORIES = (
    "legs",
    "glutes",
    "push",
    "pull",
    "core",
    "carries",
    "mobility",
    "stretches",
    "warm-up",
    "cardio",
    "rehab",
    "breath",
)
KITS = (
    "mat",
    "dumbbell",
    "kettlebell",
    "loop-band",
    "band",
    "step",
    "chair",
    "wall",
    "towel",
    "pull-up-bar",
    "table",
    "rope",
    "backpack",
    "bottle",
    "barbell",
    "bench",
    "machine",
    "cable",
    "medicine-ball",
    "box",
    "dip-bars",
    "rings",
    "trx",
    "sliders",
    "foam-roller",
    "climbing-rope",
    "battle-rope",
    "sled",
    "bike",
    "air-bike",
    "rowing-machine",
    "treadmill",
    "pool",
)
"""Kit of the built-in catalogue; the user's exercises may need any other."""
KIT_SYNONYMS = {
    "jump rope": "rope",
    "skipping rope": "rope",
    "mini band": "loop-band",
    "resistance band": "band",
    "long band": "band",
    "med ball": "medicine-ball",
    "plyo box": "box",
    "parallel bars": "dip-bars",
    "gymnastic rings": "rings",
    "suspension trainer": "trx",
    "cable machine": "cable",
    "roller": "foam-roller",
    "exercise bike": "bike",
    "stationary bike": "bike",
    "assault bike": "air-bike",
    "rower": "rowing-machine",
    "erg": "rowing-machine",
    "swimming pool": "pool",
}
"""Other names of kit, in the singular."""


def _literal_choice(literal: object) -> FieldType:
    return choice_type(get_args(literal))


_ROOM = notation_type(notation.parse_length, "a length, like `6m` or `20 ft`")

LEADING: Fields = (
    Field("language", choice_type(tuple(LANGUAGES)), "who leads speaks this language"),
    Field("level", _literal_choice(Level), "low end, whole range or high end of every range"),
    Field("pace", _literal_choice(Pace), "how fast every rep goes"),
    Field("coaching", _literal_choice(Coaching), "how much is said besides counts and names"),
    Field("count", _literal_choice(Count), "how reps are counted aloud"),
    Field(
        "mood",
        _literal_choice(Mood),
        "calm: soft bells, no countdown, no cheering; plain: no cheering",
    ),
    Field("count_shape", SWITCH, "counts sound like a list, softer in the middle; yes if left out"),
    Field("tick", SWITCH, "a tick on every rep; left out: where no number is spoken"),
    Field("beeps", SWITCH, "ready beeps; without them the countdown is spoken"),
    Field("units", _literal_choice(Units), "how distances are said; left out: as written"),
    Field("space", _ROOM, "length of the room, for carries"),
    Field("minutes", decimal_type(1, 240), "length of the whole workout (docs/fitting.md)"),
    Field("equipment", KIT_LIST, "what there is; all else is swapped or left out"),
    Field("no_equipment", SWITCH, "there is none: swap or leave out what needs any"),
    Field("shuffle", SWITCH, "the exercises in another order"),
    Field(
        "seed",
        integer_type(0, 999_999_999),
        "which order and which wordings; the same number gives the same",
    ),
    Field("first_side", _literal_choice(Side), "which side begins where an exercise does not say"),
    Field("tempo", TEMPO, "down, pause, up, pause of every exercise that names none itself"),
    Field("rest", PAUSES, "pauses; left out: 45 s between sets, 60 s between exercises"),
    Field("get_ready", duration_type(longest=10 * MINUTE), "pause before the first exercise"),
    Field("voice", VOICE, "who speaks (docs/voices.md)"),
    Field("rate", integer_type(80, 400), "words a minute of coaching; counts are a tenth faster"),
    Field("volume", SHARE, "level of the voice against the beeps"),
    Field("music", MUSIC, "file or folder of music that plays beneath"),
    Field("music_level", decimal_type(-60, -10), "loudness of the music (LUFS; docs/sound.md)"),
    Field(
        "music_rest", decimal_type(-60, -10), "the same where no work is done; left out: as in work"
    ),
    Field("music_shuffle", SWITCH, "the files of a folder in another order"),
    Field(
        "music_crossfade", duration_type(longest=30 * SECOND), "of one piece of music into the next"
    ),
    Field("duck", decimal_type(0, 60), "how far music goes down beneath speech (dB)"),
)
"""Keys of routines and of the settings file alike."""

_ITEMS_OR_AUTO = raw_type("a list of items, or `auto`", "items", "auto")

ROUTINE: Fields = (
    Field("title", sentence_type(100), "what the workout is called; left out: as its file is"),
    Field("description", sentence_type(2_000, spoken=False), "what it is good for"),
    *LEADING,
    Field("breath", duration_type(2 * SECOND, 30 * SECOND), "a calm breath; left out: 5 s"),
    Field("rounds", integer_type(1, MOST_ROUNDS), "how often the exercises are done"),
    Field("opening", SENTENCES, "what is said first, in place of the title"),
    Field("closing", SENTENCES, "what is said last"),
    Field("define", raw_type("exercises of your own", "define"), "exercises by name"),
    Field("warm_up", _ITEMS_OR_AUTO, "items before the exercises; `auto`: what fits them"),
    Field("exercises", raw_type("a list of items", "items"), "the workout itself", required=True),
    Field("cool_down", _ITEMS_OR_AUTO, "items after the exercises; `auto`: what fits them"),
)

SETTINGS: Fields = (
    *LEADING,
    Field("engine", ENGINE, "name of a speech engine"),
    Field("sounds", sentence_type(spoken=False), "folder with your own sounds"),
    Field("loudness", decimal_type(-30, -10), "loudness of the file (LUFS)"),
    Field("bitrate", number_choice_type(BITRATES), "bit rate of the file (kbit/s)"),
)
"""Keys of the settings file: defaults for all workouts."""

_REPS = listed_type(notation_type(parse_counts, "reps, like `12`, `8-10` or `12, 10, 8`"))
_STEPS = notation_type(partial(notation.parse_amount, lead="steps"), "steps, like `10`")
_HOLD = notation_type(partial(notation.parse_amount, lead="hold"), "a time, like `40s`")
_FOR = notation_type(partial(notation.parse_amount, lead="for"), "a time, like `40s`")
_CARRY = notation_type(
    partial(notation.parse_amount, lead="carry"), "a distance, like `50-100 ft out and back`"
)
_BREATHS = notation_type(partial(notation.parse_amount, lead="breaths"), "breaths, like `5`")
_OPEN = notation_type(parse_open, "`max in 60s`, `5+`, `50 total`, `20 cal` or `400 m`")
_BY_SIDE = notation_type(parse_by_side, "`8 left, 10 right`")
_SIDES = notation_type(
    notation.parse_sides, "`per side`, `alternating` or `both sides together`, with `left first`"
)
_PULSES = notation_type(notation.parse_finisher, "pulses of the last rep, like `10 every 0.8s`")
_PAUSE = notation_type(notation.parse_pause, "a pause, like `1s at top`")
_LOAD = notation_type(notation.parse_load, "a load, like `20kg` or `2x8kg dumbbells`")
_EFFORT = notation_type(notation.parse_efforts, "`RPE 8`, `2 RIR`, `80%`, `5:00/km`, `easy`")
_PHASES = notation_type(notation.parse_phases, "the phases of a breath, like `in 4 hold 7 out 8`")
_PART = notation_type(parse_part, "a place, like `2 of 3`")
_WINDOW = duration_type(SECOND)

_ANNOUNCED = list_type(
    choice_type(("tempo", "top", "bottom", "no")), "`tempo`, `top`, `bottom` or `no`"
)

CUES: Fields = (
    Field("setup", SENTENCES, "how to get into position, and the movement"),
    Field("form", SENTENCES, "what to mind"),
    Field("breathing", BREATHING, "how to breathe: of reps with the effort and on the way back"),
    Field("motivate", SENTENCES, "encouragement"),
    Field("easier_cue", SENTENCE, "an easier way of doing it on the spot"),
    Field("safety", SENTENCE, "what must be said before the first set"),
)
AMOUNT: Fields = (
    Field("sets", integer_type(1, MOST_SETS), "how many sets"),
    Field("reps", _REPS, "repetitions, for each side where there are sides"),
    Field("hold", _HOLD, "a position held"),
    Field("carry", _CARRY, "a distance walked"),
    Field("steps", _STEPS, "steps, with each leg where there are sides"),
    Field("for", _FOR, "timed work: as many reps as possible"),
    Field("breaths", _BREATHS, "calm breaths, `5 every 5s`"),
    Field("open", _OPEN, "work that ends when the listener is done, in a window"),
    Field("by_side", _BY_SIDE, "amounts of the two sides where they differ"),
    Field(
        "by_set", raw_type("a list of sets, like `[{reps: 5, load: 40kg}]`", "sets"), "every set"
    ),
    Field("window", _WINDOW, "how long open work may last at most"),
    Field("phases", _PHASES, "how each breath is led"),
    Field("sides", _SIDES, "how the sides take turns, and which begins"),
    Field("tempo", TEMPO, "down, pause, up, pause"),
    Field("pause", _PAUSE, "a pause within every rep, in place of the tempo's"),
    Field("announced", _ANNOUNCED, "what of the tempo is said; left out: what the item writes"),
    Field("pulses", _PULSES, "pulses at the top of the last rep"),
    Field("load", _LOAD, "what is lifted, said in the announcement"),
    Field("effort", _EFFORT, "how hard it is to be, said in the announcement"),
    Field("notes", SENTENCES, "words of your own, said in the announcement"),
    Field("rest", PAUSE, "between the sets of this exercise"),
    Field("between", NAME, "an exercise that fills those rests"),
    Field(
        "every", duration_type(10 * SECOND), "from start to start of the sets, in place of a rest"
    ),
    Field(
        "cues",
        raw_type("sentences for `form`, or a mapping of cues", "cues"),
        "what the coach says",
    ),
    Field("say_as", SENTENCE, "the name as it is spoken"),
)
AMOUNT_KEYS = ("reps", "hold", "carry", "steps", "for", "breaths", "open", "by_side", "by_set")
"""An item has exactly one of these keys."""
BY_SET: Fields = (
    *(field for field in AMOUNT if field.name in AMOUNT_KEYS[:7]),
    *(field for field in AMOUNT if field.name in ("load", "effort")),
    Field("rest", PAUSE, "after this set"),
    Field("part", _PART, "its place in a cluster or a drop set"),
    Field("lighter", SWITCH, "with less weight than the part before"),
)
"""One set of `by_set`."""
ITEM: Fields = (Field("exercise", NAME, "which exercise", required=True), *AMOUNT)
"""The long form of an item."""

BLOCK: Fields = (
    Field("rounds", ROUNDS, "how often; once if left out (a tabata: 8 times)"),
    Field(
        "sets",
        integer_type(1, MOST_SETS),
        "of a superset: of every exercise that does not say itself",
    ),
    Field("minutes", BLOCK_LENGTH, "length of the whole block"),
    Field(
        "every", duration_type(10 * SECOND, HOUR), "from the start of a round to that of the next"
    ),
    Field("cap", duration_type(30 * SECOND), "the longest time for what is done for time"),
    Field("work", duration_type(3 * SECOND, HOUR), "of every exercise that names no amount"),
    Field("rest", PAUSE, "between two rounds; with `work`: after every exercise"),
    Field("transition", PAUSE, "between two exercises"),
    Field("turns", SWITCH, "a round is one exercise's, and the next round the next one's"),
    Field("exercises", raw_type("a list of items", "items"), "what is done", required=True),
)
"""Fields of blocks; the kind gives the defaults, and which of the fields are used."""

TRANSLATION: Fields = (
    Field("name", sentence_type(80), "as written in lists and chapters"),
    Field("spoken", SENTENCE, "as spoken, where the written name would be misread"),
    Field("aliases", NAMES, "other names"),
    *CUES,
)
"""The words of an exercise in another language: under `languages`, or in the catalogue's file of
that language."""
EXERCISE: Fields = (
    Field("name", sentence_type(80), "as written in lists and chapters"),
    Field("spoken", SENTENCE, "as spoken, where the written name would be misread"),
    Field("aliases", NAMES, "other names"),
    Field("category", choice_type(CATEGORIES), "where it stands in lists"),
    Field("position", _literal_choice(Position), "what one is in or on; standing if left out"),
    Field(
        "kit", list_type(NAME, "a list, like `[2 dumbbells, mat optional]`"), "what to have at hand"
    ),
    Field("default", LINE, "the usual amount; left out: 10 reps, 30 s or 5 breaths"),
    Field("starts", choice_type(("top", "bottom")), "where a rep begins; at the top if left out"),
    Field("effort", choice_type(("up", "down")), "the phase at whose end the number is spoken"),
    Field("limb", choice_type(("leg", "arm", "side")), "how its sides are called"),
    Field("timed", choice_type(("hold", "work", "breaths")), "what a bare time is"),
    Field("beat", duration_type(500, 20 * SECOND), "how long a rep of quick work lasts"),
    Field(
        "travels",
        choice_type(("carry", "own-pace", "no")),
        "what a distance is; a carry if left out",
    ),
    Field(
        "pace", sentence_type(20), "of what is run, rowed or swum: `6:00/km`, `25 km/h`, `1.4 m/s`"
    ),
    Field("speed", decimal_type(0.1, 20, "m/s"), "of a carry (m/s)"),
    Field("turn", duration_type(longest=MINUTE), "turning round at the end of a carry"),
    Field("step", duration_type(200, 10 * SECOND), "how long one step takes"),
    Field("muscles", NAMES, "what it works"),
    Field("easier", NAME, "name of an easier exercise"),
    Field("harder", NAME, "name of a harder exercise"),
    Field("without_kit", NAME, "name of what replaces it without its kit"),
    Field("counted", NAME, "name of what is meant where reps are written"),
    *CUES,
    Field("languages", raw_type("a mapping of language to its words", "languages"), "translations"),
)
"""An exercise: a file of the catalogue, or what stands behind its name in `define`."""
