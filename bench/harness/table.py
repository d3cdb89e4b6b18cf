# SPDX-License-Identifier: GPL-3.0-or-later
"""The table on the terminal, and the files that a spreadsheet or a program reads."""

import csv
import json

from bench.harness import record as records_of
from bench.harness import settings
from bench.harness.contestants import PIONEER

HEAD = ("instance", "solver", "runs", "value", "bound", "gap %", "best", "first s", "1 % s", "proof s", "ratio 1 %",
        "s", "MiB", "work", "judged")


def rows(records, missing):
    """Medians over the seeds; missing solvers have a row, too."""
    groups = records_of.groups(records)
    for (set_name, instance, solver), mine in groups.items():
        ours = groups.get((set_name, instance, PIONEER))
        yield summary(instance, solver, mine, ours)
        if all(record["value"] is None for record in mine):
            yield from level_rows(mine)
    for contestant in missing:
        yield ("-", contestant.name, "missing: " + contestant.missing) + ("",) * (len(HEAD) - 3)


def summary(instance, solver, mine, ours):
    ratio = records_of.ratio(ours, mine, "seconds_to_one_percent") if ours and ours is not mine else None
    best = mine[0]["best_known"]
    return (instance, solver, str(len(mine)), *(number(records_of.median(mine, field)) for field in
                                               ("value", "bound", "gap_percent")),
            number(best), *(number(records_of.median(mine, field)) for field in
                            ("seconds_to_first", "seconds_to_one_percent", "seconds_to_proof")),
            "" if ratio is None else "%s%.1f" % (ratio[0].replace("=", ""), ratio[1]),
            number(records_of.median(mine, "seconds")), whole(records_of.median(mine, "peak_mib")),
            number(records_of.median(mine, "work_used")), judged(mine))


def judged(mine):
    good = records_of.judged_well(mine)
    crashed = sum(record["status"] == "crashed" for record in mine)
    if good == len(mine):
        return "ok; crashed %d of %d" % (crashed, len(mine)) if crashed else "ok"
    return "%d of %d; %s" % (good, len(mine), next(r["judged"] for r in mine if r["judged"] != "ok"))


def level_rows(mine):
    """A staged roster has one value a level, summed over its parts."""
    for level in records_of.median_run(mine)["levels"]:
        value, bound = level["value"], level["bound"]
        yield ("", "  " + level["level"], "", number(value), number(bound), number(records_of.gap(value, bound)),
               *[""] * (len(HEAD) - 6))


def number(value):
    if value is None:
        return "-"
    if isinstance(value, float):
        return "%.2f" % value if value < 100 else "%.0f" % value
    return "%d" % value


def whole(value):
    return "-" if value is None else "%.0f" % value


def text(results):
    lines = [HEAD, *rows(results.records, results.missing)]
    widths = [max(len(line[k]) for line in lines if not line[2].startswith("missing")) for k in range(len(HEAD))]
    return "\n".join(aligned(line, widths) for line in lines)


def aligned(line, widths):
    if line[2].startswith("missing"):
        return "%-*s  %-*s  %s" % (widths[0], line[0], widths[1], line[1], line[2])
    last = len(line) - 1
    cells = [cell.ljust(width) if k in (0, 1, last) else cell.rjust(width)
             for k, (cell, width) in enumerate(zip(line, widths))]
    return "  ".join(cells).rstrip()


def explained(results):
    """What stands below the table: how it came about, and what its words mean."""
    width = max(len(name) for name, _ in settings.LEGEND)
    lines = ["%s: %s" % pair for pair in settings.described(results.settings)]
    lines += ["%s  %s" % (name.ljust(width), meaning) for name, meaning in settings.LEGEND]
    return "\n".join([*lines, settings.MORE])


def write_csv(results, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records_of.FIELDS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(results.records)


def write_json(results, path):
    content = {"machine": results.machine, "settings": results.settings,
               "missing": {c.name: c.missing for c in results.missing}, "runs": results.records}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")
