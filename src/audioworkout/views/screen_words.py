"""Words that are seen and not spoken: the labels of the page and the plot, in four languages.

What is spoken comes from `phrases`; a view knows only the timeline, and labels it in its language.
"""

from __future__ import annotations

from collections.abc import Mapping

from audioworkout.languages import LANGUAGES, load_screen_words

FALLBACK = "en"


def language_for(language: str) -> str:
    """The code of the language labels come in: an unknown one is English, a region is left out.

    >>> language_for("de-AT"), language_for("eo")
    ('de', 'en')
    """
    code = language.replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else FALLBACK


def words_for(language: str) -> Mapping[str, str]:
    """The labels of a language."""
    return load_screen_words(language_for(language))


def count_label(words: Mapping[str, str], key: str, n: int) -> str:
    """`n` of something in figures.

    >>> count_label(words_for("en"), "reps", 1), count_label(words_for("de"), "steps", 20)
    ('1 rep', '20 Schritte')
    """
    return words[f"{key}.{'one' if n == 1 else 'other'}"].format(n=n)
