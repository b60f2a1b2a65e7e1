"""What makes the page whole again on another server: after a lost connection the browser asks for a run.

Of its own accord Streamlit's page reconnects without one. A replica that knows nothing of the session would then take
the visitor's next click for a first visit, and the click would be lost. A page that has a fragment with `run_every` is
run at once, with the address, which holds the network and the step.
"""

import streamlit as st

# The interval itself is of no use, so it is long.
HOURS = 12


@st.fragment(run_every=HOURS * 3600)
def run_after_reconnecting() -> None:
    """Draw nothing."""
