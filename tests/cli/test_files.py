# SPDX-License-Identifier: GPL-3.0-or-later
"""Campaigns and rosters in files: good ones and bad ones."""

import json
import os
import resource
import subprocess

import pytest

from conftest import CAMPAIGN, assignment


def test_init_writes_a_campaign_that_is_valid(office):
    office.run("init", "new.json")
    office.run("validate", "new.json")
    assert json.loads(office.text("new.json"))["format"] == "pioneer-campaign"


def test_init_takes_a_name_of_its_own_and_never_overwrites_unasked(office):
    before = office.text("campaign.json")
    done = office.run("init", code=4)
    assert "campaign.json" in done.stderr and done.stdout == ""
    assert office.text("campaign.json") == before
    office.run("init", "--force")
    assert office.text("campaign.json") != before


def test_init_writes_to_standard_output(office):
    before = office.names()
    done = office.run("init", "-")
    assert json.loads(done.stdout)["version"] == 1
    assert office.names() == before


def test_a_new_file_has_the_permissions_that_the_mask_leaves(office):
    old = os.umask(0o027)
    try:
        office.run("init", "new.json")
    finally:
        os.umask(old)
    assert (office.folder / "new.json").stat().st_mode & 0o777 == 0o640


def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link(office):
    (office.folder / "campaign.json").chmod(0o600)
    (office.folder / "link.json").symlink_to("campaign.json")
    office.run("init", "--force", "link.json")
    assert (office.folder / "link.json").is_symlink()
    assert (office.folder / "campaign.json").stat().st_mode & 0o777 == 0o600


def test_no_temporary_file_is_left_when_a_file_cannot_be_written(office):
    (office.folder / "folder.json").mkdir()
    before = office.names()
    office.run("init", "--force", "folder.json", code=4)
    office.run("init", "nowhere/new.json", code=4)
    assert office.names() == before


def test_no_temporary_file_is_left_where_files_may_not_grow(office):
    before = office.names()
    done = subprocess.run([office.program, "init", "new.json"], capture_output=True, check=False, cwd=office.folder,
                          env=office.environment(), timeout=120,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)))
    assert done.returncode == 4 and b"new.json" in done.stderr
    assert office.names() == before


def test_validate_counts_what_it_has_read(office):
    done = office.run("validate", "campaign.json")
    assert done.stdout == "campaign.json is valid: 2 units, 2 members, 1 sites, 1 posts, 1 stages.\n"
    assert done.stderr == ""


def test_validate_reads_standard_input(office):
    done = office.run("validate", "-", stdin=office.text("campaign.json").encode())
    assert "is valid" in done.stdout


def changed(**changes):
    return {**CAMPAIGN, **changes}


BAD_CAMPAIGNS = [
    ('{"format":', ":1:"),
    ("[" * 100000, ":1:"),
    ("", ":1:"),
    (changed(unitz=[]), "unitz"),
    (changed(units=[], members=[], posts=[], demand=[]), "/units"),
    (changed(stages=[]), "/stages"),
    (changed(walking_min=-1), "/walking_min"),
    (changed(walking_min="many"), "/walking_min"),
    (changed(walking_min=1e300), "/walking_min"),
    (changed(members=[{"id": "m1", "unit": "info"}] * 2), "/members/1"),
    (changed(members=[{"id": "m1", "unit": "nowhere"}]), "/members/0/unit"),
    (changed(members=[{"id": "m1", "unit": "info", "name": "x" * 1000000}]), "/members/0/name"),
    (changed(stages=[{"id": "s1", "from": "2020-02-30", "to": "2020-03-01"}]), "/stages/0/from"),
    (changed(posts=[{"id": "watch", "unit": "campus", "eligible": "unit ="}]), "/posts/0/eligible"),
]


@pytest.mark.parametrize("content, where", BAD_CAMPAIGNS, ids=[where for _, where in BAD_CAMPAIGNS])
@pytest.mark.parametrize("verb", [["validate"], ["solve", "-o", "out.json"], ["check", "roster.json"]], ids=lambda v: v[0])
def test_bad_campaigns_are_exit_code_2_with_the_place_and_one_sentence(office, verb, content, where):
    path = office.folder / "bad.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    before = office.names()
    arguments = ["check", "bad.json", "roster.json"] if verb[0] == "check" else [verb[0], "bad.json", *verb[1:]]
    done = office.run(*arguments, code=2)
    assert "bad.json" in done.stderr and where in done.stderr
    assert done.stdout == "" or verb[0] == "validate"
    assert all(len(line) < 1500 for line in done.stderr.splitlines())
    assert office.names() == before


def test_validate_says_everything_at_once(office):
    office.write("bad.json", changed(members=[{"id": "m1", "unit": "x"}, {"id": "m2", "unit": "y"}]))
    done = office.run("validate", "bad.json", code=2)
    assert "/members/0/unit" in done.stderr and "/members/1/unit" in done.stderr
    assert "[unknown-unit]" in done.stderr


def test_validate_speaks_json_about_findings(office):
    office.write("bad.json", changed(members=[{"id": "m1", "unit": "x"}]))
    report = json.loads(office.run("validate", "--json", "bad.json", code=2).stdout)
    assert report["valid"] is False
    assert {"error"} <= {finding["severity"] for finding in report["findings"]}
    assert any(f["code"] == "unknown-unit" and f["where"] == "/members/0/unit" for f in report["findings"])
    assert json.loads(office.run("validate", "--json", "campaign.json").stdout)["valid"] is True


def test_validate_speaks_json_about_syntax(office):
    (office.folder / "bad.json").write_text('{"format": "pioneer-campaign"\n,,}', encoding="utf-8")
    report = json.loads(office.run("validate", "--json", "bad.json", code=2).stdout)
    assert report["valid"] is False and report["line"] == 2 and report["findings"][0]["code"]


