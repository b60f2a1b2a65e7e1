"""A data set: examples, the names of their columns and classes, and its split into training and test data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.data.labels import Classes, class_of, is_classes, one_hot, targets_of
from engine.data.scaling import Scaling, standardising, unscaled
from engine.errors import InvalidExperiment
from engine.formulas.plain import subscript
from engine.validation import finite_array

Kind = Literal["classification", "regression"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """Examples x (n, n_in) with targets y (n, n_out); for classes y is as `engine.data.labels.targets_of` makes it.

    inputs: the names of x's columns; outputs: of the classes, or of y's columns in a regression. x_scaling and
    y_scaling: how x, and y in a regression, came from numbers in their own units; None if they are in them.
    """

    title: str
    kind: Kind
    x: Array
    y: Array
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    x_scaling: Scaling | None = None
    y_scaling: Scaling | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", finite_array(self.x, "The inputs of the data", 2))
        object.__setattr__(self, "y", finite_array(self.y, "The targets of the data", 2))

    @property
    def size(self) -> int:
        """Number of examples."""
        return len(self.x)

    @property
    def classes(self) -> Classes | None:
        """The class (n,) of each example, from 0; None in a regression."""
        return class_of(self.y) if self.kind == "classification" else None

    def targets_for(self, n_out: int) -> Array:
        """Return the targets for a network with n_out outputs: y, or for two classes and two outputs one-hot.

        Raises InvalidExperiment for another number of outputs.
        """
        if n_out == self.y.shape[1]:
            return self.y
        if self.kind == "classification" and n_out == len(self.outputs):
            return one_hot(class_of(self.y), n_out)
        raise InvalidExperiment(
            f"The data need {self.y.shape[1]} output{'s' if self.y.shape[1] > 1 else ''}; the network has {n_out}."
        )

    def take(self, indices: Classes) -> "Dataset":
        """Return the data set of some of the examples."""
        return replace(self, x=self.x[indices], y=self.y[indices])

    def split(self, test_share: float, rng: np.random.Generator) -> tuple["Dataset", "Dataset | None"]:
        """Return training and test data, drawn at random; at least one example each, no test data for a share of 0."""
        if not 0.0 <= test_share < 1.0:
            raise InvalidExperiment(f"The share of test data must be from 0 to below 1; {test_share:g} was given.")
        number = min(max(round(self.size * test_share), 1), self.size - 1) if test_share else 0
        if not number:
            return self, None
        order = rng.permutation(self.size)
        return self.take(order[number:]), self.take(order[:number])

    def standardised(self) -> "Dataset":
        """Return the data with each input, and each target of a regression, at mean 0 and standard deviation 1."""
        x = standardising(self.x)
        y = standardising(self.y) if self.kind == "regression" else None
        return replace(self, x=x.scaled(self.x), y=y.scaled(self.y) if y else self.y, x_scaling=x, y_scaling=y)

    def input_scaling(self, index: int) -> Scaling:
        """Return the scaling of one input."""
        return self.x_scaling.column(index) if self.x_scaling else unscaled(1)

    def target_scaling(self) -> Scaling:
        """Return the scaling of the first target."""
        return self.y_scaling.column(0) if self.y_scaling else unscaled(1)

    @property
    def own_x(self) -> Array:
        """The inputs in their own units."""
        return self.x_scaling.undone(self.x) if self.x_scaling else self.x

    @property
    def own_y(self) -> Array:
        """The targets in their own units."""
        return self.y_scaling.undone(self.y) if self.y_scaling else self.y


def classification(title: str, x: Array, classes: Classes, names: Sequence[str]) -> Dataset:
    """Return points x (n, n_in) with their classes (n,) as a data set; `names` are those of all classes."""
    return Dataset(
        title=title,
        kind="classification",
        x=x,
        y=targets_of(classes, len(names)),
        inputs=input_names(x),
        outputs=tuple(names),
    )


def regression(title: str, x: Array, y: Array) -> Dataset:
    """Return inputs x (n, n_in) with values y (n,) as a data set."""
    return Dataset(title=title, kind="regression", x=x, y=y[:, np.newaxis], inputs=input_names(x), outputs=("y",))


def of_example(x: Array, y: Array) -> Dataset:
    """Return one example x (n_in,), y (n_out,), or a batch (examples, n), as a data set of its own."""
    x, y = np.atleast_2d(x), np.atleast_2d(y)
    classes = is_classes(y)
    letter, count = ("class ", max(y.shape[1], 2)) if classes else ("y", y.shape[1])
    outputs = tuple(f"{letter}{number}" for number in range(1, count + 1))
    kind: Kind = "classification" if classes else "regression"
    return Dataset(
        title="the example at hand" if len(x) == 1 else "the examples at hand",
        kind=kind,
        x=x,
        y=y,
        inputs=input_names(x),
        outputs=outputs,
    )


def input_names(x: Array) -> tuple[str, ...]:
    """Return x₁, x₂, … for the columns of x; x for a single one."""
    count = x.shape[1]
    return tuple(f"x{subscript(number)}" for number in range(1, count + 1)) if count > 1 else ("x",)
