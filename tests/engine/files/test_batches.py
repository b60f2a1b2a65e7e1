"""Batches as JSON and as tokens: version 2, which opens for good as version 1 does; one example is still version 1."""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from engine import Experiment, InvalidExperiment, Layer, Network, decode, encode, from_json, to_json
from engine.limits import MAX_EXAMPLES
from tests.strategies import experiments, several

KEPT = json.loads((Path(__file__).parent / "tokens_of_batches" / "version_2.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "batch.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NETWORK = Network([Layer([[0.5, -0.25]], [0.125], "tanh")], "huber")
BATCH = Experiment(NETWORK, [[0, 1], [1, 0], [1, 1]], [[1], [0], [0.5]], 0.5, False, "sum")
DOCUMENT: dict[str, Any] = json.loads(to_json(BATCH))


@given(several())
def test_a_batch_comes_back_as_it_was(batch: Experiment) -> None:
    assert decode(encode(batch)) == batch == from_json(to_json(batch))
    assert encode(batch).startswith("2.")
    VALIDATOR.validate(json.loads(to_json(batch)))


@given(experiments())
def test_a_batch_of_one_is_the_token_of_its_example_byte_for_byte(one: Experiment) -> None:
    for reduction in ("mean", "sum"):
        alone = Experiment(one.network, one.x[None], one.y[None], one.learning_rate, one.update_biases, reduction)
        assert encode(alone) == encode(one) and encode(one).startswith("1.")
        assert "reduction" not in to_json(alone)


@pytest.mark.parametrize("name", KEPT)
def test_a_link_made_long_ago_still_opens(name: str) -> None:
    document = KEPT[name]["experiment"]
    layers = [Layer(l["W"], l["b"], l["activation"], l.get("parameter")) for l in document["layers"]]
    fields = (document["x"], document["y"], document["learning_rate"], document["update_biases"], document["reduction"])
    assert decode(KEPT[name]["token"]) == Experiment(Network(layers, document["loss"]), *fields)


def test_what_may_be_left_out_has_its_default() -> None:
    short = {name: value for name, value in DOCUMENT.items() if name not in ("reduction", "update_biases")}
    assert from_json(json.dumps(short)) == Experiment(NETWORK, BATCH.x, BATCH.y, 0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 1}, "'reduction'"),
        ({"reduction": "median"}, "Choose one of: mean, sum"),
        ({"reduction": ["mean"]}, "Choose one of: mean, sum"),
        ({"x": [0, 1], "y": [1]}, "version must be 1 with one example"),
        ({"x": [[0, 1]], "y": [[1]]}, "version must be 1 with one example"),
        ({"x": [[0, 1], [1]]}, "rows of the same length"),
        ({"x": [[0, 1], [1, 0]]}, "2 inputs and 3 targets"),
        ({"x": [[0, 1]] * (MAX_EXAMPLES + 1), "y": [[1]] * (MAX_EXAMPLES + 1)}, "up to 64 examples"),
        ({"x": [[[0, 1]]] * 3}, "The input x"),
        ({"x": [0, 1]}, "list of numbers"),
        ({"x": [["0", 1]] * 3}, "The input x must hold numbers"),
        ({"x": [[True, 1]] * 3}, "The input x must hold numbers"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], message: str) -> None:
    changed = DOCUMENT | change
    with pytest.raises(InvalidExperiment, match=message):
        from_json(json.dumps(changed))


def test_version_1_holds_no_batch() -> None:
    document = {name: value for name, value in DOCUMENT.items() if name != "reduction"} | {"version": 1}
    with pytest.raises(InvalidExperiment, match="version must be 2 with 3 examples; 1"):
        from_json(json.dumps(document))


def test_a_token_and_what_it_holds_are_of_one_version() -> None:
    with pytest.raises(InvalidExperiment, match="another version"):
        decode("1." + encode(BATCH)[2:])
    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" * 10_000_000)).decode().rstrip("=")
    with pytest.raises(InvalidExperiment, match="damaged"):
        decode(f"2.{bomb}")


def test_the_schema_is_one_and_knows_every_field() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(DOCUMENT)
    assert SCHEMA["$defs"]["examples"]["maxItems"] == MAX_EXAMPLES
    for wrong in ({"version": 1}, {"x": [0, 1]}, {"reduction": "median"}, {"x": [[0, 1]]}, {"colour": 1}):
        assert not VALIDATOR.is_valid(DOCUMENT | wrong), wrong
