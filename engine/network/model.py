"""Layer, Network and Experiment: immutable, validated values. A change makes a new value.

Layers count from 1 on the screen (the input is layer 0) and from 0 in `network.layers`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.limits import require_examples, require_size
from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import LOSSES, JointForm
from engine.network.reductions import REDUCTIONS
from engine.validation import counted, finite_array, finite_number, flag, require_shape, whole_number


class _Value:
    """Equality and hash by content: dataclasses compare arrays element by element, which has no truth value."""

    @cached_property
    def _content(self) -> tuple[Any, ...]:
        return tuple(_comparable(value) for value in self.__dict__.values())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)

    def __getstate__(self) -> dict[str, Any]:
        # without the cache, which belongs to no field
        return {name: value for name, value in self.__dict__.items() if name != "_content"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # an unpickled or copied array has forgotten that it was read-only
        for value in state.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
        self.__dict__.update(state)


def _comparable(value: Any) -> Any:
    # a digest, as the bytes themselves would double what a network takes
    return (value.shape, blake2b(value.data, digest_size=16).digest()) if isinstance(value, np.ndarray) else value


@dataclass(frozen=True, eq=False)
class Layer(_Value):
    """One dense layer, a = f(W a_before + b).

    W: (n_out, n_in), row j holds the weights into neuron j. b: (n_out,). activation: a key of ACTIVATIONS.
    parameter: the activation's own number (the slope of leaky_relu, alpha of elu), by default its record's.
    Raises InvalidExperiment for wrong shapes, numbers that are not finite and unknown names.
    """

    W: Array
    b: Array
    activation: str
    parameter: float | None = None

    def __post_init__(self) -> None:
        W = finite_array(self.W, "The weights W", 2)
        b = finite_array(self.b, "The biases b", 1)
        require_shape(b, (W.shape[0],), "The biases b", f"W has {counted(W.shape[0], 'row')}, one a neuron")
        record = ACTIVATIONS[self.activation]
        _set(self, W=W, b=b, parameter=_parameter(record, self.parameter))

    @property
    def n_in(self) -> int:
        """Number of neurons in the layer before."""
        return self.W.shape[1]

    @property
    def n_out(self) -> int:
        """Number of neurons in this layer."""
        return self.W.shape[0]


@dataclass(frozen=True, eq=False)
class Network(_Value):
    """Layers in the order the data takes, and the loss that judges the last one's output.

    Raises InvalidExperiment where sizes do not follow on each other or the loss does not go with the output.
    """

    layers: tuple[Layer, ...]
    loss: str

    def __init__(self, layers: Sequence[Layer], loss: str) -> None:
        _set(self, layers=_layers(layers), loss=LOSSES[loss].name)
        _require_loss_fits(self)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons per layer, the input included: (n_in, n_1, ..., n_out)."""
        return (self.layers[0].n_in, *(layer.n_out for layer in self.layers))

    @property
    def weight_count(self) -> int:
        """How many weights all layers have."""
        return sum(layer.W.size for layer in self.layers)

    @property
    def parameter_count(self) -> int:
        """How many weights and biases all layers have."""
        return self.weight_count + sum(layer.b.size for layer in self.layers)

    @property
    def joint_form(self) -> JointForm | None:
        """The joint form of the loss with the output's activation, where there is one."""
        return LOSSES[self.loss].joint.get(self.layers[-1].activation)


@dataclass(frozen=True, eq=False)
class Experiment(_Value):
    """A network with what it learns from in one step, one example or a batch, and the settings of that step.

    x: (n_in,) or (examples, n_in); y: (n_out,) or (examples, n_out). reduction: a key of REDUCTIONS. A batch of one
    example is that example, and there is nothing to reduce: it is always (n_in,), (n_out,) and "mean".
    Raises InvalidExperiment for a network that is too large, for too many examples, wrong shapes, numbers that are not
    finite and targets that the loss does not allow.
    """

    network: Network
    x: Array
    y: Array
    learning_rate: float
    update_biases: bool = True
    reduction: str = "mean"

    def __post_init__(self) -> None:
        if not isinstance(self.network, Network):
            raise InvalidExperiment("The network of an experiment must be a Network.")
        sizes = self.network.sizes
        require_size(sizes)
        x, y = _given(self.x, self.y, sizes)
        require_targets(self.network, y)
        rate = finite_number(self.learning_rate, "The learning rate")
        if rate < 0:
            raise InvalidExperiment(f"The learning rate must not be negative; {rate:g} was given.")
        reduction = REDUCTIONS[self.reduction].name if y.ndim == 2 else _of_one(self.reduction)
        biases = flag(self.update_biases, "update_biases")
        _set(self, x=x, y=y, learning_rate=rate, update_biases=biases, reduction=reduction)

    @property
    def examples(self) -> int:
        """How many examples it learns from."""
        return len(self.y) if self.y.ndim == 2 else 1

    def example(self, number: int) -> "Experiment":
        """Return the experiment with one of its examples alone, counted from 1.

        Raises InvalidExperiment for an example that it does not have.
        """
        index = whole_number(number, "The number of the example", 1) - 1
        if index >= self.examples:
            there = "There is one example" if self.examples == 1 else f"There are {self.examples} examples"
            raise InvalidExperiment(f"{there}, counted from 1; {index + 1} was asked for.")
        return self if self.examples == 1 else replace(self, x=self.x[index], y=self.y[index])

    def in_batch(self, number: int) -> "Experiment":
        """Return an example, counted from 1, that still learns with all others; a single one is as it is.

        Raises InvalidExperiment for an example that it does not have.
        """
        one = self.example(number)
        if self.examples == 1:
            return self
        given = (self.network, one.x, one.y, self.learning_rate, self.update_biases)
        return ExampleInBatch(*given, batch=self, number=int(number))


