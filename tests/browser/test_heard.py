"""What is heard of the server before Streamlit hands it over: messages as Streamlit writes them, taken apart."""

from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.modules import Modules

# what is heard of messages on a socket: before it has sent something, after that, and when what listens has ended
HEARD = """async ([name, messages]) => {
    const { hearFor } = await import("/shared/heard.js");
    const [heard, life] = [[], new AbortController()];
    hearFor(name, (bytes) => heard.push([...bytes]), life.signal);
    const socket = new WebSocket("wss://socket.test");
    const come = () => {
        for (const bytes of messages) {
            const data = new Uint8Array(bytes).buffer;
            socket.dispatchEvent(new MessageEvent("message", { data }));
        }
        return heard.splice(0);
    };
    const send = () => { try { socket.send("") } catch { /* it is not open */ } };
    const found = [come()];
    send();
    send();
    found.push(come());
    life.abort();
    return [...found, come()];
}"""
# what each message has for the component
FOUND = """async (messages) => {
    const { bytesFor } = await import("/shared/heard.js");
    return messages.map((bytes) => {
        const found = bytesFor("own", new Uint8Array(bytes));
        return found && [...found];
    });
}"""
# the same of one message that is cut off at each of its bytes
CUT = """async (bytes) => {
    const { bytesFor } = await import("/shared/heard.js");
    const whole = new Uint8Array(bytes);
    const found = Array.from(whole, (_, end) => bytesFor("own", whole.subarray(0, end)));
    return found.map((some) => some && [...some]);
}"""
CONTENT = '{"id":1,"text":"δ = −0.1"}'.encode()


def for_component(name: str, content: bytes = CONTENT) -> ForwardMsg:
    """A message as one to a component is, with some of all kinds of fields around."""
    message = ForwardMsg(hash="a" * 300)
    message.metadata.delta_path.extend([0, 300, 70_000])
    message.metadata.cacheable = True
    message.metadata.active_script_hash = name
    component = message.delta.new_element.bidi_component
    component.id, component.component_name, component.js_content = "id", name, "é" * 5_000
    component.isolate_styles = True
    component.bytes = content
    message.delta.fragment_id = name
    return message


def others() -> Iterator[ForwardMsg]:
    yield for_component("another")
    yield ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    yield ForwardMsg()
    words = ForwardMsg()
    words.delta.new_element.markdown.body = for_component("own").SerializeToString().decode(errors="ignore")
    yield words
    data = for_component("own")
    data.delta.new_element.bidi_component.json = "{}"
    yield data


@pytest.mark.parametrize("content", [CONTENT, b"", b"\xff" * 70_000])
def test_bytes_for_a_component_are_found_in_streamlits_messages(modules: Modules, content: bytes) -> None:
    sent = [*others(), for_component("own", content)]
    found = modules.page.evaluate(FOUND, [list(message.SerializeToString()) for message in sent])
    assert found == [*[None] * (len(sent) - 1), list(content)]


def test_what_is_cut_off_is_read_to_its_end(modules: Modules) -> None:
    found = modules.page.evaluate(CUT, list(for_component("own").SerializeToString()))
    assert all(some is None or bytes(some) == CONTENT[: len(some)] for some in found)


def test_a_socket_that_sends_is_heard_once_a_message_until_the_end(modules: Modules) -> None:
    messages = [list(message.SerializeToString()) for message in (*others(), for_component("own"))]
    assert modules.page.evaluate(HEARD, ["own", messages]) == [[], [list(CONTENT)], []]
