"""Speech: the Voice protocol, one module per engine, and the conversion of their sound to clips.

* `voice` - the protocols of voices and engines, and the types they return
* `engines` - engines by name; `open_voice` opens the requested voice
* `clips` - `speak_lines`: every line as a finished clip, from the cache or spoken now
* `role_voices` - two voices in one workout; `recorded`, `piper`, `natural` - engines with files
* `clip_maker` - makes clips from raw sound
* `espeak`, `system`, `ruler` - the engines; `process`, `worker`, `espeak_driver` - how pyttsx3 runs

This file imports nothing: the worker process must start fast.
"""
