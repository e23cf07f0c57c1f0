"""Types of numpy arrays that hold samples, gains and energies."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Float32Array = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.floating[Any]]
"""Of either width: functions that keep the width of what they are given."""
