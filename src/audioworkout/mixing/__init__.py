"""From a timeline and its clips to sound.

`plan` says which clips sound together and where (no samples, no numpy: a build in which everything
is kept needs only this), `programme` finds the one gain that brings the whole to its loudness,
`render` makes samples.
"""
