"""The array type of the engine, and how its functions treat the limits of float64."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

Flags: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.intp]

# An exponential that underflows to 0 is the right answer, and one that overflows on the way to a finite result
# (1 / (1 + inf) = 0) is too; a caller who made NumPy raise on either would otherwise get an exception for it.
saturating = np.errstate(under="ignore", over="ignore")

# Where large inputs may really overflow; the caller checks the result and names the culprit.
checked_afterwards = np.errstate(under="ignore", over="ignore", invalid="ignore")
