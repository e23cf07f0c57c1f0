"""Between which lengths the rests of a workout can make it last."""

from typing import NamedTuple

from audioworkout.units import SECOND, Ms

TOLERANCE: Ms = SECOND
"""A workout is as long as was asked for if it misses that by less."""


class LengthRange(NamedTuple):
    """How long a workout is, and between what its rests can make it (ms)."""

    now: Ms
    shortest: Ms
    longest: Ms

    def holds(self, target: Ms) -> bool:
        """Whether rests alone can reach the target."""
        return self.shortest - TOLERANCE < target < self.longest + TOLERANCE

    def nearest(self, target: Ms) -> Ms:
        """The length within that is nearest to the target."""
        return min(max(target, self.shortest), self.longest)

    def misses(self, target: Ms) -> Ms:
        """By how much the target lies outside."""
        return abs(target - self.nearest(target))
