"""Mixes a timeline and its clips into sound.

`islands` groups the clips that overlap (no samples, no numpy: a build with everything cached needs
no more), `gains` finds the gains that reach the loudness target, `render` and `stereo` make the
samples, `mix` is what encoding gets. Music files are found by `music_files`, measured and cached by
`songs`, and joined by `music_bed`.
"""
