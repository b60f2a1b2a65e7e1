"""Targets that are classes: one column of 0 and 1 for two classes, one column a class (one-hot) for more."""

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array

Classes = NDArray[np.intp]


def is_classes(y: Array) -> bool:
    """Return whether the targets y (n, n_out) are classes: only 0 and 1, and with several columns one 1 a row."""
    return bool(np.isin(y, (0.0, 1.0)).all()) and (y.shape[1] == 1 or bool((y.sum(axis=1) == 1.0).all()))


def class_of(output: Array) -> Classes:
    """Return the class (...,) that targets or a network's outputs (..., n_out) stand for, from 0.

    The class of a single output is whether it is at least ½; of several the one with the largest output.
    """
    if output.shape[-1] == 1:
        return (output[..., 0] >= 0.5).astype(np.intp)
    return output.argmax(axis=-1)


def targets_of(classes: Classes, number: int) -> Array:
    """Return classes (n,) as targets: (n, 1) of 0 and 1 for two classes, else one-hot (n, number)."""
    if number == 2:
        return classes[:, np.newaxis].astype(np.float64)
    return one_hot(classes, number)


def one_hot(classes: Classes, number: int) -> Array:
    """Return classes (n,) as one column a class, (n, number)."""
    return np.eye(number)[classes]
