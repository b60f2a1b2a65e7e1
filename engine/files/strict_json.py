"""JSON from anywhere, read with limits: experiments, weights and the headers of files all come through here.

Beyond the grammar, it allows no NaN or infinity unless asked to, and no field that is named twice.
"""

import json
import re
from typing import Any

from engine.errors import InvalidExperiment

# keeps hostile input cheap: a million characters parse in some 20 ms
MAX_CHARACTERS = 1_000_000
# far more than any float64 has
MAX_DIGITS = 4_000
# the halves of characters beyond the first 65,536
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: str, most: int = MAX_CHARACTERS, finite: bool = True) -> Any:
    """Return what the JSON text holds; raise InvalidExperiment for text that is too long, broken or not plain JSON.

    `most` is how many characters are read; NaN and infinity are let through if not `finite`.
    """
    if not isinstance(text, str):
        raise InvalidExperiment("JSON must be given as text.")
    if len(text) > most:
        raise InvalidExperiment(f"The text is too long: at most {most:,} characters are read.")
    try:
        # some editors put a mark of the encoding first
        document = json.loads(
            text.removeprefix("\ufeff"),
            parse_constant=_refuse_constant if finite else float,
            parse_int=_whole,
            object_pairs_hook=_unique,
        )
        if _HALF.search(text):
            json.dumps(document, ensure_ascii=False).encode()
        return document
    except UnicodeEncodeError as error:
        raise InvalidExperiment("The text holds half of a character, which cannot be shown.") from error
    except RecursionError as error:
        raise InvalidExperiment("The text is nested too deeply.") from error
    except InvalidExperiment:
        raise
    except ValueError as error:
        raise InvalidExperiment(f"The text is not valid JSON: {error}") from error


def _refuse_constant(name: str) -> float:
    raise InvalidExperiment(f"Numbers must be finite; the text holds {name}.")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise InvalidExperiment(f"A number has {len(digits):,} digits; at most {MAX_DIGITS:,} are read.")
    return int(digits)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise InvalidExperiment("The text names a field twice.")
    return document
