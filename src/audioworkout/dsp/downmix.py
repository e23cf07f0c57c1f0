"""Converts any number of channels to two."""

from __future__ import annotations

import numpy as np

from audioworkout.dsp.arrays import Float32Array

_HALF = 0.5**0.5
_L, _R, _NONE = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)
_BOTH, _TO_L, _TO_R = (_HALF, _HALF), (_HALF, 0.0), (0.0, _HALF)

_SHARES = {
    1: ((1.0, 1.0),),
    2: (_L, _R),
    3: (_L, _R, _BOTH),
    4: (_L, _R, _TO_L, _TO_R),
    5: (_L, _R, _BOTH, _TO_L, _TO_R),
    6: (_L, _R, _BOTH, _NONE, _TO_L, _TO_R),
    7: (_L, _R, _BOTH, _NONE, (0.5, 0.5), _TO_L, _TO_R),
    8: (_L, _R, _BOTH, _NONE, _TO_L, _TO_R, _TO_L, _TO_R),
}
"""Gains of each channel for left and right (ITU-R BS.775-3, table 2), in the order of WAV and FLAC
(RFC 9639, section 9.1.3): front left, right, centre, low-frequency (dropped), back, side."""

MOST_CHANNELS = max(_SHARES)


def to_stereo(block: Float32Array) -> Float32Array:
    """Convert samples of shape (samples, 1 to `MOST_CHANNELS`) to shape (samples, 2)."""
    channels = block.shape[1]
    if channels == 2:
        return block
    if channels == 1:
        return np.repeat(block, 2, axis=1)
    shares: Float32Array = np.array(_SHARES[channels], np.float32)
    mixed: Float32Array = np.einsum("sc,ct->st", block, shares)
    return mixed
