"""The run of the session: started by a button, followed while it goes on, and kept with all that made it."""

from dataclasses import dataclass

import streamlit as st

from engine import History, Network
from engine.data import Dataset
from engine.training.settings import TrainingSettings
from engine.training.train import OnEpoch, train_with
from pages.widgets.session import at_hand, location
from pages.widgets.session.compute_lock import TURNS, session
from pages.widgets.session.slots import Slot
from pages.widgets.training import views
from pages.widgets.training.data import Chosen
from pages.widgets.training.settings import Plan
from pages.widgets.training.worker import Worker

# says in the address that there is a run
PARAMETER = "run"
LOST = (
    "The training run that was here is gone: a run is not part of the link, and it ends when the server is restarted. "
    "Press Train to run it again."
)
# Most runs end within this many seconds, and are shown without the page being drawn twice
PATIENCE = 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Run:
    """A finished run with its data."""

    title: str
    data: Dataset
    test: Dataset | None
    history: History
    update_biases: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class Going:
    """A run that has been started."""

    worker: Worker
    plan: Plan
    chosen: Chosen


_going: Slot[Going | None] = Slot("training_going", None)
_error: Slot[str] = Slot("training_error", "")
last: Slot[Run | None] = Slot("training_run", None)


def start(plan: Plan, chosen: Chosen) -> None:
    """Begin a run with the network at hand."""
    halt()
    network = plan.start(at_hand.experiment().network)
    _error.set("")
    owner = session()
    worker = Worker(lambda on_epoch: _in_turns(owner, on_epoch, plan.training, network, chosen))
    _going.set(Going(worker=worker, plan=plan, chosen=chosen))
    views.bring_up(views.RUN)


def _in_turns(owner: str, on_epoch: OnEpoch, how: TrainingSettings, network: Network, chosen: Chosen) -> History:
    n_out = network.sizes[-1]
    train = (chosen.train.x, chosen.train.targets_for(n_out))
    test = chosen.test and (chosen.test.x, chosen.test.targets_for(n_out))
    with TURNS.taken(owner) as own:

        def done(epoch: int) -> bool:
            TURNS.give_way(own)
            return on_epoch(epoch)

        return train_with(how, network, train, test, on_epoch=done)


def going() -> bool:
    """Return whether a run is going on."""
    return _going.get() is not None


def halt() -> None:
    """End the run that is going on; what it reached is kept."""
    current = _going.get()
    if current:
        current.worker.stop()


def follow() -> None:
    """Draw the progress of the run that is going on, if one is, until it has ended."""
    _say_if_lost()
    current = _going.get()
    if current and not _collect(current, PATIENCE):
        _progress()
    if _error.get():
        st.error(_error.get(), icon=":material/error:")


def _say_if_lost() -> None:
    """Say that a run is gone which the address knows of and this session does not: its server was restarted."""
    if going() or last.get() is not None:
        if location.page_parameter(PARAMETER) is None:
            location.set_page_parameter(PARAMETER, "1")
    elif location.page_parameter(PARAMETER) is not None and not _error.get():
        st.info(LOST, icon=":material/history_toggle_off:")


@st.fragment(run_every=0.25)
def _progress() -> None:
    current = _going.get()
    if current is None or _collect(current):
        st.rerun()
        return
    done, total = current.worker.epoch, current.plan.training.epochs
    with st.container(horizontal=True, vertical_alignment="center"):
        words = "Waiting for a turn" if current.worker.waiting else f"Epoch {done:,} of {total:,}"
        st.progress(done / total, text=words)
        st.button("Stop", icon=":material/stop:", key="training_stop", on_click=halt)


def _collect(current: Going, seconds: float = 0.0) -> bool:
    """Take over what a run has come to; return whether it has ended."""
    if not current.worker.look(seconds):
        return False
    _going.set(None)
    _error.set(current.worker.error)
    if current.worker.history:
        chosen, title = current.chosen, current.plan.title()
        last.set(
            Run(
                title=title,
                data=chosen.train,
                test=chosen.test,
                history=current.worker.history,
                update_biases=current.plan.training.update_biases,
            )
        )
    return True
