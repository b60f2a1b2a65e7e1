"""The classical mistakes in a backpropagation worked out by hand or written as a program: the one list of them.

Each gives wrong numbers in single steps, by which a learner's own slip is recognised. Those in MISTAKES also make a
whole backward pass, which the gradient check is shown catching.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.backprop.learning_step import learning_step
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.formulas.notations import COLUMNS, Factor, Layout, product
from engine.gradcheck import wrong_passes
from engine.gradcheck.slips import batches, chain, functions, sums, updates
from engine.gradcheck.slips.record import Slip
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Network
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Mistake(Slip):
    """One mistake: what it looks like, what is right, and `backward(experiment)`, the backward pass that comes of it.

    `forward(experiment)` is the forward pass that goes with it: the right one, unless the mistake is made there.
    `applies(network)` says whether a network has the place where the mistake is made.
    `in_layout` gives both formulas for vectors and weight matrices that run another way, where they are others then.
    """

    explanation: str
    wrong_latex: str
    right_latex: str
    backward: Callable[[Experiment], BackwardPass]
    applies: Callable[[Network], bool]
    forward: Callable[[Experiment], ForwardPass] = lambda experiment: learning_step(experiment).forward
    in_layout: Callable[[Layout], tuple[str, str]] | None = None

    def formulas(self, layout: Layout) -> tuple[str, str]:
        """Return the wrong and the right formula, in our letters, for vectors and matrices that run as laid out."""
        return self.in_layout(layout) if self.in_layout else (self.wrong_latex, self.right_latex)


def _deep(network: Network) -> bool:
    return len(network.layers) > 1


def _curved_hidden(network: Network) -> bool:
    return any(layer.activation != "identity" for layer in network.layers[:-1])


def _square_inside(network: Network) -> bool:
    return any(layer.n_in == layer.n_out > 1 for layer in network.layers[1:])


def _softmax_output(network: Network) -> bool:
    # the output's function is one of the whole layer
    return not ACTIVATIONS[network.layers[-1].activation].elementwise


def _back(weights: str, layout: Layout, transposed: bool = True) -> str:
    """Return how a gradient goes back through a matrix of weights, as it is or transposed."""
    braced = not weights.startswith(r"\left")
    matrix = Factor(
        symbol=weights, put_in=lambda _: "", turned=layout.inputs_first, transposed=transposed, braced=braced
    )
    delta = Factor(symbol=r"\delta^{(l+1)}", put_in=lambda _: "", turned=layout.rows)
    return rf"\frac{{\partial L}}{{\partial a^{{(l)}}}} = {product((matrix, delta), layout.rows)[0]}"


# as a product, since delta is the gradient by z itself where it has no letter of its own
_OUTPUT_DELTA = r"\delta_j^{(\text{out})}"
_THROUGH_OUTPUTS = (
    r"\sum_i \frac{\partial L}{\partial a_i^{(\text{out})}}\,"
    r"\frac{\partial a_i^{(\text{out})}}{\partial z_j^{(\text{out})}}"
)
_W = "W^{(l+1)}"
_NEW_W = rf"\left({_W} - \eta\,\frac{{\partial L}}{{\partial {_W}}}\right)"


def _not_transposed(layout: Layout) -> tuple[str, str]:
    return _back(_W, layout, transposed=False), _back(_W, layout)


def _updated_weights(layout: Layout) -> tuple[str, str]:
    return _back(_NEW_W, layout), _back(_W, layout)


def _gradient(before: str, layout: Layout) -> str:
    """Return the gradient of a layer's weights as the product of its deltas with some activations."""
    # with matrices: not every notation has the layer of a single neuron's activation
    delta = Factor(symbol=r"\delta^{(l)}", put_in=lambda _: "", turned=layout.rows)
    a = Factor(symbol=before, put_in=lambda _: "", turned=layout.rows, transposed=True)
    return rf"\frac{{\partial L}}{{\partial W^{{(l)}}}} = {product((delta, a), layout.inputs_first)[0]}"


def _own_activations(layout: Layout) -> tuple[str, str]:
    return _gradient("a^{(l)}", layout), _gradient("a^{(l-1)}", layout)


