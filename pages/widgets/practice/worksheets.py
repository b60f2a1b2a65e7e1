"""Worksheets for a class: one link, to be answered here or printed, with the answers for the teacher."""

from urllib.parse import urlencode

import streamlit as st

from engine import Experiment, InvalidExperiment
from engine.formulas.notations import Notation
from engine.practice import LEVELS, Question
from engine.practice.exports import Sheet, as_csv, as_gift, as_moodle_xml
from engine.practice.exports.sheet import MOST_QUESTIONS, MOST_SEED, MOST_VARIANTS
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.practice.answering import answer, settle, verdict
from pages.widgets.practice.printed import paper, print_style
from pages.widgets.session import at_hand, location, shown
from pages.widgets.session.slots import Slot
from pages.widgets.share.link import base
from pages.widgets.shared.copy_field import copy_field
from pages.widgets.shared.markdown import plain

SHEET = "sheet"
HERE, BLANKS, SOLUTIONS = "Answer here", "Print with blanks", "Print with solutions"
_FIRST = Sheet(level="forward", seed=1, questions=5)
_sheet: Slot[Sheet | None] = Slot("practice_sheet", None)
# the parameter that was followed last, so that it is followed once
_followed: Slot[str] = Slot("practice_sheet_followed", "")


def asked_sheet() -> str | None:
    """Return the worksheet that the address asks for and that was not followed yet; None for none."""
    asked = location.page_parameter(SHEET)
    return asked if asked and asked != _followed.get() else None


def worksheets(theme: Theme) -> None:
    """Draw the settings of a worksheet, and the sheet."""
    sheet = _chosen(_asked())
    _sheet.set(sheet)
    _note(sheet)
    how = fields.choice(st.segmented_control, "What to do", [HERE, BLANKS, SOLUTIONS], key="sheet_how_chosen")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="sheet_how"):
        every = how != HERE and sheet.variants > 1 and fields.flag("All variants", key="sheet_every")
        variants = range(1, sheet.variants + 1) if every else [_variant(sheet, how)]
    if how == HERE:
        _answered(sheet, variants[0])
    else:
        st.html(f"<style>{print_style()}</style>")
        st.caption(
            "Print this page with your browser: only the worksheet comes onto the paper, each variant on its own."
        )
        paper(sheet, at_hand.experiment() if sheet.own else None, variants, how == SOLUTIONS)
    _files(sheet)


def _asked() -> Sheet:
    asked = asked_sheet()
    if asked:
        _followed.set(asked)
        try:
            return Sheet.read(asked)
        except InvalidExperiment as error:
            st.warning(f"This worksheet could not be opened. {plain(str(error))}", icon=":material/link_off:")
    return _sheet.get() or _FIRST


def _chosen(held: Sheet) -> Sheet:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        level = fields.choice(
            st.selectbox,
            "Level",
            list(LEVELS),
            first=held.level,
            key=f"sheet_level_{held.text}",
            format_func=lambda name: LEVELS[name].title,
            width=240,
        )
        how = {"width": 150}
        seed = fields.number(
            st.number_input, "Seed", 0, MOST_SEED, first=held.seed, key=f"sheet_seed_{held.text}", **how
        )
        questions = fields.number(
            st.number_input, "Questions", 1, MOST_QUESTIONS, first=held.questions, key=f"sheet_n_{held.text}", **how
        )
        variants = fields.number(
            st.number_input, "Variants", 1, MOST_VARIANTS, first=held.variants, key=f"sheet_variants_{held.text}", **how
        )
        own = fields.flag("About the network at hand", key=f"sheet_own_{held.text}", first=held.own)
    return Sheet(level=level, seed=seed, questions=questions, variants=variants, own=own)


def _note(sheet: Sheet) -> None:
    if location.page_parameter(SHEET) != sheet.text:
        _followed.set(sheet.text)
        location.set_page_parameter(SHEET, sheet.text)
    # a class is to see the same names and tables
    query = {SHEET: sheet.text} | (at_hand.link() if sheet.own else shown.written_in())
    copy_field("Link to this worksheet", f"{base(st.context.url or '')}practice?{urlencode(query)}", key="sheet_link")


def _variant(sheet: Sheet, how: str) -> int:
    if sheet.variants == 1:
        return 1
    chosen: int = fields.number(
        st.number_input, "Variant", 1, sheet.variants, key=f"sheet_variant_{sheet.text}_{how == HERE}", width=150
    )
    return chosen


def _answered(sheet: Sheet, variant: int) -> None:
    questions = sheet.variant(variant, at_hand.experiment() if sheet.own else None)
    name = f"sheet_{sheet.text}_{variant}"
    setting = ""
    with st.form(f"practice_{name}", border=False):
        texts = {}
        for number, question in enumerate(questions, start=1):
            own = question.wording.setting(shown.notation())
            if own and own != setting:
                setting = own
                st.code(setting, language=None, wrap_lines=True)
            texts[question.place] = _field(number, question, name)
        checked = st.form_submit_button("Check my answers", icon=":material/check:")
    settle(questions, name, texts, checked)


def _field(number: int, question: Question, name: str) -> str:
    st.markdown(f"**{number}.** {plain(question.wording.text(shown.notation()))}")
    text = answer(question, name, f"Answer to question {number}")
    if said := verdict(question, name):
        st.caption(said)
    return text


def _csv_of_spreadsheets(sheet: Sheet, experiment: Experiment | None, notation: Notation) -> str:
    # without the mark at the beginning, Excel takes ∂ and ⁽²⁾ for letters of an old Windows
    return "\ufeff" + as_csv(sheet, experiment, notation)


def _files(sheet: Sheet) -> None:
    st.markdown("**For the teacher**: all answers, and for each slip the number that it gives.")
    files = {
        "Answers as CSV": (_csv_of_spreadsheets, "csv", "text/csv"),
        "Moodle XML": (as_moodle_xml, "xml", "application/xml"),
        "GIFT": (as_gift, "gift.txt", "text/plain"),
    }
    # looked up here: the files are made when they are asked for, outside of the session
    experiment, notation = at_hand.experiment() if sheet.own else None, shown.notation()
    with st.container(horizontal=True):
        for label, (made, ending, kind) in files.items():
            st.download_button(
                label,
                lambda made=made: made(sheet, experiment, notation),
                f"worksheet-{sheet.text}.{ending}",
                kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"sheet_file_{ending}",
            )
