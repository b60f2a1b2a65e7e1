"""The published numbers beside ours."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest

from engine import PRESETS
from engine.derivation.blocks import Formula, Prose, Table
from engine.derivation.chapters.ch10_published_numbers import published_section
from tests.latex import evaluate


def prose(blocks: tuple[object, ...]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Prose))


PUBLISHED = [name for name, preset in PRESETS.items() if preset.published]


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_published_number_stands_beside_ours_with_its_difference(name: str) -> None:
    preset = PRESETS[name]
    (table,) = [block for block in published_section(preset).blocks if isinstance(block, Table)]
    for row, number in zip(table.rows, preset.published, strict=True):
        ours = number.ours(preset.experiment)
        assert row[2] == number.printed.replace("-", "−")
        assert evaluate(row[3].strip("$")) == pytest.approx(ours, rel=1e-8)
        assert evaluate(row[4].strip("$")) == pytest.approx(number.value - ours, rel=0.05)
        assert (row[5] == "agrees") == number.agrees(ours)
        if number.explained and row[5] != "agrees":
            slip = row[5].rpartition("$")[0].rpartition("$")[2]
            assert evaluate(slip) == pytest.approx(number.explained(preset.experiment), rel=1e-8)


def test_the_section_says_how_many_agree_and_why_the_others_do_not() -> None:
    text = prose(published_section(PRESETS["worked-example"]).blocks)
    assert "12 of the numbers printed there are compared here; 6 agree" in text
    assert "without the exponential" in text and "two slips" in text
    assert "1 agrees with ours in all its digits" in prose(published_section(PRESETS["zaki"]).blocks)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_name_keeps_its_letter_where_it_begins_a_sentence_and_a_word_has_a_capital(name: str) -> None:
    blocks = [block.text for block in published_section(PRESETS[name]).blocks if isinstance(block, Prose)]
    for label in (text.removeprefix("**") for text in blocks if text.startswith("**")):
        is_name = re.match(r"(?:w|dW)\d", label)
        assert label[0].islower() if is_name else label[0].isupper(), label


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_number_that_was_cut_off_and_not_rounded_is_called_truncated(name: str) -> None:
    preset = PRESETS[name]
    text = prose(published_section(preset).blocks)
    told = text.partition("**Truncated**")[2].partition("source:")[2]
    for number in preset.published:
        ours, places = Decimal(number.ours(preset.experiment)), Decimal(1).scaleb(-number.decimals)
        printed = Decimal(number.printed)
        cut = ours.quantize(places, ROUND_DOWN) == printed != ours.quantize(places, ROUND_HALF_EVEN)
        assert not cut or number.label in told
    assert ("**Truncated**" in text) == (
        name in ("worked-example", "han-kamber", "macleod", "cs-notebook", "mind", "singman")
    )


def test_the_three_ways_to_the_delta_are_computed() -> None:
    shown = [b.latex for b in published_section(PRESETS["worked-example"]).blocks if isinstance(b, Formula)][1::2]
    found = [np.squeeze(evaluate(latex.rpartition(" = ")[2])) for latex in shown]
    np.testing.assert_allclose(found[0], (-0.8016, 0.2854, 0.5162))
    np.testing.assert_allclose(found[1], found[0])
    np.testing.assert_allclose(found[2], (-1.093, 0.2662, 0.8263))
