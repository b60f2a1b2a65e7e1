"""The chapters of the text, one a file, put in order by `book`."""
