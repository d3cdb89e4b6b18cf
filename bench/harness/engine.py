# SPDX-License-Identifier: GPL-3.0-or-later
"""libpioneer on one campaign in a process of its own; prints one JSON line, as the rivals' worker does.

The clock starts when the campaign has been read and validated, as the rivals' clocks start when they have their model;
what the library builds from it then counts against it.
"""

import argparse
import json
import resource
import sys
import time

import pioneer


def arguments(words):
    parser = argparse.ArgumentParser(prog="python -m bench.harness.engine")
    parser.add_argument("instance")
    parser.add_argument("--time-limit", type=float)
    parser.add_argument("--work-limit", type=int, default=0)
    parser.add_argument("--effort", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outlook", default="known")
    parser.add_argument("--solution", required=True)
    return parser.parse_args(words)


class Watch:
    """Value and bound over time; only where one part and one level make them comparable."""

    def __init__(self):
        self.points, self.is_single = [], True

    def __call__(self, now):
        self.is_single = self.is_single and now.part_count == 1 and now.level_count == 1
        point = [now.elapsed_ms / 1000, now.value, now.bound]
        if self.is_single and (not self.points or self.points[-1][1:] != point[1:]):
            self.points.append(point)


def solve(given):
    began = time.monotonic()
    campaign = pioneer.Campaign.load(given.instance)
    campaign.validate()
    watch = Watch()
    started = time.monotonic()
    roster = pioneer.solve(campaign, seed=given.seed, threads=given.threads, work_limit=given.work_limit,
                           time_limit=given.time_limit, effort=given.effort, outlook=given.outlook,
                           progress=watch)
    ended = time.monotonic()
    roster.save(given.solution)
    return {"read_seconds": round(started - began, 3), "seconds": round(ended - started, 3),
            **result_of(roster, watch, ended - started)}


def result_of(roster, watch, seconds):
    levels = sum_by_level(roster.parts)
    result = {"version": roster.info.made_by, "work_used": roster.info.work_used, "levels": levels, "trace": [],
              "seconds_to_first": None, "value": None, "bound": None, "status": "",
              "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
    if len(levels) == 1 and len(roster.parts) == 1:
        result.update(value=levels[0]["value"], bound=levels[0]["bound"],
                      status=roster.parts[0].levels[0].outcome.name.lower())
        result["trace"] = watch.points + [[round(seconds, 3), result["value"], result["bound"]]]
        result["seconds_to_first"] = result["trace"][0][0]
    return result


def sum_by_level(parts):
    sums = {}
    for part in parts:
        for level in part.levels:
            entry = sums.setdefault(level.level, {"level": level.level, "value": 0, "bound": 0})
            entry["value"] += level.value
            entry["bound"] += level.bound
    return list(sums.values())


if __name__ == "__main__":
    print(json.dumps(solve(arguments(sys.argv[1:]))))
