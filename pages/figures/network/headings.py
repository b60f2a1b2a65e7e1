"""What stands over the columns of the picture: the layers with their activations, the targets, the loss."""

from typing import Any

from engine import Network
from engine.formulas.symbols import layer_name
from engine.network.activations import ACTIVATIONS
from engine.network.editing import MAX_LAYERS, MAX_NEURONS
from engine.network.losses import LOSSES
from pages.figures.network.geometry import Geometry


def headings(network: Network) -> list[dict[str, Any]]:
    """Return the headings from left to right; x counts columns.

    Each has a name, and the words below it. That of a layer has its number, its size and whether it may have more
    neurons, and whether there may be more or fewer layers; `key` is the name of the activation, or of the loss.
    """
    geometry = Geometry(network.sizes)
    return [
        *(_of_layer(network, layer) for layer in range(len(network.sizes))),
        {"x": geometry.last + 0.7, "name": "Target", "words": ""},
        {"x": geometry.loss[0], "name": "Loss", "words": LOSSES[network.loss].title, "key": network.loss},
    ]


def choices() -> dict[str, dict[str, str]]:
    """Return what can be chosen at a heading, with the titles by name."""
    return {
        "activation": {record.name: record.title for record in ACTIVATIONS.values()},
        "loss": {record.name: record.title for record in LOSSES.values()},
    }


def _of_layer(network: Network, layer: int) -> dict[str, Any]:
    hidden = 0 < layer < len(network.layers)
    return {
        "x": layer,
        "name": layer_name(network, layer),
        "words": ACTIVATIONS[network.layers[layer - 1].activation].title if layer else "",
        "layer": layer,
        "neurons": network.sizes[layer],
        "growing": network.sizes[layer] < MAX_NEURONS,
        "removable": hidden,
        "followed": layer < len(network.layers) < MAX_LAYERS,
        **({"key": network.layers[layer - 1].activation} if layer else {}),
    }
