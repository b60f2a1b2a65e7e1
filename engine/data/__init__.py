"""Data sets: generated ones, and tables of the reader's own."""

from engine.data import dialect, labels, selection
from engine.data.dataset import Dataset, Kind, of_example
from engine.data.generators import DATASETS
from engine.data.reading import read_table
from engine.data.table import Table

__all__ = ["DATASETS", "Dataset", "Kind", "Table", "dialect", "labels", "of_example", "read_table", "selection"]
