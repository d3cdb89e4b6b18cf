# SPDX-License-Identifier: GPL-3.0-or-later
"""The store: one SQLite file that holds campaigns and the versions of their rosters."""

from __future__ import annotations

import dataclasses
import datetime
import os
import threading
from typing import Any

from ._campaign import Campaign
from ._library import call_for_handle, encoded, ffi, lib, new_error, raise_for, text
from ._roster import Roster


@dataclasses.dataclass(frozen=True)
class StoreEntry:
    """One saved thing; version 0 is the campaign itself."""

    campaign_id: int
    version: int
    name: str
    note: str
    saved_at: datetime.datetime
    assignment_count: int


class Store:
    """An open store, for use in a `with` block. Threads of one process take turns at it."""

    def __init__(self, path: str | os.PathLike[str], create: bool = False) -> None:
        self._lock = threading.Lock()
        self._handle = call_for_handle(
            lib.pioneer_store_close,
            "struct pioneer_store",
            lib.pioneer_store_open,
            encoded(os.fspath(path)),
            create,
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; a store that is not used any more closes by itself."""
        with self._lock:
            if self._handle is not None:
                ffi.release(self._handle)
                self._handle = None

    def _open(self) -> Any:
        if self._handle is None:
            raise ValueError("the store is closed")
        return self._handle

    def save_campaign(self, campaign: Campaign) -> int:
        """Saves a campaign in one transaction and returns its id."""
        number, error = ffi.new("int64_t *"), new_error()
        with self._lock:
            raise_for(
                lib.pioneer_store_save_campaign(self._open(), campaign._validated(), _now(), number, error),
                error,
            )
        return int(number[0])

    def save_roster(self, campaign_id: int, roster: Roster, note: str | None = None) -> int:
        """Saves a roster of a saved campaign in one transaction and returns its version."""
        number, error = ffi.new("int64_t *"), new_error()
        with self._lock:
            raise_for(
                lib.pioneer_store_save_roster(
                    self._open(), campaign_id, roster._handle, encoded(note), _now(), number, error
                ),
                error,
            )
        return int(number[0])

    def load_campaign(self, campaign_id: int = 0) -> Campaign:
        """A campaign; 0 is the newest."""
        with self._lock:
            return Campaign(
                call_for_handle(
                    lib.pioneer_campaign_free,
                    "struct pioneer_campaign",
                    lib.pioneer_store_load_campaign,
                    self._open(),
                    campaign_id,
                )
            )

    def load_roster(self, campaign_id: int = 0, version: int = 0) -> Roster:
        """A roster of a campaign; 0 is the newest."""
        with self._lock:
            return Roster(
                call_for_handle(
                    lib.pioneer_roster_free,
                    "struct pioneer_roster",
                    lib.pioneer_store_load_roster,
                    self._open(),
                    campaign_id,
                    version,
                )
            )

    def entries(self) -> list[StoreEntry]:
        """Everything that was saved."""
        found: list[StoreEntry] = []

        @ffi.callback("pioneer_store_entry_fn", error=False)  # type: ignore[untyped-decorator]
        def note(_context: Any, row: Any) -> bool:
            saved = datetime.datetime.fromtimestamp(row.saved_at, datetime.timezone.utc)
            found.append(
                StoreEntry(
                    row.campaign_id,
                    row.version,
                    text(row.name) or "",
                    text(row.note) or "",
                    saved,
                    row.assignment_count,
                )
            )
            return True

        error = new_error()
        with self._lock:
            raise_for(lib.pioneer_store_list(self._open(), note, ffi.NULL, error), error)
        return found


def _now() -> int:
    return int(datetime.datetime.now(datetime.timezone.utc).timestamp())


__all__ = ["Store", "StoreEntry"]
