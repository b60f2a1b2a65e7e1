"""What the gradient check says in words: which mistake was made, whether it was caught, what is left in doubt."""

import numpy as np
import streamlit as st

from engine.arrays import Flags
from engine.formulas.numbers import percent, text
from engine.gradcheck.check import TOLERANCE, GradientReport, ParameterCheck
from engine.gradcheck.mistakes import MISTAKES
from engine.validation import counted
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
    draw, icon = _MANNERS[manner(report, broken)]
    draw(said(report, broken), icon=icon)
    _doubts(report)


_MANNERS = {
    "fails": (st.error, ":material/close:"),
    "open": (st.warning, ":material/help:"),
    "passes": (st.success, ":material/check:"),
}


def manner(report: GradientReport, broken: bool) -> str:
    """Return whether the check passes, fails, or leaves open whether a gradient is wrong."""
    if not report.passed:
        return "fails"
    unseen = report.overlooked or report.blind or not report.judged.any()
    leaves_open = unseen or (broken and _changed(report, report.judged).any())
    return "open" if leaves_open else "passes"


def said(report: GradientReport, broken: bool) -> str:
    """Return the verdict in words."""
    largest, judged = text(report.largest_relative_error, 2), int(report.judged.sum())
    if not report.passed:
        wrong = int((report.judged & (report.error > TOLERANCE)).sum())
        blame = "" if broken else " The gradients are right: with this step, the quotients are not close enough."
        return (
            f"{wrong} of {judged} gradients {'disagrees' if wrong == 1 else 'disagree'} by more than "
            f"{text(TOLERANCE)}: the largest relative error is {largest}.{blame}"
        )
    if not judged:
        return f"No gradient could be judged. {_open(report, broken)}".strip()
    agree = {1: "The gradient agrees", 2: "Both gradients agree"}.get(judged, f"All {judged} gradients agree")
    words = f"{agree} with the difference quotients: the largest relative error is {largest}."
    return f"{words} {_open(report, broken)}".strip()


def _open(report: GradientReport, broken: bool) -> str:
    if report.overlooked:
        return (
            f"The mistake made {counted(report.overlooked, 'other')} wrong, "
            "of neurons at a kink, which could not be judged."
        )
    if not broken:
        return "But this says nothing: rounding hides all those that are not 0." if report.blind else ""
    hidden = int(_changed(report, report.judged).sum())
    if hidden:
        return f"The mistake made {hidden} of them wrong, but by so little that the quotients cannot tell."
    return "In this network, with what it is given, the mistake changes nothing that was checked."


def _changed(report: GradientReport, which: Flags) -> Flags:
    """Return which of the gradients are not what they are without a mistake."""
    changed: Flags = which & (np.abs(report.analytic - report.right) > TOLERANCE * np.abs(report.right))
    return changed


def largest_first(report: GradientReport) -> list[ParameterCheck]:
    """Return the parameters of a report, those with the largest error first."""
    return sorted(report, key=lambda one: -one.error)


def words_for(report: GradientReport) -> list[str]:
    """Return a word for each of them: WRONG only where it is the gradient that is wrong, and not the quotient."""
    wrong = dict(zip(report.places, _changed(report, report.judged), strict=True))
    return [_word(one, bool(wrong[one.parameter])) for one in largest_first(report)]


def _word(one: ParameterCheck, wrong: bool) -> str:
    if not one.judged:
        return "at a kink"
    if one.error <= TOLERANCE:
        return "agrees"
    return "WRONG" if wrong else "quotient off"


def _doubts(report: GradientReport) -> None:
    kinks = int((~report.judged).sum())
    small = int((report.judged & ~report.resolved & (report.analytic != 0)).sum())
    if kinks:
        st.caption(
            f"{kinks} could not be judged: the step takes a neuron over a kink of its activation, where the loss "
            "may have no derivative. Backpropagation takes the slope of one side; the quotient may mix both."
        )
    if small:
        st.caption(
            f"{small} of them {'is' if small == 1 else 'are'} so small that rounding hides "
            f"{'it' if small == 1 else 'them'}: the quotient could not see an error of {percent(5e-4, 2)}."
        )
