"""The phonemizer of hibari-tts, loaded in half the time and a quarter of the memory.

Its lexicons and the weights of its tagger are JSON objects of 90,000 entries, of which a workout
needs some hundreds. Here they stay text, and an entry is parsed when it is looked up. Runs in the
worker process only, and relies on the package's exact version.
"""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hibari.g2p import G2P

_OBJECT = re.compile(rb'"([^"]*)":(\{[^}]*\}),')
"""An entry of a lexicon whose sounds depend on the part of speech; the last entry is never one."""
_WEIGHTS = b',"weights":'
"""Begins the last entry of the tagger's file, which is an object of objects."""


class JsonEntries:
    """The entries of a JSON object as texts, each parsed when it is looked up.

    Args:
        text: The object, with no spaces between its parts.
        between: What stands between two entries: the last character of a value, a comma, and the
            first quote of a key. No value contains it.
        others: Entries by name that are not in `text`.
    """

    def __init__(
        self, text: bytes, between: bytes, others: dict[str, object] | None = None
    ) -> None:
        self._end = between[:1]
        self._entries = sorted(text[len('{"') : -len('"}')].split(between))
        self._parsed = others or {}

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
        return json.loads((self._entries[place][len(key) :] + self._end).decode())


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
        _read_lexicon(assets / f"lexicon_{accent}_{grade}.json.gz") for grade in ("gold", "silver")
    )
    tagger, _, weights = _unpack(assets / "tagger.json.gz").partition(_WEIGHTS)
    phonemizer = G2P.__new__(G2P)  # its __init__ would parse everything
    phonemizer.lexicon = Lexicon(gold, silver, british)
    phonemizer.tokenizer = Tokenizer(
        json.loads((assets / "tokenizer_exceptions.json").read_text(encoding="utf-8"))
    )
    phonemizer.tagger = Tagger(
        {**json.loads(tagger + b"}"), "weights": JsonEntries(weights[:-1], b'},"')}
    )
    phonemizer.british = british
    phonemizer.unk = ""
    phonemizer._oov = None  # loaded by the package for the first word in neither lexicon
    return phonemizer


def _read_lexicon(path: Path) -> JsonEntries:
    text = _unpack(path)
    others = {key.decode(): json.loads(sounds) for key, sounds in _OBJECT.findall(text)}
    return JsonEntries(_OBJECT.sub(b"", text) if others else text, b'","', others)


def _unpack(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
