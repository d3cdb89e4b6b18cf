# SPDX-License-Identifier: GPL-3.0-or-later
"""One exception for each way in which a call can fail."""

from __future__ import annotations


class PioneerError(Exception):
    """A call failed and changed nothing.

    code: stable in every version and language, for instance "duplicate-id".
    where: JSON pointer or file and line of the culprit; may be empty.
    message: one English sentence.
    line, column: of the culprit in its text, 1-based; 0 when it has none.
    """

    def __init__(self, message: str, code: str = "", where: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.where = where
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = self.where or (f"line {self.line}" if self.line else "")
        return f"{place}: {self.message}" if place else self.message


class OutOfMemoryError(PioneerError, MemoryError):
    """An allocation, or the start of a thread, was refused."""


class SyntaxProblem(PioneerError, ValueError):
    """The text is not JSON at all."""


class InvalidError(PioneerError, ValueError):
    """Well-formed, but it breaks the format or the model."""


class NotFoundError(PioneerError, LookupError):
    """Nothing has that name or index."""


class RangeError(PioneerError, ValueError):
    """An argument is outside the contract of the function."""


class InputOutputError(PioneerError, OSError):
    """A file could not be read or written."""


class StoreError(PioneerError):
    """The SQLite store refused."""


class SolverError(PioneerError):
    """The LP solver gave up."""


class CancelledError(PioneerError):
    """The solve was cancelled before there was a result."""


class UnsupportedError(PioneerError):
    """A version or feature that this library does not know."""


class LibraryMissingError(PioneerError, ImportError):
    """libpioneer or its declarations were not found."""


#: By the stable name of the status.
BY_STATUS: dict[str, type[PioneerError]] = {
    "no-memory": OutOfMemoryError,
    "syntax": SyntaxProblem,
    "invalid": InvalidError,
    "not-found": NotFoundError,
    "range": RangeError,
    "io": InputOutputError,
    "store": StoreError,
    "solver": SolverError,
    "cancelled": CancelledError,
    "unsupported": UnsupportedError,
}