_OF_WHOLE_PASSES = (
    Mistake(
        name="no_slope",
        title="Forgetting f′(z)",
        said="f′(z) is forgotten",
        values={
            "da": chain.no_slope_behind,
            "delta": chain.no_slope,
            "dw": chain.no_slope_weights,
            "db": chain.no_slope_biases,
            "new_w": chain.no_slope_step,
        },
        explanation=(
            "The gradient passes each hidden neuron as if $f'$ were 1 everywhere, and so each output whose $f'$ does "
            "not cancel with the loss. Neurons with a slope near 0 then learn as fast as any other."
        ),
        wrong_latex=r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}",
        right_latex=r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
        backward=wrong_passes.no_slope,
        applies=_curved_hidden,
    ),
    Mistake(
        name="slope_at_activation",
        title="f′ of the activation instead of z",
        said="f′ is taken at a instead of z",
        values={"delta": chain.slope_at_activation},
        explanation=(
            "In the hidden layers the derivative is a function of $z$, but it is given $a = f(z)$, because the program "
            "has that in a variable. With ReLU nothing changes, so the mistake can stay hidden for a long time."
        ),
        wrong_latex=r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(a_j^{(l)})",
        right_latex=r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
        backward=wrong_passes.slope_at_activation,
        applies=_curved_hidden,
    ),
    Mistake(
        name="not_transposed",
        title="The weight matrix the wrong way round on the way back",
        said="the weight matrix is the wrong way round",
        values={"da": chain.not_transposed, "delta": chain.not_transposed_delta},
        explanation=(
            "Going back, neuron $i$ needs the weights that leave it. With the matrix the wrong way round, the program "
            "takes those that enter neuron $i$ of the next layer. If the layers have different sizes, it stops with "
            "an error. If they have the same size, there is no warning."
        ),
        wrong_latex=_not_transposed(COLUMNS)[0],
        right_latex=_not_transposed(COLUMNS)[1],
        in_layout=_not_transposed,
        backward=wrong_passes.not_transposed,
        applies=_square_inside,
    ),
    Mistake(
        name="updated_weights",
        title="Going back through weights that were already updated",
        said="the gradient goes back through weights that are already updated",
        values={"da": chain.updated_weights, "delta": chain.updated_weights_delta},
        explanation=(
            "The program updates a layer as soon as it has its gradients. Then it goes on to the layer before with "
            "the new weights. The larger the learning rate, the larger the mistake; with a small rate the network "
            "still learns, so nobody notices."
        ),
        wrong_latex=_updated_weights(COLUMNS)[0],
        right_latex=_updated_weights(COLUMNS)[1],
        in_layout=_updated_weights,
        backward=wrong_passes.updated_weights,
        applies=_deep,
    ),
    Mistake(
        name="own_activation",
        title="Activations of the same layer instead of the layer before",
        said="activations of the same layer are taken instead of those of the layer before",
        values={"dw": chain.own_activation},
        explanation=(
            "A weight's gradient is the delta at its end times the activation at its start. Here the activations "
            "of the layer in which it ends are taken. The shapes fit only between layers of the same size."
        ),
        wrong_latex=_own_activations(COLUMNS)[0],
        right_latex=_own_activations(COLUMNS)[1],
        in_layout=_own_activations,
        backward=wrong_passes.own_activation,
        applies=lambda network: any(layer.n_in == layer.n_out for layer in network.layers),
    ),
    Mistake(
        name="no_bias_gradient",
        title="Dropping the bias",
        said="the bias is left out on the way back",
        values={"db": chain.no_bias_gradient, "new_b": chain.old_biases},
        explanation="The backward pass leaves out the biases, so they keep their first values.",
        wrong_latex=r"\frac{\partial L}{\partial b_j^{(l)}} = 0",
        right_latex=r"\frac{\partial L}{\partial b_j^{(l)}} = \delta_j^{(l)}",
        backward=wrong_passes.no_bias_gradient,
        applies=lambda network: True,
    ),
    Mistake(
        name="swapped_difference",
        title="Target minus output instead of output minus target",
        said="target minus output is taken instead of output minus target",
        values={"da": chain.swapped_da, "delta": chain.swapped_delta},
        explanation="All gradients have the wrong sign, so each step goes the wrong way.",
        wrong_latex=rf"{_OUTPUT_DELTA} = -{_THROUGH_OUTPUTS}",
        right_latex=rf"{_OUTPUT_DELTA} = {_THROUGH_OUTPUTS}",
        backward=wrong_passes.swapped_difference,
        applies=lambda network: True,
    ),
    Mistake(
        name="softmax_diagonal",
        title="Only the diagonal of the softmax Jacobian",
        said="only the diagonal of the softmax's Jacobian is taken",
        values={"delta": chain.softmax_diagonal},
        explanation=(
            "The softmax is differentiated as if each output depended only on its own $z$. But all outputs share "
            "one sum, so each $z$ changes every output."
        ),
        wrong_latex=(r"\delta_j^{(\text{out})} = \frac{\partial L}{\partial \hat{y}_j}\,\hat{y}_j\,(1 - \hat{y}_j)"),
        right_latex=(
            r"\delta_j^{(\text{out})} = "
            r"\sum_i \frac{\partial L}{\partial \hat{y}_i}\,\hat{y}_i\,([i = j] - \hat{y}_j)"
        ),
        backward=wrong_passes.softmax_diagonal,
        applies=_softmax_output,
    ),
    Mistake(
        name="softmax_without_exponential",
        title="A softmax without the exponential",
        said="the softmax is taken without the exponential",
        values={
            "a": chain.shares_without_exponential,
            "loss": chain.loss_without_exponential,
            "delta": chain.unshared_delta,
        },
        explanation=(
            "The outputs are divided by their sum, but the exponential was forgotten. They still add up to 1. If "
            "no $z$ has another sign than the others they even look like probabilities; else some are negative."
        ),
        wrong_latex=r"\hat{y}_i = \frac{z_i}{\sum_k z_k}",
        right_latex=r"\hat{y}_i = \frac{e^{z_i}}{\sum_k e^{z_k}}",
        backward=wrong_passes.softmax_without_exponential,
        applies=_softmax_output,
        forward=wrong_passes.forward_without_exponential,
    ),
)

SLIPS: Registry[Slip] = Registry(
    "slip",
    (*sums.RECORDS, *functions.RECORDS, *_OF_WHOLE_PASSES, *updates.RECORDS, *batches.RECORDS),
)

MISTAKES: Registry[Mistake] = Registry("mistake", _OF_WHOLE_PASSES)
