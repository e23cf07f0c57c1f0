"""The rules of coaching: what is said when, how often, and why. Words are in `languages`.

The figures of every rule are here, and one sentence a rule: `script --why` prints it beside each
line, and docs/coaching.md lists all of them. The other modules of this package follow these rules.
"""

from __future__ import annotations

from typing import NamedTuple

from audioworkout.model.exercise import Position
from audioworkout.units import MINUTE, SECOND, Ms

# -- pauses --------------------------------------------------------------------------------------

SPLIT_FROM: Ms = 20 * SECOND
"""In pauses of this length or longer, what comes next is told in two parts: its name and amount
at once, how it is done just before it begins."""

STRENUOUS: frozenset[Position] = frozenset({"hanging", "plank", "squat"})
"""Positions that cost strength while one waits in them."""
STRENUOUS_DUE: Ms = 8 * SECOND
DUE: Ms = 15 * SECOND
"""How long before GO one is told to get into a position."""

MOST_SILENCE: Ms = 20 * SECOND
"""No rest is silent for longer under `coaching: full`."""
MOST_WORDS_PERCENT = 50
"""No more of a pause of `SPLIT_FROM` or longer is filled with words that may be left out."""

WARN_FROM: Ms = MINUTE
"""The two warnings are given in a rest of this length or longer, which has room for them beside
what is new; of another set of the same, in one of `SPLIT_FROM`."""
WARN_BY: Ms = 5 * MINUTE
"""They are not given later in the workout than this."""

TIME_LEFT_AT: tuple[Ms, ...] = (30 * SECOND, 15 * SECOND)
"""Time left that is told in a rest."""

REST_TOLD_FROM: Ms = 30 * SECOND
"""In a shorter rest, neither its length nor the place of an exercise is said."""

# -- the arc of the workout ----------------------------------------------------------------------

PLACES_FROM = 3
"""The place of an exercise is told in workouts of so many exercises or more."""

WATER_FROM: Ms = 10 * MINUTE
WATER_EVERY: Ms = 8 * MINUTE
WATER_REST: Ms = 30 * SECOND
"""A sip of water is offered in rests of this length or longer."""

HALF_FROM_PERCENT, HALF_TO_PERCENT = 45, 65
"""Half of the workout is told in the first rest between these, else in work that lasts."""
HALF_OF_MINUTES: Ms = 6 * MINUTE
"""Half of a shorter workout is not told."""

# -- work ----------------------------------------------------------------------------------------

FREE_CUE_EVERY: Ms = 8 * SECOND
"""At most one free cue in so long."""

LATER_CUES_PERCENT = 150
"""After the first set, cues are so much further apart."""

EASIER_AFTER_PERCENT = 33
"""The easier way is offered after so much of the first set."""

LEFT_FROM: Ms = 2 * MINUTE
"""In timed work of this length or longer, the minutes that are left are told."""
EVERY_MINUTE_TO: Ms = 6 * MINUTE
"""Up to this length each of them; in longer work each fifth, and the last three and the last."""

# -- effort --------------------------------------------------------------------------------------

EFFORT_OF_TEN = {"beginner": 6, "normal": 7, "advanced": 8}
"""How hard a set should feel, by level."""
REPS_IN_RESERVE = {"beginner": 3, "normal": 2, "advanced": 1}
"""How many reps more should still be possible after it, by level."""
STEADY_OF_TEN = {"beginner": 3, "normal": 4, "advanced": 5}
"""How hard running, walking, rowing and riding at one's own pace should feel, by level."""
GENTLE = frozenset({"stretches", "mobility", "warm-up", "rehab"})
"""Categories that are done only as far as they feel good."""
STRENGTH = frozenset({"legs", "glutes", "push", "pull", "core", "carries"})
"""Categories whose reps are strength work."""
EFFORT_EVERY: Ms = 10 * MINUTE
"""The same is not said twice of different exercises within this time."""
INTERVAL_TO: Ms = MINUTE
"""Intervals of work up to this length are done as hard as one can hold for them."""

