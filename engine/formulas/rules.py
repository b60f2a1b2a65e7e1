r"""The rule of each kind of step, with the formulas of this network's own activations and loss in place of f and L.

They come from the records of the functions; a step that has none of these keeps the rule of its op.
"""

from collections.abc import Callable, Mapping

from engine.backprop.ops import OPS
from engine.formulas.notations import COLUMNS, Factor, Layout, product
from engine.formulas.steps import PLAIN, put
from engine.formulas.symbols import derivative
from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import LOSSES
from engine.network.model import Experiment

Rule = Callable[[Experiment, int, str], str]
# the gradient by z of a function of the whole layer, of columns and of rows
_THROUGH, _THROUGH_ROWS = rf"J^{{\top}}\,{derivative('a')}", rf"{derivative('a')}\,J"


def rule(op: str, layer: int, experiment: Experiment, indexed: bool, layout: Layout = COLUMNS) -> str:
    """Return the rule of an op in a network's layer in LaTeX: of one neuron j if indexed, else of the whole layer.

    That of a whole layer is for vectors and matrices that run as the layout says.
    """
    if not indexed and layout != COLUMNS and op in _PRODUCTS:
        return _PRODUCTS[op](layout)
    own = _OWN.get(op)
    if own is None:
        return OPS[op].rule if indexed else OPS[op].layer_rule or OPS[op].rule
    written = own(experiment, layer, "_j" if indexed else "")
    return written.replace(_THROUGH, _THROUGH_ROWS) if layout.rows else written


def _weighted_sum(layout: Layout) -> str:
    factors = _symbol("W^{(l)}", layout.inputs_first), _symbol("a^{(l-1)}", layout.rows)
    return f"z^{{(l)}} = {product(factors, layout.rows)[0]} + b^{{(l)}}"


def _summed_gradient(layout: Layout) -> str:
    factors = _symbol("W^{(l+1)}", layout.inputs_first, transposed=True), _symbol(r"\delta^{(l+1)}", layout.rows)
    return f"{derivative('a^{(l)}')} = {product(factors, layout.rows)[0]}"


def _weight_gradient(layout: Layout) -> str:
    factors = _symbol(r"\delta^{(l)}", layout.rows), _symbol("a^{(l-1)}", layout.rows, transposed=True)
    return f"{derivative('W^{(l)}')} = {product(factors, layout.inputs_first)[0]}"


def _symbol(name: str, turned: bool, transposed: bool = False) -> Factor:
    return Factor(symbol=name, put_in=lambda _: "", turned=turned, transposed=transposed)


# the rules of whole layers in which vectors and matrices are multiplied
_PRODUCTS: Mapping[str, Callable[[Layout], str]] = {
    "weighted_sum": _weighted_sum,
    "summed_gradient": _summed_gradient,
    "weight_gradient": _weight_gradient,
}


def _record(experiment: Experiment, layer: int) -> Activation:
    return ACTIVATIONS[experiment.network.layers[layer - 1].activation]


def _put_in(record: Activation, template: str, z: str) -> str:
    return put(template, z=z, p=record.parameter.symbol if record.parameter else "")


def _activation(experiment: Experiment, layer: int, j: str) -> str:
    record = _record(experiment, layer)
    if not record.elementwise:
        return rf"a_i = {record.symbol}(z)_i = {_put_in(record, record.latex, 'z')}"
    return rf"a{j} = {record.symbol}(z{j}) = {_put_in(record, record.latex, f'z{j}')}"


def _loss(experiment: Experiment, layer: int, j: str) -> str:
    record = LOSSES[experiment.network.loss]
    return rf"L = {record.symbol}(\hat{{y}}, y) = {put(record.latex, n='n', **PLAIN)}"


def _loss_gradient(experiment: Experiment, layer: int, j: str) -> str:
    out, target = rf"\hat{{y}}{j}", f"y{j}"
    formula = put(LOSSES[experiment.network.loss].gradient_latex, a_j=out, y_j=target, n="n")
    return rf"{derivative(out)} = {formula}"


def _delta(experiment: Experiment, layer: int, j: str) -> str:
    record = _record(experiment, layer)
    own = rf"\delta{j} = \frac{{\partial L}}{{\partial z{j}}}"
    slope = _put_in(record, record.slope_latex, "z")
    if record.elementwise:
        times = r"\," if j else r" \odot "
        return rf"{own} = {derivative(f'a{j}')}{times}{record.symbol}'(z{j}), \quad {record.symbol}'(z) = {slope}"
    if j:
        partial = r"\frac{\partial a_i}{\partial z_j}"
        return rf"{own} = \sum_i \frac{{\partial L}}{{\partial a_i}}\,{partial}, \quad {partial} = {slope}"
    return rf"{own} = {_THROUGH}, \quad J_{{ij}} = {slope}"


def _joint_delta(experiment: Experiment, layer: int, j: str) -> str:
    form = experiment.network.joint_form
    assert form is not None
    template = form.latex_for(experiment.y)
    if not form.local:
        j = "_j"
    elif not j:
        template = template.replace(r"\,", r" \odot ")
    formula = put(template, a_j=rf"\hat{{y}}{j}", y_j=f"y{j}", **PLAIN)
    return rf"\delta{j} = \frac{{\partial L}}{{\partial z{j}}} = {formula}"


# not total: the rules of all other ops are the same whatever the functions are
_OWN: Mapping[str, Rule] = {
    "activation": _activation,
    "loss": _loss,
    "joint_loss": _loss,
    "loss_gradient": _loss_gradient,
    "delta": _delta,
    "joint_delta": _joint_delta,
}
