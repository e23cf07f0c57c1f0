"""Hints of findings with their samples in the words of the routine: `10 pro Seite`.

The sentences of findings are English. What a hint shows to be written (between backticks) is a
line, a key or an item, and is shown as the reader of a German routine would write it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from audioworkout.languages.written import WRITTEN, load_written
from audioworkout.notation import Wording
from audioworkout.reading.vocabularies import first_spellings

_SAMPLE = re.compile(r"`([^`]+)`")
_KEY = re.compile(r"(?<![\w-])[a-z_]+(?=:(?:\s|$))")
_AS_IT_IS = re.compile(r"audioworkout |--|/|\.\w|\"|\.\.\.$|^language: ")
"""Samples that hold no words of a routine: commands, options, paths, names in quotes; and the
language itself, whose own key the hint is about to change."""


def localize_hint(hint: str, language: str) -> str:
    """A hint with its samples in a language; names that it suggests stay as they are.

    >>> localize_hint("write `10 per side`, or `10 in all`", "de")
    'write `10 pro Seite`, or `10 insgesamt`'
    >>> localize_hint("the rest after it is `- rest: 60s` on a line of its own", "es")
    'the rest after it is `- descanso: 60s` on a line of its own'
    """
    if language not in WRITTEN or hint.startswith("did you mean"):
        return hint
    return _SAMPLE.sub(lambda found: f"`{_localize_sample(found[1], language)}`", hint)


def _localize_sample(sample: str, language: str) -> str:
    keys, wording = _load_hint_words(language)
    if sample in keys:
        return keys[sample]
    if _AS_IT_IS.search(sample):
        return sample
    if re.search(r"\bout \d", sample):
        sample = sample.replace(",", "")  # the phases of a breath are one phrase
    keyed = _KEY.sub(lambda found: keys.get(found[0], found[0]), sample)
    return keyed if keyed != sample else wording.write_line(sample)


@lru_cache(maxsize=len(WRITTEN))
def _load_hint_words(language: str) -> tuple[dict[str, str], Wording]:
    """Keys by their English ones, and the words of lines."""
    tables = load_written(language)
    return first_spellings({**tables.HEADINGS, **tables.KEYS}), Wording(tables.LINES)
