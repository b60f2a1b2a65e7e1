"""The data sets that can be generated: each is one record that draws examples from a generator it is given.

Inputs are of size 1 or 2, about centred on zero, so that networks learn from them without further scaling.
"""

from dataclasses import dataclass

import numpy as np

from engine.data import point_clouds as clouds
from engine.data.dataset import Dataset, Kind, classification, regression
from engine.registry import Registry
from engine.validation import not_negative, whole_number


@dataclass(frozen=True, kw_only=True)
class Generator:
    """A data set to be drawn: `make(size, noise, seed)`.

    noise: the standard deviation of what is added to the inputs (classes) or to the targets (regression).
    hidden: sizes of the hidden layers with which a network of tanh neurons learns it well.
    """

    name: str
    title: str
    kind: Kind
    remark: str
    points: clouds.Points | None = None
    values: clouds.Values | None = None
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


_CLASSES: tuple[Generator, ...] = (
    Generator(
        name="and",
        title="AND",
        kind="classification",
        remark="1 only where both inputs are 1: one neuron separates it with a straight line.",
        points=clouds.truth_table((0, 0, 0, 1)),
        size=4,
    ),
    Generator(
        name="or",
        title="OR",
        kind="classification",
        remark="1 where at least one input is 1: one neuron is enough.",
        points=clouds.truth_table((0, 1, 1, 1)),
        size=4,
    ),
    Generator(
        name="xor",
        title="XOR",
        kind="classification",
        remark=(
            "1 where the inputs differ: no straight line separates it, it takes a hidden layer (Minsky and Papert "
            "1969)."
        ),
        points=clouds.truth_table((0, 1, 1, 0)),
        size=4,
        hidden=(4,),
    ),
    Generator(
        name="gaussians",
        title="two Gaussians",
        kind="classification",
        remark="Two clouds that overlap a little: even the best boundary, a straight line, makes mistakes.",
        points=clouds.around(np.array([[-0.9, -0.9], [0.9, 0.9]])),
        size=200,
        noise=0.6,
    ),
    Generator(
        name="circles",
        title="circles",
        kind="classification",
        remark="A ring around a ring: the boundary must close.",
        points=clouds.circles,
        size=200,
        noise=0.15,
        hidden=(4,),
    ),
    Generator(
        name="moons",
        title="moons",
        kind="classification",
        remark="Two half circles that interlock: the boundary must bend.",
        points=clouds.moons,
        size=200,
        noise=0.15,
        hidden=(6,),
    ),
    Generator(
        name="spirals",
        title="two spirals",
        kind="classification",
        remark="Two arms wound around each other, the classic hard case (Lang and Witbrock 1988).",
        points=clouds.spirals(2),
        size=500,
        noise=0.05,
        hidden=(8, 8),
    ),
    Generator(
        name="checkerboard",
        title="checkerboard",
        kind="classification",
        remark="Sixteen squares in turn: many corners, many hidden neurons.",
        points=clouds.checkerboard,
        size=400,
        hidden=(10, 10),
    ),
    Generator(
        name="three_spirals",
        title="three spirals",
        kind="classification",
        remark="Three classes, three arms: softmax and cross-entropy.",
        points=clouds.spirals(3),
        classes=("A", "B", "C"),
        size=300,
        noise=0.05,
        hidden=(10, 8),
    ),
    Generator(
        name="blobs",
        title="three blobs",
        kind="classification",
        remark="Three clouds, three classes: even a single softmax layer does it.",
        points=clouds.around(1.4 * clouds.on_circle(np.ones(3), np.array([0.5, 7 / 6, 11 / 6]) * np.pi)),
        classes=("A", "B", "C"),
        size=210,
        noise=0.45,
    ),
)

_FUNCTIONS: tuple[Generator, ...] = (
    Generator(
        name="line",
        title="line",
        kind="regression",
        remark="y = 0.7 x + 0.2: a single linear neuron finds it.",
        values=clouds.function(1, lambda x: 0.7 * x[:, 0] + 0.2),
        size=60,
        noise=0.1,
    ),
    Generator(
        name="sine",
        title="sine",
        kind="regression",
        remark="One and a third waves: bends that a network builds out of its hidden neurons.",
        values=clouds.function(1, lambda x: np.sin(2.1 * x[:, 0])),
        size=100,
        noise=0.1,
        hidden=(8,),
    ),
    Generator(
        name="plane",
        title="plane",
        kind="regression",
        remark="A tilted plane over two inputs: linear, as the line is.",
        values=clouds.function(2, lambda x: 0.5 * x[:, 0] - 0.3 * x[:, 1]),
        size=200,
        noise=0.05,
    ),
    Generator(
        name="hill",
        title="hill",
        kind="regression",
        remark="A bump in the middle of a plain: the network must close a curve around it.",
        values=clouds.function(2, lambda x: np.exp(-(x**2).sum(axis=1))),
        size=300,
        noise=0.02,
        hidden=(8,),
    ),
)

DATASETS: Registry[Generator] = Registry("data set", (*_CLASSES, *_FUNCTIONS))
