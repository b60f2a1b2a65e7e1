"""What is shown of the experiment at hand: a step of its calculation, by neuron or by layer, and in which notation.

Of a batch, it is the calculation of one of its examples, until all of them meet.
"""

import numpy as np

from engine import Experiment, InvalidExperiment, Network
from engine.backprop.step import Step
from engine.backprop.trace import Level, matching, trace
from engine.formulas.notations import Notation, Translation
from engine.formulas.numbers import text
from engine.memory import remembered
from pages.figures.size import LARGEST, is_large
from pages.widgets.session import address, at_hand, location
from pages.widgets.session import notation as notations
from pages.widgets.session.slots import Slot

# None is the last one, however many there are
_step: Slot[int | None] = Slot("step", 1)
_detail: Slot[Level] = Slot("detail", "neuron")
_example: Slot[int] = Slot("example_looked_at", 1)
# whether playing goes on with the next example, before all meet
_turns: Slot[bool] = Slot("turns", False)
# how many experiments were opened in this session
_openings: Slot[int] = Slot("openings", 0)


def steps() -> tuple[Step, ...]:
    """Return all steps of the experiment at hand, in the detail chosen."""
    return traced(looked_at(), detail())


def example() -> int:
    """Return the number of the example looked at, counted from 1."""
    # a change may have left fewer than there were
    return min(_example.get(), at_hand.experiment().examples)


def looked_at() -> Experiment:
    """Return the experiment at hand; of a batch, the example looked at, whose learning step is the batch's."""
    return at_hand.experiment().in_batch(example())


def alone() -> Experiment:
    """Return the experiment at hand; of a batch, the example looked at as if it were the only one."""
    return at_hand.experiment().example(example())


def put_example(number: int) -> None:
    """Look at another example, and nothing else."""
    _example.set(max(number, 1))


def set_example(number: int) -> None:
    """Look at another example, at the same step, and put it into the address."""
    put_example(number)
    write_address()


def step() -> int:
    """Return the number of the step shown, counted from 1: what was set, and the first one before."""
    number, last = _step.get(), len(steps())
    # a change may have left fewer steps than there were
    return last if number is None else min(number, last)


def set_step(number: int | None) -> None:
    """Show another step, and put it into the address; None or a number from the last one on stays the last one."""
    _step.set(None if number is None or number >= len(steps()) else max(number, 1))
    write_address()


def begin() -> None:
    """Show the first step, as of an experiment that has just been opened, and put it into the address."""
    _openings.set(openings() + 1)
    set_step(1)


def openings() -> int:
    """Return a number that tells an experiment that was opened from the one before; an edit leaves it as it is."""
    return _openings.get()


def summarised() -> bool:
    """Return whether the network at hand is too large to be drawn neuron by neuron."""
    return is_large(at_hand.experiment().network.sizes)


def detail() -> Level:
    """Return whether a step is one neuron's, a whole layer's or that of all examples of a batch at once.

    A large network is drawn layer by layer.
    """
    chosen = _detail.get()
    if chosen == "batch" and at_hand.experiment().examples == 1:
        return "layer"
    return "layer" if summarised() and chosen == "neuron" else chosen


def put_detail(value: Level) -> None:
    """Have steps of another detail, and nothing else."""
    _detail.set(value)


def set_detail(value: Level) -> None:
    """Switch between steps per neuron and per layer, and stay at the place in the calculation."""
    number, before = step(), detail()
    put_detail(value)
    # a large network has one detail only
    set_step(number if detail() == before else matching(number, looked_at(), detail(), before))


def turns() -> bool:
    """Return whether playing takes the examples of a batch in turn, before all of them meet."""
    return _turns.get() and at_hand.experiment().examples > 1 and detail() != "batch"


def set_turns(on: bool) -> None:
    """Have playing take the examples in turn, from the first on, or one only."""
    if on and not _turns.get():
        set_example(1)
    _turns.set(on)


def notation() -> Notation:
    """Return the notation that formulas are written in."""
    return notations.chosen()


def put_notation(name: str) -> None:
    """Write formulas in another notation, and nothing else; raise InvalidExperiment for one that there is not."""
    notations.put(name)


def set_notation(name: str) -> None:
    """Write formulas in another notation, and put it into the address."""
    put_notation(name)
    write_address()


def written_in() -> dict[str, str]:
    """Return what a link carries that asks for the notation chosen; nothing for our own."""
    return address.written_in(notation())


def translation(network: Network | None = None) -> Translation:
    """Return what puts a text about a network, by default the one at hand, into the notation chosen."""
    return Translation(notation(), (network or at_hand.experiment().network).sizes)


def link() -> dict[str, str]:
    """Return what a link carries that leads here: the experiment, the step and its detail, and the notation."""
    return address.parameters(at_hand.experiment(), step(), detail(), example(), notation())


def write_address() -> None:
    """Make the address hold what is at hand and shown."""
    location.write(link())


@remembered
def traced(candidate: Experiment, level: Level) -> tuple[Step, ...]:
    """Return the steps of an experiment; the same for all sessions, so computed once.

    Raises InvalidExperiment for numbers that can be computed, but not drawn.
    """
    steps = trace(candidate, level)
    # of a batch any example may be looked at: all are there in matrices
    every = steps if candidate.examples == 1 else (*steps, *trace(candidate, "batch"))
    largest = max(float(np.abs(step.value).max()) for step in every)
    if largest > LARGEST:
        raise InvalidExperiment(f"A number grows to {text(largest, 1)} here; up to {text(LARGEST, 1)} can be drawn.")
    return steps
