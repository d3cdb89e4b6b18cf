# SPDX-License-Identifier: GPL-3.0-or-later
"""What one run gave, and what several runs say together."""

import statistics

from bench.harness.judge import OK

FIELDS = ("date", "set", "instance", "solver", "version", "seed", "threads", "time_limit", "work_limit",
          "members", "days", "duties", "pairs", "rows", "columns", "entries", "read_seconds", "build_seconds",
          "seconds", "seconds_to_first", "seconds_to_one_percent", "seconds_to_proof", "value", "bound",
          "gap_percent", "best_known", "status", "peak_mib", "work_used", "judged", "load")


def make(instance, contestant, seed, limits, result):
    """A flat record of one run; `levels` and `trace` come on top and stay out of the CSV."""
    facts = {**instance.facts, **{key: result[key] for key in ("members", "days") if key in result}}
    seconds, work = contestant.limits_on(instance, limits)
    record = {field: result.get(field) for field in FIELDS}
    record.update(facts, set=instance.set, instance=instance.label, solver=contestant.name, seed=seed,
                  version=result.get("version") or contestant.version, threads=limits.threads,
                  time_limit=seconds, work_limit=work, best_known=instance.best_known,
                  peak_mib=round((result.get("peak_kib") or 0) / 1024, 1),
                  gap_percent=gap(result.get("value"), result.get("bound")),
                  levels=result.get("levels") or [], trace=result.get("trace") or [])
    record["seconds_to_one_percent"] = reached(record["trace"], 1.0)
    record["seconds_to_proof"] = reached(record["trace"], 0.0)
    return record


def gap(value, bound):
    """Percent of the value; a value of 0 has no gap, whatever the bound."""
    if value is None or bound is None:
        return None
    return 0.0 if value <= bound or value == 0 else round(100 * (value - bound) / abs(value), 4)


def reached(trace, percent):
    """The first second at which value and bound of that moment were so close; 0 percent ask for a proof."""
    for at, value, bound in trace:
        distance = gap(value, bound)
        if distance is not None and (distance <= percent or percent == 0.0 and is_proof(value, bound)):
            return at
    return None


def is_proof(value, bound):
    """Solvers speak of bounds in floating point: what rounds to a proof is one."""
    return value - bound < 0.99


def groups(records):
    """Runs of one solver on one instance, in order of appearance."""
    found = {}
    for record in records:
        found.setdefault((record["set"], record["instance"], record["solver"]), []).append(record)
    return found


def median(records, field):
    """Runs that never got there count as slower than all that did; None if they are the median."""
    values = [record[field] for record in records]
    known = sorted(value for value in values if value is not None)
    if len(known) * 2 <= len(values) and len(known) < len(values):
        return None
    return statistics.median_low(known + [float("inf")] * (len(values) - len(known))) if known else None


def median_run(records):
    """The run in the middle by the values of its levels, the first level first, as rosters are compared.

    Medians of each level by itself would mix runs into one that nobody saw. Runs that failed count as worst.
    """
    def values(record):
        return [level["value"] for level in record["levels"]] or [float("inf")]
    return sorted(records, key=values)[(len(records) - 1) // 2]


def ratio(pioneer, rival, field, limit_field="time_limit"):
    """How much longer the rival took in the median, as ("=" or ">", factor); None if libpioneer never got there.

    A rival that never got there is only known to need more than its limit.
    """
    ours, theirs = median(pioneer, field), median(rival, field)
    if ours is None:
        limit = pioneer[0][limit_field]
        return ("<", max(0.001, theirs) / max(0.001, limit)) if theirs is not None and limit else None
    if theirs is None:
        limit = rival[0][limit_field]
        return (">", limit / max(0.001, ours)) if limit else None
    return "=", max(0.001, theirs) / max(0.001, ours)


def judged_well(records):
    return sum(record["judged"] == OK for record in records)
