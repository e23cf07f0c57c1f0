"""Small routines made by hand, for tests of the steps behind reading."""

from __future__ import annotations

from dataclasses import replace

from audioworkout.model.exercise import (
    Carry,
    Cues,
    Exercise,
    Finisher,
    Hold,
    Kit,
    Prescription,
    Reps,
    Sides,
    Steps,
    Tempo,
    Timed,
)
from audioworkout.model.routine import Block, How, Item, Routine, Work
from audioworkout.model.script import Line, SoundName
from audioworkout.ruler import ruler_ms

SQUAT = Exercise(
    "squat",
    "Squat",
    Prescription(Reps(8, 10), sets=3),
    cues=Cues(
        ("Feet hip-width apart.",),
        ("Chest up.", "Knees over your toes.", "Weight in your heels."),
        motivate=("Strong to the end.", "You have this."),
    ),
)
HYDRANT = Exercise(
    "hydrant",
    "Hydrant",
    Prescription(
        Reps(12, 15),
        sides=Sides("each", "left"),
        tempo=Tempo(1_000, 0, 1_000, 1_000),
        finisher=Finisher(10),
    ),
    position="hands-and-knees",
    kit=(Kit("mat"), Kit("loop-band", optional=True)),
    starts="bottom",
    limb="leg",
    cues=Cues(("Hands under shoulders.",), ("Hips level.", "Slow and high.")),
)
LUNGE = Exercise(
    "lunge",
    "Lunge",
    Prescription(
        Reps(8, 8), sides=Sides("alternating", "right"), tempo=Tempo(2_000, 1_000, 2_000, 0)
    ),
    limb="leg",
)
MARCH = Exercise(
    "march",
    "March",
    Prescription(Carry(50, 100, "ft", True), sets=2),
    kit=(Kit("dumbbell", 2),),
    speed=700,
)
PLANK = Exercise("plank", "Plank", Prescription(Hold(40_000, 40_000)), position="plank")
WALK = Exercise(
    "walk",
    "Band Walk",
    Prescription(Steps(10, 10), sides=Sides("alternating", "right")),
    limb="leg",
)
JACKS = Exercise("jacks", "Jumping Jacks", Prescription(Timed(30_000, 30_000)))
ALL = (MARCH, HYDRANT, SQUAT, LUNGE, PLANK, WALK, JACKS)


def routine(*items: Item | Exercise, how: How | None = None, **fields: object) -> Routine:
    """A routine of these items; an exercise stands for its default amount."""
    works = tuple(
        Work(item, item.prescription) if isinstance(item, Exercise) else item for item in items
    )
    return Routine("test", "Test", works, how=how or How())._replace(**fields)


def members(*items: Item | Exercise) -> tuple[Item, ...]:
    """Items of a block; an exercise stands for its default amount."""
    return tuple(
        Work(item, item.prescription) if isinstance(item, Exercise) else item for item in items
    )


def circuit(*items: Item | Exercise, rounds: int = 1, **fields: object) -> Block:
    """A circuit of these items."""
    return replace(Block("circuit", members(*items), rounds), **fields)


def superset(*items: Item | Exercise, **fields: object) -> Block:
    """A superset of these items."""
    return replace(Block("superset", members(*items)), **fields)


def tabata(*exercises: Exercise, rounds: int = 8) -> Block:
    """20 s of work and 10 s of rest, the exercises taking turns."""
    works = (
        Work(one, one.prescription._replace(amount=Timed(20_000, 20_000), sets=1, rest=None))
        for one in exercises
    )
    return Block(
        "tabata", tuple(works), rounds, work=20_000, rest=10_000, transition=10_000, turns=True
    )


def emom(*items: Item | Exercise, minutes: int) -> Block:
    """Every minute on the minute, the items taking turns."""
    return Block("emom", members(*items), minutes, every=60_000, turns=True)


class Letters:
    """A measure that needs no voice: the ruler for words, a table for sounds."""

    def line(self, line: Line) -> int:
        return ruler_ms(line.text, 165 if line.quick else 150)

    def sound(self, name: SoundName) -> int:
        return {
            "ready": 120,
            "go": 450,
            "tick": 35,
            "pulse": 30,
            "half": 280,
            "end": 400,
            "finish": 1200,
        }[name]
