"""The published JSON Schema and the reader of experiments agree on what a file may hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, InvalidExperiment, from_json, to_json
from engine.files.experiment_json import VERSION
from engine.limits import MAX_LAYERS
from tests.strategies import experiments

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "experiment.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def document() -> dict[str, Any]:
    return json.loads(to_json(PRESETS["worked-example"].experiment))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(experiments())
def test_what_is_written_keeps_to_the_schema(experiment: Experiment) -> None:
    VALIDATOR.validate(json.loads(to_json(experiment)))


def test_the_schema_has_the_limits_of_the_reader() -> None:
    assert SCHEMA["properties"]["version"]["const"] == VERSION
    assert SCHEMA["properties"]["layers"]["maxItems"] == MAX_LAYERS


# what is changed, and the words by which the message names the field
WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "version": (lambda d: d.update(version=99), "version"),
    "version as text": (lambda d: d.update(version="1"), "version"),
    "layers": (lambda d: d.update(layers=[]), "layers"),
    "layers as an object": (lambda d: d.update(layers={}), "layers"),
    "too many layers": (lambda d: d.update(layers=d["layers"] * 22), "layers"),
    "a layer": (lambda d: d["layers"].__setitem__(1, 5), "Layer 2"),
    "W": (lambda d: d["layers"][1].update(W="x"), "Layer 2: The weights W"),
    "a row of W": (lambda d: d["layers"][1].update(W=[1, 2, 3]), "Layer 2: The weights W"),
    "a number of W": (lambda d: d["layers"][0]["W"][0].__setitem__(0, "0.1"), "Layer 1: The weights W"),
    "b": (lambda d: d["layers"][2].update(b=[True, 1, 1]), "Layer 3: The biases b"),
    "activation": (lambda d: d["layers"][2].update(activation=3), "Layer 3: There is no activation"),
    "parameter": (lambda d: d["layers"][0].update(activation="elu", parameter="1"), "Layer 1: The parameter of elu"),
    "loss": (lambda d: d.update(loss=None), "loss"),
    "x": (lambda d: d.update(x=[None, 1, 2]), "The input x"),
    "y": (lambda d: d.update(y=5), "The target y"),
    "learning_rate": (lambda d: d.update(learning_rate="fast"), "learning rate"),
    "a negative learning_rate": (lambda d: d.update(learning_rate=-1), "learning rate"),
    "update_biases": (lambda d: d.update(update_biases=1), "update_biases"),
    "a field missing": (lambda d: d.pop("x"), "'x'"),
    "a layer's field missing": (lambda d: d["layers"][1].pop("b"), "Layer 2 lacks the field 'b'"),
    "a field too many": (lambda d: d.update(colour=1), "'colour'"),
    "a layer's field too many": (lambda d: d["layers"][0].update(bias=1), "Layer 1 .* 'bias'"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_schema_refuses_the_reader_refuses_and_names(wrong: str) -> None:
    change, message = WRONG[wrong]
    changed = document()
    change(changed)
    assert not VALIDATOR.is_valid(changed)
    with pytest.raises(InvalidExperiment, match=message):
        from_json(json.dumps(changed))


def test_every_field_of_the_schema_is_read() -> None:
    assert set(SCHEMA["properties"]) == set(document())
    layer = SCHEMA["$defs"]["layer"]["properties"]
    assert set(layer) - set(document()["layers"][0]) == {"parameter"}
