"""The last training run: its player as a file that needs nothing else, and the picture of one of its snapshots."""

import streamlit as st

from pages.figures.theme import Theme
from pages.figures.training.playback import playback
from pages.figures.training.still import run_still
from pages.widgets import fields
from pages.widgets.share import standalone
from pages.widgets.shared.download_picture import picture
from pages.widgets.training import run
from pages.widgets.training.player import PLAYER
from pages.widgets.training.run import Run


def run_animation(theme: Theme) -> None:
    """Draw the download of the run's player."""
    done = run.last.get()
    assert done is not None
    st.download_button(
        "Download training.html",
        lambda: run_page(theme, done),
        "training.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
        key="download_run",
    )
    st.caption("The player of the Training page with this run inside. It opens in any browser, without a network.")


def run_picture(theme: Theme) -> None:
    """Draw the picture of a snapshot with its downloads."""
    done = run.last.get()
    assert done is not None
    epochs = done.history.snapshot_epochs
    key = f"run_epoch_{len(epochs)}_{epochs[-1]}"
    epoch = fields.choice(st.select_slider, "Epoch", epochs, first=epochs[-1], key=key)
    figure = run_still(theme, done.history, done.data, done.test, epochs.index(epoch))
    picture(
        figure, f"training-epoch-{epoch}", f"{done.title}, epoch {epoch}: the network's answers, and the loss", "run"
    )


def run_page(theme: Theme, done: Run) -> str:
    """Return the HTML of the run's player with the run inside; it needs no drawing library."""
    packed = playback(theme, done.history, done.data, done.test).packed()
    data = {"run": packed, "number": 1, "play": False, "at": len(done.history.snapshot_epochs) - 1}
    return standalone.page(PLAYER, theme, f"Training run: {done.title}", data)
