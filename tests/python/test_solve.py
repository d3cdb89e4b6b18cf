# SPDX-License-Identifier: GPL-3.0-or-later
"""Solving, judging and exporting from Python."""

import datetime
import gc
import os
import pathlib
import signal
import subprocess
import sys
import threading

import pioneer
import pytest
from pioneer import Campaign, Outcome, Roster

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def campaign():
    return Campaign.load(ROOT / "docs" / "examples" / "mini.json")


@pytest.fixture(scope="module")
def roster(campaign):
    return pioneer.solve(campaign, seed=1)


def test_the_template_can_be_planned():
    template = Campaign.template()
    assert all(finding.severity != pioneer.Severity.ERROR for finding in template.validate())
    assert pioneer.check(template, pioneer.solve(template)).clean


def test_a_roster_is_data(campaign, roster):
    assert len(roster) == len(roster.assignments) > 0
    members = {member["id"] for member in campaign.to_data()["members"]}
    assert {assignment.member for assignment in roster.assignments} <= members
    assert list(roster.assignments) == sorted(roster.assignments, key=lambda a: a.date)
    assert {part.stage for part in roster.parts} == {"return", "steady"}
    assert roster.info.campaign == campaign.name and roster.info.seed == 1 and roster.info.reproducible
    for part in roster.parts:
        assert [level.level for level in part.levels][:3] == ["must", "lead", "target"]
        assert all(level.bound <= level.value for level in part.levels)
        assert all(level.outcome in (Outcome.PROVEN, Outcome.GAP) for level in part.levels)


def test_the_judge_agrees(campaign, roster):
    report = pioneer.check(campaign, roster)
    assert report.clean and report.violations == () and report.notes == ()
    data = campaign.to_data()
    other = pioneer.Campaign.from_data({**data, "name": data.get("name", "") + "!"})
    assert [(note.severity.name, note.code) for note in pioneer.check(other, roster).notes] == [("NOTE", "other-campaign")]
    claimed = {(part.stage, part.unit): [level.value for level in part.levels] for part in roster.parts}
    judged = {(part.stage, part.unit): [level.value for level in part.levels] for part in report.parts}
    assert judged == claimed


def test_a_shortage_is_a_result(campaign):
    data = campaign.to_data()
    line = next(line for line in data["demand"] if line["post"] == "watch")
    line["min"] = line["target"] = line["max"] = 2
    short = Campaign.from_data(data)
    report = pioneer.check(short, pioneer.solve(short))
    assert report.clean
    nights = [shortage for shortage in report.shortages if shortage.post == "watch"]
    assert sum(shortage.min - shortage.assigned for shortage in nights) == 4


def test_a_roster_typed_by_hand_is_judged(campaign):
    day = datetime.date(2020, 3, 1)
    twice = [
        pioneer.Assignment(day, "morning", "gate", "reg", "t2"),
        pioneer.Assignment(day, "morning", "gate", "reg", "nobody"),
    ]
    report = pioneer.check(campaign, Roster.from_assignments(twice))
    assert "unknown-member" in {violation.code for violation in report.violations}
    assert not report.clean


def test_a_roster_survives_a_round_trip(roster):
    again = Roster.from_json(roster.to_json())
    assert (
        again.assignments == roster.assignments and again.parts == roster.parts and again.info == roster.info
    )


def test_a_roster_outlives_its_campaign(examples):
    roster = pioneer.solve(Campaign.load(examples / "mini.json"))
    gc.collect()
    assert roster.assignments and roster.info.campaign == "迷你返校先锋岗"


def test_the_thread_count_changes_nothing(campaign, roster):
    assert pioneer.solve(campaign, seed=1, threads=1).assignments == roster.assignments


def test_documents_come_out(campaign, roster):
    page = pioneer.export_html(campaign, roster)
    assert page.lower().startswith(b"<!doctype html>") and "陈建国".encode() in page
    table = pioneer.export_csv(campaign, roster)
    assert table.startswith(b"\xef\xbb\xbf") and b"\r\n" in table
    stamp = datetime.datetime(2020, 2, 20, tzinfo=datetime.timezone.utc)
    calendar = pioneer.export_ics(campaign, roster, member="t1", stamp=stamp)
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n") and b"20200220T000000Z" in calendar
    with pytest.raises(pioneer.NotFoundError):
        pioneer.export_ics(campaign, roster, site="nowhere", stamp=stamp)
    with pytest.raises(ValueError):
        pioneer.export_ics(campaign, roster)


@pytest.mark.parametrize("outlook", ["none", pioneer.Outlook.EXPECTED])
def test_a_plan_with_another_outlook_is_as_legal(campaign, outlook):
    roster = pioneer.solve(campaign, work_limit=1_000_000, outlook=outlook)
    assert pioneer.check(campaign, roster).violations == ()


def test_progress_comes_to_the_calling_thread(examples):
    seen = []
    me = threading.current_thread()

    def note(progress):
        seen.append((threading.current_thread(), progress))

    pioneer.solve(Campaign.load(examples / "two_weeks.json"), progress=note)
    assert seen and all(thread is me for thread, _ in seen)
    assert all(0 <= progress.part_index < progress.part_count for _, progress in seen)
    assert any(progress.level for _, progress in seen)


def test_false_stops_with_a_roster(examples):
    campaign = Campaign.load(examples / "two_weeks.json")
    roster = pioneer.solve(campaign, progress=lambda progress: False)
    assert not roster.info.reproducible
    assert pioneer.check(campaign, roster).clean
    assert Outcome.STOPPED in {level.outcome for part in roster.parts for level in part.levels}


def test_an_exception_of_progress_cancels_and_is_raised(examples):
    def fail(progress):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        pioneer.solve(Campaign.load(examples / "two_weeks.json"), progress=fail)


def test_a_time_limit_is_kept_and_said(examples):
    campaign = Campaign.load(examples / "spring_return.json")
    roster = pioneer.solve(campaign, time_limit=1, effort=100000)  # which alone would take days
    assert not roster.info.reproducible


def test_solves_run_side_by_side(campaign, roster):
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(pioneer.solve(campaign, seed=1, threads=1)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.assignments for result in results] == [roster.assignments] * 3


CHILD = """
import signal
import sys
import pioneer
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
campaign = pioneer.Campaign.load(sys.argv[1])
def note(progress):
    print("running", flush=True)
try:
    pioneer.solve(campaign, effort=100000, progress=note)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(7)
print("finished", flush=True)
"""


def test_ctrl_c_ends_a_solve_cleanly(examples):
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "bindings" / "python"))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(examples / "spring_return.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert child.stdout.readline() == "running\n"
        child.send_signal(signal.SIGINT)
        output, complaints = child.communicate(timeout=30)
    finally:
        child.kill()
    assert output.endswith("interrupted\n") and complaints == ""
    assert child.returncode == 7
