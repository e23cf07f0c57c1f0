"""Normalizes text for a speech engine: symbols become words, unpronounceable characters go.

Engines misread much of what people write: espeak-ng says `30s` as "thirty z", `3x10` as "three ex
ten", `12-15` as "twelve dash fifteen", names every emoji, and crashes or falls silent on some
control characters. Digits stay digits: every engine reads them in its own language.

The work is a list of small steps, each from text to text, whose order matters: `1:30` must be
recognised as a time before its digits are read as anything else. Languages without a table get only
the steps that need no words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from audioworkout.errors import UsageError
from audioworkout.languages import LANGUAGES, load_sign_words
from audioworkout.languages.tables import NormalizationTable

NORMALIZING_VERSION = 2
"""To be raised whenever the output for any text changes: cached clips are then spoken again."""

MOST_CHARACTERS = 500
"""Maximum length of a line, about half a minute of speech; 20 kB crash espeak-ng."""


_NUMBER = r"(?<![\d.,])(\d+(?:[.,]\d+)?)"
_VULGAR = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_MATHS = frozenset("+=<>≤≥~≈±×")
_TYPED = {"−": "-", "⁄": "/"}
"""Mathematical symbols with an equal on keyboards."""
_SPACES = {"\u202f": "\u00a0", "\u00a0": "\u00a0"}
"""No-break spaces, which join what is around them: `1 000` is one number."""
_SEPARATORS = "•·|\\"
_PRIMES = {"′": "'", "″": '"'}

_PARTS = {"h": "h", "min": "min", "s": "s", "prime": "'", "second": '"'}
"""The unit of each part of a length, by its group name in `_LENGTHS`."""

_MINUTES = r"(?:m|mn|mins?)"
_LENGTHS = (
    r"(?<![\d:])(?P<h>\d{1,2}):(?P<min>[0-5]\d):(?P<s>[0-5]\d)(?![\d:])",
    r"(?<![\d:])(?P<min>\d{1,3}):(?P<s>[0-5]\d)(?![\w:]| ?(?:[ap]\.?m\b|uhr\b))",
    rf"(?<![\w.,])(?P<h>\d{{1,2}}) ?(?:h|hrs?|std\.?) ?(?P<min>[0-5]?\d) ?{_MINUTES}"
    r"(?: ?(?P<s>[0-5]?\d) ?s)?(?!\w)(?:\.(?= [a-z\d]))?",
    r"(?<![\w.,])(?P<h>\d{1,2})h(?P<min>[0-5]\d)(?!\w)",
    rf"(?<!\w)(?P<min>\d{{1,3}}) ?{_MINUTES} ?(?P<s>[0-5]?\d) ?s\b",
    r"(?<!\w)(?P<min>\d{1,3})(?:min|mn)(?P<s>[0-5]\d)(?!\w)",
    r"(?<!\w)(?P<prime>\d{1,2})['’](?P<second>\d{1,2})[\"”]",
)
"""Patterns of lengths in two or three parts, in the order in which they are tried."""


def normalize_text(text: str, language: str = "en") -> str:
    """The text to give to an engine for `text` in `language` (a code such as `en` or `de-AT`).

    >>> normalize_text("Rest 45s, then 3x12-15 / side w/ 2.5kg 💪")
    'Rest 45 seconds, then 3 times 12 to 15 per side with 2.5 kilos'

    Raises:
        UsageError: Nothing in it can be spoken, or it is too long for one line.
    """
    _check_text_length(text, text)
    spoken = _clean_text(text)
    code = re.split(r"[-_]", language.lower())[0]
    words = load_sign_words(code) if code in LANGUAGES else None
    if words is not None:
        for step in _STEPS:
            spoken = step(spoken, words)
    spoken = _tidy_spaces(spoken)
    _check_text_length(spoken, text)
    if not any(character.isalnum() for character in spoken):
        raise UsageError(
            f"nothing can be said for {_text_for_message(text)}", "Write it in letters or digits."
        )
    return spoken


def _check_text_length(spoken: str, text: str) -> None:
    if len(spoken) > MOST_CHARACTERS:
        raise UsageError(
            f"{_text_for_message(text)} is {len(spoken)} characters long; "
            f"one line may have {MOST_CHARACTERS}",
            "Split it into several lines.",
        )


def _text_for_message(text: str) -> str:
    """The beginning of a text, for a message, with unprintable characters escaped."""
    return ascii(text[:40] + "…") if len(text) > 40 else ascii(text)


def _clean_text(text: str) -> str:
    """The text in NFC on one line, without control characters, lone surrogates and emoji."""
    if text.isascii() and text.isprintable() and not any(sign in text for sign in _SEPARATORS):
        return text
    return "".join(map(_keep_character, unicodedata.normalize("NFC", text)))


def _keep_character(character: str) -> str:
    """The character itself, a space for a separator, or nothing.

    Removed by Unicode category: C* (control, format, surrogate, private, unassigned), So and Sk
    (emoji, skin tones, pictures), Me and the variation selectors (parts of key cap emoji).
    """
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zl", "Zp") or character in _SEPARATORS:
        return _SPACES.get(character, " ")
    if character in _TYPED:
        return _TYPED[character]
    if character == "°" or character in _VULGAR or character in _MATHS:
        return character
    if category[0] == "C" or category in ("So", "Sk", "Me") or "\ufe00" <= character <= "\ufe0f":
        return " " if category == "Cc" else ""
    return " " if category == "Sm" else character


def _normalize_fractions_signs(text: str, words: NormalizationTable) -> str:
    """`1½` becomes `1 1/2`, `.5` becomes `0.5`, and prime marks become those of keyboards."""
    for sign, plain in _VULGAR.items():
        text = text.replace(sign, f" {plain}")
    text = re.sub(r"(?<![\w.,])\.(?=\d)", "0.", text)
    for sign, plain in _PRIMES.items():
        text = text.replace(sign, plain)
    return re.sub(r"(?<=\d)''", '"', text)


def _remove_quotes(text: str, words: NormalizationTable) -> str:
    """Remove quotation marks, which are not spoken, before `6"` is looked for."""
    text = re.sub(r'(?<!\w)"([^"]*)"', r"\1", text)
    return re.sub(r"(?<!\w)'([^']*)'(?!\w)", r"\1", text)


def _join_thousands(text: str, words: NormalizationTable) -> str:
    """`1 000` becomes `1000`, with a no-break space or in languages that group digits by spaces."""
    space = "[ \u00a0]" if words.spaced else "\u00a0"
    grouped = rf"(?<![\d.,])\d{{1,3}}(?:(?:{space}\d{{3}})+| 000)(?![\d.,]?\d)"
    text = re.sub(grouped, lambda found: re.sub("[ \u00a0]", "", found[0]), text)
    return text.replace("\u00a0", " ")


def _expand_abbreviations(text: str, words: NormalizationTable) -> str:
    """Expand abbreviations, in any case, that stand alone as a word.

    `w/` may be followed by a word. After a number an abbreviation may be a unit: `5 min.`, but not
    `min. 5`.
    """

    def expand(found: re.Match[str]) -> str:
        short = found[0].lower()
        if short.rstrip("./") in words.units and re.search(r"\d ?$", text[: found.start()]):
            return found[0]
        return f"{words.shorts[short]} "

    longest_first = sorted(words.shorts, key=len, reverse=True)
    before = "|".join(re.escape(short) for short in longest_first if short.endswith("/"))
    others = "|".join(re.escape(short) for short in longest_first if not short.endswith("/"))
    pattern = rf"(?<![\w/.])(?:(?:{others})(?!\w){f'|{before}' if before else ''})"
    text = re.sub(pattern, expand, text, flags=re.IGNORECASE)
    for many, one in words.single.items():
        text = re.sub(rf"(?<![\d.,/])1 {many}\b", one, text)
    return text


def _expand_numero(text: str, words: NormalizationTable) -> str:
    """`No. 3`, `Nr. 3`, `n.º 3`, `n° 3`."""
    return re.sub(
        r"(?<!\w)(?:n[or]\.|n\.?[º°]) ?(?=\d)", f"{words.signs['#']} ", text, flags=re.IGNORECASE
    )


def _expand_inches(text: str, words: NormalizationTable) -> str:
    """`12in` and `12 in.` are inches if `in` is a unit; `12 in a row` and `4 in, 6 out` are not."""
    if "in" not in words.units:
        return text
    return re.sub(
        r"(?<=\d)(?:in(?!\w)\.?(?! ?$)|in(?!\w)| in(?=\.?(?:\)|$))| in\.(?= [a-z\d]))", '"', text
    )


def _expand_tempo(text: str, words: NormalizationTable) -> str:
    """`2-0-2-0`, `4/2/1` and `20X0` are read digit by digit, not as ranges, choices or products.

    Two digits before a capital X and a small digit after it are a tempo, `10x3` is sets. Commas
    prevent the X from being read as a multiplication.
    """
    text = re.sub(
        r"(?<!\w)(?:(?<=tempo )[\dx]{4}|(?<=tempo: )[\dx]{4}|\d\dx0|(?-i:[2-9]\dX[0-2]))(?!\w)",
        lambda found: (", " if "x" in found[0].lower() else " ").join(found[0].upper()),
        text,
        flags=re.IGNORECASE,
    )
    listed = r"(?<![\d/.,])\d+(?:(?:[-–]\d+){2,}|(?: ?/ ?\d+){2,})(?! ?/? ?\d)"
    return re.sub(listed, lambda found: re.sub(r" ?[-–/] ?", " ", found[0]), text)


def _expand_ranges(text: str, words: NormalizationTable) -> str:
    """`12-15`, `12 – 15`, `5kg-10kg`, `1:30-2:00`; but `1-1/2` is one and a half."""
    text = re.sub(r"(?<![\d/.,])(\d+)-(?=([1-9])/(?!\2)[2-9](?![\d/]))", r"\1 ", text)
    lower = rf"(\d(?: ?(?:{_unit_pattern(words)}))?) ?[-–—] ?(?=\d)"
    return re.sub(lower, rf"\1 {words.to} ", text, flags=re.IGNORECASE)


def _expand_clocks(text: str, words: NormalizationTable) -> str:
    """`1:30`, `1:30:00`, `1h30`, `1h 30m`, `1m30s`, `5'10"`: lengths of two or three parts."""

    def expand(found: re.Match[str]) -> str:
        parts = {unit: figure for unit, figure in found.groupdict().items() if figure}
        lengths = [
            _amount_words(str(int(figure)), _PARTS[unit], words)
            for unit, figure in parts.items()
            if int(figure)
        ]
        return " ".join(lengths) or _amount_words("0", _PARTS[list(parts)[-1]], words)

    for pattern in _LENGTHS:
        text = re.sub(pattern, expand, text, flags=re.IGNORECASE)
    return text


def _expand_rates(text: str, words: NormalizationTable) -> str:
    """`12/side`, `3x12/side`, `5x/side`, `½/side`, `12 reps/side`: an amount per side.

    If the word before the slash is not a unit, only known rates are expanded: `3 left/right` is a
    choice, and so is `12 arm/leg raises`; `1 rep/s` is not.
    """

    def expand(found: re.Match[str]) -> str:
        amount, others, by = found.groups()
        plain = (others or "").split()[-1:]
        name = words.rates.get(by.lower())
        if plain and (
            name is None or (name.lower() == by.lower() and plain[0].lower() in words.rates)
        ):
            return found[0]
        return f"{amount}{others or ''} {words.per} {name or by}"

    unit = rf"(?: ?(?:{_unit_pattern(words)}|[x×])(?!\w)\.?)?"
    amount = rf"((?<![\d.,/])(?<![^\W\dx])\d+(?:[.,]\d+)?(?: ?/ ?\d+)?{unit})"
    others = r"((?: [^\W\d][\w'-]*){1,3})?"
    by = r"([^\W\d]+)(?:\.(?= [a-z\d]))?"
    return re.sub(rf"{amount}{others} */ *{by}", expand, text, flags=re.IGNORECASE)


def _join_mixed_numbers(text: str, words: NormalizationTable) -> str:
    """`1 1/2 h` becomes `1.5 h`, with which the unit's plural is right in every language."""

    def expand(found: re.Match[str]) -> str:
        whole, upper, lower = (int(figure or 0) for figure in found.groups())
        value = f"{whole + upper / lower:.{3 if lower == 8 else 2}f}".rstrip("0").rstrip(".")
        return value.replace(".", words.point)

    fraction = r"(?<![\d/.,])(?:(\d{1,3}) +)?(\d{1,2}) ?[/⁄] ?([2-9]|10)"
    return re.sub(
        rf"{fraction}(?= ?(?:{_unit_pattern(words)})(?!\w))", expand, text, flags=re.IGNORECASE
    )


