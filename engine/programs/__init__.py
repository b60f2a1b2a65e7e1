"""The calculation as programs and as a notebook."""

from engine.programs import notebook, numpy_program, sections, torch_program

__all__ = ["notebook", "numpy_program", "sections", "torch_program"]
