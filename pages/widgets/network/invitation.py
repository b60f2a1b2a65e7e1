"""What stands under the picture before anything was done: how wrong the network is, and what to do to see why."""

from engine import Experiment
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import percent, text
from engine.network.losses import LOSSES

# outputs that fit on the line
MOST = 3
PLAY = "Press play to see why, and how it learns."
STUCK = "Press play to see why, and why this step changes nothing."
WHY = "Press play to see how, and why nothing is left to learn."
HOW = "Press play to see how that comes about."
# of a share that one decimal of a percent would round to none, or to all
LEAST = 0.0005


def invitation(experiment: Experiment) -> str:
    """Return one line about the network's answer to the example, and an invitation to play the steps."""
    output, targets = learning_step(experiment).forward.output.tolist(), experiment.y.tolist()
    share = _right_class(experiment, output)
    if share is not None:
        return f"This network gives the right class {_percent(share)}. {_play(experiment)}"
    # a cross-entropy counts no output whose target is 0
    if output != targets and learning_step(experiment).backward.loss == 0:
        return f"{_free(output, targets)} {HOW}"
    return f"{_answer(experiment, output, targets)} {_play(experiment)}"


def _play(experiment: Experiment) -> str:
    computed = learning_step(experiment)
    if computed.backward.loss == 0:
        return WHY
    return STUCK if computed.updated == experiment.network else PLAY


def _percent(share: float) -> str:
    if 0 < share < LEAST:
        return "less than 0.1%"
    if 1 - LEAST <= share < 1:
        return "more than 99.9%"
    return f"{'only ' if share < 0.5 else ''}{percent(share, 1)}"


def _free(output: list[float], targets: list[float]) -> str:
    if len(output) > MOST:
        return "The loss of this network is 0, though its outputs are not the targets."
    return f"This network answers {_listed(output)}; the targets are {_listed(targets)}, but the loss is 0."


def _answer(experiment: Experiment, output: list[float], targets: list[float]) -> str:
    if len(output) > MOST:
        return f"The loss of this network is {text(learning_step(experiment).backward.loss, 3)}."
    if output == targets:
        return f"This network answers {_listed(output)}, just as it should."
    return f"This network answers {_listed(output)}. It should answer {_listed(targets)}."


def _right_class(experiment: Experiment, output: list[float]) -> float | None:
    """Return the probability that the network gives the right class; None where the outputs are no classes."""
    targets, network = experiment.y.tolist(), experiment.network
    if not set(targets) <= {0, 1}:
        return None
    if network.layers[-1].activation == "softmax" and sum(targets) == 1:
        return output[targets.index(1)]
    if len(output) == 1 and LOSSES[network.loss].targets == (0, 1) and 0 <= output[0] <= 1:
        return output[0] if targets == [1] else 1 - output[0]
    return None


def _listed(numbers: list[float]) -> str:
    written = ", ".join(text(number, 3) for number in numbers)
    return f"({written})" if len(numbers) > 1 else written
