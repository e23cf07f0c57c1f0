"""Forgiving names: `Fire Hydrants`, `fire-hydrants` and `fire hydrant` are one exercise.

A **key** is how a name is kept: lower case, words joined by hyphens. A **stem** is what two
spellings of one name share: no plural endings, no hyphens, no spaces.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

ALIKE, WORD_ALIKE = 0.6, 0.8
"""Names less alike than the first, and words less alike than the second, are others (0 to 1)."""

LONGEST = 80
"""Longer names (characters) are nobody's: they are refused, and never compared with others."""

_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_WORD = re.compile(r"[^\W_]+")
_SIBILANT = ("ches", "shes", "sses", "xes", "zzes")


def make_key(name: str) -> str:
    """The key of a name; empty where it has neither letter nor digit.

    >>> make_key("Farmer's  March"), make_key("Step-Up to reverse lunge"),
    ... make_key("Crunch à terre")
    ('farmers-march', 'step-up-to-reverse-lunge', 'crunch-a-terre')
    """
    return "-".join(_WORD.findall(_plain_letters(name)))


def make_stem(name: str) -> str:
    """What every spelling of a name has in common.

    >>> make_stem("Push Ups") == make_stem("pushup") == make_stem("push-up")
    True
    """
    return "".join(_singular_form(word) for word in _WORD.findall(_plain_letters(name)))


def nearest_names(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` known names that resemble `name`, the nearest first; often none.

    Where none does as a whole, those count of which one word does very much.

    >>> nearest_names("fire hydrnt", ["side-lunges", "fire-hydrants"])
    ('fire-hydrants',)
    >>> nearest_names("squatt", ["side-lunges", "dumbbell-squat"])
    ('dumbbell-squat',)
    """
    if len(name) > LONGEST:
        return ()
    wanted = make_stem(name)
    by_stem = {make_stem(one): one for one in known}
    near = difflib.get_close_matches(wanted, by_stem, n=most, cutoff=ALIKE)
    return tuple(by_stem[stem] for stem in near) or _names_by_word(wanted, by_stem.values())[:most]


def _names_by_word(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names with a word that is very much like `wanted`, the nearest first."""
    by_word: dict[str, list[str]] = {}
    for one in known:
        for word in _WORD.findall(_plain_letters(one)):
            by_word.setdefault(_singular_form(word), []).append(one)
    near = difflib.get_close_matches(wanted, by_word, cutoff=WORD_ALIKE)
    return tuple(dict.fromkeys(one for word in near for one in by_word[word]))


def join_choices(words: Iterable[str]) -> str:
    """Words as a choice in running text.

    >>> join_choices(["up", "down", "off"])
    '`up`, `down` or `off`'
    """
    *front, last = [f"`{word}`" for word in words]
    return f"{', '.join(front)} or {last}" if front else last


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question offering the nearest known names; empty where nothing is near.

    >>> did_you_mean("fire hydrnt", ["side-lunges", "fire-hydrants"])
    'did you mean `fire-hydrants`?'
    """
    near = nearest_names(name, known)
    return f"did you mean {join_choices(near)}?" if near else ""


def _plain_letters(name: str) -> str:
    """Lower case without accents and apostrophes; letters of other scripts stay."""
    if name.isascii():
        return name.lower().translate(_APOSTROPHES)
    # Decomposed before and after: a letter of mathematics becomes a capital, which has a small one.
    lower = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    parts = unicodedata.normalize("NFKD", lower)
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


def _singular_form(word: str) -> str:
    """An English word without its plural ending; the same rule for all, right or wrong."""
    if word.endswith(_SIBILANT):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word
