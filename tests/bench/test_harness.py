# SPDX-License-Identifier: GPL-3.0-or-later
"""The harness: what it measures is what it says, and a run of everything ends well."""

import csv
import json
import subprocess
import sys

import pytest

from bench import command, options
from bench.harness import contestants, instances, page, process, record, table
from bench.harness.limits import Limits
from bench.harness.paths import ROOT
from bench.rivals import solvers

INSTANCE = instances.Instance("campus-joint", "S-1", "S.json", {"members": 80, "pairs": 1361})


def made(solver, trace, seed=1, judged="ok"):
    contestant = contestants.Contestant(solver, "1.0")
    result = {"trace": trace, "value": trace[-1][1], "bound": trace[-1][2], "seconds": trace[-1][0], "judged": judged,
              "levels": [], "peak_kib": 2048}
    return record.make(INSTANCE, contestant, seed, Limits(20, 1), result)


def test_moments_come_from_the_trace():
    run = made("pioneer", [[0.1, 500, 0], [1.0, 201, 200], [3.0, 200, 200]])
    assert (run["seconds_to_one_percent"], run["seconds_to_proof"], run["gap_percent"]) == (1.0, 3.0, 0.0)
    never = made("highs", [[0.1, None, None], [2.0, 300, 100]])
    assert (never["seconds_to_one_percent"], never["seconds_to_proof"]) == (None, None)


def test_a_run_that_never_got_there_counts_as_slowest():
    runs = [made("pioneer", [[t, 100, 100]], seed) for seed, t in enumerate((1.0, 2.0))]
    runs.append(made("pioneer", [[9.0, 200, 100]], 3))
    assert record.median(runs, "seconds_to_one_percent") == 2.0
    runs += [made("pioneer", [[9.0, 200, 100]], seed) for seed in (4, 5)]
    assert record.median(runs, "seconds_to_one_percent") is None


def test_ratios_say_which_way_they_are_uncertain():
    fast, slow, never = ([made("x", [[t, v, 100]])] for t, v in ((1.0, 100), (5.0, 100), (20.0, 200)))
    assert record.ratio(fast, slow, "seconds_to_one_percent") == ("=", 5.0)
    assert record.ratio(fast, never, "seconds_to_one_percent") == (">", 20.0)
    assert record.ratio(never, slow, "seconds_to_one_percent")[0] == "<"
    assert record.ratio(never, never, "seconds_to_one_percent") is None


def test_table_and_page_name_what_is_missing_and_what_is_wrong(tmp_path):
    records = [made("pioneer", [[0.1, 500, 0], [1.0, 200, 200]]),
               made("cbc", [[2.0, 200, 150]], judged="1 violations: overlap")]
    missing = [contestants.Contestant("scip", missing="pip install pyscipopt")]
    text = table.text(records, missing)
    assert "missing: pip install pyscipopt" in text
    assert "0 of 1; 1 violations: overlap" in text
    page.write(records, missing, {"cores": 2}, tmp_path / "page.html")
    content = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "pip install pyscipopt" in content
    assert "http" not in content.replace("http://www.w3.org", "").replace("https://matplotlib.org", "").replace(
        "http://purl.org", "").replace("http://creativecommons.org", "")


def test_a_process_that_fails_is_a_failure_and_not_a_result():
    with pytest.raises(process.Failed, match="exit code 3: no luck"):
        process.run_json([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"], 10, {})


def test_public_instances_are_found_in_order(tmp_path):
    folder = tmp_path / "curtois"
    folder.mkdir()
    for name in ("Instance10.txt", "Instance9.txt", "best_known.csv", "other.txt"):
        (folder / name).write_text("instance,ub_2026_09\nInstance9,439\n", encoding="utf-8")
    found = instances.public("curtois", str(tmp_path), "")
    assert [(i.name, i.best_known) for i in found] == [("Instance9", 439), ("Instance10", None)]


def test_smoke(tmp_path):
    """As a user starts it: both variants of size S, libpioneer and whoever is there, all files."""
    done = subprocess.run([sys.executable, "-B", ROOT / "bench" / "run", "--smoke", "--output", tmp_path],
                          capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    ours = [run for run in content["runs"] if run["solver"] == "pioneer"]
    assert [(run["instance"], run["judged"]) for run in ours] == [("S-1", "ok"), ("S staged-1", "ok")]
    entered = {run["solver"] for run in content["runs"]} | set(content["missing"])
    assert entered == {"pioneer", *solvers.NAMES}, "whoever is not there is named"
    with open(tmp_path / "results.csv", encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(content["runs"])
    assert "<table>" in (tmp_path / "results.html").read_text(encoding="utf-8")


def test_every_size_meets_every_seed(tmp_path):
    given = options.read(["--output", str(tmp_path), "--sets", "campus-joint", "--sizes", "S,90", "--campus-seeds", "1,2"])
    assert [i.name for i in command.find_instances(given)] == ["S-1", "S-2", "90-1", "90-2"]
