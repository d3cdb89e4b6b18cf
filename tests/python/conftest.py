# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the package of this tree on the path, and says where the tests find things."""

import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

from pioneer._library import lib  # noqa: E402

# A library built without its reader or its solver has nothing for these to test.
NEEDS = {
    "test_campaign.py": "pioneer_campaign_validate",
    "test_readme.py": "pioneer_solve",
    "test_solve.py": "pioneer_solve",
}
collect_ignore = [name for name, function in NEEDS.items() if not hasattr(lib, function)]


@pytest.fixture(scope="session")
def examples():
    return ROOT / "docs" / "examples"


@pytest.fixture
def mini(examples):
    from pioneer import Campaign

    return Campaign.load(examples / "mini.json")
