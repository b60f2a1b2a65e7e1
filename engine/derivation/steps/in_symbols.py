r"""Each kind of step of a whole layer with its symbols written out: z = W a + b as columns and a matrix of symbols.

One function an op, in MATRICES; there are no numbers here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.backprop.ops import OPS
from engine.formulas.steps import PLAIN, put
from engine.formulas.symbols import Extent, activation, column, derivative, matrix, of_neuron, total, weight
from engine.network.activations import ACTIVATIONS, Activation
from engine.network.losses import LOSSES
from engine.network.model import Network
from engine.registry import for_every

DELTA = r"\delta"


def jacobian(a: Sequence[str], extent: Extent, transposed: bool = False) -> str:
    """Return the Jacobian of a softmax in the symbols of its activations, or its transpose."""

    def entry(row: int, column: int) -> str:
        i, j = (column, row) if transposed else (row, column)
        return rf"{a[i]}\,(1 - {a[i]})" if i == j else rf"-{a[i]}\,{a[j]}"

    return matrix((len(a), len(a)), entry, extent)


@dataclass(frozen=True)
class Sheet:
    """The symbols of a network's layers as columns and matrices; `normalised` where the targets sum to 1."""

    network: Network
    extent: Extent
    normalised: bool

    def record(self, layer: int) -> Activation:
        """Return the activation function of a layer counted from 1."""
        return ACTIVATIONS[self.network.layers[layer - 1].activation]

    def indices(self, layer: int) -> range:
        """Return the numbers of a layer's neurons."""
        return range(1, self.network.sizes[layer] + 1)

    def neurons(self, letter: str, layer: int) -> str:
        """Return the column of a letter's symbols, one a neuron."""
        return column([of_neuron(letter, layer, j) for j in self.indices(layer)], self.extent)

    def activations(self, layer: int) -> str:
        """Return the column of a layer's activations."""
        return column([activation(self.network, layer, j) for j in self.indices(layer)], self.extent)

    def gradients(self, layer: int) -> str:
        """Return the column of dL/da of a layer."""
        return column([derivative(activation(self.network, layer, j)) for j in self.indices(layer)], self.extent)

    def weights(self, layer: int, transposed: bool = False) -> str:
        """Return the matrix of the symbols w_ji of a layer, or its transpose."""
        rows, columns = self.network.layers[layer - 1].W.shape
        if transposed:
            return matrix((columns, rows), lambda i, j: weight(layer, j + 1, i + 1), self.extent)
        return matrix((rows, columns), lambda j, i: weight(layer, j + 1, i + 1), self.extent)

    def jacobian(self, layer: int, transposed: bool = False) -> str:
        """Return the Jacobian of a softmax layer in the symbols of its activations, or its transpose."""
        return jacobian([activation(self.network, layer, j) for j in self.indices(layer)], self.extent, transposed)

    def outputs(self, template: str) -> str:
        """Return the column of a loss's formula for each output."""
        return column([self.of_output(template, j) for j in self.indices(len(self.network.layers))], self.extent)

    def of_output(self, template: str, j: int) -> str:
        """Return a loss's formula for one output."""
        return put(template, a_j=rf"\hat{{y}}_{{{j}}}", y_j=f"y_{{{j}}}", n=str(self.network.sizes[-1]), **PLAIN)


def _weighted_sum(sheet: Sheet, layer: int) -> str:
    return f"{sheet.weights(layer)}{sheet.activations(layer - 1)} + {sheet.neurons('b', layer)}"


def _activation(sheet: Sheet, layer: int) -> str:
    record = sheet.record(layer)
    arguments = [of_neuron("z", layer, j) for j in sheet.indices(layer)]
    if record.expand is not None:
        return record.expand(arguments, sheet.extent.rows)
    return column([f"{record.symbol}({argument})" for argument in arguments], sheet.extent)


def _loss(sheet: Sheet, layer: int) -> str:
    record = LOSSES[sheet.network.loss]
    terms = [sheet.of_output(record.term_latex, j) for j in sheet.indices(layer)]
    return put(record.sum_latex, s=total(terms, sheet.extent.terms), n=str(len(terms)))


def _loss_gradient(sheet: Sheet, layer: int) -> str:
    return sheet.outputs(LOSSES[sheet.network.loss].gradient_latex)


def _joint_delta(sheet: Sheet, layer: int) -> str:
    form = sheet.network.joint_form
    if form is None or not form.local:
        return _delta(sheet, layer)
    return sheet.outputs(form.normalised_latex if form.normalised_latex and sheet.normalised else form.latex)


def _summed_gradient(sheet: Sheet, layer: int) -> str:
    return f"{sheet.weights(layer + 1, transposed=True)}{sheet.neurons(DELTA, layer + 1)}"


def _delta(sheet: Sheet, layer: int) -> str:
    record = sheet.record(layer)
    if not record.elementwise:
        return f"{sheet.jacobian(layer, transposed=True)}{sheet.gradients(layer)}"
    slopes = [f"{record.symbol}'({of_neuron('z', layer, j)})" for j in sheet.indices(layer)]
    return rf"{sheet.gradients(layer)} \odot {column(slopes, sheet.extent)}"


def _weight_gradient(sheet: Sheet, layer: int) -> str:
    before = [activation(sheet.network, layer - 1, i) for i in sheet.indices(layer - 1)]
    return f"{sheet.neurons(DELTA, layer)}{matrix((1, len(before)), lambda _, i: before[i], sheet.extent)}"


def _bias_gradient(sheet: Sheet, layer: int) -> str:
    return sheet.neurons(DELTA, layer)


def _weight_update(sheet: Sheet, layer: int) -> str:
    shape = sheet.network.layers[layer - 1].W.shape
    gradients = matrix(shape, lambda j, i: derivative(weight(layer, j + 1, i + 1)), sheet.extent)
    return rf"{sheet.weights(layer)} - \eta\,{gradients}"


def _bias_update(sheet: Sheet, layer: int) -> str:
    gradients = column([derivative(of_neuron("b", layer, j)) for j in sheet.indices(layer)], sheet.extent)
    return rf"{sheet.neurons('b', layer)} - \eta\,{gradients}"


MATRICES: Mapping[str, Callable[[Sheet, int], str]] = for_every(
    [op.name for op in OPS.values() if not op.everywhere],
    {
        "weighted_sum": _weighted_sum,
        "activation": _activation,
        "loss": _loss,
        "joint_loss": _loss,
        "loss_gradient": _loss_gradient,
        "summed_gradient": _summed_gradient,
        "delta": _delta,
        "joint_delta": _joint_delta,
        "weight_gradient": _weight_gradient,
        "bias_gradient": _bias_gradient,
        "weight_update": _weight_update,
        "bias_update": _bias_update,
    },
    __name__,
)
