# SPDX-License-Identifier: GPL-3.0-or-later
"""The rivals' programs say exactly what the judges say: no more, or a rival would lose; no less, or it would cheat."""

import io
import json
import subprocess

import pytest

from bench.campus import Campus, Size
from bench.judges import curtois
from bench.rivals import greedy, mps
from bench.rivals.campus_model import CampusModel
from bench.rivals.curtois_model import CurtoisModel, Instance
from bench.rivals.solvers import timefold
from bench.rivals.problem import Problem, excess_steps, reachable

INSTANCE = """\
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=7,2880,960,4,2,2,1
B,E=7|L=0,2880,960,4,2,2,1

SECTION_DAYS_OFF
A,6

SECTION_SHIFT_ON_REQUESTS
A,1,L,3

SECTION_SHIFT_OFF_REQUESTS
B,2,E,2

SECTION_COVER
""" + "".join("%d,%s,1,100,1\n" % (day, shift) for day in range(7) for shift in "EL")


@pytest.fixture(scope="module", params=((80, 1), (80, 2), (150, 3)))
def campus(request, tmp_path_factory):
    members, seed = request.param
    path = tmp_path_factory.mktemp("campus") / "joint.json"
    with open(path, "w", encoding="utf-8") as file:
        Campus(Size.named(str(members)), seed).write(file, True)
    return path


def solved(pioneer, campus, work):
    roster = campus.with_suffix(".%d.roster" % work)
    subprocess.run([pioneer, "solve", campus, "--work-limit", str(work), "--threads", "1", "-o", roster],
                   capture_output=True, check=True)
    return json.loads(roster.read_text(encoding="utf-8"))


