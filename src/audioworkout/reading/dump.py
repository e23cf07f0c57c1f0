"""Writes routines and exercises in their long form, as YAML that reads back to the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from audioworkout import notation
from audioworkout.model.exercise import (
    MODE_OF,
    Amount,
    Breaths,
    Cues,
    Effort,
    Exercise,
    Kit,
    Open,
    Prescription,
    Reps,
    SetSpec,
    Sides,
)
from audioworkout.model.items import exercises_in, is_by_round
from audioworkout.model.kit import LOADS
from audioworkout.model.request import Flags
from audioworkout.model.routine import Announcement, Block, Item, Rest, Rests, Routine, Work
from audioworkout.names import did_you_mean
from audioworkout.reading.amounts import partial_of_prescription
from audioworkout.reading.catalogue import Catalogue, Folders
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.exercise_words import localize_exercise_form
from audioworkout.reading.fields import KITS
from audioworkout.reading.localized_dump import localize_long_form
from audioworkout.reading.routines import find_usual_language, routine_files
from audioworkout.reading.source import refuse_file
from audioworkout.reading.yaml_text import dump_yaml
from audioworkout.units import MINUTE, Ms, format_duration

TreeData = dict[str, Any]


def find_exercise(name: str, flags: Flags, folders: Folders) -> Exercise:
    """Find an exercise by its name, in the language of the flags, else of the settings.

    Raises:
        RoutineError: No exercise or routine has this name, or it is wrong.
    """
    diagnostics = Diagnostics()
    catalogue = Catalogue(folders, diagnostics, find_usual_language(flags, folders))
    exercise = catalogue.named(name)
    diagnostics.finish()
    if exercise is None:
        known = (*routine_files(folders), *catalogue.keys())
        hint = did_you_mean(name, known) or "`audioworkout list` tells all names"
        raise refuse_file(name, "there is no routine and no exercise of this name", hint)
    return exercise


def dump_exercise(exercise: Exercise, language: str, folders: Folders) -> str:
    """An exercise in a language as a file `<key>.yaml`, which can also be built as a routine."""
    catalogue = Catalogue(folders, Diagnostics(), language)
    data = _localize_exercise(exercise, language, catalogue)
    return f"# {exercise.key}.yaml\n{dump_yaml(data)}"


def _localize_exercise(exercise: Exercise, language: str, catalogue: Catalogue) -> TreeData:
    """An exercise's fields in a language, with what other exercises are called there."""

    def name_of(key: str) -> str:
        found = catalogue.named(key)
        return key if found is None else _name_in_language(found, catalogue)

    return localize_exercise_form(_exercise_fields(exercise), exercise.kit, language, name_of)


def dump_routine(routine: Routine, folders: Folders | None = None) -> str:
    """A routine with all defaults and flags written out.

    Exercises that are not built in, or differ, are defined in it, so the file is self-contained.
    """
    catalogue = Catalogue(
        Folders(home=(folders or Folders()).home), Diagnostics(), routine.language
    )
    parts = {
        "warm_up": routine.warm_up,
        "exercises": routine.items,
        "cool_down": routine.cool_down,
    }
    everything = [item for items in parts.values() for item in items]
    known = _known_exercises(exercises_in(everything), catalogue)
    define = {
        key: _localize_exercise(exercise, routine.language, catalogue)
        for key, exercise in known.items()
        if catalogue.built_in(key) != exercise
    }
    data = {
        **_dump_head(routine),
        "define": define,
        **{name: [_dump_item(item, known) for item in items] for name, items in parts.items()},
    }
    data = _drop_empty(data)
    names = {key: _name_in_language(exercise, catalogue) for key, exercise in known.items()}
    return dump_yaml(localize_long_form(data, routine.language, lambda key: names.get(key, key)))


def _name_in_language(exercise: Exercise, catalogue: Catalogue) -> str:
    """What a built-in exercise is called where that name stands for it alone; else its key."""
    entry = catalogue.entry(exercise.name)
    return exercise.name if entry is not None and entry.key == exercise.key else exercise.key


def _known_exercises(exercises: Iterable[Exercise], catalogue: Catalogue) -> dict[str, Exercise]:
    """The exercise of each key: the built-in one, if only cues or names of an item differ."""
    known: dict[str, Exercise] = {}
    for exercise in exercises:
        built_in = catalogue.built_in(exercise.key)
        same = built_in is not None and _without_words(built_in) == _without_words(exercise)
        if exercise.key not in known:
            known[exercise.key] = built_in if built_in is not None and same else exercise
    return known


def _without_words(exercise: Exercise) -> Exercise:
    return exercise._replace(cues=Cues(), spoken="")


