"""Links and files that somebody else made up: nothing but InvalidExperiment comes of them, whatever they hold."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, decode, encode, from_json, to_json
from engine.files import strict_json
from engine.files.strict_json import MAX_CHARACTERS
from engine.limits import MAX_LAYERS

MAZUR = PRESETS["mazur"].experiment
GOOD: dict[str, Any] = json.loads(to_json(MAZUR))


def token_of(text: str | bytes) -> str:
    packed = zlib.compress(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), 9)
    return "1." + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def changed(path: tuple[str | int, ...], value: Any) -> str:
    """The document with one place replaced; `...` stands for a place left out."""
    document = json.loads(json.dumps(GOOD))
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(document)


LAYER = GOOD["layers"][0]
WRONG: list[tuple[str, str]] = [
    *(
        (changed((name,), ...), f"lacks the field '{name}'")
        for name in GOOD
        if name not in ("version", "update_biases")
    ),
    *((changed(("layers", 0, name), ...), f"Layer 1 lacks the field '{name}'") for name in LAYER),
    *((changed(("version",), value), "version must be 1") for value in (2, 0, "1", True, None, [1], 1.5)),
    (changed(("version",), ...), "version must be 1"),
    *((changed(("layers",), value), "list of 1 to 64 layers") for value in ([], {}, None, "layers", 3)),
    (changed(("layers",), [LAYER] * (MAX_LAYERS + 1)), "list of 1 to 64 layers"),
    *((changed(("layers", 1), value), "Layer 2 must be an object") for value in (None, [], "layer", 1)),
    (changed(("layers", 0, "color"), "red"), "Layer 1 has a field that is not known: 'color'"),
    (changed(("eval",), "1"), "field that is not known: 'eval'"),
    *((changed(("layers", 0, "W", 0, 0), value), "Layer 1: The weights W") for value in ("0.15", None, True, [1], {})),
    (changed(("layers", 0, "W", 0, 0), 10**30), "Layer 1: The weights W"),
    (changed(("layers", 0, "W", 0), [1]), "Layer 1: The weights W"),
    (changed(("layers", 0, "W"), [[[1]]]), "Layer 1: The weights W"),
    (changed(("layers", 0, "W"), "[[1]]"), "Layer 1: The weights W"),
    (changed(("layers", 1, "b"), [1]), "Layer 2: The biases b"),
    *(
        (changed(("layers", 0, "activation"), value), "no activation")
        for value in ("x", None, 1, ["relu"], {}, "ReLU\0")
    ),
    (changed(("layers", 0, "parameter"), 1), "activation sigmoid has no parameter"),
    (changed(("layers", 0), LAYER | {"activation": "elu", "parameter": 9}), "parameter of elu must be from 0 to 3"),
    *((changed(("loss",), value), "no loss called") for value in ("x", None, 1, ["huber"], {"huber": 1}, True)),
    (
        changed(("layers", 1), LAYER | {"activation": "tanh"}).replace("half_squared_error", "cross_entropy"),
        "it is tanh",
    ),
    *((changed(("x",), value), "input x") for value in ([1], [1, "2"], [1, True], None, "12", [[1, 2]], {"0": 1})),
    *((changed(("y",), value), "target y") for value in ([1], [1, None], 5, [])),
    *((changed(("learning_rate",), value), "learning rate") for value in (-1, "1", True, None, [1], 10**400)),
    *((changed(("update_biases",), value), "update_biases") for value in (1, "true", None, [])),
    (to_json(MAZUR).replace("0.05", "NaN"), "Numbers must be finite; the text holds NaN"),
    (to_json(MAZUR).replace("0.05", "-Infinity"), "Numbers must be finite"),
    (to_json(MAZUR).replace("0.05", "1e999"), "input x must hold finite numbers"),
    (to_json(MAZUR).replace("0.05", "9" * 5000), "has 5,000 digits; at most 4,000"),
    (to_json(MAZUR).replace('"sigmoid"', '"\\ud800"'), "half of a character"),
    (to_json(MAZUR).replace('"x"', '"\\uDFFF"'), "half of a character"),
    (to_json(MAZUR).replace("0.05", "00.05"), "not valid JSON"),
    (to_json(MAZUR).replace('"x"', '"y"'), "names a field twice"),
    (to_json(MAZUR)[:-1] + ',"loss":"huber"}', "names a field twice"),
    (to_json(MAZUR)[:-1], "not valid JSON"),
    (to_json(MAZUR) + "{}", "not valid JSON"),
    ("", "not valid JSON"),
    ("null", "must be a JSON object"),
    ("[]", "must be a JSON object"),
    ('"text"', "must be a JSON object"),
    ("__import__('os')", "not valid JSON"),
    ("\ud800", "not valid JSON"),
    ("{" * 100_000, "not valid JSON"),
    ("[" * MAX_CHARACTERS, "nested too deeply"),
    ('{"a":' * 30_000, "nested too deeply"),
    (" " * (MAX_CHARACTERS + 1), "too long: at most 1,000,000 characters"),
    ("[" + ",".join(["{}"] * 60_000) + "]", "must be a JSON object"),
]


@pytest.mark.parametrize(
    ("text", "message"), WRONG, ids=[f"{i}: {message[:40]}" for i, (_, message) in enumerate(WRONG)]
)
def test_json_that_is_wrong_is_refused_and_so_is_its_token(text: str, message: str) -> None:
    with pytest.raises(InvalidExperiment, match=message):
        from_json(text)
    with pytest.raises(InvalidExperiment):
        decode(token_of(text))


@pytest.mark.parametrize("depth", [3, 60, 70, 300, 480, 900, 980, 990, 1100])
@pytest.mark.parametrize("place", [("layers", 0, "W"), ("layers", 0, "activation"), ("loss",), ("x",), ("version",)])
def test_nesting_of_any_depth_in_any_field_is_refused(depth: int, place: tuple[str | int, ...]) -> None:
    text = changed(place, "HERE").replace('"HERE"', "[" * depth + "1" + "]" * depth)
    with pytest.raises(InvalidExperiment):
        from_json(text)


def test_a_mark_of_the_encoding_before_the_text_and_whole_characters_in_escapes_are_read() -> None:
    assert from_json("\ufeff" + to_json(MAZUR)) == MAZUR
    assert strict_json.parse(r'{"\ud83d\ude00": 1}') == {"😀": 1}


def test_too_many_layers_are_refused_before_any_is_built() -> None:
    layers = ",".join(['{"W":[[1]],"b":[1],"activation":"relu"}'] * 25_000)
    with pytest.raises(InvalidExperiment):
        decode(token_of(to_json(MAZUR).replace('"layers":[', f'"layers":[{layers},')))
    short = ",".join(["1"] * 25_000)
    with pytest.raises(InvalidExperiment, match="1 to 64 layers"):
        from_json(changed(("layers",), "HERE").replace('"HERE"', f"[{short}]"))


BROKEN: list[tuple[Any, str]] = [
    ("", "another version of the app, or it is incomplete"),
    ("1", "incomplete"),
    ("2." + encode(MAZUR)[2:], "another version"),
    ("01." + encode(MAZUR)[2:], "another version"),
    ("１." + encode(MAZUR)[2:], "another version"),
    (encode(MAZUR)[2:], "another version"),
    ("1.", "damaged"),
    ("1.A", "damaged"),
    ("1.!!!!", "damaged"),
    ("1.été", "damaged"),
    ("1.\ud800", "damaged"),
    ("1." + base64.urlsafe_b64encode(b"no zlib").decode(), "damaged"),
    (encode(MAZUR) + "\n", "damaged"),
    (encode(MAZUR) + " ", "damaged"),
    (encode(MAZUR)[:10] + "?" + encode(MAZUR)[10:], "damaged"),
    (encode(MAZUR) + encode(MAZUR)[2:], "damaged"),
    (token_of(b"\xff\xfe{}"), "damaged"),
    (token_of(to_json(MAZUR).encode("utf-16")), "damaged"),
    (token_of(b" " * 50_000_000), "damaged"),
    (token_of(b"1" * 50_000_000), "damaged"),
    ("1." + "A" * MAX_CHARACTERS, "too long"),
    (None, "not one of this app's"),
    (b"1.AAAA", "not one of this app's"),
]


@pytest.mark.parametrize(("token", "message"), BROKEN, ids=[str(index) for index in range(len(BROKEN))])
def test_a_token_that_encode_did_not_make_is_refused(token: Any, message: str) -> None:
    with pytest.raises(InvalidExperiment, match=message):
        decode(token)


def test_a_token_cut_off_anywhere_is_refused() -> None:
    whole = encode(MAZUR)
    for length in range(len(whole)):
        with pytest.raises(InvalidExperiment):
            decode(whole[:length])


@given(st.integers(2, len(encode(MAZUR)) - 1), st.sampled_from("ABCabc019-_.=+/% \u00e9"))
def test_a_token_with_one_character_changed_is_refused_or_means_a_valid_experiment(place: int, character: str) -> None:
    token = encode(MAZUR)
    with suppress(InvalidExperiment):
        assert isinstance(decode(token[:place] + character + token[place + 1 :]), Experiment)


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    for read in (decode, from_json, lambda body: decode(f"1.{body}"), lambda body: decode(token_of(body))):
        with pytest.raises(InvalidExperiment):
            read(text)


@given(st.binary())
def test_any_bytes_in_a_token_are_refused(body: bytes) -> None:
    with pytest.raises(InvalidExperiment):
        decode(token_of(body))
    with pytest.raises(InvalidExperiment):
        decode("1." + base64.urlsafe_b64encode(body).decode())


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of the document."""
    if path:
        yield path
    steps: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from places(inner, (*path, step))


# the last are those that a good document may have
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.floats(0.0, 1.0)
    | st.sampled_from(["relu", "sigmoid", "half_squared_error", "huber"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def meant(text: str) -> list[Experiment]:
    """What a document means, as a file and in a link; it comes back from either as it is."""
    read: Callable[[str], Experiment]
    found = []
    for read in (from_json, lambda text: decode(token_of(text))):
        with suppress(InvalidExperiment):
            found.append(read(text))
            assert from_json(to_json(found[-1])) == found[-1] == decode(encode(found[-1]))
    return found


@given(st.sampled_from(list(places(GOOD))), ANYTHING)
def test_anything_in_any_place_is_refused_or_means_a_valid_experiment(place: tuple[str | int, ...], value: Any) -> None:
    meant(changed(place, value))


NUMBERS = [place for place in places(GOOD) if isinstance(reduce(getitem, place, GOOD), float)]


@pytest.mark.parametrize("place", NUMBERS, ids=str)
def test_another_number_in_the_place_of_one_means_another_experiment(place: tuple[str | int, ...]) -> None:
    found = meant(changed(place, 0.125))
    assert len(found) == 2 and found[0] == found[1] != MAZUR
