"""The views of the Practice page, one a file."""

from pages.widgets.practice import checking, find_error, form, one_question, predict, worksheets

__all__ = ["checking", "find_error", "form", "one_question", "predict", "worksheets"]
