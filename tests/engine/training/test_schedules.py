"""Learning-rate schedules: the rates at steps where they can be told by hand."""

import numpy as np
import pytest

from engine.errors import InvalidExperiment
from engine.training.schedules import SCHEDULES
from tests.oracles import assert_close


def test_constant_stays():
    assert SCHEDULES["constant"].rates(0.3, 5).tolist() == [0.3] * 5


def test_steps_halve_at_the_end_of_each_quarter():
    rates = SCHEDULES["step"].rates(0.8, 8)
    assert_close(rates, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1], rtol=1e-12)


def test_cosine_starts_at_the_rate_is_halfway_in_the_middle_and_ends_near_its_minimum():
    rates = SCHEDULES["cosine"].rates(1.0, 1000, {"minimum": 0.2})
    assert rates[0] == 1.0
    assert_close(rates[500], 0.6, rtol=1e-12)
    assert 0.2 < rates[-1] < 0.2001
    assert (np.diff(rates) < 0).all()


def test_warmup_rises_evenly_from_a_first_step_above_zero_and_then_stays():
    rates = SCHEDULES["warmup"].rates(1.0, 20, {"share": 0.25})
    assert_close(rates[:5], [0.2, 0.4, 0.6, 0.8, 1.0], rtol=1e-12)
    assert (rates[5:] == 1.0).all()


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_every_step_has_a_rate_from_above_zero_to_the_chosen_one(name, steps):
    rates = SCHEDULES[name].rates(0.5, steps)
    assert rates.shape == (steps,)
    assert ((rates > 0) & (rates <= 0.5)).all()


def test_an_unknown_setting_is_named():
    with pytest.raises(InvalidExperiment, match="The schedule cosine has no setting 'gamma'; it has minimum"):
        SCHEDULES["cosine"].rates(1.0, 3, {"gamma": 0.5})


def test_steps_fall_exactly_at_the_end_of_each_part() -> None:
    """In float64, 100 * (29 / 100) is less than 29: no part may be a step longer for that."""
    for parts in (3, 7, 49, 50, 100):
        rates = SCHEDULES["step"].rates(1.0, parts, {"parts": parts, "gamma": 0.9})
        np.testing.assert_allclose(rates, 0.9 ** np.arange(parts), rtol=1e-12)
