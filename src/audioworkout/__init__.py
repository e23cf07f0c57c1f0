"""Voice-guided audio workouts: from exercise definitions to one MP3 that coaches every count."""

__version__ = "0.1.0"

WORKER = "--speech-worker"
"""The only word of a command line that turns the program into its own speech worker.

A frozen program has no Python beside it to run `voices.worker` with; it starts itself.
"""
