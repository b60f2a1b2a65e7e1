r"""How the steps of all examples at once are written.

Each matrix has a row for each example, or a column where a notation has it so, and its shape below it, as
\underset{4 \times 2}{...}: what stands transposed, and why, is seen from the shapes.
"""

from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart
from engine.formulas.marks import at
from engine.formulas.notations import product
from engine.formulas.symbols import Extent, derivative, factor, gradient, of_neuron
from engine.formulas.writers import matrices
from engine.formulas.writers.backward import with_rest
from engine.formulas.writers.loss import quotients_of
from engine.formulas.writers.meeting import batch_loss
from engine.formulas.writers.written import PLAIN, Written, put, shaped
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment
from engine.network.places import Bias, Weight
from engine.network.reductions import REDUCTIONS


def losses(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The loss of each example, and of all."""
    reduction, op, *operands = step.operands
    losses = np.asarray(OPS[op].compute(*operands))
    record = LOSSES[operands[0]]
    each = put(record.latex, n=str(operands[-1].shape[-1]), a=r"\hat{y}", y="y")
    column = matrices.table(losses[:, np.newaxis], extent)
    return replace(
        batch_loss(replace(step, operands=(reduction, losses)), experiment, extent),
        notes=(rf"L_k = {each}", rf"\begin{{pmatrix}}L_k\end{{pmatrix}} = {column}"),
    )


def _matrix(letter: str, layer: int) -> str:
    return f"{letter}^{{({layer})}}"


def _activations(experiment: Experiment, layer: int) -> str:
    if layer == 0:
        return "X"
    return r"\hat{Y}" if layer == len(experiment.network.layers) else _matrix("A", layer)


def weighted_sum(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """Z = A Wᵀ + 1 bᵀ."""
    W, A, b = step.operands
    layer, turned = step.layer, extent.layout.examples_as_columns
    biases = matrices.factor_of(_matrix("b", layer), b[:, np.newaxis], extent, extent.layout.rows, transposed=True)
    before = matrices.examples(_activations(experiment, layer - 1), A, extent)
    products = (
        product((before, matrices.weights(_matrix("W", layer), W, extent, transposed=True)), turned),
        product((matrices.ones(len(A), extent), biases), turned),
    )
    return Written(
        left=matrices.named(_matrix("Z", layer), step.value.shape, extent),
        short=" + ".join(short for short, _ in products),
        numbers=" + ".join(numbers for _, numbers in products),
        result=matrices.table(step.value, extent),
    )


def activation(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """A = f(Z)."""
    name, _, Z = step.operands
    record = ACTIVATIONS[name]
    argument = matrices.named(_matrix("Z", step.layer), Z.shape, extent)
    return Written(
        left=matrices.named(_activations(experiment, step.layer), Z.shape, extent),
        short=rf"{record.symbol}({argument})",
        numbers=rf"{record.symbol}{matrices.table(Z, extent)}",
        result=matrices.table(step.value, extent),
    )


def loss_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dŶ."""
    reduction, name, A, Y, n = step.operands
    template = LOSSES[name].gradient_latex
    short = put(template, a_j=r"\hat{Y}", y_j="Y", n=str(n))
    left = derivative(r"\hat{Y}")
    return Written(
        left=matrices.named(left, A.shape, extent),
        short=_part_of(short, reduction, len(A)),
        numbers=_entries(template, reduction, (A, Y, 1.0 - A), extent, n=str(n)),
        result=matrices.table(step.value, extent, gradient),
    )


def joint_delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """Δ of the output from the joint form of loss and activation."""
    reduction, name, activation, Z, Y = step.operands
    form = LOSSES[name].joint[activation]
    template = form.latex_for(Y)
    left = matrices.named(_matrix(r"\Delta", step.layer), Z.shape, extent)
    if r"\sum" in template:
        # k is the example, so what is summed over its outputs is i; the first index is the row
        i, j = ("ik", "jk") if extent.layout.examples_as_columns else ("ki", "kj")
        of_outputs = {
            "a_i": rf"\hat{{y}}_{{{i}}}",
            "y_i": f"y_{{{i}}}",
            "a_j": rf"\hat{{y}}_{{{j}}}",
            "y_j": f"y_{{{j}}}",
        }
        short = put(template.replace("_k", "_i"), **of_outputs)
        # entry by entry
        return Written(
            left=left,
            short=rf"{_part(reduction, len(Y))}\left({short}\right)_{{{j}}}",
            result=matrices.table(step.value, extent, gradient),
        )
    A = ACTIVATIONS[activation].f(Z, experiment.network.layers[-1].parameter)
    short = put(template.replace(r"\,", r" \odot "), a_j=r"\hat{Y}", y_j="Y")
    return Written(
        left=left,
        short=_part_of(short, reduction, len(Y)),
        # the rest of a sigmoid, 1 - a, is the sigmoid of -z
        numbers=_entries(template, reduction, (A, Y, ACTIVATIONS[activation].f(-Z)), extent),
        result=matrices.table(step.value, extent, gradient),
    )


def _part(reduction: str, n: int) -> str:
    """Return the factor that makes of an example's gradient its part in the batch's: 1/n or nothing."""
    divisor = REDUCTIONS[reduction].divisor(n)
    return "" if divisor == 1 else rf"\frac{{1}}{{{divisor}}}"


def _part_of(formula: str, reduction: str, n: int) -> str:
    part = _part(reduction, n)
    return rf"{part}\left({formula}\right)" if part else formula


def _entries(template: str, reduction: str, numbers: tuple[Array, Array, Array], extent: Extent, **tokens: str) -> str:
    """Return a loss's formula with numbers, at each output of each example: outputs, targets, and what lacks to 1."""
    tables = tuple(table.T if extent.layout.examples_as_columns else table for table in numbers)
    shape = tables[0].shape

    def entry(row: int, column: int) -> str:
        a, y, rest = (float(table[row, column]) for table in tables)
        each = with_rest(quotients_of(template, a, y), rest)
        return put(each, a_j=factor(apart(a, y)), y_j=factor(apart(y, a)), **tokens, **PLAIN)

    written_out = symbols.matrix((shape[0], shape[1]), entry, extent)
    return f"{_part(reduction, len(numbers[0]))}{shaped(written_out, *shape)}"


def summed_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dA = Δ W of the next layer."""
    columns, delta = step.operands
    following = step.layer + 1
    deltas = matrices.examples(_matrix(r"\Delta", following), delta, extent, gradient)
    weights = matrices.weights(_matrix("W", following), columns.T, extent)
    short, numbers = product((deltas, weights), extent.layout.examples_as_columns)
    return Written(
        left=matrices.named(derivative(_activations(experiment, step.layer)), step.value.shape, extent),
        short=short,
        numbers=numbers,
        result=matrices.table(step.value, extent, gradient),
    )


def delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """Δ = dL/dA ⊙ f'(Z), or for each example through the Jacobian."""
    name, parameter, Z, dA = step.operands
    record, layer = ACTIVATIONS[name], step.layer
    left, outer = (
        matrices.named(_matrix(r"\Delta", layer), Z.shape, extent),
        matrices.named(derivative(_activations(experiment, layer)), dA.shape, extent),
    )
    result = matrices.table(step.value, extent, gradient)
    if not record.elementwise:
        # of the batch's loss, as the matrices are: a mean's 1/n is in both
        of_one = derivative("a_k")
        if extent.layout.rows:
            note, short = rf"\delta_k = {of_one}\,J_k", rf"{outer} \left(J_k\right)_k"
        else:
            note, short = rf"\delta_k = J_k^{{\top}}\,{of_one}", rf"\left(J_k^{{\top}}\right)_k {outer}"
        return Written(left=left, short=short, result=result, notes=(note,))
    slope = matrices.named(rf"{record.symbol}'({_matrix('Z', layer)})", Z.shape, extent)
    return Written(
        left=left,
        short=rf"{outer} \odot {slope}",
        numbers=rf"{matrices.table(dA, extent, gradient)} \odot {matrices.table(record.df(Z, parameter), extent)}",
        result=result,
    )


def weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dW = Δᵀ A."""
    delta, A = step.operands
    W, layer, turned = of_neuron("W", step.layer, None), step.layer, extent.layout.inputs_first
    deltas = matrices.examples(_matrix(r"\Delta", layer), delta, extent, gradient, transposed=True)
    short, numbers = product((deltas, matrices.examples(_activations(experiment, layer - 1), A, extent)), turned)
    found = extent.layout.weights(step.value)

    def written_at(row: int, column: int) -> str:
        to, source = (column, row) if turned else (row, column)
        return at(gradient(found[row, column]), Weight(layer, to + 1, source + 1))

    result = symbols.matrix(found.shape, written_at, extent)
    return Written(
        left=shaped(derivative(W), *found.shape), short=short, numbers=numbers, result=shaped(result, *found.shape)
    )


def bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/db, the sums of the columns of Δ."""
    (delta,) = step.operands
    layer, rows = step.layer, extent.layout.rows
    deltas = matrices.examples(_matrix(r"\Delta", layer), delta, extent, gradient, transposed=True)
    short, numbers = product((deltas, matrices.ones(len(delta), extent)), rows)
    found = step.value
    shape = (1, len(found)) if rows else (len(found), 1)
    result = symbols.vector(len(found), lambda j: at(gradient(found[j]), Bias(layer, j + 1)), extent)
    left = derivative(of_neuron("b", layer, None))
    return Written(left=shaped(left, *shape), short=short, numbers=numbers, result=shaped(result, *shape))
