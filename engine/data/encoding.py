"""The bytes of a file as text: which encoding they are in, and what is no text at all.

A file that is of another kind is named, with what to do: its bytes must not become a table of nonsense.
"""

import codecs
import re

from engine.data.dialect import ENCODINGS
from engine.errors import InvalidExperiment

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVE_AS = "In the program that made it, save it as “CSV UTF-8”, and choose that file."
# how the files begin that are taken for tables most often
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", f"is an Excel workbook (.xls). {_SAVE_AS}"),
    (b"\x1f\x8b", "is compressed (gzip). Unpack it first."),
    (b"PAR1", "is a Parquet file. Save the table as CSV, for example with pandas’ to_csv."),
    (b"\x89HDF", "is an HDF5 file. Save the table as CSV, for example with pandas’ to_csv."),
    (b"%PDF", "is a PDF. A table must be saved as CSV."),
    (b"\x93NUMPY", "is a NumPy array (.npy). Save it with numpy.savetxt(name, array, delimiter=',')."),
    (b"\x80\x04", "is a Python pickle. Save the table as CSV, for example with pandas’ to_csv."),
    (b"version https://git-lfs", "is only a Git LFS pointer to a table. Fetch the file itself: git lfs pull."),
)
_WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml)", re.IGNORECASE)
_OTHER_TEXTS = (
    (
        re.compile(r'\s*(\{|\[\s*[\[{"])'),
        "is JSON, not a table. Save the table as CSV, for example with pandas’ to_csv.",
    ),
    (
        re.compile(r"\s*(?:%[^\n]*\n\s*)*@relation\b", re.IGNORECASE),
        "is in Weka’s format (.arff). Save the table as CSV.",
    ),
)
# what no table has: all control characters but tab and the ends of lines, and halves of characters
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def decoded(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and its encoding, a key of ENCODINGS; `encoding` is used instead of the one found.

    Raises InvalidExperiment for a file of another kind, and for bytes that the encoding does not have, with the line.
    """
    _refuse_other_kinds(content)
    mark, marked = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", None))
    if encoding is None:
        encoding = marked or _unmarked(content)
    body = content[len(mark) :] if marked == encoding else content
    text = _text(body, encoding)
    if found := _NO_TEXT.search(text):
        raise InvalidExperiment(
            f"Line {_line(text[: found.start()])} holds the control character U+{ord(found[0]):04X}: the file is not a "
            f"table of text, or not in {ENCODINGS[encoding]}."
        )
    for beginning, words in _OTHER_TEXTS:
        if beginning.match(text):
            raise InvalidExperiment(f"Line 1: the file {words}")
    return text, encoding


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(b"PK\x03\x04"):
        raise InvalidExperiment(f"The file {_archive(content)}")
    for beginning, words in _OTHERS:
        if content.startswith(beginning):
            raise InvalidExperiment(f"The file {words}")
    if _WEB_PAGE.match(content):
        raise InvalidExperiment("The file is a web page, not a table. Download the table itself (on GitHub: “Raw”).")


def _archive(content: bytes) -> str:
    if b"xl/" in content:
        return (
            "is an Excel workbook (.xlsx). In Excel, choose File, Save As, and the type “CSV UTF-8 (Comma "
            "delimited)”; then choose that file."
        )
    if b"opendocument.spreadsheet" in content:
        return "is an OpenDocument spreadsheet (.ods). Save it as “Text CSV”, and choose that file."
    return "is a ZIP archive. Unpack it, and choose the table inside."


def _unmarked(content: bytes) -> str:
    # in UTF-16 every second byte of plain letters and digits is 0
    if not content:
        return "utf-8"
    zeros = [content[start::2].count(0) / (len(content) / 2) for start in (0, 1)]
    if max(zeros) > 0.5 and min(zeros) < 0.1:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        raise InvalidExperiment(
            f"Line {_line(before)}: the byte {content[error.start]:02X} is no letter in {ENCODINGS[encoding]}. "
            "Save the file as UTF-8, or choose its encoding."
        ) from error


def _line(before: str) -> int:
    return len(re.findall("\r\n|\r|\n", before)) + 1
