"""Everything wrong or doubtful that reading meets: collected, then told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from audioworkout.errors import UsageError
from audioworkout.model.request import Diagnostic, Page
from audioworkout.notation import NotationProblem
from audioworkout.reading.nodes import Node, Text
from audioworkout.text import mask_controls, text_columns

MOST = 50
"""Errors told of one reading; a file with more is something else than a routine."""
WIDEST = 100
"""Columns of a line that are shown."""


PaintedPart = Literal["place", "error", "warning", "caret"]
Paint = Callable[[str, PaintedPart], str]
"""Marks a part of a finding for a terminal."""


class RoutineError(UsageError):
    """What a person wrote cannot be used. `str(error)` is all of it, ready to be shown.

    Attributes:
        findings: Errors and warnings in the order in which they were met.
    """

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(format_diagnostics(findings).rstrip("\n"))
        self.findings = findings


class Diagnostics:
    """Where findings are put down while reading goes on.

    The first `MOST` errors are enough, and end the reading; more warnings than that are not kept.
    """

    def __init__(self) -> None:
        # Keyed by themselves: an alias brings the same node, and its findings, up again.
        self._errors: dict[Diagnostic, None] = {}
        self._warnings: dict[Diagnostic, None] = {}

    @property
    def fatal(self) -> bool:
        """Whether anything stops the build."""
        return bool(self._errors)

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """All findings, file by file in the order of their places."""
        found = [*self._errors, *self._warnings]
        files = {name: n for n, name in enumerate(dict.fromkeys(one.source for one in found))}
        return tuple(sorted(found, key=lambda one: (files[one.source], one.line, one.column)))

    def error(self, node: Node, message: str, hint: str = "", fix: str | None = None) -> None:
        """Note an error about a whole node; `fix` is what certainly belongs in its place."""
        written = _written_fix(node, fix, (node.line, node.column, node.width))
        self._add(_diagnose_node(node, message, hint, fix=written))

    def warn(self, node: Node, message: str, hint: str = "") -> None:
        """Note a warning about a whole node."""
        self._add(_diagnose_node(node, message, hint, fatal=False))

    def notation(
        self, node: Text, problems: Iterable[NotationProblem], *, fatal: bool = True
    ) -> None:
        """Note every problem of a line or a value, or a remark on it, at its exact place."""
        for problem in problems:
            line, column, width = node.place_of(problem.start, problem.end)
            part = node.value[problem.start : problem.end]
            self._add(
                Diagnostic(
                    node.page.name,
                    line,
                    column,
                    width,
                    node.page.line(line),
                    problem.message,
                    problem.hint,
                    fatal,
                    _written_fix(node, problem.fix, (line, column, width), part),
                )
            )

    def finish(self) -> None:
        """End the reading here if anything is wrong.

        Raises:
            RoutineError: With all findings.
        """
        if self.fatal:
            raise RoutineError(self.told)

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        """Note findings that others made."""
        for finding in findings:
            self._add(finding)

    def downgrade(self, error: RoutineError) -> None:
        """Note what is wrong with a file that is not needed: as warnings."""
        for finding in error.findings:
            self._add(finding._replace(fatal=False))

    def _add(self, finding: Diagnostic) -> None:
        if finding.fatal:
            self._errors[finding] = None
        elif len(self._warnings) < MOST:
            self._warnings[finding] = None
        if len(self._errors) >= MOST:
            self.finish()


def file_error(
    page: Page, line: int, column: int, message: str, hint: str = "", fix: str | None = None
) -> RoutineError:
    """An error after which a file cannot be read any further; `fix` replaces the character."""
    text = page.line(line) if line else ""
    return RoutineError((Diagnostic(page.name, line, column, 1, text, message, hint, fix=fix),))


def _diagnose_node(
    node: Node, message: str, hint: str, fatal: bool = True, fix: str | None = None
) -> Diagnostic:
    text = node.page.line(node.line)
    return Diagnostic(
        node.page.name, node.line, node.column, node.width, text, message, hint, fatal, fix
    )


def _written_fix(
    node: Node, fix: str | None, place: tuple[int, int, int], part: str | None = None
) -> str | None:
    """A fix of a scalar, or of a part of it, as it can be put in its place in the file.

    None where the part does not stand there letter by letter, as in folded and escaped texts.
    """
    line, column, width = place
    if fix is None or not isinstance(node, Text) or not line:
        return None
    part = node.value if part is None else part
    there = node.page.line(line)[column - 1 : column - 1 + width]
    if there == part:
        return fix
    quote = there[:1]
    quoted = quote in ("'", '"') and there == f"{quote}{part}{quote}"
    return f"{quote}{fix}{quote}" if quoted else None


def diagnostic_at(node: Node) -> Diagnostic:
    """Where a node stands, for a finding that is made later."""
    return _diagnose_node(node, "", "")


def format_diagnostics(
    findings: Iterable[Diagnostic], paint: Paint = lambda text, part: text
) -> str:
    """Findings as text: place and message, the line with a caret beneath, and the hint.

    A finding of a file begins `file:line:column: error: `, one of a flag `--flag value: error: `.
    `paint` may mark the parts of it, for a terminal.
    """
    return "".join(_format_diagnostic(finding, paint) for finding in findings)


def _format_diagnostic(finding: Diagnostic, paint: Paint) -> str:
    kind: PaintedPart = "error" if finding.fatal else "warning"
    place = paint(mask_controls(f"{_format_place(finding)}: "), "place")
    lines = [f"{place}{paint(f'{kind}: ', kind)}{mask_controls(finding.message)}"]
    if finding.line and finding.text.strip():
        shown = _LineExcerpt.of(finding)
        lines += [f"    {mask_controls(shown.text)}", f"    {paint(shown.caret, 'caret')}"]
    if finding.hint:
        lines.append(f"    {mask_controls(finding.hint)}")
    return "".join(f"{line}\n" for line in lines)


def _format_place(finding: Diagnostic) -> str:
    if finding.line:
        return f"{finding.source}:{finding.line}:{finding.column}"
    return f"{finding.source} {finding.text}".rstrip()


class _LineExcerpt(NamedTuple):
    """The part of a line that is shown, and the carets that stand beneath it."""

    text: str
    caret: str

    @classmethod
    def of(cls, finding: Diagnostic) -> _LineExcerpt:
        """Cut a long line around the place that is meant."""
        line = finding.text.replace("\t", " ")
        at = min(finding.column - 1, len(line))
        first = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
        text = line[first : first + WIDEST]
        before = text_columns(text[: at - first])
        under = text_columns(line[at : min(at + finding.width, first + WIDEST)])
        return cls(text, " " * before + "^" * max(1, under))
