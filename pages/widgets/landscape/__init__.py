"""The parts of the Loss landscape page, one a file: what is cut, where one stands, the walk and its player."""

from pages.widgets.landscape import views

__all__ = ["views"]
