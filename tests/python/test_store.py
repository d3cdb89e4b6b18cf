# SPDX-License-Identifier: GPL-3.0-or-later
"""The store in Python: what goes in comes out, and failures are exceptions."""

import concurrent.futures
import datetime

import pioneer
import pytest
from pioneer import Assignment, Roster, Store

ROSTER = [Assignment(datetime.date(2020, 3, 1), "morning", "gate", "reg", "t2")]


def test_what_goes_in_comes_out(mini, tmp_path):
    with Store(tmp_path / "office.db", create=True) as store:
        first = store.save_campaign(mini)
        assert store.save_roster(first, Roster.from_assignments(ROSTER), "初稿") == 1
        assert store.save_roster(first, Roster.from_assignments([])) == 2
    with Store(tmp_path / "office.db") as store:
        assert store.load_campaign().to_json() == mini.to_json()
        assert store.load_roster(first, 1).assignments == tuple(ROSTER)
        assert store.load_roster().assignments == ()
        entries = store.entries()
    assert {(entry.version, entry.note, entry.assignment_count) for entry in entries if entry.version} == {
        (1, "初稿", 1),
        (2, "", 0),
    }
    assert {entry.name for entry in entries if entry.version == 0} == {mini.name}


def test_what_is_not_there_is_not_found(tmp_path):
    with Store(tmp_path / "office.db", create=True) as store:
        with pytest.raises(pioneer.NotFoundError):
            store.load_campaign()


def test_another_kind_of_file_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"no database at all, but long enough to be read as a header" * 20)
    with pytest.raises(pioneer.StoreError) as caught:
        Store(tmp_path / "notes.txt")
    assert caught.value.code == "not-a-store"
    with pytest.raises(pioneer.InputOutputError):
        Store(tmp_path / "missing" / "office.db", create=True)


def test_a_closed_store_says_so(tmp_path):
    store = Store(tmp_path / "office.db", create=True)
    store.close()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.entries()


def test_threads_take_turns(mini, tmp_path):
    with Store(tmp_path / "office.db", create=True) as store:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            numbers = list(pool.map(lambda _: store.save_campaign(mini), range(12)))
    assert len(set(numbers)) == 12
