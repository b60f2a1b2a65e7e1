"""The kinds of step that a forward and a backward pass are made of, one record each.

The passes compute whole layers with them and the trace single neurons; what is shown is therefore what was computed.
Those that only a batch has are in engine/backprop/batch_ops.py: OPS finds them by their names, and does not list them.
"""

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.batch_ops import LOSS_VALUES, MATRICES, MEETING, UPDATES
from engine.backprop.op import Op
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.registry import Registry


def contract(matrix: Array, vector: Array) -> Array:
    """Return the sum over i of matrix[..., j, i] · vector[i], or vector @ matrixᵀ for a batch of row vectors.

    For one example the products are summed row by row in memory order, so that one row alone gives the same bits
    as that row within the matrix: a neuron's number is exactly its layer's.
    """
    if vector.ndim == 2:
        return vector @ matrix.T
    return np.asarray(np.multiply(matrix, vector, order="C").sum(axis=-1))[()]


def _weighted_sum(W: Array, a: Array, b: Array) -> Array:
    z = contract(W, a)
    if z.ndim == 2:
        # in place: a batch's matrix is large, and nobody else has seen this one
        z += b
        return z
    return z + b


def _weight_gradient(delta: Array, a: Array) -> Array:
    return delta.T @ a if a.ndim == 2 else np.multiply.outer(delta, a)


def _bias_gradient(delta: Array) -> Array:
    return delta.sum(axis=0) if np.ndim(delta) == 2 else delta + 0.0


