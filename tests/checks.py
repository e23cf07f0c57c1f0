"""What `check` finds in a file, for tests that do not need the request."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from audioworkout.model.request import Diagnostic
from audioworkout.preparing import MeasureFor, examine_file
from audioworkout.reading import Folders
from audioworkout.reading.routines import Source
from audioworkout.reading.sound_checks import CheckFile
from audioworkout.reading.voice_checks import FindVoice


def check_file(
    name: Source,
    folders: Folders,
    stdin: str | None = None,
    measure_for: MeasureFor | None = None,
    find: FindVoice | None = None,
    checks: Mapping[str, CheckFile] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """The errors and warnings of `examine_file`."""
    return examine_file(name, folders, stdin, measure_for, find, checks).findings
