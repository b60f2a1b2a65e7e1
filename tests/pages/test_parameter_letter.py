"""The letter of an activation's parameter is its record's, wherever it is written."""

from dataclasses import replace

import pytest

from engine import ACTIVATIONS, Experiment, Layer, Network, encode, torch_program
from tests.pages.page import Page
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


def words(page: Page) -> list[str]:
    # what SELU calls α is a constant of its own
    return [said.text for said in spoken(page) if "SELU" not in said.text]


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
    page = Page(name, net=encode(experiment()))
    for key, view in chosen.items():
        page.set(key, view)
    if "Compare" in chosen.values():
        page.set("compared", PARAMETRIC)
    said = words(page)
    assert [text for text in said if "α" in text or "alpha" in text] == []
    assert any("ω" in text or "omega" in text for text in said)


def test_a_program_for_pytorch_has_the_number_in_place_of_the_letter() -> None:
    program = torch_program(experiment())
    assert "omega" not in program and "alpha" not in program
