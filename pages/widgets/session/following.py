"""The address is followed: what somebody opened, or typed there, becomes the experiment at hand and the step shown."""

from collections.abc import Mapping

from engine import Experiment, InvalidExperiment
from pages.widgets.session import address, at_hand, changes, location, shown


def follow_address() -> None:
    """Take experiment, step, detail and notation from the address if it is not what this session wrote there itself."""
    given = location.asked()
    if given is None:
        return
    if not location.is_late():
        _follow(given)
    shown.write_address()


def _follow(given: Mapping[str, str]) -> None:
    instead = "Your network is unchanged." if at_hand.chosen() else "You are looking at the default network."
    before = at_hand.experiment()
    try:
        _open(address.experiment_in(given))
    except InvalidExperiment as error:
        location.problem.set(f"This link could not be opened. {error} {instead}")
        return
    opened = at_hand.experiment() != before
    missed = f"{_take_example(given, opened)} {_take_notation(given)}"
    try:
        if detail := address.detail_in(given):
            shown.put_detail(detail)
        if opened:
            shown.begin()
        # a link from page to page has none: the step stays
        shown.set_step(address.step_in(given) or shown.step())
    except InvalidExperiment as error:
        location.problem.set(f"{error} The first step is shown. {missed}".strip())
        shown.begin()
    else:
        location.problem.set(missed.strip())


def _take_example(given: Mapping[str, str], opened: bool) -> str:
    """Look at the example that an address asks for; return what is wrong with it, if anything."""
    try:
        asked = address.example_in(given)
    except InvalidExperiment as error:
        shown.put_example(1)
        return f"{error} The first example is shown."
    # a link from page to page has none: the example stays, as the step does
    if asked or opened:
        shown.put_example(asked or 1)
    return _missed_example(asked or 1)


def _missed_example(asked: int) -> str:
    """Return what to say where an address asks for an example that is not there; the last one is shown."""
    count = at_hand.experiment().examples
    if asked <= count:
        return ""
    there = "has one example" if count == 1 else f"has {count} examples"
    shown_instead = "It is shown." if count == 1 else "The last one is shown."
    return f"The link asks for example {asked}, but the network {there}. {shown_instead}"


def _take_notation(given: Mapping[str, str]) -> str:
    """Take the notation that an address asks for; return what is wrong with it, if anything."""
    try:
        if notation := address.notation_in(given):
            shown.put_notation(notation.name)
    except InvalidExperiment as error:
        return f"{error} The notation stays as it was."
    return ""


def _open(opened: Experiment | None) -> None:
    if opened is None:
        return
    shown.traced(opened, "layer")
    if at_hand.chosen():
        changes.adopt(opened)
    else:
        at_hand.put(opened)
