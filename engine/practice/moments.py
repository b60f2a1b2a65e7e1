"""Where in a trace something is computed: the step up to which the picture of a question plays."""

from dataclasses import dataclass

from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.backprop.trace import Detail, Level, Planned, made, plan
from engine.gradcheck.by_hand import Problem
from engine.network.model import Experiment
from engine.practice.quantity import Quantity

# the first of these that the network's trace has for a place is its step
STEPS = {
    "z": ("weighted_sum",),
    "a": ("activation",),
    "loss": ("loss", "joint_loss"),
    "da": ("loss_gradient", "summed_gradient"),
    "delta": ("delta", "joint_delta"),
    "dw": ("weight_gradient",),
    "db": ("bias_gradient",),
    "new_w": ("weight_update",),
    "new_b": ("bias_update",),
}
# where the examples of a batch meet
MEETINGS = {"loss": "batch_loss", "dw": "batch_weight_gradient", "db": "batch_bias_gradient"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Moment:
    """Where something is computed: which step, counted from 1, of an experiment's trace in this detail."""

    experiment: Experiment
    level: Level
    number: int

    @property
    def step(self) -> Step:
        """The step."""
        known = Computed(self.experiment)
        return made(plan(self.experiment, self.level)[self.number - 1], known.experiment, known.step)


def moment(problem: Problem, asked: Quantity) -> Moment:
    """Return where what is asked is computed; of a batch, what each example gives is computed before."""
    experiment = problem.experiment
    several = experiment.examples > 1
    level: Detail = "layer" if asked.is_table or several else "neuron"
    found = _planned(plan(experiment, level), problem, asked, several)
    return Moment(experiment=experiment, level=level, number=found + 1)


def _planned(steps: tuple[Planned, ...], problem: Problem, asked: Quantity, several: bool) -> int:
    layer = asked.layer or len(problem.network.layers)
    wanted = (MEETINGS[asked.kind],) if several and asked.kind in MEETINGS else STEPS[asked.kind]
    fitting = [index for index, step in enumerate(steps) if step.op in wanted and step.layer == layer]
    return next((index for index in fitting if steps[index].neuron == asked.to), fitting[0])
