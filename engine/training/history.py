"""What a training run leaves behind: its curves, and the network as it was at chosen epochs."""

from dataclasses import dataclass
from functools import cached_property

from engine.arrays import Array
from engine.network.model import Network
from engine.network.parameters import with_parameters
from engine.training.moment import Moment


@dataclass(frozen=True, eq=False, kw_only=True)
class History:
    """The curves of a run and its snapshots; entry k of a curve is after `measured[k]` epochs, entry 0 before training.

    network: the last one that was measured. loss: mean over the training examples, without penalties;
    accuracy: share of examples classified rightly, only where the targets are classes; test_*: the same on the test
    data, if any was given. gradient_norms (entries, layers): of the weights of each layer, the root mean square over
    the steps of the epoch; in entry 0 of all examples at once. snapshot_parameters (S, P): as in
    engine.network.parameters. problem: why the run ended early, in words, else empty; diverged: whether its numbers
    grew too large. moment: what the step after the last would be made of; None where the run diverged.
    """

    network: Network
    measured: tuple[int, ...]
    loss: Array
    accuracy: Array | None
    test_loss: Array | None
    test_accuracy: Array | None
    gradient_norms: Array
    snapshot_epochs: tuple[int, ...]
    snapshot_parameters: Array
    steps: int
    diverged: bool = False
    problem: str = ""
    moment: Moment | None = None

    @property
    def epochs(self) -> int:
        """Number of epochs that were completed."""
        return self.measured[-1]

    @cached_property
    def snapshots(self) -> tuple[Network, ...]:
        """The networks at `snapshot_epochs`."""
        return tuple(self.snapshot(index) for index in range(len(self.snapshot_epochs)))

    def snapshot(self, index: int) -> Network:
        """Return the network as it was after `snapshot_epochs[index]` epochs."""
        return with_parameters(self.network, self.snapshot_parameters[index])
