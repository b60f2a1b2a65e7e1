"""The figures of merit of the experiment at hand: loss, prediction, and the gradient check, computed live."""

import streamlit as st

from engine import Experiment, check_gradients
from engine.backprop.learning_step import learning_step
from engine.formulas.numbers import text
from engine.gradcheck.check import TOLERANCE, affordable
from engine.memory import remembered
from engine.network.reductions import REDUCTIONS
from pages.figures.theme import Theme
from pages.widgets.network.learning import apply_update, learning_history, order_of_learning
from pages.widgets.session import at_hand, shown

# how often the loss is computed for a parameter, about; fewer are checked here than where the check is the subject
EVALUATIONS = 64


def merits(theme: Theme) -> None:
    """Draw loss, prediction, gradient check and what applies the learning step."""
    experiment, looked_at = at_hand.experiment(), shown.looked_at()
    computed = learning_step(looked_at)
    loss, prediction, check, learn = st.columns([2, 4, 4, 3], gap="small", vertical_alignment="center")
    _merit(loss, _of_all("Loss", experiment), text(computed.gradients.loss, 6))
    outputs = ", ".join(text(value, 3) for value in computed.forward.output[:5])
    of_one = f" of example {shown.example()}" if experiment.examples > 1 else ""
    _merit(
        prediction,
        shown.translation().words(f"Prediction ŷ{of_one}"),
        f"({outputs}{', …' if len(looked_at.y) > 5 else ''})",
    )
    _check(check, experiment)
    with learn:
        apply_update()
    order_of_learning()
    learning_history(theme)


def _of_all(name: str, experiment: Experiment) -> str:
    if experiment.examples == 1:
        return name
    return f"{name}, {REDUCTIONS[experiment.reduction].name} of {experiment.examples}"


def _check(place: st.delta_generator.DeltaGenerator, experiment: Experiment) -> None:
    error = gradient_error(experiment)
    passed = "passed" if error <= TOLERANCE else "failed"
    _merit(place, f"Gradient check {passed}", f"largest relative error {text(error, 1)}")


def _merit(place: st.delta_generator.DeltaGenerator, name: str, value: str) -> None:
    place.markdown(f"{name}  \n**{value}**")


@remembered
def gradient_error(experiment: Experiment) -> float:
    """Return the largest relative error of the gradient check, in a large network of some parameters."""
    chosen = affordable(experiment.network, EVALUATIONS)
    return check_gradients(
        experiment.network, experiment.x, experiment.y, chosen=chosen, reduction=experiment.reduction
    ).largest_relative_error
