"""The range of lengths that a workout can get by changing its rests."""

from typing import NamedTuple

from audioworkout.units import SECOND, Ms

TOLERANCE: Ms = SECOND
"""A workout has the requested length if the difference is smaller than this."""


class LengthRange(NamedTuple):
    """Length of a workout, and the range that its rests allow (ms)."""

    now: Ms
    shortest: Ms
    longest: Ms

    def contains(self, target: Ms) -> bool:
        """True if rests alone can reach the target."""
        return self.shortest - TOLERANCE < target < self.longest + TOLERANCE

    def nearest(self, target: Ms) -> Ms:
        """The length in the range that is nearest to the target."""
        return min(max(target, self.shortest), self.longest)

    def distance(self, target: Ms) -> Ms:
        """Distance from the target to the range (0 inside it)."""
        return abs(target - self.nearest(target))
