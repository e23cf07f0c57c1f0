"""Checks music and sounds that a routine or the settings name.

The caller hands in the functions that check the files, so that `reading` does not depend on audio.
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
"""Checks the files of a field. It raises a UsageError if a build would refuse them, and another
WorkoutError if this computer cannot check them."""


def check_sound_files(
    values: Values,
    root: Node,
    folders: Folders,
    checks: Mapping[str, CheckFile],
    diagnostics: Diagnostics,
) -> None:
    """Report the fields among `checks` whose files cannot be used; `root` as in `check_voices`."""
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
