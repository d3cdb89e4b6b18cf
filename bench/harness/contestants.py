# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can run on what, and by which command."""

import json
import os
import subprocess
import sys

from bench.harness.paths import BUILD, PIONEER_BENCH, ROOT, VENV
from bench.rivals.solvers import NAMES as RIVALS

PIONEER = "pioneer"
RIVAL_FORMATS = ("campus-joint", "curtois")


class Contestant:
    """A solver by name; `missing` says what would install it, or is empty."""

    def __init__(self, name, version="", missing=""):
        self.name, self.version, self.missing = name, version, missing

    def enters(self, instance):
        if self.name == "timefold":
            return instance.set == "campus-joint"
        return self.name == PIONEER or instance.set in RIVAL_FORMATS

    def command(self, instance, limits, seed, solution):
        if self.name != PIONEER:
            return [rival_python(), "-B", "-m", "bench.rivals.worker", self.name, instance.format, instance.path,
                    "--time-limit", str(limits.seconds), "--threads", str(limits.threads), "--seed", str(seed),
                    "--solution", solution]
        if instance.format == "campus":
            unforeseen = ["--outlook", "expected"] if instance.set == "campus-unforeseen" else []
            return [sys.executable, "-B", "-m", "bench.harness.engine", instance.path,
                    *limits.words(), *unforeseen, "--seed", str(seed), "--solution", solution]
        return public_command(instance, limits, seed, solution)

    def limits_on(self, instance, limits):
        """(seconds, work units) that it gets, None for what does not limit it."""
        if instance.set == "inrc2-dynamic":
            return None, None  # the competition's own limits, a week
        return (None, limits.work) if self.name == PIONEER and limits.work else (limits.seconds, None)

    def environment(self):
        return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "bindings" / "python")]),
                "PIONEER_BUILD": str(BUILD)}


def public_command(instance, limits, seed, solution):
    """The program that reads public formats; it judges by the format's own words, too."""
    common = [*limits.words(), "--seed", str(seed), "--trace", solution + ".trace"]
    if instance.format == "curtois":
        return [str(PIONEER_BENCH), "curtois", instance.path, "--solution", solution, *common]
    mode = instance.set.split("-")[1]
    dynamic = ["--threads", str(limits.threads), "--seed", str(seed)]  # the competition's own limit a week
    return [str(PIONEER_BENCH), "inrc2", instance.path, instance.name, "--mode", mode, "--solution-dir", solution,
            *(common if mode == "static" else dynamic)]


def rival_python():
    """The virtual environment's Python, for it has the packages; without one, ours, for those that are programs."""
    inside = VENV / "bin" / "python"
    return str(inside) if inside.exists() else sys.executable


VERSIONS = """
import json
from bench.rivals import solvers
found = {}
for name in solvers.NAMES:
    try:
        found[name] = [solvers.load(name).version(), ""]
    except solvers.Missing as missing:
        found[name] = ["", str(missing)]
print("\\n" + json.dumps(found))
"""


def rivals(names):
    """Those asked for, installed or not."""
    environment = {**os.environ, "PIONEER_BUILD": str(BUILD)}  # it may be relative to our folder
    done = subprocess.run([rival_python(), "-B", "-c", VERSIONS], cwd=ROOT, env=environment, check=True,
                          capture_output=True, text=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return [Contestant(name, *found[name]) for name in (names or RIVALS)]
