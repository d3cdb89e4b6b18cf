# SPDX-License-Identifier: GPL-3.0-or-later
"""Solving, carrying on, exporting."""

import csv
import io
import json
import re
import sqlite3

import pytest

from conftest import CAMPAIGN


def test_a_roster_goes_to_standard_output_and_the_table_beside_it(office):
    done = office.run("solve", "campaign.json")
    roster = json.loads(done.stdout)
    assert roster["format"] == "pioneer-roster" and roster["assignments"]
    assert "least staffing" in done.stderr and "proven" in done.stderr


def test_with_a_file_the_table_goes_to_standard_output(office):
    done = office.run("solve", "campaign.json", "-o", "out.json")
    assert done.stderr == ""
    head, rule, *rows = done.stdout.splitlines()
    assert head.split() == ["stage", "unit", "level", "value", "bound", "gap", "status"]
    assert len(rows) == 6 and all(row.endswith("proven") for row in rows)
    office.run("check", "campaign.json", "out.json")


def test_the_table_speaks_chinese(office):
    assert "已证最优" in office.run("--lang=zh", "solve", "campaign.json", "-o", "out.json").stdout


def test_the_same_seed_gives_the_same_bytes_at_any_thread_count(office):
    one = office.run("solve", "campaign.json", "--seed=7", "--threads=1").stdout
    assert office.run("solve", "campaign.json", "--seed=7", "--threads=2").stdout == one


def test_limits_and_effort_are_taken(office):
    for options in ["--time-limit=5"], ["--work-limit=100000"], ["--effort=50"]:
        office.run("solve", "campaign.json", "-o", "out.json", *options)
        office.run("check", "campaign.json", "out.json")


def test_joint_mode_and_the_price_of_staging(office):
    assert json.loads(office.run("solve", "campaign.json", "--mode=joint").stdout)["mode"] == "joint"
    done = office.run("solve", "campaign.json", "-o", "out.json", "--price-of-staging")
    assert "price of staging" in done.stdout
    assert json.loads(office.text("out.json"))["price_of_staging"]
    assert "price of staging" in office.run("show", "campaign.json", "out.json", "--by=levels").stdout


# Two members, one duty a week each. Only "a" may stand at the gate on Saturday, of a later stage; on Tuesday both may stand
# at the hall, and "b" would rather not.
TWO_STAGES = {
    "format": "pioneer-campaign", "version": 1, "name": "t",
    "units": [{"id": "u", "draws_from": "signed_up"}],
    "members": [{"id": "a", "unit": "u", "tags": ["gate"]}, {"id": "b", "unit": "u"}],
    "sites": [{"id": "s"}], "slots": [{"id": "day", "from": "08:00", "to": "12:00"}],
    "stages": [{"id": "one", "from": "2020-02-17", "to": "2020-02-19"},
               {"id": "two", "from": "2020-02-20", "to": "2020-02-23"}],
    "posts": [{"id": "hall", "unit": "u"}, {"id": "gate", "unit": "u", "eligible": "tag = gate"}],
    "demand": [{"post": post, "sites": ["s"], "slots": ["day"], "dates": [date], "min": 1}
               for post, date in (("hall", "2020-02-18"), ("gate", "2020-02-22"))],
    "preferences": [{"member": "b", "post": "gate", "weight": 9}],
    "rules": [{"id": "once", "kind": "duties", "window": "week", "max": 1}],
}


def least_staffing(office, *options):
    office.write("two.json", TWO_STAGES)
    office.run("solve", "two.json", "-o", "out.json", *options)
    office.run("check", "two.json", "out.json")
    return [part["levels"][0]["value"] for part in json.loads(office.text("out.json"))["parts"]]


def test_a_stage_keeps_a_member_for_the_next_unless_told_not_to(office):
    assert least_staffing(office) == [0, 0]
    assert least_staffing(office, "--outlook=none") == [0, 240]
    assert least_staffing(office, "--outlook=expected") == [0, 240]  # the gate was never seen
    assert "known, expected, none" in office.run("solve", "two.json", "--outlook=some", code=3).stderr


def test_what_cannot_be_written_is_found_out_before_the_work(office):
    before = office.names()
    assert office.run("solve", "campaign.json", "-o", "nowhere/out.json", code=4).stdout == ""
    office.run("solve", "campaign.json", "-o", ".", code=4)
    assert office.names() == before


def test_a_solve_on_a_store_saves_a_new_version(store):
    assert "saved as office.db#1/2" in store.run("solve", "office.db#1", "--note=自动").stdout
    assert "saved as office.db#1/3" in store.run("solve", "office.db").stdout
    assert "自动" in store.run("store", "list", "office.db").stdout
    store.run("solve", "office.db#1", "-o", "copy.json")
    assert store.run("store", "load", "office.db#1/4").stdout == store.text("copy.json")
    with sqlite3.connect(store.folder / "office.db") as db:
        assert db.execute("SELECT DISTINCT outcome FROM level_result WHERE level = 'must'").fetchall() == [("proven",)]
    db.close()


NEXT = {**CAMPAIGN, "name": "下一阶段", "stages": [{"id": "s2", "name": "常态", "from": "2020-02-19", "to": "2020-02-20"}]}


