"""Reads exercises: their fields, words and default prescriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from audioworkout import notation
from audioworkout.languages import LANGUAGES
from audioworkout.model.exercise import (
    MID_SET_WORDS,
    MM_PER_UNIT,
    Breaths,
    Carry,
    Cues,
    Exercise,
    Hold,
    Kit,
    Prescription,
    Reps,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.model.kit import LOADS
from audioworkout.names import did_you_mean, join_choices, make_key, make_stem
from audioworkout.notation import PartialPrescription
from audioworkout.notation.partial import BareDistance
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercise_words import drop_optional, find_kit
from audioworkout.reading.field_types import LINE, Values, read_map
from audioworkout.reading.fields import EXERCISE, KIT_SYNONYMS, KITS, TRANSLATION
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.reading.prescribe import prescribe

_STEMS = {make_stem(kit): kit for kit in (*KITS, *LOADS)} | {
    make_stem(name): kit for name, kit in KIT_SYNONYMS.items()
}
_KIT = re.compile(r"(?:(\d{1,2})\s*(?:x\s*)?)?(.*?)(?:\s*[(,]?\s*(optional)\s*\)?)?", re.IGNORECASE)


def read_exercise(
    key: str,
    node: Node,
    diagnostics: Diagnostics,
    language: str,
    own: bool,
    written: str = "",
    words: Node | None = None,
) -> Exercise | None:
    """Read an exercise with its words in `language`; a line instead of fields is its default.

    `written`: its name as the user wrote it, used if no field gives another. `words`: its entry in
    the catalogue's file of that language, used if `node` itself has no words in `language`.

    The built-in catalogue is written in English; the user's exercises (`own`) are taken to be
    written in the language of the workout. An exercise without words in `language` keeps its name
    and has no cues.
    """
    values = _exercise_values(key, node, diagnostics)
    if values is None:
        return None
    bare = _make_bare_exercise(key, values, node, diagnostics)
    default = _read_default(values, node, diagnostics, bare)
    translated = _read_translation(values, diagnostics, language)
    if translated is None and words is not None:
        translated = read_map(words, TRANSLATION, diagnostics, f"the exercise `{key}`")
    if own and isinstance(node, Map):
        lint_cues((node.get("form"), node.get("motivate")), diagnostics)
    if default is None:
        return None
    usual = written or key.replace("-", " ").title()
    localized = _localized_words(usual, values, translated, own or language == "en")
    return bare._replace(
        name=localized["name"],
        prescription=default if own or language == "en" else _in_round_metres(default),
        spoken=localized["spoken"],
        limb=values.get("limb", values["default"].limb or "side"),
        cues=make_exercise_cues(localized),
        muscles=values.get("muscles", ()),
        category=values.get("category", ""),
        easier=make_key(values.get("easier", "")),
        harder=make_key(values.get("harder", "")),
        without_kit=make_key(values.get("without_kit", "")),
        counted=make_key(values.get("counted", "")),
    )


def _in_round_metres(usual: Prescription) -> Prescription:
    """A usual amount for people who do not measure in feet: `50-100 ft` are `20-30 m`."""
    match usual.amount:
        case Carry(low, high, "ft", back):
            near, far = (max(10, _round_to_tens(way * MM_PER_UNIT["ft"])) for way in (low, high))
            return usual._replace(amount=Carry(near, far, "m", back))
    return usual


def _round_to_tens(mm: float) -> int:
    """Metres, to the nearest ten."""
    return 10 * round(mm / 10_000)


def _exercise_values(key: str, node: Node, diagnostics: Diagnostics) -> Values | None:
    """The fields of an exercise, with a default amount where none is written.

    None if a line instead of fields cannot be read.
    """
    if isinstance(node, Text) and not node.empty:
        line = LINE.read(node, diagnostics)
        return None if line is None else {"default": line}
    empty = isinstance(node, Text)
    values = {} if empty else read_map(node, EXERCISE, diagnostics, f"the exercise `{key}`")
    if says_no_amount(node):
        values["default"] = notation.parse_line(
            USUAL_AMOUNTS[values.get("timed") or timed_of(key, None)]
        )
    return values


def says_no_amount(node: Node) -> bool:
    """True if an exercise has no default amount."""
    if isinstance(node, Text):
        return node.empty
    return isinstance(node, Map) and node.get("default") is None


USUAL_AMOUNTS = {"work": "10", "hold": "hold 30s", "breaths": "5 breaths"}
"""Default amounts of exercises without one."""


def _make_bare_exercise(key: str, values: Values, node: Node, diagnostics: Diagnostics) -> Exercise:
    """The exercise without its words and its default amount."""
    speed = round(values.get("speed", 1.1) * 1_000)
    if "pace" in values:
        found = speed_of(values["pace"])
        if found is None:
            where = node.get("pace") if isinstance(node, Map) else None
            hint = "write `6:00/km`, `2:15/500 m`, `25 km/h` or `1.4 m/s`"
            diagnostics.error(where or node, f"`{values['pace']}` is no pace", hint)
        speed = found or speed
    timed = values.get("timed") or timed_of(key, values.get("default"))
    return Exercise(
        key=key,
        name=key,
        prescription=Prescription(Reps(1, 1)),
        position=values.get("position", "standing"),
        kit=tuple(parse_kit(text) for text in values.get("kit", ())),
        starts=values.get("starts", "top"),
        effort=values.get("effort", "up"),
        speed=speed,
        travels=_travels(values),
        timed=timed,
        beat=values.get("beat"),
        turn=values.get("turn", 3_000),
        step=values.get("step", 1_000),
    )


def _travels(values: Values) -> Literal["carry", "own pace", ""]:
    """How a distance is covered: from the exercise, its default amount or its category."""
    match values.get("travels"):
        case "own-pace":
            return "own pace"
        case "carry":
            return "carry"
        case "no":
            return ""
    if "pace" in values:
        return "own pace"
    partial: PartialPrescription | None = values.get("default")
    amounts = [e.amount for g in partial.groups for e in g.entries] if partial else []
    walked = any(isinstance(one, BareDistance | Carry | Steps) for one in amounts)
    if "category" not in values and any(isinstance(one, Timed) for one in amounts):
        return "own pace"  # what is usually done for a time is not carried
    # Where nothing is known of an exercise, somebody may well carry it.
    return "carry" if walked or values.get("category", "carries") == "carries" else ""


def make_exercise_cues(values: Values) -> Cues:
    """The cues of an exercise from its fields."""
    return Cues(**{name: values[name] for name in Cues._fields if name in values})


def lint_cues(nodes: Iterable[Node | None], diagnostics: Diagnostics) -> None:
    """Warn of the user's cues that are too long to be spoken during work."""
    for node in nodes:
        for cue in node.items if isinstance(node, List) else (node,):
            words = len(cue.value.split()) if isinstance(cue, Text) else 0
            if cue is not None and words > MID_SET_WORDS:
                message = f"{words} words are too many to be said during work"
                diagnostics.warn(cue, message, f"at most {MID_SET_WORDS}, or make it two cues")


