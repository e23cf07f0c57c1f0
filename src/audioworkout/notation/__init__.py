"""The one-line notation of prescriptions, `3x8-10 per side @2-0-2-0 rest 60s`, both ways.

`parse` reads a line and `write` prints it; `parse_duration`, `parse_tempo` and their like read
single values by the same rules, for the fields of a file and for flags. Whatever cannot be read is
a `NotationError` with the exact range of characters, what is wrong, and what would work.
"""

from audioworkout.notation.line import (
    parse,
    parse_finisher,
    parse_load,
    parse_pause,
    parse_sides,
)
from audioworkout.notation.quantities import (
    LONGEST,
    MOST_REPS,
    MOST_ROUNDS,
    MOST_SETS,
    SHORTEST_REP,
)
from audioworkout.notation.tokens import NotationError, NotationProblem
from audioworkout.notation.values import (
    parse_amount,
    parse_duration,
    parse_length,
    parse_range,
    parse_tempo,
)
from audioworkout.notation.written import (
    Written,
    write,
    write_amount,
    write_finisher,
    write_load,
    write_order,
    write_tempo,
)

__all__ = [
    "LONGEST",
    "MOST_REPS",
    "MOST_ROUNDS",
    "MOST_SETS",
    "SHORTEST_REP",
    "NotationError",
    "NotationProblem",
    "Written",
    "parse",
    "parse_amount",
    "parse_duration",
    "parse_finisher",
    "parse_length",
    "parse_load",
    "parse_pause",
    "parse_range",
    "parse_sides",
    "parse_tempo",
    "write",
    "write_amount",
    "write_finisher",
    "write_load",
    "write_order",
    "write_tempo",
]
