"""Which example of a batch is looked at: the choice, each with its loss, and what a page says that shows one alone."""

import streamlit as st

from engine import Experiment
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import text
from pages.widgets import fields
from pages.widgets.session import at_hand, shown
from pages.widgets.session.reruns import whole

# more than these are chosen from a list
MOST_SIDE_BY_SIDE = 8


def example_picker(words: str = "Example") -> None:
    """Draw the choice of the example that is looked at, each with its loss; nothing where there is only one."""
    experiment = at_hand.experiment()
    if experiment.examples == 1:
        return
    losses, letter = _losses(experiment), shown.translation().words("L")
    side_by_side = experiment.examples <= MOST_SIDE_BY_SIDE
    fields.choice(
        st.segmented_control if side_by_side else st.selectbox,
        words,
        list(range(1, experiment.examples + 1)),
        key=f"example_of_{experiment.examples}",
        held=shown.example(),
        format_func=lambda number: f"{number} · {letter} = {text(losses[number - 1], 3)}",
        take=whole(shown.set_example),
        help="The examples that the network learns from, each with its loss. One of them is drawn.",
    )


def said_of_one(what: str) -> None:
    """Say which example of a batch a page shows, with the choice of another one; nothing where there is only one.

    `what` begins the sentence: "The text follows".
    """
    count = at_hand.experiment().examples
    if count == 1:
        return
    st.caption(f"The network at hand learns from {count} examples. {what} example {shown.example()} alone.")
    example_picker("Example shown")


def _losses(experiment: Experiment) -> list[float]:
    batch = learning_step(experiment.in_batch(1)).batch
    return [] if batch is None else [float(loss) for loss in batch.losses]
