# SPDX-License-Identifier: GPL-3.0-or-later
"""Rosters for people: whole documents as bytes, ready to be written to a file."""

from __future__ import annotations

import datetime

from ._library import call_for_bytes, encoded, ffi, lib
from ._campaign import Campaign
from ._check import Report, check
from ._roster import Roster


def export_html(
    campaign: Campaign, roster: Roster, report: Report | None = None, language: str = "zh"
) -> bytes:
    """One self-contained page. Without a report the roster is judged first."""
    judged = report if report is not None else check(campaign, roster, language)
    return call_for_bytes(
        lib.pioneer_export_html, campaign._validated(), roster._handle, judged._handle, encoded(language)
    )


def export_csv(campaign: Campaign, roster: Roster, language: str = "zh") -> bytes:
    """One line an assignment, in the form that spreadsheets open."""
    return call_for_bytes(lib.pioneer_export_csv, campaign._validated(), roster._handle, encoded(language))


def export_ics(
    campaign: Campaign,
    roster: Roster,
    *,
    member: str | None = None,
    site: str | None = None,
    stamp: datetime.datetime | None = None,
    language: str = "zh",
) -> bytes:
    """The calendar of one member or of one site. `stamp` is when it was made, by default now."""
    if (member is None) == (site is None):
        raise ValueError("a calendar is of one member or of one site")
    moment = stamp if stamp is not None else datetime.datetime.now(datetime.timezone.utc)
    stamp_at = ffi.cast("int64_t", int(moment.timestamp()))
    return call_for_bytes(
        lib.pioneer_export_ics,
        campaign._validated(),
        roster._handle,
        encoded(member),
        encoded(site),
        stamp_at,
        encoded(language),
    )


__all__ = ["export_csv", "export_html", "export_ics"]
