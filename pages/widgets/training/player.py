"""The player of a run: its snapshots, epoch by epoch, in the browser."""

import zlib
from pathlib import Path

import streamlit as st

from engine import History
from engine.data import Dataset
from engine.memory import remembered
from pages.figures.theme import Theme
from pages.figures.training.playback import playback
from pages.figures.training.principal import paired
from pages.widgets import fields
from pages.widgets.session import at_hand, shown
from pages.widgets.session.slots import Slot
from pages.widgets.shared.component import Component
from pages.widgets.training.fitting import take
from pages.widgets.training.next_step import step_panel
from pages.widgets.training.run import Run

__all__ = ["PLAYER", "player", "rests_on", "step_panel", "take_button"]

KEY = "training_player"
_seen: Slot[Run | None] = Slot("training_seen", None)
# the snapshot of it that the player rests on, also while another page is shown
_rests: Slot[int | None] = Slot("training_rests", None)
# how many runs it has shown: one that gives the same as the run before is another one all the same
_number: Slot[int] = Slot("training_number", 0)

PLAYER = Component.player(Path(__file__).parent)
_component = PLAYER.registered("training_player")


def player(theme: Theme, run: Run) -> None:
    """Draw the player of a run, with what there is to say about its end."""
    if run.history.problem:
        st.warning(run.history.problem, icon=":material/warning:")
    packed = _packed(theme, run.history, run.data, run.test, _pair(run.data))
    new = _seen.get() is not run
    if new:
        _rests.set(None)
        _number.set(_number.get() + 1)
    # a run plays by itself once, when it is new
    data = {"run": packed, "number": _number.get(), "play": new, "at": rests_on(run)}
    _component(key=KEY, data=data, on_snapshot_change=_take_snapshot)
    _seen.set(run)


def _take_snapshot() -> None:
    _rests.set(fields.told.number(KEY, "snapshot"))


def rests_on(run: Run) -> int:
    """Return the snapshot that the player rests on; the last one before it has told."""
    count, rests = len(run.history.snapshot_epochs), _rests.get()
    return rests if rests is not None and rests in range(count) else count - 1


def take_button(run: Run) -> None:
    """Draw the button that takes the weights of the epoch that the player shows."""
    epochs = run.history.snapshot_epochs
    index = rests_on(run)
    if st.button(
        f"Take the weights of epoch {epochs[index]:,}",
        icon=":material/file_download:",
        key="training_take",
        help="They become those of the network at hand, so that its passes can be stepped through. Can be undone.",
    ):
        take(run.history.snapshot(index), run.data)
        # the rest of the page shows the network too
        st.rerun()
    if at_hand.experiment().network == run.history.snapshot(index):
        st.page_link("app.py", label="Step through it", icon=":material/hub:", query_params=shown.link())


def _pair(data: Dataset) -> tuple[int, int] | None:
    """Draw the choice of two inputs as the picture, where there are more; return their indices, or None."""
    if not paired(data):
        return None
    first = "Principal components" if data.kind == "classification" else "Outputs against targets"
    # a choice for other inputs does not fit
    key = zlib.crc32(repr(data.inputs).encode())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        shown = fields.choice(
            st.segmented_control, "Picture", [first, "Two inputs"], key=f"picture_of_{key}_{data.kind}",
            persist_state="session",
        )  # fmt: skip
        if shown == first:
            return None
        indices = range(len(data.inputs))
        across = _axis("Across", list(indices), data, f"picture_across_{key}")
        up = _axis("Up", [index for index in indices if index != across], data, f"picture_up_{key}_{across}")
    return across, up


def _axis(label: str, indices: list[int], data: Dataset, key: str) -> int:
    return fields.choice(
        st.selectbox, label, indices, key=key, format_func=data.inputs.__getitem__, persist_state="session", width=200
    )


@remembered
def _packed(theme: Theme, history: History, data: Dataset, test: Dataset | None, pair: tuple[int, int] | None) -> str:
    return playback(theme, history, data, test, pair).packed()
