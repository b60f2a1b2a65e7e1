"""The steps of a large network as frames: layer by layer, strips and maps fill with numbers and change to gradients."""

from collections.abc import Callable, Iterable, Mapping

from engine import Experiment, Step
from engine.backprop.ops import PICTURED
from engine.backprop.trace import Level, pictured, trace
from engine.formulas.notations import OURS, Notation
from engine.formulas.numbers import compact
from engine.registry import for_every
from pages.figures.network.canvas import Canvas
from pages.figures.network.frames import Animation, Frame, Words, words
from pages.figures.network.geometry import Point
from pages.figures.network.large.geometry import APART, MAP, NARROW, PITCH, STRIP, Summary
from pages.figures.network.large.picture import blank, in_colours, picture_layout, spread, unknown, written
from pages.figures.network.letters import letter
from pages.figures.theme import Palette, Theme

# pulses only tell the direction here
PULSES, PULSE_SIZE = 7, 10
# between a strip and the line around it, in columns and pixels
MARGIN = (0.02, 3)


def summary_animation(
    experiment: Experiment, theme: Theme, detail: Level = "layer", notation: Notation = OURS
) -> Animation:
    """Return the animated figure of a large network, a step for each layer's op. It is shared: do not change it."""
    numbers = Summary(experiment)
    traced = trace(experiment, "batch" if detail == "batch" else "layer")
    steps = ((pictured(step, numbers), words(step, numbers, notation)) for step in traced)
    return summary_played(numbers, steps, theme, notation)


def summary_played(
    numbers: Summary, steps: Iterable[tuple[Step, Words]], theme: Theme, notation: Notation
) -> Animation:
    """Return the animated figure of steps, each as the picture shows it, with what is said of it."""
    stage = _Stage(numbers, theme, notation)
    first = list(stage.canvas.traces)
    frames = tuple(stage.play(step, said) for step, said in steps)
    return Animation(first, picture_layout(numbers, theme), frames)


