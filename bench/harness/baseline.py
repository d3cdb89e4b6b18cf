# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/baseline.csv: values and bounds under work limits, the same on every machine, reviewed like code."""

import csv

from bench.harness import instances
from bench.harness.limits import Limits
from bench.harness.paths import BASELINE

FIELDS = ("instance", "seed", "work_limit", "level", "value", "bound")
CASES = (  # set, size, campus seed, work limits
    ("campus-joint", "S", 1, (100_000, 2_000_000)),
    ("campus-joint", "S", 2, (100_000, 2_000_000)),
    ("campus-joint", "M", 1, (2_000_000, 10_000_000)),
    ("campus-staged", "S", 1, (2_000_000,)),
    ("campus-staged", "M", 1, (20_000_000,)),
)


def measure(run_one):
    """Rows of the file; run_one(instance, limits, seed) gives a record."""
    for set_name, size, campus_seed, works in CASES:
        instance = instances.draw(set_name, size, campus_seed)
        for work in works:
            record = run_one(instance, Limits(0, 1, work=work), 1)
            for level in record["levels"]:
                yield {"instance": instance.name, "seed": 1, "work_limit": work, **level}


def write(rows):
    with open(BASELINE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
