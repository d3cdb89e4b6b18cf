# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded campus rosters of any size, as ordinary campaigns.

One draw gives two campaigns over the same people and duties: *staged* (three stages, two tiers, all levels, as an
office runs it) and *joint* (one unit, one stage, one level), for comparing with solvers that know neither stages nor
tiers. bench/README.md defines the joint objective. Same size and seed: same bytes, on every Python from 3.9 on;
tests/bench/test_campus.py pins them.
"""

from bench.campus.campus import Campus
from bench.campus.size import SIZES, Size

__all__ = ["Campus", "SIZES", "Size"]
