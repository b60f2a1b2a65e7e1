"""A link made once opens for good: tokens of every version, kept as they were made, still decode to what they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import ACTIVATIONS, LOSSES, Experiment, Layer, Network, decode, encode
from engine.files.experiment_json import VERSION

TOKENS = Path(__file__).parent / "tokens"
KEPT = [
    pytest.param(entry["token"], entry["experiment"], id=f"{file.stem}: {name}")
    for file in sorted(TOKENS.glob("version_*.json"))
    for name, entry in json.loads(file.read_text(encoding="utf-8")).items()
]


def built(document: dict[str, Any]) -> Experiment:
    """The experiment of a document of version 1, without the code that is tested."""
    layers = [Layer(l["W"], l["b"], l["activation"], l.get("parameter")) for l in document["layers"]]
    network = Network(layers, document["loss"])
    return Experiment(network, document["x"], document["y"], document["learning_rate"], document["update_biases"])


@pytest.mark.parametrize(("token", "document"), KEPT)
def test_a_link_made_long_ago_still_opens(token: str, document: dict[str, Any]) -> None:
    assert decode(token) == built(document)


def test_tokens_of_every_version_are_kept() -> None:
    assert {file.stem for file in TOKENS.glob("*.json")} == {f"version_{n}" for n in range(1, VERSION + 1)}


def test_kept_tokens_hold_every_name_that_version_1_began_with() -> None:
    documents = [entry.values[1] for entry in KEPT]
    activations = {layer["activation"] for document in documents for layer in document["layers"]}
    assert len(activations) >= 15 and activations <= set(ACTIVATIONS)
    losses = {document["loss"] for document in documents}
    assert len(losses) >= 5 and losses <= set(LOSSES)


def test_a_token_of_today_carries_the_version_of_today() -> None:
    token, document = KEPT[0].values
    assert encode(built(document)).startswith(f"{VERSION}.") and token.startswith("1.")
