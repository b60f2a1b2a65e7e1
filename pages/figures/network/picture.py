"""The picture of a network: its traces before the first step, and the static picture of a whole experiment.

Neuron: fill and number are the activation, caption z and delta, ring |delta|. Edge: colour is the sign, width the size.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.backprop.learning_step import Computed
from engine.formulas.notations import OURS, Notation
from engine.formulas.numbers import compact, fitted
from engine.network.parameters import weights
from engine.network.places import Neuron, Weight
from engine.reasons import lone_softmaxes
from pages.figures import theme as look
from pages.figures.network import edges
from pages.figures.network.canvas import Trace
from pages.figures.network.geometry import Geometry
from pages.figures.network.headings import headings
from pages.figures.network.letters import letter
from pages.figures.theme import Theme

EMPTY = " "
# a diamond of this size holds a number, and has room in the narrowest column
LOSS_SIZE = 58


@dataclass(frozen=True)
class Numbers(Computed):
    """Everything that the picture of an experiment shows, and how large it is drawn."""

    @cached_property
    def edges(self) -> tuple[Weight, ...]:
        """All weights, each of which is an edge of the picture."""
        return weights(self.experiment.network)

    @cached_property
    def geometry(self) -> Geometry:
        """Where everything stands."""
        return Geometry(self.experiment.network.sizes)

    @cached_property
    def largest_activation(self) -> float:
        """The activation that gets the full colour: the largest, and at least 1."""
        return max(1.0, *(float(np.abs(a).max()) for a in self.forward.a))

    @cached_property
    def largest_weight(self) -> float:
        """The weight that gets the full width."""
        return _largest(layer.W for layer in self.experiment.network.layers)

    @cached_property
    def largest_gradient(self) -> float:
        """The weight gradient that gets the full width."""
        return _largest(self.backward.dW)

    @cached_property
    def largest_delta(self) -> float:
        """The delta that gets the full ring."""
        return _largest(self.backward.delta)


def _largest(arrays: Any) -> float:
    return max(float(np.abs(array).max()) for array in arrays) or 1.0


def blank(numbers: Numbers, theme: Theme, notation: Notation = OURS) -> dict[str, Trace]:
    """Return all traces of the picture by name, before anything is computed: input, weights, biases and targets."""
    geometry = numbers.geometry
    return {
        "connectors": _connectors(numbers, theme),
        **edges.shown(theme),
        **edges.lit(theme),
        "heads": edges.heads(numbers.edges, geometry),
        "pulses": {"type": "scatter", "mode": "markers", "x": [], "y": [], "hoverinfo": "skip", "cliponaxis": False,
                   "marker": {"size": [], "color": [], "opacity": 1, "line": {"width": 1, "color": theme.background}}},
        # below the neurons, so that the ground around the writing covers no ring
        "captions": _captions(numbers, theme),
        "biases": _biases(numbers, theme, notation),
        **_warnings(numbers, theme),
        "neurons": _neurons(numbers, theme),
        "answers": _answers(numbers, theme),
        "labels": _labels(theme),
    }  # fmt: skip


def layout(numbers: Numbers, theme: Theme) -> dict[str, Any]:
    """Return the layout of the picture: pixels upwards, columns to the right, headings over the layers."""
    geometry = numbers.geometry
    return look.layout(
        theme,
        geometry.height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        hovermode=False,
        xaxis={"visible": False, "fixedrange": True, "range": [-0.5, geometry.loss[0] + 0.5]},
        yaxis={"visible": False, "fixedrange": True, "range": [0, geometry.height]},
        annotations=[_annotation(heading, theme, geometry) for heading in headings(numbers.experiment.network)],
    )


def _annotation(heading: dict[str, Any], theme: Theme, geometry: Geometry) -> dict[str, Any]:
    # the loss on two lines, so that a long one has room in the narrowest column
    words = "<br>".join(heading["words"].rsplit(" ", 1)) if heading["x"] == geometry.loss[0] else heading["words"]
    return {
        "x": float(heading["x"]), "y": geometry.height - 6, "yanchor": "top", "showarrow": False,
        "text": f"<b>{heading['name']}</b><br><span style='color:{theme.muted}'>{words or EMPTY}</span>",
        "font": {"size": 13, "color": theme.text},
    }  # fmt: skip


def _warnings(numbers: Numbers, theme: Theme) -> dict[str, Trace]:
    """What stands below the captions of a softmax of one neuron, where there is one."""
    geometry, size = numbers.geometry, numbers.geometry.dimensions
    places = [geometry.neuron(Neuron(layer, 1)) for layer in lone_softmaxes(numbers.experiment.network)]
    below = size.neuron // 2 + round(2.6 * size.caption) + 6
    warnings = _words(theme, 12) | {
        "x": [x for x, _ in places], "y": [y - below for _, y in places], "textposition": "bottom center",
        "text": ["<b>always 1:</b><br>learns nothing"] * len(places),
        "textfont": {"size": 12, "color": theme.value.negative_text, "shadow": _halo(theme)},
    }  # fmt: skip
    return {"warnings": warnings} if places else {}


def _connectors(numbers: Numbers, theme: Theme) -> Trace:
    geometry = numbers.geometry
    x: list[float | None] = []
    y: list[float | None] = []
    for output in geometry.layer(geometry.last):
        stops = (geometry.neuron(output), geometry.target(output.number), geometry.loss)
        x += [*(stop[0] for stop in stops), None]
        y += [*(stop[1] for stop in stops), None]
    return edges.line(theme.line, 1.5) | {
        "x": x,
        "y": y,
        "line": {"color": theme.line, "width": 1.5, "dash": "dot"},
    }


def _neurons(numbers: Numbers, theme: Theme) -> Trace:
    geometry, size = numbers.geometry, numbers.geometry.dimensions
    inputs: list[float] = numbers.experiment.x.tolist()
    count = len(geometry.neurons)
    hidden = count - len(inputs)
    shares = [round(value / numbers.largest_activation, 3) for value in inputs] + [0] * hidden
    return {
        "type": "scatter", "mode": "markers+text", "cliponaxis": False, "hoverinfo": "none",
        "x": [geometry.neuron(place)[0] for place in geometry.neurons],
        "y": [geometry.neuron(place)[1] for place in geometry.neurons],
        "text": [f"<b>{fitted(value, size.digits)}</b>" for value in inputs] + [EMPTY] * hidden,
        "textfont": {"size": size.number, "color": [look.ink_on(theme, share) for share in shares]},
        "customdata": [place.text for place in geometry.neurons],
        "marker": {"size": size.neuron, "opacity": 1, "color": shares,
                   "cmin": -1, "cmax": 1, "colorscale": theme.value_colorscale,
                   "line": {"width": [1.5] * count, "color": [theme.muted] * count}},
    }  # fmt: skip


def _answers(numbers: Numbers, theme: Theme) -> Trace:
    """The targets, and last the loss, which is not known yet."""
    geometry, size = numbers.geometry, numbers.geometry.dimensions
    places = [*(geometry.target(output.number) for output in geometry.layer(geometry.last)), geometry.loss]
    targets = numbers.experiment.y
    return {
        "type": "scatter", "mode": "markers+text", "cliponaxis": False, "hoverinfo": "skip",
        "x": [place[0] for place in places], "y": [place[1] for place in places],
        "text": [*(f"<b>{fitted(target, size.digits)}</b>" for target in targets), EMPTY],
        "textfont": {"size": size.number, "color": theme.text},
        "marker": {"symbol": ["square"] * len(targets) + ["diamond"], "color": theme.surface, "opacity": 1,
                   "size": [round(size.neuron * 0.78)] * len(targets) + [LOSS_SIZE],
                   "line": {"width": 1.5, "color": theme.muted}},
    }  # fmt: skip


def _words(theme: Theme, size: int) -> Trace:
    return {"type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False,
            "textfont": {"size": size, "color": theme.muted, "shadow": _halo(theme)}}  # fmt: skip


def _halo(theme: Theme) -> str:
    """Return the shadow that keeps writing readable where edges pass behind it: the background, all around."""
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
    return ",".join(f"{x}px {y}px 1px {theme.background}" for x, y in around)


def _captions(numbers: Numbers, theme: Theme) -> Trace:
    geometry, size = numbers.geometry, numbers.geometry.dimensions
    places = [geometry.neuron(place) for place in geometry.neurons]
    return _words(theme, size.caption) | {
        "x": [x for x, _ in places], "y": [y - size.neuron // 2 - 2 for _, y in places],
        "text": [EMPTY] * len(places), "textposition": "bottom center",
    }  # fmt: skip


def _biases(numbers: Numbers, theme: Theme, notation: Notation) -> Trace:
    geometry, size = numbers.geometry, numbers.geometry.dimensions
    places = [geometry.neuron(place) for place in geometry.neurons if place.layer]
    values = [bias for layer in numbers.experiment.network.layers for bias in layer.b]
    return _words(theme, size.bias or 1) | {
        "x": [x for x, _ in places], "y": [y + size.neuron // 2 + 1 for _, y in places],
        "text": [
            bias_text(compact(bias, signed=True), letter("b", notation), theme.value.ink(bias)) if size.bias else EMPTY
            for bias in values
        ],
        "textposition": "top center", "meta": "over neurons",
    }  # fmt: skip


def bias_text(written: str, name: str, ink: str) -> str:
    """Return a bias (or its gradient) as it stands over its neuron."""
    return f"<i>{name}</i> <span style='color:{ink}'>{written}</span>"


def _labels(theme: Theme) -> Trace:
    """Numbers on the edges of the step shown, each on a patch of background so that it can be read over lines."""
    return _words(theme, 12) | {
        "mode": "markers+text", "x": [], "y": [], "text": [], "meta": "on edges",
        "textfont": {"size": 12, "color": [], "shadow": _halo(theme)},
        "marker": {"symbol": "square", "size": 24, "color": theme.background, "opacity": 0.8, "line": {"width": 0}},
    }  # fmt: skip
