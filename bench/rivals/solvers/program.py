# SPDX-License-Identifier: GPL-3.0-or-later
"""Solvers that are programs: they read MPS, and what they print tells when they found what."""

import os
import shutil
import subprocess

from bench.rivals import mps
from bench.rivals.solvers import Missing

GRACE_S = 30  # for a solver that looks at the clock seldom; what it finds late does not count


def need(name, package):
    if not shutil.which(name):
        raise Missing("apt-get install " + package)


def write_model(model, limits):
    path = os.path.join(limits.folder, "model.mps")
    mps.write(model, path)
    return path


def run(command, limits, trace, read_line):
    """Runs it line by line through read_line(text, at second); returns whether it ended by itself."""
    trace.start()
    # In the foreground it stays in our process group, so that whoever ends the group reaches the solver.
    watched = ["stdbuf", "-oL", "timeout", "--foreground", str(int(limits.seconds) + GRACE_S), *command]
    with subprocess.Popen(watched, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            read_line(line, trace.seconds())
    return process.returncode == 0
