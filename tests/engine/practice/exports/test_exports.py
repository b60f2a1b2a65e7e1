"""Worksheets for a class are read back: well-formed, with the engine's answers, and each slip worth 0 %."""

import csv
import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from engine import PRESETS, InvalidExperiment
from engine.gradcheck.mistakes import SLIPS
from engine.practice import LEVELS, Question, judge, worksheet
from engine.practice.exports import Sheet, as_csv, as_gift, as_moodle_xml
from engine.practice.question import TOGETHER

SHEETS = [Sheet(level=level, seed=7, questions=3, variants=2) for level in LEVELS]

Answers = list[tuple[float, float, float, str]]


def questions(sheet: Sheet) -> list[Question]:
    """The questions of all variants, by the engine alone."""
    numbers = range(sheet.seed, sheet.seed + sheet.variants)
    return [question for seed in numbers for question in worksheet(seed, sheet.level, sheet.questions)]


def right(sheet: Sheet) -> list[float]:
    """Every number that is asked for."""
    return [float(number) for question in questions(sheet) for number in question.value.ravel()]


def moodle(text: str) -> list[Answers]:
    """A reader of Moodle XML: of each numerical question its answers as (percent, value, tolerance, feedback)."""
    found = []
    for question in ElementTree.fromstring(text.encode()).iter("question"):
        if question.get("type") == "numerical":
            assert question.findtext("name/text")
            assert question.findtext("questiontext/text")
            answers = question.findall("answer")
            found.append(
                [
                    (
                        float(answer.get("fraction", "")),
                        float(answer.findtext("text", "")),
                        float(answer.findtext("tolerance", "")),
                        answer.findtext("feedback/text", ""),
                    )
                    for answer in answers
                ]
            )
    return found


def gift(text: str) -> list[Answers]:
    """A reader of GIFT's numerical questions, in which a backslash takes a sign's meaning away."""
    found = []
    for block in text.strip().split("\n\n"):
        match = re.fullmatch(r"::((?:\\.|[^:\\])+)::((?:\\.|[^{}\\])+)\{#\n(.*)\n\}", block, re.DOTALL)
        assert match, block
        answers = [
            re.fullmatch(r"\t=%(\d+)%([^:]+):([^#]+)#((?:\\.|[^~=#{}\\])*)", line) for line in match[3].split("\n")
        ]
        assert all(answers), block
        found.append([(float(a[1]), float(a[2]), float(a[3]), re.sub(r"\\(.)", r"\1", a[4])) for a in answers if a])
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.level)
def test_quiz_systems_get_every_answer_with_a_tolerance_and_each_slip_for_nothing(sheet: Sheet) -> None:
    for read in (moodle(as_moodle_xml(sheet)), gift(as_gift(sheet))):
        assert [answers[0][1] for answers in read] == right(sheet)
        for answers in read:
            assert [percent for percent, *_ in answers] == [100] + [0] * (len(answers) - 1)
            assert all(off > 0 and feedback for _, _, off, feedback in answers)
            # no value is within the tolerance of another: the first that fits is taken
            for index, (_, value, off, _) in enumerate(answers):
                assert all(abs(value - other) > off for _, other, _, _ in answers[:index])
    sentences = {feedback for answers in moodle(as_moodle_xml(sheet)) for _, _, _, feedback in answers[1:]}
    assert any(slip.said in sentence for slip in SLIPS.values() for sentence in sentences)


def test_an_answer_within_the_tolerance_is_right_for_the_judge_and_beyond_it_is_not() -> None:
    for question in questions(SHEETS[0]):
        if question.value.ndim == 0:
            answers = next(a for a in moodle(as_moodle_xml(SHEETS[0])) if a[0][1] == question.answer)
            _, value, off, _ = answers[0]
            assert judge(question, f"{value + 0.99 * off:.12g}").kind == "right"
            assert judge(question, f"{value + 1.01 * off:.12g}").kind != "right"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.level)
def test_the_table_holds_each_answer_and_each_slips_value(sheet: Sheet) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(sheet))))
    assert [float(row["answer"]) for row in rows] == right(sheet)
    first = questions(sheet)[0]
    for names, value in first.slips.items():
        values = np.asarray(value)
        if values.shape == first.value.shape:
            cells = [rows[0][name] for name in names.split(TOGETHER)]
            assert all(not cell or float(cell) == values.ravel()[0] for cell in cells)
    assert {row["variant"] for row in rows} == {"1", "2"}


def test_the_network_at_hand_may_be_asked_about() -> None:
    mazur = PRESETS["mazur"].experiment
    sheet = Sheet(level="forward", seed=1, questions=4, variants=2, own=True)
    assert "0.15" in as_moodle_xml(sheet, mazur)
    expected = [float(n) for seed in (1, 2) for q in worksheet(seed, "forward", 4, mazur) for n in q.value.ravel()]
    assert [answers[0][1] for answers in gift(as_gift(sheet, mazur))] == expected


def test_a_link_is_read_back_and_any_other_text_is_refused() -> None:
    for sheet in (*SHEETS, Sheet(level="batch", seed=0, questions=20, variants=40, own=True)):
        assert Sheet.read(sheet.text) == sheet
    for text in (
        "",
        "forward",
        "forward-1-2",
        "sideways-1-2-3",
        "forward-1-0-1",
        "forward-1-5-900",
        "forward-1-5-1-x",
        "-1",
    ):
        with pytest.raises(InvalidExperiment):
            Sheet.read(text)


def test_beside_a_tiny_answer_no_slip_of_0_takes_what_belongs_to_another() -> None:
    sheet = Sheet(level="batch", seed=3, questions=4, variants=2, own=True)
    for answers in moodle(as_moodle_xml(sheet, PRESETS["xnor"].experiment)):
        for index, (_, value, _, _) in enumerate(answers):
            assert all(abs(value - other) > off for _, other, off, _ in answers[:index])
