"""Sides and ways: `per side`, `alternating`, `8 left, 10 right`, `out and back`."""

from __future__ import annotations

from audioworkout.names import is_slip
from audioworkout.notation.clauses.clause import Atom, Parts
from audioworkout.notation.clauses.words import ALTERNATING, LIMBS, SIDE_WORDS, find_nearest_word
from audioworkout.notation.partial import BareCount, BareTime, Entry, Sided
from audioworkout.notation.quantities import (
    require_counts,
    require_times,
    take_chain,
    take_way_back,
)
from audioworkout.notation.tokens import Cursor, Trouble


def read_sided_amounts(cursor: Cursor) -> Parts | None:
    """`8 left, 10 right`, `5L/5R`, `left 8, right 10`."""
    mark, start = cursor.at, cursor.here.start
    first = _take_side_amount(cursor)
    if first:
        cursor.take(",", "/", "and", "+", "-", "then")
        second = _take_side_amount(cursor)
        if second and {first[0], second[0]} == {"left", "right"}:
            both = {first[0]: first[1], second[0]: second[1]}
            amount = Sided(both["left"], both["right"], first[0])  # type: ignore[arg-type]
            return {"atoms": (Atom("amount", (Entry(amount),), start, cursor.before.end),)}
    cursor.at = mark
    return None


def _take_side_amount(cursor: Cursor) -> tuple[str, BareCount | BareTime] | None:
    """Take `8 left`, `10 reps right leg`, `left 8`, `30s right`."""
    before = cursor.take(*SIDE_WORDS)
    if before:
        cursor.take(*LIMBS)
        cursor.take(":")
    found = take_chain(cursor, bare=False, joints="-to")
    if found is None or found.kind not in ("bare", "reps", "time") or len(found.links) > 2:
        return None
    cursor.take("on", "the", "with")
    after = None if before else cursor.take(*SIDE_WORDS)
    word = before or after
    if word is None:
        return None
    _ = after and cursor.take(*LIMBS)
    low, high = found.links[0], found.links[-1]
    if found.kind == "time":
        return SIDE_WORDS[word.text], BareTime(*require_times(found, low, high))
    return SIDE_WORDS[word.text], BareCount(*require_counts(found, low, high))


def read_each_side(cursor: Cursor) -> Parts | None:
    """`per side`, `each leg`, `/arm`, `each`, `each direction`."""
    mark, start = cursor.at, cursor.here.start
    cursor.take("on", "with", "for", "in")
    word = cursor.take("per", "/", "each", "ea", "a", "every")
    if word and cursor.take("direction", "directions", "way"):
        return {"directions": "each direction"}
    limb = cursor.take(*LIMBS) if word else None
    if limb or (word and word.text in ("each", "ea")):
        return {"each": LIMBS[limb.text] if limb else None}
    if word and word.text in ("per", "/"):
        message = f"`side`, `leg` or `arm` must follow `{word.text}`"
        gap = "" if word.text == "/" else " "
        near = find_nearest_word(cursor.here.text)
        fix = f"{word.text}{gap}{near or 'side'}"
        certain = bool(near) and is_slip(cursor.here.text, near)
        raise Trouble(word.start, cursor.here.end, message, fix=fix, certain=certain)
    cursor.at = mark
    pairs = ("forward and backward", "forwards and backwards", "forward and back", "both ways")
    more = ("both directions", "clockwise and counterclockwise", "in both directions")
    if cursor.phrases(*pairs, *more, "forward backward", "forward / backward"):
        return {"directions": " ".join(cursor.since(start).split())}
    return None


def read_alternating(cursor: Cursor) -> Parts | None:
    """`alternating`, `alternating legs`."""
    if not cursor.take(*ALTERNATING):
        return None
    limb = cursor.take(*LIMBS)
    return {"alternating": LIMBS[limb.text] if limb else None}


def read_together(cursor: Cursor) -> Parts | None:
    """`both sides together`, `both arms`, `no sides`, `together`; `both sides` may be each."""
    mark = cursor.at
    both = cursor.take("both", "no")
    limb = cursor.take(*LIMBS) if both else None
    if both and not limb:
        cursor.at = mark
        return None
    if cursor.take("together") or (both and both.text == "no"):
        return {"together": None}
    if limb and LIMBS[limb.text] == "arm":
        return {"together": None}
    return {"both": None} if limb else None


def read_one_side(cursor: Cursor) -> Parts | None:
    """`left only`, `right side only`, `only the left leg`."""
    mark = cursor.at
    lead = cursor.take("only", "just")
    cursor.take("on", "with")
    cursor.take("the")
    side = cursor.take("left", "right")
    limb = cursor.take(*LIMBS) if side else None
    if side and (lead or cursor.take("only", "alone")):
        return {"only": LIMBS[limb.text] if limb else None, "first": side.text}
    cursor.at = mark
    return None


def read_in_all(cursor: Cursor) -> Parts | None:
    """`in all`: both sides together; `total`: the same, or reps in as many parts as it takes."""
    if cursor.phrases("in all", "altogether", "all in all"):
        return {"in_all": True}
    if cursor.phrases("in total", "total reps", "total", "overall"):
        return {"total": True}
    return None


def read_first_side(cursor: Cursor) -> Parts | None:
    """`left first`, `starting right`; `left, then right` also says that each side has its turn."""
    mark = cursor.at
    opened = bool(cursor.take("start", "starting"))
    _ = opened and (cursor.take("on", "with"), cursor.take("the"))
    side = cursor.take("left", "right")
    if not side:
        cursor.at = mark
        return None
    cursor.take(*LIMBS)
    if _take_other_side(cursor, side.text):
        return {"first": side.text, "each": None}
    if cursor.take("first") or opened:
        return {"first": side.text}
    message = f"`{side.text}` alone does not say whether it is the only side or the first"
    hint = f"write `{side.text} only` or `{side.text} first`"
    raise Trouble(side.start, side.end, message, hint)


def _take_other_side(cursor: Cursor, first: str) -> bool:
    """Take `, then right` behind `left`."""
    mark = cursor.at
    cursor.take(",")
    if cursor.take("then") and cursor.take("right" if first == "left" else "left"):
        return True
    cursor.at = mark
    return False


def read_way_back(cursor: Cursor) -> Parts | None:
    """`out and back`, `one way`."""
    found = take_way_back(cursor)
    return None if found is None else {"back": found}
