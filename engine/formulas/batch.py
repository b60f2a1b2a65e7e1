"""How the steps of a batch are written: those at which its examples meet, and those of all examples at once.

One function an op, in MEETINGS and in STACKED.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.backprop.ops import OPS, PICTURED
from engine.backprop.ops import STACKED as STACKED_OPS
from engine.backprop.step import Step
from engine.formulas.steps import WRITERS, Written
from engine.formulas.symbols import Extent, of_example
from engine.formulas.writers import meeting, stacked, update
from engine.network.model import ExampleInBatch, Experiment
from engine.registry import for_every

_Writer = Callable[[Step, Experiment, Extent], Written]


def written(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """Return a step in LaTeX, whatever its kind; `experiment` is the batch of its example too."""
    experiment = looked_at(step, experiment)
    if step.stacked:
        return STACKED[step.op](step, experiment, extent)
    if OPS[step.op].together:
        return MEETINGS[step.op](step, experiment, extent)
    own = WRITERS[step.op](step, experiment, extent)
    number = whose(step, experiment)
    return _of_example(own, number) if number else own


def whose(step: Step, experiment: Experiment) -> str:
    """Return the number of the example whose own gradients a step of a batch is about; "" for any other step."""
    one = looked_at(step, experiment)
    own = not step.stacked and not OPS[step.op].together and step.phase in ("loss", "backward")
    return str(one.number) if own and isinstance(one, ExampleInBatch) else ""


def looked_at(step: Step, experiment: Experiment) -> Experiment:
    """Return the experiment of which it is a step: of a batch, the example that it is about."""
    return experiment if experiment.examples == 1 else experiment.in_batch(step.example or 1)


def _of_example(own: Written, number: str) -> Written:
    left = f"L_{{{number}}}" if own.left == "L" else of_example(own.left, int(number))
    short, written_out = (of_example(latex, int(number)) for latex in (own.short, own.symbols))
    return replace(own, left=left, short=short, symbols=written_out)


MEETINGS: Mapping[str, _Writer] = for_every(
    [name for name in PICTURED if OPS[name].together],
    {
        "batch_loss": meeting.batch_loss,
        "batch_weight_gradient": meeting.batch_weight_gradient,
        "batch_bias_gradient": meeting.batch_bias_gradient,
        "new_batch_loss": meeting.new_batch_loss,
    },
    __name__,
)

STACKED: Mapping[str, _Writer] = for_every(
    STACKED_OPS,
    {
        "weighted_sum": stacked.weighted_sum,
        "activation": stacked.activation,
        "losses": stacked.losses,
        "batch_loss_gradient": stacked.loss_gradient,
        "summed_gradient": stacked.summed_gradient,
        "delta": stacked.delta,
        "batch_joint_delta": stacked.joint_delta,
        "weight_gradient": stacked.weight_gradient,
        "bias_gradient": stacked.bias_gradient,
        "weight_update": update.weight_update,
        "bias_update": update.bias_update,
        "new_batch_loss": meeting.new_batch_loss,
    },
    __name__,
)
