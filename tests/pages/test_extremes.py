"""Numbers that are valid but huge or tiny: every page draws them, or says why it does not."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, encode
from engine.network.editing import with_layer
from pages.widgets.shared.frame import PAGES

APP = Path(__file__).parents[2] / "app.py"
EXAMPLE = PRESETS["worked-example"].experiment


def scaled(factor: float) -> Experiment:
    first = EXAMPLE.network.layers[0]
    return with_layer(EXAMPLE, 0, first.W * factor, first.b)


CASES = {
    "huge weights": scaled(1e99),
    "tiny weights": scaled(1e-320),
    "no weights": scaled(0.0),
    "a huge input": replace(EXAMPLE, x=EXAMPLE.x * 1e99),
    "a huge rate": replace(EXAMPLE, learning_rate=1e99),
}


def opened(experiment: Experiment, page: str = "app.py") -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params["net"] = encode(experiment)
    if page != "app.py":
        at.switch_page(page)
    return at.run()


@pytest.mark.parametrize("case", CASES)
def test_every_page_draws_them(case: str) -> None:
    for page in PAGES:
        at = opened(CASES[case], page.file)
        assert not at.exception and not at.warning, page


@pytest.mark.parametrize("case", CASES)
def test_the_update_can_be_applied_again_and_again(case: str) -> None:
    at = opened(CASES[case])
    for _ in range(3):
        at.button(key="apply_update").click().run()
        assert not at.exception


def test_numbers_beyond_are_refused_in_words() -> None:
    at = opened(replace(EXAMPLE, learning_rate=1e300))
    assert "grows to" in at.warning[0].value and not at.exception
    at.number_input(key="learning_rate").set_value(1e300).run()
    assert "grows to" in at.toast[0].value and not at.exception
    assert at.number_input(key="learning_rate").value == EXAMPLE.learning_rate
