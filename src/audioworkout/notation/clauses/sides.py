"""Sides and ways: `per side`, `alternating`, `8 left, 10 right`, `out and back`."""

from __future__ import annotations

from audioworkout.model.exercise import Breaths
from audioworkout.names import is_slip
from audioworkout.notation.clauses.clause import Atom, Parts, make_remark, require_whole_number
from audioworkout.notation.clauses.words import ALTERNATING, LIMBS, SIDE_WORDS, find_nearest_word
from audioworkout.notation.partial import BareCount, BareTime, Entry, Limb, Sided
from audioworkout.notation.quantities import (
    MOST_REPS,
    MOST_SETS,
    make_raw_amount,
    require_counts,
    require_times,
    take_chain,
    take_way_back,
)
from audioworkout.notation.tokens import Cursor, Token, Trouble, shorten


def read_sided_amounts(cursor: Cursor) -> Parts | None:
    """`8 left, 10 right`, `5L/5R`, `left 8, right 10`."""
    mark, start = cursor.at, cursor.here.start
    sets = _take_sets_of_side(cursor)
    first = _take_side_amount(cursor)
    if first:
        cursor.take(",", "/", "and", "+", "-", "then")
        alike = sets is None or sets == _take_sets_of_side(cursor)
        second = _take_side_amount(cursor) if alike else None
        if second and isinstance(first[1], Breaths):
            if second[1] != first[1] or second[0] == first[0]:
                cursor.at = mark
                return None
            atom = Atom("amount", (Entry(first[1]),), start, cursor.before.end)
            return {"atoms": (atom,), "each": None, "first": first[0]}
        if second and {first[0], second[0]} == {"left", "right"}:
            both = {first[0]: first[1], second[0]: second[1]}
            amount = Sided(both["left"], both["right"], first[0])  # type: ignore[arg-type]
            end = cursor.before.end
            made = (Atom("amount", (Entry(amount),), start, end),)
            if sets is None:
                return {"atoms": made}
            return {"atoms": (Atom("sets", sets, start, end, x=True), *made)}
    cursor.at = mark
    return None


def _take_sets_of_side(cursor: Cursor) -> int | None:
    """Take `3x` of `3x8 left, 3x8 right`."""
    if cursor.here.kind != "number" or cursor.ahead(1).text != "x":
        return None
    sets = require_whole_number(cursor.step(), MOST_SETS, "sets")
    cursor.step()
    return sets


def _take_side_amount(cursor: Cursor) -> tuple[str, BareCount | BareTime | Breaths] | None:
    """Take `8 left`, `10 reps right leg`, `left 8`, `30s right`."""
    before = cursor.take(*SIDE_WORDS)
    if before:
        cursor.take(*LIMBS)
        cursor.take(":")
    found = take_chain(cursor, bare=False, joints="-to")
    if (
        found is None
        or found.kind not in ("bare", "reps", "time", "breaths")
        or len(found.links) > 2
    ):
        return None
    cursor.take("on", "the", "with")
    after = None if before else cursor.take(*SIDE_WORDS)
    word = before or after
    if word is None:
        return None
    _ = after and cursor.take(*LIMBS)
    low, high = found.links[0], found.links[-1]
    if after and found.kind == "bare" and high.value > MOST_REPS:  # `3x1000 r 2:00` is metres
        return None
    if found.kind == "breaths":
        return SIDE_WORDS[word.text], Breaths(*require_counts(found, low, high, "breaths"))
    if found.kind == "time":
        return SIDE_WORDS[word.text], BareTime(*require_times(found, low, high))
    return SIDE_WORDS[word.text], BareCount(*require_counts(found, low, high))


def read_each_side(cursor: Cursor) -> Parts | None:
    """`per side`, `each leg`, `/arm`, `each`, `e/s`, `each direction`."""
    mark, start = cursor.at, cursor.here.start
    if short := cursor.phrases(*SHORT_SIDES):
        return {"each": SHORT_SIDES[short]}
    _ = cursor.phrases("leading with", "starting with") or cursor.take("on", "with", "for", "in")
    word = cursor.take("per", "/", "each", "ea", "a", "every")
    if word and cursor.take("direction", "directions", "way"):
        return {"directions": "each direction"}
    limb = cursor.take(*LIMBS) if word else None
    if limb or (word and word.text in ("each", "ea")):
        alone = {} if limb else {"each_alone": True}
        return {"each": LIMBS[limb.text] if limb else None, **alone}
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


SHORT_SIDES: dict[str, Limb | None] = {
    **dict.fromkeys(("e / s", "p / s", "ea / side", "each / side"), None),
    **dict.fromkeys(("e / l", "p / l", "ea / leg", "each / leg"), "leg"),
    **dict.fromkeys(("e / a", "p / a", "ea / arm", "each / arm"), "arm"),
}


