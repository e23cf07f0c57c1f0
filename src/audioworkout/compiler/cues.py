"""Free cues: what may be said within a set, in the order of its importance.

First what was prescribed, then how to breathe, the easier way, form, and words that cheer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from audioworkout.compiler import effort, rules
from audioworkout.compiler.bouts import Bout
from audioworkout.compiler.coach import FORM, Coach, CueKind
from audioworkout.model.exercise import MID_SET_WORDS, Reps, Steps, Tempo
from audioworkout.model.script import Role, Say


class _Candidate(NamedTuple):
    say: Say
    key: str
    """What is remembered as said: the text of a cue, the key of a phrase."""
    after_percent: int = 0


class FreeCues:
    """The cues of one set, handed out one by one; each counts as said when it is taken."""

    def __init__(self, coach: Coach, bout: Bout) -> None:
        self._coach = coach
        self._waiting = list(_cue_candidates(coach, bout)) if coach.explains else []

    def take(self, percent: int, fits: Callable[[Say], bool] = lambda say: True) -> Say | None:
        """The most important cue that may be said now and was not said lately.

        Args:
            percent: How much of the set is done.
            fits: Whether there is room for a cue.
        """
        wordings, now = self._coach.wordings, self._coach.now
        for one in self._waiting:
            within = rules.WHOLE_WORKOUT if one.say.source == "easier" else rules.NOT_AGAIN_WITHIN
            if one.after_percent > percent or not wordings.is_fresh(one.key, now, within):
                continue
            if fits(one.say):
                self._waiting.remove(one)
                if one.say.source == "cue.breathing" or one.say.source.startswith("breathe"):
                    self._waiting = [two for two in self._waiting if not _is_breath(two)]
                wordings.said[one.key] = now
                return one.say
        return None


def _is_breath(candidate: _Candidate) -> bool:
    source = candidate.say.source
    return source == "cue.breathing" or source.startswith("breathe")


def _cue_candidates(coach: Coach, bout: Bout) -> Iterator[_Candidate]:
    """All cues of a set, the most important first."""
    words, shuffle = bout.exercise.cues, coach.wordings.shuffle
    first_side = bout.side in (None, bout.prescription.sides.first) and bout.side_turn <= 1
    first = bout.set == 1 and bout.part <= 1 and (bout.round or 1) == 1 and first_side
    if first:
        yield from (_Candidate(say, say.text) for say in demands(coach, bout, "form"))
    yield from _short("breathing", _own_breathing(bout))
    yield from _effort(coach, bout)
    easier = list(_easier(coach, bout, rules.EASIER_AFTER_PERCENT if first else 0))
    if not first:
        yield from easier  # the first set had no room for it
    yield from _breathing_of_all(coach, bout)
    if first:
        yield from easier
    last = bout.set == bout.sets and (bout.round or 1) == (bout.rounds or 1)
    form = list(words.form if first else shuffle(words.form))
    motivate = shuffle(words.motivate) if coach.cheers else []
    if last and (bout.sets > 1 or not first):
        yield from _short("motivate", motivate)
        yield from _short("form", form)
    else:
        yield from _short("form", form)
        yield from _short("motivate", motivate, 50)
    if coach.cheers:
        for key in shuffle(coach.phrases.pool("cheer")):
            yield _Candidate(coach.say(key, "motivate", yields=FORM + 1), key, 40)


def _own_breathing(bout: Bout) -> list[str]:
    """How to breathe in an exercise: with the effort first, on the way back in the next set."""
    own = list(bout.exercise.cues.breathing)
    return own[::-1] if bout.set % 2 == 0 else own


def _breathing_of_all(coach: Coach, bout: Bout) -> Iterator[_Candidate]:
    """What is true of every breath; whoever walks or runs at ease knows it."""
    if bout.exercise.timed == "breaths" or bout.exercise.travels == "own pace":
        return
    for key in coach.wordings.shuffle(coach.phrases.pool("breathe")):
        yield _Candidate(coach.say(key, "form", yields=FORM), key)


def _effort(coach: Coach, bout: Bout) -> Iterator[_Candidate]:
    """How hard it should feel, where no rest before it had room; shorter where numbers are near."""
    found = effort.fresh_feeling(coach, bout)
    if found is None:
        return
    for key in filter(None, (found.key, found.short)):
        say = coach.fill(key, "form", found.blanks, yields=FORM)
        yield _Candidate(say, found.key)


def _easier(coach: Coach, bout: Bout, after_percent: int) -> Iterator[_Candidate]:
    """The easier way, in the first or second set or round."""
    cue = bout.exercise.cues.easier_cue
    early = bout.set <= 2 and (bout.round or 1) <= 2
    if cue and early and coach.how.level != "advanced":
        for one in _short("easier", [cue], after_percent):
            say = coach.say("easier", "form", yields=FORM, cue=one.say.text)
            yield one._replace(say=say)


def _short(kind: CueKind, texts: list[str], after_percent: int = 0) -> Iterator[_Candidate]:
    """Cues that are short enough for within a set."""
    for text in texts:
        if len(text.split()) <= MID_SET_WORDS:
            yield _Candidate(Coach.make_cue(kind, text), text, after_percent)


def demands(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """The pause or tempo that was prescribed, as a cue of its own: 'Hold two seconds at the top.'.

    Of counted work only: timed work and holds are announced with theirs.
    """
    prescribed, phrases = bout.prescription, coach.phrases
    if not isinstance(prescribed.amount, Reps | Steps):
        return []
    tempo: Tempo = prescribed.tempo
    if "tempo" in prescribed.announced:
        return [coach.say("demand.tempo", role, yields=FORM, tempo=phrases.tempo(tempo))]
    return [
        coach.say(f"demand.{place}", role, yields=FORM, duration=phrases.pause(lasts))
        for place, lasts in (("bottom", tempo.bottom), ("top", tempo.top))
        if place in prescribed.announced and lasts
    ]
