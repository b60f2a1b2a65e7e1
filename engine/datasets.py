"""The data sets that can be generated: each is one record that draws examples from a generator it is given.

Inputs are of size 1 or 2, about centred on zero, so that networks learn from them without further scaling.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.classes import Classes
from engine.dataset import Dataset, Kind, classification, regression
from engine.registry import Registry
from engine.validation import not_negative, whole_number

# Points of some kind or functions of x, drawn without noise: (rng, size) -> x (n, n_in) and classes or values (n,)
Points = Callable[[np.random.Generator, int], tuple[Array, Classes]]
Values = Callable[[np.random.Generator, int], tuple[Array, Array]]


@dataclass(frozen=True)
class Generator:
    """A data set to be drawn: `make(size, noise, seed)`.

    noise: the standard deviation of what is added to the inputs (classes) or to the targets (regression).
    hidden: sizes of the hidden layers with which a network of tanh neurons learns it well.
    """

    name: str
    title: str
    kind: Kind
    remark: str
    points: Points | None = None
    values: Values | None = None
    classes: tuple[str, ...] = ("0", "1")
    size: int = 200
    noise: float = 0.0
    hidden: tuple[int, ...] = ()

    def make(self, size: int | None = None, noise: float | None = None, seed: int = 0) -> Dataset:
        """Return `size` examples; raise InvalidExperiment for fewer than 2 or negative noise."""
        number = whole_number(self.size if size is None else size, "The number of points", 2)
        spread = not_negative(self.noise if noise is None else noise, "The noise")
        rng = np.random.default_rng(whole_number(seed, "The seed", 0))
        if self.points:
            x, classes = self.points(rng, number)
            return classification(self.title, x + spread * rng.standard_normal(x.shape), classes, self.classes)
        assert self.values
        x, y = self.values(rng, number)
        return regression(self.title, x, y + spread * rng.standard_normal(number))


def _balanced(size: int, classes: int) -> Classes:
    return np.arange(size) % classes


def _truth_table(outputs: tuple[int, int, int, int]) -> Points:
    """Return the four corners of the unit square in turn, with these classes at 00, 01, 10, 11."""

    def points(_: np.random.Generator, size: int) -> tuple[Array, Classes]:
        corner = _balanced(size, 4)
        return np.column_stack((corner // 2, corner % 2)).astype(np.float64), np.array(outputs)[corner]

    return points


def _around(centres: Array) -> Points:
    """Return the centres in turn, each a class; the noise spreads them."""

    def points(_: np.random.Generator, size: int) -> tuple[Array, Classes]:
        classes = _balanced(size, len(centres))
        return centres[classes], classes

    return points


def _on_circle(radius: Array, angle: Array) -> Array:
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _circles(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    classes = _balanced(size, 2)
    return _on_circle(np.array([1.8, 0.8])[classes], rng.uniform(0, 2 * np.pi, size)), classes


def _moons(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    classes = _balanced(size, 2)
    upper = _on_circle(np.ones(size), rng.uniform(0, np.pi, size))
    # the second half circle hangs down from (1, 0.5); then both are centred on zero
    x = np.where(classes[:, np.newaxis] == 0, upper, np.array([1.0, 0.5]) - upper)
    return 1.3 * (x - np.array([0.5, 0.25])), classes


def _spirals(arms: int) -> Points:
    def points(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
        classes = _balanced(size, arms)
        t = np.sqrt(rng.uniform(0.01, 1.0, size))
        return _on_circle(2.0 * t, 1.25 * 2 * np.pi * t + 2 * np.pi * classes / arms), classes

    return points


def _checkerboard(rng: np.random.Generator, size: int) -> tuple[Array, Classes]:
    x = rng.uniform(-2, 2, (size, 2))
    return x, np.floor(x).sum(axis=1).astype(np.intp) % 2


def _function(n_in: int, f: Callable[[Array], Array]) -> Values:
    """Return inputs spread evenly over [-2, 2] in each direction, and f of them."""

    def values(rng: np.random.Generator, size: int) -> tuple[Array, Array]:
        x = rng.uniform(-2, 2, (size, n_in))
        return x, f(x)

    return values


_CLASSES: tuple[Generator, ...] = (
    Generator(
        "and",
        "AND",
        "classification",
        "1 only where both inputs are 1: one neuron separates it with a straight line.",
        points=_truth_table((0, 0, 0, 1)),
        size=4,
    ),
    Generator(
        "or",
        "OR",
        "classification",
        "1 where at least one input is 1: one neuron is enough.",
        points=_truth_table((0, 1, 1, 1)),
        size=4,
    ),
    Generator(
        "xor",
        "XOR",
        "classification",
        "1 where the inputs differ: no straight line separates it, it takes a hidden layer (Minsky and Papert 1969).",
        points=_truth_table((0, 1, 1, 0)),
        size=4,
        hidden=(4,),
    ),
    Generator(
        "gaussians",
        "two Gaussians",
        "classification",
        "Two clouds that overlap a little: even the best boundary, a straight line, makes mistakes.",
        points=_around(np.array([[-0.9, -0.9], [0.9, 0.9]])),
        size=200,
        noise=0.6,
    ),
    Generator(
        "circles",
        "circles",
        "classification",
        "A ring around a ring: the boundary must close.",
        points=_circles,
        size=200,
        noise=0.15,
        hidden=(4,),
    ),
    Generator(
        "moons",
        "moons",
        "classification",
        "Two half circles that interlock: the boundary must bend.",
        points=_moons,
        size=200,
        noise=0.15,
        hidden=(6,),
    ),
    Generator(
        "spirals",
        "two spirals",
        "classification",
        "Two arms wound around each other, the classic hard case (Lang and Witbrock 1988).",
        points=_spirals(2),
        size=500,
        noise=0.05,
        hidden=(8, 8),
    ),
    Generator(
        "checkerboard",
        "checkerboard",
        "classification",
        "Sixteen squares in turn: many corners, many hidden neurons.",
        points=_checkerboard,
        size=400,
        hidden=(10, 10),
    ),
    Generator(
        "three_spirals",
        "three spirals",
        "classification",
        "Three classes, three arms: softmax and cross-entropy.",
        points=_spirals(3),
        classes=("A", "B", "C"),
        size=300,
        noise=0.05,
        hidden=(10, 8),
    ),
    Generator(
        "blobs",
        "three blobs",
        "classification",
        "Three clouds, three classes: even a single softmax layer does it.",
        points=_around(1.4 * _on_circle(np.ones(3), np.array([0.5, 7 / 6, 11 / 6]) * np.pi)),
        classes=("A", "B", "C"),
        size=210,
        noise=0.45,
    ),
)

_FUNCTIONS: tuple[Generator, ...] = (
    Generator(
        "line",
        "line",
        "regression",
        "y = 0.7 x + 0.2: a single linear neuron finds it.",
        values=_function(1, lambda x: 0.7 * x[:, 0] + 0.2),
        size=60,
        noise=0.1,
    ),
    Generator(
        "sine",
        "sine",
        "regression",
        "One and a third waves: bends that a network builds out of its hidden neurons.",
        values=_function(1, lambda x: np.sin(2.1 * x[:, 0])),
        size=100,
        noise=0.1,
        hidden=(8,),
    ),
    Generator(
        "plane",
        "plane",
        "regression",
        "A tilted plane over two inputs: linear, as the line is.",
        values=_function(2, lambda x: 0.5 * x[:, 0] - 0.3 * x[:, 1]),
        size=200,
        noise=0.05,
    ),
    Generator(
        "hill",
        "hill",
        "regression",
        "A bump in the middle of a plain: the network must close a curve around it.",
        values=_function(2, lambda x: np.exp(-(x**2).sum(axis=1))),
        size=300,
        noise=0.02,
        hidden=(8,),
    ),
)

DATASETS: Registry[Generator] = Registry("data set", (*_CLASSES, *_FUNCTIONS))
