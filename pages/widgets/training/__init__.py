"""The parts of the Training page, one a file: data, fitting, settings, the run, its player, comparison."""
