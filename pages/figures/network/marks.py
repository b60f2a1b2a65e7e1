"""What one number looks like in the picture, and what a step alone shows: everything that both the animation and a
glimpse of another network draw, so that they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from engine import Step
from engine.formulas.numbers import compact
from pages.figures import theme as look
from pages.figures.network.geometry import Geometry, Point, segments
from pages.figures.network.motions import Motion
from pages.figures.network.picture import bias_text
from pages.figures.theme import Theme

# numbers on edges only where so few are shown that none covers another
MAX_LABELS = 5
# by name of a trace and path in it
Values = Mapping[tuple[str, str], Any]

GRADIENTS = {
    "loss_gradient": "∂<i>a</i>",
    "summed_gradient": "∂<i>a</i>",
    "delta": "<i>δ</i>",
    "joint_delta": "<i>δ</i>",
}


def caption(op: str, z: float, value: float, lines: int, theme: Theme) -> str:
    """Return what stands below a neuron after an op: its z, and on the way back a gradient below or instead of it."""
    if op == "weighted_sum":
        return f"<i>z</i> {compact(z)}"
    ink = theme.gradient.ink(value)
    second = f"{GRADIENTS[op]} <span style='color:{ink}'>{compact(value, signed=True)}</span>"
    return f"<i>z</i> {compact(z)}<br>{second}" if lines > 1 else second


def bias(op: str, value: float, theme: Theme) -> str:
    """Return what stands over a neuron after an op: the gradient of its bias, or its new bias."""
    return bias_text(value, "∂b", theme.gradient) if op == "bias_gradient" else bias_text(value, "b", theme.value)


def answer(value: float, digits: int = 3) -> str:
    """Return what stands in a target or in the loss."""
    return f"<b>{compact(value, digits=digits)}</b>"


def fill(a: float, largest: float, digits: int, theme: Theme) -> tuple[float, str, str]:
    """Return the place of an activation on the colour scale, its text, and the colour of that."""
    share = a / largest
    return round(share, 3), f"<b>{compact(a, digits=digits)}</b>", look.ink_on(theme, share)


def ring(delta: float, largest: float, theme: Theme) -> tuple[float, str]:
    """Return the width and the colour of a neuron's ring."""
    return round(2 + 4 * abs(delta) / largest, 1), theme.gradient.mark(delta)


def lit(now: Motion, geometry: Geometry) -> Values:
    """Return the edges that a step lights."""
    values: dict[tuple[str, str], Any] = {}
    for sign, name in ((1, "lit+"), (-1, "lit-")):
        x, y = segments([geometry.ends(edge) for edge, value in now.lit if (value < 0) == (sign < 0)])
        values |= {(name, "x"): x, (name, "y"): y, (name, "line.color"): now.palette.mark(sign)}
    return values


def labels(step: Step, now: Motion, geometry: Geometry) -> Values:
    """Return the numbers that stand on a step's edges."""
    room = geometry.dimensions.weights and step.neuron and len(now.written) <= MAX_LABELS
    written, palette = now.written if room else (), now.ink or now.palette
    points = [geometry.halfway(edge) for edge, _ in now.lit[: len(written)]]
    return {
        ("labels", "x"): [round(x, 3) for x, _ in points],
        ("labels", "y"): [round(y) for _, y in points],
        ("labels", "text"): [compact(value) for value in written],
        ("labels", "textfont.color"): _of_all([palette.ink(value) for value in written]),
    }


def pulses(now: Motion) -> Values:
    """Return how large a step's contributions are drawn, and in which colours."""
    largest = max((abs(pulse.amount) for pulse in now.pulses), default=1.0) or 1.0
    return {
        ("pulses", "marker.size"): [round(7 + 11 * (abs(pulse.amount) / largest) ** 0.5, 1) for pulse in now.pulses],
        ("pulses", "marker.color"): _of_all([now.palette.mark(pulse.amount) for pulse in now.pulses]),
    }


def travel(points: Sequence[Point]) -> Values:
    """Return where the contributions are."""
    return {("pulses", "x"): [x for x, _ in points], ("pulses", "y"): [y for _, y in points]}


def _of_all(colours: list[str]) -> list[str] | str:
    """Return the colour that all have, as Plotly takes it, or else the list."""
    return colours[0] if len(set(colours)) == 1 else colours
