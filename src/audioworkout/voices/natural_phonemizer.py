"""The phonemizer of hibari-tts, loaded in a fifth of the time and a quarter of the memory.

Its lexicons and the weights of its tagger are JSON objects of 90,000 entries, of which a workout
needs some hundreds. Here they stay text, and an entry is parsed when it is looked up. Runs in the
worker process only, and relies on the package's exact version.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hibari.g2p import G2P

_WEIGHTS = b',"weights":'
"""Begins the last entry of the tagger's file, which is an object of objects."""
_LONGEST_OBJECT = 300
"""Most bytes of an object in a lexicon; the longest has 122."""


class LexiconEntries:
    """The entries of a lexicon: a JSON object whose keys are sorted, searched as text.

    A value is a text, or an object of texts by part of speech. Neither has quotes, commas or braces
    within.

    Args:
        text: The object, with no spaces between its parts.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text[1:-1]
        self._parsed: dict[str, object] = {}

    def get(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """The value of an entry; None if there is none with this name."""
        if name not in self._parsed:
            self._parsed[name] = self._find(name.encode())
        return self._parsed[name]

    def _find(self, name: bytes) -> object:
        text = self._text
        low, high = 0, len(text)
        while low < high:
            start = self._find_start((low + high) // 2)
            colon = text.index(b'":', start)
            value = colon + 2
            end = text.index(b"}" if text[value] == ord("{") else b'"', value + 1) + 1
            found = text[start + 1 : colon]
            if found == name:
                return json.loads(text[value:end].decode())
            if found < name:
                low = end + 1
            else:
                high = start
        return None

    def _find_start(self, place: int) -> int:
        """The offset of the entry that a place of the text belongs to."""
        start = self._text.rfind(b',"', 0, place + 1) + 1
        window = max(0, start - _LONGEST_OBJECT)
        opened = self._text.rfind(b"{", window, start)
        if opened > self._text.rfind(b"}", window, start):  # within an object
            start = self._text.rfind(b',"', 0, opened) + 1
        return start


class WeightEntries:
    """The weights of the tagger: a JSON object of objects, split into entries.

    Args:
        text: The object, with no spaces between its parts.
    """

    def __init__(self, text: bytes) -> None:
        self._entries = sorted(text[len('{"') : -len("}}")].split(b'},"'))
        self._parsed: dict[str, object] = {}

    def get(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """The value of an entry; None if there is none with this name."""
        if name not in self._parsed:
            self._parsed[name] = self._find(name)
        return self._parsed[name]

    def _find(self, name: str) -> object:
        key = encode_basestring(name)[1:].encode() + b":"
        place = bisect_left(self._entries, key)
        if place == len(self._entries) or not self._entries[place].startswith(key):
            return None
        return json.loads((self._entries[place][len(key) :] + b"}").decode())


def load_phonemizer(assets: Path, *, british: bool) -> G2P:
    """Load what the package's class `G2P` loads when it is made.

    Args:
        assets: The package's folder of data files.
        british: Whether the accent is British.

    Raises:
        OSError: A file cannot be read.
    """
    from hibari.g2p import G2P
    from hibari.g2p.lexicon import Lexicon
    from hibari.g2p.tagger import Tagger
    from hibari.g2p.tokenize import Tokenizer

    accent = "gb" if british else "us"
    gold, silver = (
        LexiconEntries(_unpack(assets / f"lexicon_{accent}_{grade}.json.gz"))
        for grade in ("gold", "silver")
    )
    tagger, _, weights = _unpack(assets / "tagger.json.gz").partition(_WEIGHTS)
    phonemizer = G2P.__new__(G2P)  # its __init__ would parse everything
    phonemizer.lexicon = Lexicon(gold, silver, british)
    phonemizer.tokenizer = Tokenizer(
        json.loads((assets / "tokenizer_exceptions.json").read_text(encoding="utf-8"))
    )
    phonemizer.tagger = Tagger(
        {**json.loads(tagger + b"}"), "weights": WeightEntries(weights[:-1])}
    )
    phonemizer.british = british
    phonemizer.unk = ""
    phonemizer._oov = None  # loaded by the package for the first word in neither lexicon
    return phonemizer


def _unpack(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
