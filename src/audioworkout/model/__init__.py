"""The frozen types handed from step to step.

`exercise` and `routine` hold what a person asked for, `script` what is said and sounded,
`timeline` when. They hold no behaviour beyond small derived properties, read no file and know no
engine.

Most are named tuples, which take a tenth of the time of frozen dataclasses to define. A frozen
dataclass is right where two kinds with the same values must not be equal (reps and steps), where a
field is left out when compared, and where one is called `count`, which is a method of tuples. For
the same reason annotations are real objects here: texts are compiled one by one.
"""
