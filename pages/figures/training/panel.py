"""The large panel of a run: a map over two inputs or components, a curve over one, or outputs against targets."""

import numpy as np

from engine.arrays import Array
from engine.backprop.many_networks import activations
from engine.data import Dataset
from engine.training.history import History
from pages.figures.theme import Theme
from pages.figures.training.against_targets import against_targets
from pages.figures.training.axes import axis, extent, share
from pages.figures.training.examples import classes, examples
from pages.figures.training.marks import Arrays, Ground, Lines, Panel
from pages.figures.training.principal import PairOfInputs, Principal
from pages.figures.training.responses import Window, output_map

# Points along a side of the map and along a curve
MAP, CURVE = 56, 160


def panel(
    theme: Theme, history: History, data: Dataset, test: Dataset | None, shown: Window | None
) -> tuple[Panel, Arrays]:
    """Return the panel that suits the number of inputs, and the arrays of its marks."""
    if shown is None:
        return against_targets(theme, history, data)
    # the training data lie above the test data
    parts = ({"test": test} if test else {}) | {"train": data}
    return (_map if len(shown.low) == 2 else _curve)(theme, history, data, parts, shown)


def _map(
    theme: Theme, history: History, data: Dataset, parts: dict[str, Dataset], shown: Window
) -> tuple[Panel, Arrays]:
    several = data.kind == "classification" and len(data.outputs) > 2
    # where two classes are equally likely
    level = 127.5 if data.kind == "classification" and len(data.outputs) == 2 else None
    dots, arrays = examples(theme, data, parts, lambda part: shown.share(part.x))
    across, up = shown.axes(data)
    made = Panel(
        name=_title(shown),
        x=axis(*across),
        y=axis(*up),
        marks=(Ground(array="map", side=MAP, blended=not several, level=level, colour=theme.text), *dots),
        keys=classes(theme, data),
        parts=_names(parts),
        neuron=Ground(array="", side=0, blended=True),
    )
    return made, arrays | {"map": output_map(history, shown, data, MAP)}


def _title(shown: Window) -> str:
    if isinstance(shown, PairOfInputs):
        return "Output over two inputs, the others at their mean"
    return "Output on the plane of two principal components" if isinstance(shown, Principal) else "Output"


def _curve(
    theme: Theme, history: History, data: Dataset, parts: dict[str, Dataset], shown: Window
) -> tuple[Panel, Arrays]:
    low, high = extent([part.y for part in parts.values()])
    outputs = activations(history.network, history.snapshot_parameters, shown.grid(CURVE))[-1]
    several = outputs.shape[-1] > 1

    def places(part: Dataset) -> Array:
        # of one-hot targets the dot lies where the output of its class should be
        return np.column_stack((shown.share(part.x), share(part.y.max(axis=1), low, high)))

    dots, arrays = examples(theme, data, parts, places)
    colours = theme.classes[: outputs.shape[-1]] if several else (theme.accent,)
    made = Panel(
        name="Output",
        x=axis(*shown.axes(data)[0]),
        y=axis("output" if data.kind == "classification" else data.outputs[0], *data.target_scaling().ends(low, high)),
        marks=(*dots, Lines(array="curves", colours=colours, width=2.8)),
        keys=classes(theme, data),
        parts=_names(parts),
        neuron=Lines(array="", colours=(theme.text,), width=2.5),
    )
    curves = np.clip(share(np.moveaxis(outputs, -1, 1), low, high), -2.0, 3.0)
    return made, arrays | {"curves": curves.astype(np.float32)}


def _names(parts: dict[str, Dataset]) -> tuple[str, ...]:
    return ("training", "test") if "test" in parts else ()
