"""The step that the run would take next, played: its mini-batch in matrices, and the optimizer's own update."""

import streamlit as st

from engine import InvalidExperiment
from engine.backprop.learning_step import Computed
from engine.backprop.ops import OF_A_RUN
from engine.backprop.step import Step
from engine.formulas.equations import equation, title
from engine.formulas.notations import Translation
from engine.formulas.numbers import text
from engine.memory import remembered
from engine.network.model import Experiment, Network
from engine.reasons import why
from engine.training.next_step import Moment, NextStep, next_step, told, worked
from engine.training.optimizers import OPTIMIZERS
from pages.figures.markup import katex
from pages.figures.network.message import message_of_run
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.editor import attempt
from pages.widgets.network.player import PLAYER
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot
from pages.widgets.training.run import Run

_component = PLAYER.registered("run_player")
# the player looks for what explains its steps by the name that it has on the Network page
KEY, EXPLANATION = "run_player", "explanation"
# the step that is shown, of the next run too: one that the browser has told already it does not tell again
_step: Slot[int] = Slot("training_next_step_shown", 1)


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
        _introduce(made, moment)
        _play(theme, made)
        _take(made)


@remembered
def _made(network: Network, moment: Moment) -> NextStep:
    return next_step(network, moment)


def _introduce(made: NextStep, moment: Moment) -> None:
    count, own = made.experiment.examples, shown.translation(made.experiment.network)
    drawn = "" if count == 1 else f" Example 1 of the {count} is drawn; the weights change by all of them."
    penalties = moment.settings.l1 or moment.settings.l2
    added = " In the updates, the gradients g of weights have the penalty on the weights added." if penalties else ""
    st.markdown(
        f"The step that comes next in the run, in detail. Step {moment.t:,} takes the next "
        f"{'example' if count == 1 else f'{count} examples'} in the order of the run: "
        f"{OPTIMIZERS[moment.settings.optimizer].title}, {own.words('η')} = {text(moment.rate)}.{drawn}{added}"
    )


@st.fragment(key=KEY)
def _play(theme: Theme, made: NextStep) -> None:
    """The player and, below it, the step that it rests on; drawn alone when another one is reported."""
    number = min(_step.get(), len(made.steps))
    data = message_of_run(
        made,
        theme,
        shown.notation(),
        step=number,
        noted=False,
        alt=_alt(made),
        selected="",
        changeable=False,
        fits=True,
        promise=None,
        refused={},
        answered={"client": "", "last": 0},
    )
    _component(key=KEY, data=data, on_step_change=lambda: _take_step(len(made.steps)), on_selected_change=lambda: None)
    with st.container(key=EXPLANATION):
        _explain(theme, made.steps[number - 1], made.experiment)


def _take_step(last: int) -> None:
    number = fields.told.number(KEY, "step")
    if number is not None:
        _step.set(min(max(number, 1), last))


def _alt(made: NextStep) -> str:
    sizes = ", ".join(map(str, made.experiment.network.sizes))
    return f"The network with the run's next mini-batch, drawn left to right; neurons per layer: {sizes}."


def _explain(theme: Theme, step: Step, experiment: Experiment) -> None:
    if step.op not in OF_A_RUN:
        _pass(theme, step, experiment)
        return
    own, said = shown.translation(experiment.network), told(step, experiment.network)
    st.markdown(f"**{said.title}**")
    st.markdown(own.words(said.why))
    if step.op == "optimizer_update":
        _update(theme, step, own)


def _pass(theme: Theme, step: Step, experiment: Experiment) -> None:
    notation = shown.notation()
    st.markdown(f"**{title(step, experiment)}**")
    st.markdown(why(step, Computed(experiment), notation))
    st.latex(katex(equation(step, experiment, notation=notation).worked, theme))


def _update(theme: Theme, step: Step, own: Translation) -> None:
    optimizer, update = step.operands[0], worked(step)
    remembers = f" It remembers {' and '.join(f'${name}$' for name in optimizer.memory)}." if optimizer.memory else ""
    st.markdown(f"{optimizer.remark}{remembers} Its rule for ${own.formula(update.name)}$, with its numbers:")
    for line in update.lines:
        st.latex(katex(own.formula(line), theme))


def _take(made: NextStep) -> None:
    # not a callback: Streamlit would hold on to the network
    if st.button(
        "Put this batch into the network",
        key="training_take_batch",
        icon=":material/input:",
        help="The network as it is now, with these examples and this rate: the Network page plays them.",
    ):
        attempt(lambda: made.experiment)
        st.rerun()
