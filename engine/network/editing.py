"""Changes to an experiment as a user makes them: each takes one and returns a new one, keeping all that still fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, wraps
from typing import Any, TypeVar, cast

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.initializers import INITIALIZERS
from engine.network.losses import LOSSES
from engine.network.model import ExampleInBatch, Experiment, Layer, Network
from engine.network.places import Bias, Given, Input, Target, Weight
from engine.network.rows import MOST_EXAMPLES, of_examples, with_example, with_rows, without_example

__all__ = [
    "MAX_LAYERS",
    "MAX_NEURONS",
    "MOST_EXAMPLES",
    "number_at",
    "of_examples",
    "only_difference",
    "randomised",
    "resized",
    "with_activation",
    "with_depth",
    "with_example",
    "with_layer",
    "with_layer_after",
    "with_loss",
    "with_numbers",
    "with_rows",
    "without_example",
    "without_layer",
]

Edit = TypeVar("Edit", bound=Callable[..., Experiment])

MAX_LAYERS = 8
MAX_NEURONS = 10
# what a weight or an input is that did not exist before
_NEW_INPUT = 0.5
_DECIMALS = 4
# what a hidden layer looks like in a network that had none
_FIRST_HIDDEN = Layer(np.ones((1, 1)), np.zeros(1), "tanh")


def _of_the_batch(edit: Edit) -> Edit:
    """Let an edit of an example that is looked at be one of its batch, of which the same example is looked at then."""

    @wraps(edit)
    def edited(experiment: Experiment, *args: Any, **kwargs: Any) -> Experiment:
        if isinstance(experiment, ExampleInBatch):
            return edit(experiment.batch, *args, **kwargs).in_batch(experiment.number)
        return edit(experiment, *args, **kwargs)

    return cast(Edit, edited)


@_of_the_batch
def resized(experiment: Experiment, sizes: Sequence[int]) -> Experiment:
    """Return the experiment with other layer sizes, the input's first; weights that still have a place are kept.

    A layer more is put in before the output and looks like the last hidden one; a layer less is taken from there.
    """
    old = experiment.network.layers
    sources = _sources(len(old), len(sizes) - 1)
    return _of_sizes(experiment, [old[source] if source >= 0 else _FIRST_HIDDEN for source in sources], sizes)


@_of_the_batch
def with_depth(experiment: Experiment, depth: int) -> Experiment:
    """Return the experiment with `depth` layers, hidden ones added or taken away before the output."""
    sizes = list(experiment.network.sizes)
    while len(sizes) - 1 < depth:
        sizes.insert(-1, sizes[-2] if len(sizes) > 2 else max(sizes[0], 2))
    while len(sizes) - 1 > depth:
        del sizes[-2]
    return resized(experiment, sizes)


@_of_the_batch
def with_layer_after(experiment: Experiment, layer: int) -> Experiment:
    """Return the experiment with one more hidden layer after a layer (0: the input), like the one beside it."""
    old = list(experiment.network.layers)
    sizes = list(experiment.network.sizes)
    model = old[max(layer - 1, 0)] if len(old) > 1 else _FIRST_HIDDEN
    sizes.insert(layer + 1, model.n_out if len(old) > 1 else max(sizes[0], 2))
    return _of_sizes(experiment, [*old[:layer], model, *old[layer:]], sizes)


@_of_the_batch
def without_layer(experiment: Experiment, layer: int) -> Experiment:
    """Return the experiment without a hidden layer (from 1); the next one follows the one before it."""
    layers, sizes = list(experiment.network.layers), list(experiment.network.sizes)
    del layers[layer - 1], sizes[layer]
    return _of_sizes(experiment, layers, sizes)


@_of_the_batch
def with_activation(experiment: Experiment, layer: int, activation: str, parameter: float | None = None) -> Experiment:
    """Return the experiment with another activation in a layer (from 0), and a loss that goes with it."""
    layers = list(experiment.network.layers)
    layers[layer] = replace(layers[layer], activation=activation, parameter=parameter)
    loss = experiment.network.loss
    if layer == len(layers) - 1 and not LOSSES[loss].allows(layers[-1].activation, layers[-1].n_out):
        loss = next(record.name for record in LOSSES.values() if record.allows(activation, layers[-1].n_out))
    return _fitting(experiment, layers, loss, experiment.x, experiment.y)


@_of_the_batch
def with_loss(experiment: Experiment, loss: str) -> Experiment:
    """Return the experiment with another loss, and an output activation and targets that go with it."""
    return _fitting(experiment, list(experiment.network.layers), loss, experiment.x, experiment.y)


@_of_the_batch
def with_layer(experiment: Experiment, layer: int, W: Array, b: Array) -> Experiment:
    """Return the experiment with other weights and biases in a layer (from 0).

    Raises InvalidExperiment for wrong shapes and for entries that are not finite numbers.
    """
    layers = list(experiment.network.layers)
    layers[layer] = replace(layers[layer], W=W, b=b)
    return replace(experiment, network=Network(layers, experiment.network.loss))


def number_at(experiment: Experiment, place: Given) -> float:
    """Return the number that stands at a place which the experiment has."""
    array, index = _home(experiment, place)
    return float(array[index])


def _home(experiment: Experiment, place: Given) -> tuple[Array, int | tuple[int, int]]:
    """Return the array in which a place's number stands, and its index."""
    if isinstance(experiment, ExampleInBatch):
        return _home(experiment.batch, _in_batch(place, experiment))
    layers = experiment.network.layers
    match place:
        case Weight():
            return layers[place.layer - 1].W, (place.to - 1, place.source - 1)
        case Bias():
            return layers[place.layer - 1].b, place.to - 1
        case Input():
            return experiment.x, _index(experiment, place)
        case Target():
            return experiment.y, _index(experiment, place)


