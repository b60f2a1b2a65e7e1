"""The one border from browser to Python: every value of a widget or component is read here, by its type.

What is not allowed, a browser does not send: it is as though nothing had come, and the widget keeps what it had.
"""

from pages.widgets.fields import tables, told
from pages.widgets.fields.choices import choice, choices
from pages.widgets.fields.typed import typed
from pages.widgets.fields.values import flag, number, passage, words

__all__ = ["choice", "choices", "flag", "number", "passage", "tables", "told", "typed", "words"]