def _expand_times_signs(text: str, words: NormalizationTable) -> str:
    """`3x10`, `3 × 10`, `20kg x 5`, and `8x` alone."""
    counted = rf"(\d(?: ?(?:{_unit_pattern(words)}))?) ?[xX×]"
    text = re.sub(rf"{counted}(?= ?[\d(])", rf"\1 {words.times} ", text, flags=re.IGNORECASE)
    return re.sub(rf"{counted}(?=\s|$)", rf"\1 {words.often} ", text, flags=re.IGNORECASE)


def _expand_fractions(text: str, words: NormalizationTable) -> str:
    """`3/4`, `1 1/2`, and `3/10` as "3 of 10"; `90/90` and `20/10` are two numbers."""

    def expand(found: re.Match[str]) -> str:
        whole, upper, lower = found.groups()
        if (name := words.fractions.get(f"{upper}/{lower}")) is None:
            if int(upper) > int(lower) or int(upper) == int(lower) != 10:  # 10/10 is a rating
                return f"{whole or ''}{upper} {lower}"
            return f"{whole or ''}{upper} {words.out_of} {lower}"
        return f"{whole}{words.with_half} {name}" if whole else name

    return re.sub(r"(?<![\d/])(\d+ +)?(\d+) ?[/⁄] ?(\d+)(?![\d/])", expand, text)


