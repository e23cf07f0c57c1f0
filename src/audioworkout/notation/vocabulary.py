"""What people write in another language than English, as the words that the notation knows.

A vocabulary replaces the tokens of a line before any clause is read: `Pause 1 Min.` becomes
`rest 1 min`. Each token keeps the place of what was written, so problems are told where they stand,
and whatever has no entry stays as it is: English words are read in every language.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import zip_longest
from typing import NamedTuple

from audioworkout.notation.tokens import Token, split_tokens

SLOT = "#"
"""Stands for a number in a phrase and in what replaces it; numbers keep their order."""
REST_OR_PAUSE = "restpause"
"""A word for both: a pause within a rep where the clause says `top` or `bottom`, else a rest."""
_OR = "|"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class _Phrase(NamedTuple):
    """The texts of some tokens, and those that replace them."""

    written: tuple[str, ...]
    meant: tuple[str, ...]


_Table = dict[str, list[_Phrase]]
"""Phrases by the text of their first token, the longest first."""


class Vocabulary:
    """The words of one language.

    Attributes:
        spellings: Every word of its units and phrases, to mend misspelt ones.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        units: Mapping[str, str],
        phrases: Mapping[str, str],
        one: Iterable[str] = (),
    ) -> None:
        """Compile the tables of a language; phrases are found after numbers and units.

        In a phrase a blank stands between any two words or signs, but not around an apostrophe.

        Args:
            numbers: Number words, each a whole number.
            units: English nouns, and the words that stand for them with `|` between them.
            phrases: English words, and the phrases that stand for them with `|` between them.
            one: Words that are a one before a unit, and else say nothing.
        """
        self._numbers: _Table = {}
        self._units: _Table = {}
        self._phrases: _Table = {}
        self._ones = frozenset(map(fold_letters, one))
        spelt = " ".join((*units.values(), *phrases.values())).replace(_OR, " ").split()
        self.spellings = tuple(dict.fromkeys(word for word in spelt if word.isalpha()))
        for written, number in numbers.items():
            self._add(self._numbers, written, str(number))
        for meant, written in units.items():
            self._add(self._units, written, meant)
        self._add_phrases(phrases)

    def extend(self, phrases: Mapping[str, str]) -> Vocabulary:
        """The same vocabulary with more phrases; they win over equal ones."""
        made = copy(self)
        made._phrases = {first: list(found) for first, found in self._phrases.items()}
        made._add_phrases(phrases)
        return made

    def _add_phrases(self, phrases: Mapping[str, str]) -> None:
        for meant, written in phrases.items():
            self._add(self._phrases, written, meant)

    def _add(self, table: _Table, written: str, meant: str) -> None:
        """Add every spelling of what stands for a phrase, the longest first."""
        result = tuple(meant.split())
        spelt = dict.fromkeys((*written.split(_OR), *written.translate(_UMLAUTS).split(_OR)))
        for spelling in map(fold_letters, spelt):
            texts = tuple(spelling.replace("'", " ' ").split())  # as a line is split
            if table is self._phrases:
                tokens = [Token("word", text, 0, 0) for text in texts]
                for known in (self._numbers, self._units):
                    tokens = _replace_phrases(tokens, known)
                texts = tuple(token.text for token in tokens)
            choices = table.setdefault(texts[0], [])
            place = bisect_left(choices, -len(texts), key=lambda phrase: -len(phrase.written))
            choices.insert(place, _Phrase(texts, result))

    def translate(self, tokens: Iterable[Token]) -> list[Token]:
        """The tokens with the phrases of this language replaced by English ones."""
        found = list(tokens)
        for table in (self._numbers, self._units, self._phrases):
            found = _replace_phrases(found, table)
        while found and found[-1].text == "of":  # what is left of `30 segundos de` before a name
            found.pop()
        while found and found[0].text == "of":  # and of `je 20 Sek.` behind it
            del found[0]
        return _settle_pauses(_settle_holds(self._settle_ones(found)))

    def translate_text(self, text: str) -> str:
        """A short text in English words, a blank between each: of headings and values of keys."""
        return " ".join(token.text for token in self.translate(split_tokens(text)))

    def _settle_ones(self, tokens: list[Token]) -> list[Token]:
        """`eine` before `min` is a number."""
        return [
            token._replace(kind="number", text="1")
            if token.kind == "word" and fold_letters(token.text) in self._ones and _counts(after)
            else token
            for token, after in zip_longest(tokens, tokens[1:])
        ]


