"""Text made ready for a speech engine: what is not words becomes words, what cannot be said goes.

Engines misread much of what people write: espeak-ng says `30s` as "thirty z", `3x10` as "three ex
ten", `12-15` as "twelve dash fifteen", names every emoji, and crashes or falls silent on some
control characters. Digits stay digits: every engine reads them in its own language.

The work is a list of small steps, each from text to text, in an order that matters: a `1:30` must
be a time before its digits are looked at for anything else. Languages without a table here get
only the steps that need no words.
"""

from __future__ import annotations

import re
import unicodedata

from audioworkout.errors import UsageError
from audioworkout.voices.signwords import SIGN_WORDS, SignWords

VERSION = 1
"""Raised when any text would come out otherwise: kept clips are then spoken anew."""

MOST_CHARACTERS = 500
"""Longest line an engine is given, about half a minute of speech; 20 kB crash espeak-ng."""


_NUMBER = r"(?<![\d.,])(\d+(?:[.,]\d+)?)"
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}
_MATHS = frozenset("+=<>≤≥~≈±×")


def speakable(text: str, language: str = "en") -> str:
    """What an engine is given for `text` in `language` (a code such as `en` or `de-AT`).

    >>> speakable("Rest 45s, then 3x12-15 / side w/ 2.5kg 💪")
    'Rest 45 seconds, then 3 times 12 to 15 per side with 2.5 kilos'

    Raises:
        UsageError: Nothing in it can be said, or it is too long to be said in one go.
    """
    _check_length(text, text)
    said = _printable(text)
    words = SIGN_WORDS.get(re.split(r"[-_]", language.lower())[0])
    if words is not None:
        for step in _STEPS:
            said = step(said, words)
    said = _tidy(said)
    _check_length(said, text)
    if not any(character.isalnum() for character in said):
        raise UsageError(
            f"nothing can be said for {_shown(text)}", "Write it in letters or digits."
        )
    return said


def _check_length(said: str, text: str) -> None:
    if len(said) > MOST_CHARACTERS:
        raise UsageError(
            f"{_shown(text)} is {len(said)} characters long; one line may have {MOST_CHARACTERS}",
            "Split it into several lines.",
        )


def _shown(text: str) -> str:
    """The text for a message: its beginning, with what is not printable escaped."""
    return ascii(text[:40] + "…") if len(text) > 40 else ascii(text)


