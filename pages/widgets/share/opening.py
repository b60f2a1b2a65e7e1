"""A file opened: an experiment saved here, or the weights of a network made elsewhere."""

import zlib

import streamlit as st

from engine import Experiment, InvalidExperiment, from_json
from engine.files.recipes import RECIPES
from engine.files.weights import MAX_BYTES, Weights, read_arrays, understand
from engine.limits import MAX_PARAMETERS, MAX_WIDTH
from engine.programs.sections import title
from pages.figures.theme import Theme
from pages.widgets.share.taking import offer
from pages.widgets.share.weights import weights_found
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

_HOW = "\n".join(f"**{library}**\n\n```python\n{recipe}\n```\n" for library, recipe in RECIPES.items())
_JSON = """
**Anything else**, as JSON

```json
{"weights": [[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.6]]], "biases": [[0, 0], [1]]}
```
"""


def opening(_: Theme) -> None:
    """Draw the upload, and what was found in the file."""
    st.markdown(
        "An experiment that was saved here, or the weights of a network of dense layers with up to "
        f"{MAX_WIDTH} neurons each and {MAX_PARAMETERS:,} weights and biases in all: "
        f"`.safetensors`, `.npz` or `.json`, up to {MAX_BYTES // 1_000_000} MB. Nothing in a file is ever run."
    )
    uploaded = upload("File", "upload", hidden=True)
    if uploaded is not None:
        _open(uploaded.name, uploaded.getvalue())
    with st.expander("How to save a network from PyTorch, Keras or scikit-learn"):
        st.markdown(_HOW + _JSON)


def _open(name: str, content: bytes) -> None:
    try:
        found = read(name, content)
    except InvalidExperiment as error:
        st.error(f"{plain(str(error))} What you had is unchanged.", icon=":material/error:")
        return
    if isinstance(found, Weights):
        # answers are for this file; another one's questions are asked anew
        weights_found(found, file=plain(name[:60]), key=f"{zlib.crc32(content):x}")
        return
    st.markdown(f"**An experiment**, from {plain(name[:60])}. {title(found)}")
    offer(found)


def read(name: str, content: bytes) -> Experiment | Weights:
    """Return what a file holds; raise InvalidExperiment for one that cannot be used."""
    text = content[: MAX_BYTES + 1].decode("utf-8-sig", errors="replace") if name.lower().endswith(".json") else ""
    # only an experiment of this app has these fields
    if '"layers"' in text and '"loss"' in text and '"learning_rate"' in text:
        return from_json(text, most=MAX_BYTES)
    return understand(read_arrays(name, content))
