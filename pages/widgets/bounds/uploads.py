"""Uploaded files with an end: a session holds a few, all sessions together a part of the memory, the oldest one goes.

Streamlit keeps whatever is sent to an upload address until the session has ended, and any name is an address to it.
"""

from collections import deque
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec, UploadFileUrlInfo

MB = 1024 * 1024
# of a session: there are two places to upload to, and a file replaced is there until its successor has arrived
MOST_FILES, MOST_BYTES = 4, 4 * MB
MOST_BYTES_OF_ALL = 64 * MB


class HeldUploads(MemoryUploadedFileManager):
    """Streamlit's own manager with these bounds. All that changes it runs on the server's event loop."""

    issued: dict[str, deque[str]]

    @classmethod
    def take_over(cls, manager: MemoryUploadedFileManager) -> None:
        """Give the manager at work, which the server's routes hold on to, the bounds."""
        manager.issued = {}
        manager.__class__ = cls

    def get_upload_urls(self, session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        """Return the addresses for as many files as a session may hold, and remember them."""
        urls = super().get_upload_urls(session_id, file_names[:MOST_FILES])
        self.issued.setdefault(session_id, deque(maxlen=MOST_FILES)).extend(url.file_id for url in urls)
        return urls

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Hold a file, and let older ones go if there are too many. Raises HTTPException for an address of nobody's."""
        if file.file_id not in self.issued.get(session_id, ()):
            raise HTTPException(404, "This upload address was not given out.")
        super().add_file(session_id, file)
        while self._too_much(session_id):
            self._drop_oldest(session_id)
        while sum(map(self._bytes, self.file_storage)) > MOST_BYTES_OF_ALL:
            # whoever fills the memory loses a file, and not somebody with one
            self._drop_oldest(max(self.file_storage, key=self._bytes))

    def remove_session_files(self, session_id: str) -> None:
        """Forget all of a session."""
        super().remove_session_files(session_id)
        self.issued.pop(session_id, None)

    def _too_much(self, session_id: str) -> bool:
        files = len(self.file_storage[session_id])
        return files > MOST_FILES or (files > 1 and self._bytes(session_id) > MOST_BYTES)

    def _bytes(self, session_id: str) -> int:
        return sum(len(file.data) for file in self.file_storage[session_id].values())

    def _drop_oldest(self, session_id: str) -> None:
        self.remove_file(session_id, next(iter(self.file_storage[session_id])))
