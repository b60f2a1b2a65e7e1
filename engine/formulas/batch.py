r"""How the steps of a batch are written: those at which its examples meet, and those of all examples at once.

In the second kind each matrix has a row for each example, and its shape below it, as \underset{4 \times 2}{...}: what
stands transposed, and why, is seen from the shapes. One function an op, in MEETINGS and in STACKED.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.backprop.ops import OPS, PICTURED
from engine.backprop.ops import STACKED as STACKED_OPS
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart
from engine.formulas.marks import at
from engine.formulas.steps import PLAIN, WRITERS, Written, put
from engine.formulas.symbols import Extent, array, derivative, factor, gradient, of_neuron, total, value
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import ExampleInBatch, Experiment
from engine.network.places import Bias, LossValue, Parameter, Weight
from engine.network.reductions import REDUCTIONS
from engine.registry import for_every

_Writer = Callable[[Step, Experiment, Extent], Written]
# matrices of more examples do not fit beside each other
MOST_MATRICES = 4
ONES = r"\mathbf{1}"


def written(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """Return a step in LaTeX, whatever its kind."""
    if step.stacked:
        return STACKED[step.op](step, experiment, extent)
    if OPS[step.op].together:
        return MEETINGS[step.op](step, experiment, extent)
    own = WRITERS[step.op](step, experiment, extent)
    in_batch = isinstance(experiment, ExampleInBatch) and step.phase in ("loss", "backward")
    return _of_example(own, experiment.number) if in_batch and isinstance(experiment, ExampleInBatch) else own


def of_example(latex: str, number: int | str) -> str:
    r"""Return a formula in which the loss is that of one example of a batch: L_2, and \partial L_2."""
    return latex.replace(r"\partial L}", rf"\partial L_{{{number}}}}}")


def _of_example(own: Written, number: int) -> Written:
    left = f"L_{{{number}}}" if own.left == "L" else of_example(own.left, number)
    short, written_out = (of_example(latex, number) for latex in (own.short, own.symbols))
    return replace(own, left=left, short=short, symbols=written_out)


def shaped(written: str, rows: int, columns: int) -> str:
    """Return a matrix with its shape below it."""
    return rf"\underset{{{rows} \times {columns}}}{{{written}}}"


def _over(terms: Sequence[str], reduction: str, most: int) -> str:
    """Return the mean or the sum of written terms, one an example."""
    divisor = REDUCTIONS[reduction].divisor(len(terms))
    added = total(terms, most)
    return added if divisor == 1 else rf"\frac{{1}}{{{divisor}}} \left({added}\right)"


def _sign(reduction: str, n: int) -> str:
    return REDUCTIONS[reduction].latex.replace("{n}", f"{{{n}}}")


def _batch_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    reduction, losses = step.operands
    terms = [value(loss) for loss in losses]
    return Written(
        left="L",
        short=rf"{_sign(reduction, len(losses))} L_k",
        numbers=_over(terms, reduction, extent.terms),
        brief=_over(terms, reduction, 5),
        result=at(value(step.value), LossValue()),
    )


def _batch_weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    return _meeting("W", step, extent, lambda j, i: Weight(step.layer, j + 1, i + 1))


def _batch_bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    return _meeting("b", step, extent, lambda j, _: Bias(step.layer, j + 1))


def _meeting(letter: str, step: Step, extent: Extent, place: Callable[[int, int], Parameter]) -> Written:
    """The gradients of all examples made one, and on one line those of the parameter with the largest."""
    reduction, each = step.operands
    # biases as a table of one column
    found = step.value.reshape(len(step.value), -1)
    tables = each.reshape(len(each), *found.shape)
    left = derivative(of_neuron(letter, step.layer, None))
    short = f"{_sign(reduction, len(each))} {of_example(left, 'k')}"
    j, i = divmod(int(np.abs(found).argmax()), found.shape[1])
    one = place(j, i)
    of_one = derivative(symbols.parameter(one))
    parts = _over([factor(gradient(number)) for number in tables[:, j, i]], reduction, 5)
    return Written(
        left=left,
        short=short,
        numbers=_over([array(table, extent, gradient) for table in tables], reduction, MOST_MATRICES),
        result=symbols.matrix(found.shape, lambda j, i: at(gradient(found[j, i]), place(j, i)), extent),
        line=rf"{left} = {short},\quad {of_one} = {parts} = {at(gradient(found[j, i]), one)}",
    )


def _new_batch_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    before, promised, reduction, op, *operands = step.operands
    losses = np.asarray(OPS[op].compute(*operands))
    left, result = r"L_{\text{new}}", at(apart(step.value, before), LossValue())
    change = rf"{left} - L = {value(step.value - before)}"
    promise = rf"-\eta\,\lVert\nabla L\rVert^2 = {value(promised)}"
    return Written(
        left=left,
        short=rf"{_sign(reduction, len(losses))} L_k^{{\text{{new}}}}",
        numbers=_over([value(loss) for loss in losses], reduction, extent.terms),
        result=result,
        notes=(change, promise),
        line=rf"{left} = {result},\quad {change},\quad {promise}",
    )


def _losses(step: Step, experiment: Experiment, extent: Extent) -> Written:
    reduction, op, *operands = step.operands
    losses = np.asarray(OPS[op].compute(*operands))
    record = LOSSES[operands[0]]
    each = put(record.latex, n=str(operands[-1].shape[-1]), a=r"\hat{y}", y="y")
    column = shaped(array(losses, extent), len(losses), 1)
    return replace(
        _batch_loss(replace(step, operands=(reduction, losses)), experiment, extent),
        notes=(rf"L_k = {each}", rf"\begin{{pmatrix}}L_k\end{{pmatrix}} = {column}"),
    )


def _matrix(letter: str, layer: int) -> str:
    return f"{letter}^{{({layer})}}"


def _activations(experiment: Experiment, layer: int) -> str:
    if layer == 0:
        return "X"
    return r"\hat{Y}" if layer == len(experiment.network.layers) else _matrix("A", layer)


def _transposed(name: str) -> str:
    return rf"{{{name}}}^{{\top}}"


def _table(numbers: Array, extent: Extent, write: symbols.Writer = value) -> str:
    return shaped(array(numbers, extent, write), *numbers.shape)


def _named(name: str, shape: tuple[int, ...]) -> str:
    return shaped(name, *shape)


def _weighted_sum(step: Step, experiment: Experiment, extent: Extent) -> Written:
    W, A, b = step.operands
    n, layer = len(A), step.layer
    names = (
        _named(_activations(experiment, layer - 1), A.shape),
        _named(_transposed(_matrix("W", layer)), W.T.shape),
        _named(ONES, (n, 1)),
        _named(_transposed(_matrix("b", layer)), (1, len(b))),
    )
    ones = shaped(array(np.ones(n), extent, lambda _: "1"), n, 1)
    numbers = f"{_table(A, extent)}{_table(W.T, extent)} + {ones}{shaped(symbols.row(b, extent), 1, len(b))}"
    return Written(
        left=_named(_matrix("Z", layer), step.value.shape),
        short=rf"{names[0]}\,{names[1]} + {names[2]}\,{names[3]}",
        numbers=numbers,
        result=_table(step.value, extent),
    )


def _activation(step: Step, experiment: Experiment, extent: Extent) -> Written:
    name, _, Z = step.operands
    record = ACTIVATIONS[name]
    argument = _named(_matrix("Z", step.layer), Z.shape)
    return Written(
        left=_named(_activations(experiment, step.layer), Z.shape),
        short=rf"{record.symbol}({argument})",
        numbers=rf"{record.symbol}{_table(Z, extent)}",
        result=_table(step.value, extent),
    )


def _loss_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    reduction, name, A, Y, n = step.operands
    template = LOSSES[name].gradient_latex
    short = put(template, a_j=r"\hat{Y}", y_j="Y", n=str(n))
    left = derivative(r"\hat{Y}")
    return Written(
        left=_named(left, A.shape),
        short=rf"{_part(reduction, len(A))}\left({short}\right)",
        numbers=_entries(template, reduction, A, Y, extent, n=str(n)),
        result=_table(step.value, extent, gradient),
    )


def _joint_delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    reduction, name, activation, Z, Y = step.operands
    form = LOSSES[name].joint[activation]
    normalised = form.normalised_latex and bool((Y.sum(axis=1) == 1.0).all())
    template = form.normalised_latex if normalised else form.latex
    left = _named(_matrix(r"\Delta", step.layer), Z.shape)
    if not form.local:
        short = put(template, a_j=r"\hat{y}_{kj}", y_j="y_{kj}", **PLAIN)
        left = rf"\delta_{{kj}}^{{({step.layer})}}"
        return Written(
            left=left,
            short=rf"{_part(reduction, len(Y))}\left({short}\right)",
            result=_table(step.value, extent, gradient),
        )
    A = ACTIVATIONS[activation].f(Z, experiment.network.layers[-1].parameter)
    short = put(template.replace(r"\,", r" \odot "), a_j=r"\hat{Y}", y_j="Y", a=r"\hat{Y}", y="Y")
    return Written(
        left=left,
        short=rf"{_part(reduction, len(Y))}\left({short}\right)",
        numbers=_entries(template, reduction, A, Y, extent) if normalised or r"\sum" not in template else "",
        result=_table(step.value, extent, gradient),
    )


def _part(reduction: str, n: int) -> str:
    """Return the factor that makes of an example's gradient its part in the batch's: 1/n or nothing."""
    divisor = REDUCTIONS[reduction].divisor(n)
    return "" if divisor == 1 else rf"\frac{{1}}{{{divisor}}}"


def _entries(template: str, reduction: str, A: Array, Y: Array, extent: Extent, **tokens: str) -> str:
    """Return a loss's formula with numbers, at each output of each example."""

    def entry(row: int, column: int) -> str:
        out, target = (factor(value(table[row, column])) for table in (A, Y))
        return put(template, a_j=out, y_j=target, **tokens, **PLAIN)

    return f"{_part(reduction, len(A))}{shaped(symbols.matrix((len(A), A.shape[1]), entry, extent), *A.shape)}"


