# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("PIONEER_BUILD") or ROOT / "build").resolve()
PIONEER = BUILD / "bindings" / "cli" / "pioneer"
PIONEER_BENCH = BUILD / "bench" / "pioneer-bench"
WORK = BUILD / "bench-work"  # beside the folder that meson owns
VENV = WORK / "venv"
TIMEFOLD = WORK / "timefold"
BASELINE = ROOT / "bench" / "baseline.csv"
BEST_KNOWN = "best_known.csv"
RESULTS = ("results.csv", "results.json", "results.html")
