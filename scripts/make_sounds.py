"""Write sounds/*.wav from the table in audioworkout.dsp.tones, with the project's environment.

.venv/bin/python scripts/make_sounds.py [FOLDER]

The same bytes come out each time, and tests/test_tones.py compares them with the files kept here.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np

from audioworkout.dsp.tones import render_tone
from audioworkout.model.script import SOUND_NAMES
from audioworkout.units import RATE

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"


def write_sounds(folder: Path) -> list[Path]:
    """Write every sound into `folder` as 16-bit mono WAV at 48 kHz; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.wav" for name in SOUND_NAMES]
    for name, file in zip(SOUND_NAMES, files, strict=True):
        samples = np.round(render_tone(name) * 32_767).astype("<i2")
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples.tobytes())
    return files


if __name__ == "__main__":
    for written in write_sounds(Path(sys.argv[1]) if len(sys.argv) > 1 else SOUNDS):
        print(written)
