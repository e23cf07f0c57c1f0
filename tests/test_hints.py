"""What a hint shows, written where it belongs, is a routine without that fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audioworkout.model.request import Diagnostic
from audioworkout.preparing import examine_file
from audioworkout.reading import Folders

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(path for path in WRONG.glob("*.yaml") if path.stem != "hyphen-without-space-first")
"""All but the one whose list is a single text over several lines."""


IN_WORDS = (
    *("must stand before it", "indent it two spaces more", "make it a file of its own"),
    *("a space stands behind", "its keys beneath", "a tempo is in seconds"),
)
"""Hints that tell what to do with several lines, or with a number that only the writer knows."""


def findings_of(text: str) -> tuple[Diagnostic, ...]:
    return examine_file("-", Folders(), text).findings


def results(text: str, finding: Diagnostic, sample: str) -> Iterator[str]:
    """The file with a sample of a hint in every place in which a person may put it."""
    lines = text.split("\n")
    sample = sample.replace("...", "plank")
    line = lines[finding.line - 1]
    start, end = finding.column - 1, finding.column - 1 + finding.width
    indent = line[: len(line) - len(line.lstrip())]
    key = sample.partition(":")[0].strip("- ")
    places = [
        line[:start] + sample + line[end:],
        indent + "- " + sample.removeprefix("- "),
        indent + sample,
        re.sub(r":(?=\s).*", lambda _: f": {sample}", line, count=1),
        f"{line}, {sample}",
        f"{line}\n{indent}{sample}",
        f"{line.partition(':')[0]}:\n{indent}  {sample}",
        re.sub(rf"\b{re.escape(key)}: *[^,{{}}]+", lambda _: sample, line, count=1),
        re.sub(r"\{", lambda _: f"{{{sample}, ", line, count=1),
    ]
    for place in places:
        yield "\n".join([*lines[: finding.line - 1], place, *lines[finding.line :]])
    if sample.startswith("define:"):
        yield f"{sample}\n{text}"


def leads_to_a_right_line(text: str, finding: Diagnostic) -> bool:
    """Whether some sample of a hint, in some place, takes the fault away and brings no error."""
    before = sum(one.fatal for one in findings_of(text)) - finding.fatal
    for sample in re.findall(r"`([^`]+)`", finding.hint):
        for result in results(text, finding, sample):
            after = findings_of(result)
            same = any(one.message == finding.message and one.line == finding.line for one in after)
            if not same and sum(one.fatal for one in after) <= before:
                return True
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_hint_leads_to_a_right_file(path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    wrong = [
        (one.message, one.hint)
        for one in findings_of(text)
        if re.search(r"`[^`]+`", one.hint)
        and one.line
        and not any(words in one.hint for words in IN_WORDS)
        and not leads_to_a_right_line(text, one)
    ]
    assert not wrong
