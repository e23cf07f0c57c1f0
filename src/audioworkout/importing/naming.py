"""Which words of a source are the name of an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from audioworkout.importing.facts import SentenceFacts, read_facts
from audioworkout.importing.phrases import Fact
from audioworkout.importing.rules import ImportLanguage, fold_text
from audioworkout.model.exercise import Exercise
from audioworkout.notation import NotationError, PartialPrescription, parse_line
from audioworkout.reading.catalogue import Catalogue
from audioworkout.reading.outline import find_stretch
from audioworkout.reading.splitting import split_known
from audioworkout.reading.vocabularies import load_vocabulary

LONGEST_NAME = 66
"""Characters of a name; what is longer is a sentence."""
MOST_NAME_WORDS = 9
"""Words of a name but small ones: `Estiramiento de los hombros y la parte superior`."""
MOST_PART_WORDS = 4
"""Words of a heading that names a part of a workout."""
LONGEST_SHORT_DAY = 4
"""Letters of a day that is written short, as `sat` and `mar`, which are other words as well."""
MOST_TITLED = 4
"""Words in title case that are a name, whatever they mean."""

FEWEST_WORDS_TELLING = 4
"""Words of a text with a number within it that tell a story, and are no name."""
ARTICLES = frozenset(("the", "les", "la", "le", "los", "las", "el", "der", "die", "das"))
FRONTS = frozenset({"alternating", "basic", "classic", *ARTICLES})
"""Words in front of a name that change nothing."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_EDGE = " \t\n\0,;:.–—-·•|/&+*=>~\"“”„'’‘#@×"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLE = re.compile(rf"(?:(?:{'|'.join(sorted(ARTICLES))})\s+|l['’])(?=\w)", re.IGNORECASE)
_SIZE_BEHIND = re.compile(
    r"(?<=[^\W\d_])\s*[@,(]*\s*(?:\d+(?:[.,]\d+)?\s*(?:kgs?|lbs?|#|in|inch(?:es)?|cm|[″”\"])?\s*[/–-]\s*)?"
    r"\d+(?:[.,]\d+)?\s*(?:kgs?|lbs?|#|in|inch(?:es)?|cm|[″”\"])\)?$"
)
"""How heavy or how high something is, behind a name: `box jumps 24/20″`."""
_COUNT_WITHIN = re.compile(r"[^\W\d_]{2,} \d+ [^\W\d_]{3,}")
"""`Mark a line and do 20 walking lunges away from it`"""
_COUNT_BEFORE = re.compile(r"^\d{1,3}\s?[x×]\s+(?=[^\W\d])")
"""How often in front of a name: `3x Handstand`."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LISTED = re.compile(r",\s(?=[A-ZÀ-Þ])")
"""A comma between words of a title: `Paper, Rock, Scissors Squats`."""
_END_MARK = re.compile(r"[.!?;…]\s*$|[.!?]\s+\S|,\s.*,\s|\.\.\.")


class Name(NamedTuple):
    """A name as it was written, and the exercise of the catalogue that it means, if any."""

    text: str
    exercise: Exercise | None
    noun: bool
    """Whether it is known, or a word of it is one of those that exercises are named with."""
    held: bool = False
    """Whether a word of it is one of what is held, and not done in reps."""
    dropped: str = ""
    """Words behind it that the exercise of the catalogue does not have: `off a step`."""
    one_sided: bool = False
    """Whether a word of it is one of a side, an arm or a leg."""
    alternating: bool = False
    """Whether the words around it say that the sides take turns."""
    side: str = ""
    """The one side that a word in front of it or behind it tells: `Left side plank`."""


class Read(NamedTuple):
    """An item of a line. `direct`: its amount is notation as it stands; else `facts` tell it."""

    name: str
    direct: str
    facts: list[Fact]
    letter: str
    minute: str = ""
    doubt: str = ""
    amount_doubt: str = ""


class NameFinder:
    """Looks for names in the words of a language, with the exercises that are known."""

    def __init__(self, language: ImportLanguage, catalogue: Catalogue) -> None:
        self.language = language
        self.catalogue = catalogue
        self._known: dict[str, Name] = {}
        self._may_be: dict[str, bool] = {}
        self._has: dict[str, bool] = {}
        places = "|".join(map(re.escape, language.lists["places"]))
        self._places = re.compile(rf",? (?:{places})(?!\w)")
        self.items: dict[tuple[str, bool], list[Read]] = {}
        """Items of lines that were read before."""
        self.told: dict[str, list[SentenceFacts]] = {}
        """Lines whose facts were read before: each step of the reading asks for them again."""

    def name(self, text: str) -> Name:
        """What a text is as a name, its edges cleaned."""
        shown = self.clean(text)
        if shown not in self._known:
            self._known[shown] = self._look_up(shown)
        return self._known[shown]

    def knows(self, name: str) -> bool:
        """Whether the catalogue has an exercise of a name."""
        if name not in self._has:
            self._has[name] = self.catalogue.knows(name)
        return self._has[name]

    def facts_of_line(self, line: str) -> list[SentenceFacts]:
        """The sentences of a line with what they say."""
        if line not in self.told:
            self.told[line] = read_facts(line, self.language)
        return self.told[line]

    def name_stretch(self, name: Name) -> Name:
        """A name among stretches: `Calves` is that of the exercise which stretches them."""
        found = find_stretch(name.text, self.knows) if name.exercise is None else ""
        if not found:
            return name
        return name._replace(exercise=self.catalogue.named(found), noun=True, held=True)

    def is_name(self, text: str) -> bool:
        """Whether a text may be a name at all: a few words without the end of a sentence."""
        if text not in self._may_be:
            self._may_be[text] = self._judge_name(text)
        return self._may_be[text]

    def _judge_name(self, text: str) -> bool:
        words = _WORD.findall(text)
        told_words = [word for word in words if fold_text(word) not in self.language.small]
        if not words or len(text) > LONGEST_NAME or len(told_words) > MOST_NAME_WORDS:
            return False
        listed = text.count(",") > 1 and not (text.istitle() and self.has_noun(words[-1]))
        if _END_MARK.search(_LISTED.sub(" ", text.strip().rstrip(":"))) or listed:
            return False
        if len(told_words) >= FEWEST_WORDS_TELLING and _COUNT_WITHIN.search(text):
            return False
        if self.is_label(text) or _YEAR.search(text) or self._is_table_head(words):
            return False
        if self._is_amount_of_each(words) or self.names_part(text):
            return False
        if self._names_day(words):
            return self.name(text).exercise is not None
        told = (
            self.begins_step(text)
            or self._is_order(text)
            or self._has_clause(text)
            or self.language.has_phrase("titles", fold_text(text))
            or (
                any(fold_text(word) in self.language.quantities for word in words)
                and not self.has_noun(text)
            )
        )
        return not told or self.name(text).exercise is not None

    def may_be_named(self, text: str) -> bool:
        """Whether a text, an order as well, is short enough to be what an exercise is called by."""
        words = _WORD.findall(text)
        short = 0 < len(words) <= MOST_NAME_WORDS and len(text) <= LONGEST_NAME
        other = self.is_label(text) or self.names_part(text)
        return short and not other and not _END_MARK.search(text.strip())

    def _has_clause(self, text: str) -> bool:
        """Whether a text has a word of sentences; one in title case is a name, `Can Roll`."""
        found = self.language.phrases["clause_words"].search(fold_text(text))
        if found is None:
            return False
        titled = text.istitle() and len(text.split()) <= MOST_TITLED and self.has_noun(text)
        return not titled

    def _names_day(self, words: list[str]) -> bool:
        """Whether one of some words is a day of the week, which no exercise is called by."""
        days = self.language.labels["weekday"]
        return any(len(word) > LONGEST_SHORT_DAY and fold_text(word) in days for word in words)

    def _is_table_head(self, words: list[str]) -> bool:
        """Whether words are those of a table's head: `Difficulty Sets/Reps Time`."""
        labels = self.language.labels
        heads = labels["columns_sets"] | labels["columns_reps"] | labels["columns_time"]
        return sum(fold_text(word) in heads for word in words) > 1

    def names_part(self, text: str) -> bool:
        """Whether a text names a part of a workout and no exercise: `Power phase`, `Block 2`."""
        words = fold_text(_BRACKETS.sub("", text)).strip(_EDGE).split()
        first, last = words[:1], words[-1:]
        ends = set(last) & self.language.lists["part_ends"]
        begins = set(first) & self.language.lists["part_starts"]
        if len(words) > 1 and words[-1].isdigit():
            ends |= set(words[-2:-1]) & (
                self.language.labels["block"] | self.language.labels["day"]
            )
        return 1 < len(words) <= MOST_PART_WORDS and bool(ends or begins)

    def _is_amount_of_each(self, words: list[str]) -> bool:
        """Whether words say how much of each exercise is done: `3 sets / exercise`."""
        folded = [fold_text(word) for word in words]
        each = self.language.words_of(folded[0]) == "per"
        return (each or any(word in self.language.quantities for word in folded)) and any(
            word in self.language.labels["exercise"] for word in folded
        )

    def names_muscles(self, text: str) -> bool:
        """Whether a text is of muscles alone, which are stretched: `Calves`."""
        words = set(fold_text(text).split()) - self.language.small
        return bool(words) and words <= self.language.lists["muscles"]

    def has_noun(self, text: str) -> bool:
        """Whether a word of a text is one that exercises are named with."""
        folded = fold_text(text)
        words = [word for part in _WORD.findall(folded) for word in (part, *part.split("-"))]
        nouns = self.language.nouns
        for word in words:
            if word in nouns or singular_of(word) in nouns:
                return True
            if word.endswith(self.language.endings):
                return True
        pairs = pairwise(words)
        if any(f"{a} {b}" in nouns or f"{a} {singular_of(b)}" in nouns for a, b in pairs):
            return True
        return any(" ".join(words[n : n + 3]) in nouns for n in range(len(words) - 2))

    def is_kit(self, text: str) -> bool:
        """Whether a text names equipment alone: `50 lb kettlebell`."""
        words = [fold_text(word) for word in _WORD.findall(text)]
        kit = self.language.lists["kit"] | self.language.labels["columns_load"]
        return bool(words) and all(word in kit or singular_of(word) in kit for word in words)

    def is_label(self, text: str) -> bool:
        """Whether a text is a heading of a page or of a part of a description: `Tip`, `Workout`."""
        folded = fold_text(text).strip(_EDGE + "?!")
        bare = _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded
        return any(folded in words or bare in words for words in self.language.labels.values())

    def _is_order(self, text: str) -> bool:
        """Whether a text is a sentence that tells to do something: `Do a squat, heels up`."""
        bare = self.clean(text)
        words = fold_text(bare).split()
        return len(words) > 1 and words[0] in self.language.articles and bare != text

    def begins_step(self, text: str) -> bool:
        """Whether a text begins as an instruction does: `Lower the left arm`."""
        folded = fold_text(text).strip(_EDGE)
        words = folded.split()
        if not words:
            return False
        steps = self.language.lists["step_verbs"]
        pair = " ".join(words[:2])
        if pair in self.language.nouns or pair.removesuffix("s") in self.language.nouns:
            return False
        return words[0] in steps or " ".join(words[:2]) in steps

    def clean(self, text: str) -> str:
        """A name without brackets, quantities' verbs, articles, and signs at its edges."""
        shown = _trimmed(" ".join(text.replace("\0", " ").split()))
        shown = _trimmed(_SIZE_BEHIND.sub("", _COUNT_BEFORE.sub("", shown)))
        shown = _trimmed(self.language.turns.split(shown, maxsplit=1)[0]) or shown
        if not self.knows(shown):
            shown = _trimmed(_ARTICLE.sub("", shown, count=1) if _ARTICLE.match(shown) else shown)
        while len(folded := fold_text(shown)) == len(shown):
            front = self.language.fronts.match(folded)
            if front is not None and not (
                shown[0].isupper() and front[0] in self.language.prepositions
            ):
                shown = _trimmed(shown[front.end() :])
            elif (end := self.language.ends.search(folded)) and not self.knows(shown):
                shown = shown[: end.start()].strip(_EDGE)
            else:
                break
        return shown

    def _look_up(self, shown: str) -> Name:
        synonym = self.language.synonyms.get(fold_text(shown))
        for variant in (synonym,) if synonym else variants_of(shown):
            if fold_text(variant) in self.language.lists["muscles"] and variant != shown:
                continue  # `Trunk curl (abs)`: what stands in brackets is what is trained
            if self.knows(variant):
                exercise = self.catalogue.named(variant)
                if exercise is not None:
                    first, _, rest = shown.partition(" ")
                    dropped = first if rest == variant and fold_text(first) not in ARTICLES else ""
                    text = self._shortest(shown, variant, exercise)
                    return Name(text, exercise, True, dropped=dropped)
        bare = _BRACKETS.sub("", shown).strip(_EDGE) or shown
        without = self._without_turns(bare)
        if without != bare:
            return self._look_up(without)._replace(alternating=True)
        if (found := self._of_one_side(bare)) is not None:
            return found
        first = self._first_of(bare)
        if first and (found := self._look_up(first)).exercise is not None:
            return found._replace(dropped=bare[len(first) :].strip(_EDGE))
        if (head := self._without_place(bare)) != bare:
            found = self._look_up(head)
            if found.exercise is not None:
                return found._replace(dropped=bare[len(head) :].strip(_EDGE))
        if (exercise := self._without_notes(bare)) is not None:
            return Name(bare, exercise, True)
        if (head := self._without_weights(bare)) != bare:
            found = self._look_up(head)
            if found.exercise is not None:
                return found._replace(dropped=bare[len(head) :].strip(_EDGE))
        held = self._is_held(bare) or self.names_muscles(bare)
        one_sided = any(
            word in self.language.lists["one_sided"] for word in fold_text(bare).split()
        )
        noun = (self.has_noun(bare) and not self.is_kit(bare)) or self._tells_pace(bare)
        return Name(bare, None, noun, held, one_sided=one_sided)

    def _is_held(self, text: str) -> bool:
        """Whether a word of an unknown name is one of what is held: `low plank`.

        `Plank raises` are none, where the noun that stands last tells of a movement.
        """
        folded = fold_text(text)
        found = self.language.held.search(folded)
        if found is None:
            return False
        last = folded.split()[-1]
        moves = self.has_noun(last) and not self.language.held.search(last)
        return self.language.noun_first or not moves or found.end() >= len(folded) - len(last)

    def _of_one_side(self, text: str) -> Name | None:
        """A known name with a side at its edge: `Left side plank`, `gainage latéral droit`."""
        words = text.split()
        for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])) if words else ():
            if rest and fold_text(word) in self.language.lists["side_words"]:
                found = self._look_up(" ".join(rest))
                if found.exercise is None:
                    found = self._look_up(" ".join(self._without_limb(rest, word == words[0])))
                side = self.language.words_of(word) or fold_text(word)
                if found.exercise is not None and side in ("left", "right"):
                    return found._replace(side=side)
        return None

    def _tells_pace(self, text: str) -> bool:
        """Whether a text is a known name and how fast it is done: `easy jogging`, `trote suave`."""
        words = text.split()
        sides = ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 1 else ()
        return any(
            fold_text(word) in self.language.lists["paces"] and self.knows(" ".join(rest))
            for word, rest in sides
        )

    def _without_limb(self, words: list[str], first: bool) -> list[str]:
        """The words of a name without `leg` beside its side: `Right leg lunge`."""
        limb = words[0] if first else words[-1]
        if len(words) > 1 and self.language.words_of(limb) in ("leg", "arm"):
            return words[1:] if first else words[:-1]
        return words

    def _shortest(self, shown: str, variant: str, exercise: Exercise) -> str:
        """The name without its brackets, where that still means the same exercise."""
        bare = _BRACKETS.sub("", shown).strip(_EDGE)
        if variant == shown or not bare:
            return shown
        same = self.catalogue.named(bare) if self.knows(bare) else None
        return bare if same is not None and same.key == exercise.key else variant

    def _without_notes(self, text: str) -> Exercise | None:
        """The exercise of a name with equipment or an effort behind it: `Bench press barbell`.

        A routine file that has such a name reads those words as a note.
        """
        vocabulary = load_vocabulary(self.language.code)
        parts = split_known(text, self.knows, vocabulary)
        if parts is None or not text.startswith(parts.name):
            return None
        try:
            read = parse_line(parts.line, vocabulary)
        except NotationError:
            return None
        plain = replace(read, notes=(), effort=()) == PartialPrescription()
        return self.catalogue.named(parts.name) if plain else None

    def _without_place(self, text: str) -> str:
        """A name without where and how it is done: `off a step`, `eyes open`."""
        folded = fold_text(text)
        match = self._places.search(folded)
        return text[: match.start()].strip(_EDGE) if match and len(folded) == len(text) else text

    def _without_weights(self, text: str) -> str:
        """A name without weights behind it: `Bankdrücken Langhantel`, `Squat with a bar`."""
        folded = fold_text(text)
        match = self.language.weights.search(folded)
        return text[: match.start()].strip(_EDGE) if match and len(folded) == len(text) else text

    def _first_of(self, text: str) -> str:
        """The first of alternatives, `Row or Bike`, `Row/Bike`; empty where there are none.

        What stands behind the word must be an exercise as well: `Pull-ups assisted or full` is one.
        """
        if "/" in text and (first := text.partition("/")[0].strip()):
            return first
        words = text.split(" ")
        for place, word in enumerate(words[1:-1], 1):
            if fold_text(word) in self.language.lists["alternatives"]:
                second = " ".join(words[place + 1 :])
                return " ".join(words[:place]) if self.has_noun(second) else ""
        return ""

    def _without_turns(self, text: str) -> str:
        """A name without the words that say that the sides take turns."""
        folded = fold_text(text)
        if len(folded) != len(text):
            return text
        for words in sorted(self.language.lists["alternating"], key=len, reverse=True):
            if folded.startswith(f"{words} "):
                return text[len(words) :].strip(_EDGE)
            if folded.endswith(f" {words}"):
                return text[: -len(words)].strip(_EDGE)
        return text