# -- variety -------------------------------------------------------------------------------------

NOT_AGAIN_WITHIN: Ms = 5 * MINUTE
"""No free cue and no wording of a pool is said twice within this time."""


WHOLE_WORKOUT: Ms = 24 * 60 * MINUTE
"""The easier way is told once a workout."""


class Rule(NamedTuple):
    """One rule: a name, the phrases and cues it says, and when and why, in a sentence."""

    name: str
    sources: tuple[str, ...]
    """Keys of phrases; one that ends in a full stop stands for all that begin with it. `cue.form`
    and the like are the cues of an exercise."""
    text: str
    gives_way: bool = False
    """Whether it is left out where the words of a pause would fill more than half of it."""


def _seconds(ms: Ms) -> str:
    return f"{ms // SECOND} s"


def _in_minutes(ms: Ms) -> str:
    return f"{ms // MINUTE} minutes"


RULES: tuple[Rule, ...] = (
    Rule(
        "opening",
        (
            "intro.title",
            "intro.length",
            "intro.kit",
            "intro.no_kit",
            "intro.first",
            "intro.warm_up",
        ),
        "The first words are the title, the length, what to have at hand and the first exercise.",
    ),
    Rule(
        "warnings",
        ("intro.stop", "intro.pause"),
        f"Once a workout, in its first rest of {_seconds(WARN_FROM)} or more, or of "
        f"{_seconds(SPLIT_FROM)} between two sets; in the first words if there is none within "
        f"{_in_minutes(WARN_BY)}.",
    ),
    Rule("get ready", ("ready",), "Before the first exercise, while one gets ready."),
    Rule(
        "rest",
        ("rest", "rest.short", "rack", "rack.short"),
        f"At once when work ends; the length from {_seconds(REST_TOLD_FROM)} on.",
    ),
    Rule(
        "next",
        ("next", "next.at", "then", "then.soon", "then.more", "then.after", "more_now"),
        "What comes next is named at once, with its position; work that runs on ten seconds ahead.",
    ),
    Rule(
        "next again",
        ("again", "again.side", "again.set"),
        "What comes next is named once more just before it begins, and as it begins.",
        gives_way=True,
    ),
    Rule(
        "parts of the workout",
        ("stage.",),
        "That the warm-up is over, and that the cool-down begins.",
        gives_way=True,
    ),
    Rule(
        "prescription",
        (
            "amount",
            "sets",
            "sets.",
            "parts",
            "parts.",
            "load",
            "load.",
            "effort",
            "finisher",
            "every",
            "window",
            "note",
        ),
        "Whatever was prescribed is said before an exercise, and is never left out.",
    ),
    Rule(
        "sides",
        ("side_first", "side_now", "side_only", "alternating", "switch", "switch."),
        "Which side works is said before it begins.",
    ),
    Rule(
        "sets",
        ("set", "set.", "part", "part.", "drop", "drop.", "next_in"),
        "Of another set its number is told, and what is different in it.",
    ),
    Rule("fetch", ("kit",), "Each thing is fetched once, in the rest before it is needed."),
    Rule("optional kit", ("kit_optional",), "What makes it harder, once.", gives_way=True),
    Rule(
        "position",
        ("position.",),
        f"The order to get into a position comes {_seconds(DUE)} before GO, into one that costs "
        f"strength {_seconds(STRENUOUS_DUE)} before it; it is named early.",
    ),
    Rule("safety", ("cue.safety",), "Once an exercise, before its set-up; never left out."),
    Rule(
        "set-up",
        ("cue.setup",),
        "How it is done, once an exercise; in longer rests just before it begins.",
    ),
    Rule(
        "demand",
        ("demand.",),
        "A pause or tempo that was prescribed is repeated before any other cue.",
        gives_way=True,
    ),
    Rule(
        "form",
        ("cue.form",),
        f"One before a set, others in it, {_seconds(FREE_CUE_EVERY)} apart; most in the first set.",
        gives_way=True,
    ),
    Rule(
        "breath",
        ("cue.breathing", "breathe", "breath.", "last_breath", "calm.last"),
        "How to breathe, once a set, early, and every five minutes of walking and running; breaths "
        "that are led are called as they begin.",
        gives_way=True,
    ),
    Rule(
        "easier",
        ("easier",),
        "Once a workout, in the first set after its first third, or in the rest after it; not at "
        "`advanced`.",
        gives_way=True,
    ),
    Rule(
        "motivation",
        ("cue.motivate", "cheer"),
        "In the last set, on the second side and late in a set; only if the mood is lively.",
        gives_way=True,
    ),
    Rule(
        "effort",
        ("feel.",),
        "How hard it should feel, before the first set or in it, from level and kind of work.",
        gives_way=True,
    ),
    Rule(
        "place",
        ("place", "place.last"),
        f"The place of each new exercise of the main part, from {PLACES_FROM} exercises on, in "
        f"rests of {_seconds(REST_TOLD_FROM)} or more; of the last one in any.",
        gives_way=True,
    ),
    Rule(
        "rounds",
        (
            "round",
            "round.",
            "minute",
            "minute.",
            "block.",
            "amrap",
            "for_time",
            "own_pace.go",
            "done_early",
            "done_early.",
            "done_to_go",
            "all_done",
            "last_one",
        ),
        "How many rounds there are, and which one begins.",
    ),
    Rule(
        "half of the workout",
        ("half_workout",),
        "Once, in the first rest after half of the workout, with the minutes that are left.",
        gives_way=True,
    ),
    Rule(
        "water",
        ("sip",),
        f"From {_in_minutes(WATER_FROM)} on every {_in_minutes(WATER_EVERY)}, in rests of "
        f"{_seconds(WATER_REST)} or more.",
        gives_way=True,
    ),
    Rule(
        "time left in a rest",
        ("rest.left",),
        "At 30 s and at 15 s, and where a rest would be silent for more than "
        f"{_seconds(MOST_SILENCE)}.",
        gives_way=True,
    ),
    Rule(
        "company",
        ("recover",),
        f"Where a rest would be silent for more than {_seconds(MOST_SILENCE)}.",
        gives_way=True,
    ),
    Rule(
        "marks of time",
        (
            "half",
            "about_half",
            "half_minute",
            "ten_seconds",
            "last_ones",
            "turn",
            "time",
            "time.amrap",
            "left",
            "elapsed",
            "elapsed.left",
            "go",
            "countdown",
        ),
        "Half way and ten seconds from 30 s on, the last three seconds from 15 s on, minutes left "
        f"from {_in_minutes(LEFT_FROM)} on.",
    ),
    Rule("count", ("count", "pulse"), "Every rep and pulse, as `count` says."),
    Rule(
        "last reps",
        ("last_three", "bonus", "bonus.", "hold_next", "hold_next.", "lower"),
        "How many are left, from eight on, and what the last rep is for.",
    ),
    Rule("tasks", ("tasks", "tasks.", "open."), "What is to be done at one's own pace."),
    Rule("yours", ("say",), "A sentence of the routine's own (`say:`)."),
    Rule(
        "ending",
        ("outro.",),
        "The last words are what was done and one closing sentence, by mood.",
    ),
)
"""Every rule, in about the order in which a listener meets them."""


def rule_of(source: str) -> Rule | None:
    """The rule that says a phrase or cue; wordings of a pool (`sip.3`) follow that of the first.

    >>> rule_of("sip.3").name, rule_of("position.back").name
    ('water', 'position')
    """
    name, _, number = source.rpartition(".")
    source = name if number.isdigit() else source
    for rule in RULES:
        if source in rule.sources:
            return rule
    return next(
        (
            rule
            for rule in RULES
            for known in rule.sources
            if known.endswith(".") and source.startswith(known)
        ),
        None,
    )
