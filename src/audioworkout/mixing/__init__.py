"""From a timeline and its clips to sound.

`islands` says which clips sound together and where (no samples, no numpy: a build in which
everything is cached needs only this), `gains` finds the gains that bring the whole to its loudness,
`render` makes samples. Music is found by `music_files`, measured and cached by `songs`.
"""
