"""What signs, units, fractions and abbreviations are called in each language: data for speakable.

A language is added by one more entry; without one, its texts get only the steps that need no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class SignWords(NamedTuple):
    """What signs are called in one language.

    `units` gives for each unit the words for exactly one of it, and for any other number. `signs`
    are replaced wherever they stand, `shorts` (abbreviations, lower case) where they are a word.
    """

    to: str
    times: str
    out_of: str
    per: str
    either: str
    with_half: str
    units: Mapping[str, tuple[str, str]]
    fractions: Mapping[str, str]
    signs: Mapping[str, str]
    shorts: Mapping[str, str]


SIGN_WORDS: Mapping[str, SignWords] = {
    "en": SignWords(
        to="to",
        times="times",
        out_of="of",
        per="per",
        either="or",
        with_half="and",
        units={
            "kg": ("one kilo", "kilos"),
            "lb": ("one pound", "pounds"),
            "lbs": ("one pound", "pounds"),
            "ft": ("one foot", "feet"),
            "m": ("one metre", "metres"),
            "cm": ("one centimetre", "centimetres"),
            "km": ("one kilometre", "kilometres"),
            "s": ("one second", "seconds"),
            "sec": ("one second", "seconds"),
            "secs": ("one second", "seconds"),
            "min": ("one minute", "minutes"),
            "mins": ("one minute", "minutes"),
            "h": ("one hour", "hours"),
            "hr": ("one hour", "hours"),
            "hrs": ("one hour", "hours"),
            "%": ("one percent", "percent"),
            "°": ("one degree", "degrees"),
        },
        fractions={
            "1/2": "one half",
            "1/3": "one third",
            "2/3": "two thirds",
            "1/4": "one quarter",
            "3/4": "three quarters",
        },
        signs={
            "&": "and",
            "+": "plus",
            "=": "equals",
            "<": "less than",
            ">": "more than",
            "≤": "at most",
            "≥": "at least",
            "~": "about",
            "≈": "about",
            "±": "plus or minus",
            "@": "at",
            "#": "number",
        },
        shorts={
            "and/or": "or",
            "w/o": "without",
            "w/": "with",
            "e.g.": "for example",
            "i.e.": "that is",
            "vs.": "versus",
            "vs": "versus",
            "approx.": "about",
        },
    ),
    "de": SignWords(
        to="bis",
        times="mal",
        out_of="von",
        per="pro",
        either="oder",
        with_half="und",
        units={
            "kg": ("ein Kilo", "Kilo"),
            "lb": ("ein Pfund", "Pfund"),
            "lbs": ("ein Pfund", "Pfund"),
            "ft": ("ein Fuß", "Fuß"),
            "m": ("ein Meter", "Meter"),
            "cm": ("ein Zentimeter", "Zentimeter"),
            "km": ("ein Kilometer", "Kilometer"),
            "s": ("eine Sekunde", "Sekunden"),
            "sek": ("eine Sekunde", "Sekunden"),
            "min": ("eine Minute", "Minuten"),
            "h": ("eine Stunde", "Stunden"),
            "std": ("eine Stunde", "Stunden"),
            "%": ("ein Prozent", "Prozent"),
            "°": ("ein Grad", "Grad"),
        },
        fractions={
            "1/2": "ein halb",
            "1/3": "ein Drittel",
            "2/3": "zwei Drittel",
            "1/4": "ein Viertel",
            "3/4": "drei Viertel",
        },
        signs={
            "&": "und",
            "+": "plus",
            "=": "gleich",
            "<": "weniger als",
            ">": "mehr als",
            "≤": "höchstens",
            "≥": "mindestens",
            "~": "etwa",
            "≈": "etwa",
            "±": "plus minus",
            "@": "bei",
            "#": "Nummer",
        },
        shorts={
            "und/oder": "oder",
            "z. b.": "zum Beispiel",
            "z.b.": "zum Beispiel",
            "d. h.": "das heißt",
            "d.h.": "das heißt",
            "ca.": "etwa",
            "bzw.": "beziehungsweise",
            "ggf.": "gegebenenfalls",
            "evtl.": "eventuell",
            "usw.": "und so weiter",
            "wdh.": "Wiederholungen",
        },
    ),
    "es": SignWords(
        to="a",
        times="por",
        out_of="de",
        per="por",
        either="o",
        with_half="y",
        units={
            "kg": ("un kilo", "kilos"),
            "lb": ("una libra", "libras"),
            "lbs": ("una libra", "libras"),
            "ft": ("un pie", "pies"),
            "m": ("un metro", "metros"),
            "cm": ("un centímetro", "centímetros"),
            "km": ("un kilómetro", "kilómetros"),
            "s": ("un segundo", "segundos"),
            "seg": ("un segundo", "segundos"),
            "min": ("un minuto", "minutos"),
            "h": ("una hora", "horas"),
            "%": ("uno por ciento", "por ciento"),
            "°": ("un grado", "grados"),
        },
        fractions={
            "1/2": "medio",
            "1/3": "un tercio",
            "2/3": "dos tercios",
            "1/4": "un cuarto",
            "3/4": "tres cuartos",
        },
        signs={
            "&": "y",
            "+": "más",
            "=": "igual a",
            "<": "menos de",
            ">": "más de",
            "≤": "como máximo",
            "≥": "al menos",
            "~": "unos",
            "≈": "unos",
            "±": "más o menos",
            "@": "a",
            "#": "número",
        },
        shorts={
            "y/o": "o",
            "p. ej.": "por ejemplo",
            "p.ej.": "por ejemplo",
            "aprox.": "unos",
            "etc.": "etcétera",
        },
    ),
    "fr": SignWords(
        to="à",
        times="fois",
        out_of="sur",
        per="par",
        either="ou",
        with_half="et",
        units={
            "kg": ("un kilo", "kilos"),
            "lb": ("une livre", "livres"),
            "lbs": ("une livre", "livres"),
            "ft": ("un pied", "pieds"),
            "m": ("un mètre", "mètres"),
            "cm": ("un centimètre", "centimètres"),
            "km": ("un kilomètre", "kilomètres"),
            "s": ("une seconde", "secondes"),
            "sec": ("une seconde", "secondes"),
            "min": ("une minute", "minutes"),
            "h": ("une heure", "heures"),
            "%": ("un pour cent", "pour cent"),
            "°": ("un degré", "degrés"),
        },
        fractions={
            "1/2": "un demi",
            "1/3": "un tiers",
            "2/3": "deux tiers",
            "1/4": "un quart",
            "3/4": "trois quarts",
        },
        signs={
            "&": "et",
            "+": "plus",
            "=": "égale",
            "<": "moins de",
            ">": "plus de",
            "≤": "au plus",
            "≥": "au moins",
            "~": "environ",
            "≈": "environ",
            "±": "plus ou moins",
            "@": "à",
            "#": "numéro",
        },
        shorts={
            "et/ou": "ou",
            "p. ex.": "par exemple",
            "p.ex.": "par exemple",
            "c.-à-d.": "c'est-à-dire",
            "env.": "environ",
            "etc.": "et cetera",
        },
    ),
}