def judged(pioneer, campus, path):
    done = subprocess.run([pioneer, "check", campus, path, "--json"], capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("work", (1, 20000, 2000000))
def test_every_legal_roster_is_a_solution_that_costs_no_more(pioneer, campus, work):
    """So the program cuts nothing off that the engine may use. It spreads leads over equal duties at their best; a
    roster that was stopped early may not."""
    roster = solved(pioneer, campus, work)
    built = CampusModel(Problem.load(campus))
    solution = encoded(built, roster["assignments"])
    assert built.model.complete(solution) == []
    assert built.model.objective(solution) <= int(roster["parts"][0]["levels"][0]["value"])


def encoded(built, assignments):
    problem = built.problem
    group_of = {(group.post, group.slot, group.day, site): g for g, group in enumerate(problem.groups)
                for site, *_ in group.sites}
    number = {member["id"]: m for m, member in enumerate(problem.members)}
    column = {(m, g): j for g, takers in enumerate(built.takers) for m, j in takers}
    solution = [0] * built.model.columns
    for a in assignments:
        g = group_of[a["post"], a["slot"], problem.day(a["date"]), a["site"]]
        solution[column[number[a["member"]], g]] = 1
    return solution


def test_every_solution_is_a_legal_roster_of_the_same_cost(pioneer, campus, tmp_path):
    """A greedy solution of the program, refused by none of its rows, is judged."""
    built = CampusModel(Problem.load(campus))
    solution = packed(built.model)
    assert built.model.complete(solution) == []
    value = built.model.objective(solution)
    built.write(tmp_path / "roster.json", solution, value, 0)
    code, report = judged(pioneer, campus, tmp_path / "roster.json")
    assert code == 0, report["violations"][:3]


def packed(model):
    """Takes binaries, latest first, as long as no row that only limits from above is broken by them."""
    rows_of = [[] for _ in range(model.columns)]
    left = [high for high in model.row_high]
    for i in range(model.rows):
        columns, values, low, _ = model.row(i)
        # Whatever a continuous column can give back does not limit; then the row is no limit here.
        if any(v < 0 and not model.integer[j] and model.high[j] > 0 for j, v in zip(columns, values)):
            left[i] += sum(-v * model.high[j] for j, v in zip(columns, values) if v < 0 and not model.integer[j])
        for j, value in zip(columns, values):
            rows_of[j].append((i, value))
    solution = [0] * model.columns
    for j in reversed(range(model.columns)):
        if model.integer[j] and all(value <= left[i] for i, value in rows_of[j] if value > 0):
            solution[j] = 1
            for i, value in rows_of[j]:
                left[i] -= value
    return solution


def test_loads_are_priced_where_they_can_be():
    assert reachable([120, 90], 300) == [0, 90, 120, 180, 210, 240, 270, 300]
    base, steps = excess_steps([120], 360, 130)
    assert (base, steps) == (120, [(120, 110 ** 2), (120, 230 ** 2 - 110 ** 2)])


def test_mps_keeps_ranges_and_fixed_columns(tmp_path):
    path = tmp_path / "instance.txt"
    path.write_text(INSTANCE, encoding="utf-8")
    mps.write(CurtoisModel(Instance.load(path)).model, tmp_path / "model.mps")
    text = (tmp_path / "model.mps").read_text(encoding="ascii")
    assert " FX BOUND" in text
    assert "RANGE     R" in text


SOLUTIONS = {
    "L,L,L,L,-,-,-\nE,E,-,-,E,E,E\n": ([], 2 * 100 + 3 * 100),
    "E,L,L,-,-,-,-\nE,E,-,-,E,E,E\n": ([], None),
    "L,E,E,-,-,-,-\nE,E,-,-,E,E,-\n": (["A"], None),
    "L,L,-,-,-,-,-\nL,E,-,-,E,E,E\n": (["B"], None),
    "L,L,-,-,-,-,-\nE,E,-,E,-,-,E\n": (["B"], None),
    "L,L,-,-,-,-,L\nE,E,-,-,E,E,E\n": (["A"], None),
}


@pytest.mark.parametrize("text", SOLUTIONS)
def test_curtois_model_and_judge_agree(tmp_path, text):
    (tmp_path / "i.txt").write_text(INSTANCE, encoding="utf-8")
    (tmp_path / "s.txt").write_text(text, encoding="utf-8")
    guilty, expected = SOLUTIONS[text]
    value, broken = curtois.judge(tmp_path / "i.txt", tmp_path / "s.txt")
    assert sorted({line[0] for line in broken}) == guilty, broken
    assert expected in (None, value)
    built = CurtoisModel(Instance.load(tmp_path / "i.txt"))
    solution = [0] * built.model.columns
    known = True
    for employee, row in zip(built.instance.staff, text.split()):
        for day, shift in enumerate(row.split(",")):
            if shift != "-":
                known = known and (employee.id, day, shift) in built.x
                solution[built.x.get((employee.id, day, shift), 0)] = 1
    legal = known and built.model.complete(solution) == []
    assert legal == (not broken)
    if legal:
        assert built.model.objective(solution) == value


def test_generated_text_is_what_the_reader_reads():
    out = io.StringIO()
    campus = Campus(Size.named("S"), 4)
    campus.write(out, True)
    problem = Problem(json.loads(out.getvalue()))
    assert sum(len(group.sites) for group in problem.groups) == len(campus.duties)
    pairs = sum(len(problem.groups[g].sites) for mine in problem.pairs for g in mine)
    assert pairs == campus.pairs()


def test_rivals_start_from_a_legal_roster(pioneer, campus, tmp_path):
    built = CampusModel(Problem.load(campus))
    solution = greedy.start(built)
    assert built.model.complete(solution) == []
    built.write(tmp_path / "roster.json", solution, built.model.objective(solution), 0)
    code, report = judged(pioneer, campus, tmp_path / "roster.json")
    assert code == 0, report["violations"][:3]


def test_timefold_is_told_every_number(campus):
    """As many words as campus.Main will read: places start with the greedy roster's members."""
    built = CampusModel(Problem.load(campus))
    built.model.start = greedy.start(built)
    out = io.StringIO()
    timefold.Writer(built, out).write()
    words = list(map(int, out.getvalue().split()))
    places = sum(target for group in built.problem.groups for _, _, target, _ in group.sites)
    areas = len({group.area for group in built.problem.groups})
    requests = len(built.problem.campaign["requests"])
    pairs = sum(map(len, built.problem.pairs))
    duties = sum(len(group.sites) for group in built.problem.groups)
    groups = len(built.problem.groups)
    assert len(words) == (8 + areas ** 2 + 1 + 3 * len(built.problem.members) + 2 * requests
                          + 1 + 12 * groups + 3 * pairs + 2 * duties + places)
