# SPDX-License-Identifier: GPL-3.0-or-later
"""The generator is frozen: results of years can be compared only if the instances never change."""

import hashlib
import io
import json
import os
import subprocess
import sys

import pytest

from bench.campus import SIZES, Campus, Size
from bench.harness.paths import ROOT

# (seed, joint): the start of the SHA-256 of size S.
FROZEN = {
    (1, False): "aaff64333785960c",
    (1, True): "d5b8b532c030b0ba",
    (2, False): "147f6ae47c7ee5f4",
    (2, True): "15ca32ffbd31af6c",
    (3, False): "4f3608b81088a970",
    (3, True): "d6729ce168fade52",
}


def written(size, seed, joint):
    out = io.StringIO()
    Campus(Size.named(size), seed).write(out, joint)
    return out.getvalue()


@pytest.mark.parametrize("seed", (1, 2, 3))
@pytest.mark.parametrize("joint", (False, True))
def test_small_campuses_are_frozen(seed, joint):
    digest = hashlib.sha256(written("S", seed, joint).encode()).hexdigest()
    assert digest[:16] == FROZEN[seed, joint]


@pytest.mark.parametrize("size", ("S", "M", "237"))
@pytest.mark.parametrize("joint", (False, True))
def test_a_campus_is_a_valid_campaign(pioneer, tmp_path, size, joint):
    path = tmp_path / "campus.json"
    path.write_text(written(size, 7, joint), encoding="utf-8")
    done = subprocess.run([pioneer, "validate", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout.lower()


@pytest.mark.parametrize("seed", (1, 2, 3, 4))
def test_hardly_any_work_breaks_no_hard_rule(pioneer, tmp_path, seed):
    """First rosters of these put too many newcomers together, and nothing is left to search with."""
    campaign, roster = tmp_path / "campaign.json", tmp_path / "roster.json"
    campaign.write_text(written("400", seed, False), encoding="utf-8")
    solved = subprocess.run([pioneer, "solve", campaign, "-o", roster, "--work-limit", "1"], capture_output=True,
                            text=True, check=False)
    assert solved.returncode == 0, solved.stderr
    assert subprocess.run([pioneer, "check", campaign, roster], capture_output=True, check=False).returncode == 0


def test_members_are_free_for_35_to_60_percent():
    """Of the sixteen hours from six; the nights of those who agreed to them come on top."""
    campus = Campus(SIZES["M"], 1)
    for member in campus.people:
        minutes = sum(end - start for _, start, end in member.windows if start < 1320)
        assert 35 <= 100 * minutes / (7 * 960) <= 60


def test_no_duty_asks_for_the_impossible():
    for duty in Campus(SIZES["M"], 2).duties:
        assert 1 <= duty.min <= duty.target <= duty.max
        assert duty.target <= max(1, duty.eligible // 2)


def test_both_variants_have_the_same_people_and_duties():
    staged, joint = (json.loads(written("M", 3, variant)) for variant in (False, True))
    assert staged["demand"] == joint["demand"]
    assert [m["available"] for m in staged["members"]] == [m["available"] for m in joint["members"]]
    assert len(joint["units"]) == len(joint["stages"]) == len(joint["levels"]) == 1


def test_sizes_between_lie_between():
    size = Size.named("1700")
    assert SIZES["M"].duties < size.duties < SIZES["L"].duties
    assert Size.named("400") == SIZES["M"]
    with pytest.raises(ValueError, match="80 to 20000"):
        Size.named("79")


def draw(*words, **settings):
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    program = [sys.executable, "-B", ROOT / "bench" / "run", "campus"]
    return subprocess.run([*program, *words], check=False, **settings)


@pytest.mark.parametrize("file", ("/dev/full", "/nowhere/x", "/tmp", ""))
def test_a_file_that_cannot_be_written(file):
    done = draw("-o", file)
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1)
    assert said.startswith("bench/run campus: ") and file in said


def test_output_that_cannot_be_written():
    with open("/dev/full", "wb") as full:
        done = draw(stdout=full)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    reader, writer = os.pipe()
    os.close(reader)
    done = draw(stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b""), "whoever reads has seen enough"


def test_bytes_do_not_depend_on_the_terminal(tmp_path):
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    assert draw(env=env).stdout == written("S", 1, False).encode()
    assert draw("--joint", "-o", tmp_path / "s.json", env=env).returncode == 0
    assert (tmp_path / "s.json").read_bytes() == written("S", 1, True).encode()


def test_help_names_the_defaults():
    said = draw("--help").stdout.decode()
    for default in ("S", "1", "standard output", "stages and"):
        assert "(default: " + default in said.replace("\n                        ", " ")
