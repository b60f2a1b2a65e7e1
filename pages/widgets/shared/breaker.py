"""A circuit breaker: a network that broke the connection twice is not opened again by itself, but offered.

When a server dies, its pages ask the next one for the same network. If that was what killed the server, it would
kill one after another, as long as the page is open. The browser sees runs begin and end, and counts (breaker.js).
"""

import time
from pathlib import Path

from pages.figures.theme import Theme
from pages.widgets.document.served import LIBRARY
from pages.widgets.session import location
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.component import Component

HERE = Path(__file__).parent
# in seconds: Streamlit sends every 10 ms what there is; while others compute it takes far longer, so they wait
SENDING = 0.02

_component = Component.of(HERE, "breaker").registered("breaker")


def breaker(theme: Theme, *, drawn: bool) -> None:
    """Draw the offer, if there is one; on a page on which Plotly draws, ask for it at once.

    Where the browser comes to show another theme than this one, the page is drawn anew.

    What counts reaches the browser before a network in the address is opened.
    """
    data = {"library": LIBRARY if drawn else None, "theme": theme.name}
    _component(key="breaker", data=data, on_theme_change=lambda: None)
    if location.brings_network():
        with turn():
            time.sleep(SENDING)
