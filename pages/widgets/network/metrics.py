"""The figures of merit of the experiment at hand: loss, prediction, and the gradient check, computed live."""

from dataclasses import replace

import streamlit as st

from engine import Experiment, InvalidExperiment, check_gradients
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import text
from engine.gradcheck.check import TOLERANCE, affordable
from engine.memory import remembered
from pages.figures.network.loss_history import loss_history
from pages.figures.theme import Theme
from pages.widgets.session import at_hand, changes, shown
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart

MAX_LOSSES = 1_000
# how often the loss is computed for a parameter, about; fewer are checked here than where the check is the subject
EVALUATIONS = 64
# the losses on the way to an experiment by learning steps alone, its own the last; of the experiment only the hash
_losses: Slot[tuple[int | None, tuple[float, ...]]] = Slot("losses", (None, ()))


def merits(theme: Theme) -> None:
    """Draw loss, prediction, gradient check and the button that applies the learning step."""
    experiment = at_hand.experiment()
    computed = learning_step(experiment)
    loss, prediction, check, learn = st.columns([2, 4, 4, 3], gap="small", vertical_alignment="center")
    _merit(loss, "Loss", text(computed.backward.loss, 6))
    outputs = ", ".join(text(value, 3) for value in computed.forward.output[:5])
    _merit(
        prediction, shown.translation().words("Prediction ŷ"), f"({outputs}{', …' if len(experiment.y) > 5 else ''})"
    )
    _check(check, experiment)
    if learn.button(
        "Apply the update",
        icon=":material/trending_down:",
        key="apply_update",
        width="stretch",
        help="The weights become those after the learning step. Press it again and again and watch the loss fall.",
    ):
        _learn()
    _history(theme, experiment)


def _check(place: st.delta_generator.DeltaGenerator, experiment: Experiment) -> None:
    error = gradient_error(experiment)
    passed = "passed" if error <= TOLERANCE else "failed"
    _merit(place, f"Gradient check {passed}", f"largest relative error {error:.0e}".replace("e-0", "e-"))


def _merit(place: st.delta_generator.DeltaGenerator, name: str, value: str) -> None:
    place.markdown(f"{name}  \n**{value}**")


def _learn() -> None:
    experiment = at_hand.experiment()
    computed = learning_step(experiment)
    owner, losses = _losses.get()
    if owner != hash(experiment):
        losses = (computed.backward.loss,)
    try:
        new = replace(experiment, network=computed.updated)
        changes.adopt(new)
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")
        return
    _losses.set((hash(new), (*losses, learning_step(new).backward.loss)[-MAX_LOSSES:]))
    # the whole page, not only the player's part, shows the weights
    st.rerun()


def _history(theme: Theme, experiment: Experiment) -> None:
    owner, losses = _losses.get()
    if owner != hash(experiment) or len(losses) < 2:
        return
    chart(
        loss_history(theme, losses),
        key="loss_history",
        alt=f"The loss over {len(losses) - 1} learning steps, from {losses[0]:.4g} to {losses[-1]:.4g}",
    )


@remembered
def gradient_error(experiment: Experiment) -> float:
    """Return the largest relative error of the gradient check, in a large network of some parameters."""
    chosen = affordable(experiment.network, EVALUATIONS)
    return check_gradients(experiment.network, experiment.x, experiment.y, chosen=chosen).largest_relative_error
