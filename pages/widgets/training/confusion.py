"""The confusion matrix of a run, at the epoch that its player rests on: of training and of test data."""

import streamlit as st

from engine import Network
from engine.data import Dataset
from engine.training.confusion import confusion_matrix
from pages.widgets.training.run import Run


def confusion(run: Run, snapshot: int) -> None:
    """Draw how often each class is taken for each other one; nothing for a regression."""
    if run.data.classes is None:
        return
    network = run.history.snapshot(snapshot)
    parts = [("training", run.data), *([("test", run.test)] if run.test else [])]
    with st.expander("Confusion matrix", icon=":material/grid_on:"):
        for place, (name, part) in zip(st.columns(len(parts), gap="large"), parts, strict=True):
            with place:
                _matrix(network, part, f"{name} data, epoch {run.history.snapshot_epochs[snapshot]:,}")


def _matrix(network: Network, data: Dataset, words: str) -> None:
    counts = confusion_matrix(network, data)
    right = int(counts.trace())
    st.caption(
        f"Of the {words}: {right:,} of {data.size:,} right. A row is a true class, a column what it is taken for."
    )
    taken = {f"as {name}": column.tolist() for name, column in zip(data.outputs, counts.T, strict=True)}
    st.dataframe({"class": list(data.outputs), **taken}, hide_index=True)
