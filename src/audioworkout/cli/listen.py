"""`play`: a workout on this computer, with a live countdown in the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

from audioworkout.cli.options import Options, option
from audioworkout.cli.pages import What, sound_for_now, timeline_in
from audioworkout.cli.screen import Screen, is_terminal

if TYPE_CHECKING:
    from audioworkout.playing.board import Board
    from audioworkout.playing.deck import Deck


def play(
    what: What = "hip-dips",
    *,
    mute: Annotated[
        bool, option("Playing", None, "Show it without sound; needs no sound device.", "--mute")
    ] = False,
    options: Options,
) -> None:
    """Play a workout here, with a countdown: space pauses, arrows move, q ends.

    A routine is built first; nothing of it stays.
    """
    from audioworkout.audiofiles import open_samples
    from audioworkout.playing.board import Board
    from audioworkout.playing.deck import Deck
    from audioworkout.playing.speaker import heard, unheard

    with sound_for_now(what, options) as path:
        timeline = timeline_in(path)
        with open_samples(path) as samples:
            deck = Deck(samples, timeline.duration_ms)
            with unheard(deck) if mute else heard(deck):
                show(deck, Board(timeline))


def show(deck: Deck, board: Board) -> None:
    """Until it is over or the person has had enough."""
    from audioworkout.playing import player, terminal

    if is_terminal(sys.stdin) and is_terminal(sys.stderr):
        color = not os.environ.get("NO_COLOR")
        with terminal.opened(sys.stdin, sys.stderr, color) as screen:
            player.play(deck, board, screen)
    else:
        player.follow(deck, board, Screen().note)
