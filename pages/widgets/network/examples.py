"""The examples of a batch as rows that are added and deleted, and how their losses become one."""

from dataclasses import replace

import streamlit as st

from engine.network.editing import MOST_EXAMPLES, with_example, without_example
from engine.network.reductions import REDUCTIONS
from pages.widgets import fields
from pages.widgets.network.structure import attempt
from pages.widgets.session import at_hand, shown
from pages.widgets.session.reruns import whole


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
