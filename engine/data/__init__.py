"""Data sets: generated ones, measured ones, and tables of the reader's own."""

from engine.data import dialect, labels, recorded, selection
from engine.data.dataset import Dataset, of_example
from engine.data.generators import DATASETS
from engine.data.reading import read_table
from engine.data.table import Table

__all__ = ["DATASETS", "Dataset", "Table", "dialect", "labels", "of_example", "read_table", "recorded", "selection"]