def _trimmed(text: str) -> str:
    """A text without signs at its edges, and without brackets that are not closed."""
    text = text.strip(_EDGE)
    while text and ((text[0] in "([" and text[-1] in ")]") or text[0] in ")]" or text[-1] in "(["):
        text = text[text[0] in "()[]" : len(text) - (text[-1] in "()[]")].strip(_EDGE)
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, " ").replace(closing, " ").strip(_EDGE)
    return " ".join(text.split())


def variants_of(name: str) -> Iterator[str]:
    """A name, and how else it may stand in the catalogue: `Bench Press (Barbell)`."""
    yield name
    bare = _BRACKETS.sub("", name).strip(_EDGE)
    inside = re.findall(r"[(\[]([^()\[\]]*)[)\]]", name)
    if inside and bare:
        yield f"{inside[0]} {bare}"
        yield bare
        yield inside[0]
    if ", " in bare:
        before, _, after = bare.partition(", ")
        yield f"{after} {before}"
    first, _, rest = bare.partition(" ")
    if rest and fold_text(first) in FRONTS:
        yield rest
    if name.endswith(("ern", "gen", "ten")):
        yield name[:-1]  # with Hampelmännern, Klimmzügen, Ausfallschritten


def singular_of(word: str) -> str:
    """A word without the ending of its plural.

    >>> singular_of("squats"), singular_of("crunches"), singular_of("press")
    ('squat', 'crunch', 'press')
    """
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word
