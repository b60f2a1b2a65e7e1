r"""How each kind of step is written: left side, right side in symbols, right side in numbers, result, all LaTeX.

One function an op, in WRITERS. Operands are those of the step, so formula and number agree.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas.symbols import Extent
from engine.formulas.writers import backward, forward, loss, update
from engine.formulas.writers.backward import joint_numbers, through_jacobian
from engine.formulas.writers.loss import summed
from engine.formulas.writers.written import PLAIN, Written, put
from engine.network.model import Experiment
from engine.registry import for_every

__all__ = ["PLAIN", "WRITERS", "Written", "joint_numbers", "put", "summed", "through_jacobian"]


def _new_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The loss with the new parameters, held against the one before and against what the gradient promised."""
    before, promised, op, *operands = step.operands
    again = Step(op=op, layer=step.layer, neuron=None, operands=tuple(operands), value=step.value)
    written = WRITERS[op](again, experiment, extent)
    held = loss.held_against(written, before, step.value, promised)
    return replace(held, short=written.short.replace(r"\hat{y}", r"\hat{y}^{\text{new}}"))


WRITERS: Mapping[str, Callable[[Step, Experiment, Extent], Written]] = for_every(
    OPS,
    {
        "weighted_sum": forward.weighted_sum,
        "activation": forward.activate,
        "loss": loss.loss,
        "joint_loss": loss.joint_loss,
        "loss_gradient": loss.loss_gradient,
        "summed_gradient": backward.summed_gradient,
        "delta": backward.delta,
        "joint_delta": backward.joint_delta,
        "weight_gradient": backward.weight_gradient,
        "bias_gradient": backward.bias_gradient,
        "weight_update": update.weight_update,
        "bias_update": update.bias_update,
        "new_loss": _new_loss,
    },
    __name__,
)
