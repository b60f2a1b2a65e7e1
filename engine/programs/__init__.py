"""The calculation as programs and as a notebook."""

from engine.programs import all_numbers, notebook, numpy_program, sections, torch_program

__all__ = ["all_numbers", "notebook", "numpy_program", "sections", "torch_program"]
