"""`play`: plays a workout on this computer, with a live countdown in the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

from audioworkout.cli.colors import is_terminal, takes_color
from audioworkout.cli.options import Options, make_option
from audioworkout.cli.page import PageSource, read_mp3_timeline, temporary_mp3
from audioworkout.cli.screen import Screen

if TYPE_CHECKING:
    from audioworkout.playing.board import Board
    from audioworkout.playing.deck import Deck
    from audioworkout.playing.terminal import Terminal


def play_workout(
    what: PageSource = "hip-dips",
    *,
    mute: Annotated[
        bool,
        make_option("Playing", None, "Show it without sound; needs no sound device.", "--mute"),
    ] = False,
    options: Options,
) -> None:
    """Play a workout here, with a countdown: space pauses, arrows move, q ends.

    A routine is built first; nothing of it stays.
    """
    from audioworkout.audio_io.sound_files import open_samples
    from audioworkout.playing.board import Board
    from audioworkout.playing.deck import Deck
    from audioworkout.playing.speaker import play_aloud, play_silently

    terminal = find_own_terminal()
    with temporary_mp3(what, options) as path:
        timeline = read_mp3_timeline(path)
        with open_samples(path) as samples:
            deck = Deck(samples, timeline.duration_ms)
            with play_silently(deck) if mute else play_aloud(deck):
                show_player(deck, Board(timeline), terminal)


def find_own_terminal() -> Terminal | None:
    """Find the terminal, if it can show a countdown and read keys.

    Raises:
        BuildError: The library that draws on it is not installed.
    """
    from audioworkout.playing.terminal import find_terminal

    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return None
    # Removed from the environment: with it blessed would neither colour nor position text.
    color = takes_color(sys.stderr)
    os.environ.pop("NO_COLOR", None)
    return find_terminal(sys.stderr, color=color)


def show_player(deck: Deck, board: Board, terminal: Terminal | None) -> None:
    """Show the player until the sound ends or the user quits."""
    from audioworkout.playing import player

    if terminal is None:
        player.follow_deck(deck, board, Screen().note)
        return
    with terminal.opened():
        player.play_deck(deck, board, terminal)
