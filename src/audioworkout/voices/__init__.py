"""Who speaks: the Voice protocol, one module per engine, and what makes clips of their sound.

* `voice` - the protocols a voice and an engine implement, and the types they hand over
* `engines` - engines by name; `open_voice` finds the one that was asked for
* `clips` - `speak_lines`: every line as a finished clip, from the cache or freshly spoken
* `clip_maker` - raw sound made into clips
* `espeak`, `system`, `ruler` - the engines; `process`, `worker`, `espeak_driver` - how pyttsx3 runs

This file imports nothing: the worker process that speaks must start at once.
"""
