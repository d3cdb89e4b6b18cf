# SPDX-License-Identifier: GPL-3.0-or-later
"""A roster as Python data: assignments, and what is known about them."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import os
import pathlib
from collections.abc import Iterable
from typing import Any

from ._library import (
    call_for_bytes,
    call_for_handle,
    date,
    day_number,
    encoded,
    ffi,
    lib,
    new_error,
    raise_for,
    rows,
    text,
)
from ._campaign import Finding


class Outcome(enum.IntEnum):
    """What is known about one level of one part."""

    UNSOLVED = 0
    PROVEN = 1
    GAP = 2
    STOPPED = 3
    INFEASIBLE = 4


class State(enum.IntEnum):
    """The state of one assignment."""

    PLANNED = 0
    PUBLISHED = 1
    PINNED = 2
    SERVED = 3
    ABSENT = 4


class Mode(enum.IntEnum):
    STAGED = 0
    JOINT = 1


@dataclasses.dataclass(frozen=True, order=True)
class Assignment:
    """A member on a duty; the duty is named by date, slot, site and post."""

    date: datetime.date
    slot: str
    site: str
    post: str
    member: str
    state: State = State.PLANNED

    @classmethod
    def _of(cls, row: Any) -> Assignment:
        return cls(
            date(row.day), text(row.slot), text(row.site), text(row.post), text(row.member), State(row.state)
        )


@dataclasses.dataclass(frozen=True)
class LevelResult:
    """One level: `bound` is a valid lower bound on `value`; `constant` is what no roster can avoid."""

    level: str
    value: int
    bound: int
    constant: int
    outcome: Outcome

    @property
    def gap(self) -> int:
        return self.value - self.bound

    @classmethod
    def _of(cls, row: Any) -> LevelResult:
        return cls(text(row.level), row.value, row.bound, row.constant, Outcome(row.outcome))


@dataclasses.dataclass(frozen=True)
class Part:
    """One sub-problem: the duties of one unit in one stage; stage and unit are None in joint mode."""

    stage: str | None
    unit: str | None
    tier: int
    duty_count: int
    member_count: int
    assignment_count: int
    levels: tuple[LevelResult, ...]

    @classmethod
    def _of(cls, row: Any) -> Part:
        levels = tuple(LevelResult._of(row.levels[i]) for i in range(row.level_count))
        return cls(
            text(row.stage),
            text(row.unit),
            row.tier,
            row.duty_count,
            row.member_count,
            row.assignment_count,
            levels,
        )


@dataclasses.dataclass(frozen=True)
class StagingPrice:
    """What the hierarchy cost on one level: between staged - joint_value and staged - joint_bound."""

    level: str
    staged: int
    joint_value: int
    joint_bound: int

    @classmethod
    def _of(cls, row: Any) -> StagingPrice:
        return cls(text(row.level), row.staged, row.joint_value, row.joint_bound)


@dataclasses.dataclass(frozen=True)
class RosterInfo:
    """How a roster came about."""

    campaign: str
    mode: Mode
    seed: int
    work_limit: int
    work_used: int
    reproducible: bool
    input_hash: str
    made_by: str


class Roster:
    """A roster. It owns its data, outlives its campaign and never changes.

    Its lists are read when they are first asked for.
    """

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Roster:
        return cls.from_json(pathlib.Path(path).read_bytes())

    @classmethod
    def from_json(cls, document: str | bytes) -> Roster:
        data = document.encode("utf-8") if isinstance(document, str) else bytes(document)
        return cls(
            call_for_handle(
                lib.pioneer_roster_free,
                "struct pioneer_roster",
                lib.pioneer_roster_read_json,
                data,
                len(data),
            )
        )

    @classmethod
    def from_assignments(cls, assignments: Iterable[Assignment]) -> Roster:
        """A roster made by hand; check() judges it like any other."""
        out = ffi.new("struct pioneer_roster **")
        raise_for(lib.pioneer_roster_new(out), new_error())
        handle = ffi.gc(out[0], lib.pioneer_roster_free)
        for assignment in assignments:
            _add(handle, assignment)
        return cls(handle)

    def to_json(self) -> str:
        return call_for_bytes(lib.pioneer_roster_write_json, self._handle).decode("utf-8")

    def save(self, path: str | os.PathLike[str]) -> None:
        pathlib.Path(path).write_bytes(self.to_json().encode("utf-8"))

    @functools.cached_property
    def info(self) -> RosterInfo:
        row = lib.pioneer_roster_get(self._handle)
        return RosterInfo(
            text(row.campaign) or "",
            Mode(row.mode),
            row.seed,
            row.work_limit,
            row.work_used,
            bool(row.reproducible),
            text(row.input_hash) or "",
            text(row.made_by) or "",
        )

    @functools.cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        return tuple(map(Assignment._of, rows(lib.pioneer_roster_count, lib.pioneer_roster_at, self._handle)))

    @functools.cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            map(Part._of, rows(lib.pioneer_roster_part_count, lib.pioneer_roster_part_at, self._handle))
        )

    @functools.cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(
            map(
                Finding._of,
                rows(lib.pioneer_roster_finding_count, lib.pioneer_roster_finding_at, self._handle),
            )
        )

    @functools.cached_property
    def price_of_staging(self) -> tuple[StagingPrice, ...]:
        """Empty unless it was asked for."""
        return tuple(
            map(
                StagingPrice._of,
                rows(lib.pioneer_roster_price_count, lib.pioneer_roster_price_at, self._handle),
            )
        )

    def __len__(self) -> int:
        return int(lib.pioneer_roster_count(self._handle))

    def __repr__(self) -> str:
        return "<Roster of %r: %d assignments>" % (self.info.campaign, len(self))


def _add(handle: Any, assignment: Assignment) -> None:
    texts = {key: encoded(getattr(assignment, key)) for key in ("member", "post", "site", "slot")}
    row = ffi.new(
        "struct pioneer_assignment *",
        dict(texts, day=day_number(assignment.date), state=int(assignment.state)),
    )
    error = new_error()
    raise_for(lib.pioneer_roster_add(handle, row, error), error)


__all__ = [
    "Assignment",
    "LevelResult",
    "Mode",
    "Outcome",
    "Part",
    "Roster",
    "RosterInfo",
    "StagingPrice",
    "State",
]
