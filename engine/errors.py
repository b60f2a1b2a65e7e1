"""The one exception that the engine raises for bad input. Its message is written for the person who gave the input."""


class InvalidExperiment(ValueError):
    """A network, an input, a target, a setting, a link or a file that cannot be used, and why."""


class UnknownName(InvalidExperiment, KeyError):
    """A name that a registry does not hold; a KeyError too, so that a registry is a proper mapping."""

    def __str__(self) -> str:
        # KeyError would show the message in quotation marks
        return str(self.args[0])
