"""The life of a component: updates one after another, the newest only, none for an element that is gone; problems pass.

A component is made whose updates wait until the test lets them go on, so that nothing here depends on time.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import Modules

# `given(data)` is a call of Streamlit's; an update says what it does, and waits twice until `let(data)` or `fail(data)`
MAKE = """async (says) => {
    const { mount } = await import("/shared/mount.js");
    Object.assign(window, { said: [], gates: new Map(), cleanups: [], told: [] });
    const gate = (data) => new Promise((done, failed) => gates.set(data.name, { done, failed }));
    const begin = (root, life) => {
        said.push("begin");
        Object.assign(window, { life });
        return {
            async update(data, after) {
                said.push(`draws ${data.name}`);
                await after(gate(data));
                said.push(`goes on with ${data.name}`);
                await after(gate(data));
                said.push(`drew ${data.name}`);
            },
            end: () => said.push("end"),
        };
    };
    const component = says ? mount(".own", begin, (data) => data.says) : mount(".own", begin);
    const parentElement = document.querySelector("main");
    parentElement.innerHTML = '<div class="own"><p class="problem" role="alert" hidden></p></div>';
    let calls = 0;
    window.given = (data) => {
        const number = (calls += 1);
        const setStateValue = (name, value) => told.push(`${number}: ${name} = ${value}`);
        cleanups.push(component({ parentElement, data, setStateValue, setTriggerValue: setStateValue }));
    };
    window.let_ = (name) => gates.get(name).done();
    window.fail = (name, words) => gates.get(name).failed(new Error(words));
}"""
# all that waits for nothing has happened
QUIET = "() => new Promise((done) => setTimeout(done))"


class Own:
    """A component of which the test is Streamlit."""

    def __init__(self, page: Page, says: bool) -> None:
        self.page = page
        page.evaluate(MAKE, says)

    def do(self, script: str) -> None:
        self.page.evaluate(f"() => {{ {script} }}")
        self.page.evaluate(QUIET)

    def given(self, *names: str, **data: Any) -> None:
        self.page.evaluate("names => names.forEach(given)", [{"name": name, **data} for name in names])
        self.page.evaluate(QUIET)

    def let(self, name: str, times: int = 2) -> None:
        for _ in range(times):
            self.do(f"let_({name!r})")

    @property
    def said(self) -> list[str]:
        return self.page.evaluate("said.splice(0)")

    @property
    def ready(self) -> bool:
        return self.page.locator(".own[data-ready=true]").count() == 1

    @property
    def problem(self) -> str | None:
        box = self.page.locator(".problem")
        return box.inner_text() if box.is_visible() else None


@pytest.fixture
def own(modules: Modules) -> Own:
    return Own(modules.page, says=False)


@pytest.fixture
def saying(modules: Modules) -> Own:
    """A component that knows when data says the same again."""
    return Own(modules.page, says=True)


def test_it_begins_once_and_is_ready_when_its_data_is_drawn(own: Own) -> None:
    own.given("a")
    assert own.said == ["begin", "draws a"] and not own.ready
    own.let("a", times=1)
    assert own.said == ["goes on with a"] and not own.ready
    own.let("a", times=1)
    assert own.said == ["drew a"] and own.ready
    own.given("b")
    own.let("b")
    assert own.said == ["draws b", "goes on with b", "drew b"] and own.ready


def test_data_that_comes_meanwhile_waits_and_only_the_newest_is_drawn(own: Own) -> None:
    own.given("a")
    own.given("b", "c")
    assert own.said == ["begin", "draws a"]
    own.let("a", times=1)
    # `a` stops where it waited, `b` is never drawn
    assert own.said == ["draws c"] and not own.ready
    own.let("c")
    assert own.said == ["goes on with c", "drew c"] and own.ready


def test_an_update_that_is_overtaken_at_its_very_end_does_not_make_it_ready(own: Own) -> None:
    own.given("a")
    own.let("a", times=1)
    own.do("let_('a'); given({ name: 'b' })")
    assert own.said == ["begin", "draws a", "goes on with a", "draws b"] and not own.ready


def test_nothing_goes_on_when_the_element_is_gone_or_its_life_has_ended(own: Own) -> None:
    own.given("a")
    own.do("document.querySelector('.own').remove()")
    own.let("a")
    assert own.said == ["begin", "draws a"]


def test_its_end_stops_what_is_drawn_and_what_waits(own: Own) -> None:
    own.given("a")
    own.given("b")
    own.do("document.querySelector('.own').remove(); cleanups.at(-1)()")
    own.let("a")
    assert own.said == ["begin", "draws a", "end"]


@pytest.mark.parametrize("order", ["given({ name: 'b' }); cleanups[0]()", "cleanups[0](); given({ name: 'b' })"])
def test_the_end_of_a_call_that_is_overtaken_ends_nothing(own: Own, order: str) -> None:
    own.given("a")
    own.do(order)
    own.let("a")
    own.let("b")
    assert own.said == ["begin", "draws a", "draws b", "goes on with b", "drew b"]
    own.do("document.querySelector('.own').remove(); cleanups.forEach((end) => end())")
    assert own.said == ["end"]


def test_a_problem_is_shown_until_an_update_goes_well(own: Own) -> None:
    own.given("a")
    own.do("fail('a', 'No picture.')")
    assert own.problem == "No picture." and not own.ready
    own.given("b")
    assert own.problem == "No picture."
    own.let("b")
    assert own.problem is None and own.ready


def test_a_problem_of_data_that_was_overtaken_is_none(own: Own) -> None:
    own.given("a")
    own.given("b")
    own.do("fail('a', 'No picture.')")
    assert own.problem is None
    own.let("b")
    assert own.problem is None and own.ready


def test_what_a_reader_does_has_its_own_problem_and_that_goes_when_it_goes_right(own: Own) -> None:
    own.given("a")
    own.let("a")
    own.do("life.attempt('step', () => { throw new Error('No step.') })")
    assert own.problem == "No step."
    own.do("life.attempt('save', async () => { throw 'No file.' })")
    assert own.problem == "No step. No file."
    own.do("life.attempt('step', async () => 1)")
    assert own.problem == "No file."
    own.given("b")
    own.let("b")
    assert own.problem is None


def test_a_step_that_goes_right_does_not_hide_that_the_data_could_not_be_drawn(own: Own) -> None:
    own.given("a")
    own.do("fail('a', 'No picture.')")
    own.do("life.attempt('step', async () => 1)")
    assert own.problem == "No picture."


def test_data_that_says_the_same_is_drawn_once_and_overtakes_nothing(saying: Own) -> None:
    saying.given("a", says=1)
    saying.given("again", says=1)
    saying.let("a")
    saying.given("once more", says=1)
    assert saying.said == ["begin", "draws a", "goes on with a", "drew a"] and saying.ready
    saying.given("b", says=2)
    saying.let("b")
    assert saying.said == ["draws b", "goes on with b", "drew b"]


def test_data_that_could_not_be_drawn_is_tried_again(saying: Own) -> None:
    saying.given("a", says=1)
    saying.do("fail('a', 'No picture.')")
    saying.given("again", says=1)
    saying.let("again")
    assert saying.said == ["begin", "draws a", "draws again", "goes on with again", "drew again"]
    assert saying.problem is None


def test_python_is_told_through_the_newest_call(saying: Own) -> None:
    saying.given("a", says=1)
    saying.given("again", says=1)
    saying.do("life.tell('step', 3); life.trigger('chapter', 'code')")
    assert saying.page.evaluate("told") == ["2: step = 3", "2: chapter = code"]


# calls a script before or after its file has come, and says what became of it
CALLED = """async (steps) => {
    const { call } = await import("/shared/call.js");
    const seen = [];
    const script = (name) => (component) => {
        seen.push(`${name} ${component}`);
        return () => seen.push(`end ${component}`);
    };
    let end;
    const act = {
        bring: (version) => {
            window.backpropScripts = { ...window.backpropScripts, [version]: { "one.js": script(version) } };
            window.dispatchEvent(new CustomEvent("backprop:scripts"));
        },
        call: (version, component) => { end = call(version, "one.js")(component); },
        end: () => end(),
    };
    for (const [what, ...given] of steps) act[what](...given);
    for (const asking of Object.values(window.backpropAsking ?? {})) clearInterval(asking);
    return seen;
}"""


@pytest.mark.parametrize(("steps", "seen"), [
    ([("bring", "a"), ("call", "a", 1), ("end",)], ["a 1", "end 1"]),
    ([("call", "b", 1), ("bring", "b"), ("end",)], ["b 1", "end 1"]),
    ([("call", "c", 1), ("end",), ("bring", "c")], []),
    ([("call", "d", 1), ("bring", "e"), ("bring", "d"), ("bring", "d"), ("call", "e", 2)], ["d 1", "e 2"]),
])  # fmt: skip
def test_a_script_is_called_once_it_is_there(
    modules: Modules, steps: list[tuple[object, ...]], seen: list[str]
) -> None:
    assert modules.page.evaluate(CALLED, [list(step) for step in steps]) == seen
