"""Routine -> Script, in two steps that know no speech lengths.

`plan` lays out the work: bouts (`bouts`, `expand`) and the pauses before them, every length final.
`script` puts words and sounds to it: `pauses` to pauses, `work` to work, `frame` to the first and
last words. `rules` holds when and how often things are said, `timing` the default lengths.
"""

from audioworkout.compiler.plan import plan_routine
from audioworkout.compiler.script import compile_routine

__all__ = ["compile_routine", "plan_routine"]
