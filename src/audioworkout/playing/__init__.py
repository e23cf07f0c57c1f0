"""The player in the terminal: a large countdown, the current exercise, the next one.

`board` makes the lines of text for a moment, `deck` holds the sound and its position, `speaker`
plays it, `terminal` draws and reads keys, `player` is the main loop.
"""
