"""The frozen types handed from step to step.

`exercise` and `routine` hold the requested workout, `script` what is said and sounded, `timeline`
when. They have no behaviour beyond small derived properties, read no file and know no engine.

Most are named tuples, which are defined ten times faster than frozen dataclasses. A dataclass is
used where two types with the same values must not be equal (reps and steps), where a field is
excluded from comparison, and where a field is called `count`, which is a method of tuples.
Annotations are real objects here, because strings would be compiled one by one.
"""
