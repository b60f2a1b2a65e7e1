"""JSON and link tokens: an experiment comes back exactly as it was."""

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import PRESETS, Experiment, decode, encode, from_json, to_json
from tests.strategies import experiments

MAZUR = PRESETS["mazur"].experiment
GOOD: dict[str, Any] = json.loads(to_json(MAZUR))


@settings(max_examples=150)
@given(experiments(bound=1e300))
def test_an_experiment_comes_back_as_it_was_to_the_last_bit(experiment: Experiment) -> None:
    assert from_json(to_json(experiment)) == experiment
    assert decode(encode(experiment)) == experiment


@pytest.mark.parametrize("number", [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1 + 0.2, 2.0**53, 2e53])
def test_numbers_at_the_limits_of_float64_come_back(number: float) -> None:
    experiment = replace(MAZUR, x=np.array([number, -number]), learning_rate=number)
    assert decode(encode(experiment)) == experiment


@pytest.mark.parametrize(("activation", "parameter"), [("leaky_relu", 0.3), ("leaky_relu", 0.0), ("elu", 1 / 3)])
def test_the_number_of_an_activation_comes_back(activation: str, parameter: float) -> None:
    first, last = MAZUR.network.layers
    layer = replace(first, activation=activation, parameter=parameter)
    experiment = replace(MAZUR, network=replace(MAZUR.network, layers=(layer, last)))
    assert decode(encode(experiment)) == experiment


@given(experiments())
def test_a_token_needs_no_escaping_in_an_address(experiment: Experiment) -> None:
    assert re.fullmatch(r"1\.[A-Za-z0-9_-]+", encode(experiment))


@pytest.mark.parametrize("preset", PRESETS)
def test_the_token_of_a_preset_is_short(preset: str) -> None:
    assert len(encode(PRESETS[preset].experiment)) < 400


def test_the_json_is_plain_and_readable() -> None:
    assert GOOD["layers"][0] == {"activation": "sigmoid", "W": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.35]}
    assert (GOOD["version"], GOOD["update_biases"], GOOD["learning_rate"]) == (1, False, 0.5)


def test_what_may_be_left_out_has_its_default() -> None:
    document = {name: value for name, value in GOOD.items() if name != "update_biases"}
    assert from_json(json.dumps(document)) == replace(MAZUR, update_biases=True)
    assert from_json(f" \n{json.dumps(GOOD, indent=2)}\n") == MAZUR
