# SPDX-License-Identifier: GPL-3.0-or-later
"""Every roster is judged: campuses by `pioneer check`, public formats by a judge of their own."""

import json
import os
import subprocess

from bench.harness.paths import PIONEER
from bench.judges import curtois
from bench.usage import reason

OK = "ok"


def verdict(instance, result, solution):
    """"ok", or what is wrong with what the solver says; the judge's value replaces the solver's."""
    if instance.format == "campus":
        return check_campaign(instance, result, solution)
    if result.get("value") is None:
        return "no roster"
    if instance.format == "curtois":
        try:
            return compare(result, *curtois.judge(instance.path, solution))
        except (OSError, ValueError) as wrong:
            return "not judged: " + reason(wrong)[:120]
    # pioneer-bench has judged by the competition's rules already, and says what its judge found.
    return OK if not result["violations"] and not result["check_violations"] else "violations"


def compare(result, value, broken):
    if broken:
        return "%d violations" % len(broken)
    return OK if value == result["value"] else "claims %s, is worth %s" % (result["value"], value)


def check_campaign(instance, result, solution):
    if not os.path.exists(solution):
        return "no roster"
    done = subprocess.run([str(PIONEER), "check", instance.path, solution, "--json"], capture_output=True, text=True,
                          check=False)
    if done.returncode not in (0, 1):
        return "not judged: " + done.stderr.strip()[:120]
    report = json.loads(done.stdout)
    # A value that is not as claimed is among the judge's violations.
    count = len(report.get("violations", ()))
    return "%d violations: %s" % (count, report["violations"][0]["code"]) if count else OK
