"""What each step comes to, by the passes and not by the trace."""

from typing import Any

import numpy as np

from engine import Experiment, backward, forward, sgd_step
from engine.derivation.blocks import Working
from tests.latex import evaluate

# sums of hundreds of products, each written with 17 digits
CLOSE = {"rtol": 1e-9, "atol": 1e-11}


def parameter(experiment: Experiment, working: Working) -> float | None:
    return experiment.network.layers[working.layer - 1].parameter


def truth(experiment: Experiment) -> dict[tuple[str, int], Any]:
    """What each step of a whole layer comes to, by the passes and not by the trace."""
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back = backward(network, there, experiment.y)
    new = sgd_step(network, back, experiment.learning_rate).layers
    found: dict[tuple[str, int], Any] = {}
    for l in range(len(network.layers)):
        values = {"weighted_sum": there.z[l], "activation": there.a[l + 1], "delta": back.delta[l]}
        values |= {"joint_delta": back.delta[l], "loss_gradient": back.da[l], "summed_gradient": back.da[l]}
        values |= {"weight_gradient": back.dW[l], "bias_gradient": back.db[l], "loss": back.loss}
        values |= {"joint_loss": back.loss, "weight_update": new[l].W, "bias_update": new[l].b}
        found |= {(op, l + 1): value for op, value in values.items()}
    return found


def require(latex: str, value: Any, own: float | None) -> None:
    with np.errstate(all="ignore"):
        found = evaluate(latex, own)
        np.testing.assert_allclose(np.squeeze(found), np.squeeze(value), err_msg=latex, **CLOSE)
