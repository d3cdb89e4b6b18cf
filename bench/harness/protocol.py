# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs contestants on instances: every seed, one at a time, taking turns."""

import os
import pathlib
import sys
import tempfile

from bench.harness import process, record, settings
from bench.harness.contestants import PIONEER
from bench.harness.judge import verdict

UNTIMED_S = 86_400  # a run that no clock limits and that takes longer hangs


def run(found, contestants, seeds, limits):
    """Records, one a run. Who starts changes with every seed, so that a slow minute hits nobody alone."""
    for instance in found:
        mine = [c for c in contestants if c.enters(instance) and not c.missing]
        for turn, seed in enumerate(seeds):
            for k in range(len(mine)):
                yield run_one(instance, mine[(k + turn) % len(mine)], seed, limits)


def run_one(instance, contestant, seed, limits):
    start = {"date": settings.now(), "load": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory() as folder:
        solution = os.path.join(folder, "roster")
        if instance.format == "inrc2":
            os.mkdir(solution)
        result = measured(instance, contestant, seed, limits, solution)
        result.update(start)
    made = record.make(instance, contestant, seed, limits, result)
    print("%-12s %-9s seed %-3d value %s bound %s in %s s: %s" % (
        made["instance"], made["solver"], seed, made["value"], made["bound"], made["seconds"], made["judged"]),
        file=sys.stderr)
    return made


def measured(instance, contestant, seed, limits, solution):
    command = contestant.command(instance, limits, seed, solution)
    try:
        result = process.run_json(command, contestant.limits_on(instance, limits)[0] or UNTIMED_S,
                                  {**contestant.environment(), "TMPDIR": os.path.dirname(solution)})
    except (process.Failed, OSError) as failure:
        return {"status": "failed", "judged": "failed: %s" % failure}
    if contestant.name == PIONEER and "solver" in result:  # pioneer-bench names both apart
        result["version"] = "libpioneer %s, %s" % (result["version"], result["solver"])
    if "trace" not in result:
        result["trace"] = read_trace(pathlib.Path(solution + ".trace"))
    result["judged"] = verdict(instance, result, solution)
    return result


def read_trace(path):
    """Seconds, value and bound, as pioneer-bench writes them."""
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    points = [row.split(",") for row in rows]
    return [[float(at), int(value), int(bound)] for at, value, bound in points]
