"""Data sets: generated ones, and tables of the reader's own."""

from engine.data import labels
from engine.data.dataset import Dataset, Kind, of_example
from engine.data.generators import DATASETS
from engine.data.table import Table, from_table, read_csv, with_points

__all__ = ["DATASETS", "Dataset", "Kind", "Table", "from_table", "labels", "of_example", "read_csv", "with_points"]
