# SPDX-License-Identifier: GPL-3.0-or-later
"""Campaigns in Python: reading, writing, findings, failures, and life on several threads."""

import concurrent.futures
import gc
import json
import threading

import pioneer
import pytest
from pioneer import Campaign

EXAMPLES = ["mini.json", "two_weeks.json", "spring_return.json"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_valid(examples, name):
    findings = Campaign.load(examples / name).validate()
    assert [finding for finding in findings if finding.severity == pioneer.Severity.ERROR] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_written_reads_and_writes_as_the_same_bytes(examples, name):
    written = Campaign.load(examples / name).to_json()
    assert Campaign.from_json(written).to_json() == written


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_lost_on_the_way(examples, name):
    source = json.loads((examples / name).read_text(encoding="utf-8"))
    back = Campaign.load(examples / name).to_data()
    assert [member["name"] for member in back["members"]] == [member["name"] for member in source["members"]]
    for key in ("units", "sites", "slots", "stages", "posts", "demand", "rules", "requests"):
        assert len(back[key]) == len(source[key])


def test_the_name_is_text(mini):
    assert mini.name == "迷你返校先锋岗"
    assert "迷你返校先锋岗" in repr(mini)


def test_broken_text_is_a_syntax_problem_with_a_line():
    with pytest.raises(pioneer.SyntaxProblem) as caught:
        Campaign.from_json('{\n  "format": "pioneer-campaign",\n  "version": }')
    assert caught.value.line == 3
    assert caught.value.code and caught.value.message
    assert isinstance(caught.value, ValueError)


def test_an_unknown_key_is_invalid_and_says_where(mini):
    data = mini.to_data()
    data["posts"][1]["prioritty"] = 3
    with pytest.raises(pioneer.InvalidError) as caught:
        Campaign.from_data(data)
    assert caught.value.where.startswith("/posts/1")
    assert "priority" in caught.value.message


def test_an_unknown_reference_is_a_finding_and_stops_whoever_needs_a_sound_campaign(mini):
    data = mini.to_data()
    data["posts"][0]["unit"] = "nowhere"
    campaign = Campaign.from_data(data)
    findings = campaign.validate()
    assert findings[0].severity == pioneer.Severity.ERROR
    assert findings[0].where.startswith("/posts/0")
    with pytest.raises(pioneer.InvalidError) as caught:
        pioneer.check(campaign, pioneer.Roster.from_assignments([]))
    assert caught.value.code == findings[0].code


def test_a_missing_file_is_an_ordinary_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        Campaign.load(tmp_path / "nothing.json")


def test_many_threads_may_share_a_campaign(mini):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: (mini.to_json(), mini.validate()), range(64)))
    assert len(results) == 1


def test_a_campaign_may_be_freed_on_another_thread(examples):
    box = [Campaign.load(examples / "mini.json") for _ in range(50)]

    def release():
        box.clear()
        gc.collect()

    thread = threading.Thread(target=release)
    thread.start()
    thread.join()
    assert Campaign.load(examples / "mini.json").name


def test_failures_on_two_threads_do_not_mix():
    def fail(text):
        with pytest.raises(pioneer.PioneerError) as caught:
            Campaign.from_json(text)
        return type(caught.value)

    texts = ["{", '{"format": "pioneer-campaign", "version": 1, "name": 3}'] * 50
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        kinds = list(pool.map(fail, texts))
    assert kinds == [pioneer.SyntaxProblem, pioneer.InvalidError] * 50
