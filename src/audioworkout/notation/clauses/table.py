"""The table of all clauses: which readers there are, and in which order they are tried."""

from __future__ import annotations

from audioworkout.notation.clauses.amounts import read_amounts, read_counted_at
from audioworkout.notation.clauses.brackets import read_bracket
from audioworkout.notation.clauses.breaths import read_breath_phases
from audioworkout.notation.clauses.clause import QUOTE, Clause, Reader, Table
from audioworkout.notation.clauses.clocks import read_at_number, read_interval, read_window
from audioworkout.notation.clauses.efforts import read_effort
from audioworkout.notation.clauses.finishers import read_drop_set, read_finisher
from audioworkout.notation.clauses.loads import read_load
from audioworkout.notation.clauses.methods import METHOD_STARTS, read_method
from audioworkout.notation.clauses.notes import (
    NOTE_STARTS,
    read_equipment_note,
    read_frequency,
    read_heart_rate,
    read_manner_note,
    read_measure,
    read_note,
    read_separator,
    read_slash,
)
from audioworkout.notation.clauses.open_work import read_open_work
from audioworkout.notation.clauses.rests import read_rest, read_work_and_rest
from audioworkout.notation.clauses.sets import read_sets
from audioworkout.notation.clauses.sides import (
    FORWARD,
    ROUND_ABOUT,
    read_alternating,
    read_each_side,
    read_first_side,
    read_in_all,
    read_one_side,
    read_restated_amount,
    read_sided_amounts,
    read_together,
    read_two_ways,
    read_way_back,
)
from audioworkout.notation.clauses.tempo import (
    read_pause,
    read_placed_time,
    read_tempo_clause,
    read_unsigned_tempo,
)
from audioworkout.notation.clauses.words import (
    ACTIVE_RESTS,
    ALTERNATING,
    BREATH_PARTS,
    DOWN,
    EFFORT_FORMS,
    EFFORT_WORDS,
    EQUIPMENT_STARTS,
    FREQUENCIES,
    KILOS,
    LEADS,
    MACHINE_SETTINGS,
    MEASURE_LEADS,
    MEASURES,
    OPEN_WORDS,
    PAUSE_WORDS,
    POUNDS,
    SIDE_WORDS,
    UP,
)
from audioworkout.notation.quantities import REST_NOUNS


