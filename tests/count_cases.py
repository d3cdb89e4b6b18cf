#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up the single test cases of several test runs and ends with "N passed, N failed".

Each argument is the path of a log without its ending: meson writes NAME.junit.xml and NAME.json, pytest only the former.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

GOOD_ENDS = {"OK", "SKIP", "EXPECTEDFAIL"}


def cases_of(junit):
    """The (name, outcome) of every case in a JUnit file, the outcome being passed, failed or skipped."""
    for case in ElementTree.parse(junit).iter("testcase"):
        name = f"{case.get('classname')}: {case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            yield name, "failed"
        elif case.find("skipped") is not None:
            yield name, "skipped"
        else:
            yield name, "passed"


def broken_programs(log):
    """Programs that ended badly (a crash, a time limit), which their cases alone may not show."""
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            if test["result"] not in GOOD_ENDS:
                yield f"{test['name']}: ended with {test['result']}"


def main(logs):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for log in logs:
        junit = pathlib.Path(f"{log}.junit.xml")
        if not junit.exists():
            print(f"failed: {log} has no results")
            counts["failed"] += 1
            continue
        failures = []
        for name, outcome in cases_of(junit):
            counts[outcome] += 1
            if outcome == "failed":
                failures.append(name)
        broken = list(broken_programs(pathlib.Path(f"{log}.json")))
        if broken and not failures:
            failures = broken
            counts["failed"] += len(broken)
        for failure in failures:
            print(f"failed in {pathlib.Path(log).name}: {failure}")
    if counts["skipped"]:
        print(f"{counts['skipped']} skipped")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