def fold_letters(text: str) -> str:
    """Lower case without accents: people leave them out."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


_COUNTED = frozenset(
    ("s", "min", "h", "reps", "sets", "set", "rounds", "km", "mi", "breaths", "steps", "kg", "lb")
)
_PLACES = frozenset(("top", "bottom"))


def _counts(after: Token | None) -> bool:
    return after is not None and after.text in _COUNTED


def _replace_phrases(tokens: list[Token], table: _Table) -> list[Token]:
    """Every phrase replaced, the longest that begins at a token first."""
    texts = [fold_letters(token.text) for token in tokens]
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        phrase = None if token.kind == "quote" else _find_phrase(tokens, texts, at, table)
        if phrase is None:
            found.append(token)
            at += 1
        else:
            end = at + len(phrase.written)
            found += _fill_phrase(tokens[at:end], phrase)
            at = end
    return found


def _find_phrase(
    tokens: Sequence[Token], texts: Sequence[str], at: int, table: _Table
) -> _Phrase | None:
    """The longest phrase at a token; one with this very number before one with any."""
    longest = None
    for first in (texts[at], SLOT) if tokens[at].kind == "number" else (texts[at],):
        for phrase in table.get(first, ()):  # the longest first
            if _fits_phrase(phrase, tokens, texts, at):
                if longest is None or len(phrase.written) > len(longest.written):
                    longest = phrase
                break
    return longest


def _fits_phrase(phrase: _Phrase, tokens: Sequence[Token], texts: Sequence[str], at: int) -> bool:
    if at + len(phrase.written) > len(tokens):
        return False
    for place, written in enumerate(phrase.written, at):
        if written != texts[place] and (written != SLOT or tokens[place].kind != "number"):
            return False
    return True


def _fill_phrase(tokens: Sequence[Token], phrase: _Phrase) -> list[Token]:
    """What replaces some tokens: numbers keep their places, words stand where they were written."""
    numbers = iter(tokens[n] for n, text in enumerate(phrase.written) if text == SLOT)
    slots = [tokens[n] for n, text in enumerate(phrase.written) if text == SLOT]
    found: list[Token] = []
    start, last = tokens[0].start, tokens[-1].end
    for text in phrase.meant:
        if text == SLOT:
            number = next(numbers)
            found.append(number)
            slots.remove(number)
            start = number.end
        else:
            end = max(start, slots[0].start if slots else last)
            kind = "number" if text[0].isdigit() else "word" if text[0].isalpha() else "sign"
            found.append(Token(kind, text, start, end))  # type: ignore[arg-type]
    return found


def _settle_holds(tokens: list[Token]) -> list[Token]:
    """A verb behind its sides before them: `20 s pro Bein halten` is `20 s hold each leg`."""
    found = list(tokens)
    for at in range(len(found) - 2):
        each, _, verb = found[at : at + 3]
        ends = at + 3 == len(found) or found[at + 3].text == ","
        if each.text == "each" and verb.text == "hold" and ends:
            found[at : at + 3] = [verb, *found[at : at + 2]]
    return found


def _settle_pauses(tokens: list[Token]) -> list[Token]:
    """Every word that is a rest or a pause settled by the words of its clause."""
    if all(token.text != REST_OR_PAUSE for token in tokens):
        return tokens
    clause: list[Token] = []
    found: list[Token] = []
    for token in (*tokens, None):
        if token is not None and token.text != ",":
            clause.append(token)
            continue
        meant = "pause" if _PLACES & {one.text for one in clause} else "rest"
        found += (one._replace(text=meant) if one.text == REST_OR_PAUSE else one for one in clause)
        found += [token] if token is not None else []
        clause = []
    return found
