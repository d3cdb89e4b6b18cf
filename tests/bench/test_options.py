# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong usage is one line and exit code 2, before anything is installed or run."""

import os
import subprocess
import sys

import pytest

from bench import command, options
from bench.harness.paths import BUILD, ROOT
from bench.judges import curtois

CURTOIS = ROOT / "tests" / "fuzz" / "corpus" / "curtois" / "two_nurses.txt"


@pytest.fixture
def refused(monkeypatch, capsys):
    """Calls the command line, and returns its complaint."""
    def never(*_arguments):
        raise AssertionError("something was run")
    for place in ("protocol.run", "install.install"):
        monkeypatch.setattr("bench.harness." + place, never)

    def call(*words):
        with pytest.raises(SystemExit) as ended:
            command.main(list(words))
        complaint = capsys.readouterr().err
        assert ended.value.code == 2
        assert complaint.startswith("bench/run: ") and complaint.count("\n") == 1
        return complaint
    return call


def start(*words, **settings):
    """As a user does it."""
    return subprocess.run([sys.executable, "-B", ROOT / "bench" / "run", *words], check=False, text=True,
                          stderr=subprocess.PIPE, **settings)


@pytest.fixture
def downloaded(tmp_path):
    (tmp_path / "curtois").mkdir()
    (tmp_path / "curtois" / "Instance1.txt").write_bytes(CURTOIS.read_bytes())
    return tmp_path


@pytest.mark.parametrize("limit", ("0", "-1", "nan", "inf", "0.5", "1e3", "", "31536001"))
def test_a_time_limit_is_whole_seconds_for_every_solver(refused, limit):
    assert "--time-limit" in refused("--time-limit=" + limit)


@pytest.mark.parametrize("words", (
    ("--threads", "0"), ("--threads", "1025"), ("--threads", "-2"), ("--effort", "0"), ("--effort", "-5"),
    ("--effort", "100001"), ("--work-limit", "0"), ("--work-limit", "-1"), ("--work-limit", "9" * 19),
    ("--seeds", "0"), ("--campus-seeds", "a"), ("--campus-seeds", ""), ("--campus-seeds", "1,,2"),
    ("--sizes", "79"), ("--rivals", "cplex")))
def test_numbers_and_names_out_of_range(refused, words):
    assert words[0] in refused(*words)


def test_work_and_effort_exclude_each_other(refused):
    assert "--effort" in refused("--effort", "10", "--work-limit", "1000")


@pytest.mark.parametrize("sets", ("nothing", "campus-joint,nothing", "", "campus-joint,"))
def test_unknown_sets(refused, sets):
    assert "there is no set" in refused("--sets", sets)


def test_public_sets_need_a_folder(refused):
    assert "needs --instances" in refused("--sets", "campus-joint,curtois")
    assert "no folder /nowhere" in refused("--sets", "campus-joint,curtois", "--instances", "/nowhere")


def test_no_instance_names_the_reasons(refused, downloaded):
    where = ("--instances", str(downloaded))
    assert "--only 'x'" in refused("--sets", "campus-joint,curtois", *where, "--only", "x")
    assert "--only" not in refused("--sets", "inrc2-static", *where)
    assert "best_known.csv" in refused("--sets", "inrc2-static", *where)
    assert "--only '('" in refused("--sets", "curtois", *where, "--only", "(")


@pytest.mark.parametrize("folder", ("", "/dev/full", "/dev/full/x", "/proc/x"))
def test_results_must_have_a_folder(refused, folder):
    assert "--output" in refused("--output", folder)


def test_results_must_not_be_in_the_way(refused, tmp_path):
    (tmp_path / "results.csv").mkdir()
    assert "results.csv" in refused("--output", str(tmp_path))


def test_what_is_right_is_taken(downloaded):
    given = options.read(["--sets", "curtois", "--instances", str(downloaded), "--time-limit", "7",
                          "--campus-seeds", "1,2", "--output", str(downloaded / "a" / "b")])
    assert [instance.name for instance in command.find_instances(given)] == ["Instance1"]
    assert (given.time_limit, given.campus_seeds) == (7, [1, 2])
    assert (downloaded / "a" / "b").is_dir()


def test_a_build_may_be_relative(tmp_path):
    """Versions of rivals are asked for in another folder than the one that we are in."""
    (tmp_path / "build").symlink_to(BUILD)
    ask = "from bench.harness.contestants import Contestant; print(Contestant('cbc').environment())"
    done = subprocess.run([sys.executable, "-B", "-c", ask], capture_output=True, text=True, check=True,
                          cwd=tmp_path, env={**os.environ, "PIONEER_BUILD": "build", "PYTHONPATH": str(ROOT)})
    assert repr(str(BUILD)) in done.stdout


def test_a_build_that_is_nowhere():
    done = start(stdout=subprocess.PIPE, env={**os.environ, "PIONEER_BUILD": "/nowhere/build"})
    assert done.returncode == 2
    assert "/nowhere/build" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(("words", "complaint"), (
    ((), "instance, solution"), (("/nowhere", "/nowhere"), "/nowhere: No such file"),
    ((str(ROOT / "LICENSE"), "/nowhere"), "no instance"),
    ((str(CURTOIS), "/nowhere"), "/nowhere: No such file")))
def test_the_judge_of_curtois(capsys, words, complaint):
    with pytest.raises(SystemExit) as ended:
        curtois.main(list(words))
    said = capsys.readouterr().err
    assert ended.value.code == 2 and complaint in said and said.count("\n") == 1


def test_a_broken_download_is_named(refused, downloaded):
    (downloaded / "curtois" / "Instance2.txt").write_text("SECTION_HORIZON\nx\n", encoding="utf-8")
    assert "Instance2.txt" in refused("--sets", "curtois", "--instances", str(downloaded))


@pytest.mark.parametrize("reader_is_gone", (True, False))
def test_a_table_that_nobody_takes(tmp_path, reader_is_gone):
    reader, writer = os.pipe()
    os.close(reader)
    with open("/dev/full", "wb") as full:
        done = start("--sets", "campus-joint", "--sizes", "S", "--work-limit", "1000", "--output", tmp_path,
                     stdout=writer if reader_is_gone else full)
    os.close(writer)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert ("No space left" in done.stderr) != reader_is_gone
    assert (tmp_path / "results.html").exists()
