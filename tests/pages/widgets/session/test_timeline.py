"""Undo is bounded by bytes, of all sessions together, and leaves nothing behind when a session ends."""

import gc

import numpy as np
import pytest

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network
from engine.limits import MAX_WIDTH
from pages.widgets.session import links, timeline
from pages.widgets.session.timeline import MOST_BYTES, History, Timeline


def large(seed: int) -> Experiment:
    """One of the largest experiments that are allowed, some 5.4 MB."""
    W = np.full((MAX_WIDTH, MAX_WIDTH), float(seed))
    layers = [Layer(W, np.zeros(MAX_WIDTH), "tanh"), Layer(W[:80] + 1, np.zeros(80), "tanh")]
    network = Network(layers, "half_squared_error")
    return Experiment(network, np.zeros(MAX_WIDTH), np.zeros(80), 0.1)


@pytest.fixture(autouse=True)
def no_other_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    monkeypatch.setattr(timeline, "_ALL", type(timeline._ALL)())


def held() -> int:
    return sum(history.bytes for history in timeline._ALL)


def test_many_large_states_of_many_sessions_stay_within_the_bytes_allowed() -> None:
    histories = [History() for _ in range(4)]
    for seed in range(6):
        for number, history in enumerate(histories):
            history.set(history.timeline.changed(large(10 * seed + number)))
            assert held() <= MOST_BYTES
    assert all(history.timeline.past for history in histories)


def test_the_one_who_holds_most_gives_way() -> None:
    modest, greedy = History(), History()
    modest.set(modest.timeline.changed(large(0)))
    for seed in range(1, 12):
        greedy.set(greedy.timeline.changed(large(seed)))
    assert len(modest.timeline.past) == 1
    assert 1 < len(greedy.timeline.past) < 11


def test_a_session_that_ends_leaves_nothing() -> None:
    history = History()
    history.set(history.timeline.changed(large(0)))
    assert held() > 5_000_000
    del history
    gc.collect()
    assert held() == 0


def test_undo_and_redo_walk_to_and_fro() -> None:
    first, second, third = (large(seed) for seed in range(3))
    past = Timeline().changed(first).changed(second)
    back, line = past.undone(third)
    assert (back, line) == (second, Timeline((first,), (third,)))
    assert line.redone(back) == (third, Timeline((first, second)))
    assert line.changed(back).future == ()


def test_a_session_goes_on_where_the_one_before_ended() -> None:
    before = Timeline(("preset=a", "preset=b"), ("preset=d",))
    assert Timeline().after(before, "preset=c", begun=True) == before
    # another link, or one that went back to the session before
    assert Timeline().after(before, "preset=c", begun=False) == Timeline((*before.past, "preset=c"))
    assert Timeline().after(before, "", begun=False) == Timeline(before.past)
    # what was changed before the browser handed it over
    first = large(0)
    assert Timeline((first,)).after(before, "preset=c", begun=True) == Timeline((*before.past, first))


def test_what_cannot_be_opened_is_left_out() -> None:
    assert Timeline(("net=x", "preset=a"), ("net=x",)).without("net=x") == Timeline(("preset=a",))


def test_the_states_that_are_kept_are_the_nearest_and_not_too_long() -> None:
    preset, unlinked = PRESETS["xor"].experiment, large(0)
    assert links.nearest(["preset=a", preset]) == ["preset=a", "preset=xor"]
    # nobody gets past a state that has no link
    assert links.nearest(["preset=a", unlinked, preset]) == ["preset=xor"]
    assert links.nearest(["a" * (links.MOST_CHARACTERS - 2), "bb"]) == ["a" * (links.MOST_CHARACTERS - 2), "bb"]
    assert links.nearest(["a" * (links.MOST_CHARACTERS - 1), "bb"]) == ["bb"]


@pytest.mark.parametrize("link", ["", "net", "net=1.x", "preset=nowhere", "step=3", "=", "preset"])
def test_a_kept_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(InvalidExperiment):
        links.opened(link)


@pytest.mark.parametrize("experiment", [preset.experiment for preset in PRESETS.values()])
def test_a_kept_link_opens_what_it_was_made_of(experiment: Experiment) -> None:
    assert links.opened(links.link(experiment)) == experiment