def _index(experiment: Experiment, place: Input | Target) -> int | tuple[int, int]:
    if not 1 <= (place.example or 1) <= experiment.examples:
        raise InvalidExperiment(f"The experiment has no {place.text}.")
    return place.number - 1 if experiment.examples == 1 else ((place.example or 1) - 1, place.number - 1)


def _in_batch(place: Given, looked_at: ExampleInBatch) -> Given:
    """Return a place with the example that it means where none is named: the one looked at."""
    if isinstance(place, Input | Target) and place.example is None:
        return replace(place, example=looked_at.number)
    return place


def only_difference(before: Experiment, after: Experiment) -> Given | None:
    """Return the place at which alone two experiments have different numbers; None if they differ in more, or not."""
    changed = [
        *_changed_parameters(before, after),
        *_changed(before.x, after.x, _numbered(Input)),
        *_changed(before.y, after.y, _numbered(Target)),
    ]
    same = len(changed) == 1 and after == with_numbers(before, {changed[0]: number_at(after, changed[0])})
    return changed[0] if same else None


def _numbered(make: Callable[..., Given]) -> Callable[..., Given]:
    # of a batch by example and number
    return lambda *indices: make(indices[-1], *indices[:-1])


def with_numbers(experiment: Experiment, numbers: Mapping[Given, float]) -> Experiment:
    """Return the experiment with other numbers at some places.

    Raises InvalidExperiment for a place that it does not have, and for numbers that it may not hold there.
    """
    if isinstance(experiment, ExampleInBatch):
        named = {_in_batch(place, experiment): number for place, number in numbers.items()}
        return with_numbers(experiment.batch, named).in_batch(experiment.number)
    # of what changes, and of nothing else, one copy
    copies: dict[int, Array] = {}
    for place, number in numbers.items():
        if not place.within(experiment.network.sizes):
            raise InvalidExperiment(f"The network has no {place.text}.")
        array, index = _home(experiment, place)
        if id(array) not in copies:
            copies[id(array)] = array.copy()
        copies[id(array)][index] = number
    layers = [_with_arrays(layer, copies) for layer in experiment.network.layers]
    x, y = (copies.get(id(array), array) for array in (experiment.x, experiment.y))
    return replace(experiment, network=Network(layers, experiment.network.loss), x=x, y=y)


