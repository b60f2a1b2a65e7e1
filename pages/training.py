"""The Training page: train the network at hand on a data set and scrub through the run."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.widgets.network.editor import editor
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.frame import frame
from pages.widgets.training import run, views
from pages.widgets.training.comparison import comparison, keep_button
from pages.widgets.training.confusion import confusion
from pages.widgets.training.data import Chosen, chosen_data, data_select, data_settings, settings_heading
from pages.widgets.training.fitting import fits, take_examples
from pages.widgets.training.player import player, rests_on, step_panel, take_button
from pages.widgets.training.preview import preview
from pages.widgets.training.settings import main_settings, more_settings

theme = frame("Training")


def controls(beside: DeltaGenerator | None) -> tuple[Chosen | str, float | None]:
    """Everything that is chosen before a run, and the button that starts it; a text is what is wrong with the data.

    With it comes the learning rate, or None where the network does not fit the data.

    What is set of the data stands `beside` them, so that it is seen to change them; otherwise it is folded away.
    """
    name = data_select(width=240)
    with beside or data_settings(name):
        if beside:
            settings_heading(name)
        chosen = chosen_data(name)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        main = main_settings()
        with st.popover("More", icon=":material/tune:"):
            plan = more_settings(main)
        place = st.container(width="content")
        rows = st.container(width="content")
    ready = not isinstance(chosen, str) and fits(chosen)
    # not a callback: its arguments would be those of the page before the last field was changed
    if place.button("Train", icon=":material/play_arrow:", key="train", disabled=not ready):
        run.start(plan, chosen)
        if beside is not None:
            # the run has the whole width
            st.rerun()
    if isinstance(chosen, str) or not ready:
        return chosen, None
    rate = plan.training.learning_rate
    with rows:
        take_examples(chosen, rate)
    return chosen, rate


@st.fragment
def playback() -> None:
    """The last run; drawn alone when the player reports the epoch it rests on."""
    done = run.last.get()
    if done is None:
        words = "The run appears here when it ends." if run.going() else "Choose data and press Train."
        st.info(words, icon=":material/play_arrow:")
        return
    with turn():
        player(theme, done)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        take_button(done)
        keep_button(done)
    with turn():
        confusion(done, rests_on(done))
        step_panel(theme, done)


head, news, choice = st.container(), st.container(), st.container()
picture, beside = st.columns([3, 2], gap="large") if views.current() == views.DATA else (st.container(), None)
with head, turn():
    chosen, rate = controls(beside)
with news:
    run.follow()
with choice:
    shown = views.view()
with picture, turn():
    if shown == views.DATA:
        if isinstance(chosen, str):
            st.info(chosen, icon=":material/upload_file:")
        else:
            preview(theme, chosen, rate)
    elif shown == views.RUN:
        playback()
    else:
        comparison(theme)
with st.sidebar:
    editor()
