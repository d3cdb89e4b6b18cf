# SPDX-License-Identifier: GPL-3.0-or-later
"""The independent judge: recomputes hard rules and level values of any roster from the raw campaign."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from typing import Any

from ._library import call_for_handle, date, encoded, lib, rows, text
from ._campaign import Campaign, Finding
from ._roster import LevelResult, Roster


@dataclasses.dataclass(frozen=True)
class Violation:
    """One broken hard rule, or one claim of the roster that is not so."""

    code: str
    rule: str | None
    member: str | None
    duty: str | None
    message: str

    @classmethod
    def _of(cls, row: Any) -> Violation:
        return cls(text(row.code), text(row.rule), text(row.member), text(row.duty), text(row.message) or "")


@dataclasses.dataclass(frozen=True)
class Shortage:
    """A duty short of its minimum or target, or without its lead."""

    stage: str
    date: datetime.date
    slot: str
    site: str
    post: str
    assigned: int
    min: int
    target: int
    lead_missing: bool

    @classmethod
    def _of(cls, row: Any) -> Shortage:
        return cls(
            text(row.stage),
            date(row.day),
            text(row.slot),
            text(row.site),
            text(row.post),
            row.assigned,
            row.min,
            row.target,
            bool(row.lead_missing),
        )


@dataclasses.dataclass(frozen=True)
class TermValue:
    """What one rule adds to a level: weight × amount."""

    level: str
    rule: str
    weight: int
    amount: int

    @classmethod
    def _of(cls, row: Any) -> TermValue:
        return cls(text(row.level), text(row.rule), row.weight, row.amount)


@dataclasses.dataclass(frozen=True)
class JudgedPart:
    """One part: values are recomputed; bounds, constants and outcomes are the roster's claims."""

    stage: str | None
    unit: str | None
    levels: tuple[LevelResult, ...]
    terms: tuple[TermValue, ...]

    @classmethod
    def _of(cls, row: Any) -> JudgedPart:
        return cls(
            text(row.stage),
            text(row.unit),
            tuple(LevelResult._of(row.levels[i]) for i in range(row.level_count)),
            tuple(TermValue._of(row.terms[i]) for i in range(row.term_count)),
        )


class Report:
    """What the judge found. Under-staffed duties are shortages, not violations."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @functools.cached_property
    def violations(self) -> tuple[Violation, ...]:
        return tuple(
            map(
                Violation._of,
                rows(lib.pioneer_report_violation_count, lib.pioneer_report_violation_at, self._handle),
            )
        )

    @functools.cached_property
    def notes(self) -> tuple[Finding, ...]:
        """What breaks nothing and is worth knowing, such as a roster made from another version of the campaign."""
        return tuple(
            map(Finding._of, rows(lib.pioneer_report_note_count, lib.pioneer_report_note_at, self._handle))
        )

    @functools.cached_property
    def shortages(self) -> tuple[Shortage, ...]:
        return tuple(
            map(
                Shortage._of,
                rows(lib.pioneer_report_shortage_count, lib.pioneer_report_shortage_at, self._handle),
            )
        )

    @functools.cached_property
    def parts(self) -> tuple[JudgedPart, ...]:
        return tuple(
            map(JudgedPart._of, rows(lib.pioneer_report_part_count, lib.pioneer_report_part_at, self._handle))
        )

    @functools.cached_property
    def joint(self) -> tuple[LevelResult, ...]:
        """The roster valued under the joint objective; only the values say something."""
        return tuple(
            map(
                LevelResult._of,
                rows(lib.pioneer_report_joint_count, lib.pioneer_report_joint_at, self._handle),
            )
        )

    @property
    def clean(self) -> bool:
        return not self.violations


def check(campaign: Campaign, roster: Roster, language: str = "en") -> Report:
    """Judges a roster; language "en" or "zh" is that of the messages."""
    return Report(
        call_for_handle(
            lib.pioneer_report_free,
            "struct pioneer_report",
            lib.pioneer_check,
            campaign._validated(),
            roster._handle,
            encoded(language),
        )
    )


__all__ = ["JudgedPart", "Report", "Shortage", "TermValue", "Violation", "check"]
