"""Who computes next: whoever has used least, nobody for long, and nobody over budget."""

import threading
import time
from collections.abc import Callable

import pytest

from pages.widgets.document import PAGES
from pages.widgets.session import compute_lock as turns
from pages.widgets.session.compute_lock import SLICE, TOO_LONG, Turns
from tests.pages.page import Page


def compute(seconds: float) -> None:
    """Use so much processor time, in steps that let other threads run."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        sum(range(500))


class Crowd:
    """Sessions that compute in turns of the same process, and a record of what ended in which order."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.done: list[str] = []
        self.threads: list[threading.Thread] = []

    def start(self, session: str, seconds: float, parts: int = 1) -> None:
        """Begin a turn of `parts` parts in a thread of its own."""

        def run() -> None:
            with self.turns.taken(session) as turn:
                for _ in range(parts):
                    compute(seconds / parts)
                    self.turns.give_way(turn)
            self.done.append(session)

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()

    def used(self, session: str) -> float:
        """The seconds that a session has used lately."""
        return self.turns._usage(session, time.monotonic())

    def end(self) -> list[str]:
        for thread in self.threads:
            thread.join(30)
        return self.done


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


def test_of_those_who_wait_the_one_who_has_used_least_is_next(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    # a machine that is busy takes longer than a slice to begin three threads
    monkeypatch.setattr(turns, "SLICE", 10.0)
    with crowd.turns.taken("greedy"):
        compute(0.2)
    with crowd.turns.taken("middle"):
        compute(0.05)
    with crowd.turns.taken("first"):
        for session in ("greedy", "middle", "new"):
            crowd.start(session, 0.001)
            until(lambda: len(crowd.turns._waiting) == len(crowd.threads))
    assert crowd.end() == ["new", "middle", "greedy"]


def test_a_long_turn_does_not_keep_another_session_waiting(crowd: Crowd) -> None:
    crowd.start("long", 2.0)
    until(lambda: crowd.turns._holder is not None)
    crowd.start("short", 0.01)
    until(lambda: "short" in crowd.done)
    assert crowd.done == ["short"]
    assert crowd.end() == ["short", "long"]


def test_a_long_computation_in_parts_lets_others_go_between_them(crowd: Crowd) -> None:
    crowd.start("long", 1.0, parts=20)
    until(lambda: crowd.used("long") > 0)
    for number in range(5):
        crowd.start(f"short {number}", 0.005)
        until(lambda: f"short {number}" in crowd.done)  # noqa: B023
    assert "long" not in crowd.done
    assert crowd.end()[-1] == "long"


def test_who_has_used_much_adds_no_second_long_turn(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    # on a machine that is busy the uses of the first would be half forgotten when the last has made its own
    monkeypatch.setattr(turns, "HALF_LIFE", 1_000.0)
    for session in ("a", "b", "c"):
        with crowd.turns.taken(session):
            compute(0.7)
    for session in ("a", "b", "c"):
        crowd.start(session, 3 * SLICE)
    most = 0
    while any(thread.is_alive() for thread in crowd.threads):
        most = max(most, len(crowd.turns._overtime) + (crowd.turns._holder is not None))
        time.sleep(0.01)
    assert most == 1 and sorted(crowd.done) == ["a", "b", "c"]


def test_long_turns_beside_each_other_are_few_however_many_sessions_begin_one(crowd: Crowd) -> None:
    for number in range(8):
        crowd.start(str(number), 4 * SLICE)
    most = 0
    while any(thread.is_alive() for thread in crowd.threads):
        most = max(most, len(crowd.turns._overtime))
        time.sleep(0.005)
    assert 1 < most <= turns.MOST_LONG and len(crowd.done) == 8


def test_turns_that_never_give_way_do_not_keep_all_others_waiting(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "BUDGET", 5 * SLICE)
    for number in range(turns.MOST_LONG + 2):
        crowd.start(str(number), 40 * SLICE)
    until(lambda: len(crowd.turns._overtime) >= turns.MOST_LONG)
    with crowd.turns.taken("visitor"):
        assert crowd.done == []


def test_a_session_that_trains_is_not_kept_waiting_by_its_own_run(crowd: Crowd) -> None:
    crowd.start("one", 3.0, parts=600)
    until(lambda: crowd.used("one") > turns.HEAVY)
    with crowd.turns.taken("one"):
        crowd.done.append("page")
    assert crowd.end() == ["page", "one"]


def test_use_is_forgotten_with_time(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    with crowd.turns.taken("a"):
        compute(0.1)
    used = crowd.used("a")
    assert used >= 0.1
    now = time.monotonic()
    monkeypatch.setattr(turns.time, "monotonic", lambda: now + 10 * turns.HALF_LIFE)
    assert crowd.used("a") < used / 1000


def test_the_use_of_sessions_long_gone_is_not_kept(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_KNOWN", 10)
    for number in range(100):
        with crowd.turns.taken(str(number)):
            pass
    assert len(crowd.turns._used) <= 21


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_a_page_over_budget_ends_with_a_message(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BUDGET", -1.0)
    assert TOO_LONG in Page(page).said("error")
