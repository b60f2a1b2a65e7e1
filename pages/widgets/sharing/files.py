"""The experiment as a file, and files to open: an experiment, or the weights of a network made elsewhere."""

import streamlit as st

from engine import Experiment, InvalidExperiment, from_json, to_json
from engine.codegen import title
from engine.imports import MAX_BYTES, Weights, read_arrays, understand
from engine.json_text import MAX_CHARACTERS
from pages.figures.theme import Theme
from pages.widgets import state
from pages.widgets.sharing.weights import weights_found

_HELP = (
    "An experiment saved here, or the weights of a network of dense layers: PyTorch (.safetensors), "
    "Keras and scikit-learn (.npz from numpy.savez), or JSON. Nothing in a file is ever run."
)


def file(_: Theme) -> None:
    """Draw the download of the experiment and the upload of files."""
    saving, opening = st.columns(2, gap="large")
    with saving:
        _save()
    with opening:
        st.subheader("Open", anchor=False)
        uploaded = st.file_uploader("A file of up to 1 MB", key="upload", help=_HELP)
    if uploaded is not None:
        _open(uploaded.name, uploaded.getvalue())


def _save() -> None:
    st.subheader("Save", anchor=False)
    text = to_json(state.experiment())
    st.markdown("Network, example and settings as JSON, every number with all its digits.")
    st.download_button(
        "Download experiment.json",
        text,
        "experiment.json",
        "application/json",
        icon=":material/download:",
        on_click="ignore",
        key="download_json",
    )
    if len(text) > MAX_CHARACTERS:
        st.caption("This network is so large that the file could not be opened here again. Keep the file it came from.")
    with st.expander("What is in the file"):
        st.markdown("The format is described by a JSON Schema, `docs/experiment.schema.json` in the repository.")
        st.code(text if len(text) < 2_000 else f"{text[:2_000]}…", "json", wrap_lines=True)


def _open(name: str, content: bytes) -> None:
    try:
        found = read(name, content)
    except InvalidExperiment as error:
        st.error(f"{error} What you had is unchanged.", icon=":material/error:")
        return
    if isinstance(found, Experiment):
        _experiment_found(found)
    else:
        weights_found(found)


def read(name: str, content: bytes) -> Experiment | Weights:
    """Return what a file holds; raise InvalidExperiment for one that cannot be used."""
    text = content[: MAX_BYTES + 1].decode(errors="replace") if name.lower().endswith(".json") else ""
    # only an experiment of this app has these fields
    if '"layers"' in text and '"loss"' in text and '"learning_rate"' in text:
        return from_json(text)
    return understand(read_arrays(name, content))


def _experiment_found(found: Experiment) -> None:
    st.success(f"{title(found)}", icon=":material/check_circle:")
    if found == state.experiment():
        st.caption("It is the experiment at hand.")
    else:
        st.button("Open this experiment", on_click=_take, args=(found,), key="take_experiment")


def _take(found: Experiment) -> None:
    try:
        state.change(found)
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")
        return
    state.set_step(None)
    st.toast("It is now the network at hand. Undo is on the Network page.", icon=":material/check_circle:")
