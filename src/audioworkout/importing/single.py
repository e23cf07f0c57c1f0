"""A page about one exercise: its title names it, and its text says plainly how much of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audioworkout.importing.lines import Document
from audioworkout.importing.mentions import SHORTEST_NAME
from audioworkout.importing.naming import NameFinder
from audioworkout.importing.outline import Doubt, Evidence, Item, Trace
from audioworkout.importing.prose import NO_TEXT
from audioworkout.reading.splitting import known_within

PLAIN_AMOUNTS = frozenset({"reps", "hold", "times"})
"""Fields of which one must be told."""
OWN_FIELDS = PLAIN_AMOUNTS | {"sets", "rest", "rest_sets", "sides", "switch", "more", "pause"}
"""Fields that are taken; the first value of each holds."""


LONGEST_TITLE_LINE = 90
"""Characters of a title; a longer first line of several sentences is a paragraph."""


def read_single_exercise(
    document: Document, traces: Sequence[Trace], names: NameFinder
) -> Item | None:
    """The exercise of a page about one; None where its title names none, or no amount is plain.

    A title with a number tells a story or a study, and none to be done: `100 lunges a day`.
    """
    if not document.lines:
        return None
    title = document.title or document.lines[0].text
    if len(title) > LONGEST_TITLE_LINE and re.search(r"[.!?] \S", title):
        return None
    found = known_within(
        f"{title} .",
        lambda text: (len(text) >= SHORTEST_NAME or text.isupper()) and names.knows(text),
    )
    if found is None or any(one.facts for one in names.facts_of_line(title)):
        return None
    item = Item(names.name(found.name), [Evidence(document.lines[0].number, title)])
    kept: set[str] = set()
    for trace in traces:
        if trace.role == "beside" or trace.note.startswith(NO_TEXT):
            continue
        for told in names.facts_of_line(trace.text):
            if told.not_now:
                continue
            new = [
                fact for fact in told.facts if fact.field in OWN_FIELDS and fact.field not in kept
            ]
            if new:
                item.facts += new
                item.evidence.append(Evidence(trace.line, told.source))
                kept |= {fact.field for fact in new}
    if not kept & PLAIN_AMOUNTS:
        return None
    item.doubts.append(Doubt("name", "the title names it, and nothing else is told to be done"))
    return item
