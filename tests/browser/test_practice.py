"""The Practice page in a real browser: a question from the first look to the next one, pasted numbers, a worksheet."""

import re

from playwright.sync_api import Page, expect

from engine import PRESETS
from engine.practice import worksheet
from engine.practice.mastery import read
from engine.practice.modes import prediction, whole_pass
from tests.browser.driver import settle
from tests.browser.fixtures import OpenPage
from tests.browser.visiting import choose, go, press, require_fit

ANSWERS = {question.text: question.answer for question in whole_pass(0, PRESETS["mazur"].experiment)}


def asked(page: Page) -> str:
    """The question, as it stands on the page."""
    return page.locator("[data-testid=stMain] strong", has_text="Compute").inner_text()


def answer(page: Page, text: str) -> None:
    """Type an answer and press Enter."""
    page.get_by_role("textbox", name="Your answer").fill(text)
    page.keyboard.press("Enter")
    settle(page)


def test_the_picture_asks_and_plays_the_step_once_it_is_answered(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur")
    choose(page, "The network at hand")
    # the line tells what is asked for, and not how it is computed
    line = page.locator(".player .formula")
    expect(line).to_have_text(re.compile(r"^[^=]* = \?$"))
    before = line.inner_text()
    page.locator(".player .next").click()
    expect(line).to_have_text(before)
    answer(page, "0.123")
    expect(page.get_by_role("alert").filter(has_text="Not right")).to_be_visible()
    expect(line).to_have_text(before)
    question = asked(page)
    answer(page, f"{ANSWERS[question]:.4g}")
    expect(line).not_to_have_text(re.compile(r"\?$"))
    page.get_by_text("My progress", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my progress").click()
    # of this session, and not of one that has just begun
    assert read(saved.value.path().read_text()).answered == 1
    page.get_by_role("button", name="Next question").click()
    settle(page)
    assert asked(page) != question
    expect(line).to_have_text(re.compile(r"^[^=]* = \?$"))


def test_a_shape_is_asked_for_in_the_picture_and_seen_once_it_is_answered(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur")
    page.get_by_text("All topics").click()
    settle(page)
    choose(page, "Shapes and transposes")
    line = page.locator(".player .formula")
    expect(line).not_to_contain_text("×")
    expect(line).to_contain_text("?")
    page.get_by_role("textbox", name="Your answer").fill("99 × 99")
    page.keyboard.press("Enter")
    settle(page)
    go(page, "Network")
    go(page, "Practice")
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("99 × 99")
    for stage in (1, 2, 3):
        press(page, f"Hint {stage} of 3")
    press(page, "Show the solution")
    expect(line).to_contain_text("×")
    expect(page.get_by_text("So the answer is")).to_be_visible()


def test_hints_come_one_after_the_other_and_then_the_solution(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur")
    for stage, words in enumerate(("The rule:", "With symbols:", "With numbers:"), start=1):
        page.get_by_role("button", name=f"Hint {stage} of 3").click()
        settle(page)
        expect(page.get_by_text(words)).to_be_visible()
    # whoever has no mouse goes on from the button that was pressed, and not from the top of the page
    expect(page.get_by_role("button", name="Show the solution")).to_be_focused()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_role("button", name="Next question")).to_be_focused()
    expect(page.get_by_text("The solution", exact=True)).to_be_visible()
    assert page.locator("[data-testid=stMain] .katex-error").count() == 0


def test_pasted_numbers_are_checked_and_everything_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur", width=390)
    for view in ("A whole pass", "Find the error", "Predict", "Worksheet", "Check my numbers"):
        choose(page, view)
        require_fit(page)
    page.get_by_role("textbox", name="Your numbers").fill(
        "z1: [0.3775 0.3925]\ndelta2 = [-0.1385, 0.0381]\ndW2 = [[-0.08217, -0.08267], [0.0226, 0.02274]]"
    )
    page.get_by_role("button", name="Check my numbers").click()
    settle(page)
    expect(page.get_by_text("is the first that differs")).to_be_visible()
    require_fit(page)


def test_a_link_to_a_worksheet_is_answered_and_printed_without_the_page_around_it(open_page: OpenPage) -> None:
    page = open_page("/practice?sheet=forward-7-3-2")
    for number, question in enumerate(worksheet(7, "forward", 3), start=1):
        rows = question.value.reshape(-1, 1).tolist() if question.value.ndim else [[question.answer]]
        text = "\n".join(" ".join(f"{cell:.4g}" for cell in row) for row in rows)
        page.get_by_role("textbox", name=f"Answer to question {number}").fill(text)
    page.get_by_role("button", name="Check my answers").click()
    settle(page)
    expect(page.get_by_text("3 of 3 right")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Answers as CSV").click()
    # as spreadsheets need it to read the signs of formulas
    assert saved.value.path().read_bytes().startswith("\ufeffvariant,question,".encode())
    choose(page, "Print with blanks")
    page.emulate_media(media="print")
    expect(page.get_by_text("For the teacher")).to_be_hidden()
    expect(page.get_by_text("Forward: worksheet 7, variant 1 of 2")).to_be_visible()


def test_a_weight_is_predicted_by_selecting_it_in_the_picture(open_page: OpenPage) -> None:
    page = open_page("/practice?preset=mazur")
    choose(page, "Predict")
    choose(page, "The network at hand")
    best = prediction(0, PRESETS["mazur"].experiment).best
    page.locator(f'.player [data-spot="{best.weight.text}"]').focus()
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="This one").click()
    settle(page)
    expect(page.get_by_text(re.compile("^Right: .* lowers the loss most"))).to_be_visible()
