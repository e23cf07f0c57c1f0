"""Words that the natural voice's phonemizer does not know or says wrong, and how they are said.

The package takes `[word](/phonemes/)` in a text for what it says. Phonemes are those of its own
alphabet, misaki's: after the IPA, with `A` as in say, `I` as in my, `O` as in go, `W` as in now.
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
"""Phonemes by word, in small letters.

Of 1,099 names, cues and phrases these are the words that its lexicon lacks and its spelling rules
guess: without the second stress of a compound, or with a short "i".
"""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_FIGURES = re.compile(r"\d{16,}")
"""More figures than there are names for: the phonemizer fails on them."""


def respell(text: str) -> str:
    """A text made ready for speech (`speakable`) with the sounds of words that need them.

    >>> respell("9" * 16)
    '9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9'
    """
    text = _FIGURES.sub(lambda found: " ".join(found[0]), text)
    return _WORDS.sub(_sounded, text)


def _sounded(found: re.Match[str]) -> str:
    sound = SOUNDS.get(found[0].lower())
    return f"[{found[0]}](/{sound}/)" if sound else found[0]
