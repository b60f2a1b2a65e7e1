"""The derivation of the step at hand, under the player: rule, symbols, numbers, result, and why in plain words."""

import streamlit as st

from engine.backprop.ops import OPS
from engine.formulas.equations import equation, title
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets.session import at_hand, shown


def step_formulas(theme: Theme) -> None:
    """Draw the derivation of the step that the player rests on."""
    step = shown.steps()[shown.step() - 1]
    written = equation(step, at_hand.experiment())
    st.markdown(f"**{title(step, at_hand.experiment())}**")
    st.markdown(OPS[step.op].why)
    st.caption("The rule")
    st.latex(written.rule)
    st.caption("For this network")
    st.latex(katex(written.worked, theme))
    for note in written.notes:
        st.caption("where")
        st.latex(katex(note, theme))
