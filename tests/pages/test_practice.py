"""The Practice page without a browser: a question from the answer to the solution, and each of the other ways."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS, encode, numpy_program
from engine.gradcheck.mistakes import SLIPS
from engine.network.editing import resized
from engine.practice import Question, worksheet
from engine.practice.exports import Sheet
from engine.practice.mastery import Mastery, written
from engine.practice.modes import flawed, prediction, whole_pass
from tests.pages.page import Page
from tests.samples import EXAMPLE

FILE = "pages/practice.py"
MAZUR = PRESETS["mazur"].experiment


def opened(view: str, **parameters: str) -> Page:
    page = Page(FILE, **parameters)
    return page.set("practice_view", view) if page.value("practice_view") != view else page


def question(page: Page) -> Question:
    current = page.held("practice_current")
    found: Question = current.before.next(current.level)
    return found


def answer(page: Page, text: str) -> Page:
    page.widget(f"practice_answer_{page.held('practice_current').key}").set_value(text)
    return page.press("Check")


def cells(page: Page) -> Page:
    """The page at a question for one number."""
    while question(page).value.ndim:
        answer(page, "\n".join(" ".join(map(repr, [*row])) for row in question(page).value.reshape(-1, 1).tolist()))
        page.press("Next question")
    return page


def test_a_right_answer_is_told_and_counted_and_the_next_question_has_other_numbers() -> None:
    page = opened("One question")
    first = question(page)
    for _ in range(3):
        asked = question(page)
        rows = asked.value.reshape(-1, 1) if asked.value.ndim < 2 else asked.value
        answer(page, "\n".join(" ".join(map(repr, row)) for row in rows.tolist()))
        assert page.said("success") == ["Right\\."]
        assert "The solution" in page.text
        page.press("Next question")
    assert question(page).setting != first.setting
    assert "3 of 3" in page.text
    assert "Loss and output gradients" in page.options("Topic")


def test_a_slip_is_named_hints_come_in_three_stages_and_then_the_solution() -> None:
    page = cells(opened("One question"))
    asked = question(page)
    name, value = next(iter(asked.slips.items()))
    answer(page, repr(value))
    assert SLIPS[name.split(" + ")[0]].said in page.plain
    for stage in range(3):
        page.press(f"Hint {stage + 1} of 3")
        assert asked.hints[stage] in page.text
    assert "The solution" not in page.text
    page.press("Show the solution")
    assert "The solution" in page.text
    assert page.held("practice_mastery").slips == dict.fromkeys(name.split(" + "), 1)


def test_a_slip_in_a_second_answer_counts_as_one_and_the_answer_does_not() -> None:
    page = cells(opened("One question"))
    name, value = next(iter(question(page).slips.items()))
    answer(page, "12345")
    answer(page, repr(value))
    own = page.held("practice_mastery")
    assert own.slips == dict.fromkeys(name.split(" + "), 1) and own.answered == 1


def test_what_is_no_number_costs_no_attempt() -> None:
    page = cells(opened("One question"))
    before = page.held("practice_mastery").answered
    answer(page, "about a half")
    assert "costs no attempt" in page.text
    assert page.held("practice_mastery").answered == before


def test_the_picture_shows_nothing_beyond_the_step_that_is_asked_for() -> None:
    page = cells(opened("One question"))
    asked = question(page)
    told = page.told("practice_player")
    assert told["asks"] == told["step"] == asked.step == len(told["figure"]["frames"])
    answer(page, repr(asked.answer))
    assert page.told("practice_player")["asks"] is None


def test_of_a_batch_the_picture_goes_up_to_where_its_examples_meet() -> None:
    page = opened("One question").set("practice_all", True).set("Topic", "batch")
    told = page.told("practice_player")
    assert told["asks"] == question(page).step == len(told["figure"]["frames"])
    assert "become one" in told["figure"]["frames"][-1]["title"]


def test_a_shape_is_asked_for_without_any_in_its_step() -> None:
    page = opened("One question").set("practice_all", True).set("Topic", "shapes")
    told = page.told("practice_player")
    last = told["figure"]["frames"][-1]
    assert told["asks"] == len(told["figure"]["frames"])
    assert "×" in last["formula"]
    assert "×" not in last["asking"]
    assert "<sub>?</sub>" in last["asking"]


def test_a_question_and_its_table_are_those_of_the_notation_chosen() -> None:
    # its first table of weights is of 2 × 3
    sheet = Sheet(level="update", seed=7, questions=20)
    page = Page(FILE, sheet=sheet.text, notation="keras")
    asked = next(one for one in worksheet(7, "update", 20) if one.kind == "dw" and one.is_table)
    assert "a row for each input" in page.plain
    assert asked.text not in page.plain
    field = f"practice_sheet_{sheet.text}_1_{asked.place}"
    for table, said in ((asked.value.T, "Right"), (asked.value, "exchanged")):
        page.widget(field).set_value("\n".join(" ".join(map(repr, row)) for row in table.tolist()))
        page.press("Check my answers")
        captions = [caption for caption in page.said("caption") if caption.startswith(":material")]
        assert len(captions) == 1
        assert said in captions[0]


def test_of_a_batch_at_hand_the_numbers_of_all_examples_are_asked_for_and_checked() -> None:
    batch = replace(MAZUR, x=np.array([[0.05, 0.1], [0.3, 0.7]]), y=np.array([[0.01, 0.99], [0.5, 0.2]]))
    page = Page(FILE, experiment=batch).set("practice_view", "Check my numbers")
    page.set("practice_check_of", "The whole batch")
    rows = (batch.x @ batch.network.layers[0].W.T + batch.network.layers[0].b).tolist()
    page.widget("practice_pasted").set_value(f"Z1 = {rows}")
    page.press("Check my numbers")
    assert page.said("success") == ["What was found is right\\."]
    page.set("practice_view", "One question").set("practice_all", True).set("Topic", "batch")
    page.set("practice_numbers_question", "The network at hand")
    assert "over the 2 examples" in page.plain


def test_what_does_not_fit_is_no_success() -> None:
    page = opened("Check my numbers", preset="mazur")
    page.widget("practice_pasted").set_value("z1 = [0.1, 0.2, 0.3]")
    page.press("Check my numbers")
    assert page.said("success") == []
    assert "Nothing can be compared" in page.plain


def test_a_damaged_file_is_said_to_be_as_long_as_it_is_open() -> None:
    page = opened("One question")
    page.upload("practice_open", "other.json", b"[1]", "application/json")
    page.press("Hint 1 of 3")
    assert "no progress" in page.text


@pytest.mark.parametrize("level", ["output", "hidden", "update", "batch", "shapes"])
def test_every_topic_can_be_practised_with_fresh_numbers_and_with_the_network_at_hand(level: str) -> None:
    page = opened("One question").set("practice_all", True).set("Topic", level)
    assert question(page).text.split(":")[0] in page.plain
    page.set("practice_numbers_question", "The network at hand")
    assert page.said("error") == []


def test_progress_is_saved_and_opened() -> None:
    page = opened("One question")
    kept = Mastery(seed=5, answered=7, right=6, slips={"sign": 2})
    page.upload("practice_open", "practice.json", written(kept).encode(), "application/json")
    assert page.held("practice_mastery") == kept
    assert "6 of 7" in page.text
    page.upload("practice_open", "other.json", b"{}", "application/json")
    assert "no progress" in page.text
    assert page.held("practice_mastery") == kept


def test_a_whole_pass_is_judged_number_by_number_and_what_follows_from_a_wrong_one_is_right() -> None:
    page = opened("A whole pass").set("practice_numbers_form", "The network at hand")
    assert "worked" not in page.said("warning")
    page = Page(FILE, experiment=MAZUR).set("practice_view", "A whole pass")
    page.set("practice_numbers_form", "The network at hand")
    wrong = {"delta.2.1": 0.2}
    for one in whole_pass(0, MAZUR):
        page.widget(f"practice_form_own_{one.place}").set_value(repr(wrong.get(one.place, one.answer)))
    page.press("Check all")
    marks = [caption for caption in page.said("caption") if "check_circle" in caption or "cancel" in caption]
    assert len(marks) == len(whole_pass(0, MAZUR))
    assert sum("cancel" in mark for mark in marks) >= 1


def test_the_error_is_found_and_named() -> None:
    page = opened("Find the error")
    seed = page.held("practice_search").seed
    made = flawed(seed)
    first = made.numbers[0][0].text
    if first != made.place.text:
        page.press(f"error_{seed}_{first}")
        assert "This one is right" in page.text
    page.press(f"error_{seed}_{made.place.text}")
    assert "here the mistake is made" in page.text
    other = next(name for name in made.choices if name != made.slip)
    page.press(f"error_slip_{seed}_{other}")
    assert "another number" in page.text
    page.press(f"error_slip_{seed}_{made.slip}")
    assert "Right:" in page.text
    page.press("Another pass")
    assert page.held("practice_search").seed == seed + 1


def test_a_prediction_is_judged_and_all_gradients_are_shown() -> None:
    page = opened("Predict")
    made = prediction(page.held("practice_guess").seed)
    worst = max(made.changes, key=lambda change: change.change).weight.text
    label = "The weight: select it in the picture, or choose it here"
    page.press("This one")
    assert page.said("info") == ["Choose a weight first."] and not page.said("error") and not page.said("success")
    page.widget(label).set_value(worst)
    page.press("This one")
    assert page.said("error")
    assert len(page.column("gradient ∂L/∂w")) == len(made.changes)
    page.widget(label).set_value(made.best.weight.text)
    page.press("This one")
    assert "lowers the loss most" in page.said("success")[0]


def test_a_programs_whole_output_is_checked() -> None:
    out = subprocess.run(
        [sys.executable, "-c", numpy_program(EXAMPLE)], capture_output=True, text=True, check=True
    ).stdout
    page = opened("Check my numbers")
    page.widget("practice_pasted").set_value(out)
    page.press("Check my numbers")
    assert "are right" in page.said("success")[0]
    page.widget("practice_pasted").set_value(out.replace("delta3 = [-", "delta3 = ["))
    page.press("Check my numbers")
    assert "is the first that differs" in page.plain


def test_a_file_with_numbers_is_checked_and_one_without_is_said_to_have_none() -> None:
    page = opened("Check my numbers", preset="mazur")
    page.upload(
        "practice_check_file", "out.txt", "\ufeffz1 = [0.3775, 0.3925]\nδ2: [-0.1385, 0.0381]".encode(), "text/plain"
    )
    assert "Your δ⁽²⁾ is the first that differs" in page.plain
    page.upload("practice_check_file", "other.txt", b"\xff\xfe\x00 nothing", "text/plain")
    assert "No numbers of this calculation" in page.plain


def test_a_link_opens_its_worksheet_which_is_answered_and_printed() -> None:
    sheet = Sheet(level="hidden", seed=12, questions=3, variants=2)
    page = Page(FILE, sheet=sheet.text)
    assert page.value("practice_view") == "Worksheet"
    questions = worksheet(12, "hidden", 3)
    for one in questions:
        rows = one.value.reshape(-1, 1) if one.value.ndim < 2 else one.value
        text = "\n".join(" ".join(map(repr, row)) for row in rows.tolist())
        page.widget(f"practice_sheet_{sheet.text}_1_{one.place}").set_value(text)
    page.press("Check my answers")
    assert sum("check_circle" in caption for caption in page.said("caption")) == 3
    page.set("sheet_how_chosen", "Print with blanks")
    assert questions[0].answer_text not in page.plain
    page.set("sheet_how_chosen", "Print with solutions")
    assert questions[0].answer_text in page.plain
    assert page.address["sheet"] == sheet.text
    page.set("sheet_every", True)
    assert page.said("subheader") == [f"Hidden gradients: worksheet 12, variant {number} of 2" for number in (1, 2)]


def test_the_address_follows_the_worksheet() -> None:
    page = opened("Worksheet").set("Level", "batch")
    assert page.address["sheet"] == "batch-1-5-1"
    assert Page(FILE, sheet="batch-1-5-1").value("Level") == "batch"


@pytest.mark.parametrize("text", ["", "nonsense", "forward-1-5-99", "<b>", "forward-1-0-1"])
def test_a_broken_link_of_a_worksheet_is_answered_in_words(text: str) -> None:
    page = Page(FILE, sheet=text)
    if text:
        assert "could not be opened" in page.plain
        assert page.value("Level") == "forward"


def test_a_network_that_is_too_large_for_a_view_is_said_to_be() -> None:
    page = Page(FILE, net=encode(resized(EXAMPLE, [6, 9, 9, 5])))
    for view in ("A whole pass", "Predict"):
        page.set("practice_view", view)
        page.set(f"practice_numbers_{'form' if view == 'A whole pass' else 'predict'}", "The network at hand")
        assert page.said("warning"), view
    assert json.dumps(page.address)
