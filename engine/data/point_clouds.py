"""The point clouds of the generated data sets: points by class, and functions of the input, all without noise."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.data.labels import Classes

# (rng, size) -> x (n, n_in) and classes or values (n,)
Points = Callable[[np.random.Generator, int], tuple[Array, Classes]]
Values = Callable[[np.random.Generator, int], tuple[Array, Array]]


def _balanced(size: int, classes: int) -> Classes:
    return np.arange(size) % classes


def truth_table(outputs: tuple[int, int, int, int]) -> Points:
    """Return the four corners of the unit square in turn, with these classes at 00, 01, 10, 11."""

    def points(_: np.random.Generator, size: int) -> tuple[Array, Classes]:
        corner = _balanced(size, 4)
        return np.column_stack((corner // 2, corner % 2)).astype(np.float64), np.array(outputs)[corner]

    return points


def around(centres: Array) -> Points:
    """Return the centres in turn, each a class; the noise spreads them."""

    def points(_: np.random.Generator, size: int) -> tuple[Array, Classes]:
        classes = _balanced(size, len(centres))
        return centres[classes], classes

    return points


def on_circle(radius: Array, angle: Array) -> Array:
    """Return points (n, 2) from polar coordinates (n,)."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def circles(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    """Return two rings about the origin."""
    classes = _balanced(size, 2)
    return on_circle(np.array([1.8, 0.8])[classes], rng.uniform(0, 2 * np.pi, size)), classes


def moons(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    """Return two half circles that interlock."""
    classes = _balanced(size, 2)
    upper = on_circle(np.ones(size), rng.uniform(0, np.pi, size))
    # the second half circle hangs down from (1, 0.5); then both are centred on zero
    x = np.where(classes[:, np.newaxis] == 0, upper, np.array([1.0, 0.5]) - upper)
    return 1.3 * (x - np.array([0.5, 0.25])), classes


def spirals(arms: int) -> Points:
    """Return arms that leave the origin in different directions and turn one and a quarter times."""

    def points(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
        classes = _balanced(size, arms)
        t = np.sqrt(rng.uniform(0.01, 1.0, size))
        return on_circle(2.0 * t, 1.25 * 2 * np.pi * t + 2 * np.pi * classes / arms), classes

    return points


def checkerboard(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    """Return sixteen squares whose neighbours are of the other class."""
    x = rng.uniform(-2, 2, (size, 2))
    return x, np.floor(x).sum(axis=1).astype(np.intp) % 2


def function(n_in: int, f: Callable[[Array], Array]) -> Values:
    """Return inputs spread evenly over [-2, 2] in each direction, and f of them."""

    def values(rng: np.random.Generator, size: int) -> tuple[Array, Array]:
        x = rng.uniform(-2, 2, (size, n_in))
        return x, f(x)

    return values
