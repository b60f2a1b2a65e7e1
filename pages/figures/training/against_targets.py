"""The large panel of a run over many inputs: what the network answers to each example against its target."""

import numpy as np

from engine.backprop.many_networks import activations
from engine.data import Dataset
from engine.training.history import History
from pages.figures.theme import Theme
from pages.figures.training.axes import axis, extent, share
from pages.figures.training.examples import MOST
from pages.figures.training.marks import Arrays, Dots, Key, Lines, Panel


def against_targets(theme: Theme, history: History, data: Dataset) -> tuple[Panel, Arrays]:
    """Return the panel, and the arrays of its marks."""
    y = data.targets_for(history.network.sizes[-1])
    count = y.shape[1]
    rows = max(MOST // count, 1)
    outputs = activations(history.network, history.snapshot_parameters, data.x[:rows])[-1]
    low, high = extent([y, outputs])
    colours = [theme.classes[index % len(theme.classes)] for index in range(count)]
    radius = 3.5 if len(y[:rows]) > 100 else 6
    diagonal = Lines(array="diagonal", colours=(theme.muted,), width=1.5)
    dots = (
        Dots(
            x=f"targets{index}",
            y=f"outputs{index}",
            radius=radius,
            edge=theme.background,
            colour=colour,
            # the targets of several outputs are often the same
            beside=2.5 * radius * (index - (count - 1) / 2),
        )
        for index, colour in enumerate(colours)
    )
    names = data.outputs if len(data.outputs) == count else [f"output {number}" for number in range(1, count + 1)]
    keys = (Key(words=name, colour=colour) for name, colour in zip(names, colours, strict=True))
    ends = data.target_scaling().ends(low, high)
    made = Panel(
        name="Outputs against targets",
        x=axis("target", *ends),
        y=axis("output", *ends),
        marks=(diagonal, *dots),
        keys=tuple(keys) if count > 1 else (),
    )
    arrays: Arrays = {"diagonal": np.array([[[0, 1]]], dtype=np.float32)}
    for index in range(count):
        arrays[f"targets{index}"] = share(y[np.newaxis, :rows, index], low, high).astype(np.float32)
        arrays[f"outputs{index}"] = share(outputs[..., index], low, high).astype(np.float32)
    return made, arrays
