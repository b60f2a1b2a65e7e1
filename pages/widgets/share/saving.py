"""The experiment as a JSON file, which can be opened here again."""

import streamlit as st

from engine import to_json
from engine.files.weights import MAX_BYTES
from pages.figures.theme import Theme
from pages.widgets.session import at_hand

SHOWN = 2_000


def saving(_: Theme) -> None:
    """Draw the download of the experiment at hand."""
    experiment = at_hand.experiment()
    text = to_json(experiment)
    st.markdown("Network, example and settings as JSON, every number with all its digits.")
    st.download_button(
        "Download experiment.json",
        # made when it is asked for: the server would keep a finished text as long as the page shows the button
        lambda: to_json(experiment),
        "experiment.json",
        "application/json",
        icon=":material/download:",
        on_click="ignore",
        key="download_json",
    )
    if len(text) > MAX_BYTES:
        st.caption("This network is too large for the file to be opened here again. Keep the file that it came from.")
    schema = "experiment" if experiment.examples == 1 else "batch"
    st.caption(f"The format is described by the JSON Schema in `docs/{schema}.schema.json` of the source.")
    st.code(text if len(text) <= SHOWN else f"{text[:SHOWN]}…", "json", wrap_lines=True)
