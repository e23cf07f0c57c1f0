"""How long a sentence takes to say, told from its letters alone.

The length of a workout must not depend on who speaks, and most of this program must be testable
without an engine: the ruler stands in for a voice wherever only lengths matter.

Its five figures are a 97 % quantile fit to the bundled espeak-ng (1.52): 286 coaching sentences in
English, German, Spanish and French at 120, 150 and 180 words a minute, and the counts 1 to 30 (as
words in each language, in English as figures too) at 132, 165 and 198, each measured from its onset
to its last sounding sample. Of these 1,308 lengths the ruler is below 2 in 100, and 13 % above
English sentences in the median (German 26 %, Spanish 19 %, French 49 %).

On 2,332 lines of the ready routines, none of them used in the fit, it is below 6 of 100 in English
(2 of 100 by more than 5 %, at worst 11 %), 8 in German, 2 in Spanish and none in French; English
names read by a German or Spanish voice are its worst. The medians are 14, 17, 17 and 41 % above.
"""

from __future__ import annotations

import re

from audioworkout.units import Ms

BASIS = 150
"""The rate at which the figures below were fitted (words a minute); lengths go as 1 / rate."""

UTTERANCE: Ms = 220
"""What any utterance takes besides its letters: one syllable is never short."""

LETTER: Ms = 80

SIGN: Ms = 390
"""A digit, or another sign that is read out as a word (`%`, `&`, `+`)."""

FULL_STOP: Ms = 580
"""The silence after a sentence that another one follows."""

COMMA: Ms = 400
"""The silence after a comma, colon or semicolon that more words follow."""

_FULL_STOP = re.compile(r"[.!?…]+\s+(?=\w)")
_COMMA = re.compile(r"[,;:–—]\s+(?=\w)")
_SIGNS = frozenset("%&+=@#$€£/°½¼¾")


def ruler_ms(text: str, wpm: int = BASIS) -> Ms:
    """Length of `text` at `wpm` words a minute, in ms: meant to be a little more than a voice's.

    >>> ruler_ms("one"), ruler_ms("one", 300), ruler_ms("Rest. Next: squats.")
    (460, 230, 2320)
    """
    letters = sum(character.isalpha() for character in text)
    signs = sum(character.isdigit() or character in _SIGNS for character in text)
    whole = (
        UTTERANCE
        + LETTER * letters
        + SIGN * signs
        + FULL_STOP * len(_FULL_STOP.findall(text))
        + COMMA * len(_COMMA.findall(text))
    )
    return -(-whole * BASIS // wpm)
