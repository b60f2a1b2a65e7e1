"""The derivation of the step at hand, under the player: rule, symbols, numbers, result, and why in plain words."""

import streamlit as st

from engine.backprop.learning_step import Computed
from engine.backprop.ops import OPS
from engine.formulas.equations import equation, title
from engine.reasons import why
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets.session import shown


def step_formulas(theme: Theme) -> None:
    """Draw the derivation of the step that the player rests on."""
    step = shown.steps()[shown.step() - 1]
    written = equation(step, shown.looked_at(), notation=shown.notation())
    st.markdown(f"**{title(step, shown.looked_at())}**")
    st.markdown(why(step, Computed(shown.looked_at()), shown.notation()))
    st.caption(shown.translation().words(OPS[step.op].why))
    st.caption("The rule")
    st.latex(written.rule)
    # a slope before it is used, and a comparison after what it compares
    notes = [("and so" if OPS[step.op].everywhere else "first", note) for note in written.notes]
    worked = ("for this network", written.worked)
    for words, latex in [worked, *notes] if OPS[step.op].everywhere else [*notes, worked]:
        st.caption(words.capitalize())
        st.latex(katex(latex, theme))
