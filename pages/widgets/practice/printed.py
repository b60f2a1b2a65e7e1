"""A worksheet on paper: the questions with blanks, or with their solutions, and nothing else of the page."""

from collections.abc import Sequence

import streamlit as st

from engine import Experiment
from engine.formulas.notations import Notation
from engine.practice import LEVELS, Question
from engine.practice.exports import Sheet
from pages.widgets.session import shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.shared.markdown import plain

KEY = "worksheet_paper"
BLANK = "\\_" * 24


def print_style() -> str:
    """Return the style in which only the worksheet is printed."""
    return f"""@media print {{
      body * {{visibility: hidden}}
      .st-key-{KEY}, .st-key-{KEY} * {{visibility: visible}}
      .st-key-{KEY} {{position: absolute; inset: 0 0 auto 0}}
      [class*="st-key-{KEY}_"] + [class*="st-key-{KEY}_"] {{break-before: page}}
    }}"""


def paper(sheet: Sheet, experiment: Experiment | None, variants: Sequence[int], solved: bool) -> None:
    """Draw variants as they are printed."""
    with st.container(key=KEY):
        for variant in variants:
            give_way()
            with st.container(key=f"{KEY}_{variant}"):
                _variant(sheet, experiment, variant, solved)


def _variant(sheet: Sheet, experiment: Experiment | None, variant: int, solved: bool) -> None:
    part = f", variant {variant} of {sheet.variants}" if sheet.variants > 1 else ""
    st.subheader(f"{LEVELS[sheet.level].title}: worksheet {sheet.seed}{part}", anchor=False)
    if not solved:
        st.markdown(f"Name: {BLANK}")
    notation, setting = shown.notation(), ""
    for number, question in enumerate(sheet.variant(variant, experiment), start=1):
        own = question.wording.setting(notation)
        if own and own != setting:
            setting = own
            st.code(setting, language=None, wrap_lines=True)
        st.markdown(f"**{number}.** {plain(question.wording.text(notation))}")
        _answer(question, solved, notation)


def _answer(question: Question, solved: bool, notation: Notation) -> None:
    if not solved:
        rows = len(question.laid_out(question.value, notation.layout)) if question.value.ndim == 2 else 1
        st.markdown("\n\n".join([BLANK] * rows))
        return
    st.markdown(f"**{plain(question.answer_in(notation.layout))}**")
    st.markdown(question.wording.hints(notation)[2])
