"""Numbers that somebody computed, by hand or in code, pasted as text and compared with the engine's."""

from engine.practice.pasted import scanning
from engine.practice.pasted.findings import Finding, Report, check_numbers

__all__ = ["Finding", "Report", "check_numbers", "scanning"]
