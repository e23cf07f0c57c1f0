"""Lays out a script: sets the glue, places every event, reports what does not fit.

The method is TeX's. A slot is a box of exact length; its words have the lengths that the measure
gives; the remaining time goes into the stretchable gaps. Words that do not fit are tried in their
shorter wordings, then optional words are left out, and what still does not fit becomes a problem
with a place and a size. Speech is never sped up and no slot ever moves: the script alone decides
when anything happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audioworkout.model.script import (
    BETWEEN,
    Chapter,
    Gap,
    Line,
    Passage,
    Say,
    Script,
    Slot,
    SoundCue,
    SpanKind,
)
from audioworkout.model.timeline import (
    Event,
    Mark,
    Measure,
    Problem,
    Sounded,
    Span,
    Spoken,
    Timeline,
)
from audioworkout.units import FINE_GRID, GRID, SECOND, Ms, round_up

NO_GAP = Gap(0)


class PlacedLine(NamedTuple):
    """Words at a moment: `say` in the wording `line`, `length` ms long from `at`."""

    say: Say
    line: Line
    at: Ms
    length: Ms

    @property
    def end(self) -> Ms:
        """The end of its sound (ms)."""
        return self.at + self.length


def lay_out(script: Script, measure: Measure, voice: str) -> Timeline:
    """Give every event of a script its moment.

    Args:
        script: What is said and sounded.
        measure: Lengths of every line and sound cue in the script (ms).
        voice: Name of the voice for the timeline.
    """
    events: list[Event] = []
    spans: list[Span] = []
    marks: list[Mark] = []
    problems: list[Problem] = []
    now: Ms = 0
    for chapter in script.chapters:
        opened = now
        for passage in chapter.passages:
            said, unfit = _lay_out_passage(passage, now, measure)
            events += said
            problems += unfit
            spans.append(_make_span(passage, now))
            now += passage.lasts
        marks.append(_make_mark(chapter, opened, now))
    return Timeline(
        script.title,
        script.routine,
        script.language,
        voice,
        now,
        tuple(marks),
        tuple(spans),
        tuple(events),
        tuple(problems),
        script.kit,
        script.mood,
    )


def _make_span(passage: Passage, start: Ms) -> Span:
    return Span(
        passage.kind, start, start + passage.lasts, passage.context, passage.mode, passage.count
    )


def _make_mark(chapter: Chapter, start: Ms, end: Ms) -> Mark:
    return Mark(chapter.title, start, end, chapter.context)


def _lay_out_passage(
    passage: Passage, start: Ms, measure: Measure
) -> tuple[list[Event], list[Problem]]:
    """Every event of a passage in order of start, and problems."""
    end = start + passage.lasts
    events: list[Event] = [
        _place_sound(passage, cue, start, end, measure) for cue in passage.sound_cues
    ]
    problems: list[Problem] = []
    now = start
    for slot in passage.slots:
        placed, unfit = set_glue(slot, now, measure, passage.kind)
        events += (_spoken_event(passage, words) for words in placed)
        problems += unfit
        now += slot.lasts
    return sorted(events, key=lambda event: event.start_ms), problems


def _place_sound(passage: Passage, cue: SoundCue, start: Ms, end: Ms, measure: Measure) -> Sounded:
    at = start + cue.at
    sound_end = min(at + measure.sound(cue.name), end)
    return Sounded(at, sound_end, cue.name, passage.context, cue.side)


def _spoken_event(passage: Passage, words: PlacedLine) -> Spoken:
    say = words.say
    return Spoken(
        words.at, words.end, say.role, words.line, passage.context, say.number, say.side, say.source
    )


def set_glue(
    slot: Slot, start: Ms, measure: Measure, kind: SpanKind = "rest"
) -> tuple[list[PlacedLine], list[Problem]]:
    """Place the words of one slot that begins at `start`, in a span of the given kind.

    Returns:
        The words with their moments, within the slot, and problems of words that do not fit.
    """
    for items in _wording_attempts(slot.items):
        for grid in (GRID, FINE_GRID):
            placed = _place_words(items, start, slot.lasts, measure, grid)
            if placed is not None:
                return placed, []
    return _place_overfull(slot, start, measure, kind)


def _wording_attempts(items: Sequence[Say | Gap]) -> Iterator[list[Say | Gap]]:
    """All words; then with shorter wordings one by one; then without the words that yield most.

    Of words with the same rank the last are shortened and left out first: the first are the most
    important.
    """
    remaining = list(items)
    while True:
        yield from _shorten_one_by_one(remaining)
        rank = max((item.yields for item in remaining if isinstance(item, Say)), default=0)
        if not rank:
            return
        place = max(
            n for n, item in enumerate(remaining) if isinstance(item, Say) and item.yields == rank
        )
        del remaining[place]


def _shorten_one_by_one(items: list[Say | Gap]) -> Iterator[list[Say | Gap]]:
    yield items
    now = list(items)
    for place in range(len(now) - 1, -1, -1):
        item = now[place]
        while isinstance(item, Say) and item.shorter:
            item = _shorter_wording(item)
            now[place] = item
            yield list(now)


def _shorter_wording(say: Say) -> Say:
    """The words in their next shorter wording."""
    text, *shorter = say.shorter
    return say._replace(text=text, shorter=tuple(shorter))


def _place_words(
    items: Sequence[Say | Gap], start: Ms, lasts: Ms, measure: Measure, grid: Ms
) -> list[PlacedLine] | None:
    """Moments for these words; None if they do not fit into `lasts` ms.

    A word at the start of a slot is on the beat; any other starts on the grid, for which the
    stretching leaves a few ms.
    """
    boxes, closing = _measure_boxes(items, measure)
    free = _closing_gap(boxes, closing)
    spare = max(0, lasts - _natural_length(boxes, closing) - grid * len(boxes))
    shares = closing.stretch + sum(gap.stretch for gap, _, _ in boxes)
    placed: list[PlacedLine] = []
    now = start
    for gap, say, length in boxes:
        now += gap.ms + (spare * gap.stretch // shares if shares else 0)
        if now != start:
            now = round_up(now, grid)
        placed.append(PlacedLine(say, say.line, now, length))
        now += length
    return placed if now + free <= start + lasts else None


Box = tuple[Gap, Say, Ms]
"""Words, their length, and the gap before them."""


def _measure_boxes(items: Sequence[Say | Gap], measure: Measure) -> tuple[list[Box], Gap]:
    """The words of a slot with their lengths, and the gap after the last of them."""
    *pairs, (closing, _) = _pair_gaps(items)
    return [(gap, say, measure.line(say.line)) for gap, say in pairs if say], closing


def _closing_gap(boxes: Sequence[Box], closing: Gap) -> Ms:
    """Minimum gap after the last words."""
    return max(closing.ms, boxes[-1][1].after if boxes else 0)


def _natural_length(boxes: Sequence[Box], closing: Gap) -> Ms:
    """Length of a slot for these words without stretching."""
    return sum(gap.ms + length for gap, _, length in boxes) + _closing_gap(boxes, closing)


def _pair_gaps(items: Sequence[Say | Gap]) -> Iterator[tuple[Gap, Say | None]]:
    """Every `Say` with the one gap before it; at the end the closing gap with None.

    Of neighbouring gaps the longer counts; between two words there are at least 250 ms.
    """
    gap, spoken = NO_GAP, False
    for item in items:
        if isinstance(item, Gap):
            gap = Gap(max(gap.ms, item.ms), max(gap.stretch, item.stretch))
            continue
        yield (Gap(max(gap.ms, BETWEEN), gap.stretch) if spoken else gap), item
        gap, spoken = NO_GAP, True
    yield gap, None


def _place_overfull(
    slot: Slot, start: Ms, measure: Measure, kind: SpanKind
) -> tuple[list[PlacedLine], list[Problem]]:
    """As many of the obligatory words as fit, in order; the others are problems."""
    *_, remaining = _wording_attempts(slot.items)
    hint = _room_hint(kind, remaining, _natural_length(*_measure_boxes(remaining, measure)))
    placed: list[PlacedLine] = []
    problems: list[Problem] = []
    so_far: list[Say | Gap] = []
    for item in remaining:
        fits = _place_words([*so_far, item], start, slot.lasts, measure, FINE_GRID)
        if fits is not None:
            so_far.append(item)
            placed = fits
        elif isinstance(item, Say):
            at = placed[-1].end if placed else start
            # At least 1: only the rounding to the grid may be too much.
            by = max(1, _natural_length(*_measure_boxes([*so_far, item], measure)) - slot.lasts)
            problems.append(Problem(at, by, f"'{item.text}' does not fit", hint))
    return placed, problems


def _room_hint(kind: SpanKind, items: Sequence[Say | Gap], needed: Ms) -> str:
    """What would make room in a span of the given kind."""
    seconds = f"about {round_up(needed, SECOND) // SECOND} s and 4 s of quiet"
    match kind:
        case "rest":
            return f"a longer rest, {seconds}, or a higher --rate"
        case "prepare":
            return f"more time to get ready (--get-ready), {seconds}"
        case "switch":
            return f"a longer pause between sides (--rest-sides), {seconds}"
        case "intro" | "outro":
            return "a higher --rate, or a voice that speaks faster"
        case _ if any(isinstance(item, Say) and item.number for item in items):
            return "a slower tempo, a higher --rate, or --count off"
        case _:
            return "longer work, or a higher --rate"
