"""Tables from files: each is read right or refused in words that name the line, and what was understood is said.

`files/` holds small files of the kinds that people complain about in public trackers.
"""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.data import read_table
from engine.data.dialect import Dialect
from engine.data.selection import from_table, incomplete
from engine.data.table import numbers
from engine.errors import InvalidExperiment

FILES = Path(__file__).parent / "files"
IRIS = {"x": [[5.1, 3.5], [4.9, 3.0], [7.0, 3.2], [6.4, 3.2], [6.3, 3.3], [5.8, 2.7]], "y": [0, 0, 1, 1, 2, 2]}


def read(text, **given):
    return read_table(text if isinstance(text, bytes) else text.encode(), "mine.csv", Dialect(**given))


def of_file(name):
    return read_table((FILES / name).read_bytes(), name)


def said(table):
    return " ".join(table.remarks)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("index_column.csv", "The column 'column 1' only numbers the rows: it is left out"),
        ("no_header_blank_tail.csv", "there is no header, the first line is data"),
        ("semicolon_decimal_comma.csv", "separated by semicolons, with a decimal comma; line 1 names the columns"),
        ("sep_line.csv", "line 2 names the columns"),
        ("utf16le_tab.csv", "Read as UTF-16, columns separated by tabs"),
    ],
)
def test_iris_is_the_same_however_it_is_written(name, words):
    table = of_file(name)
    made = from_table("iris", table, table.columns[:2], table.columns[2], "classification")
    assert made.x.tolist() == IRIS["x"] and made.classes.tolist() == IRIS["y"]
    assert made.outputs == ("setosa", "versicolor", "virginica") and table.numeric == table.columns[:2]
    assert words in said(table)


def test_columns_of_one_name_are_both_used():
    table = of_file("duplicate_headers.csv")
    assert numbers(table, "x").tolist() == [1, 2, 3] and numbers(table, "x (2)").tolist() == [4, 5, 6]
    assert "There is a second column 'x': it is called 'x (2)'" in said(table)


def test_infinite_and_missing_cells_are_told_with_their_rows_or_left_out_and_counted():
    table = of_file("inf_nan.csv")
    assert table.numeric == ("x1", "x2", "y") and incomplete(table, ["x1", "x2"], "y", "classification") == 3
    assert "3 rows have missing or infinite cells: lines 2, 3, 4" in said(table)
    with pytest.raises(InvalidExperiment) as refused:
        from_table("t", table, ["x1", "x2"], "y", "classification")
    assert "Line 2 (row 1), column 'x2': 'inf' is not a finite number." in str(refused.value)
    assert "Line 3 (row 2), column 'x2': '1e400' is not a finite number." in str(refused.value)
    assert "Line 4 (row 3), column 'x1': 'NaN' stands for a number that is missing." in str(refused.value)
    # one row would be left: too few
    with pytest.raises(InvalidExperiment, match="Line 2"):
        from_table("t", table, ["x1", "x2"], "y", "classification", leave_out=True)


def test_a_question_mark_makes_no_column_of_words():
    table = of_file("question_mark.csv")
    assert "horsepower" in table.numeric and numbers(table, "weight").tolist() == [2228, 2046, 2634]
    with pytest.raises(InvalidExperiment, match=r"Line 3 \(row 2\), column 'horsepower': '\?' stands for a number"):
        from_table("cars", table, ["horsepower"], "mpg", "regression")
    made = from_table("cars", table, ["horsepower"], "mpg", "regression", leave_out=True)
    assert made.x.tolist() == [[95], [100]] and made.y.tolist() == [[25], [19]]
    # a row is only left out for the columns that are used
    assert from_table("cars", table, ["weight"], "mpg", "regression", leave_out=True).size == 3


def test_thousands_are_read_and_said():
    table = of_file("thousands_quoted.csv")
    assert numbers(table, "sqft").tolist() == [1421, 1545, 875, 2310]
    assert numbers(table, "rent").tolist() == [1692, 1822, 1150, 2890]
    assert "In 'sqft' thousands are separated: “1,421” is 1421" in said(table)


