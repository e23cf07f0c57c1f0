"""Pictures for lock screens: one card a chapter, drawn once and kept.

Only a card that is not kept is drawn, so a build in which everything is kept never loads Pillow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from audioworkout.model.kept import Kept
from audioworkout.views.faces import Face

SHELF = "cards"

SIZE = 512
"""Width and height of a chapter's picture (pixels): sharp on a phone, and sixty make 1.3 MB."""

DESIGN = "3"
"""Changes whenever the same face would be drawn differently: part of every key."""

_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"


def cards(faces: Iterable[Face], kept: Kept, size: int = SIZE) -> list[bytes]:
    """A JPEG for every face, in order; equal faces are the same object."""
    drawn: dict[Face, bytes] = {}
    return [
        drawn[face] if face in drawn else drawn.setdefault(face, card(face, kept, size))
        for face in faces
    ]


def prepare_cards(faces: Sequence[Face], kept: Kept) -> Callable[[], list[bytes]]:
    """A call that gives `cards(faces, kept)` and imports nothing: it may be made in a thread.

    Cards that are kept are read here; of the others the first one is drawn here, which loads all
    that drawing needs.
    """
    known = {face: _find(face, kept, SIZE) for face in dict.fromkeys(faces)}
    missing = [face for face, data in known.items() if data is None]
    ready = {face: data for face, data in known.items() if data is not None}
    ready |= {face: card(face, kept) for face in missing[:1]}

    def finish() -> list[bytes]:
        drawn = {face: card(face, kept) for face in missing[1:]}
        return [(ready | drawn)[face] for face in faces]

    return finish


def card(face: Face, kept: Kept, size: int = SIZE) -> bytes:
    """One face as a square JPEG.

    Args:
        face: What stands on it.
        kept: Where it is looked for first, and kept.
        size: Width and height in pixels.
    """
    data = _find(face, kept, size)
    if data is None:
        from audioworkout.cards.drawing import draw

        data = draw(face, size)
        kept.put(SHELF, key(face, size), data)
    return data


def _find(face: Face, kept: Kept, size: int) -> bytes | None:
    """A kept card; None where there is none, or what is kept is no JPEG."""
    data = kept.get(SHELF, key(face, size))
    return data if data and data.startswith(_BEGINS) and data.endswith(_ENDS) else None


def key(face: Face, size: int) -> str:
    """The name a card is kept under: the same for the same words, whatever the workout."""
    digest = hashlib.sha256(f"{DESIGN} {size} {face!r}".encode()).hexdigest()[:32]
    return f"card-{digest}.jpg"
