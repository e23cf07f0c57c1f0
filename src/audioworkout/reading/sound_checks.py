"""Music and sounds that a routine or the settings name: whether they can be used, told in place.

Reading knows nothing of sound: whoever asks for a check hands in what looks at the files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from audioworkout.errors import UsageError, WorkoutError
from audioworkout.reading.catalogue import Folders
from audioworkout.reading.diagnostics import Diagnostics
from audioworkout.reading.field_types import Values
from audioworkout.reading.nodes import Node
from audioworkout.reading.voice_checks import load_settings_tree, value_of

CheckFile = Callable[[Path], object]
"""Looks at what a field names: a UsageError where a build would refuse it, another WorkoutError
where this computer cannot tell."""


def check_sound_files(
    values: Values,
    root: Node,
    folders: Folders,
    checks: Mapping[str, CheckFile],
    diagnostics: Diagnostics,
) -> None:
    """Tell of every field among `checks` that names what is no sound; `root` as in check_voices."""
    for field, check in checks.items():
        if field not in values:
            continue
        node = value_of(root, field) or value_of(load_settings_tree(folders), field) or root
        try:
            check(Path(values[field]))
        except UsageError as error:
            diagnostics.error(node, str(error), error.hint)
        except WorkoutError as error:
            diagnostics.warn(node, str(error), error.hint)
