"""Lines that the program writes, put into the words of another language.

The way back from a vocabulary: what stands here is read again by it as the same line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audioworkout.notation.vocabulary import SLOT

_ONE = r"[@+]?\d[\d.:a-z%]*(?: (?:min|m|ft|km|cal)\b)?"
_AMOUNT = rf"({_ONE}(?:(?:-| to ){_ONE})?)"
"""A number with its unit, or two: `12`, `8-10`, `1m30s`, `30s to 45s`, `2 min`."""


class Wording:
    """Phrases of English lines, and what they are in one language."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Compile the phrases; the longest are tried first.

        Args:
            phrases: English words, and what replaces them. `#` stands for an amount.
        """
        ordered = sorted(phrases.items(), key=lambda pair: -len(pair[0]))
        self._rules = [(_compile_phrase(english), own.split(SLOT)) for english, own in ordered]

    def write_line(self, line: str) -> str:
        """An English line in this language; words in quotes and unknown ones stay as they are."""
        parts = re.split(r'("[^"]*")', line)
        return "".join(part if part.startswith('"') else self._write_part(part) for part in parts)

    def _write_part(self, text: str) -> str:
        """Replace phrases outside of what was replaced before them."""
        for pattern, own in self._rules:
            found = pattern.search(text)
            if found:
                before, after = text[: found.start()], text[found.end() :]
                return self._write_part(before) + self._fill(own, found) + self._write_part(after)
        return text

    def _fill(self, own: list[str], found: re.Match[str]) -> str:
        amounts = [self._write_part(amount) for amount in found.groups()]
        return "".join(word + amount for word, amount in zip(own, [*amounts, ""], strict=True))


def _compile_phrase(english: str) -> re.Pattern[str]:
    words = re.escape(english).replace(re.escape(SLOT), _AMOUNT)
    return re.compile(rf"(?<!\w){words}(?!\w)")
