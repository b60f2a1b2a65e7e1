"""The marks of many pictures that differ in numbers only, and what of each is another one than in the first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine import Step
from engine.arrays import Array, checked_afterwards
from engine.backprop.stacked import Stack
from engine.formulas.equations import line_with_places
from engine.reasons import why
from pages.figures.markup import classed
from pages.figures.network.edges import WIDTHS, head
from pages.figures.network.geometry import segments
from pages.figures.network.marks import (
    NEW_LOSSES,
    answer,
    bias,
    caption,
    fill,
    labels,
    lit,
    pulses,
    ring,
    target,
    travel,
)
from pages.figures.network.motions import motion
from pages.figures.network.picture import Numbers
from pages.figures.network.standing import BLANK
from pages.figures.network.view import View

# the ops that put gradients on the edges: of an example and of the batch
SLOPES = ("weight_gradient", "batch_weight_gradient")
# by trace and path: the values that replace a list's items, by index
Items = dict[tuple[str, str], dict[int, Any]]
BINS = [*(f"{kind}{sign}{width}" for kind in "wg" for sign in "+-" for width in range(len(WIDTHS))), "w0", "g0"]


class StackedMarks:
    """The pictures of a stack of experiments, each compared with that of the first."""

    @checked_afterwards
    def __init__(self, view: View, stack: Stack) -> None:
        self.view, self.stack, self.theme, self.standing = view, stack, view.theme, view.standing
        self.size = view.numbers.geometry.dimensions
        self.inputs = view.experiment.network.sizes[0]
        z, new_z, self.delta, da, db, self.b, new_b = (
            np.concatenate(arrays, axis=1)
            for arrays in (stack.z, stack.new_z, stack.delta, stack.da, stack.db, stack.b, stack.new_b)
        )
        again = view.steps[-1].op in NEW_LOSSES
        self.z = new_z if again else z
        self.a = np.concatenate(stack.new_a if again else stack.a, axis=1)
        losses = {"batch_loss": stack.batch_loss, **dict.fromkeys(NEW_LOSSES, stack.new_loss)}
        self.given = np.column_stack((stack.y, losses.get(self.standing["loss"][0], stack.loss)))
        gradients = dict.fromkeys(("loss_gradient", "summed_gradient"), da)
        deltas = dict.fromkeys(("delta", "joint_delta"), self.delta)
        self.below = self._last(
            "captions", {"weighted_sum": z, **dict.fromkeys(NEW_LOSSES, new_z), **gradients, **deltas}
        )
        new, together = dict.fromkeys(("bias_update", *NEW_LOSSES), new_b), np.concatenate(stack.batch_db, axis=1)
        self.above = self._last("biases", {BLANK: self.b, "bias_gradient": db, "batch_bias_gradient": together, **new})
        self.most_a = np.maximum(1.0, np.abs(np.concatenate(stack.a, axis=1)).max(axis=1, keepdims=True))
        self.most_delta = _largest(self.delta)
        self.slopes = self._last("edges", self._slopes())
        self.bins = self._sorted(*(_flat(arrays) for arrays in (stack.W, stack.dW, stack.new_W)))
        self.here = self._only_here(view.step_of(view.numbers), view.numbers)
        self.families = self._families()
        self.first = [draw(0, np.flatnonzero(shown).tolist()) for draw, shown, _ in self.families]

    def _last(self, kind: str, values: Mapping[str, Array]) -> Array:
        """Return for each mark of a kind the values that the op has which changed it last; 0 where none has."""
        ops = self.standing[kind]
        chosen = np.zeros((len(self.stack.loss), len(ops)))
        for op, numbers in values.items():
            chosen[:, ops == op] = numbers[:, ops == op]
        return chosen

    def _slopes(self) -> Mapping[str, Array]:
        """Return the gradients of the weights by the op that puts them on the edges."""
        return dict(zip(SLOPES, (_flat(self.stack.dW), _flat(self.stack.batch_dW)), strict=True))

    def _sorted(self, W: Array, dW: Array, new_W: Array) -> Array:
        """Return for each edge the index of its trace among BINS, as `bin_of` names it."""
        ops, values = self.standing["edges"], {BLANK: W, **self._slopes(), "weight_update": new_W}
        shown, is_gradient = self._last("edges", values), np.isin(ops.astype(str), SLOPES)
        largest = np.where(is_gradient, _largest(dW), _largest(W))
        widths = np.minimum(np.minimum(np.abs(shown) / largest, 1.0) * len(WIDTHS), len(WIDTHS) - 1).astype(int)
        signed = (2 * is_gradient + (shown < 0)) * len(WIDTHS) + widths
        return np.where(shown == 0, 4 * len(WIDTHS) + is_gradient, signed)

    def _families(self) -> tuple[tuple[Callable[[int, list[int]], Items], Any, Any], ...]:
        """Return for each kind of mark how it is drawn, which are shown, and which differ from the first's."""
        ops, outputs = self.standing, self.stack.y.shape[1]
        biases = np.full(self.above.shape[1], self.size.bias > 0)
        families = (
            (self._captions, ops["captions"] != BLANK, (self.below, self.z)),
            (self._fills, np.append(np.full(self.inputs, True), ops["fills"] != BLANK), (self.a, self.most_a)),
            (self._rings, (ops["rings"] != BLANK) & ~self._focus(), (self.delta, self.most_delta)),
            (self._biases, biases, (self.above, self.b)),
            (self._heads, np.isin(ops["edges"].astype(str), SLOPES), (self.slopes,)),
            (self._answers, np.append(np.full(outputs, True), ops["loss"] != BLANK), (self.given,)),
        )
        return tuple((draw, shown, shown & _differ(arrays)) for draw, shown, arrays in families)

    def _focus(self) -> Any:
        """Which neurons after the input have the ring of the focus, whatever their numbers are."""
        focus = motion(self.view.step_of(self.view.numbers), self.view.numbers, self.theme).focus
        return np.array([neuron in focus for neuron in self.view.numbers.geometry.neurons[self.inputs :]])

    def _captions(self, row: int, indices: list[int]) -> Items:
        ops, z, below = self.standing["captions"], self.z[row].tolist(), self.below[row].tolist()
        lines = self.size.caption_lines
        texts = {
            self.inputs + i: caption(ops[i], z[i], below[i], lines, self.theme, self.view.notation) for i in indices
        }
        return {("captions", "text"): texts}

    def _fills(self, row: int, indices: list[int]) -> Items:
        a, most = self.a[row].tolist(), float(self.most_a[row, 0])
        fills = {i: fill(a[i], most, self.size.digits, self.theme) for i in indices}
        return _items("neurons", ("marker.color", "text", "textfont.color"), fills)

    def _rings(self, row: int, indices: list[int]) -> Items:
        delta, most = self.delta[row].tolist(), float(self.most_delta[row, 0])
        ops = self.standing["rings"]
        rings = {self.inputs + i: ring(ops[i], delta[i], most, self.theme) for i in indices}
        return _items("neurons", ("marker.line.width", "marker.line.color"), rings)

    def _biases(self, row: int, indices: list[int]) -> Items:
        ops, above, b = self.standing["biases"], self.above[row].tolist(), self.b[row].tolist()
        both = self.size.weights
        return {
            ("biases", "text"): {i: bias(ops[i], b[i], above[i], both, self.theme, self.view.notation) for i in indices}
        }

    def _heads(self, row: int, indices: list[int]) -> Items:
        slopes = self.slopes[row].tolist()
        return {("heads", "marker.color"): {i: head(slopes[i], self.theme) for i in indices}}

    def _answers(self, row: int, indices: list[int]) -> Items:
        given, loss = self.given[row].tolist(), self.stack.y.shape[1]
        texts = {i: answer(given[i]) if i == loss else target(given[i], self.size.digits) for i in indices}
        return {("answers", "text"): texts}

    def _edges(self, row: int) -> Mapping[tuple[str, str], Any]:
        """Return the traces of edges that lose or get some."""
        bins, first = self.bins[row], self.bins[0]
        moved = bins != first
        values: dict[tuple[str, str], Any] = {}
        for code in np.union1d(bins[moved], first[moved]).tolist():
            x, y = segments([self.view.ends[index] for index in np.flatnonzero(bins == code).tolist()])
            values |= {(BINS[code], "x"): x, (BINS[code], "y"): y}
        return values

    def numbers(self, row: int) -> Numbers:
        """Return the numbers of one of the experiments."""
        return Numbers(self.stack.experiments[row], known=self.stack.step(row))

    def glimpse(self, row: int, numbers: Numbers) -> tuple[str, str, Mapping[int, Mapping[str, Any]]]:
        """Return the step's formula with the numbers of one of the experiments, why it comes out so, and what makes the
        first one's traces its own.
        """
        told, notation = self.view.told_of(numbers), self.view.notation
        line = line_with_places(told, numbers.experiment, notation)
        here = self._only_here(self.view.step_of(numbers), numbers)
        return classed(line, self.theme), why(told, numbers, notation), self._patch(row, here)

    def _only_here(self, step: Step, numbers: Numbers) -> Mapping[tuple[str, str], Any]:
        """Return what only this step shows."""
        now, geometry = motion(step, numbers, self.theme), self.view.numbers.geometry
        arrived = travel([pulse.end for pulse in now.pulses])
        return {**lit(now, geometry), **labels(step, now, geometry), **pulses(now), **arrived}

    def _patch(self, row: int, here: Mapping[tuple[str, str], Any]) -> Mapping[int, Mapping[str, Any]]:
        patch: dict[int, dict[str, Any]] = {}
        for (draw, _, differ), first in zip(self.families, self.first, strict=True):
            for (name, path), items in draw(row, np.flatnonzero(differ[row]).tolist()).items():
                before = first[name, path]
                changed = {index: value for index, value in items.items() if before[index] != value}
                if changed:
                    patch.setdefault(self.view.traces[name], {})[path] = changed
        changed_here = {place: value for place, value in here.items() if self.here[place] != value}
        for (name, path), value in {**self._edges(row), **changed_here}.items():
            patch.setdefault(self.view.traces[name], {})[path] = value
        return patch


def _items(trace: str, paths: Sequence[str], marks: Mapping[int, Sequence[Any]]) -> Items:
    """Return the values of marks that have several, by path."""
    return {(trace, path): {i: mark[at] for i, mark in marks.items()} for at, path in enumerate(paths)}


def _flat(matrices: Sequence[Array]) -> Array:
    return np.concatenate([matrix.reshape(len(matrix), -1) for matrix in matrices], axis=1)


def _largest(values: Array) -> Array:
    """Return the largest absolute value of each row, or 1 where all are 0."""
    most = np.abs(values).max(axis=1, keepdims=True)
    return np.where(most == 0, 1.0, most)


def _differ(arrays: Sequence[Array]) -> Any:
    """Return which entries of each row are others than in the first, in any of the arrays."""
    return np.logical_or.reduce(np.broadcast_arrays(*(array != array[:1] for array in arrays)))
