"""The source text of a function, kept in the record of the function it belongs to, for the generated programs.

What a program computes and what the engine computes are compared number by number in the tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Code:
    """A function and its derivative in NumPy, and the function in PyTorch, which differentiates on its own.

    The NumPy texts are the lines of a function's body, the last of them the value it returns; the PyTorch text is one
    expression. An activation's are in z and its parameter's name (alpha), a loss's in a and y, a joint form's in z and
    y; the derivative of an activation of the whole layer takes z and da. They may call other activations by name. `why`
    says why the derivative is not written as it is in books.
    """

    numpy: str
    numpy_derivative: str
    torch: str
    why: str = ""
