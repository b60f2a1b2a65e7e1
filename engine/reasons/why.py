"""One sentence for each kind of step: why it comes out as it does, with its numbers.

One function an op, in WHYS, and in BY_MATRIX where all examples of a batch are computed at once.
A whole layer's step is explained by the neuron in which it is largest.
"""

from collections.abc import Callable, Mapping

from engine.backprop.learning_step import Computed
from engine.backprop.ops import OPS, PICTURED, STACKED
from engine.backprop.step import Step
from engine.backprop.trace import Planned, made
from engine.formulas.notations import OURS, Layout, Notation, Translation
from engine.network.activations import ACTIVATIONS
from engine.network.model import Network
from engine.network.places import Parameter, Weight
from engine.reasons import backward, forward, together, update
from engine.registry import for_every

Reason = Callable[[Step, Computed], str]
# of matrices, which run as a layout says
MatrixReason = Callable[[Step, Computed, Layout], str]


def why(step: Step, known: Computed, notation: Notation = OURS) -> str:
    """Return why a step of the trace of what is computed comes out as it does, in plain text."""
    own = Translation(notation, known.experiment.network.sizes)
    if step.stacked:
        return own.words(BY_MATRIX[step.op](step, known, notation.layout))
    return own.words(WHYS[step.op](step, known))


def why_one(step: Step, known: Computed, place: Parameter, notation: Notation = OURS) -> str:
    """Return why one weight or bias comes out so: its gradient, of a batch too, or the learning step."""
    own = Translation(notation, known.experiment.network.sizes)
    if step.op == "weight_gradient" and isinstance(place, Weight):
        return own.words(backward.of_weight(step, known, place))
    if OPS[step.op].together:
        return own.words(together.of_one(step, place))
    return own.words(update.of_one(step, known, place))


def lone_softmaxes(network: Network) -> tuple[int, ...]:
    """Return the layers, counted from 1, that are a softmax of one neuron, which is always 1."""
    layers = enumerate(network.layers, start=1)
    return tuple(n for n, layer in layers if layer.n_out == 1 and not ACTIVATIONS[layer.activation].elementwise)


def _of_one(reason: Reason) -> Reason:
    """Return the reason for one neuron's step, which also takes a whole layer's."""

    def of_any(step: Step, known: Computed) -> str:
        if step.neuron is not None:
            return reason(step, known)
        neuron = backward.whole(step.value)
        one = made(Planned(step.op, step.layer, neuron), known.experiment, known.step)
        which = f"Of the whole layer, look at neuron {neuron}. " if len(step.value) > 1 else ""
        return which + reason(one, known)

    return of_any


def _if_elementwise(reason: Reason) -> Reason:
    """Return the same for steps that are one neuron's only where the activation is elementwise."""
    of_any = _of_one(reason)

    def either(step: Step, known: Computed) -> str:
        elementwise = ACTIVATIONS[step.operands[0]].elementwise
        return of_any(step, known) if elementwise else reason(step, known)

    return either


def _anyhow(reason: Reason) -> MatrixReason:
    """Return a reason that is the same however matrices run."""
    return lambda step, known, layout: reason(step, known)


WHYS: Mapping[str, Reason] = for_every(
    PICTURED,
    {
        "weighted_sum": _of_one(forward.weighted_sum),
        "activation": _if_elementwise(forward.activate),
        "loss": forward.loss,
        "joint_loss": forward.joint_loss,
        "loss_gradient": _of_one(backward.loss_gradient),
        "summed_gradient": _of_one(backward.summed_gradient),
        "delta": _if_elementwise(backward.delta),
        "joint_delta": backward.joint_delta,
        "weight_gradient": _of_one(backward.weight_gradient),
        "bias_gradient": _of_one(backward.bias_gradient),
        "weight_update": update.weight_update,
        "bias_update": update.bias_update,
        "new_loss": update.new_loss,
        "batch_loss": together.batch_loss,
        "batch_weight_gradient": together.batch_weight_gradient,
        "batch_bias_gradient": together.batch_bias_gradient,
        "new_batch_loss": update.new_loss,
    },
    __name__,
)

# of the steps of all examples at once, which a trace with the detail "batch" has
BY_MATRIX: Mapping[str, MatrixReason] = for_every(
    STACKED,
    {
        "weighted_sum": together.weighted_sum,
        "activation": together.activation,
        "losses": _anyhow(together.losses),
        "batch_loss_gradient": together.loss_gradient,
        "summed_gradient": together.summed_gradient,
        "delta": together.delta,
        "batch_joint_delta": together.loss_gradient,
        "weight_gradient": together.weight_gradient,
        "bias_gradient": together.bias_gradient,
        "weight_update": _anyhow(update.weight_update),
        "bias_update": _anyhow(update.bias_update),
        "new_batch_loss": _anyhow(update.new_loss),
    },
    __name__,
)
