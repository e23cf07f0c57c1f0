"""Routines and exercises in their complete long form: YAML that reads back to the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audioworkout import notation
from audioworkout.model.exercise import (
    MODE_OF,
    Cues,
    Exercise,
    Kit,
    Prescription,
    Sides,
)
from audioworkout.model.request import Flags
from audioworkout.model.routine import (
    Announcement,
    Circuit,
    Emom,
    Item,
    Rest,
    Rests,
    Routine,
    Tabata,
    Work,
)
from audioworkout.names import did_you_mean
from audioworkout.notation import Written
from audioworkout.reading.catalogue import Catalogue, Folders
from audioworkout.reading.choosing import exercises_in
from audioworkout.reading.exercises import has_tempo
from audioworkout.reading.fields import KITS
from audioworkout.reading.findings import Desk
from audioworkout.reading.options import read_flags
from audioworkout.reading.routines import (
    STANDARD_INPUT,
    looks_like_path,
    named,
    read,
    routine_files,
)
from audioworkout.reading.source import refusal
from audioworkout.reading.syntax import dump
from audioworkout.units import MINUTE, Ms, duration_text

Data = dict[str, Any]


def show(name: str, flags: Flags, folders: Folders, stdin: str | None = None) -> str:
    """A routine in its long form as the flags make it, or an exercise; as YAML.

    Raises:
        RoutineError: There is neither of this name, or it cannot be read.
    """
    if name == STANDARD_INPUT or looks_like_path(name) or named(name, folders):
        return long_form(read(name, flags, folders, stdin).routine, folders)
    desk = Desk()
    catalogue = Catalogue(folders, desk, read_flags(flags, desk).get("language", "en"))
    exercise = catalogue.named(name)
    desk.finish()
    if exercise is None:
        known = (*routine_files(folders), *catalogue.keys())
        hint = did_you_mean(name, known) or "`audioworkout list` tells all names"
        raise refusal(name, "there is no routine and no exercise of this name", hint)
    return exercise_form(exercise)


def exercise_form(exercise: Exercise) -> str:
    """An exercise as a file of its own, `<key>.yaml`; it can be built as a routine of one too."""
    return f"# {exercise.key}.yaml\n{dump(_exercise(exercise))}"


def long_form(routine: Routine, folders: Folders | None = None) -> str:
    """A routine with everything that defaults and flags have settled written out.

    Exercises that are not built in, as they are here, are defined in it: it can be handed on.
    """
    catalogue = Catalogue(Folders(home=(folders or Folders()).home), Desk(), routine.language)
    parts = {
        "warm_up": routine.warm_up,
        "exercises": routine.items,
        "cool_down": routine.cool_down,
    }
    everything = [item for items in parts.values() for item in items]
    known = _known(exercises_in(everything), catalogue)
    define = {
        key: _exercise(exercise)
        for key, exercise in known.items()
        if catalogue.built_in(key) != exercise
    }
    data = {
        **_head(routine),
        "define": define,
        **{name: [_item(item, known) for item in items] for name, items in parts.items()},
    }
    return dump(_full(data))


def _known(exercises: Iterable[Exercise], catalogue: Catalogue) -> dict[str, Exercise]:
    """What stands behind each key: the built-in exercise, if only words of an item differ."""
    known: dict[str, Exercise] = {}
    for exercise in exercises:
        built_in = catalogue.built_in(exercise.key)
        same = built_in is not None and _without_words(built_in) == _without_words(exercise)
        if exercise.key not in known:
            known[exercise.key] = built_in if built_in is not None and same else exercise
    return known


def _without_words(exercise: Exercise) -> Exercise:
    return exercise._replace(cues=Cues(), spoken="")


def _full(data: Data) -> Data:
    """Without what says nothing."""
    return {name: value for name, value in data.items() if value not in (None, "", (), [], {})}


def _head(routine: Routine) -> Data:
    how = routine.how
    return {
        "title": routine.title,
        "description": routine.description,
        "language": routine.language,
        "level": how.level,
        "pace": how.pace,
        "coaching": how.coaching,
        "count": how.count,
        "tick": how.tick,
        "beeps": how.beeps,
        "units": how.units,
        "space": None if how.space is None else f"{how.space / 1_000:g}m",
        "rate": how.rate,
        "rest": _rests(how.rests),
        "get_ready": _time(how.rests.get_ready),
        "rounds": routine.rounds,
        # Fitted already: the items are those that remain, and rests are set to it once more.
        "minutes": None if routine.lasts is None else f"{routine.lasts / MINUTE:.6g}",
    }


def _rests(rests: Rests) -> Data:
    return _full(
        {
            "sets": _time(rests.sets),
            "exercises": _time(rests.exercises),
            "sides": _time(rests.sides),
        }
    )


def _time(ms: Ms | None) -> str | None:
    return None if ms is None else duration_text(ms)


def _item(item: Item, known: dict[str, Exercise]) -> Data:
    match item:
        case Work():
            return _work(item, known)
        case Rest(lasts):
            return {"rest": duration_text(lasts)}
        case Announcement(text):
            return {"say": text}
        case Circuit(works, rounds, rest, transition, kind):
            circuit = {"rounds": rounds if kind == "circuit" else None}
            pauses = {"rest": _time(rest), "transition": _time(transition)}
            return {kind: _full(circuit | pauses | _members(works, known))}
        case Tabata(exercises, rounds, work, off):
            times = {"rounds": rounds, "work": duration_text(work), "rest": duration_text(off)}
            return {"tabata": times | {"exercises": [exercise.key for exercise in exercises]}}
        case Emom(works, minutes, every):
            times = {"minutes": minutes, "every": duration_text(every)}
            return {"emom": times | _members(works, known)}


def _members(works: Iterable[Work], known: dict[str, Exercise]) -> Data:
    return {"exercises": [_work(work, known) for work in works]}


def _work(work: Work, known: dict[str, Exercise]) -> Data:
    """The long form of an item."""
    exercise, meant, base = work.exercise, work.prescription, known[work.exercise.key]
    spoken = exercise.spoken if exercise.spoken != base.spoken else ""
    return _full(
        {
            "exercise": exercise.key,
            "sets": meant.sets,
            MODE_OF[type(meant.amount)]: _amount(meant),
            "sides": _sides(meant.sides),
            "tempo": _tempo(meant, base),
            "pulses": meant.finisher and notation.write_finisher(meant.finisher),
            "load": meant.load and notation.write_load(meant.load),
            "rest": _time(meant.rest),
            "say_as": spoken,
            "cues": _cues(exercise.cues) if exercise.cues != base.cues else {},
        }
    )


def _amount(meant: Prescription) -> str | int:
    """An amount without the word that its field has already said."""
    text = notation.write_amount(meant.amount)
    text = text.removeprefix("hold ").removeprefix("for ").removesuffix(" steps")
    return int(text) if text.isdigit() else text


def _tempo(meant: Prescription, base: Exercise) -> str:
    """The tempo, left out where it has no meaning and is the exercise's own."""
    if meant.tempo == base.prescription.tempo and not has_tempo(meant.amount):
        return ""
    return notation.write_tempo(meant.tempo)


