"""What is remembered is bounded by bytes, shared arrays count once, and nobody can change what all get."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from engine import PRESETS, Experiment, trace
from engine.memory import SHARED, Ledger, Memory, arrays_in, remembered

KB = 1000


@dataclass(frozen=True)
class Holder:
    name: str
    values: tuple[np.ndarray, ...]


def test_the_oldest_are_forgotten_when_all_together_hold_too_much() -> None:
    memory = Memory(most=100 * KB)
    for number in range(10):
        memory.put(number, np.zeros(2 * KB))
    assert memory.held <= 100 * KB
    assert [bool(memory.get(number)) for number in range(10)] == [False] * 4 + [True] * 6


def test_what_was_asked_for_last_is_kept() -> None:
    memory = Memory(most=50 * KB)
    for number in range(3):
        memory.put(number, np.zeros(2 * KB))
        memory.get(0)
    memory.put(3, np.zeros(2 * KB))
    assert memory.get(0) and memory.get(3) and not memory.get(1)


def test_what_is_larger_than_all_is_not_kept() -> None:
    memory = Memory(most=10 * KB)
    memory.put("large", np.zeros(2 * KB))
    assert not memory.get("large") and memory.held == 0


def test_arrays_are_found_in_records_and_containers_and_count_once() -> None:
    shared = np.zeros(KB)
    held = {"a": [Holder("x", (shared, np.ones(3)))], "b": (shared, shared[:10])}
    assert {array.size for array in arrays_in(held)} == {KB, 3, 10}
    ledger = Ledger()
    first, second = ledger.enter(held), ledger.enter(shared)
    assert 8 * KB <= ledger.total <= 9 * KB + 500
    ledger.strike(first)
    assert 8 * KB <= ledger.total <= 8 * KB + 200
    ledger.strike(second)
    assert ledger.total == 0


def test_a_remembered_function_is_called_once_and_its_arrays_are_read_only() -> None:
    calls = []

    @remembered
    def doubled(number: float, times: int = 2) -> Holder:
        calls.append(number)
        return Holder("doubled", (np.full(3, number * times),))

    assert doubled(1.5) is doubled(1.5) and doubled(1.5, times=3) is not doubled(1.5)
    assert calls == [1.5, 1.5]
    with pytest.raises(ValueError, match="read-only"):
        doubled(1.5).values[0][0] = 0.0


def test_the_arrays_of_steps_are_read_only() -> None:
    for step in trace(PRESETS["worked-example"].experiment, "layer"):
        for array in arrays_in(step):
            assert not array.flags.writeable, step.op


def test_whoever_changes_one_thing_keeps_the_arrays_of_all_others() -> None:
    experiment = PRESETS["worked-example"].experiment
    changed = replace(experiment, learning_rate=0.5)
    again = Experiment(changed.network, changed.x, changed.y, 0.1)
    for other in (changed, again):
        assert {id(array) for array in arrays_in(other)} == {id(array) for array in arrays_in(experiment)}


def test_a_callers_own_array_is_copied_even_if_it_is_read_only_with_a_negative_zero() -> None:
    experiment = PRESETS["worked-example"].experiment
    own = np.array([-0.0, 0.2, 0.7])
    own.setflags(write=False)
    x = replace(experiment, x=own).x
    assert x is not own and not np.signbit(x[0])


def test_what_all_share_is_bounded() -> None:
    assert SHARED.held <= SHARED.most
