"""What a learner has reached: streak, time and slips, in the session, saved to a file and opened from one."""

import time

import streamlit as st
from streamlit.typing import UploadedFile

from engine import InvalidExperiment
from engine.gradcheck.mistakes import SLIPS
from engine.practice import LEVELS, Question, Verdict
from engine.practice.mastery import IN_A_ROW, Mastery, read, written
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

_mastery: Slot[Mastery | None] = Slot("practice_mastery", None)
# the file that was opened last, and what was wrong with it
_opened: Slot[tuple[str, str]] = Slot("practice_opened", ("", ""))
# a question that is left open for longer was left alone
MOST_SECONDS = 1_800.0
MOST_BYTES = 200_000


def mastery() -> Mastery:
    """Return the progress of this session; each session begins with numbers of its own."""
    own = _mastery.get()
    if own is None:
        own = Mastery(seed=time.time_ns() % 100_000)
        _mastery.set(own)
    return own


def take(level: str, question: Question, verdict: Verdict, seconds: float) -> None:
    """Count the first answer to a question."""
    _mastery.set(mastery().after(level, question, verdict, min(seconds, MOST_SECONDS)))


def take_again(verdict: Verdict) -> None:
    """Count the slip of another answer to the same question."""
    _mastery.set(mastery().again(verdict))


def headline(level: str) -> None:
    """Draw how far this topic and the whole is."""
    own = mastery()
    topic = own.topic(level)
    state = "mastered" if topic.mastered else f"{topic.row} of {IN_A_ROW} right in a row"
    minutes, seconds = divmod(int(own.seconds), 60)
    st.caption(
        f"{LEVELS[level].remark} This topic: **{state}**. Streak: **{own.streak}** (best {own.best}). "
        f"Right at once: **{own.right} of {own.answered}**. Time: **{minutes}:{seconds:02}**."
    )


def details() -> None:
    """Draw which slips were made how often, and the file of the progress."""
    with st.expander("My progress"):
        own = mastery()
        if own.slips:
            most = sorted(own.slips.items(), key=lambda item: -item[1])
            st.dataframe(
                {
                    "slip": [shown.translation().words(SLIPS[name].title) for name, _ in most],
                    "how often": [count for _, count in most],
                },
                hide_index=True,
                key="practice_slips",
            )
        else:
            st.caption("No slips so far.")
        st.download_button(
            "Save my progress",
            # what a function would look up when it is called, outside of the session, is another one's
            written(own),
            "practice.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
            key="practice_save",
        )
        _open()


def _open() -> None:
    file = upload("Open a file with progress", "practice_open", ("json",))
    if file is None:
        return
    if file.file_id != _opened.get()[0]:
        _opened.set((file.file_id, _taken(file)))
        st.rerun()
    if problem := _opened.get()[1]:
        st.error(plain(problem), icon=":material/error:")


def _taken(file: UploadedFile) -> str:
    """Take the progress of a file on, and return what is wrong with it."""
    try:
        if file.size > MOST_BYTES:
            raise InvalidExperiment("This file is too large to hold progress of the Practice page.")
        _mastery.set(read(file.getvalue().decode("utf-8", errors="replace")))
    except InvalidExperiment as error:
        return str(error)
    return ""
