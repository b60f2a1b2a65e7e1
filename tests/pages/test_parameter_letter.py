"""The letter of an activation's parameter is its record's, wherever it is written."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, Experiment, Layer, Network, encode, torch_program
from tests.pages.scenes import opened
from tests.pages.spoken import spoken

PARAMETRIC = [name for name, record in ACTIVATIONS.items() if record.parameter]


@pytest.fixture(autouse=True)
def another_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every parameter is an ω for once."""
    for name in PARAMETRIC:
        record = ACTIVATIONS[name]
        old, changed = record.parameter, replace(record.parameter, symbol=r"\omega")
        code = replace(record.code, **{of: text.replace(old.name, "omega") for of, text in vars(record.code).items()})
        monkeypatch.setitem(ACTIVATIONS._records, name, replace(record, parameter=changed, code=code))


def experiment() -> Experiment:
    return Experiment(Network([Layer([[0.7]], [-1.6], name) for name in PARAMETRIC], "huber"), [1.3], [0.2], 0.1)


def page(name: str, **chosen: str) -> AppTest:
    """A page of a network with these functions, in a view of its own."""
    at = opened(name, net=encode(experiment()))
    for key, view in chosen.items():
        at.segmented_control(key=key).set_value(view).run()
    assert not at.exception
    return at


def words(at: AppTest) -> list[str]:
    # what SELU calls α is a constant of its own
    return [said.text for said in spoken(at) if "SELU" not in said.text]


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("app.py", {}),
        ("pages/derivation.py", {}),
        ("pages/activations.py", {}),
        ("pages/activations.py", {"activations_view": "Gallery"}),
        ("pages/activations.py", {"activations_view": "Compare"}),
        ("pages/share.py", {"share_as": "Programs"}),
    ],
)
def test_no_page_calls_a_parameter_by_another_letter(name: str, chosen: dict[str, str]) -> None:
    at = page(name, **chosen)
    if "Compare" in chosen.values():
        at.pills(key="compared").set_value(PARAMETRIC).run()
    said = words(at)
    assert [text for text in said if "α" in text or "alpha" in text] == []
    assert any("ω" in text or "omega" in text for text in said)


def test_a_program_for_pytorch_has_the_number_in_place_of_the_letter() -> None:
    program = torch_program(experiment())
    assert "omega" not in program and "alpha" not in program
