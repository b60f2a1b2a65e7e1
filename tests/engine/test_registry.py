"""What every registry promises: a read-only mapping in the order given, whose message for a wrong name helps."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPS, PRESETS, InvalidExperiment
from engine.registry import Registry, for_every

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Fruit:
    name: str
    colour: str


FRUITS = Registry("fruit", [Fruit("plum", "blue"), Fruit("apple", "red")])


def test_records_are_found_by_name_in_the_order_given() -> None:
    assert FRUITS["apple"].colour == "red"
    assert list(FRUITS) == ["plum", "apple"] and len(FRUITS) == 2
    assert "plum" in FRUITS and "pear" not in FRUITS and FRUITS.get("pear") is None


def test_a_wrong_name_is_answered_with_the_choices() -> None:
    with pytest.raises(InvalidExperiment) as caught:
        FRUITS["pear"]
    assert str(caught.value) == "There is no fruit called 'pear'. Choose one of: plum, apple."
    assert isinstance(caught.value, KeyError) and isinstance(caught.value, ValueError)


@pytest.mark.parametrize("name", [None, 3, ["plum"], {"plum": 1}, b"plum", True, float("nan")])
def test_what_is_no_name_at_all_is_refused_the_same_way(name: object) -> None:
    with pytest.raises(InvalidExperiment, match="Choose one of: plum, apple"):
        FRUITS[name]  # type: ignore[index]


def test_a_long_name_does_not_flood_the_message() -> None:
    with pytest.raises(InvalidExperiment) as caught:
        FRUITS["x" * 10_000]
    assert len(str(caught.value)) < 200


def test_a_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        FRUITS["pear"] = Fruit("pear", "green")  # type: ignore[index]
    with pytest.raises(TypeError):
        del FRUITS["plum"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("registry", [ACTIVATIONS, INITIALIZERS, LOSSES, OPS, PRESETS])
def test_every_record_is_registered_under_its_own_name(registry: Registry[Fruit]) -> None:
    assert len(registry) > 0 and all(record.name == name for name, record in registry.items())


def test_the_choices_of_the_design_are_all_there() -> None:
    assert set(ACTIVATIONS) >= {
        *("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus"),
        *("softsign", "hard_tanh", "gaussian", "softmax"),
    }
    assert set(LOSSES) >= {
        *("cross_entropy", "binary_cross_entropy", "half_squared_error", "mean_squared_error", "huber"),
    }
    assert set(INITIALIZERS) >= {"he", "xavier", "lecun", "uniform", "normal", "zeros"}


def test_a_table_for_every_record_has_an_entry_for_each_and_no_other_and_says_where_one_is_missing() -> None:
    whole = {"apple": 1, "plum": 2}
    assert for_every(FRUITS, whole, "orchard.prices") == whole
    with pytest.raises(LookupError, match=r"^orchard/prices\.py has no entry for: apple\.$"):
        for_every(FRUITS, {"plum": 2}, "orchard.prices")
    with pytest.raises(LookupError, match=r"^orchard/prices\.py has an entry for what is not registered: pear\.$"):
        for_every(FRUITS, whole | {"pear": 3}, "orchard.prices")


def test_every_table_names_the_file_that_it_stands_in() -> None:
    calls = {
        path: path.read_text(encoding="utf-8") for top in ("engine", "pages") for path in (ROOT / top).rglob("*.py")
    }
    tables = [call for text in calls.values() for call in re.findall(r"^(?:.*= )?for_every\(.*?\)$", text, re.M | re.S)]
    assert len(tables) > 5 and all(re.search(r"__name__,?\s*\)$", call) for call in tables)
