# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds and opens libpioneer, and turns its statuses and texts into Python's."""

from __future__ import annotations

import ctypes.util
import datetime
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import cffi

from . import _cdef
from .errors import BY_STATUS, LibraryMissingError, PioneerError

_HERE = pathlib.Path(__file__).resolve().parent
_TREE = _HERE.parents[2]
_EPOCH = datetime.datetime(1970, 1, 1)


def _declarations() -> str:
    """The file that the build made from the headers, or the headers of the source tree."""
    installed = _HERE / "_pioneer.cdef"
    if installed.exists():
        return installed.read_text(encoding="utf-8")
    headers = _TREE / "include" / "pioneer"
    if headers.is_dir():
        return _cdef.declarations(headers)
    raise LibraryMissingError(
        "neither _pioneer.cdef nor the headers of libpioneer were found", "headers-missing"
    )


def _candidates() -> Iterator[str]:
    if os.environ.get("PIONEER_LIBRARY"):
        yield os.environ["PIONEER_LIBRARY"]
        return
    builds = [pathlib.Path(os.environ["PIONEER_BUILD"])] if os.environ.get("PIONEER_BUILD") else []
    for build in [*builds, _TREE / "build"]:
        path = build / "libpioneer" / "libpioneer.so"
        if path.exists():
            yield str(path)
    found = ctypes.util.find_library("pioneer")
    if found:
        yield found


def _open(ffi: Any) -> Any:
    reasons = []
    for name in _candidates():
        try:
            return ffi.dlopen(name)
        except OSError as error:
            reasons.append(str(error))
    tried = " (%s)" % "; ".join(reasons) if reasons else ""
    raise LibraryMissingError(
        "libpioneer was not found; PIONEER_LIBRARY names its file" + tried, "library-missing"
    )


ffi: Any = cffi.FFI()
ffi.cdef(_declarations())
lib: Any = _open(ffi)


def new_error() -> Any:
    return ffi.new("struct pioneer_error *")


def raise_for(status: int, error: Any) -> None:
    """Nothing for success, the exception of the status otherwise."""
    if status == lib.PIONEER_OK:
        return
    name = text(lib.pioneer_status_name(status)) or "unknown"
    message = text(ffi.addressof(error[0], "message")) if error.status else ""
    raise BY_STATUS.get(name, PioneerError)(
        message or name,
        text(ffi.addressof(error[0], "code")) or name,
        text(ffi.addressof(error[0], "where")) or "",
        error.line,
        error.column,
    )


def text(pointer: Any) -> Any:
    """A C string as str; None for NULL."""
    return ffi.string(ffi.cast("char *", pointer)).decode("utf-8") if pointer else None


def encoded(value: str | None) -> Any:
    """A str for an argument of type const char *; keep the result until the call returns."""
    if value is None:
        return ffi.NULL
    if "\0" in value:
        raise ValueError("a text must not hold a NUL")
    return ffi.new("char[]", value.encode("utf-8"))


def call_for_handle(free: Any, kind: str, function: Any, *arguments: Any) -> Any:
    """Calls function(*arguments, out, error) and owns what it gives; `free` may run on any thread."""
    out, error = ffi.new(kind + " **"), new_error()
    raise_for(function(*arguments, out, error), error)
    return ffi.gc(out[0], free)


def call_for_bytes(function: Any, *arguments: Any) -> bytes:
    """Calls function(*arguments, out, length, error) and takes the text that it gives."""
    out, length, error = ffi.new("char **"), ffi.new("size_t *"), new_error()
    raise_for(function(*arguments, out, length, error), error)
    try:
        return bytes(ffi.buffer(out[0], length[0]))
    finally:
        lib.pioneer_free(out[0])


def date(day: int) -> datetime.date:
    return (_EPOCH + datetime.timedelta(days=day)).date()


def day_number(day: datetime.date) -> int:
    return day.toordinal() - _EPOCH.toordinal()


def rows(count: Any, at: Any, handle: Any) -> Iterator[Any]:
    """The entries of one list of a handle, each borrowed."""
    return (at(handle, index) for index in range(count(handle)))
