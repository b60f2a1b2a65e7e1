"""The animation as a file that needs nothing else, and the picture of one step as SVG or PNG.

Of a network or, once there is one, of a training run.
"""

import streamlit as st

from engine.formulas.equations import title
from engine.programs import sections as codegen
from pages.figures.network.still import still
from pages.figures.theme import THEMES, Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, shown
from pages.widgets.share.standalone import standalone
from pages.widgets.share.training_run import run_animation, run_picture
from pages.widgets.shared.download_picture import picture
from pages.widgets.training import run


def animation(theme: Theme) -> None:
    """Draw the download of the animation."""
    of_run, colours = _choices(theme, "animation")
    if of_run:
        run_animation(colours)
        return
    st.markdown("The player of the Network page as one HTML file: picture, formulas, slider and keys.")
    offline = fields.flag(
        "Works without a network",
        first=True,
        key="animation_offline",
        help="The drawing library is then in the file, which makes it 5 MB instead of 30 kB.",
    )
    experiment, detail, notation = shown.looked_at(), shown.detail(), shown.notation()
    st.download_button(
        "Download backprop.html",
        lambda: standalone(experiment, colours, detail, offline, notation),
        "backprop.html",
        "text/html",
        icon=":material/download:",
        on_click="ignore",
        key="download_animation",
    )
    st.caption("Open it in any browser, send it by mail, or put it on a web page of yours.")


def still_picture(theme: Theme) -> None:
    """Draw the picture of one step with its downloads."""
    of_run, colours = _choices(theme, "picture")
    if of_run:
        run_picture(colours)
        return
    steps, key = shown.steps(), f"picture_step_{at_hand.edition()}"
    step = fields.number(st.slider, "Step", 1, len(steps), first=shown.step(), key=key)
    words = title(steps[step - 1], shown.looked_at())
    figure = still(shown.looked_at(), colours, shown.detail(), step, shown.notation())
    picture(figure, f"backprop-step-{step}", f"{codegen.title(shown.looked_at())} Shown: {words}.", key="still")


def _choices(theme: Theme, key: str) -> tuple[bool, Theme]:
    """Draw the choices; return whether the last training run is wanted, where there is one, and the colours."""
    things = ["Network", "Training run"]
    with st.container(horizontal=True, gap="large"):
        thing = things[0]
        if run.last.get() is not None:
            thing = fields.choice(st.segmented_control, "Of the", things, key=f"{key}_of")
        colours = fields.choice(
            st.segmented_control,
            "Colours",
            list(THEMES),
            first=theme.name,
            format_func=str.capitalize,
            key=f"{key}_colours",
        )
    return thing == things[1], THEMES[colours]