def test_carry_brings_loads_runs_and_the_last_duty(office):
    office.write("next.json", NEXT)
    done = office.run("carry", "campaign.json", "roster.json", "next.json")
    history = {entry["member"]: entry for entry in json.loads(done.stdout)["history"]}
    assert history["m1"]["load_min"] == 480 and history["m2"]["load_min"] == 720
    assert history["m1"]["run_worked"] == 2 and history["m2"]["run_off"] == 1
    assert history["m2"]["last_end_at"] == "2020-02-18T06:00" and history["m2"]["last_was_night"] is True
    # Both are free all the time: what is wanted, 2 people × (4 + 8) hours × 2 days, is shared in halves.
    assert history["m1"]["entitled_min"] == history["m2"]["entitled_min"] == 1440
    office.run("carry", "campaign.json", "roster.json", "next.json", "-o", "next.json")
    office.run("validate", "next.json")


def test_carry_on_stores_saves_the_next_campaign(store):
    store.write("next.json", NEXT)
    store.run("store", "save", "office.db", "next.json")
    assert store.run("carry", "office.db#1", "office.db#1/1", "office.db#2").stdout == "saved as office.db#3\n"
    assert '"load_min": 480' in store.run("store", "load", "office.db#3").stdout


def test_carry_refuses_to_go_back_in_time(office):
    office.write("next.json", {**NEXT, "stages": [{"id": "s0", "from": "2020-02-10", "to": "2020-02-11"}]})
    assert "[before-campaign]" in office.run("carry", "campaign.json", "roster.json", "next.json", code=2).stderr


def test_carry_refuses_a_roster_of_another_campaign(office):
    office.write("next.json", NEXT)
    assert "/assignments/4" in office.run("carry", "campaign.json", "wrong.json", "next.json", code=2).stderr


def test_export_writes_pages_tables_and_calendars(office):
    office.run("export", "campaign.json", "roster.json", "--all", "out/deep", "--lang=zh")
    assert [name for name in office.names() if name.startswith("out/deep/")] == [
        "out/deep/calendars", "out/deep/calendars/members", "out/deep/calendars/members/m1.ics",
        "out/deep/calendars/members/m2.ics", "out/deep/calendars/sites", "out/deep/calendars/sites/gate.ics",
        "out/deep/roster.csv", "out/deep/roster.html"]
    assert "张三" in office.text("out/deep/roster.html")
    table = (office.folder / "out/deep/roster.csv").read_bytes()
    assert table.startswith("\ufeff".encode())
    assert len(list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))) == 1 + 4


def test_export_writes_each_alone_and_to_standard_output(office):
    office.run("export", "campaign.json", "roster.json", "--html=page.html", "--ics-dir", "ics")
    assert (office.folder / "page.html").exists() and (office.folder / "ics/members/m1.ics").exists()
    assert "m1" in office.run("export", "campaign.json", "roster.json", "--csv=-").stdout


def test_calendars_are_the_same_bytes_at_a_fixed_moment(office):
    for folder in "a", "b":
        office.run("export", "campaign.json", "roster.json", "--ics-dir", folder, SOURCE_DATE_EPOCH="1582000000")
    first = (office.folder / "a/members/m1.ics").read_bytes()
    assert first == (office.folder / "b/members/m1.ics").read_bytes()
    assert b"DTSTAMP:20200218T042640Z" in first


@pytest.mark.parametrize("roster", ["none.json", "campaign.json"])
def test_a_failed_export_writes_nothing(office, roster):
    before = office.names()
    done = office.run("export", "campaign.json", roster, "--all=out", code=4 if roster == "none.json" else 2)
    assert done.stdout == "" and roster in done.stderr
    assert office.names() == before


def test_an_export_that_cannot_be_written_says_where(office):
    (office.folder / "out").write_text("in the way")
    assert "out" in office.run("export", "campaign.json", "roster.json", "--all=out", code=4).stderr
    assert "full" in office.run("export", "campaign.json", "roster.json", "--html=/dev/full", code=4).stderr


def test_hard_rules_that_cannot_be_kept_are_findings(office):
    """Somebody is pinned to a duty where a hard rule wants somebody of a kind that nobody is."""
    pin = {"member": "m1", "post": "watch", "site": "gate", "slot": "am", "date": "2020-02-17", "state": "pinned"}
    office.write("pinned.json", {**CAMPAIGN, "assignments": [pin],
                                 "rules": [{"kind": "composition", "who": "nobody", "min": 1}]})
    done = office.run("solve", "pinned.json", "-o", "out.json", code=1)
    assert "infeasible" in done.stdout
    assert re.search(r"\[hard-rule-broken\]$", done.stderr, re.M)
    assert (office.folder / "out.json").exists()


def test_the_sum_of_the_parts_stops_at_the_largest_number(office):
    roster = json.loads(office.run("solve", "campaign.json").stdout)
    part = roster["parts"][0]
    for level in part["levels"]:
        level["value"] = level["bound"] = str(2**63 - 1)
    roster["parts"] = [part, part]
    office.write("huge.json", roster)
    shown = office.run("show", "campaign.json", "huge.json", "--by=levels").stdout
    assert "-2" not in shown.split() and shown.count(str(2**63 - 1)) == 2 * 3 * len(part["levels"])


def test_a_gap_between_the_ends_of_the_range_is_shown(office):
    roster = json.loads(office.run("solve", "campaign.json").stdout)
    for level in roster["parts"][0]["levels"]:
        level.update(value=str(2**63 - 1), bound=str(-(2**63)), outcome="gap")
    office.write("huge.json", roster)
    assert "100.00%" in office.run("show", "campaign.json", "huge.json", "--by=levels").stdout
    office.run("export", "campaign.json", "huge.json", "--html=huge.html")
