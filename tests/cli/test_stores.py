# SPDX-License-Identifier: GPL-3.0-or-later
"""The program on a store."""

import re
import sqlite3

import pytest


def test_a_store_is_made_once(office):
    office.run("store", "init", "office.db")
    assert (office.folder / "office.db").read_bytes().startswith(b"SQLite format 3\0")
    assert "office.db" in office.run("store", "init", "office.db", code=4).stderr


def test_save_says_the_numbers_and_list_shows_them(office):
    office.run("store", "init", "office.db")
    assert office.run("store", "save", "office.db", "campaign.json").stdout == "saved as office.db#1\n"
    done = office.run("store", "save", "office.db#1", "roster.json", "--note=第一版")
    assert done.stdout == "saved as office.db#1/1\n"
    lines = office.run("store", "list", "office.db").stdout.splitlines()
    assert lines[2].startswith("#1 ") and "春季返校" in lines[2]
    assert lines[3].startswith("#1/1 ") and "第一版" in lines[3] and " 4 " in lines[3]


def test_what_is_loaded_is_what_was_saved(store):
    store.run("store", "load", "office.db#1", "-o", "one.json")
    store.run("store", "save", "office.db", "one.json")
    store.run("store", "load", "office.db#2", "-o", "two.json")
    assert store.text("one.json") == store.text("two.json")
    roster = store.run("store", "load", "office.db#1/1").stdout
    assert '"member": "m1"' in roster


@pytest.mark.parametrize("name", ["office.db", "office.db#1", "office.db#1/1"])
def test_every_verb_takes_a_store(store, name):
    by_file = store.run("show", "campaign.json", "roster.json").stdout
    assert store.run("show", name).stdout == by_file
    assert store.run("show", "campaign.json", name).stdout == by_file
    assert store.run("show", name, "roster.json").stdout == by_file
    store.run("check", name)
    store.run("validate", name)


@pytest.mark.parametrize("arguments", [["show", "office.db#9"], ["show", "office.db#1/9"], ["store", "load", "office.db#9"]])
def test_what_a_store_does_not_hold_is_exit_code_2(store, arguments):
    assert "office.db" in store.run(*arguments, code=2).stderr


@pytest.mark.parametrize("arguments", [
    ["store", "list", "none.db"], ["store", "list", "campaign.json"], ["store", "load", "campaign.json"],
    ["store", "save", "campaign.json", "campaign.json"], ["validate", "campaign.json#1"]])
def test_what_is_no_store_is_exit_code_4(office, arguments):
    before = office.names()
    office.run(*arguments, code=4)
    assert office.names() == before


@pytest.mark.parametrize("arguments", [
    ["solve", "office.db", "-o", "office.db"], ["solve", "campaign.json", "-o", "office.db"],
    ["solve", "campaign.json", "-o", "office.db#1"], ["init", "-f", "office.db"],
    ["store", "load", "office.db#1", "-o", "office.db"], ["carry", "office.db", "office.db", "office.db", "-o", "office.db"],
    ["export", "office.db", "--csv=office.db"], ["export", "office.db", "--html=office.db"]])
def test_no_file_takes_the_place_of_a_store(store, arguments):
    before = (store.folder / "office.db").read_bytes()
    names = store.names()
    assert "is not overwritten" in store.run(*arguments, code=4).stderr
    assert (store.folder / "office.db").read_bytes() == before
    assert store.names() == names


def test_a_bad_campaign_or_roster_is_not_saved(store):
    store.write("bad.json", {"format": "pioneer-campaign"})
    listed = store.run("store", "list", "office.db").stdout
    store.run("store", "save", "office.db", "bad.json", code=2)
    done = store.run("store", "save", "office.db#1", "wrong.json", code=2)
    assert "/assignments/4" in done.stderr and done.stdout == ""
    assert store.run("store", "list", "office.db").stdout == listed


def test_a_campaign_and_its_roster_are_saved_together_or_not_at_all(store):
    listed = store.run("store", "list", "office.db").stdout
    assert store.run("store", "save", "office.db", "campaign.json", "wrong.json", code=2).stdout == ""
    assert store.run("store", "list", "office.db").stdout == listed


def test_a_roster_is_saved_to_a_campaign_and_a_campaign_to_a_store(store):
    store.run("store", "save", "office.db#1/1", "roster.json", code=3)
    store.run("store", "save", "office.db#1", "campaign.json", "roster.json", code=3)


def test_a_newer_store_is_refused_and_says_so(store):
    with sqlite3.connect(store.folder / "office.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert "[newer-store]" in store.run("store", "list", "office.db", code=4).stderr


def test_a_locked_store_can_be_read_but_not_written(store):
    with sqlite3.connect(store.folder / "office.db", isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        store.run("show", "office.db")
        assert "[locked]" in store.run("store", "save", "office.db", "campaign.json", code=4).stderr
    db.close()


def test_sql_answers_who_stood_with_whom(store):
    with sqlite3.connect(store.folder / "office.db") as db:
        rows = db.execute("SELECT date, other FROM contact WHERE member = 'm1'").fetchall()
    db.close()
    assert rows == [("2020-02-17", "m2")]


def test_the_questions_of_the_manual_have_answers(store, root):
    """Each question of docs/store.md is asked; the counts are those of the roster in conftest.py."""
    questions = re.findall(r"```sql\n(.*?)```", (root / "docs/store.md").read_text(encoding="utf-8"), re.S)
    store.run("store", "save", "office.db#1", "roster.json")
    with sqlite3.connect(store.folder / "office.db") as db:
        answers = [db.execute(question).fetchall() for question in questions]
    db.close()
    assert answers == [
        [("2020-02-17", "北门", "欧阳修文")],
        [("三明校区", 1, 12.0), ("信息工程学院", 1, 8.0)],
        [("2020-02-17", "night", "gate", "watch", 1, 2), ("2020-02-18", "am", "gate", "watch", 1, 2),
         ("2020-02-18", "night", "gate", "watch", 0, 2)],
        [],
    ]


def test_every_table_is_in_the_manual(store, root):
    page = (root / "docs/store.md").read_text(encoding="utf-8")
    with sqlite3.connect(store.folder / "office.db") as db:
        names = [name for name, in db.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'")]
    db.close()
    assert [name for name in names if f"`{name}`" not in page] == []
