"""From what is written about an exercise to the exercise, and from lines to prescriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audioworkout.languages import LANGUAGES
from audioworkout.model.exercise import (
    MID_SET_WORDS,
    Cues,
    Exercise,
    Kit,
    Prescription,
    Reps,
    Sides,
    Steps,
    Tempo,
    has_tempo,
)
from audioworkout.names import did_you_mean, join_choices, make_key, make_stem
from audioworkout.notation import SHORTEST_REP, Written
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import Values, read_map
from audioworkout.reading.fields import EXERCISE, KITS, TRANSLATION
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.units import format_duration

_STEMS = {make_stem(kit): kit for kit in KITS}
_KIT = re.compile(r"(?:(\d{1,2})\s*(?:x\s*)?)?(.*?)(?:\s*[(,]?\s*(optional)\s*\)?)?", re.IGNORECASE)
_NAMES = ("easier", "harder", "without_kit")


def read_exercise(
    key: str, node: Node, diagnostics: Diagnostics, language: str, own: bool
) -> Exercise | None:
    """An exercise with its words in `language`.

    The built-in catalogue is written in English; a person's own exercises (`own`) are taken to be
    written in the language of the workout. Where there are no words in a language, the name stays
    and nothing else is said.
    """
    values = read_map(node, EXERCISE, diagnostics, f"the exercise `{key}`")
    default = _read_default(values, node, diagnostics)
    translated = _read_translation(values, diagnostics, language)
    if own and isinstance(node, Map):
        lint_cues((node.get("form"), node.get("motivate")), diagnostics)
    if default is None:
        return None
    words = _localized_words(key, values, translated, own or language == "en")
    return Exercise(
        key=key,
        name=words["name"],
        prescription=default,
        spoken=words["spoken"],
        position=values.get("position", "standing"),
        kit=tuple(parse_kit(text) for text in values.get("kit", ())),
        starts=values.get("starts", "top"),
        effort=values.get("effort", "up"),
        limb=values.get("limb", values["default"].limb or "side"),
        speed=round(values.get("speed", 1.1) * 1_000),
        turn=values.get("turn", 3_000),
        step=values.get("step", 1_000),
        cues=make_exercise_cues(words),
        muscles=values.get("muscles", ()),
        category=values.get("category", ""),
        **{name: make_key(values[name]) for name in _NAMES if name in values},
    )


def make_exercise_cues(values: Values) -> Cues:
    """The cues among the fields that were read."""
    return Cues(
        values.get("setup", ()),
        values.get("form", ()),
        values.get("motivate", ()),
        values.get("safety", ""),
    )


def lint_cues(nodes: Iterable[Node | None], diagnostics: Diagnostics) -> None:
    """Doubt cues of the person's own that are too long to be said while someone is working."""
    for node in nodes:
        for cue in node.items if isinstance(node, List) else (node,):
            words = len(cue.value.split()) if isinstance(cue, Text) else 0
            if cue is not None and words > MID_SET_WORDS:
                message = f"{words} words are too many to be said during work"
                diagnostics.warn(cue, message, f"at most {MID_SET_WORDS}, or make it two cues")


def parse_kit(text: str) -> Kit:
    """`2 dumbbells`, `loop band optional`; a thing the catalogue does not know keeps its name.

    >>> parse_kit("2 dumbbells"), parse_kit("Loop Band (optional)")
    (Kit(key='dumbbell', count=2, optional=False), Kit(key='loop-band', count=1, optional=True))
    """
    match = _KIT.fullmatch(text.strip())
    count, name, optional = match.groups() if match else (None, text, None)
    key = _STEMS.get(make_stem(name)) or make_key(name)
    return Kit(key, max(1, int(count or 1)), bool(optional))


def _read_default(values: Values, node: Node, diagnostics: Diagnostics) -> Prescription | None:
    """The default prescription, which must name an amount."""
    written: Written | None = values.get("default")
    if written is None:
        return None
    if written.amount is None:
        line = node.get("default") if isinstance(node, Map) else None
        diagnostics.error(
            line or node, "`default` needs an amount", "write it like `12-15 per side`"
        )
        return None
    default = prescribe(written, Prescription(written.amount))
    check_prescription(default, node, diagnostics)
    return default


def prescribe(written: Written, default: Prescription) -> Prescription:
    """What a line prescribes of an exercise with this default.

    A line with an amount replaces sets, finisher, load and rest; one without changes only what it
    names. Sides, tempo and pauses that it does not name come from the default either way.
    """
    base = default
    if written.amount is not None:
        base = Prescription(written.amount, sides=default.sides, tempo=default.tempo)
    rest = base.rest if written.rest is None else written.rest
    order = written.order or base.sides.order
    if order == "each" and default.sides.order == "alternating" and isinstance(base.amount, Steps):
        order = "alternating"  # nobody walks ten steps on one leg: `each leg` says how many
    return Prescription(
        amount=base.amount,
        sets=written.sets or base.sets,
        sides=Sides(order, written.first or base.sides.first),
        tempo=_apply_pauses(written.tempo or base.tempo, written),
        finisher=written.finisher or base.finisher,
        load=written.load or base.load,
        rest=rest,
    )


def _apply_pauses(tempo: Tempo, written: Written) -> Tempo:
    """A pause replaces the phase that it names."""
    top, bottom = written.pause_top, written.pause_bottom
    return tempo._replace(
        top=tempo.top if top is None else top,
        bottom=tempo.bottom if bottom is None else bottom,
    )


def check_prescription(meant: Prescription, node: Node, diagnostics: Diagnostics) -> None:
    """What can only be seen when a line and its exercise have come together."""
    if meant.finisher and not isinstance(meant.amount, Reps):
        diagnostics.error(node, "pulses follow reps, and here are none", "give it reps, like `12`")
    if has_tempo(meant.amount) and meant.tempo.beat < SHORTEST_REP:
        beat = format_duration(meant.tempo.beat)
        diagnostics.error(
            node, f"a rep of {beat} is too short to be counted", "give it a longer tempo"
        )


def _localized_words(key: str, values: Values, translated: Values | None, at_home: bool) -> Values:
    """Name and cues in the language of the workout; `at_home`: the file's own words are in it."""
    plain = {"name": key.replace("-", " ").title(), "spoken": ""}
    if translated is None:
        kept = values if at_home else {name: values[name] for name in plain if name in values}
        return plain | kept
    if "name" in translated:
        return plain | translated
    return plain | {name: values[name] for name in plain if name in values} | translated


def _read_translation(values: Values, diagnostics: Diagnostics, language: str) -> Values | None:
    """What `languages` says in one language; None where it says nothing."""
    node = values.get("languages")
    if node is None:
        return None
    if not isinstance(node, Map):
        diagnostics.error(node, "`languages` is a mapping, like `de: {name: Hocke}`")
        return None
    found: Values | None = None
    for code, node_of_one in node.pairs:
        _check_language(code, diagnostics)
        words = read_map(node_of_one, TRANSLATION, diagnostics, f"the language `{code.value}`")
        found = words if code.value == language else found
    return found


def _check_language(code: Text, diagnostics: Diagnostics) -> None:
    if code.value not in LANGUAGES:
        hint = did_you_mean(code.value, LANGUAGES) or f"there are {join_choices(LANGUAGES)}"
        diagnostics.error(code, f"`{code.value}` is no language known here", hint)
