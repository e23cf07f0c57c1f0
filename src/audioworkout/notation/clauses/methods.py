"""Names of methods: `myo-reps`, `rest-pause`, `cluster`, `wave`, `repeaters`."""

from __future__ import annotations

from audioworkout.notation.clauses.clause import Parts
from audioworkout.notation.tokens import Cursor

REST_PAUSE = (
    *("myo reps", "myo - reps", "myo rep", "myoreps", "myo", "rest - pause", "rest pause"),
    *("cluster sets", "cluster set", "clusters", "cluster"),
)
"""Methods with short rests within a set."""
_OTHERS = ("wave loading", "waves", "wave", "repeaters", "repeater", "straight sets")
"""Methods whose numbers say all."""
METHOD_STARTS = frozenset(words.split()[0] for words in (*REST_PAUSE, *_OTHERS))


def read_method(cursor: Cursor) -> Parts | None:
    """`myo-reps`, `cluster`: how the reps of a set are parted, where the line has such parts."""
    if cursor.phrases(*REST_PAUSE):
        cursor.take("sets", "set")
        return {"rest_pause": True}
    if cursor.phrases(*_OTHERS):
        return {}
    return None
