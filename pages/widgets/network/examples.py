"""The examples of a batch: which one is looked at, how many there are, and how their losses become one."""

from dataclasses import replace

import streamlit as st

from engine import Experiment
from engine.backprop.together import together
from engine.formulas.numbers import text
from engine.network.editing import MOST_EXAMPLES, with_example, without_example
from engine.network.reductions import REDUCTIONS
from pages.widgets import fields
from pages.widgets.network.structure import attempt
from pages.widgets.session import at_hand, shown
from pages.widgets.session.reruns import whole

# more than these are chosen from a list
MOST_SIDE_BY_SIDE = 8


def example_picker(words: str = "Example") -> None:
    """Draw the choice of the example that is looked at, each with its loss; nothing where there is only one."""
    experiment = at_hand.experiment()
    if experiment.examples == 1:
        return
    losses = _losses(experiment)
    side_by_side = experiment.examples <= MOST_SIDE_BY_SIDE
    fields.choice(
        st.segmented_control if side_by_side else st.selectbox,
        words,
        list(range(1, experiment.examples + 1)),
        key=f"example_of_{experiment.examples}",
        held=shown.example(),
        format_func=lambda number: f"{number} · L = {text(losses[number - 1], 3)}",
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


def rows_of_examples() -> None:
    """Draw the buttons that add an example and take the one away that is looked at."""
    experiment = at_hand.experiment()
    more, fewer = st.columns(2, gap="small")
    more.button(
        "Add a row",
        key="add_example",
        width="stretch",
        disabled=experiment.examples >= MOST_EXAMPLES,
        help=f"The network then learns from several examples at a time; up to {MOST_EXAMPLES}. Rows can be pasted too.",
        on_click=whole(_add),
    )
    if experiment.examples > 1:
        fewer.button(
            f"Delete row {shown.example()}",
            key="delete_example",
            width="stretch",
            help="The example that is looked at.",
            on_click=whole(_delete),
        )


def _add() -> None:
    attempt(lambda: with_example(at_hand.experiment()))
    shown.set_example(at_hand.experiment().examples)


def _delete() -> None:
    attempt(lambda: without_example(at_hand.experiment(), shown.example()))
    shown.set_example(shown.example())


def reduction_choice() -> None:
    """Draw the choice of how one loss is made of the examples' losses; nothing where there is only one."""
    if at_hand.experiment().examples == 1:
        return
    fields.choice(
        st.segmented_control,
        "Over the examples, the loss is their",
        list(REDUCTIONS),
        key="reduction",
        held=at_hand.experiment().reduction,
        take=lambda name: attempt(lambda: replace(at_hand.experiment(), reduction=name)),
        help="With the sum, every gradient is as many times as large as with the mean as there are examples.",
    )


def _losses(experiment: Experiment) -> list[float]:
    return [float(loss) for loss in together(experiment).losses]
