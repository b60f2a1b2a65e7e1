"""What every page begins with: page settings, the link in the address, the navigation, the theme.

In Streamlit's folder mode each page is a script of its own; a cold deep link must show the same frame as any other.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.figures.theme import LIGHT, THEMES, Theme
from pages.widgets.bounds import bound
from pages.widgets.document import PAGES
from pages.widgets.document.served import SIDEBAR, is_served, style
from pages.widgets.session import at_hand, location
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.following import follow_address
from pages.widgets.session.reruns import NAVIGATION, begin_page
from pages.widgets.shared.breaker import breaker
from pages.widgets.shared.component import bring_scripts
from pages.widgets.shared.entry import complete_address
from pages.widgets.shared.landmark import landmark
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.notation import notation_choice
from pages.widgets.shared.printing import print_style
from pages.widgets.shared.reconnection import run_after_reconnecting

APP = "Backprop, step by step"
# of our own, as Streamlit would fetch a Material icon for the tab from another server; and not under an address of its
# own, which is gone for a moment when a run ends before it has come to it
ICON = "data:image/png;base64," + b64encode((Path(__file__).parent / "icon.png").read_bytes()).decode()

EMBEDDED = (Path(__file__).parent / "embedded.css").read_text(encoding="utf-8")


def frame(title: str) -> Theme:
    """Draw the frame of the page called `title` and return the theme for its figures."""
    theme, navigate = begun(title)
    navigate()
    return theme


def begun(title: str) -> tuple[Theme, Callable[[], None]]:
    """Draw the frame of the page called `title` but for its navigation, which the second of what is returned draws.

    A page with something more urgent calls it later; it has its place.
    """
    bound()
    page = next(page for page in PAGES if page.title == title)
    embedded = st.context.is_embedded
    st.set_page_config(
        page_title=f"{page.title} · {APP}",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="collapsed" if embedded else SIDEBAR,
    )
    theme = look()
    _bring_looks(theme, embedded)
    # before a network is opened: it counts servers that it kills
    breaker(theme, drawn=page.drawn)
    with turn():
        follow_address()
    complete_address()
    run_after_reconnecting()
    begin_page()
    place = None if embedded else with_room("navigation_room")

    def navigate() -> None:
        if place:
            with place:
                _navigation(page.title)

    if problem := location.problem.get():
        # it may quote the link, and a link may come from anybody
        st.warning(plain(problem), icon=":material/link_off:")
    if not at_hand.fits_address():
        st.info(
            "This network has too many digits for a link, so the address does not hold it. "
            "The Share page saves it as a file.",
            icon=":material/link_off:",
        )
    return theme, navigate


def _bring_looks(theme: Theme, embedded: bool) -> None:
    """Bring what the document of a page cannot say, and where there is none of ours all that it would."""
    if not is_served():
        st.html(style())
        bring_scripts()
    given = f":root {{--accent: {theme.accent}; --muted: {theme.muted}}}"
    st.html(f"<style>{given}\n{EMBEDDED if embedded else ''}{print_style(theme)}</style>")


def with_room(key: str) -> DeltaGenerator:
    """Return a container whose room is kept before something is in it (frame.css); Streamlit draws no empty one."""
    around = st.container(key=key, gap=None)
    around.empty()
    return around.container()


def look() -> Theme:
    """Return the theme that the browser shows."""
    return THEMES.get(st.context.theme.type or "", LIGHT)


@st.fragment(key=NAVIGATION)
def _navigation(shown: str) -> None:
    link = at_hand.link()
    with turn(), st.container(horizontal=True, gap="small", key="navigation", vertical_alignment="center"):
        st.title(APP, anchor=False, width="content")
        for page in PAGES:
            st.page_link(page.file, label=page.title, query_params=link)
        notation_choice()
        landmark(shown)
