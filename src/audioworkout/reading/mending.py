"""From a file and its findings to the file as it should be: only what is certain is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audioworkout.model.request import Diagnostic

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
BOM = "\ufeff"


def mend_text(text: str, findings: Iterable[Diagnostic]) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with the certain fixes of its findings, and the findings that were mended.

    Line ends, comments and everything that is not underlined stay byte for byte. Of two fixes at
    one place the first is done.

    Args:
        text: The file as it is, with its own line ends.
        findings: What was found in it; those of other files must not be among them.
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