def parse_kit(text: str) -> Kit:
    """`2 dumbbells`, `loop band optional`, in any language; unknown kit keeps its name.

    >>> parse_kit("2 dumbbells"), parse_kit("Loop Band (optional)")
    (Kit(key='dumbbell', count=2, optional=False), Kit(key='loop-band', count=1, optional=True))
    >>> parse_kit("Miniband nach Wunsch"), parse_kit("2 pesas rusas")
    (Kit(key='loop-band', count=1, optional=True), Kit(key='kettlebell', count=2, optional=False))
    """
    match = _KIT.fullmatch(text.strip())
    count, name, optional = match.groups() if match else (None, text, None)
    key = _STEMS.get(make_stem(name))
    if key is None:
        name, left_out = drop_optional(name)
        key = find_kit(name) or make_key(name)
        optional = optional or left_out
    return Kit(key, max(1, int(count or 1)), bool(optional))


def _read_default(
    values: Values, node: Node, diagnostics: Diagnostics, bare: Exercise
) -> Prescription | None:
    """Read the default prescription of an exercise; it must have an amount."""
    partial: PartialPrescription | None = values.get("default")
    if partial is None:
        return None
    where = node.get("default") if isinstance(node, Map) else None
    if not partial.has_amount and partial.phases is None:
        diagnostics.error(
            where or node, "`default` needs an amount", "write it like `12-15 per side`"
        )
        return None
    base = Prescription(Reps(1, 1))
    if bare.beat is not None:
        base = base._replace(tempo=Tempo(bare.beat // 2, 0, bare.beat - bare.beat // 2, 0))
    found = prescribe(partial, bare._replace(prescription=base), base)
    for message, hint in found.errors:
        diagnostics.error(where or node, message, hint)
    said: set[Literal["tempo", "top", "bottom"]] = set()
    if partial.pause_top is not None:
        said.add("top")
    if partial.pause_bottom is not None:
        said.add("bottom")
    # Its tempo is the exercise's own way, which nobody needs to be told; its pauses are.
    return None if found.errors else found.prescription._replace(announced=frozenset(said))


_HELD = frozenset({"hold", "hang", "plank", "sit", "stand", "stretch", "pose"})
"""Last words of names of exercises that are held, if the exercise does not say it; `stretch` may
also stand first."""


def timed_of(key: str, partial: PartialPrescription | None) -> Literal["hold", "work", "breaths"]:
    """What a bare time of an exercise means, from its default amount, else from its name.

    >>> timed_of("wall-sit", None), timed_of("box-breathing", None), timed_of("sled-push", None)
    ('hold', 'breaths', 'work')
    """
    amounts = [e.amount for g in partial.groups for e in g.entries] if partial else []
    words = key.split("-")
    if (
        (partial and partial.phases)
        or "breath" in key
        or any(isinstance(one, Breaths) for one in amounts)
    ):
        return "breaths"
    if any(isinstance(one, Hold) for one in amounts):
        return "hold"
    if any(isinstance(one, Timed) for one in amounts):
        return "work"
    held = {make_stem(word) for word in _HELD}
    return "hold" if make_stem(words[-1]) in held or words[0] == "stretch" else "work"


_PER_UNIT = re.compile(r"([0-9.,:]+)\s*/\s*([0-9.,]*)\s*(km|mi|m|yd)")
_SPEED = re.compile(r"([0-9.,]+)\s*(km/h|m/s|mph)")
_MM_PER_S = {"km/h": 1_000_000 / 3_600, "m/s": 1_000.0, "mph": 1_609_344 / 3_600}


def speed_of(pace: str) -> int | None:
    """A pace as a speed in mm/s; None if it is not from 0.1 to 20 m/s.

    >>> speed_of("6:00/km"), speed_of("2:15/500 m"), speed_of("25 km/h"), speed_of("1.4 m/s")
    (2778, 3704, 6944, 1400)
    """
    text = " ".join(pace.split()).lower().replace(",", ".")
    found: float | None = None
    if match := _SPEED.fullmatch(text):
        found = float(match[1]) * _MM_PER_S[match[2]] if match[1].count(".") < 2 else None
    elif match := _PER_UNIT.fullmatch(text):
        try:
            time = notation.parse_duration(match[1])
            mm = float(match[2] or 1) * MM_PER_UNIT[match[3]]  # type: ignore[index]
        except (notation.NotationError, ValueError):
            return None
        found = mm * 1_000 / time if time else None
    return round(found) if found and 100 <= found <= 20_000 else None


def _localized_words(
    usual: str, values: Values, translated: Values | None, at_home: bool
) -> Values:
    """Name and cues in the workout's language; `usual` is the name if there is no other.

    `at_home`: the file's own words are in that language.
    """
    plain = {"name": usual, "spoken": ""}
    if translated is None:
        kept = values if at_home else {name: values[name] for name in plain if name in values}
        return plain | kept
    if "name" in translated:
        return plain | translated
    return plain | {name: values[name] for name in plain if name in values} | translated


def _read_translation(values: Values, diagnostics: Diagnostics, language: str) -> Values | None:
    """The entry of one language in `languages`; None if there is none."""
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
