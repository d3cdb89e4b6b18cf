# SPDX-License-Identifier: GPL-3.0-or-later
"""What the READMEs and the guide tell people to type does what they say."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from pioneer import Campaign

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("PIONEER_BUILD", ROOT / "build"))
GUIDES = ["docs/guide.md", "docs/guide.zh.md"]
READMES = ["README.md", "README.zh.md"]


def blocks(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"^```%s\n(.*?)^```" % language, text, re.M | re.S)
    assert found, f"{page} has no {language} block"
    return found


@pytest.mark.parametrize("page", READMES)
def test_the_python_example_runs(page):
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "bindings" / "python"), PYTHONIOENCODING="utf-8")
    for block in blocks(page, "python"):
        done = subprocess.run(
            [sys.executable, "-B", "-c", block],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0 and done.stderr == "", done.stderr
        assert re.search(r"^2020-0[23]-\d\d \w+ [\w-]+ [\w-]+ \w+$", done.stdout, re.M)


@pytest.mark.parametrize("page", [*READMES, *GUIDES])
def test_the_commands_run(page, tmp_path):
    shutil.copy(ROOT / "docs" / "examples" / "mini.json", tmp_path / "mini.json")
    environment = dict(
        os.environ, PATH=f"{BUILD / 'bindings' / 'cli'}:{os.environ['PATH']}", LC_ALL="C.UTF-8"
    )
    for block in blocks(page, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                done = subprocess.run(
                    ["sh", "-c", line[2:]],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    text=True,
                    encoding="utf-8",
                    timeout=120,
                )
                assert done.returncode == 0, (line, done.stderr)
    assert (tmp_path / "roster.html").stat().st_size > 1000
    assert (tmp_path / "roster.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("page", GUIDES)
def test_what_the_guide_writes_is_read(page, mini):
    data = mini.to_data()
    for block in blocks(page, "json"):
        decoder, rest = json.JSONDecoder(), block.strip()
        while rest:
            entry, end = decoder.raw_decode(rest)
            rest = rest[end:].strip()
            data["rules" if "kind" in entry else "members"].append(entry)
    assert len(Campaign.from_data(data).to_data()["rules"]) == len(mini.to_data()["rules"]) + 4
