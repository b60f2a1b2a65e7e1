"""All numbers in tables: opened, sorted, copied, lit with the picture, and never older than what is at hand."""

from playwright.sync_api import expect

from engine.programs.all_numbers import as_numpy, as_tsv, tables
from tests.browser.cells import type_number
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.samples import EXAMPLE


def test_the_tables_are_opened_sorted_copied_and_follow_the_network(open_page: OpenPage) -> None:
    page = open_page("/?preset=worked-example&step=1", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("All numbers").click()
    parameters, neurons = (page.get_by_role("region", name=name) for name in ("Parameters", "Neurons"))
    rows = parameters.locator("tbody tr")
    expect(rows).to_have_count(EXAMPLE.network.parameter_count)
    for kind, text in (("tsv", as_tsv(tables(EXAMPLE))), ("numpy", as_numpy(EXAMPLE))):
        page.locator(f"[data-copy={kind}]").click()
        expect(page.locator(".all-numbers output")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == text
    heading = parameters.get_by_role("button", name="gradient", exact=True)
    heading.press("Enter")
    expect(parameters.locator("th[aria-sort=ascending]")).to_have_text("gradient ↑")
    expect(rows.first).to_contain_text("b⁽³⁾₁")
    type_number(page, "w.3.1.1", "-1")
    # still sorted, by the new numbers
    expect(parameters.locator('tr[data-of="w.3.1.1"] td').first).to_have_text("−1")
    gradients = [float(text.replace("−", "-")) for text in rows.locator("td:nth-of-type(2)").all_inner_texts()[:3]]
    assert gradients == sorted(gradients)
    settle(page)
    neurons.locator('tr[data-of="n.2.1"]').hover()
    expect(page.locator('.spots [data-spot="n.2.1"]')).to_contain_class("lit")
