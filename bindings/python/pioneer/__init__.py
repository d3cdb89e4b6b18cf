# SPDX-License-Identifier: GPL-3.0-or-later
"""Staged and tiered duty rosters with proven bounds: the Python side of libpioneer."""

from ._library import lib as _lib, text as _text
from ._campaign import Campaign, Finding, Severity
from ._check import JudgedPart, Report, Shortage, TermValue, Violation, check
from .errors import (
    CancelledError,
    InputOutputError,
    InvalidError,
    LibraryMissingError,
    NotFoundError,
    OutOfMemoryError,
    PioneerError,
    RangeError,
    SolverError,
    StoreError,
    SyntaxProblem,
    UnsupportedError,
)
from ._export import export_csv, export_html, export_ics
from ._roster import Assignment, LevelResult, Mode, Outcome, Part, Roster, RosterInfo, StagingPrice, State
from ._solve import Outlook, Progress, solve
from ._store import Store, StoreEntry

#: Of the running library.
__version__: str = _text(_lib.pioneer_version_string())

__all__ = [
    "Assignment",
    "Campaign",
    "CancelledError",
    "Finding",
    "InputOutputError",
    "InvalidError",
    "JudgedPart",
    "LevelResult",
    "LibraryMissingError",
    "Mode",
    "NotFoundError",
    "Outcome",
    "Outlook",
    "OutOfMemoryError",
    "Part",
    "PioneerError",
    "Progress",
    "RangeError",
    "Report",
    "Roster",
    "RosterInfo",
    "Severity",
    "Shortage",
    "SolverError",
    "StagingPrice",
    "State",
    "Store",
    "StoreEntry",
    "StoreError",
    "SyntaxProblem",
    "TermValue",
    "UnsupportedError",
    "Violation",
    "check",
    "export_csv",
    "export_html",
    "export_ics",
    "solve",
]
