"""The gradient check of the network at hand: own numbers, own step, and the classical mistakes to be caught."""

from collections.abc import Iterator

import streamlit as st

from engine import Experiment, InvalidExperiment, check_gradients
from engine.formulas import plain
from engine.formulas.numbers import text
from engine.gradcheck.check import GradientReport, affordable
from engine.gradcheck.mistakes import MISTAKES
from engine.gradcheck.schemes import SCHEMES
from engine.gradcheck.step_size import VCurve, v_curve
from engine.memory import remembered
from pages.figures.gradients.check import agreement, v_curves
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.gradients.verdict import explanation, largest_first, verdict, words_for
from pages.widgets.session import at_hand, shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.shared.chart import chart

RIGHT = "none"
AUTOMATIC = "automatic"
# how often the loss is computed for a parameter, about
EVALUATIONS = 16
# of gradients beside each other, which agree in most of them
DIGITS = 12


def check(theme: Theme) -> None:
    """Draw what is checked and how, the verdict, both pictures and the table."""
    experiment = at_hand.experiment()
    mistake, scheme, h = _settings(experiment)
    try:
        report = _report(experiment, mistake, scheme, h)
        curves = tuple(_in_parts(experiment, mistake))
    except InvalidExperiment as error:
        st.warning(str(error))
        return
    give_way()
    explanation(mistake)
    verdict(report, mistake in MISTAKES)
    total = experiment.network.parameter_count
    if len(report) < total:
        st.caption(f"This network is large: {len(report):,} of its {total:,} parameters are checked, evenly chosen.")
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Gradients of backpropagation against difference quotients")
        chart(
            agreement(theme, report, shown.translation().words),
            key="check_agreement",
            alt="Analytic against numeric gradients",
        )
    with right:
        st.caption("The error of the difference quotients: at the left rounding, at the right truncation")
        chart(v_curves(theme, curves, h), key="check_v_curves", alt="The error of each scheme against its step")
    give_way()
    _table(report)


def _settings(experiment: Experiment) -> tuple[str, str, float | None]:
    """Draw the choice of a mistake, a scheme and a step; return all three, the step None where it is automatic."""
    if experiment.examples > 1:
        st.caption(f"The loss that is checked is the {experiment.reduction} over all {experiment.examples} examples.")
    say = shown.translation().words
    possible = [RIGHT, *(name for name, mistake in MISTAKES.items() if mistake.applies(experiment.network))]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mistake = fields.choice(
            st.selectbox,
            "Break it: a mistake in the backward pass",
            possible,
            format_func=lambda name: say(MISTAKES[name].title) if name in MISTAKES else "no mistake",
            key=f"check_mistake_{len(possible)}",
            width=360,
        )
        scheme = fields.choice(
            st.selectbox,
            "Difference quotient",
            [AUTOMATIC, *SCHEMES],
            format_func=lambda name: SCHEMES[name].title if name in SCHEMES else "fourth order, a step for each",
            key="check_scheme",
            persist_state="session",
            width=260,
        )
        if scheme == AUTOMATIC:
            return mistake, scheme, None
        exponent = fields.number(
            st.slider,
            "Step h = 10 to the power of",
            -14.0,
            0.0,
            first=-5.0,
            step=0.25,
            key="check_exponent",
            persist_state="session",
            width=320,
        )
    st.latex(shown.translation().formula(SCHEMES[scheme].latex))
    return mistake, scheme, 10.0**exponent


def _in_parts(experiment: Experiment, mistake: str) -> Iterator[VCurve]:
    for name in SCHEMES:
        give_way()
        yield _curve(experiment, mistake, name)


@remembered
def _report(experiment: Experiment, mistake: str, scheme: str | None, h: float | None) -> GradientReport:
    wrong = MISTAKES[mistake].backward(experiment) if mistake in MISTAKES else None
    network, chosen = experiment.network, affordable(experiment.network, EVALUATIONS)
    if scheme == AUTOMATIC:
        scheme = None
    return check_gradients(
        network,
        experiment.x,
        experiment.y,
        wrong,
        scheme=scheme,
        h=h,
        chosen=chosen,
        reduction=experiment.reduction,
    )


@remembered
def _curve(experiment: Experiment, mistake: str, scheme: str) -> VCurve:
    wrong = MISTAKES[mistake].backward(experiment) if mistake in MISTAKES else None
    return v_curve(
        experiment.network, experiment.x, experiment.y, scheme, backward_pass=wrong, reduction=experiment.reduction
    )


def _table(report: GradientReport) -> None:
    order = largest_first(report)
    st.dataframe(
        {
            "parameter": [shown.translation().words(plain.parameter(one.parameter)) for one in order],
            "analytic": [text(one.analytic, DIGITS) for one in order],
            "numeric": [text(one.numeric, DIGITS) for one in order],
            "difference": [text(one.analytic - one.numeric, 2) for one in order],
            "relative error": [text(one.error, 2) for one in order],
            "verdict": words_for(report),
        },
        hide_index=True,
        key="check_table",
        height=360,
        column_config={
            name: st.column_config.TextColumn(alignment="right", width=150) for name in ("analytic", "numeric")
        },
    )
    st.caption(
        "The largest error stands first. It is |analytic − numeric| / max(|analytic|, |numeric|). Where both numbers "
        "are too small for the quotient to have six digits right, the difference is divided by the smallest size at "
        "which it has: so rounding does not look like a mistake."
    )
