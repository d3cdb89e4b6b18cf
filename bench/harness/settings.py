# SPDX-License-Identifier: GPL-3.0-or-later
"""What all runs had in common, and what the table's words mean: a reader may see nothing but the results."""

import datetime

LEGEND = (
    ("value, bound, gap %", "of the judged roster; by level of a staged one, that of the run in the middle"),
    ("best", "the best published value"),
    ("first s, 1 % s, proof s", "seconds of wall clock until there was a roster, a gap of 1 %, a proof"),
    ("ratio 1 %", "the solver's time to 1 % over libpioneer's, measured in the same run"),
    ("> or <", "one of the two never got to 1 %, so that the ratio is a limit"),
    ("-", "never, or not known"),
    ("work", "units that are the same on every machine, of libpioneer alone"),
    ("judged", "what an independent judge says of the roster: ok, or what is wrong"),
)
PLOTS = (
    ("lines", "value solid, bound dashed, the best published value dotted; of the first seed"),
    ("hatched bars", "ratios that are limits"),
    ("proven", "a gap line that falls to the floor of its chart ends with a proof"),
)
MORE = "Medians over the seeds, of an even number the lower one. bench/README.md explains more."


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def of(limits, seeds, records, date, ended_early=None):
    """For results.json; described() puts it into words. `ended_early`: why not everything was run, if so."""
    versions = {}
    for record in records:
        if record["version"]:
            versions.setdefault(record["solver"], record["version"])
    return {"date": date, "time_limit": limits.seconds, "work_limit": limits.work or None,
            "effort": limits.effort or None, "threads": limits.threads, "seeds": seeds, "versions": versions,
            "has_dynamic": any(record["set"] == "inrc2-dynamic" for record in records),
            "ended_early": ended_early}


def described(settings):
    """(name, text) of each."""
    versions = ("%s: %s" % pair for pair in settings["versions"].items())
    seeds = settings["seeds"]
    early = [("ended early", "%s; what had been measured before is here" % settings["ended_early"])]
    found = [("date", settings["date"].replace("T", " ").replace("Z", " UTC")),
             ("limit of a run", limit(settings)), ("threads", str(settings["threads"])),
             ("seeds", "1" if seeds == 1 else "1 to %d" % seeds), ("versions", "; ".join(versions) or "-")]
    return early + found if settings["ended_early"] else found


def limit(settings):
    seconds = "%d s" % settings["time_limit"]
    if settings["work_limit"]:
        seconds = "%d units of work for libpioneer, %s for others" % (settings["work_limit"], seconds)
    if settings["effort"]:
        seconds += ", and %d %% of its usual work for libpioneer" % settings["effort"]
    return seconds + (", the competition's for dynamic INRC-II" if settings["has_dynamic"] else "")
