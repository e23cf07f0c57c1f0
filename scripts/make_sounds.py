"""Write sounds/*.wav from the table in audioworkout.dsp.tones, with the project's environment.

.venv/bin/python scripts/make_sounds.py [FOLDER]

The same bytes come out each time, and tests/test_tones.py compares them with the files kept here.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np

from audioworkout.dsp.tones import BELLS, TONES, Tone, render_tone
from audioworkout.model.script import SoundName
from audioworkout.units import RATE

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"


def write_sounds(folder: Path) -> list[Path]:
    """Write every sound into `folder`, and the bells into `calm` within it; returns the files."""
    return [*_write_tones(TONES, folder), *_write_tones(BELLS, folder / "calm")]


def _write_tones(tones: dict[SoundName, Tone], folder: Path) -> list[Path]:
    """Write sounds as 16-bit mono WAV at 48 kHz."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.wav" for name in tones}
    for name, file in files.items():
        samples = np.round(render_tone(tones[name]) * 32_767).astype("<i2")
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples.tobytes())
    return [*files.values()]


if __name__ == "__main__":
    for written in write_sounds(Path(sys.argv[1]) if len(sys.argv) > 1 else SOUNDS):
        print(written)
