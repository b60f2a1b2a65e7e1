"""An experiment as JSON and as the token of a link, and back. Both carry a version; nothing in them is evaluated.

A token is the version, a dot, and the zlib-compressed JSON in URL-safe base64. Version 1 holds one example, as ever;
version 2 holds a batch, with its examples as rows, and the reduction over them.
"""

import base64
import binascii
import json
import zlib
from typing import Any

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files import strict_json as json_text
from engine.files.strict_json import MAX_CHARACTERS
from engine.limits import MAX_LAYERS
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Layer, Network

VERSION, OF_BATCHES = 1, 2


def to_json(experiment: Experiment) -> str:
    """Return the experiment as one line of JSON; every number comes back as the same float64."""
    network = experiment.network
    document = {
        "version": _version(experiment),
        "layers": [_layer_to_json(layer) for layer in network.layers],
        "loss": network.loss,
        "x": _rows(experiment.x),
        "y": _rows(experiment.y),
        "learning_rate": experiment.learning_rate,
        "update_biases": experiment.update_biases,
        **({"reduction": experiment.reduction} if experiment.examples > 1 else {}),
    }
    return json.dumps(document, separators=(",", ":"))


def from_json(text: str, most: int = MAX_CHARACTERS) -> Experiment:
    """Return the experiment that `to_json` wrote; raise InvalidExperiment saying what is wrong with any other text.

    At most `most` characters are read: a file may have more than a link.
    """
    try:
        return _read(_object(text, most))
    except RecursionError as error:
        # what could just be read may be too deep to be shown in a message
        raise InvalidExperiment("The text is nested too deeply to be an experiment.") from error


def _read(document: dict[str, Any]) -> Experiment:
    version = document.get("version")
    if isinstance(version, bool) or version not in (VERSION, OF_BATCHES):
        raise InvalidExperiment(
            f"The version must be {VERSION} or {OF_BATCHES}; this was made by another version of the app."
        )
    known = ("version", "layers", "loss", "x", "y", "learning_rate", "update_biases")
    of_batches = ("reduction",) if version == OF_BATCHES else ()
    _require_fields(document, (*known, *of_batches), ("update_biases", *of_batches), "The file")
    layers = document["layers"]
    if not isinstance(layers, list) or not 1 <= len(layers) <= MAX_LAYERS:
        raise InvalidExperiment(f"layers must be a list of 1 to {MAX_LAYERS} layers.")
    network = Network([_layer_from_json(layer, number) for number, layer in enumerate(layers, 1)], document["loss"])
    experiment = Experiment(
        network,
        document["x"],
        document["y"],
        document["learning_rate"],
        document.get("update_biases", True),
        document.get("reduction", "mean"),
    )
    if _version(experiment) != version:
        several = f"{experiment.examples} examples" if experiment.examples > 1 else "one example"
        raise InvalidExperiment(f"The version must be {_version(experiment)} with {several}; {version} was given.")
    return experiment


def encode(experiment: Experiment) -> str:
    """Return the experiment as a token of letters, digits, "-", "_" and one "."."""
    packed = zlib.compress(to_json(experiment).encode(), level=9)
    return f"{_version(experiment)}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def decode(token: str) -> Experiment:
    """Return the experiment of a token; raise InvalidExperiment for anything that `encode` did not make."""
    if not isinstance(token, str) or len(token) > MAX_CHARACTERS:
        raise InvalidExperiment("The link is not one of this app's, or it is too long.")
    version, dot, body = token.partition(".")
    unknown = InvalidExperiment("The link was made by another version of the app, or it is incomplete.")
    if not dot or version not in (str(VERSION), str(OF_BATCHES)):
        raise unknown
    experiment = from_json(_unpack(body))
    if version != str(_version(experiment)):
        raise unknown
    return experiment


def _version(experiment: Experiment) -> int:
    return VERSION if experiment.examples == 1 else OF_BATCHES


def _unpack(body: str) -> str:
    damaged = "The link is damaged: part of it is missing or was changed. Ask for it again."
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        # never more than the limit, however small the bomb
        text = unpacker.decompress(packed, MAX_CHARACTERS)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise InvalidExperiment(damaged) from error
    if not unpacker.eof or unpacker.unused_data:
        raise InvalidExperiment(damaged)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise InvalidExperiment(damaged) from error


def _object(text: str, most: int) -> dict[str, Any]:
    document = json_text.parse(text, most)
    if not isinstance(document, dict):
        raise InvalidExperiment("The text must be a JSON object.")
    return document


def _require_fields(record: dict[str, Any], known: tuple[str, ...], optional: tuple[str, ...], where: str) -> None:
    missing = [name for name in known if name not in record and name not in optional]
    unknown = [name for name in record if name not in known]
    if missing:
        raise InvalidExperiment(f"{where} lacks the field {missing[0]!r}.")
    if unknown:
        raise InvalidExperiment(f"{where} has a field that is not known: {unknown[0]!r:.60}.")


def _layer_to_json(layer: Layer) -> dict[str, Any]:
    fields = {"activation": layer.activation, "W": [_numbers(row) for row in layer.W], "b": _numbers(layer.b)}
    record = ACTIVATIONS[layer.activation].parameter
    if record is None or layer.parameter == record.default:
        return fields
    return fields | {"parameter": layer.parameter}


def _layer_from_json(layer: Any, number: int) -> Layer:
    where = f"Layer {number}"
    if not isinstance(layer, dict):
        raise InvalidExperiment(f"{where} must be an object with the fields W, b and activation.")
    _require_fields(layer, ("W", "b", "activation", "parameter"), ("parameter",), where)
    try:
        return Layer(layer["W"], layer["b"], layer["activation"], layer.get("parameter"))
    except InvalidExperiment as error:
        raise InvalidExperiment(f"{where}: {error}") from error


def _rows(values: Array) -> list[Any]:
    return _numbers(values) if values.ndim == 1 else [_numbers(row) for row in values]


def _numbers(values: Array) -> list[int | float]:
    # a whole number is shorter without its ".0", and as exact up to 2**53
    return [int(v) if v.is_integer() and abs(v) < 2**53 else v for v in values.tolist()]
