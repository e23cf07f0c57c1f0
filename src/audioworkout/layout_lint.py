"""What would not fit into its slot if it were spoken: told where it was written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from audioworkout.compiler import compile_routine, plan_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.request import Request
from audioworkout.model.routine import SourceSpan
from audioworkout.model.timeline import Measure, Problem
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.nodes import Node, node_at
from audioworkout.units import format_clock


def lint_layout(request: Request, root: Node, measure: Measure, diagnostics: Diagnostics) -> None:
    """Tell the desk what does not fit at the pace of `measure`, each once, where first met."""
    told: set[tuple[SourceSpan | None, str]] = set()
    for place, problem in _find_problems(request, measure):
        if (place, problem.what) not in told:
            told.add((place, problem.what))
            where = f"at {format_clock(problem.at_ms)}"
            message = f"{problem.what}, by {problem.by_ms} ms, {where}"
            diagnostics.warn(node_at(root, place) if place else root, message, problem.hint)


def _find_problems(
    request: Request, measure: Measure
) -> Iterator[tuple[SourceSpan | None, Problem]]:
    """Every problem, and the item it arises at; None in the first and last words."""
    routine = request.routine
    script = compile_routine(routine, load_phrases(routine.language, request.phrases))
    timeline = lay_out(script, measure, "")
    # A chapter for each leg, between the first words' and the last words'.
    places = (None, *(leg.bout.place for leg in plan_routine(routine).legs), None)
    starts = [chapter.start_ms for chapter in timeline.chapters]
    for problem in timeline.problems:
        yield places[bisect_right(starts, problem.at_ms) - 1], problem
