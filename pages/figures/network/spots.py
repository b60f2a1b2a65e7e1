"""Where in the picture something can be selected and changed: neurons, weights on the whole of their edge, numbers."""

from collections.abc import Iterator
from typing import Any

from engine import Experiment
from engine.formulas.numbers import exact
from engine.formulas.symbols import place_name
from engine.network.editing import number_at
from engine.network.parameters import weights
from engine.network.places import Bias, Input, LossValue, Neuron, Place, Target
from pages.figures.network.geometry import Geometry
from pages.figures.network.picture import LOSS_SIZE

# of a number that stands alone, in pixels
LABEL = 13


def spots(experiment: Experiment) -> list[dict[str, Any]]:
    """Return the picture's spots, each with the name of its place, in words too, and the number that stands there.

    A disc has its middle and its radius r, a line both its ends and the radius of the neurons there; where a number
    stands alone, the disc is a `label`. x counts columns, y pixels upwards.
    """
    return list(_spots(experiment, Geometry(experiment.network.sizes)))


def _spots(experiment: Experiment, geometry: Geometry) -> Iterator[dict[str, Any]]:
    size, network = geometry.dimensions, experiment.network
    for neuron in geometry.neurons:
        yield _spot(experiment, _shown(neuron)) | _disc(*geometry.neuron(neuron), size.neuron // 2)
    for neuron in geometry.neurons:
        if neuron.layer and size.bias:
            x, y = geometry.neuron(neuron)
            above = y + size.neuron // 2 + size.bias
            yield _spot(experiment, Bias(neuron.layer, neuron.number)) | _disc(x, above, LABEL) | {"label": True}
    for output in geometry.layer(geometry.last):
        target = Target(output.number)
        yield _spot(experiment, target) | _disc(*geometry.target(output.number), round(size.neuron * 0.39))
    yield _spot(experiment, LossValue()) | _disc(*geometry.loss, LOSS_SIZE // 2)
    for edge in weights(network):
        (x, y), (x2, y2) = geometry.ends(edge)
        yield _spot(experiment, edge) | {"x": x, "y": y, "x2": x2, "y2": y2, "rim": size.neuron // 2}


def _shown(neuron: Neuron) -> Place:
    """What a neuron stands for: one of the input's is a number of the user's."""
    return neuron if neuron.layer else Input(neuron.number)


def _spot(experiment: Experiment, place: Place) -> dict[str, Any]:
    named = {"place": place.text, "words": place_name(experiment.network, place)}
    return named if isinstance(place, Neuron | LossValue) else named | {"value": exact(number_at(experiment, place))}


def _disc(x: float, y: float, r: int) -> dict[str, float]:
    return {"x": x, "y": y, "r": r}
