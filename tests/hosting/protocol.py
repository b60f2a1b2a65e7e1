"""A browser's side of Streamlit's WebSocket protocol, with the protobuf messages of the installed package.

It keeps what a browser keeps: the elements of the last run, widget values, and which large messages it has already.
"""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.hosting.http import ask

T = TypeVar("T")
STREAM = "/_stcore/stream"
WHOLE, OF_FRAGMENTS = 0, 3
FINISHED = (WHOLE, OF_FRAGMENTS)


@dataclass
class Session:
    """One visitor; `async with Session.at(url) as session`, then `await session.run()`."""

    socket: ClientConnection
    origin: str
    query: str = ""
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    elements: dict[tuple[int, ...], Any] = field(default_factory=dict)
    drawn: dict[tuple[int, ...], Any] = field(default_factory=dict)
    # the fragment that drew a widget, by the widget's key
    fragments: dict[str, str] = field(default_factory=dict)
    large: dict[str, ForwardMsg] = field(default_factory=dict)
    id: str = ""
    bytes_received: int = 0

    @staticmethod
    def at(url: str, headers: Mapping[str, str] | None = None, existing: str = "") -> "_Opening":
        """Open a session at an address such as http://127.0.0.1:8501; `existing` is the id of one to come back to."""
        return _Opening(url.rstrip("/"), dict(headers or {}), existing)

    async def send(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())

    async def run(self, page: str = "", fragment: str = "", seconds: float = 60) -> list[ForwardMsg]:
        """Ask for a run with the widgets' values at hand, and return its messages once it has finished."""
        message = BackMsg()
        wanted = message.rerun_script
        wanted.query_string = self.query
        wanted.page_name, wanted.fragment_id = page, fragment
        wanted.widget_states.widgets.extend(self.widgets.values())
        wanted.cached_message_hashes.extend(self.large)
        wanted.context_info.url = f"{self.origin}/{page}"
        wanted.context_info.timezone, wanted.context_info.locale = "UTC", "en"
        wanted.context_info.color_scheme = "light"
        await self.send(message)
        async with asyncio.timeout(seconds):
            return [said async for said in self._until_finished()]

    async def _until_finished(self) -> Any:
        while True:
            raw = cast(bytes, await self.socket.recv())
            self.bytes_received += len(raw)
            said = ForwardMsg.FromString(raw)
            if said.HasField("ref_hash"):
                known = self.large[said.ref_hash]
                known.metadata.CopyFrom(said.metadata)
                said = known
            elif said.metadata.cacheable:
                self.large[said.hash] = said
            self._take(said)
            yield said
            if said.WhichOneof("type") == "script_finished" and said.script_finished in FINISHED:
                return

    def _take(self, said: ForwardMsg) -> None:
        kind = said.WhichOneof("type")
        if kind == "new_session":
            self.id = said.new_session.initialize.session_id or self.id
            self.drawn = {}
        elif kind == "page_info_changed":
            self.query = said.page_info_changed.query_string
        elif kind == "delta" and said.delta.WhichOneof("type") == "new_element":
            element = said.delta.new_element
            name = element.WhichOneof("type")
            one = getattr(element, name)
            self.drawn[tuple(said.metadata.delta_path)] = one
            self.fragments[key_of(one)] = said.delta.fragment_id
        elif kind == "script_finished":
            # what a whole run did not draw again is gone
            self.elements = self.drawn if said.script_finished == WHOLE else self.elements | self.drawn

    def of_kind(self, name: str) -> Iterator[Any]:
        """The elements of a kind that the last run drew, such as ArrowDataFrame."""
        return (one for one in self.elements.values() if one.DESCRIPTOR.name == name)

    def named(self, key: str) -> Any:
        """The widget with a key."""
        return next(one for one in self.elements.values() if key_of(one) == key)

    def set(self, key: str, **value: Any) -> None:
        """Set a widget's value, such as string_value="…"."""
        id_ = self.named(key).id
        self.widgets[id_] = WidgetState(id=id_, **value)


def key_of(element: Any) -> str:
    """The key that the app gave an element; nothing if it gave none."""
    # $$ID-<digest>-<key>
    parts = getattr(element, "id", "").split("-", 2)
    return parts[2] if parts[0] == "$$ID" and parts[2] != "None" else ""


async def upload(session: Session, key: str, name: str, content: bytes) -> int:
    """Upload a file as the widget with a key does, and set the widget to it; return the HTTP status."""
    urls = (await upload_addresses(session, name))[0]
    status = await put(session, urls.upload_url, name, content)
    state = WidgetState(id=session.named(key).id)
    info = state.file_uploader_state_value.uploaded_file_info.add()
    info.name, info.size, info.file_id = name, len(content), urls.file_id
    info.file_urls.CopyFrom(urls)
    session.widgets[state.id] = state
    return status


async def upload_addresses(session: Session, *names: str) -> Sequence[FileURLs]:
    """Ask for addresses to upload files to."""
    message = BackMsg()
    message.file_urls_request.request_id, message.file_urls_request.session_id = "one", session.id
    message.file_urls_request.file_names.extend(names)
    await session.send(message)
    while (said := ForwardMsg.FromString(cast(bytes, await session.socket.recv()))).WhichOneof("type") != (
        "file_urls_response"
    ):
        pass
    return said.file_urls_response.file_urls


async def put(session: Session, address: str, name: str, content: bytes) -> int:
    """Send a file to an address, with the token against forgery; return the HTTP status."""
    cookie = (await asyncio.to_thread(ask, session.origin, "/_stcore/health")).headers["Set-Cookie"].split(";")[0]
    boundary = "the-end-of-a-part-of-the-form"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="{quote(name)}"\r\n\r\n'.encode()
    headers = {
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    body = head + content + f"\r\n--{boundary}--\r\n".encode()
    return (await asyncio.to_thread(ask, session.origin, address, "PUT", headers, body)).status


@dataclass
class _Opening:
    url: str
    headers: dict[str, str]
    existing: str
    connection: Any = None

    async def __aenter__(self) -> Session:
        # as a browser does: the second name stands for a token against forgery, the third for the session
        names = ["streamlit", "none", *([self.existing] if self.existing else [])]
        address = urlsplit(self.url)
        scheme = "wss" if address.scheme == "https" else "ws"
        self.connection = connect(
            f"{scheme}://{address.netloc}{STREAM}",
            subprotocols=cast(Any, names),
            origin=cast(Any, self.url),
            additional_headers=self.headers,
            max_size=None,
            open_timeout=30,
        )
        return Session(await self.connection.__aenter__(), self.url)

    async def __aexit__(self, *details: object) -> None:
        await self.connection.__aexit__(*details)


def finished(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end, in a thread of its own: in tests the main thread has Playwright's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
