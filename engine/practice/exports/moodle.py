"""A worksheet as Moodle XML: numerical questions with a tolerance, each slip an answer of 0 % with its sentence.

The format: https://docs.moodle.org/en/Moodle_XML_format
"""

from xml.etree import ElementTree

from engine.formulas.notations import OURS, Notation
from engine.network.model import Experiment
from engine.practice.exports.parts import Part, parts, tolerance
from engine.practice.exports.sheet import Sheet
from engine.practice.levels import LEVELS


def as_moodle_xml(sheet: Sheet, experiment: Experiment | None = None, notation: Notation = OURS) -> str:
    """Return the worksheet's questions, a category for each variant."""
    quiz = ElementTree.Element("quiz")
    variant = 0
    for part in parts(sheet, experiment, notation):
        if part.variant != variant:
            variant = part.variant
            _category(quiz, f"$course$/top/{LEVELS[sheet.level].title}, seed {sheet.seed}/Variant {variant}")
        _question(quiz, part)
    ElementTree.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(quiz, encoding="unicode") + "\n"


def _category(quiz: ElementTree.Element, name: str) -> None:
    question = ElementTree.SubElement(quiz, "question", type="category")
    _text(ElementTree.SubElement(question, "category"), name)


def _question(quiz: ElementTree.Element, part: Part) -> None:
    question = ElementTree.SubElement(quiz, "question", type="numerical")
    _text(ElementTree.SubElement(question, "name"), part.name)
    _text(ElementTree.SubElement(question, "questiontext", format="plain_text"), part.text)
    ElementTree.SubElement(question, "defaultgrade").text = "1"
    _answer(question, 100, part.answer, part.tolerance, "Right.")
    for slip, value in part.slips.items():
        _answer(question, 0, value, tolerance(value), part.sentence(slip))


def _answer(question: ElementTree.Element, percent: int, value: float, off: float, feedback: str) -> None:
    answer = ElementTree.SubElement(question, "answer", fraction=str(percent), format="plain_text")
    ElementTree.SubElement(answer, "text").text = repr(value)
    ElementTree.SubElement(answer, "tolerance").text = f"{off:.6g}"
    _text(ElementTree.SubElement(answer, "feedback", format="plain_text"), feedback)


def _text(parent: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(parent, "text").text = text
