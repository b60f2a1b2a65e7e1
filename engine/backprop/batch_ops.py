"""The kinds of step that only a batch has: those at which its examples meet, and those of all examples at once."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.op import Op
from engine.network.losses import LOSSES
from engine.network.parameters import NO_PENALTIES, penalised
from engine.network.reductions import REDUCTIONS
from engine.registry import Registry

# how the ops "loss" and "joint_loss" compute: a number for one example, (examples,) for a batch
LOSS_VALUES: Mapping[str, Callable[..., Any]] = {
    "loss": lambda name, a, y: LOSSES[name].value(a, y),
    "joint_loss": lambda name, activation, z, y: LOSSES[name].joint[activation].value(z, y),
}


def _all_losses(reduction: str, op: str, *operands: Any) -> Any:
    return REDUCTIONS[reduction].of(np.asarray(LOSS_VALUES[op](*operands)))


def _new_losses(loss: float, promised: float, *operands: Any) -> Any:
    # the first two say what the new loss is held against
    return _all_losses(*operands)


def _together(reduction: str, each: Array) -> Any:
    return REDUCTIONS[reduction].of(each)


def _shared(reduction: str, gradient: Array) -> Array:
    """Return each example's part in the gradient of the batch's loss, from the gradient of its own."""
    return gradient / REDUCTIONS[reduction].divisor(len(gradient))


MEETING: Registry[Op] = Registry(
    "step of a batch",
    [
        Op(
            name="batch_loss",
            phase="examples",
            title="the examples' losses become one",
            rule=r"L = \frac{1}{n} \sum_k L_k",
            why="The step is made for all examples together: what becomes smaller is the mean, or the sum, of losses.",
            compute=checked_afterwards(_together),
            everywhere=True,
            together=True,
        ),
        Op(
            name="batch_weight_gradient",
            phase="examples",
            title="the examples' gradients of the weights become one",
            rule=r"\frac{\partial L}{\partial W^{(l)}} = \frac{1}{n} \sum_k \frac{\partial L_k}{\partial W^{(l)}}",
            why="The gradient of a sum is the sum of the gradients: every example pulls at the same weights.",
            compute=checked_afterwards(_together),
            together=True,
        ),
        Op(
            name="batch_bias_gradient",
            phase="examples",
            title="the examples' gradients of the biases become one",
            rule=r"\frac{\partial L}{\partial b^{(l)}} = \frac{1}{n} \sum_k \frac{\partial L_k}{\partial b^{(l)}}",
            why="One bias serves all examples, so what each example makes of it adds up.",
            compute=checked_afterwards(_together),
            together=True,
        ),
        Op(
            name="new_batch_loss",
            phase="update",
            title="all examples once more, with the new parameters",
            rule=r"L_{\text{new}} - L \approx -\eta\,\lVert\nabla L\rVert^2",
            why=(
                "The gradient of the batch promises how its loss changes for small steps. The loss of a single example "
                "may rise, where the others pull harder."
            ),
            compute=checked_afterwards(_new_losses),
            everywhere=True,
            together=True,
        ),
    ],
)

# any optimizer's: it is the first operand, a record of engine/training/optimizers.py
UPDATES: Registry[Op] = Registry(
    "step of training",
    [
        Op(
            name="optimizer_update",
            phase="update",
            title="update by the optimizer",
            rule=r"\theta \leftarrow \theta - \eta\,g",
            why="The optimizer makes its step of the gradient, and of what it remembers of those before.",
            compute=checked_afterwards(
                lambda optimizer, old, slope, state, rate, t, settings, penalties=NO_PENALTIES: optimizer.update(
                    old, penalised(slope, old, penalties), state, rate, t, dict(settings)
                )[0]
            ),
        ),
        Op(
            name="optimizer_loss",
            phase="update",
            title="the mini-batch once more, with the new parameters",
            rule=r"L_{\text{new}} - L \approx \sum \frac{\partial L}{\partial \theta}\,\Delta\theta",
            why=(
                "To first order the loss changes by each gradient times the change of its parameter. What the "
                "optimizer remembers may lead it another way than this mini-batch alone would."
            ),
            compute=checked_afterwards(_new_losses),
            everywhere=True,
            together=True,
        ),
    ],
)

MATRICES: Registry[Op] = Registry(
    "step of a batch",
    [
        Op(
            name="losses",
            phase="loss",
            title="losses of all examples",
            rule=r"L = \frac{1}{n} \sum_k L_k",
            why="Each example has a loss of its own; learning makes their mean, or their sum, smaller.",
            compute=checked_afterwards(_all_losses),
            together=True,
        ),
        Op(
            name="batch_loss_gradient",
            phase="backward",
            title="gradients of the loss at the outputs of all examples",
            rule=r"\frac{\partial L}{\partial \hat{Y}}",
            why="Each example has its own. The 1/n of a mean is put in here, once, and every later gradient has it.",
            compute=checked_afterwards(
                lambda reduction, name, a, y, n: _shared(reduction, LOSSES[name].gradient(a, y, n))
            ),
            together=True,
        ),
        Op(
            name="batch_joint_delta",
            phase="backward",
            title="deltas of all examples",
            rule=r"\Delta^{(L)} = \frac{\partial L}{\partial Z^{(L)}}",
            why="Each example has its own. The 1/n of a mean is put in here, once, and every later gradient has it.",
            compute=checked_afterwards(
                lambda reduction, name, activation, z, y: _shared(reduction, LOSSES[name].joint[activation].delta(z, y))
            ),
            together=True,
        ),
    ],
)
