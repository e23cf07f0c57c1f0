"""The one-line notation of prescriptions, `3x8-10 per side @2-0-2-0 rest 60s`, both ways.

`parse_line` reads a line and `format_line` prints it; `parse_duration`, `parse_tempo` and their
like read single values by the same rules, for the fields of a file and for flags. Whatever cannot
be read is a `NotationError` with the exact range of characters, what is wrong, and what would work.
No exercise is known here: what only the exercise can decide stays as it was written.
"""

from audioworkout.notation.clauses.words import EFFORT_WORDS, NAME_WORDS, VOCABULARY
from audioworkout.notation.formatting import (
    format_amount,
    format_effort,
    format_finisher,
    format_line,
    format_load,
    format_open,
    format_order,
    format_phases,
    format_raw,
    format_tempo,
)
from audioworkout.notation.line import (
    parse_efforts,
    parse_finisher,
    parse_line,
    parse_load,
    parse_pause,
    parse_phases,
    parse_sides,
    reads_as_line,
)
from audioworkout.notation.partial import Entry, Group, Order, PartialPrescription
from audioworkout.notation.quantities import (
    LONGEST_DURATION,
    MOST_REPS,
    MOST_ROUNDS,
    MOST_SETS,
    SHORTEST_REP,
)
from audioworkout.notation.tokens import NotationError, NotationProblem, Words
from audioworkout.notation.values import (
    parse_amount,
    parse_duration,
    parse_duration_range,
    parse_length,
    parse_range,
    parse_tempo,
)
from audioworkout.notation.vocabulary import Vocabulary, fold_letters
from audioworkout.notation.wording import Wording

__all__ = [
    "EFFORT_WORDS",
    "LONGEST_DURATION",
    "MOST_REPS",
    "MOST_ROUNDS",
    "MOST_SETS",
    "NAME_WORDS",
    "SHORTEST_REP",
    "VOCABULARY",
    "Entry",
    "Group",
    "NotationError",
    "NotationProblem",
    "Order",
    "PartialPrescription",
    "Vocabulary",
    "Wording",
    "Words",
    "fold_letters",
    "format_amount",
    "format_effort",
    "format_finisher",
    "format_line",
    "format_load",
    "format_open",
    "format_order",
    "format_phases",
    "format_raw",
    "format_tempo",
    "parse_amount",
    "parse_duration",
    "parse_duration_range",
    "parse_efforts",
    "parse_finisher",
    "parse_length",
    "parse_line",
    "parse_load",
    "parse_pause",
    "parse_phases",
    "parse_range",
    "parse_sides",
    "parse_tempo",
    "reads_as_line",
]
