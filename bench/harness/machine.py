# SPDX-License-Identifier: GPL-3.0-or-later
"""What the figures were measured on."""

import os
import platform
import subprocess

from bench.harness.paths import PIONEER, ROOT


def first_line(path, key):
    try:
        with open(path, encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith(key)), "")
    except OSError:
        return ""


def said(*command):
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def describe():
    memory_kib = int((first_line("/proc/meminfo", "MemTotal") or "0").split()[0])
    return {
        "processor": first_line("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory_kib / 2 ** 20, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "pioneer": said(str(PIONEER), "--version").partition("\n")[0],  # the licence comes after it
        "commit": said("git", "describe", "--always", "--dirty"),
        "load_at_start": round(os.getloadavg()[0], 2),
    }