def _drop_empty(data: TreeData) -> TreeData:
    """Drop fields without a value."""
    return {name: value for name, value in data.items() if value not in (None, "", (), [], {})}


def _dump_head(routine: Routine) -> TreeData:
    how = routine.how
    return {
        "title": routine.title,
        "description": routine.description,
        "language": routine.language,
        "level": how.level,
        "pace": how.pace,
        "coaching": how.coaching,
        "count": how.count,
        "mood": how.mood,
        "seed": how.seed,
        "count_shape": how.count_shape,
        "tick": how.tick,
        "beeps": how.beeps,
        "units": how.units,
        "space": None if how.space is None else f"{how.space / 1_000:g}m",
        "rate": how.rate,
        "rest": _dump_rests(how.rests),
        "get_ready": _format_time(how.rests.get_ready),
        "rounds": routine.rounds,
        "opening": [*routine.opening],
        "closing": [*routine.closing],
        # The items are already fitted; rests are fitted again when the file is built.
        "minutes": None if routine.lasts is None else f"{routine.lasts / MINUTE:.6g}",
    }


def _dump_rests(rests: Rests) -> TreeData:
    return _drop_empty(
        {
            "sets": _format_time(rests.sets),
            "exercises": _format_time(rests.exercises),
            "sides": _format_time(rests.sides),
        }
    )


def _format_time(ms: Ms | None) -> str | None:
    return None if ms is None else format_duration(ms)


def _dump_item(item: Item, known: dict[str, Exercise]) -> TreeData:
    match item:
        case Work():
            return _dump_work(item, known)
        case Rest(lasts):
            return {"rest": format_duration(lasts)}
        case Announcement(text, spoken):
            return {"say" if spoken else "note": text}
        case Block():
            return {item.kind: _dump_block(item, known)}


def _dump_block(block: Block, known: dict[str, Exercise]) -> TreeData:
    """The fields of a block."""
    amounts = _common_amounts(block)
    clock = block.every is not None
    data: TreeData = {
        "rounds": None if block.kind in ("superset", "amrap") else amounts or block.rounds,
        "minutes": _format_time(block.minutes),
        "every": _format_time(block.every),
        "cap": _format_time(block.cap),
        "work": _format_time(block.work),
        "rest": _format_time(block.rest),
        "transition": _format_time(block.transition),
        "turns": ("yes" if block.turns else "no") if clock or block.turns else None,
    }
    members = [_dump_member(item, block, known, amounts) for item in block.items]
    return _drop_empty(data | {"exercises": members})


def _common_amounts(block: Block) -> str:
    """The amounts by round, if all members with such amounts have the same ones: `21-15-9`."""
    listed = {
        item.prescription.by_set
        for item in block.items
        if isinstance(item, Work) and is_by_round(item, block)
    }
    if len(listed) != 1:
        return ""
    amounts = [one.amount for one in listed.pop()]
    plain = [
        amount.high for amount in amounts if isinstance(amount, Reps) and amount.low == amount.high
    ]
    return "-".join(map(str, plain)) if len(plain) == len(amounts) else ""


def _dump_member(item: Item, block: Block, known: dict[str, Exercise], amounts: str) -> TreeData:
    if not isinstance(item, Work):
        return _dump_item(item, known)
    data = _dump_work(item, known)
    if block.kind == "tabata":
        return {name: data[name] for name in data if name not in ("sets", "for")}
    if amounts and is_by_round(item, block):
        return {name: data[name] for name in data if name not in ("sets", "by_set")}
    return data


def _dump_work(work: Work, known: dict[str, Exercise]) -> TreeData:
    """The long form of an item."""
    exercise, meant, base = work.exercise, work.prescription, known[work.exercise.key]
    spoken = exercise.spoken if exercise.spoken != base.spoken else ""
    return _drop_empty(
        {
            "exercise": exercise.key,
            **_dump_amounts(meant),
            "sides": _dump_sides(meant.sides),
            **_dump_tempo(meant, base),
            "pulses": meant.finisher and notation.format_finisher(meant.finisher),
            "load": meant.load and notation.format_load(meant.load),
            "effort": _format_efforts(meant.effort),
            "notes": [*meant.notes],
            "rest": _format_time(meant.rest),
            "between": meant.rest_exercise and meant.rest_exercise.key,
            "every": _format_time(meant.every),
            "say_as": spoken,
            "cues": _dump_cues(exercise.cues) if exercise.cues != base.cues else {},
        }
    )


