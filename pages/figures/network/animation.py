"""The animated figure: the picture before the first step, and for every step three patches that play it.

`setup` looks at the step's neurons and lays its contributions at their sources, `move` sends them on their way, and
`reveal` shows the result. The player and the standalone file both draw from this one value.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from engine import Experiment, Step
from engine.backprop.ops import PICTURED
from engine.backprop.trace import Level, pictured, trace
from engine.formulas.notations import OURS, Notation
from engine.network.places import Neuron, Weight
from engine.registry import for_every
from pages.figures.network.canvas import Canvas
from pages.figures.network.edges import bin_of, head
from pages.figures.network.frames import Animation, Frame, Words, words
from pages.figures.network.geometry import segments
from pages.figures.network.large.animation import summary_animation
from pages.figures.network.marks import (
    Values,
    answer,
    bias,
    caption,
    fill,
    labels,
    lit,
    no_labels,
    pulses,
    ring,
    travel,
)
from pages.figures.network.motions import Motion, incoming, motion, neurons
from pages.figures.network.picture import Numbers, blank, layout
from pages.figures.size import is_large
from pages.figures.theme import CLEAR, Theme


# so few, as one may take some 20 MB
@lru_cache(maxsize=2)
def animation(experiment: Experiment, theme: Theme, detail: Level = "neuron", notation: Notation = OURS) -> Animation:
    """Return the animated figure of an experiment. It is shared between sessions: do not change it."""
    if is_large(experiment.network.sizes):
        return summary_animation(experiment, theme, detail, notation)
    numbers = Numbers(experiment)
    steps = ((pictured(step, numbers), words(step, numbers, notation)) for step in trace(experiment, detail))
    return played(numbers, steps, theme, notation)


def played(numbers: Numbers, steps: Iterable[tuple[Step, Words]], theme: Theme, notation: Notation) -> Animation:
    """Return the animated figure of steps, each as the picture shows it, with what is said of it."""
    stage = _Stage(numbers, theme, notation)
    blank_traces = list(stage.canvas.traces)
    frames = tuple(stage.play(step, said) for step, said in steps)
    return Animation(blank_traces, layout(numbers, theme), frames)


class _Stage:
    """The canvas with what is needed to draw the steps on it in their order."""

    def __init__(self, numbers: Numbers, theme: Theme, notation: Notation) -> None:
        self.numbers, self.theme, self.notation = numbers, theme, notation
        self.geometry = numbers.geometry
        traces = blank(numbers, theme, notation)
        self.place = {place: index for index, place in enumerate(self.geometry.neurons)}
        self.bias_place = {place: index - self.geometry.sizes[0] for place, index in self.place.items()}
        self.edge_place = {edge: index for index, edge in enumerate(numbers.edges)}
        self.rings = [(1.5, theme.muted)] * len(self.place)
        self.focus: tuple[Neuron, ...] = ()
        matrices = [layer.W for layer in numbers.experiment.network.layers]
        self.bins = {edge: bin_of(edge.of(matrices), numbers.largest_weight, "w") for edge in numbers.edges}
        for name in set(self.bins.values()):
            traces[name]["x"], traces[name]["y"] = self._bin(name)
        self.canvas = Canvas(traces)

    def play(self, step: Step, said: Words) -> Frame:
        """Draw a step and return its frame; what is said may be of all examples at once."""
        now = motion(step, self.numbers, self.theme)
        self._look_at(now)
        numbers_on_edges = labels(step, now, self.geometry)
        self._put({**lit(now, self.geometry), **(no_labels() if now.late else numbers_on_edges)})
        self._put({**travel([pulse.start for pulse in now.pulses]), **pulses(now)})
        setup = self.canvas.cut()
        self._put(travel([pulse.end for pulse in now.pulses]))
        move = self.canvas.cut()
        self._put(numbers_on_edges)
        REVEALS[step.op](self, step)
        return Frame(**vars(said), column=now.column, setup=setup, move=move, reveal=self.canvas.cut())

    def _look_at(self, now: Motion) -> None:
        for place in self.focus:
            self._ring(place, *self.rings[self.place[place]])
        self.focus = now.focus
        for place in now.focus:
            self._ring(place, 4, self.theme.outline)

    def _ring(self, place: Neuron, width: float, colour: str) -> None:
        self.canvas.put_at("neurons", "marker.line.width", self.place[place], width)
        self.canvas.put_at("neurons", "marker.line.color", self.place[place], colour)

    def _put(self, values: Values) -> None:
        for (name, path), value in values.items():
            self.canvas.put(name, path, value)

    def _caption(self, step: Step) -> None:
        lines = self.geometry.dimensions.caption_lines
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            z = float(self.numbers.forward.z[neuron.layer - 1][neuron.number - 1])
            text = caption(step.op, z, float(value), lines, self.theme, self.notation)
            self.canvas.put_at("captions", "text", self.place[neuron], text)

    def _activation(self, step: Step) -> None:
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            self._fill(neuron, float(value))

    def _fill(self, neuron: Neuron, value: float) -> None:
        place, digits = self.place[neuron], self.geometry.dimensions.digits
        share, text, ink = fill(value, self.numbers.largest_activation, digits, self.theme)
        self.canvas.put_at("neurons", "marker.color", place, share)
        self.canvas.put_at("neurons", "text", place, text)
        self.canvas.put_at("neurons", "textfont.color", place, ink)

    def _loss(self, step: Step) -> None:
        self.canvas.put_at("answers", "text", self.geometry.sizes[-1], answer(step.value))

    def _new_loss(self, step: Step) -> None:
        """Everything again, with the new parameters: no number of before is left."""
        self._loss(step)
        again, updated = self.numbers.again, self.numbers.updated.layers
        before = self.numbers.experiment.network.layers
        for neuron in self.geometry.neurons[self.geometry.sizes[0] :]:
            layer, index = neuron.layer - 1, neuron.number - 1
            z = float(again.z[layer][index])
            text = caption(step.op, z, z, self.geometry.dimensions.caption_lines, self.theme, self.notation)
            self.canvas.put_at("captions", "text", self.place[neuron], text)
            self._fill(neuron, float(again.a[neuron.layer][index]))
            self.rings[self.place[neuron]] = ring(step.op, 0.0, 1.0, self.theme)
            self._ring(neuron, *self.rings[self.place[neuron]])
            self._over(step.op, neuron, float(before[layer].b[index]), float(updated[layer].b[index]))

    def _delta(self, step: Step) -> None:
        self._caption(step)
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            self.rings[self.place[neuron]] = ring(step.op, float(value), self.numbers.largest_delta, self.theme)

    def _weight_gradient(self, step: Step) -> None:
        edges, values = incoming(step, self.numbers), np.ravel(step.value)
        self._sort(edges, values, self.numbers.largest_gradient, "g")
        for edge, value in zip(edges, values, strict=True):
            self.canvas.put_at("heads", "marker.color", self.edge_place[edge], head(float(value), self.theme))

    def _weight_update(self, step: Step) -> None:
        edges = incoming(step, self.numbers)
        self._sort(edges, np.ravel(step.value), self.numbers.largest_weight, "w")
        for edge in edges:
            self.canvas.put_at("heads", "marker.color", self.edge_place[edge], CLEAR)

    def _bias(self, step: Step) -> None:
        layer = self.numbers.experiment.network.layers[step.layer - 1]
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            self._over(step.op, neuron, float(layer.b[neuron.number - 1]), float(value))

    def _over(self, op: str, neuron: Neuron, old: float, value: float) -> None:
        size = self.geometry.dimensions
        if size.bias:
            text = bias(op, old, value, size.weights, self.theme, self.notation)
            self.canvas.put_at("biases", "text", self.bias_place[neuron], text)

    def _sort(self, edges: list[Weight], values: Any, largest: float, kind: str) -> None:
        touched = set()
        for edge, value in zip(edges, values, strict=True):
            touched.add(self.bins[edge])
            self.bins[edge] = bin_of(value, largest, kind)
            touched.add(self.bins[edge])
        for name in sorted(touched):
            x, y = self._bin(name)
            self.canvas.put(name, "x", x)
            self.canvas.put(name, "y", y)

    def _bin(self, name: str) -> tuple[list[float | None], list[float | None]]:
        return segments([self.geometry.ends(edge) for edge, where in self.bins.items() if where == name])


REVEALS = for_every(
    PICTURED,
    {
        "weighted_sum": _Stage._caption,
        "activation": _Stage._activation,
        "loss": _Stage._loss,
        "joint_loss": _Stage._loss,
        "loss_gradient": _Stage._caption,
        "summed_gradient": _Stage._caption,
        "delta": _Stage._delta,
        "joint_delta": _Stage._delta,
        "weight_gradient": _Stage._weight_gradient,
        "bias_gradient": _Stage._bias,
        "weight_update": _Stage._weight_update,
        "bias_update": _Stage._bias,
        "new_loss": _Stage._new_loss,
        "batch_loss": _Stage._loss,
        "batch_weight_gradient": _Stage._weight_gradient,
        "batch_bias_gradient": _Stage._bias,
        "new_batch_loss": _Stage._new_loss,
    },
    __name__,
)
