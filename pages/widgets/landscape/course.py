"""How the steps along one parameter went, in a sentence, and whether there is a valley: said only where it is true.

Plain functions of the numbers that are drawn, so that a test can hold every sentence against them.
"""

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import percent, text
from engine.landscape import Descent

# Of the largest loss: what is rounding, and what is too little to be called a change
ROUNDING, LEVEL = 1e-12, 1e-9
# Of the longest step: what is too short to be seen beside it
SHORT = 1e-3
# A step that no picture shows
NOWHERE = 1e-6


def course(descent: Descent, slopes: Array) -> str:
    """Return how the steps of gradient descent went, at whose points the slopes (n,) are these."""
    loss, length = descent.loss, np.abs(np.diff(descent.points[:, 0]))
    if descent.diverged or not np.isfinite(loss).all():
        return f"The rate is too large: step {len(loss)} leaves for infinity."
    if float(np.ptp(loss)) <= LEVEL * float(np.abs(loss).max()):
        return _level(length, slopes)
    rises = np.diff(loss) > ROUNDING * float(np.abs(loss).max())
    if not rises.any():
        return _down(length, slopes)
    if loss[-1] > loss[0]:
        return "The rate is too large: the loss ends higher than it began."
    return (
        f"The loss ends no higher than it began, but it rises in {rises.sum()} of {len(rises)} steps: "
        "the rate is too large for them."
    )


def _level(length: Array, slopes: Array) -> str:
    if not length.any():
        return f"No step leaves the start: the slope there is {text(slopes[0], 3)}."
    if _swings(length, slopes) and length.max() > NOWHERE:
        return "The steps swing from side to side and get no lower."
    return f"The loss changes by less than a billionth of itself: the slope at the start is {text(slopes[0], 3)}."


def _down(length: Array, slopes: Array) -> str:
    if len(length) == 1:
        before, after = (text(slope, 3) for slope in slopes)
        return f"The step goes down: the slope is {before} before it and {after} after it."
    if (length > SHORT * length.max()).sum() == 1:
        return f"Step {length.argmax() + 1} goes nearly all of the way: no other is a thousandth as long."
    if _swings(length, slopes):
        return (
            f"The steps swing from side to side: {overshoots(slopes).sum()} of {len(length)} overshoot the bottom, "
            "but none goes uphill."
        )
    return _along(length)


def _along(length: Array) -> str:
    longest, last = length.max(), length[-1] / length.max()
    if last > 0.5:
        return (
            f"The steps go down, but have not arrived: the last is {percent(last)} as long as the longest. "
            "Try a larger rate or more steps."
        )
    if (np.diff(length) <= ROUNDING * longest).all():
        return "The steps go down and become smaller as the slope does."
    return "The steps go down, and the last is at most half as long as the longest."


def overshoots(slopes: Array) -> Array:
    """Return whether each step (n - 1,) ends where the slope leads back: it went over a bottom."""
    signs = np.sign(slopes)
    turned: Array = signs[:-1] * signs[1:] < 0
    return turned


def _swings(length: Array, slopes: Array) -> bool:
    # those at the end, too short to be seen, may turn by rounding
    seen = length > SHORT * length.max()
    return bool(seen.sum() > 1 and overshoots(slopes)[seen].mean() >= 0.5)


def has_valley(loss: Array) -> bool:
    """Return whether a curve (N,) somewhere goes down and up again; where it is not finite it is high."""
    curve = np.where(np.isfinite(loss), loss, loss[np.isfinite(loss)].max())
    banks = np.minimum(np.maximum.accumulate(curve), np.maximum.accumulate(curve[::-1])[::-1])
    return bool((banks - curve > LEVEL * np.abs(banks)).any())
