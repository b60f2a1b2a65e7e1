"""Whose loss is drawn: of the example at hand, or of the data that were trained on last."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from engine import Experiment, Network, backward, forward
from engine.data import Dataset, of_example
from engine.memory import remembered
from pages.widgets import fields
from pages.widgets.session import at_hand
from pages.widgets.training import run

EXAMPLE, DATA = "The example at hand", "The data trained on last"
# More examples change a landscape little, and take their time
MAX_EXAMPLES = 500


@dataclass(frozen=True, eq=False)
class Subject:
    """A network and the examples over which its loss is taken, as their mean or their sum."""

    network: Network
    data: Dataset
    reduction: str = "mean"

    def steepest(self) -> list[int]:
        """Return the indices of all parameters, the one with the largest gradient first."""
        passes = backward(self.network, forward(self.network, self.data.x), self.data.y)
        tables = [np.column_stack(layer) for layer in zip(passes.dW, passes.db, strict=True)]
        gradient = np.concatenate([table.ravel() for table in tables])
        return np.argsort(-np.abs(gradient), kind="stable").tolist()


def subject(width: int) -> Subject:
    """Draw the choice of examples and return them with the network at hand."""
    network, last = at_hand.experiment().network, run.last.get()
    fits = (
        last is not None and last.history.network.sizes == network.sizes and last.history.network.loss == network.loss
    )
    choices = [EXAMPLE, DATA] if fits else [EXAMPLE]
    chosen = fields.choice(
        st.selectbox, "The loss of", choices, key=f"landscape_of_{fits}", width=width, persist_state="session",
        help="Train the network on data on the Training page to see the loss over all of them.",
    )  # fmt: skip
    if last is not None and chosen == DATA:
        return Subject(network, few(last.data, network.sizes[-1]))
    experiment = at_hand.experiment()
    if experiment.examples > 1:
        st.caption(f"The loss is the {experiment.reduction} over the {experiment.examples} examples.")
    return Subject(network, _example(experiment), experiment.reduction)


# Both are cached so that the same data are the same object, by which landscapes are cached in turn
@remembered
def few(data: Dataset, n_out: int) -> Dataset:
    """Return the data with targets for n_out outputs, and not too many of them."""
    rows = slice(MAX_EXAMPLES)
    return Dataset(
        title=data.title,
        kind=data.kind,
        x=data.x[rows],
        y=data.targets_for(n_out)[rows],
        inputs=data.inputs,
        outputs=data.outputs,
    )


@remembered
def _example(experiment: Experiment) -> Dataset:
    return of_example(experiment.x, experiment.y)
