"""Numbers that are valid but huge or tiny: every page draws them, or says why it does not."""

from dataclasses import replace

import pytest

from engine import Experiment, Network, encode, sgd_step
from engine.network.editing import with_layer
from pages.widgets.document import PAGES
from tests.pages.page import Page
from tests.samples import EXAMPLE, passes


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


@pytest.mark.parametrize("case", CASES)
def test_every_page_draws_them(case: str) -> None:
    for page in PAGES:
        assert not Page(page.file, net=encode(CASES[case])).said("warning"), page


def learned(experiment: Experiment) -> Network:
    passed = passes(experiment)[1]
    return sgd_step(experiment.network, passed, experiment.learning_rate, experiment.update_biases)


@pytest.mark.parametrize("case", CASES)
def test_the_update_can_be_applied_again_and_again(case: str) -> None:
    page = Page(net=encode(CASES[case]))
    for _ in range(3):
        before = page.experiment
        page.press("apply_update")
        if page.said("toast"):
            assert "grows to" in page.said("toast")[0] and page.experiment == before
        else:
            assert page.network == learned(before)


def test_numbers_beyond_are_refused_in_words() -> None:
    page = Page(net=encode(replace(EXAMPLE, learning_rate=1e300)))
    assert "grows to" in page.said("warning")[0]
    page.set("learning_rate", "1e300")
    assert "grows to" in page.said("error")[0] and page.experiment == EXAMPLE
    page.set("learning_rate", "0.5")
    assert not page.said("error") and page.experiment.learning_rate == 0.5