OPS: Registry[Op] = Registry(
    "step",
    [
        Op(
            name="weighted_sum",
            phase="forward",
            title="weighted sum",
            titles="weighted sums",
            rule=r"z_j^{(l)} = \sum_i w_{ji}^{(l)}\,a_i^{(l-1)} + b_j^{(l)}",
            why="Each incoming activation counts as much as its weight says; the bias shifts the sum.",
            compute=checked_afterwards(_weighted_sum),
            layer_rule=r"z^{(l)} = W^{(l)}\,a^{(l-1)} + b^{(l)}",
        ),
        Op(
            name="activation",
            phase="forward",
            title="activation",
            titles="activations",
            rule=r"a_j^{(l)} = f(z_j^{(l)})",
            why="Without a nonlinear function, all layers together act as one linear layer.",
            compute=lambda name, parameter, z: ACTIVATIONS[name].f(z, parameter),
        ),
        Op(
            name="loss",
            phase="loss",
            title="loss",
            rule=r"L = L(\hat{y}, y)",
            why="One number says how far the prediction is from the target; learning means making it smaller.",
            compute=LOSS_VALUES["loss"],
        ),
        Op(
            name="joint_loss",
            phase="loss",
            title="loss",
            rule=r"L = L(\hat{y}, y)",
            why="One number says how far the prediction is from the target; learning means making it smaller.",
            compute=LOSS_VALUES["joint_loss"],
        ),
        Op(
            name="loss_gradient",
            phase="backward",
            title="gradient of the loss at the output",
            titles="gradients of the loss at the outputs",
            rule=r"\frac{\partial L}{\partial \hat{y}_j} = L'(\hat{y}_j, y_j)",
            why="How the loss would change if this output moved a little: here the way back begins.",
            compute=lambda name, a, y, n: LOSSES[name].gradient(a, y, n),
        ),
        Op(
            name="summed_gradient",
            phase="backward",
            title="gradient summed from the next layer",
            titles="gradients summed from the next layer",
            rule=r"\frac{\partial L}{\partial a_i^{(l)}} = \sum_k w_{ki}^{(l+1)}\,\delta_k^{(l+1)}",
            why=(
                "This activation reaches the loss through every neuron of the next layer; the effects of all paths add "
                "up."
            ),
            compute=checked_afterwards(contract),
            layer_rule=r"\frac{\partial L}{\partial a^{(l)}} = {W^{(l+1)}}^{\top}\,\delta^{(l+1)}",
        ),
        Op(
            name="delta",
            phase="backward",
            title="delta",
            titles="deltas",
            rule=(
                r"\delta_j^{(l)} = \frac{\partial L}{\partial z_j^{(l)}}"
                r" = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})"
            ),
            why=(
                "The chain rule through the activation: a flat spot of the function lets little of the gradient "
                "through."
            ),
            compute=lambda name, parameter, z, da: ACTIVATIONS[name].vjp(z, da, parameter),
        ),
        Op(
            name="joint_delta",
            phase="backward",
            title="delta",
            titles="deltas",
            rule=(
                r"\delta_j^{(l)} = \frac{\partial L}{\partial z_j^{(l)}}"
                r" = \sum_i \frac{\partial L}{\partial \hat{y}_i}\,\frac{\partial \hat{y}_i}{\partial z_j^{(l)}}"
            ),
            why=(
                "Loss and output activation are differentiated together, in one formula. It stays exact where an "
                "output rounds to 0 or 1."
            ),
            compute=lambda name, activation, z, y: LOSSES[name].joint[activation].delta(z, y),
        ),
        Op(
            name="weight_gradient",
            phase="backward",
            title="gradients of the weights",
            rule=r"\frac{\partial L}{\partial w_{ji}^{(l)}} = \delta_j^{(l)}\,a_i^{(l-1)}",
            why="A weight matters as much as the activation it carries and the delta of the neuron it leads to.",
            compute=checked_afterwards(_weight_gradient),
            layer_rule=r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)}\,{a^{(l-1)}}^{\top}",
        ),
        Op(
            name="bias_gradient",
            phase="backward",
            title="gradient of the bias",
            titles="gradients of the biases",
            rule=r"\frac{\partial L}{\partial b_j^{(l)}} = \delta_j^{(l)}",
            why="The bias is added to z as it is, so its gradient is delta itself.",
            compute=_bias_gradient,
            layer_rule=r"\frac{\partial L}{\partial b^{(l)}} = \delta^{(l)}",
        ),
        Op(
            name="weight_update",
            phase="update",
            title="update of the weights",
            rule=r"W^{(l)} \leftarrow W^{(l)} - \eta\,\frac{\partial L}{\partial W^{(l)}}",
            why="The gradient points to where the loss grows fastest, so the step goes the other way.",
            compute=checked_afterwards(lambda old, gradient, rate: old - rate * gradient),
        ),
        Op(
            name="bias_update",
            phase="update",
            title="update of the biases",
            rule=r"b^{(l)} \leftarrow b^{(l)} - \eta\,\frac{\partial L}{\partial b^{(l)}}",
            why="The gradient points to where the loss grows fastest, so the step goes the other way.",
            compute=checked_afterwards(lambda old, gradient, rate: old - rate * gradient),
        ),
        Op(
            name="new_loss",
            phase="update",
            title="the example once more, with the new parameters",
            rule=r"L_{\text{new}} - L \approx -\eta\,\lVert\nabla L\rVert^2",
            why=(
                "For small steps the gradient promises that the loss falls by the learning rate times the sum of the "
                "squares of all gradients that the step uses. The same example with the new parameters shows whether "
                "it holds."
            ),
            # the loss and the promise are what the new loss is held against
            compute=lambda loss, promised, op, *operands: OPS[op].compute(*operands),
            everywhere=True,
        ),
    ],
    also=(*MEETING.values(), *MATRICES.values(), *UPDATES.values()),
)

# every kind of step that there is
EVERY = (*OPS, *MEETING, *MATRICES)
# those that a picture of one example shows: of steps of all examples at once it shows that one's part
PICTURED = (*OPS, *MEETING)
# those of a batch whose examples are all computed at once
_ONE_BY_ONE = {"loss", "joint_loss", "loss_gradient", "joint_delta", "new_loss"}
STACKED = (*(name for name in OPS if name not in _ONE_BY_ONE), *MATRICES, "new_batch_loss")
# those that only the run of an optimizer has
OF_A_RUN = tuple(UPDATES)
