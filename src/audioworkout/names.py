"""Lenient names: `Fire Hydrants`, `fire-hydrants` and `fire hydrant` are the same exercise.

A **key** is the normal form of a name: lower case, words joined by hyphens. A **stem** is equal for
all spellings of a name: without plural endings, hyphens and spaces. A **spelling** is a stem with
accents and signs: two known names that differ in it are different exercises.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

ALIKE, WORD_ALIKE = 0.6, 0.8
"""Minimum similarity of names, and of single words, to be suggested (0 to 1)."""

LONGEST_COMPARED = 80
"""Longer names (characters) are refused without a comparison."""

LONG_WORD = 8
"""Words from this length on (letters) may differ in two letters, shorter ones in one."""

_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s_\-\u2010\u2011\u2013]+")
_SIBILANT = ("ches", "shes", "sses", "xes", "zzes")


def make_key(name: str) -> str:
    """The key of a name; empty if it has neither letters nor digits.

    >>> [make_key(name) for name in ("Farmer's  March", "Step-Up to lunge", "Crunch à terre")]
    ['farmers-march', 'step-up-to-lunge', 'crunch-a-terre']
    """
    return "-".join(_WORD.findall(_plain_letters(name)))


def make_stem(name: str) -> str:
    """The stem of a name: equal for all its spellings.

    >>> make_stem("Push Ups") == make_stem("pushup") == make_stem("push-up")
    True
    """
    return "".join(_singular_form(word) for word in _WORD.findall(_plain_letters(name)))


def make_spelling(name: str) -> str:
    """The spelling of a name: without case, blanks, hyphens, apostrophes and plurals; signs count.

    >>> make_spelling("Push Ups") == make_spelling("push-up")
    True
    >>> make_spelling("C press") == make_spelling("C+ press")
    False
    """
    lower = unicodedata.normalize("NFC", name.translate(_APOSTROPHES)).casefold()
    return "".join(_singular_form(word) for word in _BETWEEN.split(lower) if word)


def split_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters, without plural endings.

    >>> split_words("Fire-Hydrants"), split_words("Übung 90/90")
    (('fire', 'hydrant'), ('ubung', '90', '90'))
    """
    return tuple(map(_singular_form, _WORD.findall(_plain_letters(name))))


def nearest_names(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` known names that are similar to `name`, the nearest first; may be empty.

    If no whole name is similar, names with one very similar word count.

    >>> nearest_names("fire hydrnt", ["side-lunges", "fire-hydrants"])
    ('fire-hydrants',)
    >>> nearest_names("squatt", ["side-lunges", "dumbbell-squat"])
    ('dumbbell-squat',)
    """
    if len(name) > LONGEST_COMPARED:
        return ()
    wanted = make_stem(name)
    by_stem = {make_stem(one): one for one in known}
    near = difflib.get_close_matches(wanted, by_stem, n=most, cutoff=ALIKE)
    return tuple(by_stem[stem] for stem in near) or _names_by_word(wanted, by_stem.values())[:most]


def _names_by_word(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names with a word that is very similar to `wanted`, the nearest first."""
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
    """A question that offers the nearest known names; empty if none is near.

    >>> did_you_mean("fire hydrnt", ["side-lunges", "fire-hydrants"])
    'did you mean `fire-hydrants`?'
    """
    near = nearest_names(name, known)
    return f"did you mean {join_choices(near)}?" if near else ""


def is_slip(written: str, meant: str) -> bool:
    """True if two words differ in one letter, or in two if they are long."""
    return letters_off(written, meant) <= (2 if len(written) >= LONG_WORD else 1)


def letters_off(one: str, other: str) -> int:
    """Letters added, left out, exchanged or swapped with their neighbour between two words.

    >>> letters_off("hydrnat", "hydrant"), letters_off("ruck", "run")
    (1, 2)
    """
    rows = [list(range(len(other) + 1))]
    for i, sign in enumerate(one, 1):
        row = [i]
        for j, letter in enumerate(other, 1):
            off = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (sign != letter))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == letter:
                off = min(off, rows[-2][j - 2] + 1)
            row.append(off)
        rows.append(row)
    return rows[-1][-1]


def _plain_letters(name: str) -> str:
    """Lower case without accents and apostrophes; letters of other scripts stay."""
    if name.isascii():
        return name.lower().translate(_APOSTROPHES)
    # Decomposed before and after: some mathematical letters first become capitals.
    lower = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    parts = unicodedata.normalize("NFKD", lower)
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


def _singular_form(word: str) -> str:
    """An English word without its plural ending, by rules that ignore exceptions."""
    if word.endswith(_SIBILANT):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word
