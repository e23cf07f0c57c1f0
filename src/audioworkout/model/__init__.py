"""The frozen types handed from step to step.

`exercise` and `routine` hold what a person asked for, `script` what is said and sounded,
`timeline` when. They hold no behaviour beyond small derived properties, read no file and know no
engine.
"""
