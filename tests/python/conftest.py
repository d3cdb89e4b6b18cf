# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the package of this tree on the path, and says where the tests find things."""

import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))


@pytest.fixture(scope="session")
def examples():
    return ROOT / "docs" / "examples"


@pytest.fixture
def mini(examples):
    from pioneer import Campaign

    return Campaign.load(examples / "mini.json")