class _Stage:
    def __init__(self, numbers: Summary, theme: Theme, notation: Notation) -> None:
        self.numbers, self.theme, self.geometry, self.notation = numbers, theme, numbers.geometry, notation
        self.canvas = Canvas(blank(numbers, theme, notation))
        self.captions = [["", ""] for _ in self.geometry.sizes]

    def play(self, step: Step, said: Words) -> Frame:
        """Draw a step and return its frame; what is said may be of all examples at once."""
        source, target, palette = self._way(step)
        self._look_at(step)
        self._pulses(source, palette)
        setup = self.canvas.cut()
        self._pulses(target, palette)
        move = self.canvas.cut()
        self._pulses([], palette)
        REVEALS[step.op](self, step)
        return Frame(
            **vars(said),
            column=self.geometry.x(step.layer),
            setup=setup,
            move=move,
            reveal=self.canvas.cut(),
        )

    def _way(self, step: Step) -> tuple[list[Point], list[Point], Palette]:
        """Return where the step's pulses start and end, and their colours; no points where nothing travels."""
        forward, back = self.theme.value, self.theme.gradient
        here, before, after = (self._points(layer) for layer in (step.layer, step.layer - 1, step.layer + 1))
        loss = [self.geometry.loss] * PULSES
        return {
            "weighted_sum": (before, here, forward),
            "loss": (here, loss, forward),
            "joint_loss": (here, loss, forward),
            "loss_gradient": (loss, here, back),
            "joint_delta": (loss, here, back),
            "summed_gradient": (after, here, back),
            "weight_gradient": (here, [(self.geometry.x(step.layer - 0.5), y) for _, y in here], back),
        }.get(step.op, ([], [], forward))

    def _points(self, layer: int) -> list[Point]:
        return self.geometry.along_strip(layer, PULSES) if layer <= self.geometry.last else []

    def _pulses(self, places: list[Point], palette: Palette) -> None:
        self.canvas.put("pulses", "x", [x for x, _ in places])
        self.canvas.put("pulses", "y", [y for _, y in places])
        self.canvas.put("pulses", "marker.size", [PULSE_SIZE] * len(places))
        self.canvas.put("pulses", "marker.color", [palette.positive] * len(places))

    def _look_at(self, step: Step) -> None:
        x = self.geometry.x(step.layer)
        weights, biases, deltas = (x - PITCH / 2, MAP), (x - APART, NARROW), (x + APART, NARROW)
        # not total: every other kind of step is seen in its layer's strip
        middle, width = {
            "weight_gradient": weights, "batch_weight_gradient": weights, "weight_update": weights,
            "bias_gradient": biases, "batch_bias_gradient": biases, "bias_update": biases,
            "loss_gradient": deltas, "summed_gradient": deltas, "delta": deltas, "joint_delta": deltas,
        }.get(step.op, (x, STRIP))  # fmt: skip
        top, reach = self.geometry.top(step.layer) + MARGIN[1], width / 2 + MARGIN[0]
        left, right, bottom = middle - reach, middle + reach, top - self.geometry.tall(step.layer) - 2 * MARGIN[1]
        self.canvas.put("focus", "x", [left, right, right, left, left])
        self.canvas.put("focus", "y", [top, top, bottom, bottom, top])

    def _fill(self, step: Step, name: str, kind: str) -> None:
        values = step.value if step.value.ndim == 2 else step.value[:, None]
        for path, value in in_colours(self.theme, values, kind, self.notation).items():
            self.canvas.put(f"{name}{step.layer}", path, value)

    def _say(self, step: Step, name: str, palette: Palette, line: int) -> None:
        lines = self.captions[step.layer]
        lines[line] = spread(letter(name, self.notation), step.value, palette)
        self.canvas.put_at("captions", "text", step.layer, "<br>".join(line for line in lines if line))

    def _z(self, step: Step) -> None:
        self._fill(step, "strip", "z")
        self._say(step, "z", self.theme.value, 0)

    def _activation(self, step: Step) -> None:
        self._fill(step, "strip", "a")
        self.canvas.put(f"strip{step.layer}", "text", written(step.value))
        self._say(step, "a", self.theme.value, 0)

    def _loss(self, step: Step) -> None:
        self.canvas.put_at("loss", "text", 0, f"<b>{compact(step.value)}</b>")

    def _new_loss(self, step: Step) -> None:
        """Everything again, with the new parameters: no number of before is left."""
        self._loss(step)
        for layer, a in enumerate(self.numbers.again.a[1:], start=1):
            for path, value in in_colours(self.theme, a[:, None], "a", self.notation).items():
                self.canvas.put(f"strip{layer}", path, value)
            self.canvas.put(f"strip{layer}", "text", written(a))
            self.canvas.put(f"delta{layer}", "z", unknown(a))
            self.canvas.put_at("captions", "text", layer, spread(letter("a", self.notation), a, self.theme.value))
            if not self.numbers.experiment.update_biases:
                b = self.numbers.updated.layers[layer - 1].b
                for path, value in in_colours(self.theme, b[:, None], "b", self.notation).items():
                    self.canvas.put(f"bias{layer}", path, value)

    def _upstream(self, step: Step) -> None:
        self._fill(step, "delta", "δ")
        self._say(step, "∂a", self.theme.gradient, 1)

    def _delta(self, step: Step) -> None:
        self._fill(step, "delta", "δ")
        self._say(step, "δ", self.theme.gradient, 1)


REVEALS: Mapping[str, Callable[[_Stage, Step], None]] = for_every(
    PICTURED,
    {
        "weighted_sum": _Stage._z,
        "activation": _Stage._activation,
        "loss": _Stage._loss,
        "joint_loss": _Stage._loss,
        "loss_gradient": _Stage._upstream,
        "summed_gradient": _Stage._upstream,
        "delta": _Stage._delta,
        "joint_delta": _Stage._delta,
        "weight_gradient": lambda stage, step: stage._fill(step, "map", "∂w"),
        "bias_gradient": lambda stage, step: stage._fill(step, "bias", "∂b"),
        "weight_update": lambda stage, step: stage._fill(step, "map", "w"),
        "bias_update": lambda stage, step: stage._fill(step, "bias", "b"),
        "new_loss": _Stage._new_loss,
        "batch_loss": _Stage._loss,
        "batch_weight_gradient": lambda stage, step: stage._fill(step, "map", "∂w"),
        "batch_bias_gradient": lambda stage, step: stage._fill(step, "bias", "∂b"),
        "new_batch_loss": _Stage._new_loss,
    },
    __name__,
)