@pytest.mark.parametrize("arguments", [["validate", "none.json"], ["check", "none.json", "roster.json"],
                                       ["check", "campaign.json", "none.json"], ["validate", "."]])
def test_files_that_cannot_be_read_are_exit_code_4(office, arguments):
    done = office.run(*arguments, code=4)
    assert done.stdout == "" and arguments[-1 if "none" in arguments[-1] else 1] in done.stderr


def test_a_campaign_is_no_roster_and_the_other_way_round(office):
    assert "campaign.json" in office.run("check", "campaign.json", "campaign.json", code=2).stderr
    assert "roster.json" in office.run("check", "roster.json", "campaign.json", code=2).stderr


def test_check_is_clean_about_a_roster_that_is_merely_short(office):
    done = office.run("check", "campaign.json", "roster.json")
    assert "No hard rule is broken. 3 duties are short" in done.stdout
    assert done.stderr == ""


def test_check_names_violations_and_exits_with_1(office):
    done = office.run("check", "campaign.json", "wrong.json", code=1)
    assert "unknown-member" in done.stdout and "m9" in done.stdout


def test_check_reads_the_roster_from_standard_input(office):
    office.run("check", "campaign.json", "-", stdin=office.text("wrong.json").encode(), code=1)


def test_check_speaks_json(office):
    report = json.loads(office.run("check", "--json", "campaign.json", "wrong.json", code=1).stdout)
    assert report["clean"] is False
    assert report["violations"][0]["code"] == "unknown-member"
    assert {"post": "watch", "site": "gate", "date": "2020-02-18", "slot": "night", "assigned": 0, "min": 1,
            "target": 2}.items() <= max(report["shortages"], key=lambda s: (s["date"], s["slot"])).items()
    levels = {level["level"]: level["value"] for level in report["parts"][0]["levels"]}
    assert levels["must"] == 480 and report["parts"][0]["terms"]
    assert json.loads(office.run("check", "--json", "campaign.json", "roster.json").stdout)["clean"] is True


def test_check_sees_a_lie_about_a_value(office):
    roster = json.loads(office.text("roster.json"))
    level = {"level": "must", "value": 0, "bound": 0, "outcome": "proven"}
    part = {"stage": "s1", "unit": "campus", "duty_count": 4, "member_count": 2, "assignment_count": 4,
            "levels": [level]}
    office.write("lie.json", {**roster, "parts": [part]})
    assert "value-differs" in office.run("check", "campaign.json", "lie.json", code=1).stdout


def test_check_notes_a_roster_of_another_version_of_the_campaign(office):
    office.run("solve", "campaign.json", "-o", "solved.json")
    assert json.loads(office.run("check", "--json", "campaign.json", "solved.json").stdout)["notes"] == []
    office.write("changed.json", {**CAMPAIGN, "name": "秋季返校"})
    notes = json.loads(office.run("check", "--json", "changed.json", "solved.json").stdout)["notes"]
    assert [(note["severity"], note["code"]) for note in notes] == [("note", "other-campaign")]
    assert "other-campaign: " in office.run("check", "changed.json", "solved.json").stdout
    assert "other-campaign: 值班表" in office.run("check", "--lang=zh", "changed.json", "solved.json").stdout
    assert "other-campaign" not in office.run("check", "changed.json", "roster.json").stdout


def test_check_of_a_roster_whose_parts_were_changed_by_hand(office):
    office.run("solve", "campaign.json", "-o", "solved.json")
    roster = json.loads(office.text("solved.json"))
    part = roster["parts"][0]
    changed = {"count-differs": {"assignment_count": part["assignment_count"] + 1},
               "tier-differs": {"tier": 3},
               "missing-level": {"levels": part["levels"][:-1]},
               "duplicate-level": {"levels": [*part["levels"], part["levels"][-1]]}}
    for code, keys in changed.items():
        office.write("lie.json", {**roster, "parts": [{**part, **keys}]})
        assert f"{code}: " in office.run("check", "campaign.json", "lie.json", code=1).stdout
    office.write("twice.json", {**roster, "parts": [part, part]})
    assert "duplicate-part: " in office.run("check", "campaign.json", "twice.json", code=1).stdout
    office.write("typed.json", {**roster, "parts": []})
    office.run("check", "campaign.json", "typed.json")


def test_a_name_with_a_sharp_is_a_file_when_there_is_one(office):
    office.write("plan#2.json", CAMPAIGN)
    office.run("validate", "plan#2.json")


def test_two_assignments_of_one_member_overlap(office):
    office.write("twice.json", {"format": "pioneer-roster", "version": 1,
                                "assignments": [assignment("m1", "2020-02-17"), assignment("m1", "2020-02-17")]})
    assert "duplicate-assignment" in office.run("check", "campaign.json", "twice.json", code=1).stdout


@pytest.mark.parametrize("content, sentence", [
    ('{"format": "pioneer-campaign", "version": 1', "文本在此结束，之后应为逗号或 }。"),
    (changed(unitz=[]), "此处没有键“unitz”；是否指“units”？"),
    (changed(members=[{"id": "m1", "unit": "inof"}]), "没有单位“inof”。"),
    (changed(walking_min="many"), "此处应为数字，而不是文本。"),
    (changed(members=[{"id": "m1", "unit": "info"}] * 2), "已被"),
])
def test_failures_speak_chinese(office, content, sentence):
    path = office.folder / "bad.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    done = office.run("--lang=zh", "validate", "bad.json", code=2)
    assert sentence in done.stderr
