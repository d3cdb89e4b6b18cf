# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches the rivals: Python packages into a virtual environment of the build folder, programs from Debian."""

import os
import shutil
import subprocess
import sys

from bench.harness.paths import ROOT, TIMEFOLD, VENV

# The versions that the published figures were measured with.
PACKAGES = ("ortools==9.15.6755", "highspy==1.16.0", "pyscipopt==6.3.0", "numpy==2.4.6")
PROGRAMS = {"cbc": "coinor-cbc", "glpsol": "glpk-utils"}


def install():
    """What cannot be fetched stays missing, and the table says so."""
    lacking = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if lacking and shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo"]
        attempt([*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *lacking])
    if not (VENV / "bin" / "python").exists():
        attempt([sys.executable, "-m", "venv", str(VENV)])
    if shutil.which("mvn") and shutil.which("javac"):
        attempt(["mvn", "-q", "-f", str(ROOT / "bench" / "rivals" / "timefold" / "pom.xml"), "-Dfolder=%s" % TIMEFOLD,
                 "package"])
    attempt([str(VENV / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *PACKAGES])


def attempt(command):
    try:
        done = subprocess.run(command, stdout=sys.stderr, check=False)
        failed = done.returncode != 0
    except OSError:
        failed = True
    if failed:
        print("bench: this failed: " + " ".join(command), file=sys.stderr)
