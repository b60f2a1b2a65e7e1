"""Pages as PDFs, looked at as pictures: nothing is cut, dark, lonely or nearly empty, and all numbers are there."""

import numpy as np
import pypdfium2
import pytest

from engine import encode
from engine.network.editing import randomised, resized
from tests.browser.fixtures import OpenPage
from tests.browser.player import ready
from tests.browser.sheets import Sheets, faults, printed
from tests.samples import EXAMPLE

WIDE = encode(randomised(resized(EXAMPLE, [9, 9]), "xavier", 4))


def text_of(sheets: Sheets) -> str:
    document = pypdfium2.PdfDocument(sheets.pdf)
    # spaces are places, and not always letters
    return "".join("".join(sheet.get_textpage().get_text_range() for sheet in document).split())


def test_the_derivation_is_whole_on_paper(open_page: OpenPage) -> None:
    sheets = printed(open_page(f"/derivation?net={WIDE}", scheme="dark"), "Letter")
    assert sheets.figures == 1 and sheets.formulas > 20 and len(sheets.pictures) > 5
    assert faults(sheets) == []


def test_the_network_page_prints_the_picture_the_step_and_all_numbers(open_page: OpenPage) -> None:
    page = ready(open_page("/?preset=worked-example&step=30", scheme="dark"))
    width = page.locator(".player .plot .main-svg").first.bounding_box()["width"]
    sheets = printed(page, "A4")
    assert sheets.figures == 2 and faults(sheets) == []
    said = text_of(sheets)
    step = ("Hidden 2 · gradients of the weights, neuron 1", "[0.03465, 0.0326, 0.0462]")
    for part in (*step, "cross-entropy", "Parameters", "0.000724673", "2.82304"):
        assert part.replace(" ", "") in said, part
    assert not any(word in said for word in ("Apply", "onelayer", "Randomise", "Loop", "Derivation"))
    # and the screen is as it was
    assert page.locator(".player .plot .main-svg").first.bounding_box()["width"] == pytest.approx(width, abs=1)
    assert page.locator(".main-svg[viewBox], [style*='--paper']").count() == 0


def test_a_fault_on_a_sheet_is_found() -> None:
    white = np.full((842, 595, 3), 255, np.uint8)

    def sheet(*parts: tuple[slice, slice, tuple[int, int, int]]) -> np.ndarray:
        drawn = white.copy()
        drawn[100:200, 60:400:7] = 40
        for rows, columns, colour in parts:
            drawn[rows, columns] = colour
        return drawn

    across, few = slice(50, 500), slice(100, 200)
    whole = sheet((slice(300, 303), across, (255, 0, 255)), (slice(400, 403), across, (255, 0, 255)))
    assert faults(Sheets(b"", (whole, sheet()), 1, 0)) == []
    cut = sheet((slice(300, 303), across, (255, 0, 255)))
    last = sheet((slice(300, 303), across, (255, 255, 0)))
    empty = white.copy()
    empty[100:120, 60:200] = 100
    for wrong, words in (
        (cut, "a figure is cut"),
        (last, "stands last"),
        (sheet((few, slice(580, 590), (90, 90, 90))), "margin"),
        (sheet((few, across, (21, 22, 26))), "dark"),
        (empty, "nearly empty"),
    ):
        assert any(words in fault for fault in faults(Sheets(b"", (wrong, whole), 1, 0))), words
    assert faults(Sheets(b"", (whole,), 2, 1)) == ["1 of 2 figures", "0 of 1 formulas"]