def _summed_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    columns, delta = step.operands
    following = step.layer + 1
    names = (_named(_matrix(r"\Delta", following), delta.shape), _named(_matrix("W", following), columns.T.shape))
    return Written(
        left=_named(derivative(_activations(experiment, step.layer)), step.value.shape),
        short=rf"{names[0]}\,{names[1]}",
        numbers=_table(delta, extent, gradient) + _table(columns.T, extent),
        result=_table(step.value, extent, gradient),
    )


def _delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    name, parameter, Z, dA = step.operands
    record, layer = ACTIVATIONS[name], step.layer
    left, outer = (
        _named(_matrix(r"\Delta", layer), Z.shape),
        _named(derivative(_activations(experiment, layer)), dA.shape),
    )
    result = _table(step.value, extent, gradient)
    if not record.elementwise:
        note = rf"\delta_k = J_k^{{\top}}\,{of_example(derivative('a_k'), 'k')}"
        return Written(left=left, short=rf"\left(J_k^{{\top}}\right)_k {outer}", result=result, notes=(note,))
    slope = _named(rf"{record.symbol}'({_matrix('Z', layer)})", Z.shape)
    return Written(
        left=left,
        short=rf"{outer} \odot {slope}",
        numbers=rf"{_table(dA, extent, gradient)} \odot {_table(record.df(Z, parameter), extent)}",
        result=result,
    )


