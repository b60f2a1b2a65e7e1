"""The Practice page: compute it by hand and be told at once, find an error, check numbers, worksheets for a class."""

import streamlit as st

from engine import InvalidExperiment
from pages.widgets import fields
from pages.widgets.network.editor import editor
from pages.widgets.practice.checking import checking
from pages.widgets.practice.find_error import find_error
from pages.widgets.practice.form import form
from pages.widgets.practice.one_question import one_question
from pages.widgets.practice.predict import predict
from pages.widgets.practice.worksheets import asked_sheet, worksheets
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.slots import Slot
from pages.widgets.shared.frame import frame

theme = frame("Practice")

VIEWS = {
    "One question": one_question,
    "A whole pass": form,
    "Find the error": find_error,
    "Predict": predict,
    "Check my numbers": checking,
    "Worksheet": worksheets,
}

view: Slot[str] = Slot("practice_view_held", next(iter(VIEWS)))
if asked_sheet():
    view.set("Worksheet")
chosen = fields.choice(
    st.segmented_control,
    "Practise",
    list(VIEWS),
    key="practice_view",
    held=view.get(),
    take=view.set,
)
try:
    with turn():
        VIEWS[chosen](theme)
except InvalidExperiment as error:
    st.warning(str(error), icon=":material/error:")
with st.sidebar:
    editor()
