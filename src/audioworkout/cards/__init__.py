"""Pictures for lock screens: one card for each chapter, drawn once and cached.

Only a card that is not cached is drawn, so a build with everything cached never loads Pillow.
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
"""Part of every cache key; to be changed whenever a content is drawn in another way."""

_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"


def draw_cards(contents: Iterable[CardContent], cache: Cache, size: int = SIZE) -> list[bytes]:
    """A JPEG for each content, in order; equal contents give the same object."""
    drawn: dict[CardContent, bytes] = {}
    return [
        drawn[content]
        if content in drawn
        else drawn.setdefault(content, draw_card(content, cache, size))
        for content in contents
    ]


def prepare_cards(contents: Sequence[CardContent], cache: Cache) -> Callable[[], list[bytes]]:
    """Prepare `draw_cards`: the returned function imports nothing, so it may run in a thread.

    Cached cards are read here, and the first missing one is drawn here, which imports all that
    drawing needs.
    """
    known = {content: _find(content, cache, SIZE) for content in dict.fromkeys(contents)}
    missing = [content for content, data in known.items() if data is None]
    ready = {content: data for content, data in known.items() if data is not None}
    ready |= {content: draw_card(content, cache) for content in missing[:1]}

    def finish() -> list[bytes]:
        drawn = {content: draw_card(content, cache) for content in missing[1:]}
        return [(ready | drawn)[content] for content in contents]

    return finish


def draw_card(content: CardContent, cache: Cache, size: int = SIZE) -> bytes:
    """Draw a card as a square JPEG, unless it is cached.

    Args:
        content: The texts of the card.
        cache: Holds drawn cards.
        size: Width and height in pixels.
    """
    data = _find(content, cache, size)
    if data is None:
        from audioworkout.cards.drawing import draw_card_image

        data = draw_card_image(content, size)
        cache.put(BUCKET, cache_key(content, size), data)
    return data


def _find(content: CardContent, cache: Cache, size: int) -> bytes | None:
    """A cached card; None if there is none, or the entry is not a JPEG."""
    data = cache.get(BUCKET, cache_key(content, size))
    return data if data and data.startswith(_BEGINS) and data.endswith(_ENDS) else None


def cache_key(content: CardContent, size: int) -> str:
    """Cache name of a card: the same for the same texts in any workout."""
    digest = short_digest(f"{DESIGN} {size} {content!r}".encode())
    return f"card-{digest}.jpg"