def _printable(text: str) -> str:
    """Composed, on one line, without control characters, lone surrogates, emoji or pictures."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_kept, unicodedata.normalize("NFC", text)))


def _kept(character: str) -> str:
    """The character itself, a space in place of what divides words, or nothing.

    Dropped by Unicode category: C* (control, format, surrogate, private, unassigned), So and Sk
    (emoji, skin tones, pictures), Me and the variation selectors (what makes a digit a key cap).
    """
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp") or character in "•·|\\":
        return " "
    if character == "°" or character in _VULGAR or character in _MATHS:
        return character
    if category[0] == "C" or category in ("So", "Sk", "Me") or "\ufe00" <= character <= "\ufe0f":
        return " " if category == "Cc" else ""
    return " " if category == "Sm" else character


def _vulgar(text: str, words: SignWords) -> str:
    """`1½` becomes `1 1/2`."""
    for sign, plain in _VULGAR.items():
        text = text.replace(sign, f" {plain}")
    return text


def _shorts(text: str, words: SignWords) -> str:
    """Abbreviations, in any case, where nothing of a word stands before or after them."""
    choices = "|".join(re.escape(short) for short in sorted(words.shorts, key=len, reverse=True))
    return re.sub(
        rf"(?<![\w/.])(?:{choices})(?!\w)",
        lambda found: f"{words.shorts[found[0].lower()]} ",
        text,
        flags=re.IGNORECASE,
    )


def _numbered(text: str, words: SignWords) -> str:
    """`No. 3`, `Nr. 3`, `n.º 3`, `n° 3`."""
    return re.sub(
        r"(?<!\w)(?:n[or]\.|n\.?[º°]) ?(?=\d)", f"{words.signs['#']} ", text, flags=re.IGNORECASE
    )


def _tempo(text: str, words: SignWords) -> str:
    """`2-0-2-0` is four numbers, not a range."""
    return re.sub(r"\d+(?:[-–]\d+){2,}", lambda found: re.sub(r"[-–]", " ", found[0]), text)


def _clocks(text: str, words: SignWords) -> str:
    """`1:30` and `1m30s` are lengths, in minutes and seconds."""

    def said(found: re.Match[str]) -> str:
        parts = ((found[1], "min"), (found[2], "s"))
        said = [_amount(figure, unit, words) for figure, unit in parts if int(figure)]
        return " ".join(said) or _amount("0", "s", words)

    text = re.sub(r"(?<![\d:])(\d{1,3}):([0-5]\d)(?![\d:])", said, text)
    return re.sub(r"(?<!\w)(\d{1,3}) ?m(?:in)? ?([0-5]?\d) ?s\b", said, text)


def _times(text: str, words: SignWords) -> str:
    """`3x10`, `3 × 10`, and `8x` alone."""
    return re.sub(r"(?<=\d) ?[xX×](?= ?\d|\s|$)", f" {words.times} ", text)


def _ranges(text: str, words: SignWords) -> str:
    """`12-15` and `12 – 15`."""
    return re.sub(r"(?<=\d) ?[-–—] ?(?=\d)", f" {words.to} ", text)


def _fractions(text: str, words: SignWords) -> str:
    """`3/4`, `1 1/2`, and `3/10` as so many of so many."""

    def said(found: re.Match[str]) -> str:
        whole, upper, lower = found.groups()
        if (name := words.fractions.get(f"{upper}/{lower}")) is None:
            return f"{whole or ''}{upper} {words.out_of} {lower}"
        return f"{whole}{words.with_half} {name}" if whole else name

    return re.sub(r"(?<![\d/])(\d+ +)?(\d+) ?[/⁄] ?(\d+)(?![\d/])", said, text)


def _units(text: str, words: SignWords) -> str:
    """`60kg`, `30 s`, `10 %`; a dot that only marks the abbreviation goes with it."""
    choices = "|".join(sorted(words.units, key=len, reverse=True))
    return re.sub(
        rf"{_NUMBER} ?({choices})(?!\w)(\.(?= [a-z\d]))?",
        lambda found: _amount(found[1], found[2].lower(), words),
        text,
        flags=re.IGNORECASE,
    )


def _amount(figure: str, unit: str, words: SignWords) -> str:
    one, many = words.units[unit]
    whole = str(int(figure)) if figure.isdecimal() else figure
    return one if whole == "1" else f"{whole} {many}"


def _slashes(text: str, words: SignWords) -> str:
    """`12/side` and `30s/side` are rates, `left/right` is a choice."""
    counted = rf"({_NUMBER} ?(?:{'|'.join(words.units)})?)"
    text = re.sub(rf"{counted} */ *(?=[^\W\d])", rf"\1 {words.per} ", text)
    text = re.sub(r"(?<=\w) */ *(?=\w)", f" {words.either} ", text)
    return text.replace("/", " ")


def _dashes(text: str, words: SignWords) -> str:
    """A dash or an arrow between words is a pause; a hyphen within one is left."""
    return re.sub(r"\s*(?:[-=]>|\s[-–—]+\s|[–—])\s*", ", ", text)


def _signs(text: str, words: SignWords) -> str:
    """Signs by their names; a minus stays, engines know it."""
    return re.sub(
        "[" + re.escape("".join(words.signs)) + "]",
        lambda found: f" {words.signs[found[0]]} ",
        text,
    )


def _tidy(text: str) -> str:
    """No marks that engines name aloud, single spaces, none before a stop."""
    text = re.sub(r"[*_^`\[\]{}]+|^[\s,.;:/-]+(?=\s)", " ", text)
    return re.sub(r"\s+(?=[,.;:!?](?:\s|$))", "", " ".join(text.split()))


_STEPS = (
    _vulgar,
    _shorts,
    _numbered,
    _tempo,
    _clocks,
    _fractions,
    _times,
    _ranges,
    _slashes,
    _units,
    _dashes,
    _signs,
)
