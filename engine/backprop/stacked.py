"""The learning steps of experiments that differ in numbers only, in one stacked pass: an array operation for all.

Every sum is taken in the order of the single pass (engine/backprop/ops.py), so that its numbers are equal to the bit.
Of batches, each example is a row of that pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop import rows
from engine.backprop.learning_step import LearningStep
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.backprop.together import Together
from engine.network.model import ExampleInBatch, Experiment, Network
from engine.network.reductions import REDUCTIONS


@dataclass(frozen=True, eq=False, kw_only=True)
class Stack:
    """What the learning steps of K experiments compute, the experiment as the first axis of each array.

    loss, new_loss: (K,); y: (K, n_out). The others by layer: b, z, da, delta, db, new_b and new_z (K, n_out), W, dW
    and new_W (K, n_out, n_in); a and new_a have the input first, (K, n_in). What is new is of the network after the
    learning step. A number that leaves the range of float64 is infinite or NaN.
    Of examples in a batch, these are of the example looked at; batch_loss, batch_dW and batch_db are of all together,
    and so is new_loss. `alone` holds the learning steps of all examples, one after another, as if each were alone.
    """

    experiments: tuple[Experiment, ...]
    W: tuple[Array, ...]
    b: tuple[Array, ...]
    y: Array
    loss: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    da: tuple[Array, ...]
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]
    db: tuple[Array, ...]
    dx: Array
    new_W: tuple[Array, ...]
    new_b: tuple[Array, ...]
    new_z: tuple[Array, ...]
    new_a: tuple[Array, ...]
    new_loss: Array
    batch_loss: Array
    batch_dW: tuple[Array, ...]
    batch_db: tuple[Array, ...]
    alone: "Stack | None" = None

    @property
    @checked_afterwards
    def largest(self) -> Array:
        """The largest absolute value (K,) of all that is computed; NaN where one is NaN."""
        count = len(self.loss)
        together = (self.batch_loss, *self.batch_dW)
        passes = (self.loss, *self.z, *self.a, *self.da, *self.delta, *self.dW, self.dx, *together)
        arrays = (*passes, *self.new_W, *self.new_b, *self.new_z, *self.new_a, self.new_loss)
        largest: Array = np.max([np.abs(array.reshape(count, -1)).max(axis=-1) for array in arrays], axis=0)
        if self.alone is None:
            return largest
        return np.maximum(largest, self.alone.largest.reshape(count, -1).max(axis=-1))

    def step(self, index: int) -> LearningStep:
        """Return the learning step of one of the experiments; its arrays are views."""
        experiment = self.experiments[index]
        passed, back = self._passes(index)
        layers = [
            replace(layer, W=W[index], b=b[index])
            for layer, W, b in zip(experiment.network.layers, self.new_W, self.new_b, strict=True)
        ]
        updated = Network(layers, experiment.network.loss)
        return LearningStep(passed, back, updated, self._together(index))

    def _together(self, index: int) -> Together | None:
        experiment = self.experiments[index]
        if self.alone is None or not isinstance(experiment, ExampleInBatch):
            return None
        alone, count = self.alone, experiment.batch.examples
        own = slice(index * count, (index + 1) * count)

        def of(arrays: Sequence[Array]) -> tuple[Array, ...]:
            return tuple(array[own] for array in arrays)

        return Together(
            batch=experiment.batch,
            losses=alone.loss[own],
            z=of(alone.z),
            a=of(alone.a),
            da=of(alone.da),
            delta=of(alone.delta),
            dW=of(alone.dW),
        )

    def _passes(self, index: int) -> tuple[ForwardPass, BackwardPass]:
        back = BackwardPass(
            loss=float(self.loss[index]),
            da=_each(self.da, index),
            delta=_each(self.delta, index),
            dW=_each(self.dW, index),
            db=_each(self.db, index),
            W=self.experiments[index].network.layers[0].W,
        )
        return ForwardPass(_each(self.z, index), _each(self.a, index)), back


def _each(arrays: Sequence[Array], index: int) -> tuple[Array, ...]:
    return tuple(array[index] for array in arrays)


@checked_afterwards
def stacked(experiments: Sequence[Experiment]) -> Stack:
    """Return the learning steps of experiments of one structure: equal but for weights, biases, inputs and targets.

    Of examples in a batch, all are the same one of batches with as many examples.
    """
    batches = [one for one in experiments if isinstance(one, ExampleInBatch)]
    return _of_batches(batches) if batches else _alone(experiments)


def _alone(experiments: Sequence[Experiment]) -> Stack:
    first = experiments[0]
    layers = first.network.layers
    W = tuple(np.stack([one.network.layers[index].W for one in experiments]) for index in range(len(layers)))
    b = tuple(np.stack([one.network.layers[index].b for one in experiments]) for index in range(len(layers)))
    y = np.stack([one.y for one in experiments])
    x = np.stack([one.x for one in experiments])
    z, a = rows.forward(layers, W, b, x)
    da, delta = zip(*reversed(list(rows.backward(first.network, W, z, a[-1], y))), strict=True)
    dW = [d[:, :, np.newaxis] * before[:, np.newaxis, :] for d, before in zip(delta, a, strict=False)]
    rate = first.learning_rate
    new_W, new_b = _after(W, dW, rate), _after(b, delta, rate) if first.update_biases else b
    new_z, new_a = rows.forward(layers, new_W, new_b, x)
    db, loss = tuple(d + 0.0 for d in delta), rows.losses(first.network, z, a, y)
    return Stack(
        experiments=tuple(experiments),
        W=W,
        b=b,
        y=y,
        loss=loss,
        z=z,
        a=a,
        da=da,
        delta=delta,
        dW=tuple(dW),
        db=db,
        dx=rows.contract(W[0].swapaxes(-1, -2), delta[0]),
        new_W=new_W,
        new_b=new_b,
        new_z=new_z,
        new_a=new_a,
        new_loss=rows.losses(first.network, new_z, new_a, y),
        batch_loss=loss,
        batch_dW=tuple(dW),
        batch_db=db,
    )


def _after(old: Sequence[Array], gradients: Sequence[Array], rate: float) -> tuple[Array, ...]:
    return tuple(before - rate * gradient for before, gradient in zip(old, gradients, strict=True))


def _of_batches(experiments: Sequence[ExampleInBatch]) -> Stack:
    first = experiments[0]
    batch, count = first.batch, first.batch.examples
    alone = _alone([one.batch.example(number) for one in experiments for number in range(1, count + 1)])
    looked_at = slice(first.number - 1, None, count)
    over_batch = REDUCTIONS[batch.reduction]

    def of(arrays: Sequence[Array]) -> tuple[Array, ...]:
        return tuple(array[looked_at] for array in arrays)

    def reduced(array: Array) -> Array:
        # the examples first, as where each is one of its own
        by_batch = array.reshape(len(experiments), count, *array.shape[1:])
        return over_batch.of(np.ascontiguousarray(by_batch.swapaxes(0, 1)))

    dW, db = (tuple(reduced(array) for array in arrays) for arrays in (alone.dW, alone.db))
    W, b, rate = of(alone.W), of(alone.b), batch.learning_rate
    new_W, new_b = _after(W, dW, rate), _after(b, db, rate) if batch.update_biases else b
    W_everywhere, b_everywhere = (tuple(np.repeat(array, count, axis=0) for array in new) for new in (new_W, new_b))
    new_z, new_a = rows.forward(batch.network.layers, W_everywhere, b_everywhere, alone.a[0])
    return Stack(
        experiments=tuple(experiments),
        W=W,
        b=b,
        y=alone.y[looked_at],
        loss=alone.loss[looked_at],
        z=of(alone.z),
        a=of(alone.a),
        da=of(alone.da),
        delta=of(alone.delta),
        dW=of(alone.dW),
        db=of(alone.db),
        dx=alone.dx[looked_at],
        new_W=new_W,
        new_b=new_b,
        new_z=of(new_z),
        new_a=of(new_a),
        new_loss=reduced(rows.losses(batch.network, new_z, new_a, alone.y)),
        batch_loss=reduced(alone.loss),
        batch_dW=dW,
        batch_db=db,
        alone=alone,
    )
