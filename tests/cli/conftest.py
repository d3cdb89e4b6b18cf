# SPDX-License-Identifier: GPL-3.0-or-later
"""A small office to run the program on, and ways to run it."""

import json
import os
import pathlib
import subprocess

import pytest

# 2020-02-17 is a Monday. Two members, one gate, mornings that want two people each.
CAMPAIGN = {
    "format": "pioneer-campaign",
    "version": 1,
    "name": "春季返校",
    "units": [{"id": "campus", "name": "三明校区", "draws_from": "signed_up"},
              {"id": "info", "name": "信息工程学院", "parent": "campus"}],
    "members": [{"id": "m1", "name": "张三", "unit": "info"}, {"id": "m2", "name": "欧阳修文", "unit": "campus"}],
    "sites": [{"id": "gate", "name": "北门", "kind": "gate"}],
    "slots": [{"id": "am", "name": "上午", "from": "08:00", "to": "12:00"},
              {"id": "night", "name": "夜间", "from": "22:00", "to": "06:00"}],
    "stages": [{"id": "s1", "name": "准备", "from": "2020-02-17", "to": "2020-02-18"}],
    "posts": [{"id": "watch", "name": "值守岗", "unit": "campus"}],
    "demand": [{"post": "watch", "sites": ["gate"], "slots": ["am", "night"], "min": 1, "target": 2}],
}


def assignment(member, date, slot="am"):
    return {"member": member, "post": "watch", "site": "gate", "slot": slot, "date": date}


# Monday morning is full, Monday night and Tuesday morning have one person, Tuesday night nobody.
ROSTER = {
    "format": "pioneer-roster",
    "version": 1,
    "assignments": [assignment("m1", "2020-02-17"), assignment("m2", "2020-02-17"),
                    assignment("m2", "2020-02-17", "night"), assignment("m1", "2020-02-18")],
}

# The same with somebody in two places at once.
WRONG_ROSTER = {**ROSTER, "assignments": [*ROSTER["assignments"], assignment("m9", "2020-02-18")]}


class Office:
    """A folder with the files above, and the program."""

    def __init__(self, folder):
        self.folder = folder
        self.program = os.environ["PIONEER"]
        for name, content in ("campaign", CAMPAIGN), ("roster", ROSTER), ("wrong", WRONG_ROSTER):
            self.write(f"{name}.json", content)

    def write(self, name, content):
        (self.folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def environment(self, **changes):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        for name in "LANG", "LANGUAGE", "NO_COLOR", "TERM", "SOURCE_DATE_EPOCH":
            kept.pop(name, None)
        return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", **changes}

    def run(self, *arguments, stdin=b"", code=0, **environment):
        """Runs the program in the folder, demands its exit code, and gives what it said as text."""
        done = subprocess.run([self.program, *map(str, arguments)], input=stdin, capture_output=True, check=False,
                              cwd=self.folder, env=self.environment(**environment), timeout=120)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, f"{arguments}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def names(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def store(office):
    """The same office with a store that holds the campaign and the roster."""
    office.run("store", "init", "office.db")
    office.run("store", "save", "office.db", "campaign.json", "roster.json")
    return office


@pytest.fixture(scope="session")
def root():
    return pathlib.Path(__file__).resolve().parents[2]
