"""A learning step as it is worked out by hand: each number by its rule, from numbers that may be somebody's own.

What was rounded, mistaken or typed on the way is carried on, as a learner carries it on.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.passes import backward, forward
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network
from engine.network.reductions import REDUCTIONS

MEAN, SUM = "mean", "sum"
# in the order of the calculation; each is an array a layer, but the loss
KINDS = ("z", "a", "loss", "da", "delta", "dw", "db", "new_w", "new_b")

# a number on the way, of a kind and a layer counted from 1, as it is taken on
Change = Callable[[str, int, Array], Array]


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """What a learning step begins with: x (examples, n_in) and y (examples, n_out), and how examples are joined."""

    network: Network
    x: Array
    y: Array
    learning_rate: float
    update_biases: bool = True
    reduction: str = MEAN

    @staticmethod
    def of(experiment: Experiment) -> "Problem":
        """Return the problem of an experiment, of one example or of several."""
        return Problem(
            network=experiment.network,
            x=np.atleast_2d(experiment.x),
            y=np.atleast_2d(experiment.y),
            learning_rate=experiment.learning_rate,
            update_biases=experiment.update_biases,
            reduction=experiment.reduction,
        )

    @property
    def examples(self) -> int:
        """How many examples there are."""
        return len(self.x)

    @property
    def share(self) -> float:
        """What the sum over the examples is multiplied with."""
        return 1 / REDUCTIONS[self.reduction].divisor(self.examples)

    @property
    def experiment(self) -> Experiment:
        """The experiment whose problem it is."""
        return Experiment(self.network, self.x, self.y, self.learning_rate, self.update_biases, self.reduction)

    def layer(self, number: int) -> Layer:
        """Return a layer, counted from 1."""
        return self.network.layers[number - 1]

    def one(self, example: int) -> Experiment:
        """Return the experiment with one of the examples, counted from 0."""
        return Experiment(self.network, self.x[example], self.y[example], self.learning_rate, self.update_biases)


@dataclass(frozen=True, eq=False, kw_only=True)
class Worked:
    """The numbers of a problem. z, a, da and delta are (examples, n), each example's own; layers count from 1.

    a[0] is x. dw, db, new_w and new_b are those of all examples together, losses (examples,) each example's.
    """

    problem: Problem
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    losses: Array
    loss: Array
    da: tuple[Array, ...]
    delta: tuple[Array, ...]
    dw: tuple[Array, ...]
    db: tuple[Array, ...]
    new_w: tuple[Array, ...]
    new_b: tuple[Array, ...]

    def of(self, kind: str, layer: int) -> Array:
        """Return all numbers of a kind in a layer counted from 1; the loss has no layer."""
        if kind == "loss":
            return self.loss
        numbers: tuple[Array, ...] = getattr(self, kind)
        return numbers[layer if kind == "a" else layer - 1]


def computed(problem: Problem) -> Worked:
    """Return the numbers as the engine computes them, from each example's own passes.

    Raises InvalidExperiment where numbers leave the range of float64.
    """
    passes = []
    for example in range(problem.examples):
        passed = forward(problem.network, problem.x[example])
        passes.append((passed, backward(problem.network, passed, problem.y[example])))
    layers = range(len(problem.network.layers))
    a = tuple(np.stack([passed.a[index] for passed, _ in passes]) for index in (*layers, len(layers)))
    delta = tuple(np.stack([made.delta[index] for _, made in passes]) for index in layers)
    dw, db = (
        [_joined(problem, [getattr(made, name)[i] for _, made in passes]) for i in layers] for name in ("dW", "db")
    )
    losses = np.array([made.loss for _, made in passes])
    new = _updated(problem, dw, db)
    return Worked(
        problem=problem,
        z=tuple(np.stack([passed.z[index] for passed, _ in passes]) for index in layers),
        a=a,
        losses=losses,
        loss=_joined(problem, losses),
        da=tuple(np.stack([made.da[index] for _, made in passes]) for index in layers),
        delta=delta,
        dw=tuple(dw),
        db=tuple(db),
        new_w=new[0],
        new_b=new[1],
    )


@checked_afterwards
def followed(problem: Problem, change: Change) -> Worked:
    """Return the numbers as they follow from each other by the textbook's rules, each taken on as `change` returns it.

    The delta of the output is worked out from the outputs as they are taken on. Numbers may leave float64's range.
    """
    layers = range(1, len(problem.network.layers) + 1)
    z, a = list[Array](), [problem.x]
    for number in layers:
        layer = problem.layer(number)
        z.append(change("z", number, a[-1] @ layer.W.T + layer.b))
        a.append(change("a", number, activate(layer, z[-1])))
    losses = np.atleast_1d(LOSSES[problem.network.loss].value(a[-1], problem.y))
    da, delta = _backward(problem, z, a, change)
    dw = [change("dw", number, weight_gradient(problem, delta[number - 1], a[number - 1])) for number in layers]
    db = [change("db", number, bias_gradient(problem, delta[number - 1])) for number in layers]
    new_w, new_b = _updated(problem, dw, db)
    return Worked(
        problem=problem,
        z=tuple(z),
        a=tuple(a),
        losses=losses,
        loss=change("loss", 0, _joined(problem, losses)),
        da=tuple(da),
        delta=tuple(delta),
        dw=tuple(dw),
        db=tuple(db),
        new_w=tuple(change("new_w", number, W) for number, W in enumerate(new_w, start=1)),
        new_b=tuple(change("new_b", number, b) for number, b in enumerate(new_b, start=1)),
    )


def _backward(problem: Problem, z: list[Array], a: list[Array], change: Change) -> tuple[list[Array], list[Array]]:
    last = len(problem.network.layers)
    fresh = output_gradient(problem, a[-1])
    da = [change("da", last, fresh)]
    # the joint form is known by heart: nobody computes it from the gradient at the output
    through = fresh if problem.network.joint_form else da[0]
    delta = [change("delta", last, through_activation(problem.layer(last), z[-1], a[-1], through))]
    for number in range(last - 1, 0, -1):
        da.insert(0, change("da", number, delta[0] @ problem.layer(number + 1).W))
        own = through_activation(problem.layer(number), z[number - 1], a[number], da[0])
        delta.insert(0, change("delta", number, own))
    return da, delta


def activate(layer: Layer, z: Array) -> Array:
    """Return f(z) of a layer."""
    return np.asarray(ACTIVATIONS[layer.activation].f(z, layer.parameter))


def slopes(layer: Layer, z: Array) -> Array:
    """Return f'(z) of a layer; of a softmax the diagonal of its Jacobian."""
    return np.asarray(ACTIVATIONS[layer.activation].df(z, layer.parameter))


