"""Up to four runs kept to be compared with each other and with the last one."""

import streamlit as st

from engine.formulas.numbers import percent, text
from pages.figures.theme import Theme
from pages.figures.training.comparison import DASHES, Compared, compared_boundaries, compared_losses
from pages.figures.training.responses import drawable
from pages.widgets.session.slots import Slot
from pages.widgets.shared.chart import chart
from pages.widgets.training.run import Run, last

MOST = 4
_kept: Slot[tuple[Run, ...]] = Slot("training_kept", ())


def keep_button(run: Run) -> None:
    """Draw the button that keeps the run for comparison."""
    kept = _kept.get()
    full = len(kept) >= MOST
    st.button(
        "Kept for comparison" if run in kept else "Keep for comparison",
        icon=":material/bookmark_added:" if run in kept else ":material/bookmark_add:",
        key="training_keep",
        disabled=run in kept or full,
        help=f"At most {MOST} runs: remove one under Compare." if full else "Keep it, train another, and compare.",
        on_click=_keep,
    )


def _keep() -> None:
    run = last.get()
    if run is not None:
        _kept.set((*_kept.get(), run))


def comparison(theme: Theme) -> None:
    """Draw the runs that were kept, and the last one, over each other."""
    runs = _runs()
    if len(runs) < 2:
        st.info(
            "Train a network and press “Keep for comparison” under the run. Then change the optimizer, the rate or "
            "the first weights, and train again. Here you see both runs in one picture.",
            icon=":material/compare_arrows:",
        )
        return
    _list(theme, runs)
    compared = [Compared(run.title, run.history) for run in runs]
    left, right = st.columns(2, gap="large")
    with left:
        chart(compared_losses(theme, compared), key="compared_losses", alt="The losses of the runs over the epochs")
        st.caption("Thick: on the training data. Thin: on the test data.")
    with right:
        _boundaries(theme, runs)


def _runs() -> list[Run]:
    now = last.get()
    return [*_kept.get(), *([now] if now and now not in _kept.get() else [])]


def _list(theme: Theme, runs: list[Run]) -> None:
    for index, run in enumerate(runs):
        loss = run.history.loss[-1]
        words = f"{run.data.title} · {run.title} · loss {text(loss)}"
        if run.history.accuracy is not None:
            words += f" · accuracy {percent(run.history.accuracy[-1])}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{_swatch(theme, index)} **{index + 1}**", unsafe_allow_html=True, width="content")
            st.text(words, width="stretch")
            if run in _kept.get():
                st.button(
                    "Remove", icon=":material/close:", key=f"training_remove_{index}", on_click=_remove, args=(index,)
                )
            else:
                st.caption("last run", width="content")


def _swatch(theme: Theme, index: int) -> str:
    style = {"solid": "solid", "dot": "dotted"}.get(DASHES[index], "dashed")
    colour = theme.runs[index]
    return (
        f'<span style="display:inline-block;width:2rem;border-top:4px {style} {colour};vertical-align:middle"></span>'
    )


def _remove(index: int) -> None:
    kept = _kept.get()
    _kept.set((*kept[:index], *kept[index + 1 :]))


def _boundaries(theme: Theme, runs: list[Run]) -> None:
    data = runs[-1].data
    same = [index for index, run in enumerate(runs) if run.data.inputs == data.inputs and run.data.title == data.title]
    if not drawable(data):
        st.caption("Boundaries can be drawn for data of one or two inputs and up to ten classes.")
        return
    compared = [(index, Compared(runs[index].title, runs[index].history)) for index in same]
    chart(
        compared_boundaries(theme, compared, data), key="compared_boundaries", alt="The data with each run's boundary"
    )
    if len(same) < len(runs):
        st.caption("Only the runs on the same data are drawn here.")
