# SPDX-License-Identifier: GPL-3.0-or-later
"""Solving a campaign, with progress and a Ctrl-C that ends cleanly."""

from __future__ import annotations

import dataclasses
import enum
import queue
import threading
from typing import Any, Callable

from ._library import call_for_handle, ffi, lib, text
from ._campaign import Campaign
from ._roster import Mode, Roster


@dataclasses.dataclass(frozen=True)
class Progress:
    """What is known at one moment of a solve.

    stage is None in joint mode; unit as well while the outlook of a stage is made, level while a part settles
    what it keeps for later ones.
    """

    stage: str | None
    unit: str | None
    level: str | None
    part_index: int
    part_count: int
    level_index: int
    level_count: int
    value: int
    bound: int
    work_used: int
    elapsed_ms: int

    @classmethod
    def _of(cls, row: Any) -> Progress:
        return cls(
            text(row.stage),
            text(row.unit),
            text(row.level),
            row.part_index,
            row.part_count,
            row.level_index,
            row.level_count,
            row.value,
            row.bound,
            row.work_used,
            row.elapsed_ms,
        )


ProgressFunction = Callable[[Progress], "bool | None"]
_DONE = object()


class _Solve:
    """One solve on a thread of its own.

    Python runs signal handlers on the main thread only, and only while that thread is in Python. So the
    library gets another thread, its progress goes through a queue, and the caller waits at the queue, where
    Ctrl-C reaches it.
    """

    def __init__(self, campaign: Campaign, options: Any, wants_progress: bool) -> None:
        self.campaign = campaign  # alive as long as the library reads it
        self.options = options
        self.wants_progress = wants_progress
        self.cancelled = threading.Event()
        self.reports: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.roster: Roster | None = None
        self.failure: BaseException | None = None
        self.callback = ffi.callback("pioneer_progress_fn", self._on_progress, error=False)
        options.progress = self.callback
        self.handle = campaign._validated()
        self.thread = threading.Thread(target=self._run, name="pioneer-solve")

    def _on_progress(self, _context: Any, row: Any) -> bool:
        if self.wants_progress:
            self.reports.put(Progress._of(row))
        return not self.cancelled.is_set()

    def _run(self) -> None:
        try:
            self.roster = Roster(
                call_for_handle(
                    lib.pioneer_roster_free,
                    "struct pioneer_roster",
                    lib.pioneer_solve,
                    self.handle,
                    self.options,
                )
            )
        except BaseException as failure:  # it belongs to the thread that asked for the roster
            self.failure = failure
        finally:
            self.reports.put(_DONE)

    def result(self, progress: ProgressFunction | None) -> Roster:
        """Waits for the end. What interrupts the wait cancels the solve and is raised after it has ended."""
        interruption: BaseException | None = None
        self.thread.start()
        while True:
            try:
                report = self.reports.get()
                if report is _DONE:
                    break
                if progress is not None and not self.cancelled.is_set() and progress(report) is False:
                    self.cancelled.set()
            except BaseException as caught:
                interruption = interruption or caught
                self.cancelled.set()
        self.thread.join()
        if interruption is not None:
            raise interruption
        if self.failure is not None:
            raise self.failure
        assert self.roster is not None
        return self.roster


class Outlook(enum.IntEnum):
    """What a stage knows of the rest of its last week."""

    KNOWN = 0
    EXPECTED = 1
    NONE = 2


def solve(
    campaign: Campaign,
    mode: str | Mode = "staged",
    *,
    seed: int = 0,
    threads: int = 0,
    work_limit: int = 0,
    time_limit: float | None = None,
    effort: int = 0,
    price_of_staging: bool = False,
    outlook: str | Outlook = "known",
    progress: ProgressFunction | None = None,
) -> Roster:
    """Solves a campaign and returns a roster that obeys every hard rule, also when it is under-staffed.

    mode: "staged" or "joint".
    threads: 0 for one per core; it never changes the roster.
    work_limit: deterministic work units, 0 for the default effort.
    effort: percent of the default effort; 0: all of it, or no limit but the time where that alone is limited.
    outlook: what a stage leaves its members able to do in the rest of its last week; "known": what the campaign asks
        for there; "expected": days like those before; "none": nothing.
    time_limit: seconds; a roster shaped by it is marked as not reproducible.
    progress: called on the calling thread; return False to stop with the best roster so far.

    An exception of `progress`, and Ctrl-C, cancel the solve and are raised when it has ended.
    """
    options = ffi.new("struct pioneer_solve_options *")
    lib.pioneer_solve_options_init(options, ffi.sizeof("struct pioneer_solve_options"))
    options.mode = Mode[mode.upper()] if isinstance(mode, str) else Mode(mode)
    options.price_of_staging = price_of_staging
    options.outlook = Outlook[outlook.upper()] if isinstance(outlook, str) else Outlook(outlook)
    options.seed = seed
    options.threads = threads
    options.work_limit = work_limit
    options.time_limit_ms = 0 if time_limit is None else max(1, round(time_limit * 1000))
    options.effort_percent = effort
    return _Solve(campaign, options, progress is not None).result(progress)


__all__ = ["Outlook", "Progress", "solve"]
