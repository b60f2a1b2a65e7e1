"""Formulas whose numbers have all their digits."""

import pytest

from engine.formulas import numbers as notation


def exactly(value: float, digits: int = 4) -> str:
    """A number with all its digits, so that a formula comes to its value and not only close to it."""
    mantissa, _, exponent = f"{value + 0.0:.17g}".partition("e")
    return rf"{mantissa}\cdot 10^{{{int(exponent)}}}" if exponent else mantissa


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers in formulas have all their digits, so that one comes to its value and not only close to it."""
    monkeypatch.setattr(notation, "latex", exactly)
