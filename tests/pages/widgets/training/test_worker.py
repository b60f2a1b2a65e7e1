"""Of the training runs of all sessions few compute at once, so that no number of them stops the pages."""

import threading
import time

import numpy as np
import pytest

from engine import DATASETS, History, Layer, Network, train
from engine.network.parameters import flatten
from pages.widgets.training.worker import BROKEN, Worker
from tests.samples import EXAMPLE


class Job:
    """A job that goes on until it is told to stop, and counts how many of its kind are at it."""

    def __init__(self) -> None:
        self.at_once = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, on_epoch) -> History | None:
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        epoch = 0
        while on_epoch(epoch := epoch + 1):
            time.sleep(0.002)
        with self.lock:
            self.at_once -= 1
        return None


def until(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("it did not come to that")
        time.sleep(0.01)


def test_a_few_runs_compute_and_the_others_wait() -> None:
    job = Job()
    workers = [Worker(job) for _ in range(7)]
    until(lambda: job.at_once == 4)
    time.sleep(0.6)
    assert job.at_once == 4 and sum(worker.epoch > 0 for worker in workers) == 4
    assert [worker.waiting for worker in workers] == [not worker.epoch for worker in workers]
    first = [worker for worker in workers if worker.epoch]
    for worker in first:
        worker.stop()
    until(lambda: job.at_once == 3 and all(worker.epoch for worker in workers))
    for worker in workers:
        worker.stop()
    until(lambda: not any(worker.is_alive() for worker in workers))
    assert job.most == 4


def test_a_run_that_waits_can_be_stopped() -> None:
    job = Job()
    workers = [Worker(job) for _ in range(5)]
    until(lambda: job.at_once == 4)
    waiting = next(worker for worker in workers if not worker.epoch)
    waiting.stop()
    until(lambda: not waiting.is_alive())
    assert waiting.history is None and not waiting.error and job.at_once == 4
    for worker in workers:
        worker.stop()
    until(lambda: not any(worker.is_alive() for worker in workers))


class Broken(Exception):
    """A fault that nobody thought of."""


def test_a_run_that_dies_of_any_fault_says_so_and_lets_the_next_one_in() -> None:
    def job(_) -> History:
        raise Broken

    workers = [Worker(job) for _ in range(6)]
    until(lambda: not any(worker.is_alive() for worker in workers))
    assert {worker.error for worker in workers} == {BROKEN}


def test_a_worker_can_be_looked_at_and_stopped():
    made = DATASETS["xor"].make()
    network = Network([Layer(np.ones((1, 2)), np.zeros(1), "sigmoid")], "binary_cross_entropy")
    worker = Worker(
        lambda on_epoch: train(network, made.x, made.y, epochs=10**6, batch_size=4, seed=0, on_epoch=on_epoch)
    )
    assert not worker.look(0.05)
    worker.stop()
    assert worker.look(5.0)
    assert 0 < worker.history.epochs == worker.epoch < 10**6 and not worker.error
    assert (flatten(worker.history.network) != flatten(network)).any()


def test_a_worker_keeps_what_went_wrong():
    def job(on_epoch):
        return train(EXAMPLE.network, EXAMPLE.x[:2], EXAMPLE.y, epochs=1, batch_size=1, seed=0)

    worker = Worker(job)
    assert worker.look(5.0)
    assert worker.history is None and "the first layer takes 3 inputs" in worker.error
