"""Pictures for lock screens: one card a chapter, drawn once and kept.

Only a card that is not kept is drawn, so a build in which everything is kept never loads Pillow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from audioworkout.model.cache import Cache
from audioworkout.text import short_digest
from audioworkout.views.card_content import CardContent

BUCKET = "cards"

SIZE = 512
"""Width and height of a chapter's picture (pixels): sharp on a phone, and sixty make 1.3 MB."""

DESIGN = "3"
"""Changes whenever the same face would be drawn differently: part of every key."""

_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"


def draw_cards(faces: Iterable[CardContent], cache: Cache, size: int = SIZE) -> list[bytes]:
    """A JPEG for every face, in order; equal faces are the same object."""
    drawn: dict[CardContent, bytes] = {}
    return [
        drawn[face] if face in drawn else drawn.setdefault(face, draw_card(face, cache, size))
        for face in faces
    ]


def prepare_cards(faces: Sequence[CardContent], cache: Cache) -> Callable[[], list[bytes]]:
    """A call that gives `cards(faces, kept)` and imports nothing: it may be made in a thread.

    Cards that are kept are read here; of the others the first one is drawn here, which loads all
    that drawing needs.
    """
    known = {face: _find(face, cache, SIZE) for face in dict.fromkeys(faces)}
    missing = [face for face, data in known.items() if data is None]
    ready = {face: data for face, data in known.items() if data is not None}
    ready |= {face: draw_card(face, cache) for face in missing[:1]}

    def finish() -> list[bytes]:
        drawn = {face: draw_card(face, cache) for face in missing[1:]}
        return [(ready | drawn)[face] for face in faces]

    return finish


def draw_card(face: CardContent, cache: Cache, size: int = SIZE) -> bytes:
    """One face as a square JPEG.

    Args:
        face: What stands on it.
        cache: Where it is looked for first, and kept.
        size: Width and height in pixels.
    """
    data = _find(face, cache, size)
    if data is None:
        from audioworkout.cards.drawing import draw_card_image

        data = draw_card_image(face, size)
        cache.put(BUCKET, cache_key(face, size), data)
    return data


def _find(face: CardContent, cache: Cache, size: int) -> bytes | None:
    """A kept card; None if there is none, or what is kept is no JPEG."""
    data = cache.get(BUCKET, cache_key(face, size))
    return data if data and data.startswith(_BEGINS) and data.endswith(_ENDS) else None


def cache_key(face: CardContent, size: int) -> str:
    """The name a card is kept under: the same for the same words, whatever the workout."""
    digest = short_digest(f"{DESIGN} {size} {face!r}".encode())
    return f"card-{digest}.jpg"
