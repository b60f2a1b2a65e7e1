"""The order of the steps in the text against where the text itself has them."""

import pytest

from engine.backprop.trace import Detail, trace
from engine.derivation import book, reading_order
from engine.derivation.blocks import Prose, Working, place_of
from tests.engine.derivation.cases import CASES


@pytest.mark.parametrize("detail", ["neuron", "layer"])
@pytest.mark.parametrize("name", CASES)
def test_no_step_is_told_in_an_earlier_chapter_than_the_one_before(name: str, detail: Detail) -> None:
    chapters = book(CASES[name])
    told = {
        block.place: number
        for number, chapter in enumerate(chapters)
        for block in chapter.blocks
        if isinstance(block, Working | Prose) and block.place
    }
    steps = trace(CASES[name].example(1), detail)
    order = reading_order(steps)
    assert sorted(order) == list(range(1, len(steps) + 1))
    numbers = [told[place_of(steps[number - 1].op, steps[number - 1].layer)] for number in order]
    assert numbers == sorted(numbers)
    # within a chapter it is the order of the calculation
    pairs = [(chapter, number) for chapter, number in zip(numbers, order, strict=True)]
    assert pairs == sorted(pairs)
