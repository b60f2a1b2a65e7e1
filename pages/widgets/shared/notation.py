"""The choice of a notation, in the head of every page: what it is known by, and how its symbols are to be read."""

import streamlit as st

from engine.formulas.notations import NOTATIONS
from pages.widgets import fields
from pages.widgets.session import shown
from pages.widgets.session.reruns import whole

_SAME = "The numbers stay the same: only symbols change, and which way vectors and matrices run."


def notation_choice() -> None:
    """Draw the button and, behind it, the notations and the words about the one chosen."""
    chosen = shown.notation()
    with st.container(key="notation", width="content"), st.popover("Notation", icon=":material/function:"):
        fields.choice(
            st.selectbox,
            "Write formulas as",
            list(NOTATIONS),
            key="notation_choice",
            held=chosen.name,
            format_func=lambda name: NOTATIONS[name].title,
            take=whole(shown.set_notation),
        )
        source = f" [Source]({chosen.url})" if chosen.url else ""
        st.markdown(f":small[{_SAME}]\n\n{chosen.words}{source}")
