"""Exercises written in German, Spanish or French: their keys, values and kit, read and written.

What is written here (`localize_exercise_form`) is read by `translate_exercise` to the same
exercise. Sentences and names are anybody's words and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from audioworkout.languages.exercise_files import CHOICES, load_exercise_words
from audioworkout.languages.written import WRITTEN, load_written
from audioworkout.model.exercise import Kit
from audioworkout.notation import Wording
from audioworkout.reading.nodes import List, Map, Node, Text
from audioworkout.reading.vocabularies import fold_key, load_keys

_BREATH_PARTS = {"effort": "with effort", "return": "on return"}
"""The keys within `breathing`, and how the tables call them."""
_WORDS = (*CHOICES, "muscles")
"""Keys whose values have words of their own."""
_EXERCISES = ("easier", "harder", "without_kit", "counted")
"""Keys whose value is the name of an exercise."""

ExerciseData = dict[str, Any]


@lru_cache(maxsize=len(WRITTEN))
def _load_exercise_keys(language: str) -> dict[str, str]:
    """English keys of an exercise by those of a language, as `fold_key` makes them."""
    keys = load_exercise_words(language).KEYS
    parts = _BREATH_PARTS.values()
    return _invert({meant: words for meant, words in keys.items() if meant not in parts})


@lru_cache(maxsize=len(WRITTEN))
def _load_exercise_values(language: str) -> dict[str, dict[str, str]]:
    """English words of values by those of a language, for each key."""
    values = load_exercise_words(language).VALUES
    return {key: _invert(words) for key, words in values.items()}


@lru_cache(maxsize=1)
def _load_kit_names() -> dict[str, str]:
    """Kit by what it is called in every language but English."""
    found: dict[str, str] = {}
    for language in WRITTEN:
        for name, kit in _invert(load_exercise_words(language).KIT).items():
            found.setdefault(name, kit)
    return found


@lru_cache(maxsize=1)
def _load_kit_articles() -> frozenset[str]:
    """Words before a thing that say nothing: `eine Matte`, `una silla`, `un tapis`."""
    return frozenset(fold_key(one) for language in WRITTEN for one in load_written(language).ONES)


@lru_cache(maxsize=1)
def _load_optional_words() -> tuple[str, ...]:
    """What says in any language that kit may be left out, the longest first."""
    words = [one for code in WRITTEN for one in load_exercise_words(code).OPTIONAL.split("|")]
    return tuple(sorted(map(fold_key, words), key=len, reverse=True))


def _invert(table: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meant, written in table.items():
        for one in written.split("|"):
            found.setdefault(fold_key(one), meant)
    return found


def find_kit(name: str) -> str | None:
    """The key of kit by a name in another language than English; None if it is in none.

    >>> find_kit("Kurzhanteln"), find_kit("una esterilla"), find_kit("anvil")
    ('dumbbell', 'mat', None)
    """
    words = fold_key(name).split()
    if len(words) > 1 and words[0] in _load_kit_articles():
        words = words[1:]
    return _load_kit_names().get(" ".join(words))


def drop_optional(text: str) -> tuple[str, bool]:
    """Kit without the words of another language that it may be left out, and whether it had any.

    >>> drop_optional("ein Miniband (nach Wunsch)"), drop_optional("2 mancuernas")
    (('ein Miniband', True), ('2 mancuernas', False))
    """
    folded = fold_key(text.rstrip(" )"))
    for words in _load_optional_words():
        if folded.endswith((f" {words}", f"({words}")):
            return text.rstrip(" )")[: -len(words)].rstrip(" (,"), True
    return text, False


def translate_exercise(node: Node, language: str | None = None) -> Node:
    """An exercise with its keys and values in English, each at the place where it was written.

    `language`: what its routine is written in; None: what most of its keys are, English first.
    """
    if not isinstance(node, Map):
        return node
    language = language or _language_of_keys(node)
    if language not in WRITTEN:
        return node
    own, usual = _load_exercise_keys(language), load_keys(language)
    page = node.page._replace(language=language)
    pairs = []
    for key, value in node.pairs:
        folded = fold_key(key.value)
        meant = own.get(folded) or usual.get(folded) or key.value
        key = key._replace(page=page, value=meant)
        pairs.append((key, _translate_value(meant, value, language)))
    return node._replace(page=page, pairs=tuple(pairs))


def _language_of_keys(node: Map) -> str | None:
    """The language of most keys; None where English has as many or none has any."""
    folded = {fold_key(key.value) for key, _ in node.pairs}
    english = sum(one in _ENGLISH_KEYS for one in folded)
    count = {code: len(folded & _load_exercise_keys(code).keys()) for code in WRITTEN}
    best = max(WRITTEN, key=lambda code: count[code])
    return best if count[best] > english else None


_ENGLISH_KEYS = frozenset(
    fold_key(key)
    for key in (
        *("name", "spoken", "aliases", "category", "position", "kit", "default", "starts"),
        *("effort", "limb", "timed", "beat", "travels", "pace", "speed", "turn", "step"),
        *("muscles", "easier", "harder", "without_kit", "counted", "setup", "form"),
        *("breathing", "motivate", "easier_cue", "safety", "languages"),
    )
)


def _translate_value(key: str, node: Node, language: str) -> Node:
    page = node.page._replace(language=language)
    match node:
        case Text():
            words = _load_exercise_values(language).get(key, {})
            meant = words.get(fold_key(node.value), node.value)
            return node._replace(page=page, value=meant)
        case List():
            items = tuple(_translate_value(key, one, language) for one in node.items)
            return node._replace(page=page, items=items)
        case Map() if key == "languages":
            # The words for each language stand under keys of the file's own one.
            pairs = ((code, translate_exercise(words, language)) for code, words in node.pairs)
            return node._replace(page=page, pairs=tuple(pairs))
        case Map():
            table = load_exercise_words(language).KEYS
            parts = _invert({part: table[name] for part, name in _BREATH_PARTS.items()})
            renamed = (
                (one._replace(page=page, value=parts.get(fold_key(one.value), one.value)), value)
                for one, value in node.pairs
            )
            return node._replace(page=page, pairs=tuple(renamed))


def format_kit(kit: Kit, language: str) -> str:
    """Kit as a file in a language has it: `2 Kurzhanteln`, `Miniband nach Wunsch`."""
    words = load_exercise_words(language)
    one, several, *_ = words.KIT.get(kit.key, kit.key.replace("-", " ")).split("|") * 2
    name = one if kit.count == 1 else f"{kit.count} {several}"
    return f"{name} {words.OPTIONAL.split('|')[0]}" if kit.optional else name


def localize_exercise_form(
    data: ExerciseData, kits: tuple[Kit, ...], language: str, name_of: Callable[[str], str]
) -> ExerciseData:
    """The long form of an exercise in a language; as it is for English.

    Args:
        data: Keys and values in English.
        kits: Its kit.
        language: A code.
        name_of: What an exercise is called, by its key.
    """
    if language not in WRITTEN:
        return data
    words = load_exercise_words(language)
    keys = {meant: written.split("|")[0] for meant, written in words.KEYS.items()}
    wording = Wording(load_written(language).LINES)

    def write(key: str, value: object) -> object:
        if key == "kit":
            return [format_kit(kit, language) for kit in kits]
        if key == "default":
            return wording.write_line(str(value))
        if key in _EXERCISES:
            return name_of(str(value))
        if key in _WORDS:
            table = words.VALUES[key]
            if isinstance(value, list):
                return [table.get(one, one).split("|")[0] for one in value]
            return table.get(str(value), str(value)).split("|")[0]
        if key == "breathing" and isinstance(value, dict):
            return {keys[_BREATH_PARTS[part]]: said for part, said in value.items()}
        return value

    return {keys.get(key, key): write(key, value) for key, value in data.items()}
