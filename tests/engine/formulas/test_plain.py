"""Greek letters of LaTeX in plain text, judged by their names in Unicode."""

import unicodedata

import pytest

from engine.formulas.plain import GREEK, letter

# the same letter in another shape, and Unicode's own spelling
NAMES = {"varepsilon": "epsilon", "varphi": "phi", "lambda": "lamda", "Lambda": "Lamda"}


@pytest.mark.parametrize("command", GREEK)
def test_a_greek_letter_is_the_one_that_its_command_names(command: str) -> None:
    name = command.removeprefix("\\")
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    # epsilon and phi have a second shape with a name of its own
    found = unicodedata.normalize("NFKC", letter(command))
    assert unicodedata.name(found) == f"GREEK {size} LETTER {NAMES.get(name, name).upper()}"


def test_two_shapes_of_a_letter_stay_two() -> None:
    assert len(set(GREEK.values())) == len(GREEK)


def test_what_is_no_command_is_a_letter_already() -> None:
    assert letter("c") == "c"