def through_activation(layer: Layer, z: Array, a: Array, da: Array) -> Array:
    """Return dL/dz from dL/da, with the slope from a wherever it can be had from there, as by hand."""
    record = ACTIVATIONS[layer.activation]
    if record.product_from_value:
        return record.product_from_value(a, da)
    if record.slope_from_value:
        return da * record.slope_from_value(a, np.nan if layer.parameter is None else layer.parameter)
    return np.asarray(record.vjp(z, da, layer.parameter))


def output_gradient(problem: Problem, output: Array) -> Array:
    """Return dL/da at the output, each example's own."""
    return np.asarray(LOSSES[problem.network.loss].gradient(output, problem.y, problem.y.shape[-1]))


def weight_gradient(problem: Problem, delta: Array, before: Array) -> Array:
    """Return deltaᵀ · a, the sum over the examples or their mean."""
    return (delta.T @ before) * problem.share


def bias_gradient(problem: Problem, delta: Array) -> Array:
    """Return the sum of delta over the examples or its mean."""
    return np.asarray(delta.sum(axis=0) * problem.share)


def _joined(problem: Problem, each: list[Array] | Array) -> Array:
    return np.asarray(sum(each[1:], start=each[0]) * problem.share)


def _updated(problem: Problem, dw: list[Array], db: list[Array]) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    layers, rate = problem.network.layers, problem.learning_rate
    new_w = tuple(layer.W - rate * gradient for layer, gradient in zip(layers, dw, strict=True))
    new_b = tuple(
        layer.b - rate * gradient if problem.update_biases else layer.b
        for layer, gradient in zip(layers, db, strict=True)
    )
    return new_w, new_b
