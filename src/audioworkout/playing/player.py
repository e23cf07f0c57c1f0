"""The loop that joins sound, screen and keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from audioworkout.playing.board import Board, TerminalRoom
from audioworkout.playing.deck import Deck
from audioworkout.playing.terminal import Key
from audioworkout.units import SECOND, Ms

STEP: Ms = 10 * SECOND
"""How far the arrows go."""
REDRAW = 0.08
"""Seconds between two looks at the sound: numbers change as they are heard."""
AGAIN: Ms = 3 * SECOND
"""'Previous' within so long after a chapter's beginning goes to the one before it."""


class PlayerScreen(Protocol):
    """Where it is shown and where keys come from."""

    @property
    def room(self) -> TerminalRoom:
        """How much of it there is."""
        ...

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        ...

    def pressed(self, seconds: float) -> list[Key]:
        """Keys pressed; waits for them at most so long."""
        ...


def play_deck(deck: Deck, board: Board, screen: PlayerScreen) -> None:
    """Show a deck and obey the keys until it is over or the person has had enough.

    Raises:
        UsageError: The sound is damaged.
    """
    while not deck.over:
        screen.draw(board.lines(deck.at, deck.paused, screen.room))
        for key in screen.pressed(REDRAW):
            if key == "quit":
                return
            obey_key(key, deck, board)
    _check(deck)


def _check(deck: Deck) -> None:
    """Tell why a deck has ended before its end."""
    if deck.fault is not None:
        raise deck.fault


def obey_key(key: Key, deck: Deck, board: Board) -> None:
    """Do what a key means."""
    match key:
        case "toggle":
            deck.toggle()
        case "back":
            deck.go(deck.at - STEP)
        case "forward":
            deck.go(deck.at + STEP)
        case "previous" | "next":
            deck.go(_chapter_start(deck, board, -1 if key == "previous" else 1))


def _chapter_start(deck: Deck, board: Board, way: int) -> Ms:
    """Where the next chapter begins, or this one, or where that has just begun the one before."""
    marks = board.timeline.chapters
    here = board.chapter(deck.at)
    if way > 0:
        return marks[here + 1].start_ms if here + 1 < len(marks) else deck.lasts
    if deck.at - marks[here].start_ms > AGAIN:
        return marks[here].start_ms
    return marks[max(0, here - 1)].start_ms


def follow_deck(
    deck: Deck,
    board: Board,
    tell: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Play to the end where there is no terminal, telling each chapter as it begins.

    Raises:
        UsageError: The sound is damaged.
    """
    told = -1
    while not deck.over:
        here = board.chapter(deck.at)
        if here != told:
            told = here
            tell(board.timeline.chapters[here].title)
        sleep(REDRAW)
    _check(deck)
