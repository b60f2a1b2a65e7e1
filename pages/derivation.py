"""The Derivation page: the whole calculation of the network at hand as a worked text, chapter by chapter."""

from pages.widgets.frame import frame
from pages.widgets.reading.page import controls, sidebar, text
from pages.widgets.turns import turn

theme = frame("Derivation")
style = controls(theme)
with turn():
    text(style)
    sidebar(style)
