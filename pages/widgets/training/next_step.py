"""The step that the run would take next, worked out: its mini-batch in matrices, and the optimizer's own update."""

import streamlit as st

from engine import InvalidExperiment
from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.formulas.equations import equation, title
from engine.formulas.notations import Translation
from engine.formulas.numbers import text
from engine.memory import remembered
from engine.network.model import Experiment, Network
from engine.reasons import why
from engine.training.next_step import Moment, NextStep, next_step, worked
from engine.training.optimizers import OPTIMIZERS
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.editor import attempt
from pages.widgets.session import shown
from pages.widgets.training.run import Run


def step_panel(theme: Theme, run: Run) -> None:
    """Draw what opens the next step, and the step while it is open; nothing of a run that diverged."""
    moment = run.history.moment
    if moment is None:
        return
    opened = st.expander("Step this batch", key="training_next_step", icon=":material/steps:", on_change="rerun")
    if not opened.open:
        return
    with opened:
        try:
            made = _made(run.history.network, moment)
        except InvalidExperiment as error:
            st.caption(f"The next mini-batch cannot be shown. {error}")
            return
        _draw(theme, made, moment)


@remembered
def _made(network: Network, moment: Moment) -> NextStep:
    return next_step(network, moment)


def _draw(theme: Theme, made: NextStep, moment: Moment) -> None:
    count, steps = made.experiment.examples, made.steps
    optimizer, own = OPTIMIZERS[moment.settings.optimizer], shown.translation(made.experiment.network)
    st.markdown(
        f"What the run does {moment.t - 1:,} times, once more and by steps: step {moment.t:,} with the next "
        f"{'example' if count == 1 else f'{count} examples'} of its order, {optimizer.title}, "
        f"{own.words('η')} = {text(moment.rate)}."
    )
    number = fields.number(st.slider, "Step", 1, len(steps), key=f"training_next_step_of_{len(steps)}")
    step = steps[number - 1]
    st.markdown(f"**{title(step, made.experiment)}**")
    if step.op == "optimizer_update":
        _update(theme, step, own)
    else:
        _pass(theme, step, made.experiment)
    # not a callback: Streamlit would hold on to the network
    if st.button(
        "Put this batch into the network",
        key="training_take_batch",
        icon=":material/input:",
        help="The network as it is now, with these examples and this rate: the Network page plays them.",
    ):
        attempt(lambda: made.experiment)
        st.rerun()


def _pass(theme: Theme, step: Step, experiment: Experiment) -> None:
    notation = shown.notation()
    st.markdown(why(step, Computed(experiment), notation))
    st.latex(katex(equation(step, experiment, notation=notation).worked, theme))


def _update(theme: Theme, step: Step, own: Translation) -> None:
    optimizer, update = step.operands[0], worked(step)
    remembers = f" It remembers {' and '.join(f'${name}$' for name in optimizer.memory)}." if optimizer.memory else ""
    st.markdown(f"{optimizer.remark}{remembers} Of this layer, ${own.formula(update.name)}$ changes most:")
    for line in update.lines:
        st.latex(katex(own.formula(line), theme))
