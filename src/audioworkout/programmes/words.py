"""What a session says at its beginning and at its end: who, where, what is new, what comes next.

Names and dates are said here alone, so that everything between is the same for everybody at the
same stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from audioworkout.languages import Phrases, load_phrases
from audioworkout.model.items import works_in
from audioworkout.model.routine import Block, Item, Routine, Work
from audioworkout.names import make_stem
from audioworkout.programmes.model import WEEKDAYS, Programme, Session

MOST_NEWS = 3
"""Exercises of which a change is told."""
MOST_NEXT = 4
"""Exercises of the next session that are named."""


class SessionWords(NamedTuple):
    """The title of a session, and its sentences."""

    title: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]


class _KnownWork(NamedTuple):
    """What can be new about one piece of work."""

    name: str
    amount: str
    load: str
    sets: int
    rounds: int


def say_words(
    programme: Programme, sessions: Sequence[Session], routines: Sequence[Routine]
) -> list[SessionWords]:
    """The words of every session, in order, as they are said to somebody without a name.

    Args:
        programme: What they are sessions of.
        sessions: In order.
        routines: What is done in each of them.
    """
    found = []
    known: dict[str, tuple[_KnownWork, ...]] = {}
    for place, (session, routine) in enumerate(zip(sessions, routines, strict=True)):
        phrases = load_phrases(routine.language)
        following = place + 1 if place + 1 < len(sessions) else None
        comes = None if following is None else (sessions[following], routines[following])
        news = list(_find_news(routine, phrases, known)) if place else []
        found.append(
            SessionWords(
                _say_title(programme, session, phrases),
                tuple(_say_opening(programme, session, routine, news, phrases)),
                tuple(_say_closing(programme, session, comes, phrases)),
            )
        )
        if not (session.deload or session.test):
            known |= _tell_works(routine, phrases)
    return found


def greet_member(
    programme: Programme, words: SessionWords, name: str, language: str, last: bool
) -> SessionWords:
    """The words of a session as they are said to a member of this name.

    Args:
        programme: What it is a session of.
        words: From `say_words`.
        name: Who is greeted in the first sentence.
        language: In which it is said.
        last: It is the last session, which ends with the name.
    """
    phrases = load_phrases(language)
    title = programme.title_in(language)
    hello = phrases.say("programme.hello", name=name, programme=title)
    well = (phrases.say("programme.well", name=name),) if last else ()
    return SessionWords(words.title, (hello, *words.opening[1:]), (*words.closing, *well))


def _say_title(programme: Programme, session: Session, phrases: Phrases) -> str:
    week, day = map(str, session.position)
    title = programme.title_in(phrases.language)
    return phrases.part("programme.title", programme=title, week=week, day=day)


def _say_opening(
    programme: Programme,
    session: Session,
    routine: Routine,
    news: Sequence[str],
    phrases: Phrases,
) -> Iterator[str]:
    title = programme.title_in(phrases.language)
    yield phrases.note(title)
    week, day = map(phrases.number, session.position)
    yield phrases.say("programme.day", week=week, day=day)
    if session.deload:
        yield phrases.say("programme.deload")
        return
    if session.test:
        yield phrases.say("programme.test")
        return
    if session.back:
        yield phrases.say("programme.back")
    elif session.again:
        yield phrases.say("programme.again")
    names = _said_names(routine)
    for key, tracks in (("held", session.held), ("lowered", session.lowered)):
        if tracks:
            told = [names.get(make_stem(name), name) for name in tracks]
            yield phrases.say(f"programme.{key}", list=phrases.listed(told))
    if news and not (session.back or session.again or session.lowered):
        yield phrases.say("programme.new", list="; ".join(news[:MOST_NEWS]))


def _say_closing(
    programme: Programme,
    session: Session,
    comes: tuple[Session, Routine] | None,
    phrases: Phrases,
) -> Iterator[str]:
    if session.test:
        yield phrases.say("programme.best")
    if programme.gate is not None:
        yield phrases.say(f"programme.{programme.gate.ask}")
    if comes is None:
        title = programme.title_in(phrases.language)
        yield phrases.say("programme.finished", programme=title)
        return
    after, routine = comes
    week, day = map(phrases.number, after.position)
    when = phrases.part(f"programme.on.{WEEKDAYS[after.date.weekday()]}")
    names = [*dict.fromkeys(work.exercise.said for work in works_in(routine.items))]
    if programme.days and len(names) <= MOST_NEXT:
        told = phrases.listed(names)
        yield phrases.say("programme.next.list", week=week, day=day, when=when, list=told)
    else:
        yield phrases.say("programme.next", week=week, day=day, when=when)


def _said_names(routine: Routine) -> Mapping[str, str]:
    """The spoken name of every exercise, by the stem of its key and of its name."""
    found: dict[str, str] = {}
    for work in works_in(routine.items):
        for name in (work.exercise.key, work.exercise.name):
            found[make_stem(name)] = work.exercise.said
    return found


def _find_news(
    routine: Routine, phrases: Phrases, known: Mapping[str, tuple[_KnownWork, ...]]
) -> Iterator[str]:
    """What differs from the last session that had the same exercise, in words."""
    for key, tellings in _tell_works(routine, phrases).items():
        for name, change in dict.fromkeys(_tell_changes(tellings, known.get(key, ()), phrases)):
            yield phrases.part("programme.new.item", name=name, amount=change)


def _tell_changes(
    tellings: Sequence[_KnownWork], known: Sequence[_KnownWork], phrases: Phrases
) -> Iterator[tuple[str, str]]:
    """What is new about an exercise: loads and amounts, or else how often it is done."""
    loads, amounts = {one.load for one in known}, {one.amount for one in known}
    new = [one for one in tellings if one.amount not in amounts or one.load not in loads]
    for told in new:
        yield told.name, told.load if told.load and told.load not in loads else told.amount
    if new or len(tellings) != 1 or len(known) != 1:
        return
    (told,), (last,) = tellings, known
    if told.sets != last.sets:
        yield told.name, phrases.many("sets", told.sets)
    elif told.rounds != last.rounds:
        yield told.name, phrases.many("rounds", told.rounds)


def _tell_works(routine: Routine, phrases: Phrases) -> dict[str, tuple[_KnownWork, ...]]:
    """Every distinct piece of work of a routine's main part in order, by its exercise's key."""
    found: dict[str, list[_KnownWork]] = {}
    for work, rounds in _works_with_rounds(routine.items, routine.rounds):
        meant = work.prescription
        load = phrases.load(meant.load) if meant.load else ""
        told = _KnownWork(
            work.exercise.said, phrases.amount(meant.amount), load, meant.sets, rounds
        )
        found.setdefault(work.exercise.key, []).append(told)
    return {key: tuple(dict.fromkeys(tellings)) for key, tellings in found.items()}


def _works_with_rounds(items: Iterable[Item], rounds: int) -> Iterator[tuple[Work, int]]:
    for item in items:
        if isinstance(item, Work):
            yield item, rounds
        elif isinstance(item, Block):
            yield from _works_with_rounds(item.items, rounds * item.rounds)
