# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a call of the benchmarks found."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Results:
    records: list  # one a run, see record.py
    missing: list  # contestants that were asked for and are not there
    machine: dict  # see machine.py
    settings: dict  # see settings.py
