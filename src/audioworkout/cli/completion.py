"""Shell completion: names that exist on this computer, looked up when the shell asks.

Errors are ignored, because a message would disturb the shell's command line.
"""

# typer looks at annotations when a command is made, so they are real objects here and not texts.

import contextlib
from collections.abc import Callable, Iterable
from typing import get_args


def complete_routines(incomplete: str) -> list[str]:
    """Routines with this prefix."""

    def known() -> Iterable[str]:
        from audioworkout.cli.user_paths import reading_folders
        from audioworkout.model.request import Flags
        from audioworkout.reading import read_routines

        return (each.routine.key for each in read_routines(reading_folders(), Flags())[0])

    return filter_by_prefix(incomplete, known)


def complete_exercises(incomplete: str) -> list[str]:
    """Exercises with this prefix."""

    def known() -> Iterable[str]:
        from audioworkout.cli.user_paths import reading_folders
        from audioworkout.reading import list_exercises

        return (each.key for each in list_exercises(reading_folders())[0])

    return filter_by_prefix(incomplete, known)


def complete_names(incomplete: str) -> list[str]:
    """Routines and exercises with this prefix."""
    return complete_routines(incomplete) + complete_exercises(incomplete)


def filter_by_prefix(incomplete: str, known: Callable[[], Iterable[str]]) -> list[str]:
    """The known names with this prefix; none if they cannot be listed."""
    with contextlib.suppress(Exception):
        return [name for name in known() if name.startswith(incomplete.lower())]
    return []


def complete_choices(choices: object) -> Callable[[str], list[str]]:
    """A completer over the values of a Literal."""

    def complete(incomplete: str) -> list[str]:
        return [choice for choice in get_args(choices) if choice.startswith(incomplete.lower())]

    return complete


def complete_languages(incomplete: str) -> list[str]:
    """Languages of workouts."""
    from audioworkout.languages import LANGUAGES

    return [code for code in LANGUAGES if code.startswith(incomplete.lower())]


def complete_formats(incomplete: str) -> list[str]:
    """Formats of the timed script."""
    from audioworkout.views import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def complete_settings(incomplete: str) -> list[str]:
    """Keys of the settings with this prefix."""

    def known() -> Iterable[str]:
        from audioworkout.reading.fields import SETTINGS

        return (field.name for field in SETTINGS)

    return filter_by_prefix(incomplete, known)


def complete_engines(incomplete: str) -> list[str]:
    """Speech engines with this prefix."""

    def known() -> Iterable[str]:
        from audioworkout.voices.engines import engine_names

        return engine_names()

    return filter_by_prefix(incomplete, known)


def complete_voices(incomplete: str) -> list[str]:
    """Voices of any engine with this prefix."""

    def known() -> Iterable[str]:
        from audioworkout.cli.user_paths import reading_folders
        from audioworkout.voices.engines import list_all_voices

        return (
            voice.name
            for _, voices in list_all_voices(reading_folders().voices)
            for voice in voices
        )

    return filter_by_prefix(incomplete, known)