def _expand_units(text: str, words: NormalizationTable) -> str:
    """`60kg`, `30 s`, `5-lb`, `10 %`; with the dot of an abbreviation."""
    return re.sub(
        rf"{_NUMBER}[ -]?({_unit_pattern(words)})(?!\w)(\.(?= [a-z\d]))?",
        lambda found: _amount_words(found[1], found[2].lower(), words),
        text,
        flags=re.IGNORECASE,
    )


def _amount_words(figure: str, unit: str, words: NormalizationTable) -> str:
    one, many = words.units[unit]
    return one if figure == "1" else f"{figure} {many}"


def _unit_pattern(words: NormalizationTable) -> str:
    """The units as a pattern, without `in`, which is usually a preposition."""
    return _pattern_of(tuple(words.units))


@lru_cache(maxsize=len(LANGUAGES))
def _pattern_of(units: tuple[str, ...]) -> str:
    longest_first = sorted({*units} - {"in"}, key=lambda unit: (-len(unit), unit))
    return "|".join(map(re.escape, longest_first))


def _expand_slashes(text: str, words: NormalizationTable) -> str:
    """`left/right` is a choice; `30s/30s` and `40 s on/20 s off` are sequences."""
    same = rf"(\d ?({_unit_pattern(words)})(?: [^\W\d]+)?) */ *(?=\d+(?:[.,]\d+)? ?\2(?!\w))"
    text = re.sub(same, r"\1, ", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\w) */ *(?=\w)", f" {words.either} ", text)
    return text.replace("/", " ")