def _sides(sides: Sides) -> str:
    return f"{notation.write_order(sides.order)}, {sides.first} first"


def _cues(cues: Cues) -> Data:
    """All parts, also the empty ones: they stand in place of the exercise's own."""
    lists = {"setup": [*cues.setup], "form": [*cues.form], "motivate": [*cues.motivate]}
    return lists | ({"safety": cues.safety} if cues.safety else {})


def _exercise(exercise: Exercise) -> Data:
    return _full(
        {
            "name": exercise.name,
            "spoken": exercise.spoken,
            "category": exercise.category,
            "position": exercise.position,
            "kit": [_kit(kit) for kit in exercise.kit],
            "default": _default(exercise.prescription),
            "starts": exercise.starts,
            "effort": exercise.effort,
            "limb": exercise.limb,
            "speed": exercise.speed / 1_000,
            "turn": duration_text(exercise.turn),
            "step": duration_text(exercise.step),
            "muscles": [*exercise.muscles],
            "easier": exercise.easier,
            "harder": exercise.harder,
            "without_kit": exercise.without_kit,
            **_full(_cues(exercise.cues)),
        }
    )


def _default(meant: Prescription) -> str:
    """A prescription as one complete line."""
    return notation.write(
        Written(
            sets=meant.sets if meant.sets > 1 else None,
            amount=meant.amount,
            order=meant.sides.order,
            first=meant.sides.first,
            tempo=meant.tempo,
            finisher=meant.finisher,
            load=meant.load,
            rest=meant.rest,
        )
    )


def _kit(kit: Kit) -> str:
    """`2 dumbbells`, `loop band optional`."""
    name = kit.key.replace("-", " ") + ("s" if kit.count > 1 and kit.key in KITS else "")
    count = f"{kit.count} " if kit.count > 1 else ""
    return f"{count}{name}{' optional' if kit.optional else ''}"