def _with_arrays(layer: Layer, instead: Mapping[int, Array]) -> Layer:
    W, b = (instead.get(id(array), array) for array in (layer.W, layer.b))
    return layer if W is layer.W and b is layer.b else replace(layer, W=W, b=b)


def _changed_parameters(before: Experiment, after: Experiment) -> list[Given]:
    if before.network.sizes != after.network.sizes:
        return []
    pairs = enumerate(zip(before.network.layers, after.network.layers, strict=True), start=1)
    return [
        place
        for layer, (old, new) in pairs
        for place in (*_changed(old.W, new.W, partial(Weight, layer)), *_changed(old.b, new.b, partial(Bias, layer)))
    ]


def _changed(old: Array, new: Array, make: Callable[..., Given]) -> list[Given]:
    """Return the places, made of their indices from 1, at which two arrays differ; none for other shapes."""
    if old.shape != new.shape:
        return []
    # two are enough to see that it is not one
    return [make(*(int(index) + 1 for index in found)) for found in np.argwhere(old != new)[:2]]


@_of_the_batch
def randomised(experiment: Experiment, initializer: str, seed: int, scale: float = 0.5) -> Experiment:
    """Return the experiment with weights drawn by an initializer, rounded to four decimals, and biases of zero."""
    rng = np.random.default_rng(seed)
    draw = INITIALIZERS[initializer].draw
    layers = [
        replace(layer, W=np.round(draw(rng, layer.n_out, layer.n_in, scale), _DECIMALS), b=np.zeros(layer.n_out))
        for layer in experiment.network.layers
    ]
    return replace(experiment, network=Network(layers, experiment.network.loss))


def _of_sizes(experiment: Experiment, models: Sequence[Layer], sizes: Sequence[int]) -> Experiment:
    """Return the experiment with layers like these models, of these sizes."""
    layers = [_fitted(model, n_out, n_in) for model, n_in, n_out in zip(models, sizes[:-1], sizes[1:], strict=True)]
    x, y = _stretched(experiment.x, sizes[0], _NEW_INPUT), _stretched(experiment.y, sizes[-1], 0.0)
    return _fitting(experiment, layers, experiment.network.loss, x, y)


def _sources(old: int, new: int) -> list[int]:
    """For each new layer, the old one that it continues: the output stays the output, -1 is none."""
    hidden = [min(index, old - 2) for index in range(new - 1)]
    return [*hidden, old - 1]


def _fitted(layer: Layer, n_out: int, n_in: int) -> Layer:
    W = np.round(INITIALIZERS["xavier"].draw(np.random.default_rng(n_out * 31 + n_in), n_out, n_in, 1.0), 2)
    rows, columns = min(n_out, layer.n_out), min(n_in, layer.n_in)
    W[:rows, :columns] = layer.W[:rows, :columns]
    return replace(layer, W=W, b=_stretched(layer.b, n_out, 0.0))


def _stretched(values: Array, length: int, filler: float) -> Array:
    """Return values (..., n) as (..., length), cut off or filled up."""
    more = max(length - values.shape[-1], 0)
    return np.concatenate([values[..., :length], np.full((*values.shape[:-1], more), filler)], axis=-1)


def _fitting(experiment: Experiment, layers: list[Layer], loss: str, x: Array, y: Array) -> Experiment:
    if not LOSSES[loss].allows(layers[-1].activation, layers[-1].n_out):
        fitting = next(name for name in ACTIVATIONS if LOSSES[loss].allows(name, layers[-1].n_out))
        layers = [*layers[:-1], replace(layers[-1], activation=fitting, parameter=None)]
    low, high = LOSSES[loss].targets
    return replace(experiment, network=Network(layers, loss), x=x, y=np.clip(y, low, high))