@dataclass(frozen=True, eq=False)
class ExampleInBatch(Experiment):
    """One example of a batch that is looked at: x (n_in,) and y (n_out,) are its own, the learning step is the batch's.

    number: which one of `batch`, counted from 1.
    """

    batch: Experiment = field(kw_only=True)
    number: int = field(kw_only=True)


def whole(experiment: Experiment) -> Experiment:
    """Return the batch of an example that is looked at; any other experiment as it is."""
    return experiment.batch if isinstance(experiment, ExampleInBatch) else experiment


def _given(x: Any, y: Any, sizes: Sequence[int]) -> tuple[Array, Array]:
    """Return x and y checked, (n_in,) and (n_out,) of one example, with the examples as first axis of a batch."""
    ndim = 2 if _is_table(x) and _is_table(y) else 1
    x, y = finite_array(x, "The input x", ndim), finite_array(y, "The target y", ndim)
    if ndim == 2:
        if len(x) != len(y):
            raise InvalidExperiment(
                f"Every example needs an input x and a target y: there are {len(x)} inputs and {len(y)} targets."
            )
        require_examples(len(x), sizes)
    shape = x.shape[:-1]
    require_shape(x, (*shape, sizes[0]), "The input x", f"the first layer takes {counted(sizes[0], 'input')}")
    require_shape(y, (*shape, sizes[-1]), "The target y", f"the network has {counted(sizes[-1], 'output')}")
    return (x[0], y[0]) if shape == (1,) else (x, y)


def _is_table(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return len(value) > 0 and isinstance(value[0], list | tuple | np.ndarray)
    return isinstance(value, np.ndarray) and value.ndim == 2


def _of_one(reduction: str) -> str:
    # a name that is unknown is refused all the same
    return REDUCTIONS[reduction].name and "mean"


def require_targets(network: Network, y: Array) -> None:
    """Raise InvalidExperiment if the loss of `network` does not allow the targets y."""
    loss = LOSSES[network.loss]
    outside = loss.outside(y)
    if outside.size:
        low, high = loss.targets
        raise InvalidExperiment(
            f"With the loss {loss.title}, targets must be from {low:g} to {high:g}; {outside[0]:g} was given."
        )


def _layers(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    if isinstance(layers, Layer) or not isinstance(layers, Sequence) or not layers:
        raise InvalidExperiment("A network needs at least one layer.")
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, Layer):
            raise InvalidExperiment(f"Layer {number} must be a Layer.")
        if number > 1 and layer.n_in != layers[number - 2].n_out:
            raise InvalidExperiment(
                f"Layer {number} takes {counted(layer.n_in, 'input')}, "
                f"but layer {number - 1} has {counted(layers[number - 2].n_out, 'neuron')}."
            )
    return tuple(layers)


def _require_loss_fits(network: Network) -> None:
    loss, output = LOSSES[network.loss], network.layers[-1]
    if loss.allows(output.activation, output.n_out):
        return
    if network.joint_form is None:
        raise InvalidExperiment(
            f"The loss {loss.title} needs outputs between 0 and 1: the last layer's activation must be "
            f"{' or '.join(loss.joint)}; it is {output.activation}."
        )
    raise InvalidExperiment(
        f"The loss {loss.title} with {output.activation} needs at least "
        f"{network.joint_form.min_outputs} outputs: a single {output.activation} output is always 1."
    )


def _parameter(record: Activation, given: float | None) -> float | None:
    if record.parameter is None:
        if given is not None:
            raise InvalidExperiment(f"The activation {record.name} has no parameter.")
        return None
    if given is None:
        return record.parameter.default
    value = finite_number(given, f"The parameter of {record.name}")
    if not record.parameter.low <= value <= record.parameter.high:
        raise InvalidExperiment(
            f"The parameter of {record.name} must be from {record.parameter.low:g} to {record.parameter.high:g}; "
            f"{value:g} was given."
        )
    return value


def _set(frozen: object, **fields: object) -> None:
    # the one way to write to a frozen dataclass, while it is being made
    for name, value in fields.items():
        object.__setattr__(frozen, name, value)
