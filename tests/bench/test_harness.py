# SPDX-License-Identifier: GPL-3.0-or-later
"""The harness: what it measures is what it says, and a run of everything ends well."""

import csv
import html
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from bench import command, options
from bench.harness import contestants, instances, machine, page, plots, process, protocol, record, settings
from bench.harness import stops, table
from bench.harness.limits import Limits
from bench.harness.paths import ROOT
from bench.harness.results import Results
from bench.rivals import solvers

CURTOIS = ROOT / "tests" / "fuzz" / "corpus" / "curtois" / "two_nurses.txt"
INSTANCE = instances.Instance("campus-joint", "S-1", "S.json", {"members": 80, "pairs": 1361})


def made(solver, trace, seed=1, judged="ok"):
    contestant = contestants.Contestant(solver, solver + " 1.0")
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
    at_once = [made("y", [[0.0, 100, 100]])]
    assert record.ratio(fast, at_once, "seconds_to_one_percent") == ("=", 0.001), "clocks tell milliseconds"


def staged(seed, *values):
    instance = instances.Instance("campus-staged", "S staged-1", "S.json", {})
    levels = [{"level": name, "value": value, "bound": value - seed}
              for name, value in zip(("must", "wishes"), values)]
    return record.make(instance, contestants.Contestant("pioneer"), seed, Limits(20, 1),
                       {"levels": levels, "judged": "ok" if values else "failed: no luck"})


@pytest.mark.parametrize("order", ((0, 1, 2), (2, 0, 1)))
def test_levels_are_those_of_one_run(order):
    """Level by level the medians would be 5 and 20, which no run had."""
    runs = [staged(1, 0, 30), staged(2, 5, 10), staged(3, 9, 20)]
    lines = list(table.rows([runs[k] for k in order], []))
    assert [line[3:5] for line in lines[1:]] == [("5", "3"), ("10", "8")]


def test_runs_without_levels_are_the_worst():
    runs = [staged(1), staged(2, 5, 10), staged(3, 5, 9)]
    assert record.median_run(runs)["seed"] == 2
    assert record.median_run(runs[1:])["seed"] == 3, "of an even number the better one"
    assert len(list(table.rows(runs[:1], []))) == 1


def test_reading_and_building_are_measured_apart(tmp_path):
    """Of a rival that needs no package, if it is there."""
    if not shutil.which("glpsol"):
        pytest.skip("no glpsol")
    folder = tmp_path / "curtois"
    folder.mkdir()
    (folder / "Instance1.txt").write_bytes(CURTOIS.read_bytes())
    glpk, = contestants.rivals(["glpk"])
    instance, = instances.public("curtois", str(tmp_path), "")
    run = protocol.run_one(instance, glpk, 1, Limits(5, 1))
    assert run["judged"] == "ok" and (run["members"], run["days"]) == (2, 7)
    assert None not in (run["read_seconds"], run["build_seconds"])


def results_of(records, missing=(), limits=Limits(20, 2), early=None):
    common = settings.of(limits, 3, records, "2026-11-30T17:24:49Z", early)
    return Results(records, missing, {"cores": 2, "memory_gib": 8.0}, common)


def page_of(results, folder):
    page.write(results, folder / "page.html")
    return (folder / "page.html").read_text(encoding="utf-8")


def test_table_and_page_name_what_is_missing_and_what_is_wrong(tmp_path):
    records = [made("pioneer", [[0.1, 500, 0], [1.0, 200, 200]]),
               made("cbc", [[2.0, 200, 150]], judged="1 violations: overlap")]
    results = results_of(records, [contestants.Contestant("scip", missing="pip install pyscipopt")])
    text = table.text(results)
    assert "missing: pip install pyscipopt" in text
    assert "0 of 1; 1 violations: overlap" in text
    content = page_of(results, tmp_path)
    assert "pip install pyscipopt" in content
    assert "http" not in content.replace("http://www.w3.org", "").replace("https://matplotlib.org", "").replace(
        "http://purl.org", "").replace("http://creativecommons.org", "")


