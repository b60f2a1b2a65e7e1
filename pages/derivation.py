"""The Derivation page: the whole calculation of the network at hand as a worked text, chapter by chapter."""

from pages.widgets.derivation.page import controls, sidebar, text
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.frame import frame

theme = frame("Derivation")
style = controls(theme)
with turn():
    text(style)
    sidebar(style)
