"""The classical mistakes in a hand-written backpropagation: each record makes one, in an otherwise right backward pass.

The gradient check is shown catching them, and a reader who made one can see which numbers it gives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.backprop.learning_step import learning_step
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.gradcheck import wrong_passes
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Network
from engine.registry import Registry


@dataclass(frozen=True)
class Mistake:
    """One mistake: what it looks like, what is right, and `backward(experiment)`, the backward pass that comes of it.

    `forward(experiment)` is the forward pass that goes with it: the right one, unless the mistake is made there.
    `applies(network)` says whether a network has the place where the mistake is made.
    """

    name: str
    title: str
    explanation: str
    wrong_latex: str
    right_latex: str
    backward: Callable[[Experiment], BackwardPass]
    applies: Callable[[Network], bool]
    forward: Callable[[Experiment], ForwardPass] = lambda experiment: learning_step(experiment).forward


def _deep(network: Network) -> bool:
    return len(network.layers) > 1


def _curved_hidden(network: Network) -> bool:
    return any(layer.activation != "identity" for layer in network.layers[:-1])


def _square_inside(network: Network) -> bool:
    return any(layer.n_in == layer.n_out > 1 for layer in network.layers[1:])


def _softmax_output(network: Network) -> bool:
    # the output's function is one of the whole layer
    return not ACTIVATIONS[network.layers[-1].activation].elementwise


MISTAKES: Registry[Mistake] = Registry(
    "mistake",
    [
        Mistake(
            "no_slope",
            "Forgetting f′(z)",
            "The gradient passes each hidden neuron as if its activation were a straight line. Saturated and dead "
            "neurons then learn as fast as any other.",
            r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}",
            r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
            wrong_passes.no_slope,
            _curved_hidden,
        ),
        Mistake(
            "slope_at_activation",
            "f′ of the activation instead of z",
            "The derivative is written as a function of z, but it is handed a = f(z), which the program has at hand. "
            "For a ReLU it changes nothing, which is why the mistake can stay hidden for long.",
            r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(a_j^{(l)})",
            r"\delta_j^{(l)} = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
            wrong_passes.slope_at_activation,
            _curved_hidden,
        ),
        Mistake(
            "not_transposed",
            "W instead of its transpose on the way back",
            "The way back uses the weights out of the neuron; without the transpose, those into it. Where layers have "
            "different sizes the program stops with an error; between layers of the same size nothing warns.",
            r"\frac{\partial L}{\partial a^{(l)}} = W^{(l+1)}\,\delta^{(l+1)}",
            r"\frac{\partial L}{\partial a^{(l)}} = W^{(l+1)\top}\,\delta^{(l+1)}",
            wrong_passes.not_transposed,
            _square_inside,
        ),
        Mistake(
            "updated_weights",
            "Back-propagating through weights that were already updated",
            "The program updates a layer as soon as it has its gradients, and goes on to the layer before with the new "
            "weights. The error grows with the learning rate and stays small: the network still learns.",
            r"\frac{\partial L}{\partial a^{(l)}} = "
            r"\left(W^{(l+1)} - \eta\,\frac{\partial L}{\partial W^{(l+1)}}\right)^{\!\top} \delta^{(l+1)}",
            r"\frac{\partial L}{\partial a^{(l)}} = W^{(l+1)\top}\,\delta^{(l+1)}",
            wrong_passes.updated_weights,
            _deep,
        ),
        Mistake(
            "own_activation",
            "The neuron's own activation instead of the one before",
            "A weight's gradient is the delta at its end times the activation at its start; here the activation of the "
            "end is taken. Only layers of equal size let it pass.",
            r"\frac{\partial L}{\partial w_{ji}^{(l)}} = \delta_j^{(l)}\,a_i^{(l)}",
            r"\frac{\partial L}{\partial w_{ji}^{(l)}} = \delta_j^{(l)}\,a_i^{(l-1)}",
            wrong_passes.own_activation,
            lambda network: any(layer.n_in == layer.n_out for layer in network.layers),
        ),
        Mistake(
            "no_bias_gradient",
            "Dropping the bias",
            "The biases are left out of the backward pass, so they keep the values they began with.",
            r"\frac{\partial L}{\partial b_j^{(l)}} = 0",
            r"\frac{\partial L}{\partial b_j^{(l)}} = \delta_j^{(l)}",
            wrong_passes.no_bias_gradient,
            lambda network: True,
        ),
        Mistake(
            "swapped_difference",
            "Target minus output instead of output minus target",
            "All gradients have the wrong sign: each step goes uphill, and the loss grows.",
            r"\delta^{(L)} = y - \hat{y}",
            r"\delta^{(L)} = \hat{y} - y",
            wrong_passes.swapped_difference,
            lambda network: True,
        ),
        Mistake(
            "softmax_diagonal",
            "Only the diagonal of the softmax Jacobian",
            "The softmax is differentiated as if each output depended on its own z alone. The outputs share one sum, "
            "so every z moves every output.",
            r"\delta_j^{(L)} = \frac{\partial L}{\partial \hat{y}_j}\,\hat{y}_j\,(1 - \hat{y}_j)",
            r"\delta_j^{(L)} = \sum_i \frac{\partial L}{\partial \hat{y}_i}\,\hat{y}_i\,(\delta_{ij} - \hat{y}_j)",
            wrong_passes.softmax_diagonal,
            _softmax_output,
        ),
        Mistake(
            "softmax_without_exponential",
            "A softmax without the exponential",
            "The outputs are divided by their sum, but the exponential was forgotten. They still add up to 1, so they "
            "look like probabilities.",
            r"\hat{y}_i = \frac{z_i}{\sum_k z_k}",
            r"\hat{y}_i = \frac{e^{z_i}}{\sum_k e^{z_k}}",
            wrong_passes.softmax_without_exponential,
            _softmax_output,
            wrong_passes.forward_without_exponential,
        ),
    ],
)
