# SPDX-License-Identifier: GPL-3.0-or-later
"""On a terminal: the live line, colours, widths, Ctrl-C."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

import pytest

from conftest import CAMPAIGN

LONG = ["solve", "large.json", "-o", "out.json"]


def large_campaign():
    """More than can be proven in the seconds of a test: a hundred members with wishes that collide, for two weeks."""
    members = [{"id": f"m{i:03}", "name": f"成员{i:03}", "unit": "info" if i % 3 else "campus"} for i in range(100)]
    requests = [{"member": member["id"], "wish": "off", "date": f"2020-02-{17 + (7 * i) % 12}", "weight": 1 + i % 5}
                for i, member in enumerate(members) for _ in range(3)]
    return {**CAMPAIGN, "members": members, "requests": requests,
            "sites": [{"id": f"g{i}", "name": f"{i}号门"} for i in range(8)],
            "stages": [{"id": "s1", "name": "准备", "from": "2020-02-17", "to": "2020-02-28"}],
            "demand": [{"post": "watch", "sites": [f"g{i}" for i in range(8)], "slots": ["am", "night"], "min": 3,
                        "target": 5}],
            "rules": [{"kind": "rest", "minutes": 660}, {"kind": "minutes", "window": "week", "max": 1200},
                      {"kind": "work_run", "min": 2, "max": 4, "weight": 3}]}


@pytest.fixture
def busy(office):
    office.write("large.json", large_campaign())
    return office


class Terminal:
    """The program with a terminal of its own as the given channels; the others are pipes."""

    def __init__(self, office, arguments, channels=("stdout", "stderr"), columns=80, **environment):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        streams = {name: slave if name in channels else subprocess.PIPE for name in ("stdout", "stderr")}
        self.process = subprocess.Popen([office.program, *arguments], cwd=office.folder, stdin=slave, **streams,
                                        env=office.environment(**{"TERM": "xterm", **environment}))
        os.close(slave)
        self.seen = b""

    def read(self, until=None, seconds=60):
        """Reads the terminal until the text appears (or the program ends)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and (until is None or until not in self.seen):
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.master, 65536)
                except OSError:
                    break
            elif self.process.poll() is not None:
                break
        return self.seen.decode(errors="replace")

    def finish(self, code=0):
        text = self.read()
        assert self.process.wait(60) == code, text
        os.close(self.master)
        for stream in self.process.stdout, self.process.stderr:
            if stream is not None:
                stream.close()
        return text


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def live_lines(text):
    return [line for line in re.findall(r"\r([^\r\n]*?)\x1b\[K", text) if line]


@pytest.mark.parametrize("columns", [80, 30])
def test_a_terminal_has_a_live_line_that_fits_and_goes_away(busy, columns):
    text = Terminal(busy, [*LONG, "--time-limit=2", "--lang=zh"], ("stderr",), columns).finish()
    lines = live_lines(text)
    assert lines and all("准备" in line for line in lines)
    assert max(map(width, lines)) < columns
    assert text.rstrip("\n").endswith("\r\x1b[K"), "the line is taken away at the end"
    if columns == 80:
        assert any("≥" in line and "%" in line for line in lines)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": ""}])
def test_a_dumb_terminal_has_no_live_line(busy, environment):
    text = Terminal(busy, [*LONG, "--time-limit=1"], **environment).finish()
    assert "\x1b" not in text and "\r" not in text.replace("\r\n", "")


def test_a_pipe_has_no_live_line(busy):
    assert busy.run(*LONG, "--time-limit=1", TERM="xterm").stderr == ""


def test_colours_are_for_terminals_without_no_color(office):
    arguments = ["show", "campaign.json", "roster.json"]
    assert "\x1b[1m" in Terminal(office, arguments).finish()
    assert "\x1b" not in Terminal(office, arguments, NO_COLOR="1").finish()
    assert "\x1b" not in Terminal(office, arguments, TERM="dumb").finish()


def test_the_last_column_is_wrapped_to_the_terminal(office):
    members = [{"id": f"m{i}", "name": f"欧阳修文{i}", "unit": "info"} for i in range(9)]
    demand = [{**CAMPAIGN["demand"][0], "min": 9, "target": 9}]
    office.write("campaign.json", {**CAMPAIGN, "members": members, "demand": demand})
    office.write("roster.json", {"format": "pioneer-roster", "version": 1, "assignments": [
        {"member": m["id"], "post": "watch", "site": "gate", "slot": "am", "date": "2020-02-17"} for m in members]})
    arguments = ["show", "campaign.json", "roster.json", "--lang=zh", "--member=m0"]
    text = Terminal(office, [*arguments[:-1]], columns=100, NO_COLOR="1").finish().replace("\r\n", "\n")
    lines = text.splitlines()
    assert max(map(width, lines)) <= 100
    assert sum("欧阳修文" in line for line in lines) > 1
    assert all(f"欧阳修文{i}" in text.replace("\n", "").replace(" ", "") for i in range(9))


@pytest.mark.parametrize("target", ["file", "stdout", "store"])
def test_ctrl_c_keeps_the_best_roster(busy, target):
    arguments = {"file": LONG, "stdout": ["solve", "large.json"], "store": ["solve", "office.db"]}[target]
    if target == "store":
        busy.run("store", "init", "office.db")
        busy.run("store", "save", "office.db", "large.json")
    terminal = Terminal(busy, [*arguments, "--effort=100000"], ("stderr",))
    assert live_lines(terminal.read(until=b"\x1b[K"))
    terminal.process.send_signal(signal.SIGINT)
    output = terminal.process.stdout.read()
    assert "Interrupted" in terminal.finish(130)
    roster = {"file": lambda: busy.text("out.json"), "stdout": lambda: output.decode(),
              "store": lambda: busy.run("store", "load", "office.db#1/1").stdout}[target]()
    busy.write("kept.json", json.loads(roster))
    busy.run("check", "large.json", "kept.json")
    assert any(level["outcome"] == "stopped" for part in json.loads(roster)["parts"] for level in part["levels"])


def test_a_second_ctrl_c_ends_the_program_at_once(busy):
    terminal = Terminal(busy, [*LONG, "--effort=100000"], ("stderr",))
    terminal.read(until=b"\x1b[K")
    for _ in range(200):
        terminal.process.send_signal(signal.SIGINT)
        if terminal.process.poll() is not None:
            break
        time.sleep(0.0005)
    assert terminal.process.wait(10) in (-signal.SIGINT, 130)
    assert not [name for name in busy.names() if name.startswith("out.json.")], "no temporary file is left"
    terminal.read(seconds=0.2)
    os.close(terminal.master)
    terminal.process.stdout.close()
