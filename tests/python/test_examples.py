# SPDX-License-Identifier: GPL-3.0-or-later
"""The example campaigns: the big one is what its generator writes, and all hold together."""

import json
import pathlib
import subprocess
import sys

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "docs" / "examples"


def generate(script, *arguments):
    command = [sys.executable, "-B", str(EXAMPLES / script), "--quiet", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


@pytest.mark.parametrize(
    "script, file", [("make_campaign.py", "spring_return.json"), ("make_two_weeks.py", "two_weeks.json")]
)
def test_an_example_is_what_its_generator_writes(script, file):
    assert generate(script) == (EXAMPLES / file).read_bytes()


def test_another_seed_gives_another_campaign():
    assert generate("make_campaign.py", "--seed", "1") != (EXAMPLES / "spring_return.json").read_bytes()


def test_the_spring_return_has_the_size_of_the_notice():
    campaign = json.loads((EXAMPLES / "spring_return.json").read_text(encoding="utf-8"))
    children = [unit for unit in campaign["units"] if unit.get("parent") == "campus"]
    assert len([unit for unit in children if unit["id"].startswith("dep-")]) == 10
    assert len(children) == 26
    assert 1400 <= len(campaign["members"]) <= 1600
    assert 400 <= sum(member.get("nominated", False) for member in campaign["members"]) <= 470
    assert [stage["id"] for stage in campaign["stages"]] == ["prepare", "return", "steady"]