def _weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    delta, A = step.operands
    W, layer = of_neuron("W", step.layer, None), step.layer
    names = (
        _named(_transposed(_matrix(r"\Delta", layer)), delta.T.shape),
        _named(_activations(experiment, layer - 1), A.shape),
    )
    found = step.value
    result = symbols.matrix(found.shape, lambda j, i: at(gradient(found[j, i]), Weight(layer, j + 1, i + 1)), extent)
    return Written(
        left=_named(derivative(W), found.shape),
        short=rf"{names[0]}\,{names[1]}",
        numbers=_table(delta.T, extent, gradient) + _table(A, extent),
        result=shaped(result, *found.shape),
    )


def _bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    (delta,) = step.operands
    layer, n = step.layer, len(delta)
    found = step.value
    names = (_named(_transposed(_matrix(r"\Delta", layer)), delta.T.shape), _named(ONES, (n, 1)))
    result = symbols.matrix((len(found), 1), lambda j, _: at(gradient(found[j]), Bias(layer, j + 1)), extent)
    ones = shaped(array(np.ones(n), extent, lambda _: "1"), n, 1)
    return Written(
        left=_named(derivative(of_neuron("b", layer, None)), (len(found), 1)),
        short=rf"{names[0]}\,{names[1]}",
        numbers=_table(delta.T, extent, gradient) + ones,
        result=shaped(result, len(found), 1),
    )


MEETINGS: Mapping[str, _Writer] = for_every(
    [name for name in PICTURED if OPS[name].together],
    {
        "batch_loss": _batch_loss,
        "batch_weight_gradient": _batch_weight_gradient,
        "batch_bias_gradient": _batch_bias_gradient,
        "new_batch_loss": _new_batch_loss,
    },
    __name__,
)

STACKED: Mapping[str, _Writer] = for_every(
    STACKED_OPS,
    {
        "weighted_sum": _weighted_sum,
        "activation": _activation,
        "losses": _losses,
        "batch_loss_gradient": _loss_gradient,
        "summed_gradient": _summed_gradient,
        "delta": _delta,
        "batch_joint_delta": _joint_delta,
        "weight_gradient": _weight_gradient,
        "bias_gradient": _bias_gradient,
        "weight_update": WRITERS["weight_update"],
        "bias_update": WRITERS["bias_update"],
        "new_batch_loss": _new_batch_loss,
    },
    __name__,
)
