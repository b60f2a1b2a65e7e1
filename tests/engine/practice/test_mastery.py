"""Progress: a missed question comes back with new numbers, three in a row open the next topic, a file keeps it all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InvalidExperiment
from engine.practice import LEVELS, Question, Verdict
from engine.practice.mastery import Mastery, kind_of, read, written

RIGHT, SLIP = Verdict(kind="right", message=""), Verdict(kind="slip", message="", slip="sign")


def answer(mastery: Mastery, level: str, verdict: Verdict) -> tuple[Mastery, Question]:
    question = mastery.next(level)
    return mastery.after(level, question, verdict, 5.0), question


@pytest.mark.parametrize("level", list(LEVELS))
def test_a_missed_question_comes_back_at_the_end_of_the_queue_with_new_numbers(level: str) -> None:
    mastery, missed = answer(Mastery(), level, SLIP)
    kinds = [kind_of(missed)]
    for _ in LEVELS[level].kinds:
        mastery, again = answer(mastery, level, RIGHT)
        kinds.append(kind_of(again))
    assert kinds == [*LEVELS[level].kinds, kind_of(missed)]
    assert (again.text, again.setting, again.value.tolist()) != (missed.text, missed.setting, missed.value.tolist())
    assert mastery.slips == {"sign": 1}


def test_three_in_a_row_open_the_next_topic_and_it_stays_open() -> None:
    mastery = Mastery()
    for verdict in (RIGHT, RIGHT, SLIP, RIGHT, RIGHT):
        mastery, _ = answer(mastery, "forward", verdict)
        assert mastery.opened() == ("forward",)
    mastery, _ = answer(mastery, "forward", RIGHT)
    assert mastery.opened() == ("forward", "output")
    assert (mastery.streak, mastery.best, mastery.answered, mastery.right) == (3, 3, 6, 5)
    mastery, _ = answer(mastery, "forward", SLIP)
    assert mastery.opened() == ("forward", "output")
    assert mastery.streak == 0
    assert mastery.seconds == 35.0


def test_what_is_no_answer_costs_no_attempt() -> None:
    mastery = Mastery()
    assert answer(mastery, "forward", Verdict(kind="invalid", message=""))[0] is mastery


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(list(LEVELS)), st.sampled_from([RIGHT, SLIP])), max_size=6))
def test_a_file_keeps_everything(answers: list[tuple[str, Verdict]]) -> None:
    mastery = Mastery()
    for level, verdict in answers:
        mastery, _ = answer(mastery, level, verdict)
    assert read(written(mastery)) == mastery


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '{"format": "backprop-practice-1"}', written(Mastery()).replace('"seed": 0', '"seed": -1'),
     written(Mastery()).replace('"topics": {}', '"topics": {"forward": 3}'), "nonsense",
     written(Mastery(answered=7, right=99))],
)  # fmt: skip
def test_a_damaged_file_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidExperiment):
        read(text)


def test_what_a_file_of_a_later_version_knows_beyond_this_one_is_left_out() -> None:
    text = written(Mastery()).replace('"slips": {}', '"slips": {"unheard": 3, "sign": 2}')
    assert read(text).slips == {"sign": 2}
