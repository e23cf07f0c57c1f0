"""The main loop of the player: sound, screen and keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from audioworkout.playing.board import Board, TerminalRoom
from audioworkout.playing.deck import Deck
from audioworkout.playing.terminal import Key
from audioworkout.units import SECOND, Ms

SEEK_STEP: Ms = 10 * SECOND
"""How far the arrow keys move (ms)."""
REDRAW_EVERY = 0.08
"""Seconds between two updates of the screen."""
PREVIOUS_WITHIN: Ms = 3 * SECOND
"""'Previous' within this time after a chapter's start goes to the chapter before (ms)."""


class PlayerScreen(Protocol):
    """The screen and the keyboard of the player."""

    @property
    def room(self) -> TerminalRoom:
        """The size of the screen."""
        ...

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        ...

    def pressed(self, seconds: float) -> list[Key]:
        """The pressed keys; waits for them at most `seconds`."""
        ...


def play_deck(deck: Deck, board: Board, screen: PlayerScreen) -> None:
    """Show a deck and handle keys until it ends or the user quits.

    Raises:
        UsageError: The sound is damaged.
    """
    while not deck.over:
        screen.draw(board.lines(deck.at, deck.paused, screen.room))
        for key in screen.pressed(REDRAW_EVERY):
            if key == "quit":
                return
            obey_key(key, deck, board)
    _check(deck)


def _check(deck: Deck) -> None:
    """Raise the error that ended a deck early."""
    if deck.fault is not None:
        raise deck.fault


def obey_key(key: Key, deck: Deck, board: Board) -> None:
    """Handle a key."""
    match key:
        case "toggle":
            deck.toggle()
        case "back":
            deck.go(deck.at - SEEK_STEP)
        case "forward":
            deck.go(deck.at + SEEK_STEP)
        case "previous" | "next":
            deck.go(_chapter_start(deck, board, -1 if key == "previous" else 1))


def _chapter_start(deck: Deck, board: Board, way: int) -> Ms:
    """Start of the next chapter, of this one, or just after its start, of the one before (ms)."""
    marks = board.timeline.chapters
    here = board.chapter(deck.at)
    if way > 0:
        return marks[here + 1].start_ms if here + 1 < len(marks) else deck.lasts
    if deck.at - marks[here].start_ms > PREVIOUS_WITHIN:
        return marks[here].start_ms
    return marks[max(0, here - 1)].start_ms


def follow_deck(
    deck: Deck,
    board: Board,
    tell: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Play to the end without a terminal, printing each chapter as it begins.

    Raises:
        UsageError: The sound is damaged.
    """
    told = -1
    while not deck.over:
        here = board.chapter(deck.at)
        if here != told:
            told = here
            tell(board.timeline.chapters[here].title)
        sleep(REDRAW_EVERY)
    _check(deck)
