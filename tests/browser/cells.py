"""Typing into the editor's tables."""

from playwright.sync_api import Locator, Page


def cell(page: Page, place: str) -> Locator:
    """The field of a place in the network, such as x.1 or w.1.2.3."""
    return page.locator(f'[data-testid=stSidebar] [data-place="{place}"]')


def type_number(page: Page, place: str, text: str) -> None:
    """Type into the field of a place, with Enter."""
    cell(page, place).fill(text)
    cell(page, place).press("Enter")
