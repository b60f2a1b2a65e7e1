"""What the gradient check says in words: which mistake was made, whether it was caught, what is left in doubt."""

import streamlit as st

from engine.formulas.numbers import text
from engine.gradcheck.check import TOLERANCE, GradientReport
from engine.gradcheck.mistakes import MISTAKES
from pages.widgets.session import shown


def explanation(mistake: str) -> None:
    """Draw what the mistake is and what is right; nothing for a name that is no mistake."""
    if mistake not in MISTAKES:
        return
    record, own = MISTAKES[mistake], shown.translation()
    made, due = map(own.formula, record.formulas(own.notation.layout))
    st.markdown(own.prose(f"**{record.title}.** {record.explanation}"))
    left, right = st.columns(2)
    with left:
        st.caption("Wrong")
        st.latex(made)
    with right:
        st.caption("Right")
        st.latex(due)


def verdict(report: GradientReport, broken: bool) -> None:
    """Draw whether all gradients agree; `broken` says that a mistake was made on purpose."""
    largest = text(report.largest_relative_error, 2)
    judged = int(report.judged.sum())
    if report.passed:
        words = f"All {judged} gradients agree with the difference quotients: the largest relative error is {largest}."
        if report.overlooked:
            st.warning(f"{words} {_overlooked(report)}", icon=":material/help:")
        else:
            unchanged = " In this network, with this example, the mistake changes nothing that was checked."
            st.success(words + unchanged if broken else words, icon=":material/check:")
    else:
        wrong = int((report.judged & (report.error > TOLERANCE)).sum())
        st.error(
            f"{wrong} of {judged} gradients disagree by more than {text(TOLERANCE)}: the largest relative error is "
            f"{largest}.",
            icon=":material/close:",
        )
    _doubts(report)


def _overlooked(report: GradientReport) -> str:
    return f"The mistake made {report.overlooked} others wrong: they belong to neurons at a kink, and were not judged."


def _doubts(report: GradientReport) -> None:
    kinks = int((~report.judged).sum())
    small = int((report.judged & ~report.resolved & (report.analytic != 0)).sum())
    if kinks:
        st.caption(
            f"{kinks} could not be judged: the step takes a neuron over a kink of its activation, where the loss has "
            "no derivative. Backpropagation takes the slope of one side, the quotient a mean of both."
        )
    if small:
        st.caption(f"{small} are so small beside the loss that the quotient could not see an error of 0.05% in them.")