def test_table_and_page_say_how_they_came_about_and_what_they_mean(tmp_path):
    results = results_of([made("pioneer", [[1.0, 200, 200]]), made("cbc", [[2.0, 200, 150]])],
                         limits=Limits(20, 2, work=1000), early="SIGINT")
    facts = ("2026-11-30 17:24:49 UTC", "1000 units of work for libpioneer, 20 s for others", "1 to 3",
             "pioneer: pioneer 1.0; cbc: cbc 1.0", "SIGINT", "bench/README.md",
             *(meaning for _, meaning in settings.LEGEND))
    content = html.unescape(page_of(results, tmp_path))
    for text in (table.explained(results), content):
        assert [fact for fact in facts if fact not in text] == []
    assert "<dt>threads</dt><dd>2</dd>" in content and "memory in GiB" in content and "floor" in content
    assert "ended early" not in table.explained(results_of(results.records))


def test_memory_has_one_form():
    runs = [made("pioneer", [[1.0, 200, 200]]), made("cbc", [[2.0, 200, 150]])]
    runs[0]["peak_mib"], runs[1]["peak_mib"] = 16.6, 1203.4
    column = table.HEAD.index("MiB")
    assert [line[column] for line in table.rows(runs, [])] == ["17", "1203"]


def test_the_version_is_no_licence():
    assert machine.describe()["pioneer"].startswith("pioneer ") and "\n" not in machine.describe()["pioneer"]
    assert "icence" not in machine.describe()["pioneer"]


def test_a_value_of_0_has_no_gap():
    assert record.gap(0, -5) == 0.0


def test_gaps_have_the_same_scale_everywhere():
    pytest.importorskip("matplotlib")
    scales = set()
    proven, tiny = [[0.1, 500, 0], [1.0, 200, 200]], [[0.1, 1_000_000, 999_999]]
    hardly_moving = [[0.1, 500, 10], [1.0, 490, 11]]
    huge = [[0.1, 500, -10_000], [1.0, 500, 400]]
    for trace in (proven, hardly_moving, tiny, huge):
        axes = plots.over_time([made("pioneer", trace)]).axes[1]
        scales.add((axes.get_yscale(), axes.get_ylim()))
        assert (min(axes.get_lines()[0].get_ydata()) == plots.PROVEN) == (trace[-1][1] == trace[-1][2])
    assert len(scales) == 1 and scales.pop()[0] == "log"


def test_growth_with_size_is_drawn_of_joint_campuses_alone():
    pytest.importorskip("matplotlib")

    def titles(set_name):
        runs = [dict(made("pioneer", [[0.1, 5, 5]]), set=set_name, instance="S-%d" % seed, pairs=1000 + seed,
                     seconds_to_first=0.1) for seed in (1, 2)]
        found = list(plots.all_of(runs))
        for _, figure in found:
            figure.draw_without_rendering()
        return [title for title, _ in found]

    assert "How cost grows with size" in titles("campus-joint")
    assert "How cost grows with size" not in titles("campus-unforeseen")


@pytest.mark.parametrize("factors", ((24.3, 0.5), (1.0,), (12345.6, 2.0), (0.002, 0.9)))
def test_labels_stay_inside_their_chart(factors):
    pytest.importorskip("matplotlib")
    figure = plots.ratio_bars([("S-%d" % k, "cbc", (">", factor)) for k, factor in enumerate(factors)])
    figure.draw_without_rendering()
    frame = figure.axes[0].get_window_extent()
    assert all(label.get_window_extent().x1 < frame.x1 for label in figure.axes[0].texts)