def _list_clauses() -> dict[Reader, Clause]:
    """Every clause by its reader, in the order in which they are tried.

    The first that begins where the cursor stands takes its words, so what is special comes before
    what is general: `2 RIR` before `2`, `60s rest` before `60s`, and signs without meaning last.
    """
    words = frozenset
    phases, times = words(BREATH_PARTS), words(REST_NOUNS) | words(ACTIVE_RESTS)
    active = words(f"{one}ing" for one in ACTIVE_RESTS)
    sides, manner = words(SIDE_WORDS), words(EFFORT_WORDS) | words(EFFORT_FORMS)
    weights = POUNDS | KILOS
    efforts = words(
        ("%", "rpe", "rir", "reserve", "tank", "left", "spm", "rpm", "zone", "z", "rate", "r", "/")
    )
    made = (
        Clause(read_note, words((QUOTE,))),
        Clause(read_method, METHOD_STARTS),
        Clause(read_heart_rate, words(("hr", "heart", "@")), True, words(("bpm",))),
        Clause(read_unsigned_tempo, words(("slow", "slowly", "lower")), True),
        Clause(read_bracket, words("(")),
        Clause(read_restated_amount, words("(")),
        Clause(read_slash, words("/")),
        Clause(
            read_measure, words(("@", "incline", *MACHINE_SETTINGS, *MEASURE_LEADS)), True, MEASURES
        ),
        Clause(read_equipment_note, words(EQUIPMENT_STARTS)),
        Clause(read_manner_note, NOTE_STARTS),
        Clause(
            read_frequency,
            words(("twice", "once", "every", "each", *FREQUENCIES)),
            True,
            words(FREQUENCIES),
        ),
        Clause(read_breath_phases, phases | {"breathe"}, True, words(("out", "exhale"))),
        Clause(
            read_load,
            words(("with", "at", "@", "x", "using", "w", "+", "plus", "bw", "bodyweight")),
            True,
            weights,
        ),
        Clause(
            read_effort,
            manner
            | words(("@", "at", "%", "rpe", "rir", "leave", "leaving", "keep", "zone", "z", "rate"))
            | words(("r", "cadence", "pace", "all", "max", "maximum", "full", "body", "no")),
            True,
            efforts | {"per"},
        ),
        Clause(read_counted_at, words("@")),
        Clause(read_at_number, words("@")),
        Clause(read_tempo_clause, words(("@", "tempo", *DOWN, *UP)), True, words((*DOWN, *UP))),
        Clause(
            read_drop_set,
            words(("+", "plus", "then", "with", "and", "a", "last", "drop", "dropset", "dropsets")),
        ),
        Clause(
            read_finisher,
            words(("on", "the", "last", "then", "+", "plus")),
            True,
            words(("pulse", "pulses", "partial", "partials")),
        ),
        Clause(read_interval, words(("every", "on", "emom", "leave", "leaving", "otm", "e", "a"))),
        Clause(read_work_and_rest, words(("on", "work")), True, words(("on", "work", "working"))),
        Clause(
            read_rest,
            words(("no", "without", "with", "@", "r", "as", "full", "complete", *ACTIVE_RESTS))
            | words(REST_NOUNS),
            True,
            times | active | {"between", "easy", "light", "gentle"},
        ),
        Clause(read_window, words(("time", "cap", "within", "in")), True, words(("cap", "limit"))),
        Clause(read_pause, words(PAUSE_WORDS), True, words(PAUSE_WORDS)),
        Clause(read_placed_time, words(()), True, words(("top", "bottom"))),
        Clause(read_sided_amounts, sides, True, sides),
        Clause(read_two_ways, words(()), True, words((*FORWARD[0], *ROUND_ABOUT[0]))),
        Clause(
            read_each_side,
            words(("on", "with", "for", "in", "per", "/", "each", "ea", "a", "every", "forward"))
            | words(("forwards", "both", "clockwise", "e", "p", "leading")),
        ),
        Clause(read_alternating, words(ALTERNATING)),
        Clause(
            read_together, words(("both", "no", "together", "bilat", "bilateral", "bilaterally"))
        ),
        Clause(read_one_side, words(("only", "just", "on", "with", "the", *SIDE_WORDS))),
        Clause(read_in_all, words(("in", "altogether", "all", "total", "overall"))),
        Clause(read_first_side, words(("start", "starting", "(", "[", *SIDE_WORDS))),
        Clause(read_way_back, words(("out", "there", "and", "one"))),
        Clause(
            read_sets,
            words(("twice", "thrice", "x", "for", "repeat", "repeated", "repeats", "in", "as"))
            | words(("broken", "sets")),
            True,
        ),
        Clause(
            read_open_work,
            words(("as", "to", "till", "until", "amgrap", "last", *OPEN_WORDS))
            | words(("accumulate", "accumulated", "collect")),
        ),
        Clause(
            read_amounts,
            words(("up", "at", "max", "from", "ladder", "pyramid", "descending", "ascending"))
            | words(LEADS),
            True,
        ),
        Clause(
            read_separator,
            words((",", "and", "with", "&", "(", ")", "[", "]", "|", "·", "-", "then", "w")),
        ),
    )
    return {clause.read: clause for clause in made}


_ALL = _list_clauses()
CLAUSES = Table(*(clause for read, clause in _ALL.items() if read is not read_placed_time))
SIDES_CLAUSES = Table(
    *(
        _ALL[one]
        for one in (
            read_each_side,
            read_alternating,
            read_together,
            read_one_side,
            read_in_all,
            read_first_side,
            read_separator,
        )
    )
)
PAUSE_CLAUSES = Table(*(_ALL[one] for one in (read_pause, read_placed_time, read_separator)))
EFFORT_CLAUSES = Table(_ALL[read_effort], _ALL[read_separator])
PHASES_CLAUSES = Table(_ALL[read_breath_phases])
"""What may stand in a line, and in the fields `sides`, `pause`, `effort` and `phases`."""
