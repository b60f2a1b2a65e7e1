"""The animated figure: the picture before the first step, and for every step three patches that play it.

`setup` looks at the step's neurons and lays its contributions at their sources, `move` sends them on their way, and
`reveal` shows the result. The player and the standalone file both draw from this one value.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from engine import Experiment, Step
from engine.backprop.ops import OPS
from engine.backprop.trace import Detail, trace
from engine.formulas.equations import equation, title
from engine.formulas.numbers import compact
from engine.network.places import Neuron, Weight
from engine.registry import for_every
from pages.figures import theme as look
from pages.figures.network.canvas import Canvas
from pages.figures.network.frames import Animation, Frame
from pages.figures.network.geometry import Point, segments
from pages.figures.network.large.animation import summary_animation
from pages.figures.network.motions import Motion, incoming, motion, neurons
from pages.figures.network.picture import Numbers, bias_text, bin_of, blank, layout
from pages.figures.size import is_large
from pages.figures.theme import Theme

# numbers on edges only where so few are shown that none covers another
MAX_LABELS = 5


# so few, as one may take some 20 MB
@lru_cache(maxsize=2)
def animation(experiment: Experiment, theme: Theme, detail: Detail = "neuron") -> Animation:
    """Return the animated figure of an experiment. It is shared between sessions: do not change it."""
    if is_large(experiment.network.sizes):
        return summary_animation(experiment, theme)
    numbers = Numbers(experiment)
    stage = _Stage(numbers, theme)
    blank_traces = list(stage.canvas.traces)
    frames = tuple(stage.play(step) for step in trace(experiment, detail))
    return Animation(blank_traces, layout(numbers, theme), frames)


class _Stage:
    """The canvas with what is needed to draw the steps on it in their order."""

    def __init__(self, numbers: Numbers, theme: Theme) -> None:
        self.numbers, self.theme = numbers, theme
        self.geometry = numbers.geometry
        traces = blank(numbers, theme)
        self.place = {place: index for index, place in enumerate(self.geometry.neurons)}
        self.bias_place = {place: index - self.geometry.sizes[0] for place, index in self.place.items()}
        self.ends = {edge: self.geometry.ends(edge) for edge in numbers.edges}
        self.rings = [(1.5, theme.muted)] * len(self.place)
        self.focus: tuple[Neuron, ...] = ()
        matrices = [layer.W for layer in numbers.experiment.network.layers]
        self.bins = {edge: bin_of(edge.of(matrices), numbers.largest_weight, "w") for edge in numbers.edges}
        for name in set(self.bins.values()):
            traces[name]["x"], traces[name]["y"] = self._bin(name)
        self.canvas = Canvas(traces)

    def play(self, step: Step) -> Frame:
        """Draw a step and return its frame."""
        now = motion(step, self.numbers, self.theme)
        self._look_at(now)
        self._light(now)
        self._label(step, now)
        self._pulses(now, [pulse.start for pulse in now.pulses])
        setup = self.canvas.cut()
        self._travel([pulse.end for pulse in now.pulses])
        move = self.canvas.cut()
        REVEALS[step.op](self, step)
        experiment = self.numbers.experiment
        return Frame(
            title=title(step, experiment),
            phase=step.phase,
            line=equation(step, experiment).line,
            column=now.column,
            setup=setup,
            move=move,
            reveal=self.canvas.cut(),
        )

    def _look_at(self, now: Motion) -> None:
        for place in self.focus:
            self._ring(place, *self.rings[self.place[place]])
        self.focus = now.focus
        for place in now.focus:
            self._ring(place, 4, self.theme.outline)

    def _ring(self, place: Neuron, width: float, colour: str) -> None:
        self.canvas.put_at("neurons", "marker.line.width", self.place[place], width)
        self.canvas.put_at("neurons", "marker.line.color", self.place[place], colour)

    def _light(self, now: Motion) -> None:
        for sign, name in ((1, "lit+"), (-1, "lit-")):
            edges = [edge for edge, value in now.lit if (value < 0) == (sign < 0)]
            x, y = segments([self.ends[edge] for edge in edges])
            self.canvas.put(name, "x", x)
            self.canvas.put(name, "y", y)
            if edges:
                self.canvas.put(name, "line.color", now.palette.mark(sign))

    def _label(self, step: Step, now: Motion) -> None:
        room = self.geometry.dimensions.weights and step.neuron and len(now.written) <= MAX_LABELS
        written, palette = now.written if room else (), now.ink or now.palette
        points = [self.geometry.halfway(edge) for edge, _ in now.lit[: len(written)]]
        self.canvas.put("labels", "x", [round(x, 3) for x, _ in points])
        self.canvas.put("labels", "y", [round(y) for _, y in points])
        self.canvas.put("labels", "text", [compact(value) for value in written])
        self.canvas.put("labels", "textfont.color", _of_all([palette.ink(value) for value in written]))

    def _pulses(self, now: Motion, places: list[Point]) -> None:
        largest = max((abs(pulse.amount) for pulse in now.pulses), default=1.0) or 1.0
        sizes = [round(7 + 11 * (abs(pulse.amount) / largest) ** 0.5, 1) for pulse in now.pulses]
        self._travel(places)
        self.canvas.put("pulses", "marker.size", sizes)
        self.canvas.put("pulses", "marker.color", _of_all([now.palette.mark(pulse.amount) for pulse in now.pulses]))

    def _travel(self, places: list[Point]) -> None:
        self.canvas.put("pulses", "x", [x for x, _ in places])
        self.canvas.put("pulses", "y", [y for _, y in places])

    def _caption(self, step: Step, name: str, values: Any) -> None:
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(values), strict=True):
            z = self.numbers.forward.z[neuron.layer - 1][neuron.number - 1]
            first = f"<i>z</i> {compact(z)}"
            second = ""
            if name != "z":
                colour = self.theme.gradient.ink(value)
                second = f"{name} <span style='color:{colour}'>{compact(value, signed=True)}</span>"
            lines = [first, second] if self.geometry.dimensions.caption_lines > 1 else [second or first]
            text = "<br>".join(line for line in lines if line)
            self.canvas.put_at("captions", "text", self.place[neuron], text)

    def _z(self, step: Step) -> None:
        self._caption(step, "z", step.value)

    def _activation(self, step: Step) -> None:
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            share = float(value) / self.numbers.largest_activation
            place = self.place[neuron]
            self.canvas.put_at("neurons", "marker.color", place, round(share, 3))
            number = compact(value, digits=self.geometry.dimensions.digits)
            self.canvas.put_at("neurons", "text", place, f"<b>{number}</b>")
            self.canvas.put_at("neurons", "textfont.color", place, look.ink_on(self.theme, share))

    def _loss(self, step: Step) -> None:
        self.canvas.put_at("answers", "text", self.geometry.sizes[-1], f"<b>{compact(step.value)}</b>")

    def _upstream(self, step: Step) -> None:
        self._caption(step, "∂<i>a</i>", step.value)

    def _delta(self, step: Step) -> None:
        self._caption(step, "<i>δ</i>", step.value)
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            width = round(2 + 4 * abs(float(value)) / self.numbers.largest_delta, 1)
            self.rings[self.place[neuron]] = (width, self.theme.gradient.mark(value))

    def _weight_gradient(self, step: Step) -> None:
        self._sort(incoming(step, self.numbers), np.ravel(step.value), self.numbers.largest_gradient, "g")

    def _weight_update(self, step: Step) -> None:
        self._sort(incoming(step, self.numbers), np.ravel(step.value), self.numbers.largest_weight, "w")

    def _bias_gradient(self, step: Step) -> None:
        self._bias(step, "∂b", self.theme.gradient)

    def _bias_update(self, step: Step) -> None:
        self._bias(step, "b", self.theme.value)

    def _bias(self, step: Step, name: str, palette: look.Palette) -> None:
        if not self.geometry.dimensions.bias:
            return
        for neuron, value in zip(neurons(step, self.numbers), np.atleast_1d(step.value), strict=True):
            self.canvas.put_at("biases", "text", self.bias_place[neuron], bias_text(value, name, palette))

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
        return segments([self.ends[edge] for edge, where in self.bins.items() if where == name])


def _of_all(colours: list[str]) -> list[str] | str:
    """Return the colour that all have, as Plotly takes it, or else the list."""
    return colours[0] if len(set(colours)) == 1 else colours


REVEALS = for_every(
    OPS,
    {
        "weighted_sum": _Stage._z,
        "activation": _Stage._activation,
        "loss": _Stage._loss,
        "joint_loss": _Stage._loss,
        "loss_gradient": _Stage._upstream,
        "summed_gradient": _Stage._upstream,
        "delta": _Stage._delta,
        "joint_delta": _Stage._delta,
        "weight_gradient": _Stage._weight_gradient,
        "bias_gradient": _Stage._bias_gradient,
        "weight_update": _Stage._weight_update,
        "bias_update": _Stage._bias_update,
    },
    __name__,
)
