"""Worksheets for a class: as a text for a link, as CSV, and for quiz systems."""

from engine.practice.exports import sheet
from engine.practice.exports.csv_table import as_csv
from engine.practice.exports.gift import as_gift
from engine.practice.exports.moodle import as_moodle_xml
from engine.practice.exports.sheet import Sheet

__all__ = ["Sheet", "as_csv", "as_gift", "as_moodle_xml", "sheet"]
