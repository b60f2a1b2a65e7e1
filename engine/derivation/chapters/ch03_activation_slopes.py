"""The derivatives of the activation functions in use: each derived line by line, then put to this network's numbers."""

import numpy as np

from engine.arrays import Array, Flags
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Heading, Line, Prose, Reasoning, Table
from engine.derivation.proofs import SLOPES, Case
from engine.derivation.steps import Calculation
from engine.derivation.words import layer_words, listed
from engine.formulas.steps import put
from engine.formulas.symbols import Extent, kept, value
from engine.network.activations import ACTIVATIONS, Activation

# h of the difference quotient, for |z| up to 1: small enough for four digits, large enough for rounding not to matter
H = 1e-4
# a difference quotient is off by more than this only at a corner
CORNER = 1e-3


def slope_chapter(calculation: Calculation) -> Chapter:
    """Return the chapter on the derivatives of the activation functions in use."""
    blocks: list[Block] = [
        Prose(
            "On the way back, each neuron passes on how much its activation changes when its weighted sum changes a "
            "little. That is the slope of its activation function at this neuron's $z$. In words: draw a line through "
            "two points of the curve. The derivative is the number that the slope of this line tends to when the "
            "points move together:"
        ),
        Formula(r"f'(z) = \lim_{h \to 0} \frac{f(z + h) - f(z)}{h}"),
        Prose(
            "At a kink, a corner of the curve, the slopes from the left and from the right differ, and there is no "
            "derivative. Programs then take one of the two; where a function has a kink, it is said below which. The "
            "tables check each slope with the difference quotient of two points at the same distance on both sides, "
            "which is more accurate."
        ),
    ]
    for name in dict.fromkeys(layer.activation for layer in calculation.network.layers):
        blocks += _of_function(calculation, ACTIVATIONS[name])
    return Chapter(
        anchor="slopes",
        title="The derivatives of the activation functions",
        blocks=tuple(blocks),
        links=links.ACTIVATIONS,
    )


def _of_function(calculation: Calculation, record: Activation) -> list[Block]:
    layers = [number for number, layer in enumerate(calculation.network.layers, 1) if layer.activation == record.name]
    where = listed([layer_words(calculation.network, layer) for layer in layers])
    title = record.title[0].upper() + record.title[1:]
    heading: list[Block] = [Heading(title, f"slope-{record.name}"), Prose(f"Used in {where}.")]
    if not record.elementwise:
        more = Prose(
            "Its activations depend on every $z$ of the layer, so there is not one derivative but a whole matrix of "
            "them. The next chapter derives it."
        )
        return [*heading, more]
    slope = SLOPES[record.name]
    lines: list[Block] = [Formula(f"f(z) = {record.symbol}(z) = {_plain(record.latex, record)}")]
    lines += [reasoning(case, record) for case in slope.cases]
    return [*heading, *lines, Prose(_plain(slope.remark, record)), *_at_work(calculation, record, layers)]


def reasoning(case: Case, record: Activation) -> Reasoning:
    """Return one case of a derivation with the function's own symbols put in."""
    lines = tuple(Line(_plain(line.latex, record), _plain(line.why, record)) for line in case.lines)
    return Reasoning(_plain(case.left, record), lines)


def _plain(latex: str, record: Activation) -> str:
    return put(latex, z="z", p=record.parameter.symbol if record.parameter else "")


def _at_work(calculation: Calculation, record: Activation, layers: list[int]) -> list[Block]:
    blocks: list[Block] = []
    for layer in layers:
        own = calculation.network.layers[layer - 1]
        where = layer_words(calculation.network, layer)
        if record.parameter:
            where += f" (${record.parameter.symbol} = {value(own.parameter or 0.0)}$)"
        numbers = _numbers(calculation, record, layer)
        blocks += [
            Prose(f"Values at the neurons of {where}:"),
            _table(numbers, layer, calculation.extent),
        ]
        blocks += [Prose(words) for words in _at_corners(numbers, record, own.parameter) if words]
    return blocks


def _numbers(calculation: Calculation, record: Activation, layer: int) -> Array:
    """Return z, f(z), f'(z) and the difference quotient, a row for each neuron."""
    z, p = calculation.forward.z[layer - 1], calculation.network.layers[layer - 1].parameter
    h = H * np.maximum(1.0, np.abs(z))
    quotient = (record.f(z + h, p) - record.f(z - h, p)) / (2.0 * h)
    return np.stack([z, record.f(z, p), record.df(z, p), quotient], axis=-1)


def _table(numbers: Array, layer: int, extent: Extent) -> Table:
    rows = [
        (f"${j + 1}$", *(f"${value(number)}$" for number in numbers[j])) if j is not None else ("⋮",) * 5
        for j in kept(len(numbers), extent.rows)
    ]
    difference = r"$\frac{f(z + h) - f(z - h)}{2h}$"
    return Table(("neuron", f"$z^{{({layer})}}$", "$f(z)$", "$f'(z)$", difference), tuple(rows))


def _at_corners(numbers: Array, record: Activation, parameter: float | None) -> tuple[str, str, str]:
    at = record.at_kink(numbers[:, 0], parameter)
    near = ~at & (np.abs(numbers[:, 3] - numbers[:, 2]) > CORNER)
    seen = np.array([value(slope) != value(quotient) for slope, quotient in numbers[:, 2:]])
    off = seen & ~at & ~near
    return (
        f"{_neurons(at)}: at a kink of the function there is no tangent. The difference quotient gives the mean of the "
        "slopes on both sides; backpropagation takes one of them."
        if at.any()
        else "",
        f"{_neurons(near)}: the two points of the difference quotient lie on both sides of a kink. So it mixes both "
        "slopes; the derivative is the slope of the side on which $z$ lies."
        if near.any()
        else "",
        f"{_neurons(off)}: the difference quotient is only close to the slope. Its two points are a small distance "
        "apart, and it is computed with 64-bit numbers, which are rounded."
        if off.any()
        else "",
    )


def _neurons(which: Flags) -> str:
    numbers = [str(j + 1) for j in np.flatnonzero(which)]
    return f"{'Neuron' if len(numbers) == 1 else 'Neurons'} {listed(numbers)}"
