"""A page of the app on paper: makes its PDF and finds what is cut, dark, lonely or nearly empty on its sheets.

What may not be cut gets a line above and below it, and what may not stand last on a sheet one below it, in colours that
nothing else has. The lines are then found in pictures of the sheets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from playwright.sync_api import Page

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

FIGURES = ".stPlotlyChart, .player .board"
FORMULAS = ".stMarkdown .katex-display"
# headings, and what is said before a table
LEADS = (
    ".stMarkdown :is(h2, h3), .stHeading :is(h2, h3), .stElementContainer:has(+ .stElementContainer table) p:last-child"
)
FIGURE, FORMULA, LEAD = (255, 0, 255), (0, 255, 255), (255, 255, 0)
MARKS = f"""@media print {{
    :is({FIGURES}) {{border-block: 3px solid rgb{FIGURE} !important}}
    :is({FORMULAS}) {{border-block: 3px solid rgb{FORMULA} !important}}
    :is({LEADS}) {{border-bottom: 3px solid rgb{LEAD} !important}}
}}"""
SEEN = """selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()
    && !e.closest('details:not([open]), [data-testid=stSidebar]')).length"""
# of a sheet at 72 to the inch, in pixels: where nothing may be beside the text; two lines of text
MARGIN, LINES = 34, 40


@dataclass(frozen=True)
class Sheets:
    """A page's PDF, its sheets as pictures, (height, width, 3), and how many figures and formulas they have to hold."""

    pdf: bytes
    pictures: tuple[Pixels, ...]
    figures: int
    formulas: int

    @property
    def ink(self) -> int:
        """How much of all sheets has a colour that can be read."""
        return sum(int(_ink(picture).sum()) for picture in self.pictures)


def printed(page: Page, form: str) -> Sheets:
    """Print the page that is shown, on A4 or Letter."""
    marks = page.add_style_tag(content=MARKS)
    pdf = page.pdf(format=form)
    marks.evaluate("element => element.remove()")
    figures, formulas = (page.evaluate(SEEN, selector) for selector in (FIGURES, FORMULAS))
    document = pypdfium2.PdfDocument(pdf)
    pictures = tuple(sheet.render(scale=1).to_numpy()[:, :, 2::-1].copy() for sheet in document)
    document.close()
    return Sheets(pdf, pictures, figures, formulas)


def faults(sheets: Sheets) -> list[str]:
    """What is wrong with the sheets, in words."""
    every = [f"sheet {n}: {fault}" for n, sheet in enumerate(sheets.pictures, 1) for fault in _of_sheet(sheet)]
    last = len(sheets.pictures)
    every += [f"sheet {n}: nearly empty" for n, sheet in enumerate(sheets.pictures, 1) if n < last and _empty(sheet)]
    return every + list(_missing(sheets))


def _of_sheet(sheet: Pixels) -> Iterator[str]:
    ink = _ink(sheet)
    if ink[:, :MARGIN].any() or ink[:, -MARGIN:].any():
        yield "something reaches into the margin"
    if _dark(sheet):
        yield "a dark ground"
    for words, colour in (("a figure", FIGURE), ("a formula", FORMULA)):
        if len(_bands(sheet, colour)) % 2:
            yield f"{words} is cut"
    below = np.flatnonzero((ink & ~_marked(sheet, LEAD)).any(axis=1))
    if any(not (below > band + 4).any() for band in _bands(sheet, LEAD)):
        yield "a heading or an introduction stands last"


def _missing(sheets: Sheets) -> Iterator[str]:
    for words, colour, expected in (("figures", FIGURE, sheets.figures), ("formulas", FORMULA, sheets.formulas)):
        found = sum(len(_bands(sheet, colour)) for sheet in sheets.pictures) // 2
        if found < expected:
            yield f"{found} of {expected} {words}"


def _ink(sheet: Pixels) -> Mask:
    return np.asarray(sheet.min(axis=2) < 200)


def _empty(sheet: Pixels) -> bool:
    rows = np.flatnonzero(_ink(sheet).any(axis=1))
    return not len(rows) or bool(rows[-1] - rows[0] < LINES)


def _dark(sheet: Pixels) -> bool:
    """Whether a square of some size is as dark as the dark theme's grounds are."""
    dark = sheet.max(axis=2) < 80
    height, width = (size // 8 * 8 for size in dark.shape)
    return bool(dark[:height, :width].reshape(height // 8, 8, width // 8, 8).all(axis=(1, 3)).any())


def _marked(sheet: Pixels, colour: tuple[int, int, int]) -> Mask:
    return np.asarray((np.abs(sheet.astype(int) - colour) < 60).all(axis=2))


def _bands(sheet: Pixels, colour: tuple[int, int, int]) -> list[int]:
    """The first row of each line in a colour."""
    rows = _marked(sheet, colour).sum(axis=1) > 10
    return [int(row) for row in np.flatnonzero(rows & ~np.concatenate([[False], rows[:-1]]))]
