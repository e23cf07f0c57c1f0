"""Spells words otherwise, for voices, where they would be said wrong.

The natural voice gets phonemes: its package reads `[word](/phonemes/)` in a text. They are misaki's
alphabet: the IPA, with `A` as in say, `I` as in my, `O` as in go, `W` as in now. espeak-ng gets
English loan words as German, Spanish or French would spell their sound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SOUNDS: Mapping[str, str] = {
    "biceps": "bˈIsɛps",
    "bodyweight": "bˈɑdiwˌAt",
    "bulgarian": "bʌlɡˈɛɹiən",
    "burpee": "bˈɜɹpi",
    "burpees": "bˈɜɹpiz",
    "deadlift": "dˈɛdlˌɪft",
    "deadlifts": "dˈɛdlˌɪfts",
    "elliptical": "ɪlˈɪptɪkᵊl",
    "forty": "fˈɔɹti",
    "get-up": "ɡˈɛTˌʌp",
    "get-ups": "ɡˈɛTˌʌps",
    "kettlebell": "kˈɛtᵊlbˌɛl",
    "kettlebells": "kˈɛtᵊlbˌɛlz",
    "pulldown": "pˈʊldˌWn",
    "pulldowns": "pˈʊldˌWnz",
    "rock-back": "ɹˈɑkbˌæk",
    "self-resisted": "sˌɛlf ɹəzˈɪstᵻd",
    "triceps": "tɹˈIsɛps",
}
"""Phonemes by word, in lower case.

These are the words in names, cues and phrases that its rules guess wrong (without the second stress
of a compound, or with a short "i"), and those of its lexicon that a recogniser takes for other
words until they are said so (`scripts/recognise.py --names --counts`).
"""

LOAN_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "burpee": "Börpi",
        "burpees": "Börpis",
        "crunch": "Krantsch",
        "crunches": "Krantsches",
        "curl": "Körl",
        "curls": "Körls",
        "hammercurls": "Hammer-Körls",
        "bizepscurls": "Bizeps-Körls",
        "langhantelcurls": "Langhantel-Körls",
        "crosstrainer": "Krosstrehner",
        "devil": "Dewwel",
        "dip": "Dipp",
        "dips": "Dipps",
        "face": "Fehs",
        "reverse": "Riwörs",
        "flys": "Fleis",
        "good": "Gudd",
        "jacks": "Dschäcks",
        "kettlebell": "Kettelbell",
        "landmine": "Ländmein",
        "muscle": "Massel",
        "plank": "Plänk",
        "sit": "Sitt",
        "spiderman": "Spaidermän",
        "sprawls": "Sprohls",
        "superman": "Supermän",
        "squat": "Squott",
        "squats": "Squotts",
        "step": "Stepp",
        "thrust": "Trast",
        "thrusts": "Trasts",
        "thruster": "Traster",
        "up": "App",
        "ups": "Apps",
        "walk": "Wohk",
    },
    "es": {
        "burpee": "burpi",
        "burpees": "burpis",
        "crunch": "cranch",
        "face": "feis",
        "hip": "jip",
        "thrust": "trast",
        "thruster": "tráster",
        "hollow": "jólou",
        "jack": "yak",
        "jumping": "yámping",
        "jacks": "yaks",
        "pull": "pul",
        "skipping": "skíping",
    },
    "fr": {
        "assault": "assolte",
        "climbers": "claïmeurz",
        "dips": "dipse",
        "goblet": "goblette",
        "jack": "djak",
        "jacks": "djax",
        "landmine": "landemaïne",
        "devil": "dévil",
        "monster": "monsteur",
        "muscle-up": "meussele-up",
        "rope": "raupe",
        "russian": "reuchane",
        "sit": "sitte",
        "spiderman": "spaïdermane",
        "split": "splitte",
        "squat": "squatte",
        "squats": "squattes",
    },
}
"""What is spelt instead of an English word for espeak-ng, by language and word in lower case.

Checked by the phonemes that the library tells of them. A word with hyphens is looked up whole and
then part by part. Left out is what espeak-ng says well enough: in French most words, since it
passes them on to its English.
"""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PARTS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d{16,}")
"""Numbers of more digits than there are number words for; the phonemizer fails on them."""


_LETTERS = re.compile(r"(?<=\b[A-Z])-(?=[A-Z][a-z])")
"""The hyphen behind a single letter: "A-Skips" is said as one word, with a stress on "A" only."""


def respell(text: str) -> str:
    """Add phonemes to a text that `normalize_text` made, and split what cannot be read as one word.

    >>> respell("9" * 16)
    '9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9'
    """
    text = _FIGURES.sub(lambda found: " ".join(found[0]), text)
    text = _LETTERS.sub(" ", text)
    return _WORDS.sub(_sounded, text)


def _sounded(found: re.Match[str]) -> str:
    sound = SOUNDS.get(found[0].lower())
    return f"[{found[0]}](/{sound}/)" if sound else found[0]


def respell_loan_words(text: str, language: str) -> str:
    """Spell English loan words as `language` (a code such as `de`) would write their sound.

    >>> respell_loan_words("Next a front squat, then Sit-ups", "de")
    'Next a front Squott, then Sitt-Apps'
    """
    spellings = LOAN_WORDS.get(language)
    if spellings is None:
        return text

    def spell(found: re.Match[str]) -> str:
        return spellings.get(found[0].lower(), found[0])

    def spell_whole_or_parts(found: re.Match[str]) -> str:
        return spellings.get(found[0].lower()) or _PARTS.sub(spell, found[0])

    return _WORDS.sub(spell_whole_or_parts, text)
