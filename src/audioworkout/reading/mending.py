"""Applies the certain fixes of errors and warnings to the text of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audioworkout.model.request import Diagnostic

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
BOM = "\ufeff"


def mend_text(text: str, findings: Iterable[Diagnostic]) -> tuple[str, tuple[Diagnostic, ...]]:
    """Apply the certain fixes of diagnostics; returns the text and the fixed diagnostics.

    Line ends, comments and all text without a caret stay byte for byte. Of two fixes at one place
    the first is applied.

    Args:
        text: The text of the file, with its own line ends.
        findings: The errors and warnings of this file only.
    """
    lines = _LINE.findall(text)
    done: list[Diagnostic] = []
    for finding in sorted(findings, key=lambda one: (one.line, one.column), reverse=True):
        if finding.fix is None or not 0 < finding.line <= len(lines):
            continue
        before = done[-1] if done else None
        start = finding.column - 1 + (finding.line == 1 and text.startswith(BOM))
        end = start + finding.width
        if (
            before
            and before.line == finding.line
            and before.column < finding.column + finding.width
        ):
            continue
        line = lines[finding.line - 1]
        lines[finding.line - 1] = line[:start] + finding.fix + line[end:]
        done.append(finding)
    return "".join(lines), tuple(reversed(done))
