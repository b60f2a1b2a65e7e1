"""What a visitor may send and a session may hold, in Streamlit as installed: an upgrade that loses it is noticed."""

import sys
from typing import cast

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.widgets.bounds.placing import SWITCH, put_in_place
from pages.widgets.bounds.uploads import MB, MOST_BYTES_OF_ALL, MOST_FILES, HeldUploads
from tests.hosting.protocol import Session, finished, put, upload, upload_addresses
from tests.hosting.rig import Replica
from tests.hosting.visitors import shown_exceptions

GONE = "The server no longer holds this file. Choose it again to use it."


@pytest.fixture
def held() -> HeldUploads:
    manager = MemoryUploadedFileManager("/upload")
    HeldUploads.take_over(manager)
    assert isinstance(manager, HeldUploads)
    return manager


def add(held: HeldUploads, session: str, size: int) -> str:
    """Upload a file of a size, and return its id."""
    (url,) = held.get_upload_urls(session, ["a"])
    held.add_file(session, UploadedFileRec(url.file_id, "a", "text/csv", b"x" * size))
    return url.file_id


def test_a_session_holds_a_few_files_and_the_oldest_goes_first(held: HeldUploads) -> None:
    files = [add(held, "one", 10) for _ in range(MOST_FILES + 2)]
    assert [file.file_id for file in held.get_files("one", files)] == files[2:]


def test_a_session_holds_a_few_megabytes_and_a_large_file_alone(held: HeldUploads) -> None:
    files = [add(held, "one", size) for size in (2 * MB, MB, 2 * MB)]
    assert [file.file_id for file in held.get_files("one", files)] == files[1:]
    large = add(held, "one", 20 * MB)
    assert list(held.file_storage["one"]) == [large]


def test_whoever_fills_the_memory_loses_a_file_and_not_a_visitor_with_one(held: HeldUploads) -> None:
    visitor = add(held, "visitor", MB)
    for number in range(MOST_BYTES_OF_ALL // MB):
        add(held, f"greedy {number // 4}", MB)
    assert held.get_files("visitor", [visitor])
    assert sum(len(file.data) for files in held.file_storage.values() for file in files.values()) <= MOST_BYTES_OF_ALL


def test_an_address_that_was_not_given_out_or_to_another_session_takes_no_file(held: HeldUploads) -> None:
    (url,) = held.get_upload_urls("one", ["a"])
    for session, file in (("one", "made up"), ("another", url.file_id)):
        with pytest.raises(HTTPException, match="404"):
            held.add_file(session, UploadedFileRec(file, "a", "", b""))


def test_of_a_session_that_has_ended_nothing_is_left(held: HeldUploads) -> None:
    add(held, "one", 10)
    held.remove_session_files("one")
    assert not held.file_storage and not held.issued


class Changed:
    """A runtime as it may be after an upgrade of Streamlit."""

    uploaded_file_mgr = object()


def test_the_app_runs_with_a_streamlit_that_has_changed_inside_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    put_in_place(cast(Runtime, Changed()))
    assert "not bounded" in caplog.text


def test_threads_that_compute_let_others_go_on_soon() -> None:
    put_in_place(cast(Runtime, Changed()))
    assert sys.getswitchinterval() == pytest.approx(SWITCH)


async def at_the_upload(session: Session) -> None:
    await session.run(page="share")
    session.set("share_as", string_array_value={"data": ["Open a file"]})
    await session.run(page="share")


async def statuses(url: str) -> tuple[int, int, int]:
    async with Session.at(url) as session:
        await at_the_upload(session)
        given = (await upload_addresses(session, "a"))[0].upload_url
        made_up, elsewhere = given.rpartition("/")[0] + "/made-up", given.replace(session.id, "nobody")
        return tuple([await put(session, address, "a", b"{}") for address in (given, made_up, elsewhere)])


def test_the_server_takes_files_at_addresses_that_it_gave_out_only(replica: Replica) -> None:
    assert finished(statuses(replica.url)) == (204, 404, 400)


async def addresses_for(url: str, count: int) -> int:
    async with Session.at(url) as session:
        await session.run()
        return len(await upload_addresses(session, *["a"] * count))


def test_a_thousand_addresses_are_not_given_out(replica: Replica) -> None:
    assert finished(addresses_for(replica.url, 1_000)) == MOST_FILES


async def said_of_a_file_that_is_gone(url: str, page: str, key: str) -> list[str]:
    async with Session.at(url) as session:
        await at_the_upload(session)
        if page == "training":
            await session.run(page=page)
            session.set("training_data", string_value="A CSV file of your own")
            await session.run(page=page)
        await upload(session, key, "table.csv", b"a,b\n1,2\n2,3\n")
        shown = dict(session.widgets)
        for _ in range(MOST_FILES):
            await upload(session, key, "another", b"{}")
        session.widgets = shown
        messages = await session.run(page=page)
        return shown_exceptions(messages) + [alert.body for alert in session.of_kind("Alert")]


@pytest.mark.parametrize(("page", "key"), [("share", "upload"), ("training", "training_upload")])
def test_a_page_says_in_words_that_the_file_it_shows_is_gone(replica: Replica, page: str, key: str) -> None:
    assert finished(said_of_a_file_that_is_gone(replica.url, page, key))[:1] == [GONE]
