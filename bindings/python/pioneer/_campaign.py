# SPDX-License-Identifier: GPL-3.0-or-later
"""A campaign: everything one office plans."""

from __future__ import annotations

import dataclasses
import enum
import json
import os
import pathlib
import threading
from typing import Any

from ._library import call_for_bytes, call_for_handle, lib, new_error, raise_for, rows, text


class Severity(enum.IntEnum):
    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing noticed: a stable code, where it is, and a sentence."""

    severity: Severity
    code: str
    where: str
    message: str

    @classmethod
    def _of(cls, row: Any) -> Finding:
        return cls(Severity(row.severity), text(row.code), text(row.where) or "", text(row.message) or "")


class Campaign:
    """A campaign as the library holds it. It never changes, so any number of threads may share one."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._lock = threading.Lock()
        self._findings: tuple[Finding, ...] | None = None

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Campaign:
        """Reads a campaign file (docs/format.md)."""
        return cls.from_json(pathlib.Path(path).read_bytes())

    @classmethod
    def from_json(cls, document: str | bytes) -> Campaign:
        """Reads a campaign from JSON text."""
        data = document.encode("utf-8") if isinstance(document, str) else bytes(document)
        return cls(
            call_for_handle(
                lib.pioneer_campaign_free,
                "struct pioneer_campaign",
                lib.pioneer_campaign_read_json,
                data,
                len(data),
            )
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Campaign:
        """Makes a campaign of plain dictionaries and lists in the layout of the file format."""
        return cls.from_json(json.dumps(data, ensure_ascii=False))

    @classmethod
    def template(cls) -> Campaign:
        """The built-in template: the five kinds of post on a small campus."""
        return cls(
            call_for_handle(
                lib.pioneer_campaign_free, "struct pioneer_campaign", lib.pioneer_campaign_template
            )
        )

    @property
    def name(self) -> str:
        return text(lib.pioneer_campaign_get(self._handle).name) or ""

    def to_json(self) -> str:
        """The campaign in the form in which the library writes it."""
        return call_for_bytes(lib.pioneer_campaign_write_json, self._handle).decode("utf-8")

    def to_data(self) -> dict[str, Any]:
        """The campaign as plain dictionaries and lists, in the layout of the file format."""
        data: dict[str, Any] = json.loads(self.to_json())
        return data

    def save(self, path: str | os.PathLike[str]) -> None:
        pathlib.Path(path).write_bytes(self.to_json().encode("utf-8"))

    def validate(self) -> tuple[Finding, ...]:
        """Everything that is wrong or odd, errors first; without an error it can be solved."""
        with self._lock:
            if self._findings is None:
                error = new_error()
                status = lib.pioneer_campaign_validate(self._handle, error)
                if status != lib.PIONEER_E_INVALID:
                    raise_for(status, error)
                self._findings = tuple(
                    Finding._of(row)
                    for row in rows(
                        lib.pioneer_campaign_finding_count, lib.pioneer_campaign_finding_at, self._handle
                    )
                )
            return self._findings

    def _validated(self) -> Any:
        """The handle, once the campaign is known to be valid; InvalidError with the first error otherwise."""
        findings = self.validate()
        if findings and findings[0].severity == Severity.ERROR:
            with self._lock:
                error = new_error()
                raise_for(lib.pioneer_campaign_validate(self._handle, error), error)
        return self._handle

    def __repr__(self) -> str:
        return "<Campaign %r: %d members>" % (self.name, lib.pioneer_campaign_member_count(self._handle))


__all__ = ["Campaign", "Finding", "Severity"]
