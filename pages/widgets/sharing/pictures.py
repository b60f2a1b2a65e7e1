"""The animation as a file that needs nothing else, and the picture of one step as SVG or PNG.

Of a network or, once there is one, of a training run.
"""

import streamlit as st

from engine import codegen
from engine.equations import title
from pages.figures.still import still
from pages.figures.theme import THEMES, Theme
from pages.widgets import state
from pages.widgets.pictures import picture
from pages.widgets.sharing.training_run import run_animation, run_picture
from pages.widgets.standalone import standalone
from pages.widgets.training import run


def animation(theme: Theme) -> None:
    """Draw the download of the animation."""
    if _of_run("animation_of"):
        run_animation(_colours(theme, "run_animation_colours"))
        return
    st.markdown("The player of the Network page as one HTML file: picture, formulas, slider and keys.")
    colours = _colours(theme, "animation_colours")
    offline = st.toggle(
        "Works without a network",
        value=True,
        key="animation_offline",
        help="The drawing library is then in the file, which makes it 5 MB instead of 30 kB.",
    )
    experiment, detail = state.experiment(), state.detail()
    st.download_button(
        "Download backprop.html",
        lambda: standalone(experiment, colours, detail, offline),
        "backprop.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
        key="download_animation",
    )
    st.caption("Open it in any browser, send it by mail, or put it on a web page of yours.")


def still_picture(theme: Theme) -> None:
    """Draw the picture of one step with its downloads."""
    if _of_run("picture_of"):
        run_picture(_colours(theme, "run_picture_colours"))
        return
    last = len(state.steps())
    left, right = st.columns([2, 1], vertical_alignment="top")
    step = left.slider("Step", 1, last, state.step() or last, key=f"picture_step_{state.edition()}") if last > 1 else 1
    with right:
        colours = _colours(theme, "picture_colours")
    shown = title(state.steps()[step - 1], state.experiment())
    figure = still(state.experiment(), colours, state.detail(), step)
    picture(figure, f"backprop-step-{step}", f"{codegen.title(state.experiment())} Shown: {shown}.", key="still")


def _of_run(key: str) -> bool:
    """Return whether the last training run is wanted, where there is one."""
    if run.last.get() is None:
        return False
    things = ["Network", "Training run"]
    return st.segmented_control("Of the", things, default=things[0], required=True, key=key) == things[1]


def _colours(theme: Theme, key: str) -> Theme:
    chosen = st.segmented_control(
        "Colours", list(THEMES), default=theme.name, required=True, format_func=str.capitalize, key=key
    )
    return THEMES[chosen or theme.name]
