"""Where parameters can be selected in the picture of paths: each weight on its edge, each bias at its neuron."""

from collections.abc import Iterator
from typing import Any

from engine import Experiment
from engine.formulas.numbers import compact
from engine.formulas.symbols import place_name
from engine.network.editing import number_at
from engine.network.parameters import parameters
from engine.network.places import Bias, Parameter
from pages.figures.gradients.path_picture import TALLEST, Places
from pages.figures.size import is_large


def parameter_spots(experiment: Experiment, tallest: int = TALLEST) -> list[dict[str, Any]]:
    """Return a spot for each parameter, as pages/figures/network/spots.py does; none for a large network."""
    return [] if is_large(experiment.network.sizes) else list(_spots(experiment, tallest))


def _spots(experiment: Experiment, tallest: int) -> Iterator[dict[str, Any]]:
    places = Places(experiment.network.sizes, tallest)
    for parameter in parameters(experiment.network):
        number = compact(number_at(experiment, parameter))
        words = f"{place_name(experiment.network, parameter)}: {number}"
        yield {"words": words} | _shape(places, parameter)


def _shape(places: Places, parameter: Parameter) -> dict[str, Any]:
    if isinstance(parameter, Bias):
        x, y = places.neuron(parameter.neuron)
        return {"place": parameter.neuron.text, "x": x, "y": y, "r": places.size / 2}
    (x, y), (x2, y2) = (places.neuron(end) for end in parameter.ends)
    return {"place": parameter.text, "x": x, "y": y, "x2": x2, "y2": y2, "rim": places.size / 2}