def _expand_dashes(text: str, words: NormalizationTable) -> str:
    """A dash or an arrow between words becomes a comma; a hyphen within a word stays."""
    return re.sub(r"\s*(?:[-=]>|\s[-–—]+\s|[–—])\s*", ", ", text)


def _expand_signs(text: str, words: NormalizationTable) -> str:
    """Replace symbols by their names; a minus stays, because engines read it."""
    return re.sub(
        "[" + re.escape("".join(words.signs)) + "]",
        lambda found: f" {words.signs[found[0]]} ",
        text,
    )


def _tidy_spaces(text: str) -> str:
    """Remove characters that engines name aloud, and extra spaces."""
    text = re.sub(r"[*_^`\[\]{}]+|^[\s,.;:/-]+(?=\s)", " ", text)
    return re.sub(r"\s+(?=[,.;:!?](?:\s|$))", "", " ".join(text.split()))


_STEPS = (
    _normalize_fractions_signs,
    _remove_quotes,
    _join_thousands,
    _expand_abbreviations,
    _expand_numero,
    _expand_inches,
    _expand_tempo,
    _expand_ranges,
    _expand_clocks,
    _expand_rates,
    _join_mixed_numbers,
    _expand_fractions,
    _expand_times_signs,
    _expand_slashes,
    _expand_units,
    _expand_dashes,
    _expand_signs,
)
