"""The one border from browser to Python: every value of a widget or component is read here, by its type.

What is not allowed, a browser does not send: it is as though nothing had come, and the widget keeps what it had.
"""

from pages.widgets.fields import tables
from pages.widgets.fields.choices import choice, choices
from pages.widgets.fields.components import told_number, told_words
from pages.widgets.fields.values import flag, number, words

__all__ = ["choice", "choices", "flag", "number", "tables", "told_number", "told_words", "words"]
