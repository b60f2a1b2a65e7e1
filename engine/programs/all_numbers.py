"""All numbers of a learning step: as tables to read and sort, as text for a spreadsheet, and as NumPy arrays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.backprop.learning_step import Computed, LearningStep, learning_step
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.numbers import exact
from engine.formulas.plain import activation, parameter
from engine.network.model import Experiment, Network, whole
from engine.network.parameters import parameters
from engine.network.places import Bias, Neuron, Parameter
from engine.programs.sections import given, matrix, vector


@dataclass(frozen=True)
class NumberTable:
    """A heading for each column, the first that of the names; a row for each place: its name, `places` and numbers.

    places: as messages write them, w.1.2.3. numbers: None where there is none, as the z of an input.
    """

    title: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[tuple[float | None, ...], ...]


def tables(experiment: Experiment, notation: Notation = OURS) -> tuple[NumberTable, NumberTable]:
    """Return the table of all parameters and that of all neurons, the input's first, with names in a notation.

    Of an example in a batch, the neurons' numbers are its own, and the parameters' gradients those of all together.

    Raises InvalidExperiment where numbers leave the range of float64.
    """
    step = Computed(experiment).step
    places, neurons = parameters(experiment.network), tuple(_neurons(experiment.network.sizes))
    last, say = len(experiment.network.layers), Translation(notation, experiment.network.sizes).words
    return (
        NumberTable(
            title="Parameters",
            columns=("parameter", "old", "gradient", say("−η · gradient"), "new"),
            names=tuple(say(parameter(place)) for place in places),
            places=tuple(place.text for place in places),
            numbers=tuple(_of_parameter(experiment, step, place) for place in places),
        ),
        NumberTable(
            title="Neurons",
            columns=("neuron", *map(say, ("z", "a", "∂L/∂a", "δ"))),
            names=tuple(say(activation(neuron, last)) for neuron in neurons),
            places=tuple(neuron.text if neuron.layer else f"x.{neuron.number}" for neuron in neurons),
            numbers=tuple(_of_neuron(step, neuron) for neuron in neurons),
        ),
    )


def as_tsv(shown: Iterable[NumberTable]) -> str:
    """Return tables as tab-separated text, every number in full, with an empty line between two."""
    return "\n".join("".join("\t".join(row) + "\n" for row in _rows(table)) for table in shown)


def as_numpy(experiment: Experiment) -> str:
    """Return a program that has every number in an array: W1, b1, z1, a1, da1, delta1, dW1, db1, new_W1, new_b1, …

    Arrays are of the shapes of the network, (n_out, n_in) and (n_out,). Of a batch, x, y, z, a, da and delta have its
    examples as rows.
    """
    experiment = whole(experiment)
    step = learning_step(experiment)
    lines = [
        "import numpy as np",
        "",
        *given(experiment),
        f"loss = {step.backward.loss!r}",
    ]
    for number in range(1, len(experiment.network.layers) + 1):
        lines += ["", f"# layer {number}", *_of_layer(experiment.network, step, number)]
    return "\n".join(lines) + "\n"


def _neurons(sizes: Sequence[int]) -> Iterator[Neuron]:
    return (Neuron(layer, number) for layer, size in enumerate(sizes) for number in range(1, size + 1))


def _of_parameter(experiment: Experiment, step: LearningStep, place: Parameter) -> tuple[float, ...]:
    kind = "b" if isinstance(place, Bias) else "W"
    old, new = ([getattr(layer, kind) for layer in network.layers] for network in (experiment.network, step.updated))
    gradient = place.of(step.gradients.db if kind == "b" else step.gradients.dW)
    stays = kind == "b" and not experiment.update_biases
    # without the minus of a zero
    change = 0.0 if stays else -experiment.learning_rate * gradient + 0.0
    return place.of(old), gradient, change, place.of(new)


def _of_neuron(step: LearningStep, place: Neuron) -> tuple[float | None, ...]:
    layer, index = place.layer, place.number - 1
    a = float(step.forward.a[layer][index])
    if not layer:
        return None, a, float(step.backward.dx[index]), None
    z, da, delta = (
        float(values[layer - 1][index]) for values in (step.forward.z, step.backward.da, step.backward.delta)
    )
    return z, a, da, delta


def _rows(table: NumberTable) -> Iterator[tuple[str, ...]]:
    yield table.columns
    for name, numbers in zip(table.names, table.numbers, strict=True):
        yield (name, *("" if number is None else exact(number) for number in numbers))


def _of_layer(network: Network, step: LearningStep, number: int) -> Iterator[str]:
    old, new, back = network.layers[number - 1], step.updated.layers[number - 1], step.backward
    arrays = {
        "W": old.W,
        "b": old.b,
        "z": step.forward.z[number - 1],
        "a": step.forward.a[number],
        "da": back.da[number - 1],
        "delta": back.delta[number - 1],
        "dW": back.dW[number - 1],
        "db": back.db[number - 1],
        "new_W": new.W,
        "new_b": new.b,
    }
    for name, values in arrays.items():
        written = matrix if np.ndim(values) == 2 else vector
        yield f"{name}{number} = {written(values, 'np.array')}"
