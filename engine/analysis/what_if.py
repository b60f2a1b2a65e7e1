"""What if a layer had another activation: the loss and the gradients that each of them would give."""

from dataclasses import dataclass

from engine.analysis.flow import LayerFlow, flows
from engine.backprop.passes import backward, forward
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.editing import with_activation
from engine.network.model import Experiment


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """An experiment with another activation in one layer, its loss, and the norms of every layer."""

    activation: str
    experiment: Experiment
    loss: float
    flows: tuple[LayerFlow, ...]

    @property
    def loss_name(self) -> str:
        """The loss, a key of LOSSES: an output activation may need another one."""
        return self.experiment.network.loss


def alternative(experiment: Experiment, layer: int, activation: str, parameter: float | None = None) -> Alternative:
    """Return the experiment with `activation` in a layer (from 0) and what it gives.

    Raises InvalidExperiment where it cannot be used there, or where numbers grow too large.
    """
    changed = with_activation(experiment, layer, activation, parameter)
    # no learning step: nothing is updated, and what is only tried would push out of memory what is shared
    passed = forward(changed.network, changed.x)
    made = backward(changed.network, passed, changed.y)
    return Alternative(
        activation=activation, experiment=changed, loss=made.loss, flows=flows(changed.network, passed, made)
    )


def alternatives(experiment: Experiment, layer: int) -> tuple[Alternative, ...]:
    """Return what every activation would give in a layer (from 0): those that can be used, the present one as it is."""
    own = experiment.network.layers[layer]
    found = []
    for name in ACTIVATIONS:
        try:
            found.append(alternative(experiment, layer, name, own.parameter if name == own.activation else None))
        except InvalidExperiment:
            continue
    return tuple(found)