def _dump_amounts(meant: Prescription) -> TreeData:
    """Sets and amounts: equal sets, by side, or each set by itself."""
    first = meant.amount
    phases = first.phases if isinstance(first, Breaths) else None
    led = {"phases": phases and notation.format_phases(phases)}
    if meant.by_set:
        return {"by_set": [*map(_dump_set, meant.by_set)]} | led
    if meant.by_side:
        left, right = (notation.format_amount(one) for one in meant.by_side)
        left, right = (one.removeprefix("hold ").removeprefix("for ") for one in (left, right))
        return {"sets": meant.sets, "by_side": f"{left} left, {right} right"}
    return {"sets": meant.sets, MODE_OF[type(first)]: _dump_amount(first)} | led


def _dump_set(spec: SetSpec) -> TreeData:
    """One set as a mapping of its own."""
    return _drop_empty(
        {
            MODE_OF[type(spec.amount)]: _dump_amount(spec.amount),
            "load": spec.load and notation.format_load(spec.load),
            "effort": _format_efforts(spec.effort),
            "rest": _format_time(spec.rest),
            "part": f"{spec.part} of {spec.parts}" if spec.parts else "",
            "lighter": "yes" if spec.lighter else "",
        }
    )


def _dump_amount(amount: Amount) -> str | int:
    """An amount without the word that the field's name implies."""
    text = notation.format_amount(amount)
    if isinstance(amount, Open):
        return f"{text} in {format_duration(amount.window)}"
    if isinstance(amount, Breaths):
        count = text.removesuffix("s").removesuffix(" breath")
        text = f"{count} every {format_duration(amount.every)}"
    text = text.removeprefix("hold ").removeprefix("for ").removesuffix(" steps")
    return int(text) if text.isdigit() else text


def _format_efforts(efforts: Iterable[Effort]) -> str:
    return ", ".join(map(notation.format_effort, efforts))


def _dump_tempo(meant: Prescription, base: Exercise) -> TreeData:
    """The tempo and its announced phases; empty if both are the exercise's own."""
    own = base.prescription
    if meant.tempo == own.tempo and (meant.announced == own.announced or not meant.paced):
        return {}
    tempo: TreeData = {"tempo": notation.format_tempo(meant.tempo)}
    if meant.announced != {"tempo"}:
        tempo["announced"] = sorted(meant.announced) or ["no"]
    return tempo


def _dump_sides(sides: Sides) -> str:
    """How the sides take turns, as the field `sides` has it."""
    if sides.order == "one":
        return f"{sides.first} side only"
    order: notation.Order = sides.order
    if sides.order == "alternating" and not sides.in_all:
        order = "each alternating"
    return f"{notation.format_order(order)}, {sides.first} first"


def _dump_cues(cues: Cues) -> TreeData:
    """The cues, with empty lists, because they replace the exercise's own."""
    breathing: Any = {}
    match cues.breathing:
        case [effort, back]:
            breathing = {"breathing": {"effort": effort, "return": back}}
        case [alone]:
            breathing = {"breathing": alone}
    return {
        "setup": [*cues.setup],
        "form": [*cues.form],
        **breathing,
        "motivate": [*cues.motivate],
        **({"easier_cue": cues.easier_cue} if cues.easier_cue else {}),
        **({"safety": cues.safety} if cues.safety else {}),
    }


def _exercise_fields(exercise: Exercise) -> TreeData:
    return _drop_empty(
        {
            "name": exercise.name,
            "spoken": exercise.spoken,
            "category": exercise.category,
            "position": exercise.position,
            "kit": [_dump_kit(kit) for kit in exercise.kit],
            "default": _format_default(exercise),
            "starts": exercise.starts,
            "effort": exercise.effort,
            "limb": exercise.limb,
            "timed": exercise.timed,
            "beat": _format_time(exercise.beat),
            "travels": exercise.travels.replace(" ", "-") or "no",
            "speed": exercise.speed / 1_000,
            "turn": format_duration(exercise.turn),
            "step": format_duration(exercise.step),
            "muscles": [*exercise.muscles],
            "easier": exercise.easier,
            "harder": exercise.harder,
            "counted": exercise.counted,
            "without_kit": exercise.without_kit,
            **_drop_empty(_dump_cues(exercise.cues)),
        }
    )


def _format_default(exercise: Exercise) -> str:
    """The default amount as one complete line.

    Without the tempo for breathing exercises: there four figures are the phases of a breath.
    """
    partial = partial_of_prescription(exercise.prescription)
    if exercise.timed == "breaths":
        partial = replace(partial, tempo=None)
    return notation.format_line(partial)


def _dump_kit(kit: Kit) -> str:
    """`2 dumbbells`, `loop band optional`."""
    name = kit.key.replace("-", " ") + ("s" if kit.count > 1 and kit.key in (*KITS, *LOADS) else "")
    count = f"{kit.count} " if kit.count > 1 else ""
    return f"{count}{name}{' optional' if kit.optional else ''}"