def test_a_process_that_fails_is_a_failure_and_not_a_result():
    with pytest.raises(process.Failed, match="exit code 3: no luck"):
        process.run_json([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"], 10, {})


@pytest.mark.parametrize(("said", "shown"), (
    ("prog: --threads=0: 1 to 1024\nTry --help.\n", "prog: --threads=0: 1 to 1024"),
    ("\nTraceback (most recent call last):\n  File\nValueError: no luck\n", "ValueError: no luck"),
    ("", "no output")))
def test_a_failure_says_what_is_wrong(said, shown):
    with pytest.raises(process.Failed, match="exit code 2: %s$" % shown):
        process.parsed(2, '{"cut', said, 1)


# A child that has a child, as a worker has a solver; the latter's number goes into a file.
PARENT = """
import pathlib, subprocess, sys, time
child = subprocess.Popen(["stdbuf", "-oL", "timeout", "--foreground", "60", "sleep", "60"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
print("{}", flush=True)
time.sleep(float(sys.argv[2]))
"""


def is_running(number):
    try:
        about = pathlib.Path("/proc/%d/stat" % number).read_text(encoding="ascii")
        return about.rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_gone(number):
    """Init may need a moment."""
    end = time.monotonic() + 5
    while is_running(number) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_running(number)


def test_nothing_that_a_process_started_outlives_it(tmp_path):
    number = tmp_path / "number"
    assert process.run_json([sys.executable, "-c", PARENT, str(number), "0"], 10, {})["peak_kib"] > 0
    assert is_gone(int(number.read_text()))


@pytest.mark.parametrize("sent", (signal.SIGINT, signal.SIGTERM))
def test_a_signal_ends_a_process_and_what_it_started(tmp_path, sent):
    number = tmp_path / "number"

    def send():
        while not (number.exists() and number.read_text()):
            time.sleep(0.01)
        os.kill(os.getpid(), sent)

    threading.Thread(target=send).start()
    began = time.monotonic()
    with pytest.raises(stops.Stopped), stops.raised():
        process.run_json([sys.executable, "-c", PARENT, str(number), "60"], 60, {})
    assert time.monotonic() - began < 50 and is_gone(int(number.read_text()))
    assert threading.active_count() < 3, "no timer keeps the program from ending"


@pytest.mark.parametrize(("sent", "code"), ((signal.SIGINT, 130), (signal.SIGTERM, 143)))
def test_what_was_measured_is_kept_when_somebody_stops_it(tmp_path, sent, code):
    words = ["--sets", "campus-joint", "--sizes", "S,M", "--time-limit", "60", "--output", tmp_path / "out"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-B", ROOT / "bench" / "run", *words], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, env=environment) as harness:
        assert harness.stderr.readline().startswith("S-1")
        wait_for_child(harness.pid)
        harness.send_signal(sent)
        _, said = harness.communicate(timeout=40)
    assert harness.returncode == code and said == "bench/run: stopped by %s\n" % sent.name
    content = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert [run["instance"] for run in content["runs"]] == ["S-1"]
    assert content["settings"]["ended_early"] == sent.name
    left = [name for name in os.listdir("/proc") if name.isdigit() and str(tmp_path) in command_line(name)]
    assert not left and [path.name for path in tmp_path.iterdir()] == ["out"]


def command_line(number):
    try:
        return pathlib.Path("/proc/%s/cmdline" % number).read_text(errors="replace")
    except OSError:
        return ""


def wait_for_child(number):
    """Until the next solver runs."""
    children = pathlib.Path("/proc/%d/task/%d/children" % (number, number))
    while not any("bench.harness.engine" in command_line(child) for child in children.read_text().split()):
        time.sleep(0.02)


def test_limits_are_those_that_a_run_had():
    ours, rival = contestants.Contestant("pioneer"), contestants.Contestant("cbc")
    limits = Limits(20, 1, work=1000)
    assert (ours.limits_on(INSTANCE, limits), rival.limits_on(INSTANCE, limits)) == ((None, 1000), (20, None))
    dynamic = instances.Instance("inrc2-dynamic", "n", "n", {})
    assert ours.limits_on(dynamic, Limits(20, 1)) == (None, None)
    never, slow = [made("x", [[20.0, 200, 100]])], [made("y", [[5.0, 100, 100]])]
    never[0]["time_limit"] = None
    assert record.ratio(never, slow, "seconds_to_one_percent") is None, "no clock, no ratio"


def test_public_instances_are_found_in_order(tmp_path):
    folder = tmp_path / "curtois"
    folder.mkdir()
    for name in ("Instance10.txt", "Instance9.txt", "other.txt"):
        (folder / name).write_bytes(CURTOIS.read_bytes())
    (folder / "best_known.csv").write_text("instance,ub_2026_09\nInstance9,439\n", encoding="utf-8")
    found = instances.public("curtois", str(tmp_path), "")
    assert [(i.name, i.best_known) for i in found] == [("Instance9", 439), ("Instance10", None)]
    assert found[0].facts == {"members": 2, "days": 7}, "rivals do not tell them"


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
        rows = list(csv.DictReader(file))
    assert [row["date"] for row in rows] == [run["date"] for run in content["runs"]]
    assert content["settings"]["date"] <= rows[0]["date"] and content["settings"]["threads"] == 1
    assert "<table>" in (tmp_path / "results.html").read_text(encoding="utf-8")


def test_every_size_meets_every_seed(tmp_path):
    given = options.read(["--sets", "campus-joint", "--sizes", "S,90", "--campus-seeds", "1,2",
                          "--output", str(tmp_path)])
    assert [i.name for i in command.find_instances(given)] == ["S-1", "S-2", "90-1", "90-2"]
