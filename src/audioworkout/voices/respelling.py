"""Gives the natural voice the phonemes of words that its phonemizer gets wrong.

The package reads `[word](/phonemes/)` in a text as these phonemes. They are misaki's alphabet: the
IPA, with `A` as in say, `I` as in my, `O` as in go, `W` as in now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SOUNDS: Mapping[str, str] = {
    "bodyweight": "bˈɑdiwˌAt",
    "burpee": "bˈɜɹpi",
    "burpees": "bˈɜɹpiz",
    "deadlift": "dˈɛdlˌɪft",
    "deadlifts": "dˈɛdlˌɪfts",
    "pulldown": "pˈʊldˌWn",
    "pulldowns": "pˈʊldˌWnz",
}
"""Phonemes by word, in lower case.

These are the words in 1,099 names, cues and phrases that are not in its lexicon and that its rules
guess wrong: without the second stress of a compound, or with a short "i".
"""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FIGURES = re.compile(r"\d{16,}")
"""Numbers of more digits than there are number words for; the phonemizer fails on them."""


def respell(text: str) -> str:
    """Add phonemes to a text that `normalize_text` made, and split digits that cannot be read.

    >>> respell("9" * 16)
    '9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9'
    """
    text = _FIGURES.sub(lambda found: " ".join(found[0]), text)
    return _WORDS.sub(_sounded, text)


def _sounded(found: re.Match[str]) -> str:
    sound = SOUNDS.get(found[0].lower())
    return f"[{found[0]}](/{sound}/)" if sound else found[0]
