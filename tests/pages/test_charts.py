"""A chart drawn without validation is, for the browser, the one that Streamlit draws with it."""

import json

from streamlit.testing.v1 import AppTest


def both() -> None:
    import streamlit as st

    from pages.figures.activations.curves import activation_curve
    from pages.figures.network.loss_history import loss_history
    from pages.figures.theme import DARK, LIGHT
    from pages.widgets.shared.chart import chart

    figures = [
        activation_curve(LIGHT, "relu", None, 0.3, "a₁", (0.1, -2.0)),
        activation_curve(DARK, "leaky_relu", 0.2, -40.0, "a₁", ()),
        loss_history(DARK, (1.5, 0.5, 0.25)),
    ]
    for index, figure in enumerate(figures):
        st.plotly_chart(figure, key=f"theirs_{index}", config={"displayModeBar": False}, alt="a chart")
        chart(figure, key=f"ours_{index}", alt="a chart")


def test_the_browser_gets_the_same_chart() -> None:
    at = AppTest.from_function(both, default_timeout=60).run()
    assert not at.exception
    protos = [element.proto for element in at.get("plotly_chart")]
    assert len(protos) == 6
    for theirs, ours in zip(protos[::2], protos[1::2], strict=True):
        assert json.loads(ours.spec) == json.loads(theirs.spec)
        assert (ours.config, ours.theme, ours.alt) == (theirs.config, theirs.theme, theirs.alt)
