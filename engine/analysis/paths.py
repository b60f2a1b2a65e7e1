"""All paths from one parameter to the loss: along each the chain rule is a product, and their sum is the gradient.

The number of paths grows with every layer, so the largest are found layer by layer, without listing the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, prod

import numpy as np

from engine.arrays import Array, Indices, checked_afterwards
from engine.backprop.learning_step import learning_step
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.errors import InvalidExperiment
from engine.formulas import plain
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Layer
from engine.network.places import Bias, Neuron, Parameter

# up to so many paths are all listed; of more, the largest
ALL, LARGEST = 200, 20


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One factor of a path's product, a derivative: of the parameter's z, an activation, a weighted sum or the loss.

    kind "start": dz/dw or dz/db of the neuron `to`, for a weight with the source it comes from; "activation":
    da_to/dz_source within a layer; "weight": dz_to/da_source; "loss": dL/da of the output `to`; "joint": its dL/dz.
    """

    kind: str
    to: Neuron
    source: Neuron | None
    value: float


@dataclass(frozen=True)
class Path:
    """The factors of one path in the order the data takes, and their product."""

    factors: tuple[Factor, ...]
    product: float


@dataclass(frozen=True, kw_only=True)
class Paths:
    """The paths of one parameter, the largest first: all of them, or the LARGEST with what the others add up to."""

    parameter: Parameter
    count: int
    shown: tuple[Path, ...]
    total: float
    rest: float


@checked_afterwards
def chain_rule_paths(experiment: Experiment, parameter: Parameter) -> Paths:
    """Return the paths of `parameter` through the experiment's network.

    Where an output has rounded to 0 or 1, dL/da has no finite value: the paths then end at the output's z.
    Raises InvalidExperiment for a parameter that the network does not have, and where numbers overflow.
    """
    if not parameter.within(experiment.network.sizes):
        raise InvalidExperiment(f"The network has no parameter {plain.parameter(parameter)}.")
    experiment = experiment.example(1)
    computed = learning_step(experiment)
    forward_pass, backward_pass = computed.forward, computed.backward
    stages = _stages(experiment, forward_pass, backward_pass, parameter.layer - 1)
    count = prod(stage.branches for stage in stages)
    shown = tuple(_largest(stages, _start(forward_pass, parameter), ALL if count <= ALL else LARGEST))
    total = parameter.of(backward_pass.db if isinstance(parameter, Bias) else backward_pass.dW)
    return Paths(
        parameter=parameter,
        count=count,
        shown=shown,
        total=total,
        rest=total - fsum(path.product for path in shown) if count > ALL else 0.0,
    )


@dataclass(frozen=True, eq=False)
class _Stage:
    """Derivatives of the nodes of one column by those of the column before: dense (to, source), or a diagonal (n,).

    The last stage is the loss, a dense matrix of one row.
    """

    kind: str
    layer: int
    values: Array

    @property
    def branches(self) -> int:
        """How many ways lead on from each node."""
        return 1 if self.values.ndim == 1 else len(self.values)

    def factor(self, to: int, source: int) -> Factor:
        """Return the factor of the way between two nodes, counted from 0."""
        if self.kind in ("loss", "joint"):
            return Factor(
                kind=self.kind, to=Neuron(self.layer, source + 1), source=None, value=float(self.values[0, source])
            )
        before = self.layer - 1 if self.kind == "weight" else self.layer
        value = self.values[to] if self.values.ndim == 1 else self.values[to, source]
        return Factor(
            kind=self.kind, to=Neuron(self.layer, to + 1), source=Neuron(before, source + 1), value=float(value)
        )


def _stages(experiment: Experiment, passed: ForwardPass, made: BackwardPass, start: int) -> tuple[_Stage, ...]:
    layers = experiment.network.layers
    stages = []
    for index in range(start, len(layers)):
        if index > start:
            stages.append(_Stage("weight", index + 1, layers[index].W))
        stages.append(_Stage("activation", index + 1, _derivatives(layers[index], passed.z[index])))
    if _loss_needs_z(experiment, passed, made):
        return (*stages[:-1], _Stage("joint", len(layers), made.delta[-1][np.newaxis]))
    return (*stages, _Stage("loss", len(layers), made.da[-1][np.newaxis]))


def _derivatives(layer: Layer, z: Array) -> Array:
    record = ACTIVATIONS[layer.activation]
    return record.df(z, layer.parameter) if record.elementwise else record.jacobian(z, layer.parameter)


def _loss_needs_z(experiment: Experiment, passed: ForwardPass, made: BackwardPass) -> bool:
    layer = experiment.network.layers[-1]
    through_output = ACTIVATIONS[layer.activation].vjp(passed.z[-1], made.da[-1], layer.parameter)
    largest = float(np.abs(made.delta[-1]).max())
    return bool(np.abs(through_output - made.delta[-1]).max() > 1e-9 * largest)


def _largest(stages: tuple[_Stage, ...], start: Factor, most: int) -> Iterator[Path]:
    """Yield the paths with the largest products from the neuron that `start` leads to."""
    # For each node the largest products from there to the loss (nodes, k), and which way and rank each came from.
    products, ways = np.ones((1, 1)), []
    for stage in reversed(stages):
        products, way = _step_back(stage, products, most)
        ways.append(way)
    for rank, product in enumerate(products[start.to.number - 1].tolist()):
        factors, node = [start], start.to.number - 1
        for stage, way in zip(stages, reversed(ways), strict=True):
            to, rank = (int(index) for index in way[node, rank])  # noqa: PLW2901
            factors.append(stage.factor(to, node))
            node = to
        yield Path(tuple(factors), product * start.value)


def _step_back(stage: _Stage, products: Array, most: int) -> tuple[Array, Indices]:
    """Return the largest products one column earlier (sources, k), and for each the node and the rank it leads to."""
    if stage.values.ndim == 1:
        return stage.values[:, np.newaxis] * products, np.moveaxis(np.indices(products.shape), 0, -1)
    nodes = _promising(stage.values.T * products[:, 0], most)
    candidates = np.take_along_axis(stage.values.T, nodes, axis=1)[:, :, np.newaxis] * products[nodes]
    candidates = candidates.reshape(len(candidates), -1)
    order = np.argsort(-np.abs(candidates), axis=1, kind="stable")[:, :most]
    ranks = order % products.shape[1]
    ways = np.stack((np.take_along_axis(nodes, order // products.shape[1], axis=1), ranks), axis=-1)
    return np.take_along_axis(candidates, order, axis=1), ways


def _promising(best: Array, most: int) -> Indices:
    """Return for each source the nodes (sources, most) whose best product is among the largest, in their order.

    Of any other node not even the best product is among the largest `most`.
    """
    return np.sort(np.argsort(-np.abs(best), axis=1, kind="stable")[:, :most], axis=1)


def _start(passed: ForwardPass, parameter: Parameter) -> Factor:
    if isinstance(parameter, Bias):
        return Factor(kind="start", to=parameter.neuron, source=None, value=1.0)
    source, to = parameter.ends
    return Factor(kind="start", to=to, source=source, value=float(passed.a[source.layer][source.number - 1]))
