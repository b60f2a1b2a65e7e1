"""What every page begins with: page settings, the link in the address, the navigation, the theme.

In Streamlit's folder mode each page is a script of its own; a cold deep link must show the same frame as any other.
"""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.figures.theme import LIGHT, THEMES, Theme
from pages.widgets.bounds import bound
from pages.widgets.session import at_hand, location
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.following import follow_address
from pages.widgets.session.reruns import NAVIGATION, begin_page, is_first
from pages.widgets.shared.breaker import breaker
from pages.widgets.shared.component import scripts
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

STYLE, EMBEDDED, RESERVE = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("frame.css", "embedded.css", "reserve.js")
)
# wide enough for a weight matrix of four columns, in pixels
SIDEBAR = 360


@dataclass(frozen=True)
class Page:
    """A page: the file it is in, its title in the navigation, and whether Plotly draws on it."""

    file: str
    title: str
    drawn: bool = True


PAGES = (
    Page("app.py", "Network"),
    Page("pages/derivation.py", "Derivation", drawn=False),
    Page("pages/activations.py", "Activations"),
    Page("pages/training.py", "Training"),
    Page("pages/gradients.py", "Gradients"),
    Page("pages/landscape.py", "Landscape"),
    Page("pages/practice.py", "Practice"),
    Page("pages/share.py", "Share"),
)


def frame(title: str) -> Theme:
    """Draw the frame of the page called `title` and return the theme for its figures."""
    bound()
    page = next(page for page in PAGES if page.title == title)
    embedded = st.context.is_embedded
    st.set_page_config(
        page_title=f"{page.title} · {APP}",
        page_icon=ICON,
        # at first the style makes it as wide: Streamlit would before the style is there, and be seen doing so
        layout="centered" if is_first() else "wide",
        initial_sidebar_state="collapsed" if embedded else SIDEBAR,
    )
    theme = look()
    given = f":root {{--accent: {theme.accent}; --muted: {theme.muted}; --sidebar: {SIDEBAR}px}}"
    st.html(f"<style>{given}\n{STYLE}{EMBEDDED if embedded else ''}{print_style(theme)}</style>")
    # No page draws in its sidebar before all else: the style, which keeps room for it, has to be there first. Where the
    # app is hosted, the script is allowed by its hash (deploy/nginx).
    with st.container(key="reserve"):
        st.html(f"<script>{RESERVE}</script>", unsafe_allow_javascript=True)
    # before a network is opened: with them comes what counts servers that it kills
    scripts()
    breaker(theme, drawn=page.drawn)
    with turn():
        follow_address()
    complete_address()
    run_after_reconnecting()
    begin_page()
    if not embedded:
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
    return theme


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
