"""Routine -> Script, in two steps that know no speech lengths.

`plan` lays out the work: bouts and the pauses before them, every length final. `script` puts words
and bells to it. `timing` holds the defaults, `pauses`, `work` and `frame` one function per kind of
passage.
"""

from audioworkout.compiler.plan import plan_routine
from audioworkout.compiler.script import compile_routine

__all__ = ["compile_routine", "plan_routine"]
