"""A player for the terminal: a big countdown, what is done now, what comes next.

`board` says what is shown at a moment, `deck` where the sound is, `speaker` makes it heard, `keys`
and `terminal` are the person's side, `player` is the loop that joins them.
"""
