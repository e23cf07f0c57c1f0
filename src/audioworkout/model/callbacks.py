"""What the steps call while they work: progress, and messages that do not stop a build."""

from __future__ import annotations

from collections.abc import Callable

Warn = Callable[[str], None]
"""Called with a message for the user; it does not stop the build."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, the number of pieces done, and their total number."""

StepProgress = Callable[[int, int], None]
"""The same within one step, whose name its caller knows: pieces done, and their total number."""
