"""Why each line is said: one line for each spoken event, with its rule and its phrase.

The phrase is the key by which a person replaces it (docs/languages.md); at the end stands each rule
that spoke, in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from audioworkout.compiler.rules import Rule, rule_of
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.units import format_clock

COUNT_ROLES = ("count", "pulse")


def render(timeline: Timeline) -> str:
    """The lines of speech without numbers of reps, each with its rule and phrase."""
    return "\n".join(_explain_lines(timeline)) + "\n"


def _explain_lines(timeline: Timeline) -> Iterator[str]:
    used: dict[str, Rule] = {}
    for event in timeline.events:
        if not isinstance(event, Spoken) or event.role in COUNT_ROLES:
            continue
        rule = rule_of(event.source)
        name = rule.name if rule else "-"
        if rule:
            used[rule.name] = rule
        yield f"{format_clock(event.start_ms)}  {event.line.text}  [{name}: {event.source}]"
    yield ""
    yield from (f"{rule.name}: {rule.text}" for rule in used.values())
