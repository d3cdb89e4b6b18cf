# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the package `bench` importable, and finds the program."""

import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(os.environ.get("PIONEER_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("PIONEER_BUILD", ROOT / "build"))
os.environ["PIONEER_BUILD"] = str(BUILD)
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def pioneer():
    return BUILD / "bindings" / "cli" / "pioneer"
