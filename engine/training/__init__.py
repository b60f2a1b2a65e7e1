"""Training: optimizers, schedules, the loop over epochs, and the history it leaves."""
