"""Walking over the items of a routine."""

from collections.abc import Iterable, Iterator

from audioworkout.model.exercise import Exercise
from audioworkout.model.routine import Announcement, Circuit, Emom, Item, Rest, Tabata, Work


def exercises_in(items: Iterable[Item]) -> Iterator[Exercise]:
    """Every exercise of some items, in order, as often as it is done."""
    for item in items:
        match item:
            case Work(exercise):
                yield exercise
            case Circuit(works) | Emom(works):
                yield from (work.exercise for work in works)
            case Tabata(exercises):
                yield from exercises
            case Rest() | Announcement():
                pass
