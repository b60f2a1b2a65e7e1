"""Typing into a cell of Streamlit's data editor, which is drawn on a canvas."""

from playwright.sync_api import Locator, Page

# of a row, and of the header above the first
ROW = 35


def fill_cell(page: Page, table: Locator, column: int, left: float, text: str) -> None:
    """Type into the first row's cell of a column, counted from 0, so many pixels from the left; Enter comes later."""
    cell = table.get_by_test_id(f"glide-cell-{column}-0")
    for _ in range(20):
        # while the page around it still moves, the table misses clicks
        table.click(position={"x": left, "y": 1.5 * ROW})
        page.wait_for_timeout(300)
        if cell.get_attribute("aria-selected") == "true":
            break
    # a cell that was selected before opens at once
    if not page.locator("#portal input").count():
        page.keyboard.press("Enter")
    page.locator("#portal input").fill(text)


def fill_first_weight(page: Page, text: str) -> None:
    """Type into the Network page's weight from x₁ to the first hidden neuron: the second of five columns."""
    table = page.locator("[data-testid=stSidebar] [data-testid=stDataFrame]").nth(2)
    fill_cell(page, table, 1, 0.3 * table.bounding_box()["width"], text)
