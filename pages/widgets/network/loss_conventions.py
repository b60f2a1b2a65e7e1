"""Where "my book has twice your gradient" is answered: which source takes which squared error, against yours."""

from collections.abc import Iterator

import streamlit as st

from engine import Experiment
from engine.examples.loss_conventions import LOSS_CONVENTIONS, LossConvention, times_yours
from engine.formulas.equations import index_rule
from engine.formulas.numbers import text
from engine.network.losses import LOSSES
from pages.widgets.session import at_hand, shown

_SQUARED = (
    "A ½ or not, a mean or a sum: books and libraries differ, and so do their gradients, by a factor. A learning rate "
    "that is divided by this factor makes the same step. Choose the loss in the last column to get a source's own "
    "numbers."
)
_HEAD = ("source", "what it takes", "its gradient", "to get it here")


def conventions_of_losses() -> None:
    """Draw the button and, behind it, the formula of the loss at hand and the table of sources."""
    experiment = at_hand.experiment()
    loss, outputs = experiment.network.loss, experiment.network.sizes[-1]
    with st.popover("My book has twice your gradient", icon=":material/balance:", width="stretch"):
        formula = index_rule("loss", len(experiment.network.layers), experiment)
        st.markdown(
            f"**Your loss** is the {LOSSES[loss].title} loss:\n\n$$\n{shown.translation().formula(formula)}\n$$\n\n"
            f"{LOSSES[loss].elsewhere or _SQUARED}"
        )
        rows = ["| " + " | ".join(_row(one, experiment)) + " |" for one in LOSS_CONVENTIONS.values()]
        st.markdown("\n".join([f"| {' | '.join(_HEAD)} |", f"|{'---|' * len(_HEAD)}", *rows]))
        if outputs > 1:
            st.markdown(f":small[This network has {outputs} outputs: a mean over them divides by {outputs}.]")


def _row(convention: LossConvention, experiment: Experiment) -> Iterator[str]:
    yield f"[{convention.title}]({convention.url})"
    # a bar would end the cell
    yield f"${convention.latex}$ {convention.remark}".replace("|", r"\vert ")
    yield _against(convention, experiment)
    batch = (
        f", {convention.over_examples} over the batch" if convention.over_examples and experiment.examples > 1 else ""
    )
    yield f"{LOSSES[convention.loss].title}{batch}"


def _against(convention: LossConvention, experiment: Experiment) -> str:
    network = experiment.network
    times = times_yours(convention, network.loss, network.sizes[-1], experiment.examples, experiment.reduction)
    if times is None:
        return "another kind"
    return "**as yours**" if times == 1 else f"**{text(times)} ×** yours"
