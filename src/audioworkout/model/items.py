"""The items of a routine, and the one traversal of them through nested blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from audioworkout.model.exercise import Exercise, Timed
from audioworkout.model.routine import Announcement, Block, Item, Rest, Work

Change = Callable[[Work], Work | None]
"""Called with a work; returns its replacement, or None to leave it out."""


def works_in(items: Iterable[Item]) -> Iterator[Work]:
    """Every work of the items in order, including those inside blocks."""
    for item in items:
        if isinstance(item, Work):
            yield item
        elif isinstance(item, Block):
            yield from works_in(item.items)


def exercises_in(items: Iterable[Item]) -> Iterator[Exercise]:
    """The exercise of every work, in order."""
    return (work.exercise for work in works_in(items))


def map_items(items: Iterable[Item], change: Callable[[Item], Item | None]) -> tuple[Item, ...]:
    """The items with every one changed, members of blocks before their block.

    An item that becomes None is left out, and so are a block that has no work left, and a rest that
    has lost the work before or after it.
    """
    before = tuple(items)
    return drop_items(before, [_change_item(item, change) for item in before])


def _change_item(item: Item, change: Callable[[Item], Item | None]) -> Item | None:
    changed = change(_change_members(item, change))
    return None if isinstance(changed, Block) and not has_work(changed) else changed


def drop_items(items: Sequence[Item], left: Sequence[Item | None]) -> tuple[Item, ...]:
    """The remaining items, without rests that have lost the work before or after them.

    A rest before the first or after the last work stays as long as any work does.

    Args:
        items: The original items.
        left: What became of each; None if it is left out.
    """
    works = [n for n, item in enumerate(items) if not isinstance(item, Rest | Announcement)]

    def is_needed(place: int) -> bool:
        before = [n for n in works if n < place]
        after = [n for n in works if n > place]
        if before and after and left[before[-1]] is None:
            return False
        return any(left[n] is not None for n in after or before)

    return tuple(
        item
        for n, item in enumerate(left)
        if item is not None and (not isinstance(item, Rest) or is_needed(n))
    )


def _change_members(item: Item, change: Callable[[Item], Item | None]) -> Item:
    if not isinstance(item, Block):
        return item
    return replace(item, items=map_items(item.items, change))


def map_works(items: Iterable[Item], change: Change) -> tuple[Item, ...]:
    """The items with every work changed or left out; all others stay as they are."""
    return map_items(items, lambda item: change(item) if isinstance(item, Work) else item)


def filter_works(
    items: Iterable[Item], keep: Callable[[Exercise], bool], bare: bool = False
) -> tuple[Item, ...]:
    """The items without the works whose exercise is not kept.

    `bare`: also without rests and announcements.
    """

    def filter_item(item: Item) -> Item | None:
        if isinstance(item, Work):
            return item if keep(item.exercise) else None
        return None if bare and isinstance(item, Rest | Announcement) else item

    return map_items(items, filter_item)


def replace_work(items: Iterable[Item], old: Work, new: Work) -> tuple[Item, ...]:
    """The items with one work replaced: this object, not others that are equal to it."""
    return map_works(items, lambda work: new if work is old else work)


def has_work(item: Item) -> bool:
    """True if there is any work in an item."""
    return any(works_in([item]))


def rounds_of(block: Block) -> int:
    """Number of rounds of a block; of a superset, the most sets of a member."""
    if block.kind != "superset":
        return block.rounds
    own = (item.prescription.set_count for item in block.items if isinstance(item, Work))
    return max(own, default=block.rounds)


def is_by_round(work: Work, block: Block) -> bool:
    """True if a member does one of its listed sets in each round: `rounds: 21-15-9`."""
    listed, whole = len(work.prescription.by_set), work.prescription.set_count
    return block.kind != "superset" and listed > 1 and listed == whole == block.rounds


def with_rounds(block: Block, rounds: int) -> Block:
    """The block with another number of rounds; listed sets of one per round are adapted."""

    def change(item: Item) -> Item:
        if not isinstance(item, Work) or not is_by_round(item, block):
            return item
        return replace(item, prescription=item.prescription.with_sets(rounds))

    return replace(block, items=tuple(map(change, block.items)), rounds=rounds)


def turns_of(block: Block) -> list[tuple[Item, ...]]:
    """The items of each round if members take turns: a member with the announcements before it."""
    turns: list[tuple[Item, ...]] = []
    said: tuple[Item, ...] = ()
    for item in block.items:
        if isinstance(item, Announcement):
            said += (item,)
        else:
            turns.append((*said, item))
            said = ()
    return turns


def pause_is_none(block: Block, before: Work, after: Work) -> bool:
    """True if two members follow each other without a pause unless one is written."""
    return block.kind in ("repeat", "intervals") or (_moves_on(before) and _moves_on(after))


def _moves_on(work: Work) -> bool:
    """True if it is running, walking, rowing, cycling or swimming for a time."""
    return work.exercise.travels == "own pace" and isinstance(work.prescription.amount, Timed)
