"""Collects errors and warnings while files are read, and reports them all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from audioworkout.errors import UsageError
from audioworkout.model.request import Diagnostic, Page
from audioworkout.notation import NotationProblem
from audioworkout.reading.nodes import Node, Text
from audioworkout.text import mask_controls, text_columns

MOST_REPORTED = 50
"""Most errors reported at once; a file with more is probably not a routine."""
WIDEST = 100
"""Most columns shown of a line."""


PLAIN_TEXT_HINT = (
    "begin each item with `- `, like `- push-ups 10`; `audioworkout import` reads plain text"
)
"""For what is written without the signs of a list."""
PaintedPart = Literal["place", "error", "warning", "caret"]
PaintPart = Callable[[str, PaintedPart], str]
"""Colours a part of a message for a terminal."""


class RoutineError(UsageError):
    """User input is wrong. `str(error)` is the complete report.

    Attributes:
        findings: Errors and warnings in the order in which they were found.
    """

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(format_diagnostics(findings).rstrip("\n"))
        self.findings = findings


class Diagnostics:
    """Collects errors and warnings while reading.

    Reading stops after `MOST_REPORTED` errors; later warnings beyond `MOST_REPORTED` are dropped.
    """

    def __init__(self) -> None:
        # A set, because an alias visits the same node, with its errors, again.
        self._errors: dict[Diagnostic, None] = {}
        self._warnings: dict[Diagnostic, None] = {}

    @property
    def fatal(self) -> bool:
        """True if there is an error."""
        return bool(self._errors)

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """All errors and warnings, by file and position."""
        found = [*self._errors, *self._warnings]
        files = {name: n for n, name in enumerate(dict.fromkeys(one.source for one in found))}
        return tuple(sorted(found, key=lambda one: (files[one.source], one.line, one.column)))

    def error(self, node: Node, message: str, hint: str = "", fix: str | None = None) -> None:
        """Add an error about a node; `fix` is its certain replacement."""
        written = _written_fix(node, fix, (node.line, node.column, node.width))
        self._add(_diagnose_node(node, message, hint, fix=written))

    def warn(self, node: Node, message: str, hint: str = "") -> None:
        """Add a warning about a node."""
        self._add(_diagnose_node(node, message, hint, fatal=False))

    def warn_all(self, node: Node, doubts: Iterable[tuple[str, str]]) -> None:
        """Add a warning about a node for each message and hint."""
        for message, hint in doubts:
            self.warn(node, message, hint)

    def notation(
        self, node: Text, problems: Iterable[NotationProblem], *, fatal: bool = True
    ) -> None:
        """Add every problem of a line or a value at its exact place."""
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
                    _in_words_of(node, problem.hint),
                    fatal,
                    _written_fix(node, problem.fix, (line, column, width), part),
                )
            )

    def finish(self) -> None:
        """Raise if there is an error.

        Raises:
            RoutineError: There is an error; it holds all errors and warnings.
        """
        if self.fatal:
            raise RoutineError(self.told)

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        """Add diagnostics from elsewhere."""
        for finding in findings:
            self._add(finding)

    def downgrade(self, error: RoutineError) -> None:
        """Add the errors of a file that is not needed, as warnings."""
        for finding in error.findings:
            self._add(finding._replace(fatal=False))

    def _add(self, finding: Diagnostic) -> None:
        if finding.fatal:
            self._errors[finding] = None
        elif len(self._warnings) < MOST_REPORTED:
            self._warnings[finding] = None
        if len(self._errors) >= MOST_REPORTED:
            self.finish()


def file_error(
    page: Page, line: int, column: int, message: str, hint: str = "", fix: str | None = None
) -> RoutineError:
    """An error that ends the reading of a file; `fix` replaces the character."""
    text = page.line(line) if line else ""
    return RoutineError((Diagnostic(page.name, line, column, 1, text, message, hint, fix=fix),))


def _diagnose_node(
    node: Node, message: str, hint: str, fatal: bool = True, fix: str | None = None
) -> Diagnostic:
    text = node.page.line(node.line)
    hint = _in_words_of(node, hint)
    return Diagnostic(
        node.page.name, node.line, node.column, node.width, text, message, hint, fatal, fix
    )


def _in_words_of(node: Node, hint: str) -> str:
    """A hint that shows what to write in the language of its routine."""
    if node.page.language == "en" or "`" not in hint:
        return hint
    from audioworkout.reading.localized_hints import localize_hint  # English needs no tables

    return localize_hint(hint, node.page.language)


def _written_fix(
    node: Node, fix: str | None, place: tuple[int, int, int], part: str | None = None
) -> str | None:
    """The fix of a scalar, or of a part of it, as it is written in the file.

    None if the source differs from the value, as in folded and escaped texts.
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
    """A diagnostic at the place of a node."""
    return _diagnose_node(node, "", "")


def format_diagnostics(
    findings: Iterable[Diagnostic], paint: PaintPart = lambda text, part: text
) -> str:
    """Format diagnostics as text: place and message, the line with a caret below, and the hint.

    Those of a file begin `file:line:column: error: `, those of a flag `--flag value: error: `.
    `paint` may mark the parts of it, for a terminal.
    """
    return "".join(_format_diagnostic(finding, paint) for finding in findings)


def _format_diagnostic(finding: Diagnostic, paint: PaintPart) -> str:
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
    """The visible part of a line, and the carets below it."""

    text: str
    caret: str

    @classmethod
    def of(cls, finding: Diagnostic) -> _LineExcerpt:
        """Cut a long line around a place."""
        line = finding.text.replace("\t", " ")
        at = min(finding.column - 1, len(line))
        first = max(0, at - WIDEST // 2) if len(line) > WIDEST else 0
        text = line[first : first + WIDEST]
        before = text_columns(text[: at - first])
        under = text_columns(line[at : min(at + finding.width, first + WIDEST)])
        return cls(text, " " * before + "^" * max(1, under))