def read_two_ways(cursor: Cursor) -> Parts | None:
    """`10 forward, 10 back`: the same amount each way."""
    mark, start = cursor.at, cursor.here.start
    for ways in (FORWARD, ROUND_ABOUT):
        found = take_chain(cursor, bare=False, joints="-to")
        first = cursor.take(*ways[0]) if found and len(found.links) < 3 else None
        if found is None or not first:
            cursor.at = mark
            continue
        amount = make_raw_amount(found, found.links[0], found.links[-1])
        end = cursor.before.end
        cursor.take(",", "/", "and", "+", "-", "then")
        other = take_chain(cursor, bare=False, joints="-to")
        second = cursor.take(*ways[1]) if other else None
        if other and second:
            if other.values != found.values:
                written = cursor.since(start)
                message = f"`{shorten(written)}` is two amounts"
                hint = "write two items, or one amount `each direction`"
                raise Trouble(start, cursor.before.end, message, hint)
            atom = Atom("amount", (Entry(amount),), start, end)
            words = "clockwise and counterclockwise" if ways is ROUND_ABOUT else "each direction"
            return {"atoms": (atom,), "directions": words}
        cursor.at = mark
    return None


FORWARD = (
    ("forward", "forwards", "fwd", "fwds"),
    ("back", "backward", "backwards", "bwd", "bwds", "reverse"),
)
ROUND_ABOUT = (("clockwise", "cw"), ("counterclockwise", "anticlockwise", "ccw"))


def read_restated_amount(cursor: Cursor) -> Parts | None:
    """`(15 each side)` behind `30`, `(30 total)` behind `15 each side`: the same amount again."""
    mark, start = cursor.at, cursor.here.start
    if cursor.before.text == "x" and cursor.at:
        return None
    opened = cursor.take("(")
    cursor.take("so", "=")
    sided = read_sided_amounts(cursor) if opened else None
    if sided is not None and cursor.take(")"):
        amount = sided["atoms"][0].value[0].amount
        both = (amount.left.low + amount.right.low, amount.left.high + amount.right.high)
        if amount.left == amount.right:
            return {"restated": (*both, True, start, cursor.before.end)}
        cursor.at = mark
        return None
    found = take_chain(cursor, bare=False, joints="-to")
    if found is not None and found.kind in ("bare", "reps", "steps", "time"):
        low, high = found.values[0], found.values[-1]
        sides = None if cursor.here.text == ")" else read_each_side(cursor) or read_in_all(cursor)
        if sides and cursor.take(")") and len(found.links) < 3 and "directions" not in sides:
            whole = "each" not in sides
            return {"restated": (low, high, whole, start, cursor.before.end)}
    cursor.at = mark
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
    if cursor.take("bilat", "bilateral", "bilaterally"):
        return {"both": None}
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
    side = cursor.take(*SIDE_WORDS)
    limb = cursor.take(*LIMBS) if side else None
    if side and (lead or cursor.take("only", "alone")):
        return {"only": LIMBS[limb.text] if limb else None, "first": SIDE_WORDS[side.text]}
    cursor.at = mark
    return None


def read_in_all(cursor: Cursor) -> Parts | None:
    """`in all`: both sides together; `total`: the same, or reps in as many parts as it takes."""
    if cursor.phrases("in all", "altogether", "all in all"):
        return {"in_all": True}
    few = ("in as few sets as possible", "in as few sets as needed", "in as many sets as needed")
    if cursor.phrases("in total", "total reps", "total", "overall", *few):
        return {"total": True}
    return None


def read_first_side(cursor: Cursor) -> Parts | None:
    """`left first`, `starting right`; `left, then right` also says that each side has its turn."""
    mark = cursor.at
    opened = bool(cursor.take("start", "starting"))
    _ = opened and (cursor.take("on", "with"), cursor.take("the"))
    bracket = bool(cursor.take("(", "["))
    side = cursor.take("left", "right") or _take_short_side(cursor)
    if not side or (bracket and cursor.here.text not in (")", "]")):
        cursor.at = mark
        return None
    limb = cursor.take(*LIMBS)
    name = SIDE_WORDS[side.text]
    if _take_other_side(cursor, name):
        return {"first": name, "each": None}
    if cursor.take("first") or opened:
        return {"first": name}
    end = cursor.before.end
    message = f"`{cursor.text[side.start : end]}` is taken as the only side"
    hint = f"write `{name} only`, or `{name} first` where the other one follows"
    only = {"only": LIMBS[limb.text] if limb else None, "first": name}
    return only | make_remark(side.start, end, message, hint)


def _take_short_side(cursor: Cursor) -> Token | None:
    """Take `R` or `L` that stands alone."""
    after = cursor.ahead(1)
    alone = after.kind == "end" or after.text in (",", ")", "]", "first", *LIMBS)
    capital = cursor.text[cursor.here.start : cursor.here.end] in ("L", "R")
    return cursor.take("l", "r") if alone and capital else None


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
