"""Names of exercises within sentences, where no line of their own heads them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from audioworkout.importing.facts import SentenceFacts
from audioworkout.importing.naming import ARTICLES, NameFinder
from audioworkout.importing.phrases import TAKEN
from audioworkout.importing.rules import fold_text

LONGEST_NAME_WORDS = 5
MOST_HEADING_NAME = 7
LEAST_NUMBER_WORD = 4
"""A smaller number in words says more often of what there is than how often: `two runs`."""
SHORTEST_NAME = 4
"""Letters of a name of one word; abbreviations like `DU` are words of other languages as well."""
DETERMINERS = "|".join(sorted(ARTICLES | {"a", "an", "ein", "eine", "un", "una", "une"}))
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = ("clause_words", "purposes", "joins", "alternatives", "phrase_ends")
"""Lists of words in front of which a name ends."""
_AMOUNT_BEHIND = re.compile(rf"\s*[(:{TAKEN}]")
_OF = frozenset({"of", "de", "d'", "von", "des", "du"})
_OF_COUNTED = re.compile(
    rf"{TAKEN}\s*(?:of|de|d'|von)\s+(?:(?:the|a|an|la|le|les|los|las|el)\s+)?$", re.IGNORECASE
)
"""An amount and the word between it and a name: `12 reps of`."""


class Mention(NamedTuple):
    """A name within a sentence, and where it stands in it."""

    name: str
    start: int
    end: int


def find_mentions(told: SentenceFacts, names: NameFinder) -> Iterator[Mention]:
    """The names in a sentence, the longest ones first where they overlap.

    A name that the catalogue does not know counts right behind a number: `50 star jumps`. Of
    alternatives, `squats or lunges`, the first one is taken.
    """
    left = told.left if len(told.left) == len(told.source) else told.source
    words = list(_WORD.finditer(told.source))
    at = 0
    found = False
    if head := _heading_of(told.source, names):
        yield head
        found = True
        at = sum(word.start() < head.end for word in words)
    while at < len(words):
        mention = _mention_at(told, left, words, at, names)
        if mention is None:
            at += 1
            continue
        before = told.source[: mention.start].split()
        if found and before and fold_text(before[-1]) in names.language.lists["alternatives"]:
            at += 1
            continue
        found = True
        yield mention
        while at < len(words) and words[at].start() < mention.end:
            at += 1
    if not found and (introduced := _introduced(told, names)):
        yield introduced


def _heading_of(sentence: str, names: NameFinder) -> Mention | None:
    """The name that a sentence without a verb begins with: `Plank with leg lift, 2 x 5`."""
    match = re.match(r"\s*([^\W\d_][^.,;:()\d]*)", sentence)
    if match is None or not match[1][0].isupper():
        return None
    text = match[1].strip()
    name = names.name(text)
    if len(text.split()) > MOST_HEADING_NAME or not names.is_name(text) or not name.noun:
        return None
    words = fold_text(text).split()
    articles = names.language.articles | ARTICLES
    outside = names.language.small | names.language.lists["verbs"]
    if words[0] in outside or not articles.isdisjoint(words[1:]):
        return None
    single = len(words) == 1 and name.exercise is None
    return None if single else Mention(text, match.start(1), match.start(1) + len(text))


def _introduced(told: SentenceFacts, names: NameFinder) -> Mention | None:
    """The name that a sentence brings in: `The second exercise is the hip lift.`."""
    words = {fold_text(word[0]) for word in _WORD.finditer(told.source)}
    if "exercise" not in told.text or not words & names.language.lists["ordinals"]:
        return None
    found = None
    for match in re.finditer(
        rf"(?<!\w)(?:{DETERMINERS})\s+(?=([^.,;:()]+))", told.source, re.IGNORECASE
    ):
        text = " ".join(match[1].split()[:LONGEST_NAME_WORDS])
        name = names.name(text)
        if names.is_name(text) and name.noun and "exercise" not in names.language.words_of(text):
            found = Mention(text, match.start(1), match.start(1) + len(text))
    return found


def _mention_at(
    told: SentenceFacts, left: str, words: list[re.Match[str]], at: int, names: NameFinder
) -> Mention | None:
    start = words[at].start()
    if fold_text(words[at][0]) in names.language.small:
        return None
    number = find_number_before(told, start, names)
    counted = number is not None or left[:start].endswith(TAKEN)
    of_counted = not counted and "reps" in told.text and bool(_OF_COUNTED.search(left[:start]))
    phrase = _phrase_length(
        told.source, left, words[at : at + LONGEST_NAME_WORDS], names, of_counted
    )
    if _ends_known(told, left, words[at : at + phrase], names):
        end = words[at + phrase - 1].end()
        return Mention(told.source[start:end], start, end)
    for count in range(min(LONGEST_NAME_WORDS, len(words) - at), 0, -1):
        end = words[at + count - 1].end()
        text = told.source[start:end]
        if any(mark in text for mark in ".,;:()\n"):
            continue
        single = count == 1
        if names.knows(text):
            if single and (
                len(text) < SHORTEST_NAME
                or TAKEN in left[start:end]
                or not _is_told(told, left, start, end, names)
            ):
                continue
            longer = told.source[start : words[at + phrase - 1].end()] if phrase > count else ""
            told_more = counted or of_counted or _AMOUNT_BEHIND.match(left[start + len(longer) :])
            if longer and told_more and names.language.noun_first and names.is_name(longer):
                return Mention(longer, start, start + len(longer))
            return Mention(text, start, end)
        likely = count == phrase and (counted or of_counted) and not names.is_label(text)
        if likely and names.is_name(text) and names.name(text).noun:
            return Mention(text, start, end)
    return None


def _ends_known(
    told: SentenceFacts, left: str, words: list[re.Match[str]], names: NameFinder
) -> bool:
    """Whether some words are a name that ends with a known one: `the single leg press`.

    They stand right behind an amount, a sign, or a word that no name begins with; a verb or an
    ordinal in front of a name is none of it.
    """
    language = names.language
    if language.noun_first or len(words) < 2:
        return False
    start = words[0].start()
    text = told.source[start : words[-1].end()]
    known = next((one for one in words[1:] if names.knows(text[one.start() - start :])), None)
    if known is None or names.knows(text) or not names.is_name(text):
        return False
    single = known is words[-1]
    if single and not _is_told(told, left, known.start(), known.end(), names):
        return False
    outside = language.lists["verbs"] | language.lists["ordinals"] | language.small | {"then"}
    front = fold_text(text[: known.start() - start]).strip()
    if front in language.labels["warm_up"] | language.labels["cool_down"]:
        return False
    first = front.split()
    numbers = any(language.words_of(word).isdigit() for word in first)
    if numbers or not outside.isdisjoint(first) or names.begins_step(text):
        return False
    before = told.source[:start].rstrip()
    last = fold_text(before.split()[-1]) if before else ""
    return (
        not last
        or not last[-1].isalpha()
        or last in outside | ARTICLES
        or left[: len(before)].endswith(TAKEN)
    )


def find_number_before(
    told: SentenceFacts, start: int, names: NameFinder
) -> tuple[str, int, int] | None:
    """The number of a name: `12 squats`, `dix pompes`, `15 mouvements de pont`; and its place."""
    before = list(re.finditer(r"[^\s]+", told.source[:start]))[-3:]
    of_name = len(before) == 3 and fold_text(before[2][0]) in _OF and before[1][0][-1].isalpha()
    if of_name and names.language.words_of(before[1][0]) in ("exercise", "reps"):
        before = before[:1]
    if not before:
        return None
    last = before[-1]
    match = re.search(r"(?<![\w.:-])\d{1,3}$", last[0])
    if match:
        return match[0], last.start() + match.start(), last.end()
    value = names.language.words_of(last[0])
    told_before = len(before) > 1 and fold_text(before[-2][0]) in (
        ARTICLES | names.language.lists["phrase_ends"]
    )
    if value.isdigit() and int(value) >= LEAST_NUMBER_WORD and not told_before:
        return value, last.start(), last.end()
    return None


def _phrase_length(
    source: str, left: str, words: list[re.Match[str]], names: NameFinder, of_counted: bool
) -> int:
    """How many of some words may be an unknown name: `lying leg raises`, `rotations du cou`.

    They end in front of a sign, an amount, and a word that joins or begins a clause. Where nouns
    stand last, what follows the last word of training is none of it; where they stand first, one
    of the first two words is of training; any, where `of_counted` reps of it are told.
    """
    language = names.language
    length = 0
    for n, word in enumerate(words):
        between = source[words[n - 1].end() : word.start()] if n else ""
        folded = fold_text(word[0])
        if between.strip() or TAKEN in left[word.start() : word.end()]:
            break
        if any(folded in language.lists[one] for one in _ENDS):
            break
        length = n + 1
    nouns = [n for n, word in enumerate(words[:length]) if names.has_noun(word[0])]
    if not nouns:
        return 0
    if not language.noun_first:
        return nouns[-1] + 1 if not _has_small(words[: nouns[-1]], language.small) else 0
    if nouns[0] > 1 and not of_counted:
        return 0
    while length and fold_text(words[length - 1][0]) in language.small | language.articles:
        length -= 1
    return length


def _has_small(words: list[re.Match[str]], small: Collection[str]) -> bool:
    return any(fold_text(word[0]) in small for word in words)


def _is_told(told: SentenceFacts, left: str, start: int, end: int, names: NameFinder) -> bool:
    """Whether a name of one word is that of an exercise: `press` and `run` are verbs as well.

    An amount or an article stands right in front of it, an amount right behind it, or the sentence
    tells of sets, reps or a hold, or brings exercises in.
    """
    language = names.language
    words_before = told.source[:start].split()
    if language.has_phrase("introduces", fold_text(told.source)):
        return not words_before or fold_text(words_before[-1]) not in language.lists["purposes"]
    if re.match(rf"\s*(?:for\s+)?{TAKEN}", left[end:]):
        return True
    if left[:start].rstrip().endswith(TAKEN):
        return True
    before = told.source[:start].split()
    if find_number_before(told, start, names) is not None:
        return True
    if before and fold_text(before[-1]) in _OF and not _OF_COUNTED.search(left[:start]):
        return False
    if before and (before[-1].isdigit() or fold_text(before[-1]) in language.small):
        return True
    return any(fact.field in ("sets", "reps", "times", "hold") for fact in told.facts)
