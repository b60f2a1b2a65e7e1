"""What one number looks like in the picture, and what a step alone shows: everything that both the animation and a
glimpse of another network draw, so that they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from engine import Step
from engine.formulas.notations import OURS, Notation
from engine.formulas.numbers import compact, compact_between, fitted
from engine.network.places import Weight
from pages.figures import theme as look
from pages.figures.network.edges import LIT, lit_of
from pages.figures.network.geometry import Geometry, Point, segments
from pages.figures.network.letters import letter
from pages.figures.network.motions import Motion
from pages.figures.network.picture import bias_text
from pages.figures.network.standing import BLANK
from pages.figures.theme import Palette, Theme

# numbers on edges only where so few are shown that none covers another
MAX_LABELS = 5
# that far apart in pixels, edges that cross have room for a number, and for one below the other
ROOM, ROOM_FOR_TWO = 14, 30
# and that far where only some have a number, which the picture may be drawn smaller than; there it stands so near the
# middle, in parts of an edge, that it meets no number of a neuron
ROOM_AMONG_MANY, NEAR_THE_MIDDLE = 46, 0.58
# a number after an update that would take more characters is told by its change
MOST = 7
LIT_NAMES = ("lit0", *(f"lit{sign}{number}" for sign in "+-" for number in range(len(LIT))))
# a weight's number before an update, and the weight with the one after it
Change: TypeAlias = tuple[float, tuple[Weight, float]]
# by name of a trace and path in it
Values = Mapping[tuple[str, str], Any]

# with new parameters everything is computed again
NEW_LOSSES = ("new_loss", "new_batch_loss")
GRADIENTS = {
    "loss_gradient": "∂a",
    "summed_gradient": "∂a",
    "delta": "δ",
    "joint_delta": "δ",
}


def caption(op: str, z: float, value: float, lines: int, theme: Theme, notation: Notation = OURS) -> str:
    """Return what stands below a neuron after an op: its z, and on the way back a gradient below or instead of it."""
    first = f"<i>{letter('z', notation)}</i> {compact(z)}"
    if op in ("weighted_sum", *NEW_LOSSES):
        return first
    name, ink = letter(GRADIENTS[op], notation), theme.gradient.ink(value)
    second = f"<i>{name}</i> <span style='color:{ink}'>{compact(value, signed=True)}</span>"
    return f"{first}<br>{second}" if lines > 1 else second


def bias(op: str, old: float, value: float, both: bool, theme: Theme, notation: Notation = OURS) -> str:
    """Return what stands over a neuron after an op: its bias, the gradient of it, or the new one with the old.

    `both` is whether there is room for two lines of an old and a new one; else they stand beside each other.
    """
    if op in ("bias_gradient", "batch_bias_gradient"):
        return bias_text(compact(value, signed=True), letter("∂b", notation), theme.gradient.ink(value))
    written = compact(value, signed=True) if op == BLANK else compact_between(old, value, signed=True)[1]
    if op == "bias_update":
        written = ("<br>" if both else " ").join(changed(old, value, signed=True))
    return bias_text(written, letter("b", notation), theme.value.ink(value))


def changed(old: float, new: float, signed: bool = False) -> tuple[str, str]:
    """Return how a number is written before and after an update; one with very many digits is told by its change."""
    before, after = compact_between(old, new, signed)
    if len(after) <= MOST:
        return before, f"→{after}"
    return compact(old, signed), compact(new - old, signed=True, digits=2)


def answer(value: float) -> str:
    """Return what stands in the loss."""
    return f"<b>{compact(value)}</b>"


def target(value: float, digits: int) -> str:
    """Return what stands in a target."""
    return f"<b>{fitted(value, digits)}</b>"


def fill(a: float, largest: float, digits: int, theme: Theme) -> tuple[float, str, str]:
    """Return the place of an activation on the colour scale, its text, and the colour of that."""
    # after the update one may be larger than the largest before
    share = round(max(-1.0, min(1.0, a / largest)), 3)
    return share, f"<b>{fitted(a, digits)}</b>", look.ink_on(theme, share)


def ring(op: str, delta: float, largest: float, theme: Theme) -> tuple[float, str]:
    """Return the width and the colour of a neuron's ring after an op; with new parameters no delta is known."""
    if op in NEW_LOSSES:
        return 1.5, theme.muted
    return round(2 + 4 * abs(delta) / largest, 1), theme.gradient.mark(delta)


def lit(now: Motion, geometry: Geometry) -> Values:
    """Return the edges that a step lights."""
    values: dict[tuple[str, str], Any] = {("lit0", "x"): [], ("lit0", "y"): []}
    largest = max((abs(value) for _, value in now.lit), default=1.0) or 1.0
    ends: dict[str, list[tuple[Point, Point]]] = {name: [] for name in LIT_NAMES}
    for edge, value in now.lit:
        ends[lit_of(value, largest)].append(geometry.ends(edge))
    for name, pairs in ends.items():
        x, y = segments(pairs)
        values |= {(name, "x"): x, (name, "y"): y}
        if name != "lit0":
            values[name, "line.color"] = now.palette.mark(float(f"{name[3]}1"))
    return values


def labels(step: Step, now: Motion, geometry: Geometry) -> Values:
    """Return the numbers that stand on a step's edges."""
    if now.before:
        return _changes(step, now, geometry)
    room = geometry.dimensions.weights and step.neuron and len(now.lit) <= MAX_LABELS
    shown = now.lit if room else ()
    return _on_edges([geometry.halfway(edge) for edge, _ in shown], [compact(v) for _, v in shown], shown, now.palette)


def _changes(step: Step, now: Motion, geometry: Geometry) -> Values:
    """The weights of an update before and after it; where edges are too close for all, those that change most."""
    share, gap = geometry.apart(step.layer)
    every = list(zip(now.before, now.lit, strict=True))
    roomy = geometry.dimensions.weights and gap >= ROOM
    share = share if roomy else min(share, NEAR_THE_MIDDLE)
    shown = every if roomy else _most_changed(every, geometry, share)
    # narrow where there is height, and low where there is none
    between = " " if roomy and gap < ROOM_FOR_TWO else "<br>"
    written = [between.join(changed(old, new)) for old, (_, new) in shown]
    after = [edge for _, edge in shown]
    return _on_edges([geometry.on(edge, share) for edge, _ in after], written, after, now.palette)


def _most_changed(every: Sequence[Change], geometry: Geometry, share: float) -> list[Change]:
    """Return as many changes as there is room for, the largest first; one that is too close to a larger is left out."""
    shown: list[Change] = []
    heights: list[float] = []
    for old, (edge, new) in sorted(every, key=lambda change: -abs(change[1][1] - change[0])):
        height = geometry.on(edge, share)[1]
        if new != old and all(abs(height - other) >= ROOM_AMONG_MANY for other in heights):
            shown.append((old, (edge, new)))
            heights.append(height)
    return shown


def no_labels() -> Values:
    """Return that no numbers stand on edges."""
    return _on_edges([], [], (), None)


def _on_edges(
    points: Sequence[Point], texts: Sequence[str], lit: Sequence[tuple[Weight, float]], palette: Palette | None
) -> Values:
    inks = [palette.ink(value) for _, value in lit] if palette else []
    return {
        ("labels", "x"): [round(x, 3) for x, _ in points],
        ("labels", "y"): [round(y) for _, y in points],
        ("labels", "text"): list(texts),
        ("labels", "textfont.color"): _of_all(inks),
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
