"""bfloat16, the upper half of a float32, which NumPy has no type for: https://en.wikipedia.org/wiki/Bfloat16."""

import numpy as np

from engine.arrays import Array


def widened(data: bytes | memoryview) -> Array:
    """Return little-endian bfloat16 numbers as float32, of shape (len(data) / 2,)."""
    return (np.frombuffer(data, "<u2").astype(np.uint32) << np.uint32(16)).view(np.float32)
