"""Check my numbers: what somebody computed, pasted as it is, beside ours, with the first wrong one named."""

import streamlit as st
from streamlit.typing import UploadedFile

from engine import Experiment
from engine.arrays import Array
from engine.practice.pasted import Finding, Report, check_numbers
from engine.practice.pasted.scanning import MAX_CHARACTERS
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.practice.shown import array_text
from pages.widgets.session import at_hand, shown
from pages.widgets.shared.example_picker import said_of_one
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

ONE, ALL = "One example", "The whole batch"
EXAMPLE = "z1 = [0.1, 0.2]\ndW2:\n[[0.01, 0.02]\n [0.03, 0.04]]\nLoss: 0.298"
_VERDICTS = {
    "right": "✓ right",
    "rounded": "✓ right, to some digits",
    "consistent": "↪ right from there on",
    "slip": "✗ a slip",
    "wrong": "✗ wrong",
    "misfit": "? does not fit",
    "given": "as given",
}


def checking(theme: Theme) -> None:
    """Draw the field to paste into, and the report."""
    st.markdown(
        "Paste what you computed **for the network at hand**: numbers that you wrote down, or all that your program "
        "printed, of NumPy, PyTorch or another. Each number needs a name before it."
    )
    experiment = _checked()
    with st.form("practice_check", border=False):
        text = fields.passage(
            "Your numbers",
            key="practice_pasted",
            most=MAX_CHARACTERS,
            height=220,
            placeholder=EXAMPLE,
            persist_state="session",
        )
        st.form_submit_button("Check my numbers", icon=":material/fact_check:")
    file = upload(
        "Or open a file: text, CSV, tab-separated or JSON", "practice_check_file", ("txt", "log", "csv", "tsv", "json")
    )
    if file is not None:
        text = _read(file)
    if text.strip():
        _report(check_numbers(experiment, text, shown.notation()))


def _checked() -> Experiment:
    """Draw the choice of what is checked, where there are several examples, and return that."""
    if at_hand.experiment().examples == 1:
        return at_hand.experiment()
    chosen = fields.choice(
        st.segmented_control, "Numbers of", [ONE, ALL], key="practice_check_of", persist_state="session"
    )
    if chosen == ALL:
        return at_hand.experiment()
    said_of_one("Checked are the numbers of")
    return shown.alone()


def _read(file: UploadedFile) -> str:
    """The text of a file; a program's output in Windows-1252 is read, too."""
    content = file.getvalue()[: 4 * MAX_CHARACTERS]
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _report(report: Report) -> None:
    say = shown.translation().words
    summary = report.summary_in(say)
    if report.first_wrong:
        st.error(plain(summary), icon=":material/error:")
    elif report.is_right:
        st.success(plain(summary), icon=":material/check_circle:")
    else:
        st.info(plain(summary), icon=":material/help:")
    if report.findings:
        _table(report.findings)
    if report.unknown:
        names = ", ".join(f"“{name}”" for name in report.unknown[:20])
        st.caption(f"Not understood: {plain(names)}. Names such as z1, a1, δ2, dW2, db2, W2_new and loss are.")
    if report.missing and report.findings:
        st.caption(f"Not among your numbers: {plain(', '.join(map(say, report.missing[:30])))}.")


def _table(findings: tuple[Finding, ...]) -> None:
    say = shown.translation().words
    st.dataframe(
        {
            "yours": [finding.name for finding in findings],
            "is": [say(finding.written) for finding in findings],
            "verdict": [_VERDICTS[finding.kind] for finding in findings],
            "why": [say(finding.message) for finding in findings],
            "your numbers": [array_text(_laid_out(finding, finding.theirs, finding.fits)) for finding in findings],
            "ours": [array_text(_laid_out(finding, finding.ours)) for finding in findings],
        },
        hide_index=True,
        key="practice_findings",
        column_config={"why": st.column_config.TextColumn(width=330)},
    )
    off = sum(finding.is_off for finding in findings)
    st.caption(f"In the order of the calculation. {len(findings)} found, {off} wrong by themselves.")


def _laid_out(finding: Finding, numbers: Array, as_ours: bool = True) -> Array:
    """A table of weights as it runs in the notation chosen; what does not run as ours stays as it is."""
    return shown.notation().layout.weights(numbers) if finding.holds_weights and as_ours else numbers