def test_separators_at_the_ends_of_rows_shift_nothing():
    table = of_file("trailing_comma_rows.csv")
    assert table.columns == ("A", "B", "C")
    assert [numbers(table, name).tolist() for name in "ABC"] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_what_scikit_learn_counts_names_no_columns():
    table = read("2,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n")
    assert table.columns == tuple(f"column {number}" for number in range(1, 6))
    assert table.rows == ((5.1, 3.5, 1.4, 0.2, 0), (7, 3.2, 4.7, 1.4, 1))
    assert "line 1 counts rows and inputs and names no columns" in said(table)


def test_large_values_are_no_slips():
    made = from_table("h", of_file("unscaled_houses.csv"), ["sqft"], "cost", "regression")
    assert made.x[:2].tolist() == [[1421], [1545]] and made.y[0].tolist() == [1692]
    assert numbers(read("a,b\n1e300,2\n-3e9,4"), "a").tolist() == [1e300, -3e9]


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("A,B,C,\n1,4,7\n2,5,8\n", "ABC", [[1, 4, 7], [2, 5, 8]]),
        ("A,B,C,\n1,4,7,\n2,5,8,\n", "ABC", [[1, 4, 7], [2, 5, 8]]),
        ("A,B,C\n1,4,\n2,5,8\n", "ABC", [[1, 4, ""], [2, 5, 8]]),
        ("A;B;;\n1;2;;\n;;;\n\n3;4;;\n", "AB", [[1, 2], [3, 4]]),
        ("A\tB\tC\n\t2\t3\n1\t\t3\n1\t2\t\n", "ABC", [["", 2, 3], [1, "", 3], [1, 2, ""]]),
        ("a\tb\r1\t2\r3\t4\r", "ab", [[1, 2], [3, 4]]),
        ("x y\n1 5.5 3.5\n2 4.5 2.5\n", "xy", [[5.5, 3.5], [4.5, 2.5]]),
        ('x y\n"a b" 5.5 3.5\n"c d" 4.5 2.5\n', "xy", [[5.5, 3.5], [4.5, 2.5]]),
        ('"x","y"\n"u",1,2\n"v",3,4\n', "xy", [[1, 2], [3, 4]]),
        ('a,b\n"1,5","2,7"\n"2,5","3,7"\n', "ab", [[1.5, 2.7], [2.5, 3.7]]),
        ("a;b\n1.234,56;3\n2.000,10;4\n", "ab", [[1234.56, 3], [2000.1, 4]]),
        ("a;b\n1\u00a0234,5;2\n12,25;3\n", "ab", [[1234.5, 2], [12.25, 3]]),
        ("a;b\n1'234.50;-2.\n2'000.25;.5\n", "ab", [[1234.5, -2], [2000.25, 0.5]]),
        ("a,b\n−1.5,+2\n1e5,2E-3\n", "ab", [[-1.5, 2], [1e5, 2e-3]]),
        # what other columns say of the decimal mark decides
        ("a;b\n1,421;0,5\n2,310;7,25\n", "ab", [[1.421, 0.5], [2.31, 7.25]]),
        ("a;b\n1,421;0.5\n2,310;7.25\n", "ab", [[1421, 0.5], [2310, 7.25]]),
        ("a;b;k\n5,1;u;v\n5,2;w;v\n", "abk", [[5.1, "u", "v"], [5.2, "w", "v"]]),
        ('x,name\n1,"a, b"\n2,"say ""c"""\n', ["x", "name"], [[1, "a, b"], [2, 'say "c"']]),
        # pandas names columns and rows by numbers
        (",0,1,k\n0,5.1,3.5,a\n1,4.9,3.0,b\n", "01k", [[5.1, 3.5, "a"], [4.9, 3.0, "b"]]),
        ("0,1,2\n5.1,3.5,0\n4.9,3.0,1\n", "012", [[5.1, 3.5, 0], [4.9, 3.0, 1]]),
        ("land,2019,2020\nA,1.5,2.5\nB,3.5,4.5\n", ["land", "2019", "2020"], [["A", 1.5, 2.5], ["B", 3.5, 4.5]]),
        # codes are names, also where they look like numbers
        ("zip,x\n01069,1\n10115,2\n", ["zip", "x"], [["01069", 1], ["10115", 2]]),
        (" 1.5   2 \ta\n 3.5   4 \tb\n", ["column 1", "column 2", "column 3"], [[1.5, 2, "a"], [3.5, 4, "b"]]),
        ("1,2,3\n4,5,6\n7,8,9\n", ["column 1", "column 2", "column 3"], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
        (",3.5,a\n5.1,3,b\n", ["column 1", "column 2", "column 3"], [["", 3.5, "a"], [5.1, 3, "b"]]),
        ("Id,x,k\n7,1.5,a\n3,2.5,b\n", "xk", [[1.5, "a"], [2.5, "b"]]),
    ],
)  # fmt: skip
def test_a_dialect_is_understood(text, columns, rows):
    table = read(text)
    assert (list(table.columns), list(map(list, table.rows))) == (list(columns), rows)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The file is empty"),
        ("\n \n", "The file is empty"),
        ("a\n1\n2\n", "from 2 to 1,000 columns, separated by commas, semicolons, tabs or blanks"),
        ("a,b\n1,2\n", "at least 2 rows of data; it has 1"),
        ("a,b\n1,2\n\n1\n3,4", "Line 4 has 1 value, but line 1 has 2"),
        ("a,b\n1,2\n1,2,3\n", "Line 3 has 3 values, but line 1 has 2"),
        # of two names, which of three columns has none?
        ("a,b\n1,2,5\n2,4,3\n", "Line 2 has 3 values, but line 1 has 2"),
        ("a,b\n1,5,2,7\n2,5,3,7\n", "Line 2 has 4 values, but line 1 has 2"),
        # a decimal comma, a comma in a date and a blank in a name are no names of rows
        ("item,price\nA,1,50\nB,2,50\n", "Line 2 has 3 values, but line 1 has 2"),
        ("date,value\nJan 1, 2020,5\nJan 2, 2020,6\n", "Line 2 has 3 values, but line 1 has 2"),
        ("city pop\nParis 2 100\nRome 2 800\n", "Line 2 has 3 values, but line 1 has 2"),
        ("\t2\t3\n1\t\t3\n1\t2\t\n", "Line 1 can be parted by tabs or by blanks"),
        ("My data\n\na,b\n1,2\n3,4\n", "Line 3 has 2 values, but line 1 has 1"),
        ('a,b\n1,"x\n2,3\n', "Line 2: a quotation mark does not close"),
        ("a;b\n1.234;3\n2.000;4\n", r"Line 2, column 'a': “1.234” can be 1234 or 1.234: choose whether the point"),
        ("a\tb\n1,234\t3\n2,000\t4\n", r"Line 2, column 'a': “1,234” can be 1234 or 1.234: choose whether the comma"),
        ('a,b\n"1,421",1\n1500,2\n', "Line 2, column 'a': “1,421” can be 1421 or 1.421"),
        ("a,b\n1.421,1\n875,2\n", "Line 2, column 'a': “1.421” can be 1421 or 1.421"),
        ("a;b\n1,2;3\n1.2;4\n", "Line 2, column 'a': “1,2” has a decimal comma, but Line 3, column 'a': “1.2” has a"),
        ("a,b\n" + "1,2\n" * 5001, "5,002 rows; at most 5,000"),
        (f"a,{'b' * 101}\n1,2\n3,4", "The name of column 2 has 101 letters"),
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "Excel workbook .*CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0rest", "Excel workbook"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "Git LFS pointer"),
        (b'[{"a": 1, "b": 2},\n{"a": 3, "b": 4}]', "JSON, not a table"),
        (b"% a comment\n@RELATION iris\n", "Weka"),
        (b"a,b\n1,2\n\x00,3\n", r"Line 3 holds the control character U\+0000"),
        (b"\xef\xbb\xbfa,b\n1,2\n\xff,3\n", "Line 3: the byte FF is no letter in UTF-8"),
        (b"\xff\xfea\x00,\x00b\x00\n\x001", "Line 2: the byte 31 is no letter in UTF-16"),
        (b"a,b\n1,\x81\n", "Line 2: the byte 81 is no letter in Windows-1252"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(content, words):
    with pytest.raises(InvalidExperiment, match=words):
        read(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found(encoding):
    assert read("Länge;é\n1,5;ü\n2,5;ß\n".encode(encoding)).rows == ((1.5, "ü"), (2.5, "ß"))


def test_what_was_found_can_be_decided_otherwise():
    doubtful = "a;b\n1,234;x\n2,500;y\n"
    assert read(doubtful, decimal=",").rows == ((1.234, "x"), (2.5, "y"))
    assert read(doubtful, decimal=".").rows == ((1234, "x"), (2500, "y"))
    assert read("1,2\n3,4\n5,6\n", header=True).columns == ("1", "2")
    assert read("a,b\n3,4\n5,6\n", header=False).rows[0] == ("a", "b")
    assert read("a;b,c\n1;2,3\n4;5,6\n", separator=",").columns == ("a;b", "c")
    assert read("Id,x,y\n1,2,3\n2,3,4\n", index="").columns == ("Id", "x", "y")
    assert read("Id,x,y\n1,2,3\n2,3,4\n", index="x").columns == ("Id", "y")
    assert read("a,b\n1,\u0443\n2,\u0436\n".encode("cp1251"), encoding="cp1251").rows[0] == (1, "\u0443")


def test_a_table_read_again_as_it_was_understood_is_the_same():
    for file in sorted(FILES.iterdir()):
        table = of_file(file.name)
        assert read_table(file.read_bytes(), file.name, table.dialect) == table


@given(st.sampled_from(sorted(FILES.iterdir())), st.data())
def test_a_file_with_broken_bytes_is_read_or_refused_in_words(file, data):
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    # any other exception is a defect
    with suppress(InvalidExperiment):
        table = read_table(bytes(content), file.name)
        assert {len(row) for row in table.rows} == {len(set(table.columns))} == {len(table.columns)}


@given(st.lists(st.sampled_from(["x", "x (2)", "x (3)", "column 2", "y", "", " x "]), min_size=3, max_size=12))
def test_columns_always_have_different_names(names):
    rows = [",".join(f"{row + 0.5 + place}" for place in range(len(names))) for row in (1, 5)]
    table = read("\n".join([",".join(names) + ",k", *(f"{row},a" for row in rows)]))
    assert len(set(table.columns)) == len(table.columns) == len(names) + 1
    assert [row[:-1] for row in table.rows] == [
        tuple(place + 1.5 + step for place in range(len(names))) for step in (0, 4)
    ]


HOSTILE = {
    "signs of a comment": b"%" + b" %" * 200_000,
    "columns": b"1," * 400_000,
    "columns of one name": (b"x," * 1000 + b"\n" + b"1," * 1000 + b"\n") * 3,
    "quotes": b'"' * 400_000,
    "rows": b"1\n" * 400_000,
    "zeros": b"\x00" * 400_000,
    "thousands": b",1,421" * 60_000,
    "open quotes": b'1 "' * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_soon(name):
    # a pattern or a loop that grows with the square of the file would take minutes
    with suppress(InvalidExperiment):
        read(HOSTILE[name])


@st.composite
def columns_of_numbers(draw, rows):
    """Numbers as text with a decimal point, and what they are: with so many decimals, or whole ones."""
    decimals = draw(st.integers(0, 6))
    values = draw(st.lists(st.integers(-(10**9), 10**9), min_size=rows, max_size=rows))
    texts = [f"{value / 10**decimals:.{decimals}f}" for value in values]
    return texts, [float(text) for text in texts]


# signs that separate elsewhere may stand inside of a word
WORDS = st.from_regex(r"[a-zXYZäß]{1,5}([ +;,-]{1,2}[a-zXYZ]{1,5})?", fullmatch=True)


@st.composite
def tables(draw):
    """A table as text, a way to write it, and its columns: names and values."""
    rows, width = draw(st.integers(3, 12)), draw(st.integers(1, 4))
    columns = [draw(columns_of_numbers(rows)) for _ in range(width)]
    kinds = draw(st.lists(WORDS, min_size=2, max_size=3, unique_by=lambda w: " ".join(w.split())))
    words = [kinds[index % len(kinds)] for index in range(rows)]
    names = draw(st.lists(WORDS, min_size=width + 1, max_size=width + 1, unique=True))
    return columns, words, names


def understood(content):
    """The table, or None if it is refused because it can be read in two ways."""
    try:
        return read(content)
    except InvalidExperiment as error:
        if re.match(r"Line \d+.* can be", str(error)):
            return None
        raise


def quoted(cell, separator, always):
    # where blanks separate, any other sign might
    special = separator in cell or (separator == " " and any(sign in cell for sign in ",; ") and not cell[-1].isdigit())
    return '"' + cell.replace('"', '""') + '"' if always or special else cell


@given(
    tables(),
    st.sampled_from(",;\t| "),
    st.sampled_from(".,"),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "rows", "header", "both"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_a_random_table_in_a_random_dialect_is_read_right_or_refused(
    table, separator, decimal, header, always, index, trailing, end, encoding
):
    columns, words, names = table
    rows = [[text.replace(".", decimal) for text in texts] for texts in zip(*(c[0] for c in columns), strict=True)]
    lines = [[*row, word] for row, word in zip(rows, words, strict=True)]
    titles = list(names)
    if index and header:
        lines = [[str(number), *line] for number, line in enumerate(lines)]
        titles = ["", *titles]
    tails = {"rows": ("", separator), "header": (separator, ""), "both": (separator, separator)}
    tail = tails.get(trailing if separator != " " else "", ("", ""))
    assume(not (separator == " " and index and header))

    def written(cells, tail):
        return separator.join(quoted(cell, separator, always and cell != "") for cell in cells) + tail

    text = end.join(([written(titles, tail[0])] if header else []) + [written(line, tail[1]) for line in lines]) + end
    found = understood(text.encode(encoding))
    if found is None:
        return
    assert len(found.columns) == len(columns) + 1 and len(found.rows) == len(lines)
    for name, (_, values) in zip(found.columns, columns, strict=False):
        assert numbers(found, name).tolist() == values
    assert [" ".join(str(row[-1]).split()) for row in found.rows] == [" ".join(word.split()) for word in words]
    if header:
        assert found.columns == tuple(" ".join(name.split()) for name in names)


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=10),
    st.integers(0, 3),
    st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "\u00a0"), (".", "'")]),
    st.sampled_from(",;\t|"),
)
def test_thousands_are_read_right_or_refused(values, decimals, marks, separator):
    # three digits after each point, and commas between the columns: these are decimals
    assume(marks[1] != "." or separator != ",")
    texts = [f"{value / 10**decimals:,.{decimals}f}" for value in values]
    columns = [text.translate(str.maketrans({".": marks[0], ",": marks[1]})) for text in texts]
    lines = [f"{quoted(cell, separator, False)}{separator}{'uv'[row % 2]}" for row, cell in enumerate(columns)]
    found = understood("\n".join([f"size{separator}kind", *lines]).encode())
    if found is not None:
        assert numbers(found, "size").tolist() == [float(text.replace(",", "")) for text in texts]
